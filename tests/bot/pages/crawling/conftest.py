from pathlib import Path

import pytest

from tests.bot.pages.crawling.crawls import Crawls
from tests.support.site_server import SiteServer


@pytest.fixture
def crawls(server: SiteServer, tmp_path: Path) -> Crawls:
    return Crawls(server, tmp_path / "site" / "pages.sqlite")
