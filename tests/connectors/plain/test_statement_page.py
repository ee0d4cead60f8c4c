"""The accessibility statement tells what the law asks for, and takes a message."""

from dataclasses import replace
from pathlib import Path

from bot.accessibility.repository import FILE, LiveStatement, load_statement
from tests.connectors.plain.conftest import Reader
from tests.support.clients import AgentClient
from tests.support.gateway import ROOT, Gateway

SEND = "Skicka meddelandet"


async def test_it_tells_what_the_law_asks_for(reader: Reader) -> None:
    page = await reader.open("/tillganglighet")
    statement = load_statement(ROOT / "data")
    for told in (
        "Skärvinge kommun",
        statement.service,
        "uppfyller lagens krav delvis",
        *(one.title for one in statement.shortcomings),
        *(one.why for one in statement.shortcomings),
        *statement.tested,
        "Vi bedömde själva tjänsten",
        "031-390 06 00",
    ):
        assert told in page.words
    assert page.html.xpath("//a[@href='https://www.digg.se/tdosanmalan']")
    assert (await reader.open("/fraga")).html.xpath("//a[@href='tillganglighet']")


async def test_a_message_becomes_an_errand_about_accessibility(
    reader: Reader, anna: AgentClient
) -> None:
    start = await reader.open("/tillganglighet")
    refused = await reader.send("/tillganglighet", start.fields(SEND, fraga="För liten text"), 422)
    assert "svara dig" in refused.told_beside("kontakt")
    assert refused.value("fraga") == "För liten text"
    filled = refused.fields(SEND, kontakt="a@b.se")
    thanked = [await reader.send("/tillganglighet", filled) for _ in range(2)][-1]
    (errand,) = (await anna.http.get("/api/desk/errands")).json()["errands"]
    assert thanked.html.xpath("//p[@class='reference']/strong/text()") == [errand["reference"]]
    assert errand["errand_type"] == "tillganglighet"
    assert (errand["question"], errand["contact"]) == ("För liten text", "a@b.se")


async def test_without_a_statement_there_is_still_a_way_to_tell(
    reader: Reader, gateway: Gateway, tmp_path: Path
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    plain = gateway.app.state.plain
    gateway.app.state.plain = replace(plain, statement=LiveStatement(folder))
    page = await reader.open("/tillganglighet")
    assert "går inte att visa just nu" in page.words
    assert page.fields(SEND)
    (folder / FILE).write_bytes((ROOT / "data" / FILE).read_bytes())
    assert "Det här brister" in (await reader.open("/tillganglighet")).words
