"""Can a person be reached? If not: why, when again, and what is promised instead."""

from datetime import datetime, timedelta

import pytest

from bot.opening_hours.model import STOCKHOLM
from connectors.conversation.model import Move, State
from connectors.conversation.rules import Rollout
from connectors.desk.model import Agent
from connectors.errors import QueueClosed
from connectors.storage.tables import WaitRow
from tests.support.services import TUESDAY, Services


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=STOCKHOLM)


# A moment when the desk is closed, when it opens, and how that is said.
CLOSED = {
    "early in the morning": ("2026-12-01 06:30", "2026-12-01 08:00", "i dag klockan 8.00"),
    "at closing time": (
        "2026-12-01 16:30",
        "2026-12-02 08:00",
        "i morgon, onsdag 2 december, klockan 8.00",
    ),
    "on a Friday evening": (
        "2026-11-27 18:00",
        "2026-11-30 08:00",
        "måndag 30 november klockan 8.00",
    ),
    "on Twelfth Night after noon": (
        "2027-01-05 14:05",
        "2027-01-07 08:00",
        "torsdag 7 januari klockan 8.00",
    ),
    "over Christmas": ("2026-12-24 09:00", "2026-12-28 08:00", "måndag 28 december klockan 8.00"),
    "over New Year": ("2026-12-31 12:00", "2027-01-04 08:00", "måndag 4 januari 2027 klockan 8.00"),
    "over Midsummer": ("2027-06-25 08:30", "2027-06-28 08:00", "måndag 28 juni klockan 8.00"),
}


@pytest.mark.parametrize("case", CLOSED)
async def test_closed_says_exactly_when_it_opens(services: Services, case: str) -> None:
    moment, opens, in_words = CLOSED[case]
    found = await services.with_hours(moment).handover()
    assert (found.open, found.reason) == (False, "closed")
    assert found.opens_at == at(opens)
    assert f"öppnar {in_words}." in found.text


async def test_on_twelfth_night_the_desk_is_open_before_noon(
    services: Services, anna: Agent
) -> None:
    desk = services.with_hours("2027-01-05 10:05")
    await desk.presences.renew(anna.id)
    assert (await desk.handover()).reason == "open"


async def test_each_audience_has_its_own_hours(services: Services, anna: Agent) -> None:
    desk = services.with_hours("2026-12-01 15:30")
    await desk.presences.renew(anna.id)
    assert (await desk.handover("privat")).reason == "open"
    assert (await desk.handover("foretag")).opens_at == at("2026-12-02 09:00")


async def test_without_anybody_at_the_desk_no_queue_is_started(services: Services) -> None:
    desk = services.with_hours(TUESDAY)
    found = await desk.handover()
    assert (found.open, found.reason, found.opens_at) == (False, "nobody", None)
    assert "Ingen kommunvägledare är vid chatten" in found.text


async def test_full_says_so_and_who_waits_already_keeps_waiting(services: Services) -> None:
    services.rules.set(most_waiting=2)
    first, second = await services.wait_in_queue(), await services.wait_in_queue()
    found = await services.handover()
    assert (found.open, found.reason, found.waiting) == (False, "full", 2)
    assert "kön är full" in found.text
    assert [await guest.state() for guest in (first, second)] == [State.WAITING] * 2


async def test_closed_is_said_before_full(services: Services) -> None:
    services.rules.set(most_waiting=1)
    await services.wait_in_queue()
    assert (await services.with_hours("2026-12-01 20:00").handover()).reason == "closed"


async def test_open_says_how_many_are_before(services: Services) -> None:
    assert "Ingen står före dig" in (await services.handover()).text
    await services.wait_in_queue()
    found = await services.handover()
    assert found.waiting == 1
    assert "Före dig i kön: 1." in found.text


async def test_a_refusal_holds_everything_that_is_offered_instead(services: Services) -> None:
    desk = services.with_hours("2027-01-05 14:05")
    guest = await desk.arrive()
    with pytest.raises(QueueClosed) as refused:
        await guest.move(Move.HAND_OFF)
    values = refused.value.values
    assert values["reply"] == values["handover"]["text"]
    assert values["handover"]["opens_at"] == "2027-01-07T08:00:00+01:00"
    assert values["handover"]["callback_text"] == "senast torsdag 7 januari klockan 12.00"
    assert values["handover"]["errand_text"] == "senast fredag 8 januari klockan 15.30"
    assert await guest.state() is State.BOT


async def test_promises_count_working_hours_from_now(services: Services) -> None:
    found = await services.with_hours("2026-12-01 10:00").handover()
    assert found.callback_text == "senast i dag klockan 14.00"
    assert found.errand_text == "senast torsdag 3 december klockan 9.00"
    assert found.callback_by - at("2026-12-01 14:00") < timedelta(seconds=1)


async def test_without_ground_no_waiting_time_is_told(services: Services) -> None:
    found = await services.handover()
    assert found.wait is None
    assert "minuter" not in found.text


async def test_a_waiting_time_that_has_ground_is_told_as_an_interval(
    services: Services, anna: Agent
) -> None:
    past = [await services.arrive() for _ in range(60)]
    async with services.database.write() as session:
        for number, guest in enumerate(past):
            began = services.now() - timedelta(days=3, minutes=number)
            ended = began + timedelta(seconds=120 + number)
            row = WaitRow(conversation_id=guest.id, began_at=began, ended_at=ended)
            row.audience, row.ahead, row.agents, row.served = "privat", 0, 1, True
            session.add(row)
    found = await services.handover()
    assert found.wait is not None
    assert 2 <= found.wait.shortest_min <= found.wait.longest_min <= 4
    assert f"mellan {found.wait.shortest_min} och {found.wait.longest_min} minuter" in found.text
    guest = await services.wait_in_queue()
    assert (await guest.status()).wait == found.wait


# --- in use on some pages, for some

NOBODY = {"chatt": "nej", "person": "nej"}
BUSINESS = tuple(
    Rollout.model_validate(row)
    for row in (
        {"sidor": "/foretag", "malgrupp": ("foretag",)},
        {"sidor": "/foretag", "malgrupp": ("privat",), "person": "nej"},
        {"sidor": "/", **NOBODY},
    )
)
PAGES = [
    ("https://skarvinge.example/foretag/tillstand", "foretag", "open"),
    ("https://skarvinge.example/foretag", "foretag", "open"),
    ("https://skarvinge.example/foretag/", "privat", "off"),
    ("https://skarvinge.example/foretagare", "foretag", "off"),
    ("https://skarvinge.example/bygga-bo", "foretag", "off"),
    (None, "foretag", "off"),
]


@pytest.mark.parametrize(("page", "audience", "reason"), PAGES)
async def test_the_first_row_that_fits_page_and_audience_decides(
    services: Services, page: str | None, audience: str, reason: str
) -> None:
    services.rules.set(rollout=BUSINESS)
    found = await services.handover(audience, page)
    assert found.reason == reason
    if reason == "off":
        guest = await services.arrive(audience=audience, page=page)
        with pytest.raises(QueueClosed):
            await guest.move(Move.HAND_OFF)


async def test_what_is_changed_in_the_rules_holds_at_once(services: Services) -> None:
    services.rules.set(rollout=BUSINESS)
    guest = await services.arrive(page="https://skarvinge.example/bygga-bo")
    with pytest.raises(QueueClosed):
        await guest.move(Move.HAND_OFF)
    services.rules.set(rollout=(Rollout(),))
    assert (await guest.move(Move.HAND_OFF)).state is State.WAITING
