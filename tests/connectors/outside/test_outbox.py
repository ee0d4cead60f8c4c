from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from connectors.outside.outbox import Outbox
from connectors.storage.database import Database
from connectors.storage.outbox_tables import DeliveryRow, OutboxRow
from tests.support.outside import NOON, message, tell, webhook_target

WORDS = "Skvaltgatan sjutton"


@pytest.fixture
async def database(prepared_url: str) -> AsyncIterator[Database]:
    database = Database(prepared_url)
    yield database
    await database.close()


async def count(database: Database, table: type[OutboxRow] | type[DeliveryRow]) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_each_target_that_hears_of_it_has_a_delivery(database: Database) -> None:
    targets = [
        webhook_target(1, id="alla"),
        webhook_target(1, id="arenden", handelser=["errand.created"]),
        webhook_target(1, id="avstangd", aktiv=False),
    ]
    await tell(database, targets, [message(), message()], NOON)
    async with database.read() as session:
        told = (await session.scalars(select(DeliveryRow.target))).all()
    assert told == ["alla", "alla"]


async def test_what_was_not_committed_is_not_told(database: Database) -> None:
    outbox = Outbox([webhook_target(1)])

    async def tell_and_fail() -> None:
        async with database.write() as session:
            outbox.tell(session, message(), NOON)
            await session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await tell_and_fail()
    assert [await count(database, OutboxRow), await count(database, DeliveryRow)] == [0, 0]


async def test_nothing_is_kept_where_nobody_hears_of_it(database: Database) -> None:
    await tell(database, [], [message()], NOON)
    await tell(database, [webhook_target(1, handelser=["errand.done"])], [message()], NOON)
    assert await count(database, OutboxRow) == 0


@pytest.mark.parametrize("text", [True, False])
async def test_words_are_kept_only_for_a_target_that_may_have_them(
    database: Database, text: bool
) -> None:
    targets = [webhook_target(1, id="utan"), webhook_target(1, id="med", text=text)]
    await tell(database, targets, [message(text=WORDS)], NOON)
    async with database.read() as session:
        stored = await session.scalar(select(OutboxRow.body))
    assert stored is not None
    assert stored["event"]["text"] == (WORDS if text else None)
