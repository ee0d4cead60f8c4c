"""`kill -9` at any point loses nothing, doubles nothing and leaves nobody waiting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.support.clients import AgentClient, Citizen, Json, assert_whole, eventually, texts
from tests.support.gateway import Process, settings_for, write_passwords
from tests.support.rasa import FakeRasa


@pytest.fixture
async def process(
    prepared_url: str, tmp_path: Path, logins: dict[str, str]
) -> AsyncIterator[Process]:
    write_passwords(tmp_path, logins)
    process = Process(settings_for(prepared_url, tmp_path), tmp_path / "log")
    await process.start()
    yield process
    process.kill()


@asynccontextmanager
async def talking(process: Process) -> AsyncIterator[Citizen]:
    async with httpx.AsyncClient(base_url=process.url, timeout=30) as http:
        yield await Citizen.start(http)


async def restart(process: Process, citizen: Citizen) -> None:
    process.kill()
    await process.start()
    await citizen.news()


def replies(events: list[Json]) -> list[str]:
    return [event["text"] for event in events if event["actor"] == "bot"][1:]


async def test_a_reply_that_was_being_made_comes_once_after_the_restart(
    process: Process,
) -> None:
    rasa = FakeRasa(delay_s=1.0)
    async with rasa.listen(process.settings.rasa_port), talking(process) as citizen:
        await citizen.say("ett")
        await citizen.say("två")
        await eventually(lambda: rasa.asked)
        await restart(process, citizen)
        assert (await citizen.news())["status"]["pending"]
        events = await citizen.until_answered()
    assert_whole(events)
    assert replies(events) == ["Rasa: ett", "Rasa: två"]


@pytest.mark.parametrize("delay_s", [0.0, 0.002, 0.005, 0.01, 0.02, 0.05])
async def test_killed_at_any_moment_around_the_reply_it_is_said_once(
    process: Process, delay_s: float
) -> None:
    async with talking(process) as citizen:
        await citizen.say("altan")
        await asyncio.sleep(delay_s)  # the moment of death, not a wait for something
        await restart(process, citizen)
        events = await citizen.until_answered()
    assert_whole(events)
    assert texts(events) == ["altan", "Svar på: altan"]


async def test_f18_a_handoff_that_was_being_made_happens_once(process: Process) -> None:
    rasa = FakeRasa(delay_s=1.0)
    decision = {"outcome": "handoff", "text": "Jag kopplar dig.", "reason": "asked_for_human"}
    rasa.answer = lambda _: [{"custom": {"decision": decision}}]
    async with rasa.listen(process.settings.rasa_port), talking(process) as citizen:
        await citizen.say("en människa, tack")
        await restart(process, citizen)
        news = await citizen.until(lambda news: news["status"]["state"] == "waiting")
    assert_whole(news["events"])
    assert [event["type"] for event in news["events"]] == ["message"] * 3 + ["state"]


async def test_an_agents_conversation_goes_on_after_the_restart(
    process: Process, logins: dict[str, str]
) -> None:
    async with (
        talking(process) as citizen,
        AgentClient.logged_in(process.url, "anna", logins["anna"]) as anna,
    ):
        await citizen.move("hand_off")
        await anna.take(citizen.id)
        await anna.post(citizen.id, "Hej")
        await citizen.say("Hej Anna")
        await restart(process, citizen)
        assert [line["conversation_id"] for line in (await anna.lists())["mine"]] == [citizen.id]
        await anna.post(citizen.id, "Vi var visst borta en stund.")
        await citizen.say("Ingen fara")
        news = await citizen.news()
    assert_whole(news["events"])
    assert news["status"]["agent_name"] == "Anna Berg"
    assert texts(news["events"]) == [
        "Hej",
        "Hej Anna",
        "Vi var visst borta en stund.",
        "Ingen fara",
    ]


async def test_what_was_sent_but_not_confirmed_is_stored_once_by_sending_it_again(
    process: Process,
) -> None:
    async with talking(process) as citizen:
        await citizen.move("hand_off")
        messages = [(f"nr {number}", str(uuid4())) for number in range(20)]
        confirmed: list[str] = []

        async def send(text: str, message_id: str) -> None:
            with suppress(httpx.TransportError):
                if (await citizen.post(text, message_id=message_id)).is_success:
                    confirmed.append(text)

        sending = asyncio.gather(*(send(*message) for message in messages))
        await eventually(lambda: len(confirmed) >= 3)
        await restart(process, citizen)
        await sending
        survived = texts((await citizen.news())["events"])
        assert set(confirmed) <= set(survived)
        for text, message_id in messages:
            assert (await citizen.post(text, message_id=message_id)).is_success
        events = (await citizen.news())["events"]
    assert_whole(events)
    assert sorted(texts(events)) == sorted(text for text, _ in messages)


async def test_the_queue_is_the_same_after_the_restart(process: Process) -> None:
    async with talking(process) as first, talking(process) as second:
        await first.move("hand_off")
        await second.move("hand_off")
        await restart(process, first)
        assert (await first.news())["status"]["queue_place"] == 1
        assert (await second.news())["status"]["queue_place"] == 2


async def test_asked_to_stop_it_stops_at_once_and_cleanly(process: Process) -> None:
    async with talking(process) as citizen:
        waiting = asyncio.create_task(citizen.news(after=1, wait=25))
        await asyncio.sleep(0.3)
        assert await asyncio.to_thread(process.stop) in {0, -15}
        assert (await waiting)["events"] == []
