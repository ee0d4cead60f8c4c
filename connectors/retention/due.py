"""Which conversations and errands are due, as conditions that the database judges by.

What is held, asked for by somebody, promised or with a person is never due, however old it is.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from connectors.conversation.model import HELD, IN_QUEUE, Move, State
from connectors.retention.model import Category
from connectors.storage.outbox_tables import OutboxRow
from connectors.storage.record_tables import HoldRow, RecordRequestRow, RequestedConversationRow
from connectors.storage.tables import ConversationRow, ErrandRow, EventRow

REQUESTS = "record requests"  # whoever registers one and whoever deletes take turns

Condition = ColumnElement[bool]
Moment = InstrumentedAttribute[datetime]

_AT_REST = (State.BOT.value, State.CLOSED.value)  # nobody waits, and no agent has it
_WITH_PEOPLE = sorted({state.value for state in HELD | IN_QUEUE})


def due(category: Category, latest: datetime) -> Condition:
    """Tell whether a conversation is of a class and may go, its last event at `latest` or before.

    `latest` counts for the errands of the conversation, too: each must have been done by then.
    """
    return and_(aged(category, latest), ~kept())


def aged(category: Category, latest: datetime) -> Condition:
    """The same, without what keeps a conversation."""
    row = ConversationRow
    return and_(row.state.in_(_AT_REST), row.last_at <= latest, _is_of(category, latest))


def kept() -> Condition:
    """Tell whether a hold or somebody's request keeps a conversation."""
    return or_(_is_held(), _is_named(), _is_perhaps_asked_for(ConversationRow.created_at))


def with_people() -> Condition:
    """Tell whether a conversation has ever been in the queue or with an agent."""
    return _has_event(EventRow.state.in_(_WITH_PEOPLE))


def has_errand() -> Condition:
    return exists().where(ErrandRow.conversation_id == ConversationRow.id)


def errand_alone(latest: datetime) -> Condition:
    """Tell whether an errand whose conversation is gone was done at `latest` or before."""
    row = ErrandRow
    return and_(
        row.conversation_id.is_(None),
        row.done_at <= latest,
        ~_is_perhaps_asked_for(row.created_at),
    )


def delivery_due(latest: datetime) -> Condition:
    """Tell whether what other systems were told at `latest` or before may go."""
    return and_(OutboxRow.at <= latest, ~delivery_kept())


def delivery_kept() -> Condition:
    """Tell whether a hold or a request keeps what was told of a conversation or its errands."""
    kept_ones = _held().union(_named())
    errands = select(ErrandRow.id).where(ErrandRow.conversation_id.in_(kept_ones))
    subject = func.replace(OutboxRow.body["subject"].as_string(), "-", "")
    return or_(
        subject.in_(_as_text(_held())),
        subject.in_(_as_text(_named())),
        subject.in_(_as_text(errands)),
        _is_perhaps_asked_for(OutboxRow.at),
    )


def _is_of(category: Category, latest: datetime) -> Condition:
    citizens = ConversationRow.kind == "citizen"
    taken = _has_event(EventRow.move == Move.TAKE.value)
    unfinished = exists().where(
        ErrandRow.conversation_id == ConversationRow.id,
        or_(ErrandRow.done_at.is_(None), ErrandRow.done_at > latest),
    )
    match category:
        case Category.BOT:
            return and_(citizens, ~has_errand(), ~taken)
        case Category.AGENT:
            return and_(citizens, ~has_errand(), taken)
        case Category.ERRAND:
            return and_(has_errand(), ~unfinished)  # whoever left it: no client chooses its days
        case Category.PRACTICE:
            return and_(~citizens, ~has_errand())
        case Category.DELIVERY:
            raise ValueError("a delivery is no conversation")


def _has_event(condition: Condition) -> Condition:
    return exists().where(EventRow.conversation_id == ConversationRow.id, condition)


def _is_held() -> Condition:
    return _held().where(HoldRow.conversation_id == ConversationRow.id).exists()


def _is_named() -> Condition:
    row = RequestedConversationRow
    return _named().where(row.conversation_id == ConversationRow.id).exists()


def _as_text(ids: Select[UUID]) -> Select[str]:
    """Return ids as 32 hex digits: SQLite keeps them so, PostgreSQL with hyphens."""
    (column,) = ids.selected_columns
    return ids.with_only_columns(func.replace(cast(column, String), "-", ""))


def _held() -> Select[UUID]:
    return select(HoldRow.conversation_id).where(HoldRow.lifted_at.is_(None))


def _named() -> Select[UUID]:
    row = RequestedConversationRow
    asked = select(row.conversation_id).join(
        RecordRequestRow, RecordRequestRow.id == row.request_id
    )
    return asked.where(RecordRequestRow.closed_at.is_(None))


def _is_perhaps_asked_for(created_at: Moment) -> Condition:
    """An open request may be about anything there was when it came, also beside what it names.

    What is named today is seldom all that is found (TF 2 kap. 15 §: without delay, not at once).
    """
    row = RecordRequestRow
    return exists().where(row.closed_at.is_(None), row.received_at >= created_at)
