"""What is the citizen's own: numbers, a copy of the talk, a way out, their voice, their say."""

import json
import re
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import create_engine, text

from tests.browser.pages import PATIENCE_MS, CitizenPage, DeskPage
from tests.support.clients import Json

QUESTION = "Vad kostar förskolan?"
NUMBER = "811218-9876"
PHONE = "070-123 45 67"
HOLE = "Hur anmäler jag hål i vägen?"

# Stands in for the browser's own recognition, which asks its maker on the internet.
HEARS = """() => {
  globalThis.SpeechRecognition = class extends EventTarget {
    start() {
      globalThis.listening = this;
    }
    stop() {
      this.dispatchEvent(new Event("end"));
    }
    say(transcript) {
      this.dispatchEvent(Object.assign(new Event("result"),
        { results: [Object.assign([{ transcript }], { isFinal: true })] }));
      this.stop();
    }
    fail() {
      this.dispatchEvent(new Event("error"));
      this.stop();
    }
  };
}"""


PRINTS = "if (top !== self) self.print = () => { top.printed = document.body.innerText }"


def written(citizen: CitizenPage) -> list[str]:
    events = citizen.stored() if citizen.session["conversationId"] else []
    return [event["text"] for event in events if event["actor"] == "citizen" and event["text"]]


# --- numbers that nobody needs


@pytest.mark.parametrize(
    ("button", "sent"),
    [
        ("Skicka utan numret", "Jag är [nummer borttaget]. När töms soporna?"),
        ("Skicka som det står", "Jag är [personnummer]. När töms soporna?"),
    ],
)
def test_a_personal_number_is_held_back_until_the_citizen_says_what_to_do(
    citizen_page: CitizenPage, button: str, sent: str
) -> None:
    citizen_page.open_chat().write(f"Jag är {NUMBER}. När töms soporna?")
    held = citizen_page.panel.get_by_role("region", name="Det ser ut som att du har skrivit")
    expect(held.get_by_role("heading")).to_be_focused()
    assert written(citizen_page) == []
    held.get_by_role("button", name=button).click()
    expect(held).to_have_count(0)
    citizen_page.reply(1)
    assert written(citizen_page) == [sent]
    expect(citizen_page.composer).to_have_value("")


def test_a_text_that_was_held_back_can_be_changed(citizen_page: CitizenPage) -> None:
    citizen_page.open_chat().write(f"Ring mig på {PHONE}")
    held = citizen_page.panel.get_by_role("region", name="telefonnummer")
    held.get_by_role("button", name="Ändra texten").click()
    expect(held).to_have_count(0)
    expect(citizen_page.composer).to_be_focused()
    expect(citizen_page.composer).to_have_value(f"Ring mig på {PHONE}")
    citizen_page.write("När töms soporna?")
    citizen_page.reply(1)
    assert written(citizen_page) == ["När töms soporna?"]


def test_what_was_hidden_is_told_under_the_message(citizen_page: CitizenPage) -> None:
    citizen_page.open_chat().write(f"Jag är {NUMBER}. När töms soporna?")
    citizen_page.panel.get_by_role("button", name="Skicka som det står").click()
    told = citizen_page.panel.get_by_text("Dolt innan det sparades: personnummer.")
    expect(told).to_be_visible(timeout=PATIENCE_MS)


