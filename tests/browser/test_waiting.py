"""The ways to a person: waiting in the chat, being called, leaving the question; and the end."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import httpx
import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.browser.pages import ANNA, PATIENCE_MS, CitizenPage
from tests.browser.watch import CONTACT_LOST, Watch
from tests.support.clients import Json
from tests.support.postgres import free_port
from tests.support.system import GatewayOnly, System, running

PHONE, MAIL = "070-123 45 67", "kim@example.se"
REFERENCE = re.compile(r"SK-[0-9A-Z]{6}")
LONG_AGO = "2020-01-01 00:00:00.000000"


@pytest.fixture(scope="module")
def closed_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A gateway at whose desk nobody is."""
    folder = tmp_path_factory.mktemp("closed")
    with running(GatewayOnly(folder, free_port(), always_open=False)) as started:
        yield started


@pytest.fixture
def turned_away(
    closed_desk: System, new_context: Callable[..., BrowserContext], watch: Watch
) -> CitizenPage:
    """A citizen who comes when nobody is there."""
    watch.own_host = f"localhost:{closed_desk.port}"
    return CitizenPage(new_context().new_page(), closed_desk, watch)


@pytest.fixture
def anna(system: System) -> httpx.Client:
    return system.agent("anna")


@pytest.fixture
def talking(citizen_page: CitizenPage, anna: httpx.Client) -> CitizenPage:
    """A citizen whose conversation Anna has taken; she has written last."""
    citizen_page.open_chat().ask_for_a_person()
    take(anna, citizen_page)
    write(anna, citizen_page, "Hej! Vad gäller det?")
    expect(citizen_page.log).to_contain_text("Hej! Vad gäller det?")
    return citizen_page


def path_of(citizen: CitizenPage) -> str:
    return f"/api/desk/conversations/{citizen.session['conversationId']}"


def take(agent: httpx.Client, citizen: CitizenPage) -> None:
    agent.post(f"{path_of(citizen)}/take").raise_for_status()
    citizen.sees_agent()


def write(agent: httpx.Client, citizen: CitizenPage, text: str) -> None:
    body = {"client_message_id": str(uuid4()), "text": text}
    agent.post(f"{path_of(citizen)}/messages", json=body).raise_for_status()


def move(agent: httpx.Client, citizen: CitizenPage, name: str) -> None:
    body = {"move": name, "move_id": str(uuid4())}
    agent.post(f"{path_of(citizen)}/moves", json=body).raise_for_status()


def errands_of(agent: httpx.Client, citizen: CitizenPage) -> list[Json]:
    """What this citizen left; others in the same system may have left the same number."""
    conversation = str(UUID(citizen.session["conversationId"]))
    found: list[Json] = agent.get("/api/desk/errands").raise_for_status().json()["errands"]
    return [one for one in found if one["conversation_id"] == conversation]


def silence_is_over(citizen: CitizenPage) -> None:
    """Let the time be up that a citizen may be silent."""
    conversation = UUID(citizen.session["conversationId"]).hex
    with sqlite3.connect(citizen.system.var_dir / "kommunbot.db", timeout=20) as database:
        changed = database.execute(
            "UPDATE timer SET due_at = ? WHERE kind = 'silence'"
            " AND replace(conversation_id, '-', '') = ?",
            (LONG_AGO, conversation),
        )
    database.close()
    assert changed.rowcount == 1


# --- the card


def test_the_button_opens_the_ways_to_a_person_and_one_may_still_go_on_with_the_bot(
    citizen_page: CitizenPage,
) -> None:
    citizen_page.open_chat()
    card = citizen_page.open_card()
    expect(card.get_by_role("heading", name="Prata med en person")).to_be_focused()
    expect(card).to_contain_text("Du kan prata med en kommunvägledare här i chatten.")
    expect(card.get_by_role("button", name="Bli uppringd")).to_contain_text("Vi ringer dig senast")
    expect(card.get_by_role("button", name="Lämna frågan")).to_contain_text("Du får svar senast")
    card.get_by_role("button", name="Fortsätt med AI-assistenten").click()
    expect(card).to_have_count(0)
    expect(citizen_page.composer).to_be_focused()
    assert citizen_page.session["conversationId"] is None
    expect(citizen_page.ask("vad kostar förskolan").locator(".source")).to_be_visible()


def test_under_the_bots_second_miss_stand_the_ways_until_something_else_is_written(
    citizen_page: CitizenPage,
) -> None:
    citizen_page.open_chat().ask("tillstånd")
    expect(citizen_page.card).to_have_count(0)
    citizen_page.ask("tillstånd")
    expect(citizen_page.card.get_by_role("button", name="Vänta i chatten")).to_be_visible()
    expect(citizen_page.composer).to_be_focused()
    citizen_page.reload()
    expect(citizen_page.card).to_be_visible()
    citizen_page.ask("vad kostar förskolan")
    expect(citizen_page.card).to_have_count(0)


