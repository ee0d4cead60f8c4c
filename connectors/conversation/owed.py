"""The bot's side of a conversation: what it owes, and what it says."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from bot.answering.model import Decision, Outcome, Reason
from bot.texts import SWEDISH
from connectors.conversation import repository
from connectors.conversation.model import BOT, Job, Move
from connectors.conversation.service import Conversations, owes_reply
from connectors.conversation.text import told
from connectors.storage.tables import ConversationRow, EventRow


class Owed:
    """The replies that the bot owes. They stand in the database, so no restart forgets one."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations
        self._database, self._mover = conversations.database, conversations.mover

    async def decisions(self, conversation_id: UUID) -> list[Decision]:
        """Return the bot's decisions since it got the conversation last, oldest first."""
        async with self._database.read() as session:
            stored = await repository.decisions_since_move(session, conversation_id)
        return [Decision.model_validate(decision) for decision in stored]

    async def lookups(self, conversation_id: UUID) -> int:
        """Return how many people the bot was asked for in the conversation lately."""
        async with self._database.read() as session:
            return await repository.lookups(session, conversation_id, self._mover.now())

    async def unanswered(self, older_than_s: float) -> Sequence[UUID]:
        """Return the conversations where the bot owes a reply since `older_than_s` or more."""
        async with self._database.read() as session:
            return await repository.unanswered(session, self._mover.now(), older_than_s)

    async def next_job(self, conversation_id: UUID) -> Job | None:
        """Return the oldest message that the bot has to answer."""
        async with self._database.read() as session:
            conversation = await repository.find(session, conversation_id)
            if conversation is None or not owes_reply(conversation):
                return None
            row = await repository.first_unanswered(session, conversation)
            last = await repository.last_decision(session, conversation_id) or {}
            return None if row is None else _job(conversation, row, last)

    async def store_reply(self, job: Job, decision: Decision) -> bool:
        """Store the bot's reply, unless somebody else holds the conversation by now.

        Returns:
            False if the reply came too late or was stored before, and was dropped.
        """
        async with self._database.write() as session:
            conversation = await repository.lock(session, job.conversation_id)
            if conversation is None or conversation.fence != job.fence:
                return False
            if conversation.answered_seq >= job.seq:
                return False
            await self._mover.reply(session, conversation, decision, to=job.seq)
            handed_off = await self._hand_off_if_asked(session, conversation, job, decision)
        self._conversations.wake(conversation, moved=handed_off)
        return True

    async def _hand_off_if_asked(
        self, session: AsyncSession, conversation: ConversationRow, job: Job, decision: Decision
    ) -> bool:
        """Put in the queue whoever asked for a person; all others are asked what they prefer."""
        if decision.outcome is not Outcome.HANDOFF:
            return False
        conversation.reason = decision.reason.value if decision.reason else None
        asked = decision.reason is Reason.ASKED_FOR_HUMAN
        if not asked or not (await self._conversations.handover_of(session, conversation)).open:
            return False
        move_id = uuid5(job.reply_id, "hand_off")
        await self._mover.enter(session, conversation, Move.HAND_OFF, BOT, move_id)
        return True


def _job(conversation: ConversationRow, row: EventRow, last: Mapping[str, Any]) -> Job:
    language = conversation.language
    is_new = language != (last.get("talk_language") or SWEDISH)
    return Job(
        conversation_id=conversation.id,
        seq=row.seq,
        fence=conversation.fence,
        message_id=row.client_message_id or row.conversation_id,
        text=told(row.text or ""),
        choice=row.choice,
        language=language,
        chosen_language=language if is_new else None,
    )
