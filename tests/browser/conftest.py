"""Chromium, and the people in front of it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.browser.pages import ANNA, PATIENCE_MS, CitizenPage, DeskPage
from tests.browser.watch import Watch
from tests.support.system import PICTURES, System

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",  # tests run as root in containers
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SWEDISH = {"locale": "sv-SE", "timezone_id": "Europe/Stockholm"}
WIDE = {"width": 1280, "height": 860}

NewContext = Callable[..., BrowserContext]
BIGGEST_PART = 60_000  # bytes; the documentation shows many


class Shot(Protocol):
    """Saves a picture of the window, or of a part of it."""

    def __call__(self, page: Page, name: str, part: Locator | None = None) -> None: ...


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is. Without it nothing is started and these tests are skipped."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.skip("Chromium is not installed. Install it with: sudo apt-get install chromium")
    return path


@pytest.fixture(scope="package")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One Chromium for all tests; each page has a context, so a clean browser, of its own.

    For this folder only: while it lives, no other test can run an event loop of its own.
    """
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def whole(chromium_path: str, system: System) -> Iterator[None]:
    """Every test begins with three well processes and an empty desk."""
    system.wait_until_whole()
    yield
    system.wait_until_whole()
    system.empty_desk()


@pytest.fixture
def watch(system: System) -> Iterator[Watch]:
    watch = Watch(own_host=f"localhost:{system.port}")
    yield watch
    watch.asserts_quiet()


@pytest.fixture
def new_context(browser: Browser, watch: Watch) -> Iterator[NewContext]:
    """Make clean browsers whose every page is watched."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**{**SWEDISH, "viewport": WIDE, **options})  # type: ignore[arg-type]  # Playwright's many options
        watch.follow(context)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def citizen_page(new_context: NewContext, system: System, watch: Watch) -> CitizenPage:
    """A citizen who has not opened any page yet."""
    return CitizenPage(new_context().new_page(), system, watch)


@pytest.fixture
def another_citizen_page(new_context: NewContext, system: System, watch: Watch) -> CitizenPage:
    return CitizenPage(new_context().new_page(), system, watch)


@pytest.fixture
def new_desk(new_context: NewContext, system: System, watch: Watch) -> DeskPage:
    """A desk where nobody is logged in."""
    return DeskPage(new_context().new_page(), system, watch)


@pytest.fixture
def agent_page(new_context: NewContext, system: System, watch: Watch) -> DeskPage:
    """Anna, logged in."""
    return DeskPage(new_context().new_page(), system, watch).enter("anna")


@pytest.fixture
def another_agent_page(new_context: NewContext, system: System, watch: Watch) -> DeskPage:
    """Omar, logged in."""
    return DeskPage(new_context().new_page(), system, watch).enter("omar")


@pytest.fixture
def talk(citizen_page: CitizenPage, agent_page: DeskPage) -> tuple[CitizenPage, DeskPage]:
    """A citizen and Anna, who has taken the conversation; nothing has been said yet."""
    citizen_page.open_chat().write("jag vill prata med en människa")
    expect(citizen_page.queue).to_be_visible(timeout=PATIENCE_MS)
    agent_page.take("prata med en människa")
    citizen_page.sees_agent(ANNA)
    return citizen_page, agent_page


@pytest.fixture
def take_picture(tmp_path: Path) -> Shot:
    """Save what the window shows, once nothing moves any more."""

    def take(page: Page, name: str, part: Locator | None = None) -> None:
        page.mouse.move(0, 0)
        page.wait_for_load_state("networkidle")
        path = Path(os.environ.get(PICTURES) or tmp_path) / name
        path.parent.mkdir(exist_ok=True)
        if part is None:
            page.screenshot(path=path, animations="disabled", caret="hide")
            assert path.stat().st_size > 10_000
        else:
            part.screenshot(path=path, animations="disabled", caret="hide")
            kept = PICTURES in os.environ
            assert 1_000 < path.stat().st_size <= (BIGGEST_PART if kept else 1_000_000)

    return take
