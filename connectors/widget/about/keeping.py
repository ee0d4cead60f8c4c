"""How long what is written is kept, as far as the municipality has decided it."""

from datetime import date, datetime
from pathlib import Path

import structlog
from pydantic import BaseModel, ConfigDict

from connectors.retention.permission import NothingMayBeDeleted, permitted

_log = structlog.get_logger()


class DisposalDecision(BaseModel):
    """The board's decision, without which nothing may be deleted (arkivlagen 1990:782, 10 §)."""

    model_config = ConfigDict(frozen=True)

    number: str
    day: date
    board: str


class Keeping(BaseModel):
    """The decision, and days by class. Without a decision nothing is deleted automatically."""

    model_config = ConfigDict(frozen=True)

    decision: DisposalDecision | None = None
    days: dict[str, int] = {}


def load_keeping(data_dir: Path, now: datetime) -> Keeping:
    """Read what is decided; whatever is wrong with the file, no deletion is promised."""
    try:
        permission = permitted(data_dir, now)
    except NothingMayBeDeleted as error:
        if error.code == "unreadable":
            _log.error("retention_unusable", reason=type(error.__cause__).__name__)
        return Keeping()
    decided = permission.decision
    return Keeping(
        decision=DisposalDecision(number=decided.number, day=decided.day, board=decided.board),
        days=permission.days.model_dump(by_alias=True),
    )
