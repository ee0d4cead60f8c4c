"""Notices from the editor's page: into their file, which goes live by itself, and into git."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from pydantic import ValidationError

from bot.errors import ContentError
from bot.notices.editing import with_notice
from bot.notices.model import Notice
from bot.notices.repository import FILE, load_notices
from bot.texts import Texts
from connectors.accounts.model import Account
from connectors.audit.log import Deed, note
from connectors.audit.model import Action
from connectors.editor import git
from connectors.editor.files import put
from connectors.editor.model import Author
from connectors.errors import ContentInvalid, IdReused, NoticeNotFound
from connectors.now import utc_now
from connectors.storage.database import Database

_MESSAGES = {
    Action.NOTICE_ADD: "notice_added",
    Action.NOTICE_CHANGE: "notice_changed",
    Action.NOTICE_END: "notice_ended",
}


class NoticeBoard:
    """Reads and changes `data/meddelanden.yml`, one change at a time in this process."""

    def __init__(
        self,
        database: Database,
        data_dir: Path,
        texts: Texts,
        *,
        commits: bool = True,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database, self._data_dir, self._texts = database, data_dir, texts
        self._commits, self._now = commits, now
        self._turn = asyncio.Lock()

    async def all(self) -> tuple[Notice, ...]:
        """Return every notice, past ones too.

        Raises:
            ContentInvalid: the file was changed by hand and cannot be read.
        """
        return await asyncio.to_thread(self._load)

    async def add(self, notice: Notice, account: Account) -> Notice:
        """Put up a notice; the same one again changes nothing.

        Raises:
            IdReused: another notice has the id.
            ContentInvalid: the file was changed by hand and cannot be read.
        """
        async with self._turn:
            known = await self._find(notice.id)
            if known is not None and known != notice:
                raise IdReused
            return notice if known else await self._write(notice, account, Action.NOTICE_ADD)

    async def change(self, notice: Notice, account: Account) -> Notice:
        """Change a notice. Raises NoticeNotFound, ContentInvalid."""
        async with self._turn:
            await self._known(notice.id)
            return await self._write(notice, account, Action.NOTICE_CHANGE)

    async def end(self, notice_id: str, account: Account) -> Notice:
        """Let a notice end now; one that has ended stays as it is.

        Raises:
            NoticeNotFound, ContentInvalid.
        """
        async with self._turn:
            known, now = await self._known(notice_id), self._now().replace(second=0, microsecond=0)
            if known.ends is not None and known.ends <= now:
                return known
            try:
                ended = Notice.model_validate({**known.model_dump(), "ends": now})
            except ValidationError:  # it has not begun: it never will
                ended = known.model_copy(update={"starts": now, "ends": now})
            return await self._write(ended, account, Action.NOTICE_END)

    async def _known(self, notice_id: str) -> Notice:
        known = await self._find(notice_id)
        if known is None:
            raise NoticeNotFound
        return known

    async def _find(self, notice_id: str) -> Notice | None:
        return next((one for one in await self.all() if one.id == notice_id), None)

    def _load(self) -> tuple[Notice, ...]:
        try:
            return load_notices(self._data_dir)
        except ContentError as error:
            findings = [{"level": "fel", "text": line} for line in str(error).splitlines()]
            raise ContentInvalid(findings=findings) from error

    async def _write(self, notice: Notice, account: Account, action: Action) -> Notice:
        """Write it down; a file knows no transaction, so the audit log comes first."""
        message = self._texts.get(_MESSAGES[action], id=notice.id)
        await note(self._database, Deed.of(account, action, subject=notice.id), self._now())
        await asyncio.to_thread(self._put, notice, Author.of(account), message)
        return notice

    def _put(self, notice: Notice, author: Author, message: str) -> None:
        path = self._data_dir / FILE
        text = path.read_text(encoding="utf-8") if path.exists() else None
        put(path, with_notice(text, notice))
        if self._commits:
            git.commit(path, author, message, uuid4())
