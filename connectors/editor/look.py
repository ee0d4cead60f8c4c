"""The look from the editor's page: into its file, which goes live by itself, and into git."""

import asyncio
from pathlib import Path
from uuid import uuid4

from bot.errors import ContentError
from bot.look.editing import with_look
from bot.look.model import Look
from bot.look.repository import FILE, load_look, parse_look
from bot.texts import Texts
from connectors.accounts.model import Account
from connectors.audit.log import Deed, note
from connectors.audit.model import Action
from connectors.editor import git
from connectors.editor.files import put
from connectors.editor.model import Author
from connectors.errors import ContentInvalid
from connectors.storage.database import Database


class Looks:
    """Reads and changes `data/utseende.yml`, one change at a time in this process."""

    def __init__(
        self, database: Database, data_dir: Path, texts: Texts, *, commits: bool = True
    ) -> None:
        self._database, self._data_dir = database, data_dir
        self._texts, self._commits = texts, commits
        self._turn = asyncio.Lock()

    async def now(self) -> Look:
        """Return the look in the file. Raises ContentInvalid: changed by hand, and unusable."""
        return await asyncio.to_thread(self._load)

    async def change(self, look: Look, account: Account) -> Look:
        """Write a look; the same again changes nothing.

        A file knows no transaction, so the audit log comes first.

        Raises:
            ContentInvalid: two colours are too near each other, or the file cannot be read.
        """
        async with self._turn:
            if await self.now() != look:
                text = await asyncio.to_thread(self._checked, look)
                await note(self._database, Deed.of(account, Action.LOOK_CHANGE, subject=FILE))
                await asyncio.to_thread(self._put, text, Author.of(account))
            return look

    def _load(self) -> Look:
        try:
            return load_look(self._data_dir)
        except ContentError as error:
            raise _invalid(error) from error

    def _checked(self, look: Look) -> str:
        path = self._data_dir / FILE
        text = with_look(path.read_text(encoding="utf-8") if path.exists() else None, look)
        try:
            parse_look(text, path)
        except ContentError as error:
            raise _invalid(error) from error
        return text

    def _put(self, text: str, author: Author) -> None:
        path = self._data_dir / FILE
        put(path, text)
        if self._commits:
            git.commit(path, author, self._texts["look_changed"], uuid4())


def _invalid(error: ContentError) -> ContentInvalid:
    findings = [{"level": "fel", "text": line} for line in str(error).splitlines()]
    return ContentInvalid(findings=findings)
