"""What can be done with an errand. It is over when somebody has said what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.texts import Texts
from connectors.audit.log import Deed, note_once, record
from connectors.audit.model import Action, Doer
from connectors.conversation import repository as conversations
from connectors.conversation.model import CITIZEN, IN_QUEUE, SYSTEM, Key, Move, State
from connectors.conversation.service import Conversations
from connectors.conversation.wakeups import DESK, PLACES, conversation_topic
from connectors.errands import repository
from connectors.errands.model import ErrandCount, ErrandView, Kind, Promise, Resolution
from connectors.errands.reference import new_reference, read_reference
from connectors.errors import ErrandNotFound, IdReused
from connectors.storage.tables import ConversationRow, ErrandRow

REMIND_AT = 0.75  # of the time until it is due; then there is still time to keep the promise
LISTED = 200


class Promises(Protocol):
    """Counts promised times in working hours, and says them."""

    def due(self, working_h: float) -> datetime: ...

    def in_words(self, moment: datetime, texts: Texts) -> str: ...


class Change(StrEnum):
    """What others are told of an errand."""

    CREATED = "created"
    UPDATED = "updated"
    DONE = "done"


Tell = Callable[[AsyncSession, ErrandRow, Change], None]


def tell_nobody(session: AsyncSession, errand: ErrandRow, change: Change) -> None:
    """What is told where nobody listens."""


@dataclass(frozen=True)
class Wish:
    """What is asked for."""

    id: UUID
    kind: Kind
    text: str | None = None  # None: what the citizen wrote last
    contact: str | None = None
    errand_type: str | None = None  # where it is known what it is about


class Errands:
    """Everything that is promised."""

    def __init__(
        self,
        conversations: Conversations,
        promises: Promises,
        prefix: str,
        tell: Tell = tell_nobody,
    ) -> None:
        self._conversations, self._promises = conversations, promises
        self._prefix, self._tell = prefix, tell
        self._database = conversations.database

    @property
    def _now(self) -> Callable[[], datetime]:
        return self._conversations.now

    @property
    def _texts(self) -> Texts:
        return self._conversations.texts

    async def ask(self, key: Key, wish: Wish) -> tuple[Promise, bool]:
        """Promise a citizen something instead of waiting; a repeat gets the same, and False.

        Who stands in the queue leaves it: the errand stands for them now. Danger in its words is
        answered in the conversation at once.

        Raises:
            ConversationNotFound: `key` opens nothing.
            IdReused: the id stands for another conversation's errand.
            MessageEmpty, MessageTooLong, MaskingFailed: the text cannot be used.
        """
        hear = self._conversations.hear
        heard = await hear(key, wish.id, wish.text) if wish.text else None
        if heard is not None:
            wish = replace(wish, text=heard.text)
        async with self._database.write() as session:
            conversation = await self._conversations.owned(session, key, lock=True)
            stored = await repository.find(session, wish.id)
            if stored is not None:
                if stored.conversation_id != conversation.id:
                    raise IdReused
                return self._promise(stored, conversation), False
            errand = await self.add(session, conversation, wish, errand_type=wish.errand_type)
            promise = self._promise(errand, conversation)
            if State(conversation.state) in IN_QUEUE:
                mover = self._conversations.mover
                await mover.enter(session, conversation, Move.LEAVE_QUEUE, CITIZEN)
            await self.announce(session, conversation, errand)
            if heard is not None and heard.danger is not None:
                await self._conversations.warn(session, conversation, heard.danger)
        self._conversations.wakeups.wake(conversation_topic(conversation.id), DESK, PLACES)
        return promise, True

    async def add(
        self,
        session: AsyncSession,
        conversation: ConversationRow,
        wish: Wish,
        owner_id: UUID | None = None,
        errand_type: str | None = None,
    ) -> ErrandRow:
        """Add an errand in the caller's transaction.

        Raises:
            IdReused: there is an errand with that id.
        """
        if await repository.find(session, wish.id) is not None:
            raise IdReused
        rules, now = self._conversations.mover.rules.get(), self._now()
        hours = rules.callback_h if wish.kind is Kind.CALLBACK else rules.errand_h
        due_at = self._promises.due(hours).astimezone(UTC)  # as it will be read again
        errand = ErrandRow(
            id=wish.id,
            reference=await self._reference(session),
            conversation_id=conversation.id,
            kind=wish.kind.value,
            audience=conversation.audience,
            question=wish.text or await self._last_words(session, conversation),
            contact=wish.contact,
            errand_type=errand_type,
            owner_id=owner_id,
            created_at=now,
            due_at=due_at,
            remind_at=now + REMIND_AT * (due_at - now),
        )
        session.add(errand)
        self._tell(session, errand, Change.CREATED)
        return errand

    async def announce(
        self, session: AsyncSession, conversation: ConversationRow, errand: ErrandRow
    ) -> None:
        """Tell the citizen in the conversation what is promised."""
        text = self._promise(errand, conversation).text
        await self._conversations.mover.say(session, conversation, SYSTEM, text)

    async def listed(self, reader: Doer, *, only_open: bool) -> list[ErrandView]:
        """Return errands: what is open by due time, what is done newest first.

        The audit log says who has read them, and how many ways to reach people are among them.
        """
        async with self._database.read() as session:
            rows = await repository.listed(session, only_open=only_open, most=LISTED)
        detail = {"errands": len(rows), "contacts": sum(bool(row.contact) for row, _ in rows)}
        subject = "open" if only_open else "done"
        deed = Deed.of(reader, Action.ERRAND_LIST, subject=subject, detail=detail)
        await note_once(self._database, deed, self._now())
        return [self.view(errand, name) for errand, name in rows]

    async def made(self, session: AsyncSession, errand_id: UUID) -> ErrandView | None:
        """Return an errand that an earlier try has made."""
        errand = await repository.find(session, errand_id)
        return self.view(errand, await repository.owner_name(session, errand)) if errand else None

    async def count(self, session: AsyncSession) -> ErrandCount:
        opened, overdue = await repository.count(session, self._now())
        return ErrandCount(open=opened, overdue=overdue)

    async def by_reference(self, reader: Doer, written: str) -> ErrandView:
        """Find an errand by its number, however that is written; the audit log says so.

        Raises:
            ErrandNotFound: there is none, or it is no number of ours.
        """
        reference = read_reference(written, self._prefix)
        async with self._database.read() as session:
            errand = await repository.by_reference(session, reference) if reference else None
            if errand is None:
                raise ErrandNotFound
            view = self.view(errand, await repository.owner_name(session, errand))
        detail = {"contact": bool(view.contact)}
        deed = Deed.of(
            reader, Action.ERRAND_OPEN, view.conversation_id, view.reference, detail=detail
        )
        await note_once(self._database, deed, self._now())
        return view

    async def take(self, agent: Doer, errand_id: UUID) -> ErrandView:
        """Make the agent its owner. Who had it before sees that.

        Raises:
            ErrandNotFound: there is no such errand, or it is done.
        """
        async with self._database.write() as session:
            errand = await self._open(session, errand_id)
            new, errand.owner_id = errand.owner_id != agent.id, agent.id
            self._tell(session, errand, Change.UPDATED)
            view = self.view(errand, await repository.owner_name(session, errand))
            if new:
                await self._record(session, agent, Action.ERRAND_TAKE, errand)
        self._conversations.wakeups.wake(DESK)
        return view

    async def finish(
        self, agent: Doer, errand_id: UUID, resolution: Resolution, result: str
    ) -> ErrandView:
        """Say what became of it; a repeat of the same changes nothing.

        Raises:
            ErrandNotFound: there is no such errand, or it ended otherwise.
            MessageEmpty, MessageTooLong, MaskingFailed: `result` cannot be used.
        """
        result = await self._conversations.hearing.staffs(result)
        async with self._database.write() as session:
            errand = await repository.lock(session, errand_id)
            if errand is None or (errand.done_at and errand.resolution != resolution.value):
                raise ErrandNotFound
            new = errand.done_at is None
            if new:
                errand.done_at, errand.done_by_id = self._now(), agent.id
                errand.owner_id = errand.owner_id or agent.id
                errand.resolution, errand.result = resolution.value, result
                self._tell(session, errand, Change.DONE)
            view = self.view(errand, await repository.owner_name(session, errand))
            if new:
                await self._record(session, agent, Action.ERRAND_FINISH, errand)
        self._conversations.wakeups.wake(DESK)
        return view

    async def remind(self) -> int:
        """Tell the desk of promises that are about to be broken; returns how many."""
        async with self._database.write() as session:
            rows = await repository.to_remind(session, self._now(), LISTED)
            for errand in rows:
                errand.reminded_at = self._now()
                self._tell(session, errand, Change.UPDATED)
        if rows:
            self._conversations.wakeups.wake(DESK)
        return len(rows)

    def view(self, errand: ErrandRow, owner: str | None) -> ErrandView:
        late = errand.done_at is None and errand.due_at <= self._now()
        return ErrandView.model_validate({**_columns(errand), "owner": owner, "overdue": late})

    async def _record(
        self, session: AsyncSession, agent: Doer, action: Action, errand: ErrandRow
    ) -> None:
        deed = Deed.of(agent, action, errand.conversation_id, errand.reference)
        await record(self._database, session, deed, self._now())

    async def _open(self, session: AsyncSession, errand_id: UUID) -> ErrandRow:
        errand = await repository.lock(session, errand_id)
        if errand is None or errand.done_at is not None:
            raise ErrandNotFound
        return errand

    def _promise(self, errand: ErrandRow, conversation: ConversationRow) -> Promise:
        texts = self._texts.spoken(conversation.language)
        text = texts.get(
            f"errand_{errand.kind}",
            reference=errand.reference,
            moment=self._promises.in_words(errand.due_at, texts),
        )
        return Promise(
            reference=errand.reference, kind=Kind(errand.kind), due_at=errand.due_at, text=text
        )

    async def _last_words(self, session: AsyncSession, conversation: ConversationRow) -> str:
        last = await conversations.event(session, conversation.id, conversation.last_citizen_seq)
        return last.text if last and last.text else self._texts["errand_without_question"]

    async def _reference(self, session: AsyncSession) -> str:
        while await repository.is_used(session, found := new_reference(self._prefix)):
            continue
        return found


def _columns(errand: ErrandRow) -> dict[str, object]:
    return {column.key: getattr(errand, column.key) for column in ErrandRow.__table__.columns}
