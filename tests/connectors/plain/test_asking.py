"""The page of plain forms does what the chat does, and loses nothing that was written."""

from datetime import date

import pytest
from sqlalchemy import select

from bot.answering.model import (
    Context,
    Decision,
    Link,
    NoticeView,
    Outcome,
    Source,
)
from connectors.storage.tables import ConversationRow
from tests.connectors.plain.conftest import Reader
from tests.support.clients import AgentClient
from tests.support.gateway import Gateway

ASK, LEAVE = "Fråga AI-assistenten", "Lämna frågan till en människa"
PHONE = "070-123 45 67"


async def test_it_says_that_it_is_a_machine_before_anything_can_be_written(reader: Reader) -> None:
    page = await reader.open("/fraga")
    before, _, _ = page.response.text.partition("<textarea")
    assert "AI-assistent, ingen människa" in before
    assert "personnummer" in page.told_beside("fraga")
    assert page.html.get("lang") == "sv"
    assert page.html.xpath("//a[@href='tel:0313900600']")
    assert page.html.xpath("//a[@href='mailto:kontaktcenter@skarvinge.example']")
    for field in page.html.xpath("//textarea | //input[not(@type='hidden')]"):
        assert page.html.xpath(f"//label[@for='{field.get('id')}']") or field.iterancestors("label")


async def test_what_stands_in_the_address_is_not_read(reader: Reader) -> None:
    page = await reader.open("/fraga?fraga=altan&gor=fraga")
    assert "altan" not in page.response.text