def test_when_nothing_can_be_fetched_there_are_the_phone_and_the_errand(
    citizen_page: CitizenPage,
) -> None:
    citizen_page.watch.expect(CONTACT_LOST)
    citizen_page.page.route("**/handover*", lambda route: route.abort())
    citizen_page.open_chat()
    card = citizen_page.open_card()
    expect(card).to_contain_text("Vi kan inte se just nu om någon kan svara i chatten.")
    assert (card.get_by_role("link").get_attribute("href") or "").startswith("tel:")
    expect(card.get_by_role("button", name="Vänta i chatten")).to_have_count(0)
    expect(card.get_by_role("button", name="Lämna frågan")).to_be_visible()


# --- nobody is there


def test_when_nobody_is_there_nobody_is_put_in_a_queue(turned_away: CitizenPage) -> None:
    turned_away.open_chat().write("jag vill prata med en människa")
    card = turned_away.card
    expect(card).to_contain_text(re.compile("har stängt|Ingen kommunvägledare är vid chatten"))
    expect(card.get_by_role("button", name="Vänta i chatten")).to_have_count(0)
    card.get_by_role("button", name="Lämna frågan").click()
    card.get_by_label("E-post eller telefonnummer").fill(MAIL)
    card.get_by_role("button", name="Lämna ärendet").click()
    expect(turned_away.promises).to_contain_text(REFERENCE)
    assert turned_away.stored()[-1]["actor"] == "system"


def test_a_queue_that_closed_in_the_meantime_says_so_and_nothing_written_is_lost(
    turned_away: CitizenPage,
) -> None:
    turned_away.watch.expect("409 .*/moves$")
    page = turned_away.page

    def open_until_now(route: Route) -> None:
        told = route.fetch().json()
        route.fulfill(json={**told, "open": True, "text": "Du kan vänta här."})

    turned_away.open_chat().write("hej")
    expect(turned_away.answers).to_have_count(2)
    turned_away.composer.fill("Jag undrar också om")
    page.route("**/handover", open_until_now)
    turned_away.open_card().get_by_role("button", name="Vänta i chatten").click()
    page.unroute("**/handover")
    expect(turned_away.card).not_to_contain_text("Du kan vänta här.")
    expect(turned_away.card.get_by_role("button", name="Vänta i chatten")).to_have_count(0)
    expect(turned_away.card.get_by_role("button", name="Lämna frågan")).to_be_visible()
    expect(turned_away.composer).to_have_value("Jag undrar också om")
    expect(turned_away.queue).to_have_count(0)


# --- errands


def test_who_waits_may_be_called_instead(citizen_page: CitizenPage, anna: httpx.Client) -> None:
    citizen_page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    citizen_page.open_chat().ask("vad kostar förskolan")
    citizen_page.ask_for_a_person()
    citizen_page.panel.get_by_role("button", name="Bli uppringd i stället").click()
    card, phone = citizen_page.card, citizen_page.card.get_by_label("Telefonnummer")
    expect(phone).to_be_focused()
    expect(card).to_contain_text("Vi ringer dig senast")
    phone.fill("ring mig")
    phone.press("Enter")
    expect(card.get_by_role("alert").locator("p")).to_contain_text("070-123 45 67")
    expect(phone).to_be_focused()
    phone.fill(PHONE)
    phone.press("Enter")
    expect(citizen_page.promises).to_contain_text("Kommunen")
    expect(citizen_page.promises).to_contain_text("Vi ringer dig senast")
    expect(citizen_page.queue).to_have_count(0)
    expect(citizen_page.composer).to_be_focused()
    [errand] = errands_of(anna, citizen_page)
    citizen_page.promises.get_by_role("button", name=f"Kopiera {errand['reference']}").click()
    expect(citizen_page.promises).to_contain_text("Kopierat.")
    assert citizen_page.page.evaluate("navigator.clipboard.readText()") == errand["reference"]
    citizen_page.reload()
    copy = citizen_page.promises.get_by_role("button", name=f"Kopiera {errand['reference']}")
    expect(copy).to_be_visible()


def test_an_errand_may_be_the_first_thing_that_is_written(
    citizen_page: CitizenPage, anna: httpx.Client
) -> None:
    citizen_page.open_chat().open_card()
    card = citizen_page.card
    card.get_by_role("button", name="Lämna frågan").click()
    card.get_by_label("E-post eller telefonnummer").fill("sara@example.se")
    card.get_by_role("button", name="Lämna ärendet").click()
    question = card.get_by_label("Vad vill du ha hjälp med?")
    expect(question).to_be_focused()
    expect(card.get_by_role("alert").locator("p")).to_have_text("Skriv vad du vill ha hjälp med.")
    question.fill("Tunnan är trasig.")
    card.get_by_role("button", name="Lämna ärendet").click()
    expect(citizen_page.promises).to_contain_text(REFERENCE)
    [errand] = errands_of(anna, citizen_page)
    assert errand["question"] == "Tunnan är trasig."


