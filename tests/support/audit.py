"""Looking at the audit log, and altering it behind the database's back."""

from sqlalchemy import select, text

from connectors.audit.log import chained
from connectors.storage.database import Database
from connectors.storage.record_tables import AuditRow


async def rows(database: Database) -> list[AuditRow]:
    """Return every row, oldest first."""
    async with database.read() as session:
        return list(await session.scalars(select(AuditRow).order_by(AuditRow.seq)))


async def deeds(database: Database) -> list[tuple[str, str]]:
    """Return who did what, oldest first."""
    return [(row.username, row.action) for row in await rows(database)]


async def drop_guard(database: Database) -> None:
    """Do what somebody with all rights to the database could do first."""
    names = (
        ["audit_no_update", "audit_no_delete", "audit_no_replace"]
        if database.is_sqlite
        else ["audit_no_change"]
    )
    where = "" if database.is_sqlite else " ON audit"
    await change(database, *(f"DROP TRIGGER {name}{where}" for name in names))


async def change(database: Database, *statements: str) -> None:
    async with database.write() as session:
        for statement in statements:
            await session.execute(text(statement))


async def rewrite(database: Database, **values: object) -> None:
    """Alter every row and make a whole chain of them again; without the guard only."""
    async with database.write() as session:
        found = list(await session.scalars(select(AuditRow).order_by(AuditRow.seq)))
        for before, row in zip([None, *found], found, strict=False):
            for name, value in values.items():
                setattr(row, name, value)
            if before is not None:
                row.previous = before.hash
            row.hash = chained(row)
