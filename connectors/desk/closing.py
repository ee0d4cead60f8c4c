"""Ending a conversation: what it was about, why it came, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answering.model import Outcome, Reason
from connectors.audit.log import Deed, record
from connectors.audit.model import Action
from connectors.conversation import repository
from connectors.conversation.model import WITH_AGENT, Actor, DeskDecision, Move, State, Status
from connectors.conversation.repeats import already_moved
from connectors.conversation.rules import DeskRules
from connectors.conversation.service import Conversations
from connectors.conversation.wakeups import DESK, PLACES, conversation_topic
from connectors.desk import access
from connectors.desk.model import Agent, Closing, Ending, Named, Proposal, SearchedWeb
from connectors.errands.model import ErrandView, Resolution
from connectors.errands.service import Errands, Wish
from connectors.errors import IdReused, InvalidRequest
from connectors.storage.tables import ConversationRow, EventRow, OutcomeRow

# What the bot knows of why somebody wanted a person, as a cause. Always only a proposal.
_CAUSES = {
    Reason.SECOND_MISS: "hittar-inte-info",
    Reason.COMPLAINT: "synpunkt",
    Reason.PERSONAL_CASE: "aterkoppling-saknas",
}
_UNCLEAR = "oklart"


@dataclass(frozen=True)
class LastMove:
    """How the agent's part ends: with the conversation, or with the bot going on."""

    id: UUID
    move: Literal[Move.FINISH, Move.RETURN_TO_BOT] = Move.FINISH


@dataclass(frozen=True)
class Closed:
    """How a conversation ended, and what was promised at its end."""

    status: Status
    errand: ErrandView | None = None


class Closings:
    """Nothing that a person has held ends without an outcome."""

    def __init__(self, conversations: Conversations, errands: Errands) -> None:
        self._conversations, self._errands = conversations, errands

    async def closing(self, agent: Agent, conversation_id: UUID) -> Closing:
        """Return what the outcome can be, and what it probably is."""
        rules, texts = self._rules, self._conversations.texts
        async with self._conversations.database.read() as session:
            conversation = await access.readable(session, agent, conversation_id)
            decisions = await _decisions(session, conversation)
        return Closing(
            proposal=_propose(conversation, decisions, rules),
            errand_types=tuple(Named(id=one.id, title=one.title) for one in rules.errand_types),
            causes=tuple(Named(id=one.id, title=one.title) for one in rules.causes),
            resolutions=tuple(
                Named(id=one, title=texts[f"resolution_{one}"]) for one in Resolution
            ),
        )

    async def close(
        self,
        agent: Agent,
        conversation_id: UUID,
        last: LastMove,
        ending: Ending,
        follow_up: Wish | None = None,
    ) -> Closed:
        """End the agent's part with its outcome, and with an errand if more is promised.

        Raises:
            InvalidRequest: there is no such type of errand or cause.
            ConversationNotFound, ConversationClosed, NotYours: the agent does not have it.
            MoveNotAllowed: it cannot go back to the bot now.
            IdReused: the id was used for another move, or the errand's for another errand.
            MessageEmpty, MessageTooLong, MaskingFailed: what is promised cannot be used.
        """
        self._check(ending)
        if follow_up and follow_up.text is not None:
            text = await self._conversations.hearing.staffs(follow_up.text)
            follow_up = replace(follow_up, text=text)
        errand = None
        async with self._conversations.database.write() as session:
            conversation = await access.locked(session, agent, conversation_id, last.id)
            repeated = await already_moved(session, conversation, Actor.AGENT, last.move, last.id)
            if not repeated:
                await access.check_has(session, agent, conversation)
                if follow_up:
                    row = await self._errands.add(
                        session, conversation, follow_up, agent.id, ending.errand_type
                    )
                    errand = self._errands.view(row, agent.name)
                    await self._errands.announce(session, conversation, row)
                await self._end(session, agent, conversation, last, ending)
            elif follow_up:
                errand = await self._errands.made(session, follow_up.id)
                if errand and errand.conversation_id != conversation_id:
                    raise IdReused
            status = await self._conversations.status(session, conversation)
            if not repeated:
                await self._record(session, agent, conversation_id, last, errand)
        self._conversations.wakeups.wake(conversation_topic(conversation_id), DESK, PLACES)
        return Closed(status, errand)

    async def _end(
        self,
        session: AsyncSession,
        agent: Agent,
        conversation: ConversationRow,
        last: LastMove,
        ending: Ending,
    ) -> None:
        mover = self._conversations.mover
        if last.move is Move.FINISH and State(conversation.state) in WITH_AGENT:
            await mover.enter(session, conversation, Move.CLOSE, agent.party)
        outcome = await self._outcome(session, agent, conversation, ending)
        session.add(outcome)
        await mover.enter(session, conversation, last.move, agent.party, last.id, outcome=outcome)

    async def _record(
        self,
        session: AsyncSession,
        agent: Agent,
        conversation_id: UUID,
        last: LastMove,
        errand: ErrandView | None,
    ) -> None:
        reference = errand.reference if errand else None
        deed = Deed.of(agent, Action(f"conversation.{last.move}"), conversation_id, reference)
        await record(self._conversations.database, session, deed, self._conversations.now())

    async def _outcome(
        self, session: AsyncSession, agent: Agent, conversation: ConversationRow, ending: Ending
    ) -> OutcomeRow:
        now = self._conversations.now()
        since = await _held_since(session, conversation) or now
        return OutcomeRow(
            conversation_id=conversation.id,
            seq=conversation.seq + 1,  # of the event that ends it
            at=now,
            agent_id=agent.id,
            seconds=max(0, round((now - since).total_seconds())),
            **ending.model_dump(mode="json"),
        )

    def _check(self, ending: Ending) -> None:
        types = {one.id for one in self._rules.errand_types}
        causes = {one.id for one in self._rules.causes}
        wrong = [
            name
            for name, is_known in (
                ("errand_type", ending.errand_type in types),
                ("cause", ending.cause in causes),
            )
            if not is_known
        ]
        if wrong:
            raise InvalidRequest(fields=wrong)

    @property
    def _rules(self) -> DeskRules:
        return self._conversations.mover.rules.get()