def test_what_is_half_filled_in_survives_a_reload_and_an_errand_whose_receipt_was_lost_is_made_once(
    citizen_page: CitizenPage, anna: httpx.Client
) -> None:
    citizen_page.watch.expect(CONTACT_LOST)
    citizen_page.open_chat().ask("bygglov")
    citizen_page.open_card().get_by_role("button", name="Bli uppringd").click()
    phone = citizen_page.card.get_by_label("Telefonnummer")
    phone.fill("0123-999 888")
    citizen_page.reload()
    expect(phone).to_have_value("0123-999 888")
    page = citizen_page.page
    lost: list[int] = []

    def deliver_but_lose_the_receipt(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    page.route("**/errands", deliver_but_lose_the_receipt, times=1)
    with page.expect_response("**/errands") as second:
        phone.press("Enter")
        expect(citizen_page.card).to_contain_text("Inte skickat än. Vi försöker igen.")
    assert (lost, second.value.status) == ([201], 200)
    expect(citizen_page.promises).to_have_count(1)
    expect(citizen_page.card).to_have_count(0)
    assert len(errands_of(anna, citizen_page)) == 1


# --- waiting, and with a person


def test_who_waits_gets_the_emergency_numbers_from_the_municipality(
    citizen_page: CitizenPage,
) -> None:
    citizen_page.open_chat().ask_for_a_person()
    citizen_page.write("hjälp det brinner i köket")
    told = citizen_page.promises
    expect(told).to_contain_text("Kommunen")
    expect(told.get_by_role("link", name="112")).to_have_attribute("href", "tel:112")
    expect(citizen_page.queue).to_be_visible()


def test_an_agent_who_looks_something_up_is_said_to_come_back(
    talking: CitizenPage, anna: httpx.Client
) -> None:
    line = talking.panel.locator(".state", has_text=f"{ANNA} tar reda på något")
    move(anna, talking, "hold")
    expect(line).to_be_visible()
    talking.sees_agent()
    move(anna, talking, "pick_up")
    expect(line).to_have_count(0)


@pytest.mark.parametrize("by_writing", [True, False], ids=["writing", "button"])
def test_the_way_back_to_the_agent_is_open_for_a_while(
    talking: CitizenPage, anna: httpx.Client, by_writing: bool
) -> None:
    move(anna, talking, "close")
    back = talking.panel.get_by_role("button", name=f"Fortsätt prata med {ANNA}")
    expect(back).to_be_visible()
    if by_writing:
        talking.write("En sak till!")
    else:
        back.click()
        expect(talking.composer).to_be_focused()
    talking.sees_agent()
    expect(back).to_have_count(0)


def test_silence_is_warned_of_and_a_press_or_a_letter_keeps_the_conversation(
    talking: CitizenPage,
) -> None:
    warning = talking.panel.get_by_role("alert").filter(has_text="Är du kvar?")
    stay = talking.panel.get_by_role("button", name="Jag är kvar")
    silence_is_over(talking)
    expect(warning).to_have_text(re.compile(r"Samtalet avslutas klockan \d\d\.\d\d om du inte"))
    expect(talking.panel.locator(".closing .left")).to_have_text(re.compile(r"^[01]\.\d\d kvar$"))
    box = stay.bounding_box()
    assert box is not None and min(box["width"], box["height"]) >= 44
    stay.click()
    expect(warning).to_have_count(0)
    expect(talking.composer).to_be_focused()
    silence_is_over(talking)
    expect(stay).to_be_visible(timeout=PATIENCE_MS)
    talking.composer.press_sequentially("J")
    expect(stay).to_have_count(0)
    talking.sees_agent()


def test_who_has_closed_the_panel_sees_on_its_button_that_the_end_is_near(
    talking: CitizenPage,
) -> None:
    talking.panel.get_by_role("button", name="Stäng chatten").click()
    silence_is_over(talking)
    expect(talking.launcher).to_contain_text("1 nytt meddelande")


def test_a_page_for_businesses_says_so(citizen_page: CitizenPage) -> None:
    citizen_page.visit()
    page = citizen_page.page
    page.locator("kommun-chat").evaluate("chat => chat.setAttribute('audience', 'foretag')")
    citizen_page.launcher.click()
    with page.expect_request("**/api/conversations") as begun:
        citizen_page.ask("serveringstillstånd")
    assert (begun.value.post_data_json or {})["audience"] == "foretag"
