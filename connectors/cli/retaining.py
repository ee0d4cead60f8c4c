"""Deleting by hand what the running gateway deletes every day, and looking at it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot.settings import Settings
from connectors.cli.looking import looking
from connectors.now import utc_now
from connectors.retention import planning
from connectors.retention.model import Disposed
from connectors.retention.permission import permitted
from connectors.retention.planning import Planned
from connectors.retention.service import Retention
from connectors.retention.tracker import open_tracker
from connectors.storage.database import Database
from connectors.storage.record_tables import DisposalRow

Line = dict[str, Any]


async def plan(settings: Settings) -> Sequence[Planned]:
    """Return what would be deleted now.

    Raises:
        NothingMayBeDeleted: there is no decision that can be used.
        NothingStored: there is no database, or it holds no tables.
    """
    now = utc_now()
    permission = permitted(settings.data_dir, now)
    async with looking(settings.database_url) as session:
        return await planning.plan(session, permission, now)


async def run(settings: Settings) -> Sequence[Disposed] | None:
    """Delete what is due; None if a gateway is at it just now.

    Raises:
        NothingMayBeDeleted: there is no decision that can be used.
        TrackerUnavailable: Rasa is writing; what is left is due still.
    """
    database = Database(settings.database_url)
    try:
        await database.migrate()
        tracker = open_tracker(settings, database)
        return await Retention(database, tracker, settings.data_dir).dispose()
    finally:
        await database.close()


async def protocol(settings: Settings) -> list[Line]:
    """Return the lines of the protocol, the oldest first.

    Raises:
        NothingStored: there is no database, or it holds no tables.
    """
    async with looking(settings.database_url) as session:
        return [line(row) for row in await planning.protocol(session)]


def planned(one: Planned) -> str:
    """Return what would be deleted of a class as a line."""
    stay = f"; {one.kept} as old are kept back" if one.kept else ""
    return f"{counted(one.disposed)}, up to {one.latest:%Y-%m-%d %H:%M} UTC{stay}"


def counted(done: Disposed) -> str:
    """Return how much of a class as a line."""
    return f"{done.category}: {_amounts(asdict(done))}"


def written(one: Line) -> str:
    """Return a line of the protocol in words."""
    decision = ", ".join(one["decision"][name] for name in ("number", "date", "board"))
    told = f"{one['at']}  {one['class']}  {one['cause']}  {_amounts(one)}"
    return f"{told}  by {decision}"


def _amounts(of: Line) -> str:
    return ", ".join(f"{of[name]} {name}" for name in ("conversations", "events", "errands"))


def line(row: DisposalRow) -> Line:
    """Return a line of the protocol as it is printed and exported."""
    return {
        "at": row.at.isoformat(timespec="seconds"),
        "class": row.category,
        "cause": row.cause,
        "conversations": row.conversations,
        "events": row.events,
        "errands": row.errands,
        "decision": row.decision,
    }
