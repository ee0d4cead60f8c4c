from pathlib import Path

import pytest

from bot.masking.masker import Masker


@pytest.fixture(scope="session")
def masker() -> Masker:
    return Masker.load(Path("data"))
