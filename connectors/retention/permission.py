"""Whether anything may be deleted at all: only by the municipality's own decision, in force."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import ContentError, KommunbotError
from bot.municipality import Municipality
from bot.opening_hours.model import STOCKHOLM
from connectors.retention.model import FILE, Days, Decision, RetentionRules, load_rules


class NothingMayBeDeleted(KommunbotError):
    """There is no decision that can be used; says why and what to do."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"Nothing is deleted: {why}")
        self.code = code


@dataclass(frozen=True)
class Permission:
    """A decision that holds, and the days that follow from it."""

    decision: Decision
    days: Days


def permitted(data_dir: Path, now: datetime) -> Permission:
    """Return what may be deleted at the moment `now`.

    The file is read each time: who stops the deletion there has stopped it.

    Raises:
        NothingMayBeDeleted: no decision, one that is not in force yet, one of another
            municipality, or files that cannot be read.
    """
    try:
        rules, own = load_rules(data_dir), Municipality.load(data_dir)["namn"]
    except ContentError as error:
        raise NothingMayBeDeleted("unreadable", str(error)) from error
    return Permission(_in_force(rules, own, now, data_dir / FILE), rules.days)


def _in_force(rules: RetentionRules, own: str, now: datetime, path: Path) -> Decision:
    decision = rules.decision
    if decision is None:
        raise NothingMayBeDeleted(
            "no_decision",
            f"{path} names no decision. Write number, date, board and municipality of the"
            " board's decision (gallringsbeslut) under `beslut`.",
        )
    if decision.day > now.astimezone(STOCKHOLM).date():
        raise NothingMayBeDeleted(
            "decision_in_future",
            f"the decision {decision.number} in {path} is dated {decision.day}, which has not"
            " come. Mend `datum`, or wait until then.",
        )
    if decision.municipality.casefold() != own.casefold():
        raise NothingMayBeDeleted(
            "other_municipality",
            f"the decision {decision.number} in {path} is that of {decision.municipality}, but"
            f" data/kommun.yml says {own}. Write your own board's decision under `beslut`.",
        )
    return decision