def _propose(
    conversation: ConversationRow, decisions: Sequence[DeskDecision], rules: DeskRules
) -> Proposal:
    reason = Reason(conversation.reason) if conversation.reason else None
    cause = _CAUSES.get(reason, _UNCLEAR) if reason else _UNCLEAR
    errand_type = _type_of(conversation.topic, rules) or _type_looked_at(decisions, rules)
    if Outcome.PERSON_LOOKUP in {one.outcome for one in decisions}:
        cause, errand_type = "personsok", errand_type or "personsok"
    return Proposal(
        errand_type=errand_type,
        cause=cause if cause in {one.id for one in rules.causes} else rules.causes[-1].id,
        resolution=Resolution.SOLVED,
        searched_web=SearchedWeb.YES if conversation.page else SearchedWeb.UNKNOWN,
    )


def _type_of(topic: str | None, rules: DeskRules) -> str | None:
    """Return the type of errand that is called like the subject, by id or by title."""
    known = {name: one.id for one in rules.errand_types for name in (one.id, one.title)}
    return known.get(topic or "")


def _type_looked_at(decisions: Sequence[DeskDecision], rules: DeskRules) -> str | None:
    """Return the type of what the bot last found nearest: entries are called `<subject>-…`."""
    weighed = [one.candidates[0].id for one in decisions if one.candidates]
    fitting = [one.id for one in rules.errand_types if weighed and _is_of(weighed[-1], one.id)]
    return max(fitting, key=len, default=None)


def _is_of(entry: str, subject: str) -> bool:
    return entry.startswith(f"{subject}-")


async def _decisions(session: AsyncSession, conversation: ConversationRow) -> list[DeskDecision]:
    rows = await repository.events_after(session, conversation, 0)
    return [DeskDecision.model_validate(row.decision) for row in rows if row.decision]


async def _held_since(session: AsyncSession, conversation: ConversationRow) -> datetime | None:
    """Return when an agent took the conversation the last time."""
    query = select(EventRow.at).where(
        EventRow.conversation_id == conversation.id, EventRow.move == Move.TAKE.value
    )
    return await session.scalar(query.order_by(EventRow.seq.desc()).limit(1))
