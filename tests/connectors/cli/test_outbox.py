import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from bot.settings import Settings, get_settings
from connectors.accounts.model import Role
from connectors.accounts.service import NewAccount
from connectors.cli.agents import AccountRefused, add, new_token, revoke_one, tokens
from connectors.cli.main import app
from connectors.cli.replaying import NothingToReplay, find, line, replay
from connectors.storage.database import Database
from tests.support.outside import Clock, Office, Receiver, message, web_receiver, webhook

WORDS = "Skvaltgatan sjutton"


@pytest.fixture
async def failed(prepared_sqlite_url: str) -> AsyncIterator[tuple[Settings, Office, Receiver]]:
    """An office with one delivery that was refused, one that waits and one that is done."""
    with web_receiver() as receiver:
        database, connection = Database(prepared_sqlite_url), webhook(receiver.port, text=True)
        office = Office(database, connection, Clock(datetime.now(UTC)))
        receiver.behaves += ["refuse", "later", "ok"]
        for seq in (1, 2, 3):
            await office.tell(message(seq=seq, text=WORDS))
            await office.step()
        yield Settings(database_url=prepared_sqlite_url), office, receiver
        await office.database.close()


async def test_what_was_not_delivered_is_listed_without_what_was_written(
    failed: tuple[Settings, Office, Receiver],
) -> None:
    settings, _, _ = failed
    waiting_or_failed = await find(settings, None, delivered=False)
    assert [one.failed for one in waiting_or_failed] == [True, False]
    lines = [line(one) for one in await find(settings, None, delivered=True)]
    assert [text.split()[-1] for text in lines] == ["400", "503", "204"]
    assert not any(WORDS in text for text in lines)
    assert await find(settings, "another", delivered=True) == []


async def test_what_was_given_up_is_sent_again_when_asked(
    failed: tuple[Settings, Office, Receiver],
) -> None:
    settings, office, receiver = failed
    assert await replay(settings, None, None) == 1
    office.clock.forward()
    await office.step()
    assert not await find(settings, None, delivered=False)
    assert (
        receiver.deliveries[0] == receiver.deliveries[-1]
        or receiver.deliveries[0] in (receiver.deliveries[1:])
    )


async def test_one_that_was_delivered_is_sent_again_by_its_id(
    failed: tuple[Settings, Office, Receiver],
) -> None:
    settings, office, receiver = failed
    done = [one for one in await office.listed(delivered=True) if one.done_at and not one.failed]
    assert await replay(settings, done[0].id, None) == 1
    office.clock.forward()
    await office.step()
    assert receiver.deliveries.count(str(done[0].id)) == 2


async def test_with_nothing_to_send_again_that_is_said(
    failed: tuple[Settings, Office, Receiver],
) -> None:
    settings, _, _ = failed
    with pytest.raises(NothingToReplay):
        await replay(settings, None, "another")


def test_the_commands_print_what_a_program_can_read(
    prepared_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOMMUNBOT_DATABASE_URL", prepared_sqlite_url)
    get_settings.cache_clear()
    run = CliRunner().invoke
    try:
        assert json.loads(run(app, ["outbox", "list", "--all", "--json"]).stdout) == []
        assert run(app, ["outbox", "replay"]).exit_code == 1
        made = run(app, ["agents", "token", "omar", "--days", "30"])
        assert len(made.stdout.strip()) == 43
        listed = run(app, ["agents", "tokens"]).stdout
        assert "omar" in listed
        assert run(app, ["agents", "revoke", listed.split()[0]]).exit_code == 0
        assert run(app, ["agents", "tokens"]).stdout == ""
        assert run(app, ["agents", "revoke", listed.split()[0]]).exit_code == 1
    finally:
        get_settings.cache_clear()


def test_a_program_needs_an_account_of_an_agent(sqlite_url: str) -> None:
    settings = Settings(database_url=sqlite_url)
    add(settings, NewAccount("eva", "Eva Lund", "ett långt lösenord", [Role.EDITOR]))
    for username in ("eva", "grannkommunen"):
        with pytest.raises(AccountRefused, match="no agent"):
            new_token(settings, username, 30)
    with pytest.raises(AccountRefused, match="no token"):
        revoke_one(settings, "0" * 12)
    assert tokens(settings) == []
