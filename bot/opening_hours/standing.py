"""How a place stands at a moment: open until when, or closed until when."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.opening_hours.model import STOCKHOLM, Hours


@dataclass(frozen=True)
class Standing:
    """All times are Stockholm's.

    `closes` is when it closes, if it is open; `opens` when it opens next: the same day after a
    break if it is open, and None if not within a year. `reason` is why today's hours differ.
    """

    open: bool
    closes: datetime | None = None
    opens: datetime | None = None
    reason: str | None = None


def standing(hours: Hours, moment: datetime) -> Standing:
    """Return how a place with `hours` stands at `moment`.

    Raises:
        ValueError: `moment` has no time zone.
    """
    today = moment.astimezone(STOCKHOLM).date()
    reason = hours.reason(today)
    if not hours.is_open(moment):
        return Standing(open=False, opens=hours.next_opening(moment), reason=reason)
    now = moment.astimezone(UTC)
    spans = hours.intervals(today)
    closes = next(one.end for one in spans if one.end.astimezone(UTC) > now)
    later = next((one.start for one in spans if one.start.astimezone(UTC) > now), None)
    return Standing(open=True, closes=closes, opens=later, reason=reason)
