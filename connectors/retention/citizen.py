"""The citizen's own deletion of a conversation that only the bot has had."""

from pathlib import Path

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from connectors.conversation.model import Key
from connectors.conversation.service import Conversations
from connectors.conversation.wakeups import conversation_topic
from connectors.errors import CannotBeDeleted, MustBeKept, Unavailable
from connectors.retention.disposing import Warrant, dispose
from connectors.retention.due import REQUESTS, Condition, has_errand, kept, with_people
from connectors.retention.model import Category, Cause
from connectors.retention.permission import NothingMayBeDeleted, Permission, permitted
from connectors.retention.tracker import Tracker, TrackerUnavailable
from connectors.storage.tables import ConversationRow


class OwnDeletion:
    """Deletes at the citizen's word, by the same decision and in the same order as when it is due.

    What only the bot has answered is of little and passing importance (the class `chatt_med_bot`),
    so its days may be cut short. What a person has read or promised may not.
    """

    def __init__(self, conversations: Conversations, tracker: Tracker, data_dir: Path) -> None:
        self._conversations, self._tracker = conversations, tracker
        self._data_dir = data_dir

    async def delete(self, key: Key) -> None:
        """Delete the conversation of `key`; whoever follows it is told that it is gone.

        Raises:
            ConversationNotFound: `key` opens nothing, or nothing any longer.
            CannotBeDeleted: a person has had it, or it has become an errand.
            MustBeKept: it is held or may have been asked for, or there is no decision to go by.
            Unavailable: Rasa is writing for longer than anybody waits.
        """
        async with self._conversations.database.read() as session:
            await self._check(session, key)
        await self._forget(key)
        async with self._conversations.database.write() as session:
            await self._conversations.database.lock(session, REQUESTS)
            conversation = await self._conversations.owned(session, key, lock=True)
            permission = await self._check(session, key)
            own = conversation.kind == "citizen"
            warrant = Warrant(
                Category.BOT if own else Category.PRACTICE,
                Cause.CITIZEN,
                self._conversations.now(),
                permission.decision,
            )
            await dispose(self._conversations.database, session, [conversation.id], warrant)
        await self._conversations.database.forget_deleted()  # or the day's run does
        self._conversations.wakeups.wake(conversation_topic(key.conversation_id))

    async def _check(self, session: AsyncSession, key: Key) -> Permission:
        conversation = await self._conversations.owned(session, key)
        if await _is(session, conversation, with_people() | has_errand()):
            raise CannotBeDeleted
        try:
            permission = permitted(self._data_dir, self._conversations.now())
        except NothingMayBeDeleted as error:
            raise MustBeKept from error
        if await _is(session, conversation, kept()):
            raise MustBeKept
        return permission

    async def _forget(self, key: Key) -> None:
        try:
            await self._tracker.forget([str(key.conversation_id)])
        except TrackerUnavailable as error:
            raise Unavailable from error


async def _is(session: AsyncSession, conversation: ConversationRow, condition: Condition) -> bool:
    row = ConversationRow
    query = select(row.id).where(and_(row.id == conversation.id, condition))
    return await session.scalar(query) is not None
