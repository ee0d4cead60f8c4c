"""The citizen's own deletion: what only the bot has had, at their word."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest

from bot.answering.model import Decision, Outcome
from connectors.auth.tokens import hash_token, new_token
from connectors.conversation import holding
from connectors.conversation.holding import HoldReason, hold_threat
from connectors.conversation.model import Key, Move
from connectors.conversation.owed import Owed
from connectors.desk.model import Agent
from connectors.errors import (
    ApiError,
    CannotBeDeleted,
    ConversationNotFound,
    MustBeKept,
    Unavailable,
)
from connectors.retention.citizen import OwnDeletion
from connectors.retention.tracker import TrackerFile
from tests.support.clients import Citizen, eventually
from tests.support.gateway import Gateway
from tests.support.retention import DAYS, Archive
from tests.support.services import Guest, services_on, tried

SOON_SECONDS = 5  # everybody looks again after ten, told or not
Prepare = Callable[[Archive, Guest], Awaitable[object]]


async def test_a_talk_with_the_bot_is_deleted_and_stands_in_the_protocol(archive: Archive) -> None:
    mine, others = await archive.chat("Mitt eget"), await archive.chat()
    await archive.own_deletion.delete(mine.key)
    assert [await archive.is_there(guest) for guest in (mine, others)] == [False, True]
    assert await archive.dialogues.tracker.senders() == {str(others.id)}
    (line,) = await archive.protocol()
    assert (line.category, line.cause, line.conversations, line.events, line.errands) == (
        *("chatt_med_bot", "citizen"),
        *(1, 2, 0),
    )
    assert line.decision["number"] == "KS 2026/0412"


async def test_a_repeat_finds_nothing_as_if_it_had_never_been(archive: Archive) -> None:
    guest = await archive.chat()
    await archive.own_deletion.delete(guest.key)
    for key in (guest.key, Key(uuid4(), guest.key.secret_hash)):
        assert isinstance(await tried(archive.own_deletion.delete(key)), ConversationNotFound)
    assert len(await archive.protocol()) == 1


async def test_nobody_deletes_what_is_somebody_elses(archive: Archive) -> None:
    guest = await archive.chat()
    wrong = Key(guest.id, hash_token(new_token()))
    assert isinstance(await tried(archive.own_deletion.delete(wrong)), ConversationNotFound)
    assert str(guest.id) in await archive.dialogues.tracker.senders()
    assert await archive.is_there(guest)


async def asked_for_a_person(archive: Archive, guest: Guest) -> None:
    await guest.move(Move.HAND_OFF)


async def left_the_queue(archive: Archive, guest: Guest) -> None:
    await guest.move(Move.HAND_OFF)
    await guest.move(Move.LEAVE_QUEUE)


async def left_an_errand(archive: Archive, guest: Guest) -> None:
    await archive.errand(guest)


async def is_held(archive: Archive, guest: Guest) -> None:
    async with archive.database.write() as session:
        now = archive.services.now()
        await holding.place(session, guest.id, HoldReason.THREAT, "system", now)


async def is_asked_for(archive: Archive, guest: Guest) -> None:
    await archive.ask_for(archive.services.now(), guest)


async def is_perhaps_asked_for(archive: Archive, guest: Guest) -> None:
    await archive.ask_for(archive.services.now())


async def there_is_no_decision(archive: Archive, guest: Guest) -> None:
    archive.write(DAYS)


REFUSED = [
    (asked_for_a_person, CannotBeDeleted),
    (left_the_queue, CannotBeDeleted),
    (left_an_errand, CannotBeDeleted),
    (is_held, MustBeKept),
    (is_asked_for, MustBeKept),
    (is_perhaps_asked_for, MustBeKept),
    (there_is_no_decision, MustBeKept),
]


@pytest.mark.parametrize(("prepare", "refused"), REFUSED)
async def test_what_others_have_a_part_in_is_not_the_citizens_to_delete(
    archive: Archive, prepare: Prepare, refused: type[ApiError]
) -> None:
    guest = await archive.chat()
    await prepare(archive, guest)
    assert isinstance(await tried(archive.own_deletion.delete(guest.key)), refused)
    assert await archive.is_there(guest)
    assert str(guest.id) in await archive.dialogues.tracker.senders()
    assert await archive.protocol() == []


async def test_a_finished_talk_with_an_agent_is_not_the_citizens_to_delete(
    archive: Archive, anna: Agent
) -> None:
    guest = await archive.chat()
    await guest.move(Move.HAND_OFF)
    await archive.services.desk.take(anna, guest.id)
    await archive.services.close(anna, guest)
    assert isinstance(await tried(archive.own_deletion.delete(guest.key)), CannotBeDeleted)


async def test_while_rasa_is_writing_nothing_is_deleted(on_file: Archive) -> None:
    guest = await on_file.chat()
    impatient = TrackerFile(on_file.dialogues.path, patience_s=0.05)
    deletion = OwnDeletion(on_file.services.conversations, impatient, on_file.data_dir)
    with on_file.dialogues.locked():
        assert isinstance(await tried(deletion.delete(guest.key)), Unavailable)
    assert await on_file.is_there(guest)


# --- threats are held


def threat(text: str, talk: str | None = None) -> Decision | None:
    if text not in {"hotar", "brinner"}:
        return None
    return Decision(outcome=Outcome.EMERGENCY, text="Vi ringer.", threat=text == "hotar")


@pytest.mark.parametrize(("said", "held"), [("hotar", True), ("brinner", False)])
async def test_a_threat_to_a_person_who_is_waited_for_is_held_once(
    archive: Archive, said: str, held: bool
) -> None:
    services = services_on(
        archive.database, archive.services.now, archive.services.rules, alarm=threat
    )
    guest = await services.wait_in_queue()
    for _ in range(2):
        await guest.say(said)
    assert len(await guest.events()) > 4
    assert await reasons(archive, guest) == (["threat"] if held else [])


@pytest.mark.parametrize(("said", "held"), [("hotar", True), ("brinner", False)])
async def test_a_threat_to_the_bot_is_held_once_with_its_answer(
    archive: Archive, said: str, held: bool
) -> None:
    guest = await archive.chat(said)
    owed = Owed(archive.services.conversations)
    for _ in range(2):
        job = await owed.next_job(guest.id)
        decision = threat(said)
        assert job is not None and decision is not None
        assert await owed.store_reply(job, decision)
        assert not await owed.store_reply(job, decision)
        assert await reasons(archive, guest) == (["threat"] if held else [])
        await guest.say(said)


async def test_a_new_threat_after_a_lifted_hold_is_held_anew(archive: Archive) -> None:
    guest = await archive.chat()
    decision = threat("hotar")
    assert decision is not None
    async with archive.database.write() as session:
        await hold_threat(session, guest.id, decision, archive.services.now())
        (first,) = await holding.held(session, guest.id)
        await holding.lift(session, first.id, "registrator", archive.services.now())
        await hold_threat(session, guest.id, decision, archive.services.now())
    assert await reasons(archive, guest) == ["threat"]


async def reasons(archive: Archive, guest: Guest) -> list[str]:
    async with archive.database.read() as session:
        return [one.reason for one in await holding.held(session, guest.id)]


# --- over HTTP


async def test_the_address_deletes_and_says_no_more(gateway: Gateway) -> None:
    citizen = await Citizen.start(gateway.http)
    await citizen.say("altan")
    await citizen.until_answered()
    path = f"/api/conversations/{citizen.id}"
    assert (await gateway.http.delete(path)).status_code == 404
    async with citizen.socket(gateway.socket_url) as other_tab:
        await other_tab.recv()
        deleted = await gateway.http.delete(path, headers=citizen.headers)
        assert (deleted.status_code, deleted.content) == (204, b"")
        async with asyncio.timeout(SOON_SECONDS):
            await other_tab.wait_closed()
        assert other_tab.close_code == 4401
    for method in ("DELETE", "GET"):
        where = path if method == "DELETE" else f"{path}/events"
        gone = await gateway.http.request(method, where, headers=citizen.headers)
        assert (gone.status_code, gone.json()["error"]) == (404, "conversation_not_found")


async def test_a_request_that_waits_for_news_hears_that_it_is_gone(gateway: Gateway) -> None:
    citizen = await Citizen.start(gateway.http)
    waiting: list[int] = []

    async def wait() -> None:
        path = f"/api/conversations/{citizen.id}/events"
        found = await gateway.http.get(
            path, params={"after": 1, "wait": 25}, headers=citizen.headers
        )
        waiting.append(found.status_code)

    asked = asyncio.create_task(wait())
    topic = f"conversation:{citizen.id}"
    await eventually(lambda: topic in gateway.app.state.hub._followers)
    await gateway.http.delete(f"/api/conversations/{citizen.id}", headers=citizen.headers)
    async with asyncio.timeout(SOON_SECONDS):
        await asked
    assert waiting == [404]


async def test_a_refusal_says_why_in_the_citizens_language(gateway: Gateway) -> None:
    citizen = await Citizen.start(gateway.http)
    await citizen.move("hand_off")
    for language, word in (("sv", "radera"), ("en", "delete"), ("fi", "poistaa")):
        refused = await gateway.http.delete(
            f"/api/conversations/{citizen.id}",
            headers={**citizen.headers, "Accept-Language": language},
        )
        assert (refused.status_code, refused.json()["error"]) == (409, "cannot_be_deleted")
        assert word in refused.json()["text"]


async def test_a_page_on_another_site_may_delete_in_the_citizens_name(gateway: Gateway) -> None:
    asked = {
        "Origin": "http://localhost:8000",
        "Access-Control-Request-Method": "DELETE",
        "Access-Control-Request-Headers": "authorization",
    }
    answer = await gateway.http.options("/api/conversations/x", headers=asked)
    assert answer.status_code == 200
    assert "DELETE" in answer.headers["Access-Control-Allow-Methods"]


async def test_an_answer_that_comes_after_the_deletion_is_dropped(gateway: Gateway) -> None:
    citizen = await Citizen.start(gateway.http)
    gateway.thinker.gate.clear()
    await citizen.say("altan")
    deleted = await gateway.http.delete(f"/api/conversations/{citizen.id}", headers=citizen.headers)
    assert deleted.status_code == 204
    gateway.thinker.gate.set()
    other = await Citizen.start(gateway.http)
    await other.say("altan")
    await other.until_answered()
    again = await gateway.http.get(f"/api/conversations/{citizen.id}/events")
    assert again.status_code == 404
