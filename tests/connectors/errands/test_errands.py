"""What is promised: to whom, until when, and that it is over when somebody says how it ended."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from connectors.conversation.model import Key, State
from connectors.desk.model import Agent
from connectors.errands.contact import is_contact
from connectors.errands.model import Kind, Resolution
from connectors.errands.reference import PREFIX, read_reference
from connectors.errands.service import Errands, Wish
from connectors.errors import ConversationNotFound, ErrandNotFound, IdReused, MessageEmpty
from tests.support.clients import AgentClient, Citizen, texts
from tests.support.gateway import Gateway
from tests.support.services import Services, services_on

PHONE = "0123-45 67 89"


def wish(kind: Kind = Kind.CALLBACK, text: str | None = "Ring om altanen") -> Wish:
    return Wish(uuid4(), kind, text, PHONE)


async def test_a_promise_has_a_number_and_a_time_in_working_hours(services: Services) -> None:
    desk = services.with_hours("2027-01-05 14:05")
    guest = await desk.arrive()
    call, new = await desk.errands.ask(guest.key, wish())
    answer, _ = await desk.errands.ask(guest.key, wish(Kind.ERRAND))
    assert new
    assert read_reference(call.reference) == call.reference
    assert call.reference.startswith(f"{PREFIX}-")
    assert call.text.startswith("Vi ringer dig senast torsdag 7 januari klockan 12.00.")
    assert answer.text.startswith("Vi svarar dig senast fredag 8 januari klockan 15.30.")
    assert call.reference in call.text


async def test_it_is_told_in_the_conversation_too(services: Services) -> None:
    guest = await services.arrive()
    promise, _ = await services.errands.ask(guest.key, wish())
    told = (await guest.events())[-1]
    assert (told.actor, told.text) == ("system", promise.text)


async def test_asking_twice_is_one_promise(services: Services, anna: Agent) -> None:
    guest, other = await services.arrive(), await services.arrive()
    asked = wish()
    gateways = (services, services_on(services.database, services.now, services.rules))
    found = await asyncio.gather(*(gateways[n % 2].errands.ask(guest.key, asked) for n in range(6)))
    assert sorted(new for _, new in found) == [False] * 5 + [True]
    assert len({promise.reference for promise, _ in found}) == 1
    assert len(await services.errands.listed(anna, only_open=True)) == 1
    with pytest.raises(IdReused):
        await services.errands.ask(other.key, asked)


async def test_only_the_citizen_can_ask(services: Services) -> None:
    guest = await services.arrive()
    with pytest.raises(ConversationNotFound):
        await services.errands.ask(Key(guest.id, "another"), wish())


@pytest.mark.parametrize("offered", [False, True])
async def test_who_leaves_an_errand_leaves_the_queue(
    services: Services, anna: Agent, offered: bool
) -> None:
    guest = await services.wait_in_queue()
    if offered:
        services.rules.set(assignment="automatisk")
        await services.clock.tick()
    await services.errands.ask(guest.key, wish())
    assert await guest.state() is State.BOT
    assert (await services.desk.lists(anna)).waiting == []


async def test_an_agents_conversation_goes_on_though_an_errand_is_left(
    services: Services, anna: Agent
) -> None:
    guest = await services.wait_in_queue()
    await services.desk.take(anna, guest.id)
    await services.errands.ask(guest.key, wish())
    assert await guest.state() is State.ACTIVE


async def test_without_words_of_its_own_it_is_about_what_was_asked_last(
    services: Services, anna: Agent
) -> None:
    silent, asking = await services.arrive(), await services.arrive()
    await asking.say("Får jag bygga altan?")
    for guest in (silent, asking):
        await services.errands.ask(guest.key, wish(text=None))
    questions = [one.question for one in await services.errands.listed(anna, only_open=True)]
    assert "Får jag bygga altan?" in questions
    assert any("har inte skrivit någon fråga" in question for question in questions)


async def test_the_list_is_in_the_order_of_what_is_due_and_counts_what_is_late(
    services: Services, anna: Agent
) -> None:
    guest = await services.arrive()
    await services.errands.ask(guest.key, wish(Kind.ERRAND))
    await services.errands.ask(guest.key, wish(Kind.CALLBACK))
    kinds = [one.kind for one in await services.errands.listed(anna, only_open=True)]
    assert kinds == [Kind.CALLBACK, Kind.ERRAND]
    services.now.go(hours=4.1)
    count = (await services.desk.lists(anna)).errands
    assert (count.open, count.overdue) == (2, 1)
    late = [one.overdue for one in await services.errands.listed(anna, only_open=True)]
    assert late == [True, False]


async def test_only_an_outcome_takes_it_off_the_list(
    services: Services, anna: Agent, omar: Agent
) -> None:
    guest = await services.arrive()
    asked = wish()
    await services.errands.ask(guest.key, asked)
    assert (await services.errands.take(anna, asked.id)).owner == "Anna Berg"
    assert (await services.errands.take(omar, asked.id)).owner == "Omar Haddad"
    services.now.go(days=30)
    await services.clock.tick()
    assert len(await services.errands.listed(anna, only_open=True)) == 1
    with pytest.raises(MessageEmpty):
        await services.errands.finish(anna, asked.id, Resolution.SOLVED, "  ")
    done = await services.errands.finish(anna, asked.id, Resolution.SOLVED, "Ringde och svarade.")
    assert (done.result, done.owner, done.overdue) == ("Ringde och svarade.", "Omar Haddad", False)
    assert await services.errands.listed(anna, only_open=True) == []
    assert [one.id for one in await services.errands.listed(anna, only_open=False)] == [asked.id]


async def test_finishing_again_changes_nothing_and_never_otherwise(
    services: Services, anna: Agent
) -> None:
    guest = await services.arrive()
    asked = wish()
    await services.errands.ask(guest.key, asked)
    first = await services.errands.finish(anna, asked.id, Resolution.SOLVED, "Klart.")
    services.now.go(60)
    assert await services.errands.finish(anna, asked.id, Resolution.SOLVED, "Klart.") == first
    with pytest.raises(ErrandNotFound):
        await services.errands.finish(anna, asked.id, Resolution.UNSOLVED, "Nej.")
    with pytest.raises(ErrandNotFound):
        await services.errands.take(anna, asked.id)


async def test_a_reminder_comes_once_and_before_the_promise_is_broken(services: Services) -> None:
    guest = await services.arrive()
    asked = wish()
    promise, _ = await services.errands.ask(guest.key, asked)
    services.now.go(hours=2.9)
    assert await services.errands.remind() == 0
    services.now.go(hours=0.2)
    assert services.now() < promise.due_at
    others = services_on(services.database, services.now, services.rules)
    reminded = await asyncio.gather(services.errands.remind(), others.errands.remind())
    assert sorted(reminded) == [0, 1]
    assert await services.errands.remind() == 0


async def test_the_clock_reminds(services: Services) -> None:
    told: list[str] = []
    guest = await services.arrive()
    errands = Errands(
        services.conversations,
        services.reception,
        PREFIX,
        tell=lambda _session, errand, change: told.append(f"{change} {errand.reference}"),
    )
    promise, _ = await errands.ask(guest.key, wish())
    services.now.go(hours=3.5)
    services.clock._reminders = errands
    await services.clock.tick()
    assert told == [f"created {promise.reference}", f"updated {promise.reference}"]


async def test_nothing_is_reminded_of_that_is_done(services: Services, anna: Agent) -> None:
    guest = await services.arrive()
    asked = wish()
    await services.errands.ask(guest.key, asked)
    await services.errands.finish(anna, asked.id, Resolution.SOLVED, "Klart.")
    services.now.go(days=2)
    assert await services.errands.remind() == 0


async def test_a_number_is_found_however_it_is_written(services: Services, anna: Agent) -> None:
    errands = Errands(services.conversations, services.reception, "NK")
    guest = await services.arrive()
    promise, _ = await errands.ask(guest.key, wish())
    for written in (promise.reference, promise.reference.lower(), promise.reference[3:]):
        assert (await errands.by_reference(anna, written)).reference == promise.reference
    for unknown in ("", "NK-222222", "vad som helst"):
        with pytest.raises(ErrandNotFound):
            await errands.by_reference(anna, unknown)


async def test_what_follows_a_conversation_is_promised_at_its_end_by_its_agent(
    services: Services, anna: Agent
) -> None:
    guest = await services.wait_in_queue()
    await services.desk.take(anna, guest.id)
    promised = Wish(uuid4(), Kind.FOLLOW_UP, "Kollar med bygglov", "a@b.se")
    closed = await services.close(anna, guest, promised)
    assert closed.status.state is State.CLOSED
    assert closed.errand is not None
    assert (closed.errand.kind, closed.errand.owner) == (Kind.FOLLOW_UP, "Anna Berg")
    assert closed.errand.errand_type == "bygglov"
    said = [event.text for event in await guest.events() if event.actor == "system"]
    assert closed.errand.reference in (said[-1] or "")
    assert closed.errand.due_at - services.now() > timedelta(hours=16)


def test_a_call_needs_a_number_and_an_answer_a_way() -> None:
    for number in ("0123-45 67 89", "+46 (0)70 123 45 67", "031/390600"):
        assert is_contact(number, Kind.CALLBACK) and is_contact(number, Kind.ERRAND)
    assert is_contact("nn@exempel.se", Kind.ERRAND)
    for wrong in ("nn@exempel.se", "12345", "", "ring mig", "0123-45 67 89 eller 070"):
        assert not is_contact(wrong, Kind.CALLBACK)
    for wrong in ("nn@", "@exempel.se", "nn@exempel", "n n@exempel.se"):
        assert not is_contact(wrong, Kind.ERRAND)


@pytest.mark.parametrize(
    "number",
    ["19811218-9876", "811218-9876", "8112189876", "001218-9873", "4111 1111 1111 1111"],
)
def test_a_personal_number_or_a_card_is_no_way_to_reach_anybody(number: str) -> None:
    assert not is_contact(number, Kind.CALLBACK)
    assert not is_contact(number, Kind.ERRAND)


# --- through the API


async def asked_for(citizen: Citizen, **changes: object) -> httpx.Response:
    body = {"errand_id": str(uuid4()), "kind": "callback", "contact": PHONE, "text": None}
    path = f"/api/conversations/{citizen.id}/errands"
    return await citizen.http.post(path, json={**body, **changes}, headers=citizen.headers)


async def test_an_errand_can_be_left_and_looked_up_by_its_number(
    gateway: Gateway, logins: dict[str, str]
) -> None:
    citizen = await Citizen.start(gateway.http)
    await citizen.say("altan")
    await citizen.until_answered()
    errand_id = str(uuid4())
    left = await asked_for(citizen, errand_id=errand_id)
    again = await asked_for(citizen, errand_id=errand_id)
    assert (left.status_code, again.status_code) == (201, 200)
    assert left.json() == again.json()
    reference = left.json()["reference"]
    async with AgentClient.logged_in(gateway.url, "omar", logins["omar"]) as agent:
        listed = (await agent.http.get("/api/desk/errands")).json()["errands"]
        assert [one["reference"] for one in listed] == [reference]
        assert (listed[0]["question"], listed[0]["contact"]) == ("altan", PHONE)
        found = (await agent.http.get(f"/api/desk/errands/{reference.lower()}")).json()
        assert "altan" in texts(found["events"])
        missing = await agent.http.get("/api/desk/errands/SK-222222")
        assert (missing.status_code, missing.json()["error"]) == (404, "errand_not_found")
        done = {"resolution": "lost", "result": "Ringde."}
        await agent.http.post(f"/api/desk/errands/{errand_id}/finish", json=done)
        assert (await agent.lists())["errands"] == {"open": 0, "overdue": 0}


@pytest.mark.parametrize("contact", ["", "ring mig", "nn@exempel.se"])
async def test_a_call_to_nowhere_is_refused(gateway: Gateway, contact: str) -> None:
    refused = await asked_for(await Citizen.start(gateway.http), contact=contact)
    assert (refused.status_code, refused.json()["error"]) == (422, "invalid_request")
    assert refused.json()["fields"] == ["contact"]
