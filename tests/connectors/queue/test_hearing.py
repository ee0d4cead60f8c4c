"""What is stored of people's words: masked, with danger heard in them as they were written."""

from collections.abc import Sequence
from uuid import uuid4

import pytest
from sqlalchemy import select

from bot.answering.model import Decision, Outcome, Phone
from bot.masking.model import Kind, Masked
from connectors.conversation.hearing import Alarm, Hearing, Masking
from connectors.conversation.model import Survey
from connectors.conversation.opinions import Opinions
from connectors.conversation.owed import Owed
from connectors.desk.model import Agent, NoteKind
from connectors.desk.noting import NoteWish
from connectors.errands.model import Kind as ErrandKind
from connectors.errands.model import Resolution
from connectors.errands.service import Wish
from connectors.errors import MaskingFailed
from connectors.storage.tables import Base
from tests.support.services import Services, masker, services_on

PERSONAL, PHONE = "811218-9876", "070-174 06 05"
SAID = f"Jag är {PERSONAL} och nås på {PHONE}."
HIDDEN = "Jag är [personnummer] och nås på [telefonnummer]."


def alarm(said: str, talk: str | None = None) -> Decision | None:
    if "brinner" not in said:
        return None
    phones = (Phone(label="Nödnumret", number="112"),)
    return Decision(outcome=Outcome.EMERGENCY, text="Ring 112.", phones=phones)


class HidesEverything:
    """What it leaves would alarm nobody."""

    def mask(self, text: str, before: Sequence[str] = (), *, is_sensitive: bool = False) -> Masked:
        return Masked("[allt]", (Kind.NAME,))

    mask_numbers = mask


class Broken:
    def mask(self, text: str, before: Sequence[str] = (), *, is_sensitive: bool = False) -> Masked:
        raise ValueError(text)

    mask_numbers = mask


def listen_with(services: Services, masking: Masking, alarm: Alarm = alarm) -> None:
    """Let the same services hear otherwise."""
    services.conversations.hearing.close()
    services.conversations.hearing = Hearing(masking, alarm, services.conversations.texts)


async def rows_with(services: Services, words: str) -> list[str]:
    """Return the columns of the database in which `words` stand, whatever their type."""
    found = []
    async with services.database.read() as session:
        for table in Base.metadata.sorted_tables:
            for row in (await session.execute(select(table))).mappings():
                found += [
                    f"{table.name}.{name}" for name, value in row.items() if words in str(value)
                ]
    return found


async def test_a_citizens_numbers_are_hidden_before_they_are_stored(services: Services) -> None:
    guest = await services.arrive()
    event = await guest.say(SAID)
    assert (event.text, event.masked) == (HIDDEN, [Kind.PERSONAL, Kind.PHONE])
    assert (await guest.events())[-1] == event
    assert await rows_with(services, PERSONAL) == await rows_with(services, PHONE) == []


async def test_what_hides_nothing_says_so(services: Services) -> None:
    guest = await services.arrive()
    event = await guest.say("När töms soporna?")
    assert (event.text, event.masked) == ("När töms soporna?", None)


async def test_the_same_message_again_is_a_repeat(services: Services) -> None:
    guest, message_id = await services.arrive(), uuid4()
    first, _ = await services.conversations.post(guest.key, message_id, SAID)
    again, new = await services.conversations.post(guest.key, message_id, SAID)
    assert (again, new) == (first, False)


@pytest.mark.parametrize(
    ("first", "then", "stored"),
    [
        ("mitt personnummer är", PERSONAL.replace("-", ""), "[personnummer]"),
        ("mitt personnummer är 811218", "9876", "[personnummer]"),
        ("mitt nummer är", "701740605", "[telefonnummer]"),
        ("jag bor på", "Storgatan 12", "[adress]"),
        ("min man slår mig, han heter", "erik nilsson", "[namn]"),
    ],
)
async def test_what_is_written_in_pieces_is_hidden_too_and_a_repeat_is_one(
    services: Services, first: str, then: str, stored: str
) -> None:
    guest, message_id = await services.arrive(), uuid4()
    await guest.say(first)
    said, _ = await services.conversations.post(guest.key, message_id, then)
    assert said.text == stored
    await guest.say("hallå?")
    await guest.say("är ni där")
    again, new = await services.conversations.post(guest.key, message_id, then)
    assert (again, new) == (said, False)


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("https://skarvinge.example/bygga-bo/bygglov/", True),
        ("https://skarvinge.example/protokoll/2026-11-30/ks-2026-123", True),
        (f"https://skarvinge.example/mitt/{PERSONAL}/start", False),
        ("https://skarvinge.example/mitt/19811218%2D9876", False),
    ],
)
async def test_a_page_whose_address_tells_who_reads_it_is_not_stored(
    services: Services, page: str, kept: bool
) -> None:
    await services.arrive(page=page)
    assert (await rows_with(services, page) != []) is kept