async def test_a_question_is_answered_with_everything_that_belongs_to_it(
    reader: Reader, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = Decision(
        outcome=Outcome.ANSWER,
        text="**Ja.** Se [sidan](https://a.example/x).\n\n| Barn | Avgift |\n|-|-|\n| 1 | 3 % |",
        question="Behöver jag lov för en altan?",
        steps=("Mät altanen.", "Sök lov."),
        links=(Link(title="Sök bygglov", url="https://e.example/lov", kind="e-tjanst"),),
        notices=(NoticeView(text="Stängt på fredag."),),
        sources=(
            Source(
                title="Altan", url="https://a.example/", reviewed=date(2026, 11, 10), kind="entry"
            ),
        ),
        confidence=0.6,
    )

    def reply(question: str, context: Context | None = None) -> Decision:
        return decision

    monkeypatch.setattr(gateway.thinker, "reply", reply)
    start = await reader.open("/fraga")
    page = await reader.send("/fraga", start.fields(ASK, fraga="får jag bygga altan?"))
    (answer,) = page.html.xpath("//section[@class='answer']")
    assert answer.xpath("./h2/text()") == ["Behöver jag lov för en altan?"]
    assert answer.xpath(".//p/strong/text()") == ["Just nu:", "Ja."]
    assert answer.xpath(".//ol/li/p/text()") == ["Mät altanen.", "Sök lov."]
    assert answer.xpath(".//th[@scope='col']/text()") == ["Barn", "Avgift"]
    assert answer.xpath(".//a/@href") == [
        "https://a.example/x",
        "https://e.example/lov",
        "https://a.example/",
    ]
    for told in ("får jag bygga altan?", "inte helt säker", "granskad 10 november 2026"):
        assert told in page.words
    assert page.value("fraga") == "får jag bygga altan?"


async def test_what_is_dangerous_comes_with_a_number_to_press_first(reader: Reader) -> None:
    page = await reader.send("/fraga", {"gor": "fraga", "fraga": "det brinner"})
    (answer,) = page.html.xpath("//section[@class='answer']")
    assert answer.xpath(".//a/@href")[0] == "tel:112"
    before, _, _ = page.response.text.partition("Ring 112.")
    assert 'href="tel:112"' in before


async def test_a_choice_is_a_button_that_answers(reader: Reader) -> None:
    page = await reader.send("/fraga", {"gor": "fraga", "fraga": "oklart", "kontakt": PHONE})
    chosen = await reader.send("/fraga", page.fields("Bygglov för tak"))
    assert "Svar om bygglov-tak." in chosen.words
    assert (chosen.value("fraga"), chosen.value("kontakt")) == ("oklart", PHONE)


@pytest.mark.parametrize("text", ["jag vill tala med en människa", "trasig"])
async def test_what_needs_a_person_is_shown_the_way_to_one(reader: Reader, text: str) -> None:
    page = await reader.send("/fraga", {"gor": "fraga", "fraga": text})
    assert "Lämna frågan här nedanför" in page.words
    assert page.fields(LEAVE)["fraga"] == text


async def test_an_errand_is_left_once_however_often_it_is_sent(
    reader: Reader, anna: AgentClient, gateway: Gateway
) -> None:
    start = await reader.open("/fraga")
    filled = start.fields(LEAVE, fraga="När kommer sotaren?", kontakt=f" {PHONE} ", satt="callback")
    first, again = [await reader.send("/fraga", filled) for _ in range(2)]
    (reference,) = first.html.xpath("//p[@class='reference']/strong/text()")
    assert again.html.xpath("//p[@class='reference']/strong/text()") == [reference]
    assert "Vi ringer dig senast" in first.words
    (errand,) = (await anna.http.get("/api/desk/errands")).json()["errands"]
    assert (errand["reference"], errand["kind"]) == (reference, "callback")
    assert (errand["question"], errand["contact"]) == ("När kommer sotaren?", PHONE)
    async with gateway.app.state.conversations.database.read() as session:
        (conversation,) = (await session.scalars(select(ConversationRow))).all()
    assert (str(conversation.id), conversation.state) == (errand["conversation_id"], "closed")


@pytest.mark.parametrize(
    ("button", "written", "field", "told"),
    [
        (ASK, {"fraga": "  ", "kontakt": "a@b.se"}, "fraga", "Skriv vad du vill ha hjälp med."),
        (ASK, {"fraga": "x" * 2001, "kontakt": ""}, "fraga", "2001 tecken"),
        (LEAVE, {"fraga": "Hej", "kontakt": "ring mig"}, "kontakt", "Skriv en e-postadress eller"),
        (
            LEAVE,
            {"fraga": "Hej", "kontakt": "a@b.se", "satt": "callback"},
            "kontakt",
            "Skriv ett telefonnummer",
        ),
        (LEAVE, {"fraga": "", "kontakt": PHONE}, "fraga", "Skriv vad du vill ha hjälp med."),
    ],
)
async def test_a_fault_is_told_beside_its_field_and_nothing_is_lost(
    reader: Reader, button: str, written: dict[str, str], field: str, told: str
) -> None:
    start = await reader.open("/fraga")
    page = await reader.send("/fraga", start.fields(button, **written), 422)
    assert told in page.told_beside(field)
    assert page.html.xpath("//title/text()")[0].startswith("Fel:")
    assert page.html.xpath("//*[@aria-invalid]/@name") == [field]
    assert {name: page.fields(button)[name].strip() for name in written} == {
        name: value.strip() for name, value in written.items()
    }


async def test_code_in_what_is_written_is_only_text(reader: Reader) -> None:
    hostile = '"></textarea><script>alert(1)</script><img src=x onerror=alert(1)>'
    page = await reader.send("/fraga", {"gor": "arende", "fraga": hostile, "kontakt": hostile}, 422)
    assert page.value("fraga") == hostile
    asked = await reader.send("/fraga", {"gor": "fraga", "fraga": hostile})
    assert not asked.html.xpath("//img | //script")


async def test_far_too_much_is_refused_in_words_on_the_page(reader: Reader) -> None:
    page = await reader.send("/fraga", {"gor": "fraga", "fraga": "å" * 50_000}, 422)
    assert "korta den" in page.told_beside("fraga")
