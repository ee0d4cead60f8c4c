from pathlib import Path

import pytest

from tests.support.small_model import make_small_model


@pytest.fixture(scope="session")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A genuine sentence-transformers folder: BERT's form, tiny, with random weights."""
    pytest.importorskip("sentence_transformers", reason="run `make transformers`")
    return make_small_model(tmp_path_factory.mktemp("model-e5"))