def test_a_telephone_number_is_given_to_a_person_as_a_call_and_in_no_other_way(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    citizen, desk = talk
    citizen.write(f"Ring mig om taket, {PHONE}")
    citizen.panel.get_by_role("button", name="Bli uppringd på numret").click()
    number = citizen.panel.get_by_role("textbox", name="Telefonnummer")
    expect(number).to_be_focused()
    expect(number).to_have_value(PHONE)
    citizen.panel.get_by_role("button", name="Ring mig").click()
    expect(desk.log).to_contain_text("Vi ringer dig senast", timeout=PATIENCE_MS)
    citizen.write(f"Jag nås alltså på {PHONE}")
    citizen.panel.get_by_role("button", name="Skicka som det står").click()
    expect(desk.log).to_contain_text("Jag nås alltså på [telefonnummer]")
    expect(desk.log).not_to_contain_text(PHONE)


# --- a copy of the talk


def test_the_talk_is_saved_as_a_file_with_answers_and_sources(citizen_page: CitizenPage) -> None:
    citizen_page.open_chat().ask(QUESTION)
    source = citizen_page.answers.nth(1).locator(".source a").get_attribute("href")
    citizen_page.panel.get_by_role("button", name="Meny").click()
    with citizen_page.page.expect_download() as saved:
        citizen_page.panel.get_by_role("button", name="Spara samtalet").click()
    assert re.fullmatch(r"samtal-\d{4}-\d\d-\d\d\.txt", saved.value.suggested_filename)
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert text.startswith("Samtal med Skärvinge kommun\nSparat ")
    assert f"\nSamtalets nummer: {citizen_page.session['conversationId']}\n" in text
    assert QUESTION in text
    assert str(source) in text


def test_the_talk_alone_is_printed(citizen_page: CitizenPage) -> None:
    page = citizen_page.page
    page.add_init_script(PRINTS)
    citizen_page.open_chat().ask(QUESTION)
    citizen_page.panel.get_by_role("button", name="Meny").click()
    citizen_page.panel.get_by_role("button", name="Skriv ut samtalet").click()
    page.wait_for_function("() => globalThis.printed")
    printed = page.evaluate("() => globalThis.printed")
    assert printed.startswith("Samtal med Skärvinge kommun")
    assert f"Samtalets nummer: {citizen_page.session['conversationId']}" in printed
    assert QUESTION in printed


# --- leaving in a hurry


def test_the_quick_way_out_ends_the_talk_leaves_nothing_and_has_no_way_back(
    citizen_page: CitizenPage,
) -> None:
    citizen_page.visit()
    page, elsewhere = citizen_page.page, f"{citizen_page.system.url}/demo/trafik-resor/"
    leads_to = "(chat, url) => chat.setAttribute('leave-to', url)"
    page.locator("kommun-chat").evaluate(leads_to, elsewhere)
    before = page.evaluate("() => history.length")
    citizen_page.launcher.click()
    way_out = citizen_page.panel.get_by_role("button", name="Lämna sidan snabbt")
    expect(way_out).to_have_count(0)
    citizen_page.ask("min man slår mig")
    key = citizen_page.session
    way_out.click()
    page.wait_for_url(elsewhere)
    assert page.evaluate("() => [sessionStorage.length, history.length]") == [0, before]
    assert status(citizen_page, key)["state"] == "closed"


def status(citizen: CitizenPage, session: Json) -> Json:
    url = f"{citizen.system.url}/api/conversations/{session['conversationId']}/events"
    token = {"Authorization": f"Bearer {session['secret']}"}
    found: Json = httpx.get(url, headers=token, timeout=20).raise_for_status().json()["status"]
    return found


# --- deleting the talk


def ask_to_erase(citizen: CitizenPage) -> Locator:
    """Choose it in the menu, and return what has to be confirmed."""
    citizen.panel.get_by_role("button", name="Meny").click()
    citizen.panel.get_by_role("button", name="Radera samtalet").click()
    question = citizen.panel.get_by_role("group", name="Radera samtalet?")
    expect(question.get_by_role("button", name="Ja, radera")).to_be_focused()
    expect(question).to_contain_text("Det går inte att ångra.")
    return question


def test_a_talk_with_the_bot_is_deleted_and_another_one_begins(citizen_page: CitizenPage) -> None:
    citizen_page.open_chat()
    citizen_page.panel.get_by_role("button", name="Meny").click()
    expect(citizen_page.panel.get_by_role("button", name="Börja om")).to_be_visible()
    expect(citizen_page.panel.get_by_role("button", name="Radera samtalet")).to_have_count(0)
    citizen_page.panel.get_by_role("button", name="Meny").click()
    citizen_page.ask(QUESTION)
    key = citizen_page.session
    ask_to_erase(citizen_page).get_by_role("button", name="Avbryt").click()
    assert status(citizen_page, key)["state"] == "bot"
    ask_to_erase(citizen_page).get_by_role("button", name="Ja, radera").click()
    expect(citizen_page.panel.get_by_text("Samtalet är raderat.")).to_be_visible()
    expect(citizen_page.composer).to_be_focused()
    expect(citizen_page.messages).to_have_count(1)  # the welcome
    assert not is_there(citizen_page, key)
    citizen_page.reload()
    citizen_page.ask("När töms soporna?")
    expect(citizen_page.panel.get_by_text("Samtalet är raderat.")).to_have_count(0)
    assert citizen_page.session["conversationId"] != key["conversationId"]


def test_a_deleted_talk_is_gone_in_another_tab_too(
    citizen_page: CitizenPage, another_citizen_page: CitizenPage
) -> None:
    citizen_page.open_chat().ask(QUESTION)
    other, same = another_citizen_page, json.dumps(citizen_page.session)
    place = f"kommunbot:{citizen_page.system.url}/"
    other.page.add_init_script(f"sessionStorage.setItem({place!r}, {json.dumps(same)})")
    other.page.goto(f"{citizen_page.system.url}/demo/")
    citizen_page.watch.expect("status of 404")
    expect(other.log).to_contain_text(QUESTION)
    ask_to_erase(citizen_page).get_by_role("button", name="Ja, radera").click()
    expect(other.panel.get_by_text("Det gamla samtalet finns inte kvar.")).to_be_visible()
    expect(other.messages).to_have_count(1)  # the welcome


def test_a_refusal_says_why_and_the_talk_stays(citizen_page: CitizenPage) -> None:
    citizen_page.open_chat().ask(QUESTION)
    key = citizen_page.session
    url = f"{citizen_page.system.url}/api/conversations/{key['conversationId']}/errands"
    errand = {"errand_id": str(uuid4()), "kind": "errand", "contact": "kim@example.se"}
    token = {"Authorization": f"Bearer {key['secret']}"}
    httpx.post(url, json=errand, headers=token, timeout=20).raise_for_status()
    citizen_page.watch.expect("status of 409")
    ask_to_erase(citizen_page).get_by_role("button", name="Ja, radera").click()
    expect(citizen_page.alert).to_contain_text("har det blivit ett ärende")
    expect(citizen_page.log).to_contain_text(QUESTION)
    assert is_there(citizen_page, key)


def test_a_talk_that_a_person_has_had_has_no_such_button(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    citizen, desk = talk
    desk.close()
    expect(citizen.panel.get_by_text("Samtalet är avslutat")).to_be_visible()
    citizen.panel.get_by_role("button", name="Meny").click()
    expect(citizen.panel.get_by_role("button", name="Spara samtalet")).to_be_visible()
    expect(citizen.panel.get_by_role("button", name="Radera samtalet")).to_have_count(0)


def is_there(citizen: CitizenPage, session: Json) -> bool:
    url = f"{citizen.system.url}/api/conversations/{session['conversationId']}/events"
    token = {"Authorization": f"Bearer {session['secret']}"}
    return httpx.get(url, headers=token, timeout=20).status_code == 200


# --- the citizen's say


def test_when_a_talk_has_ended_it_is_asked_once_how_it_was(
    talk: tuple[CitizenPage, DeskPage],
) -> None:
    citizen, desk = talk
    desk.write("Det löser vi.")
    desk.close()
    citizen.panel.get_by_role("button", name="Berätta hur det gick").click()
    form = citizen.panel.get_by_role("form", name="Hur gick det?")
    expect(form.get_by_role("heading")).to_be_focused()
    form.get_by_role("button", name="Skicka svaren").click()
    expect(form.get_by_role("alert")).to_contain_text("Välj minst ett svar")
    easy = form.get_by_role("group", name="Hur enkelt var det att få hjälp?")
    easy.get_by_role("radio", name="Ganska enkelt").check()
    form.get_by_label("Hur kunde vi ha gjort det enklare?").fill("Kortare kö.")
    with citizen.page.expect_response("**/survey") as told:
        form.get_by_role("button", name="Skicka svaren").click()
    assert told.value.status == 204
    expect(form).to_have_count(0)
    expect(citizen.composer).to_be_focused()
    citizen.reload()
    expect(citizen.panel.get_by_text("Samtalet är avslutat")).to_be_visible()
    expect(citizen.panel.get_by_role("button", name="Berätta hur det gick")).to_have_count(0)
    assert said_of(citizen) == [(4, None, "Kortare kö.")]


def said_of(citizen: CitizenPage) -> list[tuple[int | None, int | None, str | None]]:
    engine = create_engine(f"sqlite:///{citizen.system.var_dir / 'kommunbot.db'}")
    of_this = {"id": citizen.session["conversationId"].replace("-", "")}
    query = text("SELECT ease, reach, comment FROM survey WHERE conversation_id = :id")
    with engine.connect() as connection:
        return [(row.ease, row.reach, row.comment) for row in connection.execute(query, of_this)]


def test_nobody_has_to_say_how_it_was(citizen_page: CitizenPage) -> None:
    citizen_page.open_chat().ask(QUESTION)
    citizen_page.panel.get_by_role("button", name="Meny").click()
    citizen_page.panel.get_by_role("button", name="Avsluta samtalet").click()
    offer = citizen_page.panel.get_by_role("button", name="Berätta hur det gick")
    offer.click()
    form = citizen_page.panel.get_by_role("form", name="Hur gick det?")
    form.get_by_role("button", name="Hoppa över").click()
    expect(form.or_(offer)).to_have_count(0)
    assert said_of(citizen_page) == []


# --- reports, other hits, and speaking


def test_a_fault_is_reported_in_the_chat_with_its_place(citizen_page: CitizenPage) -> None:
    page = citizen_page.page
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 57.12345, "longitude": 16.5})
    citizen_page.open_chat().ask(HOLE)
    citizen_page.answers.nth(1).get_by_role("button", name="Anmäl felet här").click()
    card = citizen_page.card
    place = card.get_by_label("Var är felet?")
    expect(place).to_be_focused()
    expect(card.get_by_role("link", name="Vill du skicka en bild?")).to_be_visible()
    card.get_by_role("button", name="Skicka anmälan").click()
    expect(card.get_by_role("alert").locator("p")).to_have_text("Skriv var felet är.")
    card.get_by_role("button", name="Använd min plats").click()
    expect(place).to_have_value("Min plats: 57.12345, 16.50000")
    card.get_by_label("Vad är fel?").fill("Ett stort hål i cykelvägen.")
    card.get_by_label("E-post eller telefonnummer").fill("kim@example.se")
    card.get_by_role("button", name="Skicka anmälan").click()
    expect(citizen_page.promises).to_contain_text(re.compile(r"SK-[0-9A-Z]{6}"))
    errands = citizen_page.system.agent("anna").get("/api/desk/errands").json()["errands"]
    [mine] = [one for one in errands if one["question"].endswith("Ett stort hål i cykelvägen.")]
    assert mine["question"].startswith("Var är felet? Min plats: 57.12345, 16.50000")


