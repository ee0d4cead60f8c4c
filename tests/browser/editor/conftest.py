"""A system whose content may be changed, and editors in front of it."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import NewContext
from tests.browser.editor.pages import EditorPage
from tests.browser.watch import Watch
from tests.support.system import System, system_with_own_content


@pytest.fixture(scope="package")
def system(chromium_path: str) -> Iterator[System]:
    """Another system than that of the other browser tests: these change what is answered."""
    with system_with_own_content() as started:
        yield started


@pytest.fixture(autouse=True)
def whole(system: System) -> None:
    """Every test begins with three well processes."""
    system.wait_until_whole()


@pytest.fixture
def new_editor(new_context: NewContext, system: System, watch: Watch) -> EditorPage:
    """The editors' page where nobody is logged in."""
    return EditorPage(new_context().new_page(), system, watch)


@pytest.fixture
def editor(new_context: NewContext, system: System, watch: Watch) -> EditorPage:
    """Ellen, logged in."""
    return EditorPage(new_context().new_page(), system, watch).enter()


@pytest.fixture
def another_editor(new_context: NewContext, system: System, watch: Watch) -> EditorPage:
    """Ellen in another browser."""
    return EditorPage(new_context().new_page(), system, watch).enter()
