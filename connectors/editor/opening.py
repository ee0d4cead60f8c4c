"""What editors use, put together."""

from collections.abc import Sequence
from functools import partial

from starlette.datastructures import State

from bot.faq.model import Entry
from bot.gaps.asking import Asking
from bot.pages.crawling.kept import kept_pages
from bot.pages.crawling.sources import SourceChange, source_changes
from bot.settings import Settings
from connectors.editor.gaps import Gaps
from connectors.editor.look import Looks
from connectors.editor.model import Previewer
from connectors.editor.notices import NoticeBoard
from connectors.editor.proposals import Proposals
from connectors.editor.publishing import Builder, Publisher
from connectors.editor.review import Reviews
from connectors.editor.service import Editor
from connectors.storage.database import Database


def open_editor(
    state: State,
    database: Database,
    build: Builder | None,
    previewer: Previewer | None,
    asking: Asking | None,
) -> Publisher | None:
    """Put into the gateway's state what the editors' endpoints ask for.

    Args:
        state: with the gateway's settings, texts and masker.
        build, previewer, asking: as the gateway's `Mind` has them.

    Returns:
        who makes changes live; None without `build`.
    """
    settings, texts = state.settings, state.texts
    publisher = _publisher(state, database, build) if build else None
    state.editor = Editor(
        database, settings.data_dir, texts, publisher=publisher, previewer=previewer
    )
    state.gaps = Gaps(database, asking, state.masker)
    state.proposals = Proposals(database, asking, state.masker, settings.data_dir)
    state.reviews = Reviews(database, texts, partial(_changed_sources, settings))
    state.board = NoticeBoard(database, settings.data_dir, texts, commits=settings.commit_edits)
    state.looks = Looks(database, settings.data_dir, texts, commits=settings.commit_edits)
    return publisher


def _publisher(state: State, database: Database, build: Builder) -> Publisher:
    settings = state.settings
    return Publisher(
        database,
        settings.data_dir,
        settings.index_dir,
        build,
        state.texts,
        commits=settings.commit_edits,
    )


def _changed_sources(settings: Settings, entries: Sequence[Entry]) -> tuple[SourceChange, ...]:
    """Return the entries whose source has changed since their review, as the last crawl saw it."""
    pages = kept_pages(settings.crawl_file, settings.site_url.rstrip("/"))
    return source_changes(entries, pages, settings.site_url) if pages else ()
