from collections.abc import Iterator

import pytest

from tests.support.site_server import SiteServer, running_site


@pytest.fixture
def server() -> Iterator[SiteServer]:
    with running_site() as site:
        yield site