def test_under_an_answer_the_other_hits_are_folded_away(citizen_page: CitizenPage) -> None:
    answer = citizen_page.open_chat().ask(QUESTION)
    more = answer.get_by_role("group").filter(has_text="Visa fler träffar")
    expect(more.get_by_role("link")).to_have_count(0)
    more.locator("summary").press("Enter")
    expect(more.get_by_role("link").first).to_be_visible()
    found = more.get_by_role("link").evaluate_all("links => links.map(link => link.href)")
    source = answer.locator(".source a").get_attribute("href")
    assert 1 <= len(found) <= 4 and len(set(found)) == len(found) and source not in found


def test_a_question_may_be_spoken_once_the_citizen_knows_who_listens(
    citizen_page: CitizenPage,
) -> None:
    page = citizen_page.page
    page.add_init_script(f"({HEARS})()")
    citizen_page.open_chat()
    panel = citizen_page.panel
    panel.get_by_role("button", name="Tala in din fråga").click()
    expect(panel.get_by_text("Ljudet kan skickas till företaget bakom webbläsaren")).to_be_visible()
    assert page.evaluate("() => globalThis.listening === undefined")
    panel.get_by_role("button", name="Börja tala").click()
    expect(panel.get_by_text("Lyssnar. Tala nu.")).to_be_visible()
    page.evaluate("() => listening.say('Vad kostar förskolan?')")
    expect(citizen_page.composer).to_have_value(QUESTION)
    expect(citizen_page.composer).to_be_focused()
    assert written(citizen_page) == []
    panel.get_by_role("button", name="Tala in din fråga").click()
    page.evaluate("() => listening.fail()")
    expect(panel.get_by_text("Jag kunde inte höra dig.")).to_be_visible()
    citizen_page.composer.press("Enter")
    expect(citizen_page.reply(1)).to_be_visible(timeout=PATIENCE_MS)
