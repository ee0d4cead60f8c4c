"""The citizen writes, the bot answers, through Rasa or without it."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from connectors.conversation.repository import LOOKUPS_FOR
from connectors.conversation.thinking import MOST_LOOKUPS
from connectors.storage.database import Database
from connectors.storage.tables import EventRow
from tests.support.clients import AgentClient, Citizen, assert_whole, texts
from tests.support.gateway import Gateway
from tests.support.rasa import FakeRasa


async def let_pass(time: timedelta, gateway: Gateway) -> None:
    """Make everything that was said as much older."""
    database = Database(gateway.settings.database_url)
    try:
        async with database.write() as session:
            for event in await session.scalars(select(EventRow)):
                event.at -= time
    finally:
        await database.close()


async def test_the_first_event_says_that_an_ai_assistant_answers(citizen: Citizen) -> None:
    events = (await citizen.news())["events"]
    assert [event["seq"] for event in events] == [1]
    assert events[0]["actor"] == "bot"
    assert "AI-assistent" in events[0]["text"]


async def test_a_question_gets_one_answer_with_its_source_though_rasa_is_down(
    citizen: Citizen,
) -> None:
    await citizen.say("Behöver jag bygglov för altan?")
    events = await citizen.until_answered()
    assert_whole(events)
    assert texts(events)[1:] == ["Svar på: Behöver jag bygglov för altan?"]
    decision = events[-1]["decision"]
    assert decision["sources"][0]["url"] == "http://x/1"
    assert decision["versions"]["index"] == "i1"


async def test_a_name_finds_a_person_though_rasa_is_down(citizen: Citizen) -> None:
    await citizen.say("jag söker Anna")
    assert texts(await citizen.until_answered())[-1] == "Anna finns i växeln."


async def test_who_looks_up_one_after_another_is_referred_to_the_registrator_for_a_while(
    gateway: Gateway, citizen: Citizen
) -> None:
    for _ in range(MOST_LOOKUPS + 1):
        await citizen.say("jag söker Anna")
        events = await citizen.until_answered()
    *found, refused = [event["decision"] for event in events if event["actor"] == "bot"][1:]
    assert len(found) == MOST_LOOKUPS
    assert all(decision["people"] for decision in found)
    assert not refused["people"]
    assert "registratorn" in events[-1]["text"]
    await citizen.say("altan")
    assert texts(await citizen.until_answered())[-1] == "Svar på: altan"
    await let_pass(LOOKUPS_FOR, gateway)
    await citizen.say("jag söker Anna")
    assert (await citizen.until_answered())[-1]["decision"]["people"]


async def test_the_citizen_is_not_told_what_else_was_weighed(citizen: Citizen) -> None:
    await citizen.say("altan")
    decision = (await citizen.until_answered())[-1]["decision"]
    assert not {"candidates", "timings", "text_key"} & decision.keys()


async def test_messages_are_answered_in_the_order_they_came(
    gateway: Gateway, citizen: Citizen
) -> None:
    gateway.thinker.gate.clear()
    for number in range(5):
        await citizen.say(f"altan {number}")
    assert (await citizen.news())["status"]["pending"]
    gateway.thinker.gate.set()
    events = await citizen.until_answered()
    assert_whole(events)
    replies = [event["text"] for event in events if event["actor"] == "bot"][1:]
    assert replies == [f"Svar på: altan {number}" for number in range(5)]


async def test_who_asks_for_a_person_in_words_is_put_in_the_queue(citizen: Citizen) -> None:
    await citizen.say("jag vill prata med en människa")
    news = await citizen.until(lambda news: news["status"]["state"] == "waiting")
    assert news["status"]["queue_place"] == 1
    assert [event["type"] for event in news["events"][-2:]] == ["message", "state"]
    assert news["events"][-1]["actor"] == "bot"


async def test_after_a_second_miss_the_citizen_is_asked_before_being_put_in_the_queue(
    citizen: Citizen, anna: AgentClient
) -> None:
    await citizen.say("oklart")
    await citizen.until_answered()
    await citizen.say("oklart igen")
    offered = (await citizen.until_answered())[-1]
    assert (offered["decision"]["outcome"], offered["decision"]["reason"]) == (
        "handoff",
        "second_miss",
    )
    assert (await citizen.news())["status"]["state"] == "bot"
    await citizen.move("hand_off")
    opened = await anna.open(citizen.id)
    assert opened.json()["dossier"]["reason"] == "second_miss"


async def test_a_broken_search_ends_with_a_person_and_other_ways_to_reach_us(
    citizen: Citizen,
) -> None:
    await citizen.say("trasig")
    offered = (await citizen.until_answered())[-1]
    assert "031-390 06 00" in offered["text"]
    assert offered["decision"]["reason"] == "service_down"
    assert (await citizen.move("hand_off")).json()["status"]["state"] == "waiting"


async def test_a_reply_that_comes_after_a_takeover_is_dropped(
    gateway: Gateway, citizen: Citizen
) -> None:
    gateway.thinker.gate.clear()
    await citizen.say("altan")
    await citizen.move("hand_off")
    gateway.thinker.gate.set()
    await citizen.move("leave_queue")
    await citizen.say("tak")
    assert texts(await citizen.until_answered()) == ["altan", "tak", "Svar på: tak"]


async def test_danger_is_seen_before_anything_else(gateway: Gateway, citizen: Citizen) -> None:
    async with FakeRasa().listen(gateway.settings.rasa_port) as rasa:
        await citizen.say("det brinner")
        decision = (await citizen.until_answered())[-1]["decision"]
    assert decision["phones"] == [{"label": "SOS Alarm", "number": "112"}]
    assert rasa.asked == []


async def test_danger_that_the_mask_hides_waits_for_no_earlier_reply(
    gateway: Gateway, citizen: Citizen
) -> None:
    gateway.thinker.gate.clear()
    await citizen.say("altan")
    await citizen.say("hjälp brinner@exempel.se")  # the mask takes the word of danger with it
    assert texts((await citizen.news())["events"])[-2:] == ["hjälp [e-postadress]", "Ring 112."]
    gateway.thinker.gate.set()
    await citizen.until_answered()


async def test_rasa_routes_while_it_is_there(gateway: Gateway, citizen: Citizen) -> None:
    async with FakeRasa().listen(gateway.settings.rasa_port) as rasa:
        event = await citizen.say("altan")
        assert texts(await citizen.until_answered())[-1] == "Rasa: altan"
    asked = rasa.asked[0]
    assert asked["sender"] == citizen.id
    assert asked["metadata"]["message_id"] == event["client_message_id"]


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("/restart", "restart"),
        ("//want_human", "want_human"),
        ("/ /x", "x"),
        ('/choose{"entry":"x"}', 'choose{"entry":"x"}'),
        ("/", "?"),
    ],
)
async def test_a_citizen_cannot_give_rasa_commands(
    gateway: Gateway, citizen: Citizen, text: str, heard: str
) -> None:
    async with FakeRasa().listen(gateway.settings.rasa_port) as rasa:
        await citizen.say(text)
        assert texts(await citizen.until_answered())[0] == text
    assert [asked["message"] for asked in rasa.asked] == [heard]


async def test_an_offered_choice_becomes_a_command(gateway: Gateway, citizen: Citizen) -> None:
    choices = [{"label": "Bygglov för altan", "entry": "bygglov-altan"}]
    asks_back = {"outcome": "clarify", "text": "Vad menar du?", "choices": choices}
    rasa = FakeRasa(lambda _: [{"custom": {"decision": asks_back}}])
    async with rasa.listen(gateway.settings.rasa_port):
        await citizen.say("oklart")
        await citizen.until_answered()
        await citizen.say("Bygglov för altan", choice="bygglov-altan")
        await citizen.until_answered()
    assert rasa.asked[-1]["message"] == '/choose{"entry": "bygglov-altan"}'


async def test_a_text_that_rasa_only_names_is_filled_in(gateway: Gateway, citizen: Citizen) -> None:
    named = [{"custom": {"decision": {"outcome": "smalltalk", "text_key": "thanks"}}}]
    async with FakeRasa(lambda _: named).listen(gateway.settings.rasa_port):
        await citizen.say("tack")
        event = (await citizen.until_answered())[-1]
    assert event["text"] == event["decision"]["text"]
    assert "Varsågod" in event["text"]


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        "nonsense",
        [{"text": "no decision"}],
        [{"custom": {"decision": {"outcome": "unheard of"}}}],
        [{"custom": {"decision": {"outcome": "answer", "text": ""}}}],
        [{"custom": {"decision": {"outcome": "smalltalk", "text_key": "no such text"}}}],
        [{"custom": {"decision": {"outcome": "answer", "text": "x", "unknown": 1}}}],
    ],
)
async def test_when_rasa_talks_nonsense_the_search_answers(
    gateway: Gateway, citizen: Citizen, answer: object
) -> None:
    async with FakeRasa(lambda _: answer).listen(gateway.settings.rasa_port):
        await citizen.say("altan")
        assert texts(await citizen.until_answered())[-1] == "Svar på: altan"


async def test_a_dead_rasa_costs_one_wait_and_not_one_a_message(gateway: Gateway) -> None:
    citizens = [await Citizen.start(gateway.http) for _ in range(3)]
    rasa = FakeRasa(delay_s=60, silent=True)
    async with rasa.listen(gateway.settings.rasa_port):
        for citizen in citizens:
            await citizen.say("altan")
            assert texts(await citizen.until_answered())[-1] == "Svar på: altan"
        assert len(rasa.asked) == 1


async def test_one_slow_conversation_keeps_nobody_else_waiting(
    gateway: Gateway, citizen: Citizen
) -> None:
    other = await Citizen.start(gateway.http)

    def answer(message: dict[str, str]) -> list[object]:
        return [{"custom": {"decision": {"outcome": "answer", "text": message["message"]}}}]

    async with FakeRasa(answer, delay_s=0.3).listen(gateway.settings.rasa_port):
        async with asyncio.timeout(10):
            await asyncio.gather(citizen.say("ett"), other.say("två"))
            await asyncio.gather(citizen.until_answered(), other.until_answered())
