"""Puts together everything that is stored of a conversation."""

from collections.abc import Callable, Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answering.model import ContactCard, Link, Phone
from connectors.conversation.model import Actor, DeskDecision
from connectors.errors import ConversationNotFound
from connectors.records.model import Heading, Part, Transcript
from connectors.storage.tables import (
    ConversationRow,
    ErrandRow,
    EventRow,
    FeedbackRow,
    NoteRow,
    OutcomeRow,
    SurveyRow,
)

NameOutcome = Callable[[OutcomeRow], str]
_ERRAND_TEXTS = ("question", "contact", "result")


async def read_transcript(
    session: AsyncSession, conversation_id: UUID, name_outcome: NameOutcome
) -> Transcript:
    """Return all of a conversation; `name_outcome` says what became of it in words.

    Raises:
        ConversationNotFound: there is none, or none any longer.
    """
    conversation = await session.get(ConversationRow, conversation_id)
    if conversation is None:
        raise ConversationNotFound
    parts = [
        *_of_heading(conversation),
        *await _events(session, conversation_id),
        *await _notes(session, conversation_id),
        *await _errands(session, conversation_id),
        *await _outcomes(session, conversation_id, name_outcome),
        *await _survey(session, conversation_id),
    ]
    heading = Heading.model_validate(conversation, from_attributes=True)
    parts = [_in_lines(part) for part in parts]
    parts.sort(key=lambda part: part.at or conversation.created_at)
    return Transcript(heading=heading, parts=tuple(parts))


def _in_lines(part: Part) -> Part:
    """Return the part with lines that end as in browsers, so that all count the same characters."""
    text = part.text.replace("\r\n", "\n").replace("\r", "\n")
    return part.model_copy(update={"text": text})


def _of_heading(conversation: ConversationRow) -> Iterable[Part]:
    if conversation.topic:
        yield Part(key="topic", kind="topic", text=conversation.topic)
    if conversation.page:
        yield Part(key="page", kind="page", text=conversation.page)


async def _events(session: AsyncSession, conversation_id: UUID) -> list[Part]:
    query = select(EventRow).where(EventRow.conversation_id == conversation_id)
    rows = (await session.scalars(query.order_by(EventRow.seq))).all()
    said = select(FeedbackRow).where(FeedbackRow.conversation_id == conversation_id)
    helped = {row.seq: row.helpful for row in await session.scalars(said)}
    return [_event(row, helped.get(row.seq)) for row in rows if row.text or row.decision]


def _event(row: EventRow, helpful: bool | None) -> Part:
    decision = DeskDecision.model_validate(row.decision) if row.decision else None
    return Part(
        key=f"event:{row.seq}",
        kind="event" if row.type == "message" else "state",
        at=row.at,
        actor=Actor(row.actor),
        name=row.agent_name,
        text=_all_of(decision) if decision else row.text or "",
        sources=decision.sources if decision else (),
        entry=decision.entry if decision else None,
        versions=decision.versions if decision else None,
        confidence=decision.confidence if decision else None,
        helpful=helpful,
        masked=tuple(row.masked or ()),
    )


def _all_of(decision: DeskDecision) -> str:
    """Return all that the bot said in one text, a line a thing."""
    steps = (f"{number}. {step}" for number, step in enumerate(decision.steps, start=1))
    lines = [
        decision.question,
        decision.text,
        *map(_phone, decision.phones),
        *steps,
        *map(_card, decision.people),
        *(choice.label for choice in decision.choices),
        *map(_link, [*decision.links, *decision.more]),
        *(notice.text for notice in decision.notices),
        decision.remark,
    ]
    return "\n".join(line for line in lines if line)


def _phone(phone: Phone) -> str:
    return f"{phone.label} {phone.number}"


def _link(link: Link) -> str:
    return f"{link.title}: {link.url}"


def _card(card: ContactCard) -> str:
    told = (card.name, card.title, card.unit, card.phone, card.email, card.hours)
    return ", ".join(one for one in told if one)


async def _notes(session: AsyncSession, conversation_id: UUID) -> list[Part]:
    rows = await session.scalars(select(NoteRow).where(NoteRow.conversation_id == conversation_id))
    return [
        Part(
            key=f"note:{row.id}",
            kind="note",
            field=row.kind,
            at=row.at,
            actor=Actor.AGENT,
            name=row.agent_name,
            text=row.text,
        )
        for row in rows
    ]


async def _errands(session: AsyncSession, conversation_id: UUID) -> list[Part]:
    query = select(ErrandRow).where(ErrandRow.conversation_id == conversation_id)
    return [
        Part(
            key=f"errand:{row.reference}.{field}",
            kind="errand",
            field=f"{row.reference} {field}",
            at=row.done_at if field == "result" else row.created_at,
            text=text,
        )
        for row in await session.scalars(query.order_by(ErrandRow.created_at))
        for field in _ERRAND_TEXTS
        if (text := getattr(row, field))
    ]


async def _outcomes(
    session: AsyncSession, conversation_id: UUID, name_outcome: NameOutcome
) -> list[Part]:
    query = select(OutcomeRow).where(OutcomeRow.conversation_id == conversation_id)
    return [
        Part(key=f"outcome:{row.seq}", kind="outcome", at=row.at, text=name_outcome(row))
        for row in await session.scalars(query.order_by(OutcomeRow.seq))
    ]


async def _survey(session: AsyncSession, conversation_id: UUID) -> list[Part]:
    row = await session.get(SurveyRow, conversation_id)
    if row is None:
        return []
    scores = {name: value for name in ("ease", "reach") if (value := getattr(row, name))}
    return [
        Part(
            key="survey",
            kind="survey",
            at=row.at,
            actor=Actor.CITIZEN,
            text=row.comment or "",
            scores=scores,
        )
    ]
