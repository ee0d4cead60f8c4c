"""What the bot would answer after an edit: previews kept, and the previewer made ready."""

import asyncio
from collections import OrderedDict
from threading import Thread

import structlog

from bot.errors import KommunbotError, SearchIndexError
from bot.faq.files import FaqFiles
from connectors.editor.drafts import Edit
from connectors.editor.model import Previewed, Previewer, Replied
from connectors.editor.standing import Standing, digest
from connectors.errors import EditorUnavailable

log = structlog.get_logger()

_KEPT = 8  # an editor confirms what was just previewed


class Previews:
    """Asks the previewer beside the event loop, and keeps the last previews."""

    def __init__(self, previewer: Previewer | None) -> None:
        self._previewer = previewer
        self._kept: OrderedDict[tuple[str, str], Previewed] = OrderedDict()
        self._warming: Thread | None = None

    def warm(self) -> None:
        """Get ready when an editor comes; where none does, it costs nothing.

        It takes some ten seconds, in a daemon, so that a stop need not wait for it.
        """
        if self._warming is None and self._previewer is not None:
            self._warming = Thread(target=_warm, args=(self._previewer,), daemon=True)
            self._warming.start()

    async def of(self, edit: Edit, standing: Standing) -> Previewed | None:
        """Return what `edit` changes in the answers; None where nothing can tell.

        Raises:
            EditorUnavailable: there is no index.
        """
        if self._previewer is None:
            return None
        key = (standing.content, digest(edit.files))
        if key not in self._kept:
            try:
                preview = await asyncio.to_thread(self._previewer.preview, edit.files)
            except SearchIndexError as error:
                raise EditorUnavailable from error
            self._kept[key] = preview
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]

    async def ask(self, after: FaqFiles | None, question: str) -> Replied:
        """Put a question to what is live, or to what would be.

        Raises:
            EditorUnavailable: there is no index, or nothing to ask.
        """
        if self._previewer is None:
            raise EditorUnavailable
        try:
            return await asyncio.to_thread(self._previewer.ask, after, question)
        except SearchIndexError as error:
            raise EditorUnavailable from error


def _warm(previewer: Previewer) -> None:
    try:
        previewer.warm()
    except KommunbotError as error:
        log.warning("previewer_not_warm", error=type(error).__name__)
