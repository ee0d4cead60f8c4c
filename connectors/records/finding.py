"""Finds conversations for a request. What is searched for is kept nowhere."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from bot.opening_hours.model import STOCKHOLM
from connectors.accounts.model import Account
from connectors.audit.log import note
from connectors.errands.reference import read_reference
from connectors.records.common import Basis, deed_of, open_request
from connectors.records.lines import lines_of
from connectors.records.model import FoundConversations, Search
from connectors.records.requests import conversations_of
from connectors.storage.tables import ConversationRow, ErrandRow, EventRow, NoteRow, SurveyRow

MOST = 200  # conversations of one search
_DAY = timedelta(days=1)
_NUMBER = 5  # digits that may be some of a telephone number


class Finder:
    """Searches through everything that is kept."""

    def __init__(self, basis: Basis) -> None:
        self._basis, self._database = basis, basis.database

    async def find(
        self, registrar: Account, request_id: UUID, search: Search
    ) -> FoundConversations:
        """Return what the search finds, newest first. The log keeps that and how many, no words.

        Raises:
            RequestNotFound, RequestClosed: nobody searches without a request.
        """
        async with self._database.read() as session:
            row = await open_request(session, request_id)
            chosen = select(ConversationRow.id).where(_fits(search, self._basis.reference_prefix))
            total = await session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
            newest = chosen.order_by(ConversationRow.created_at.desc(), ConversationRow.id)
            ids = (await session.scalars(newest.limit(MOST))).all()
            lines = await lines_of(session, ids, await conversations_of(session, request_id))
        deed = deed_of(registrar, "search", row, by=_way(search), found=total)
        await note(self._database, deed)
        return FoundConversations(total=total, conversations=tuple(lines))


def _way(search: Search) -> str:
    if search.errand:
        return "errand"
    return "identifier" if search.identifier else "period"


def _fits(search: Search, prefix: str) -> ColumnElement[bool]:
    row = ConversationRow
    if search.errand:
        reference = read_reference(search.errand, prefix)
        of_errand = select(ErrandRow.conversation_id).where(ErrandRow.reference == reference)
        return row.id.in_(of_errand) if reference else false()
    if search.identifier:
        answer = EventRow.client_message_id == search.identifier
        holding = select(EventRow.conversation_id).where(answer)
        return or_(
            row.id == search.identifier,
            row.client_id == search.identifier,
            row.id.in_(holding),
        )
    if search.start and search.end:
        return _in_period(search.start, search.end, search.words.strip())
    return false()


def _in_period(start: date, end: date, words: str) -> ColumnElement[bool]:
    """Tell whether something was said on the days of the period, with the words if any are given.

    Notes, errands and what was said of the talk are looked through as well: they are documents,
    too. A telephone number is found however it was written.
    """
    event, note, errand, survey = EventRow, NoteRow, ErrandRow, SurveyRow
    asked = or_(
        _holds(errand.question, words),
        _holds(errand.result, words),
        _holds(errand.contact, words),
        _holds_number(errand.contact, words),
    )
    began, ended = _midnight(start), _midnight(end + _DAY)
    return or_(
        ConversationRow.id.in_(
            select(event.conversation_id).where(
                event.at >= began, event.at < ended, _holds(event.text, words)
            )
        ),
        ConversationRow.id.in_(
            select(note.conversation_id).where(
                note.at >= began, note.at < ended, _holds(note.text, words)
            )
        ),
        ConversationRow.id.in_(
            select(errand.conversation_id).where(
                errand.created_at >= began, errand.created_at < ended, asked
            )
        ),
        ConversationRow.id.in_(
            select(survey.conversation_id).where(
                survey.at >= began, survey.at < ended, _holds(survey.comment, words)
            )
        ),
    )


def _holds(
    text: InstrumentedAttribute[str] | InstrumentedAttribute[str | None], words: str
) -> ColumnElement[bool]:
    """Tell whether a text holds the words, whatever their case."""
    return text.icontains(words, autoescape=True)


def _holds_number(text: InstrumentedAttribute[str | None], words: str) -> ColumnElement[bool]:
    digits = "".join(filter(str.isdigit, words))
    if len(digits) < _NUMBER or any(map(str.isalpha, words)):
        return false()
    return func.replace(func.replace(text, " ", ""), "-", "").contains(digits)


def _midnight(day: date) -> datetime:
    """Return when a day of Sweden's begins."""
    return datetime.combine(day, time.min, STOCKHOLM).astimezone(UTC)