async def test_an_errand_keeps_the_number_to_call_and_hides_it_elsewhere(
    services: Services, anna: Agent
) -> None:
    guest = await services.wait_in_queue()
    wish = Wish(uuid4(), ErrandKind.CALLBACK, f"{SAID} Ring!", PHONE)
    await services.errands.ask(guest.key, wish)
    (errand,) = await services.errands.listed(anna, only_open=True)
    assert (errand.question, errand.contact) == (f"{HIDDEN} Ring!", PHONE)
    assert await rows_with(services, PHONE) == ["errand.contact"]


async def test_danger_in_an_errand_is_answered_in_the_conversation(services: Services) -> None:
    desk = services_on(services.database, services.now, services.rules, alarm=alarm)
    guest = await desk.arrive()
    wish = Wish(uuid4(), ErrandKind.ERRAND, "Det brinner hos grannen", "a@b.example")
    await desk.errands.ask(guest.key, wish)
    assert (await guest.events())[-1].text == "Ring 112."


async def test_what_citizens_say_of_the_talk_is_hidden_too(services: Services) -> None:
    guest = await services.arrive()
    await Opinions(services.conversations).say(guest.key, Survey(comment=SAID))
    assert await rows_with(services, HIDDEN) == ["survey.comment"]


@pytest.mark.parametrize("where", ["message", "note", "transfer", "follow_up", "result"])
async def test_staff_may_tell_a_telephone_number_but_no_personal_one(
    services: Services, anna: Agent, omar: Agent, where: str
) -> None:
    guest = await services.wait_in_queue()
    await services.desk.take(anna, guest.id)
    said = f"Ring {PHONE} om {PERSONAL}."
    match where:
        case "message":
            await services.say(anna, guest, said)
        case "note":
            await services.noting.add(anna, guest.id, NoteWish(uuid4(), NoteKind.NOTE, said))
        case "transfer":
            to = services.transferring.to_colleague
            await to(anna, guest.id, omar.username, said, uuid4())
        case "follow_up":
            await services.close(anna, guest, Wish(uuid4(), ErrandKind.FOLLOW_UP, said))
        case "result":
            closed = await services.close(
                anna, guest, Wish(uuid4(), ErrandKind.FOLLOW_UP, "Ta reda på det.")
            )
            assert closed.errand is not None
            await services.errands.finish(anna, closed.errand.id, Resolution.SOLVED, said)
    assert await rows_with(services, PERSONAL) == []
    assert len(await rows_with(services, f"Ring {PHONE} om [personnummer].")) == 1


async def test_danger_is_heard_in_the_words_as_they_were_written(services: Services) -> None:
    listen_with(services, HidesEverything())
    guest = await services.arrive()
    await guest.say("Det brinner hemma hos mig!")
    said, warned = (await guest.events())[-2:]
    assert (said.text, warned.text, warned.actor) == ("[allt]", "Ring 112.", "bot")
    assert (await guest.status()).pending is False


async def test_a_warning_comes_after_the_reply_that_is_owed(services: Services) -> None:
    desk = services_on(services.database, services.now, services.rules, alarm=alarm)
    guest, owed = await desk.arrive(), Owed(desk.conversations)
    await guest.say("När töms soporna?")
    await guest.say("Det brinner!")
    job = await owed.next_job(guest.id)
    assert job is not None and job.text == "När töms soporna?"
    await owed.store_reply(job, Decision(outcome=Outcome.ANSWER, text="På tisdag."))
    job = await owed.next_job(guest.id)
    assert job is not None and job.text == "Det brinner!"


async def test_the_bot_reads_nothing_in_the_place_of_what_is_hidden(services: Services) -> None:
    guest = await services.arrive()
    await guest.say(f"{SAID} När töms soporna?")
    job = await Owed(services.conversations).next_job(guest.id)
    assert job is not None
    assert job.text.split() == ["Jag", "är", "och", "nås", "på", ".", "När", "töms", "soporna?"]


async def test_where_nothing_can_be_masked_nothing_is_stored(services: Services) -> None:
    guest = await services.arrive()
    listen_with(services, Broken())
    before = await guest.events()
    with pytest.raises(MaskingFailed) as failed:
        await guest.say(SAID)
    assert failed.value.__context__ is None, "the cause quotes what was written"
    assert await guest.events() == before


async def test_help_comes_even_where_nothing_can_be_masked(services: Services) -> None:
    guest = await services.arrive()
    listen_with(services, Broken())
    await guest.say(f"Det brinner! {SAID}")
    said, warned = (await guest.events())[-2:]
    assert warned.text == "Ring 112."
    assert said.text == services.conversations.texts["masked_whole"]


async def test_a_broken_alarm_stops_no_message(services: Services) -> None:
    def broken(said: str, talk: str | None = None) -> Decision | None:
        raise ValueError(said)

    guest = await services.arrive()
    listen_with(services, masker(), broken)
    assert (await guest.say("Det brinner!")).text == "Det brinner!"
