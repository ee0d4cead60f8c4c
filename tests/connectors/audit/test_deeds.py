"""What was done is recorded once, in the transaction of the deed, under the right name."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.exc import DBAPIError

from connectors.accounts.model import Role
from connectors.accounts.service import (
    DEMO_ACCOUNTS,
    Accounts,
    NewAccount,
    add_account,
    close_account,
    ensure_demo_accounts,
    set_departments,
    set_password,
)
from connectors.accounts.service_tokens import list_tokens, make_token, revoke_token
from connectors.audit.log import READ_AGAIN
from connectors.audit.model import Action
from connectors.auth.limits import LoginLimit
from connectors.conversation.model import Move, State
from connectors.desk.closing import LastMove
from connectors.desk.model import Agent, NoteKind
from connectors.desk.noting import NoteWish
from connectors.errands.model import Kind, Resolution
from connectors.errands.service import Wish
from connectors.errors import LoginFailed, LoginLimited
from connectors.now import utc_now
from connectors.storage.database import Database
from tests.support.audit import change, deeds, rows
from tests.support.clients import Citizen
from tests.support.gateway import Gateway
from tests.support.services import ENDING, Services, tried

PASSWORD = "ett långt lösenord"


@pytest.fixture
async def database(prepared_url: str) -> AsyncIterator[Database]:
    database = Database(prepared_url)
    yield database
    await database.close()


async def test_a_repeat_is_no_deed(services: Services, anna: Agent, omar: Agent) -> None:
    guest = await services.wait_in_queue()
    hold, note, hand_on, end = (uuid4() for _ in range(4))
    for _ in range(2):
        await services.desk.take(anna, guest.id)
    for _ in range(2):
        await services.desk.move(anna, guest.id, Move.HOLD, hold)
    await services.desk.move(anna, guest.id, Move.PICK_UP, uuid4())
    for _ in range(2):
        await services.noting.add(anna, guest.id, NoteWish(note, NoteKind.NOTE, "Stor altan."))
    for _ in range(2):
        await services.transferring.to_colleague(anna, guest.id, "omar", "Altan.", hand_on)
    await services.desk.take(omar, guest.id)
    promised = Wish(uuid4(), Kind.FOLLOW_UP, "Vi ringer.", "0730-998877")
    for _ in range(2):
        await services.closings.close(omar, guest.id, LastMove(end), ENDING, promised)
    for _ in range(2):
        await services.errands.take(anna, promised.id)
    for _ in range(2):
        await services.errands.finish(anna, promised.id, Resolution.SOLVED, "Ringde.")
    assert await deeds(services.database) == [
        ("anna", "conversation.take"),
        ("anna", "conversation.hold"),
        ("anna", "conversation.pick_up"),
        ("anna", "note.write"),
        ("anna", "conversation.transfer"),
        ("omar", "conversation.take"),
        ("omar", "conversation.finish"),
        ("anna", "errand.take"),
        ("anna", "errand.finish"),
    ]
    assert {row.conversation_id for row in await rows(services.database)} == {guest.id}


async def test_a_row_tells_ids_references_and_who_was_meant_and_no_text(
    services: Services, anna: Agent, omar: Agent
) -> None:
    guest = await services.wait_in_queue()
    await services.desk.take(anna, guest.id)
    note = NoteWish(uuid4(), NoteKind.WHISPER, "Stor altan.")
    await services.noting.add(omar, guest.id, note)
    await services.transfer(anna, guest, omar)
    await services.desk.take(omar, guest.id)
    closed = await services.close(omar, guest, Wish(uuid4(), Kind.FOLLOW_UP, "Vi ringer.", "070"))
    assert closed.errand
    reference = closed.errand.reference
    await services.errands.by_reference(anna, reference.lower())
    await services.errands.listed(anna, only_open=True)
    told = [(row.subject, row.detail) for row in await rows(services.database)]
    assert told == [
        (None, None),
        (str(note.id), {"kind": "whisper", "department": None}),
        (None, {"colleague": "omar"}),
        (None, None),
        (reference, None),
        (reference, {"contact": True}),
        ("open", {"errands": 1, "contacts": 1}),
    ]


async def test_who_goes_on_reading_is_noted_once_in_ten_minutes(
    services: Services, anna: Agent, omar: Agent
) -> None:
    guest = await services.wait_in_queue()
    for _ in range(3):
        await services.desk.open(anna, guest.id, 0)
        await services.desk.open(anna, guest.id, 2)
        await services.noting.list(anna, guest.id)
    await services.desk.open(omar, guest.id, 0)
    services.now.go(READ_AGAIN.total_seconds() + 1)
    await services.desk.open(anna, guest.id, 5)
    opened = str(Action.CONVERSATION_OPEN)
    assert await deeds(services.database) == [("anna", opened), ("omar", opened), ("anna", opened)]


async def test_who_has_a_conversation_is_not_said_to_read_along(
    services: Services, anna: Agent, omar: Agent
) -> None:
    guest = await services.wait_in_queue()
    await services.desk.take(anna, guest.id)
    for agent in (anna, omar):
        assert await services.desk.watch(agent, guest.id, 0, reading=True)
    assert (await deeds(services.database))[1:] == [("omar", "conversation.read_along")]


async def test_a_desk_that_comes_back_late_hears_no_more_of_what_a_colleague_has_finished(
    services: Services, anna: Agent, omar: Agent
) -> None:
    guest = await services.wait_in_queue()
    await services.desk.take(anna, guest.id)
    await guest.say("Får jag bygga en altan?")
    await services.move(anna, guest, Move.RETURN_TO_QUEUE)
    await services.desk.take(omar, guest.id)
    await services.close(omar, guest)
    before = await deeds(services.database)
    services.now.go(READ_AGAIN.total_seconds() - 1)
    soon = await services.desk.watch(anna, guest.id, 0)
    assert soon and soon.events[-1].move is Move.RETURN_TO_QUEUE
    services.now.go(1)
    assert await services.desk.watch(anna, guest.id, 0) is None
    assert await deeds(services.database) == before


async def test_a_desk_that_comes_back_late_and_may_still_read_is_said_to_have_read(
    services: Services, anna: Agent
) -> None:
    guest = await services.wait_in_queue()
    await services.desk.take(anna, guest.id)
    await services.move(anna, guest, Move.RETURN_TO_QUEUE)
    await guest.say("Är någon där?")
    services.now.go(READ_AGAIN.total_seconds())
    for _ in range(2):
        late = await services.desk.watch(anna, guest.id, 0)
        assert late and late.events[-1].move is Move.RETURN_TO_QUEUE
    assert (await deeds(services.database))[2:] == [("anna", "conversation.open")]


async def test_what_cannot_be_recorded_is_not_done_and_not_shown(
    services: Services, anna: Agent
) -> None:
    guest = await services.wait_in_queue()
    await change(services.database, "ALTER TABLE audit RENAME TO audit_away")
    with pytest.raises(DBAPIError):
        await services.desk.take(anna, guest.id)
    assert await guest.state() is State.WAITING
    with pytest.raises(DBAPIError):
        await services.desk.open(anna, guest.id, 0)
    with pytest.raises(DBAPIError):
        await Accounts(services.database).login("anna", "fel", "::1", Role.AGENT)


# --- accounts


async def test_a_name_that_no_account_has_is_not_kept(database: Database) -> None:
    """People type their password there."""
    accounts = Accounts(database)
    for username in ("anna", "mitt hemliga lösenord"):
        with pytest.raises(LoginFailed):
            await accounts.login(username, "fel", "::1", Role.AGENT)
    with pytest.raises(LoginFailed):
        await accounts.login("anna", "fel", "::1", Role.EDITOR)
    assert [(row.username, row.role, row.action) for row in await rows(database)] == [
        ("anna", "agent", "account.login_failed"),
        ("unknown", "agent", "account.login_failed"),
        ("anna", "editor", "account.login_failed"),
    ]


async def test_who_must_wait_for_the_next_try_has_not_tried(database: Database) -> None:
    accounts = Accounts(database)
    for error in [*[LoginFailed] * 5, LoginLimited, LoginLimited]:
        with pytest.raises(error):
            await accounts.login("anna", "fel", "::1", Role.AGENT)
    assert len(await rows(database)) == 5


async def test_guesses_that_are_sent_at_once_are_tried_no_more_often(database: Database) -> None:
    accounts = Accounts(database)
    guesses = [tried(accounts.login("anna", "fel", "::1", Role.AGENT)) for _ in range(12)]
    told = Counter(type(one) for one in await asyncio.gather(*guesses))
    assert told == {LoginFailed: 5, LoginLimited: 7}
    assert len(await rows(database)) == 5


async def test_made_up_names_are_limited_together_and_fill_no_log(
    database: Database, logins: dict[str, str]
) -> None:
    accounts = Accounts(database, LoginLimit(in_all=3))
    made_up = [tried(accounts.login(f"{n}", "fel", "::1", Role.AGENT)) for n in range(6)]
    told = Counter(type(one) for one in await asyncio.gather(*made_up))
    assert told == {LoginFailed: 3, LoginLimited: 3}
    assert len(await rows(database)) == 3
    with pytest.raises(LoginLimited):
        await accounts.login("anna", logins["anna"], "::1", Role.AGENT)
    await accounts.login("anna", logins["anna"], "::2", Role.AGENT)


async def test_logins_and_logouts_have_their_names_and_a_strangers_token_has_none(
    database: Database, logins: dict[str, str]
) -> None:
    accounts = Accounts(database)
    token, _ = await accounts.login("ellen", logins["ellen"], "::1", Role.EDITOR)
    for _ in range(2):
        await accounts.logout(token)
    await accounts.logout("nobody's")
    assert [(row.username, row.role, row.action) for row in await rows(database)] == [
        ("ellen", "editor", "account.login"),
        ("ellen", "editor", "account.logout"),
    ]


async def test_what_is_done_at_the_command_line_is_the_operators(database: Database) -> None:
    wish = NewAccount("eva", "Eva Lund", PASSWORD, [Role.AGENT, Role.EDITOR])
    assert await add_account(database, wish)
    assert not await add_account(database, wish)
    assert await set_departments(database, "eva", ["bygglov"])
    assert not await set_departments(database, "nobody", ["bygglov"])
    assert await make_token(database, "eva", utc_now(), timedelta(days=1))
    [token] = await list_tokens(database)
    assert await revoke_token(database, token.id)
    assert not await revoke_token(database, token.id)
    assert await set_password(database, "eva", f"{PASSWORD} till")
    assert await close_account(database, "eva")
    assert not await close_account(database, "eva")
    assert not await set_password(database, "eva", PASSWORD)
    found = await rows(database)
    assert {(row.username, row.role, row.subject) for row in found} == {
        ("operator", "operator", "eva")
    }
    assert [(row.action, row.detail) for row in found] == [
        ("account.make", {"roles": ["agent", "editor"]}),
        ("account.assign", {"departments": ["bygglov"]}),
        ("token.make", {"token": token.id}),
        ("token.revoke", {"token": token.id}),
        ("account.set_password", None),
        ("account.close", {"roles": ["agent", "editor"]}),
    ]


async def test_the_accounts_for_trying_out_are_the_systems(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    await database.migrate()
    await ensure_demo_accounts(database, tmp_path)
    assert {row.username for row in await rows(database)} == {"system"}
    assert {row.subject for row in await rows(database)} == set(DEMO_ACCOUNTS)
    await database.close()


async def test_a_programs_deeds_are_told_from_its_accounts(
    gateway: Gateway, citizen: Citizen
) -> None:
    database = Database(gateway.settings.database_url)
    token = await make_token(database, "omar", utc_now(), timedelta(days=1))
    await citizen.move("hand_off")
    program = {"Authorization": f"Bearer {token}"}
    here = f"/api/desk/conversations/{citizen.id}"
    async with httpx.AsyncClient(base_url=gateway.url, headers=program, timeout=60) as http:
        assert (await http.post(f"{here}/take")).status_code == 200
        assert (await http.get(here)).status_code == 200
        assert (await http.post("/api/desk/logout")).status_code == 204
    done = [
        (row.username, row.role, row.action, row.conversation_id)
        for row in (await rows(database))[1:]
    ]
    assert done == [
        ("omar", "agent.token", "conversation.take", UUID(citizen.id)),
        ("omar", "agent.token", "conversation.open", UUID(citizen.id)),
        ("omar", "agent.token", "account.logout", None),
    ]
    await database.close()
