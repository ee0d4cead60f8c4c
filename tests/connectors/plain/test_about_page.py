"""The assistant tells what it is, from what runs and what is decided, on a page and as JSON."""

import io
import json
import shutil
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.about.measured import load_measured
from bot.about.repository import load_own
from bot.answering.policy import AnswerPolicy
from bot.language.readability import readability
from bot.masking.model import Kind
from bot.retrieval.store import build
from bot.texts import LANGUAGES, WARNED
from tests.connectors.plain.conftest import Reader, Shown
from tests.support.content import DOCUMENTS
from tests.support.encoder import LetterEncoder
from tests.support.gateway import ROOT, Gateway, running_gateway, settings_for
from tests.support.thinker import VERSIONS

ADDRESS = "/om-assistenten"
DECISION = """\
beslut:
  nummer: KS 2026/0412
  datum: 2026-09-14
  namnd: Kommunstyrelsen
  kommun: Skärvinge kommun
dagar:
  chatt_med_bot: 31
  ovning: 7
"""
CONNECTION = """\
kopplingar:
  - {id: arendesystem, typ: epost, till: a@b.se, fran: a@b.se, server: b, handelser: [errand.done],
     text: true}
  - {id: utan-text, typ: epost, till: a@b.se, fran: a@b.se, server: b, handelser: [errand.done]}
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("site", "nlu", "faq"))
    (folder / "gallring.yml").unlink(missing_ok=True)
    return folder


@pytest.fixture
def models_dir(tmp_path: Path) -> Path:
    """A search index and a model of Rasa's, as they lie on disk."""
    folder = tmp_path / "models"
    build(DOCUMENTS, LetterEncoder(), folder / "index", VERSIONS.index or "")
    (folder / "rasa").mkdir()
    told = json.dumps({"model_id": "0123456789abcdef", "rasa_open_source_version": "3.6.21"})
    with tarfile.open(folder / "rasa" / "rasa.tar.gz", "w:gz") as packed:
        entry = tarfile.TarInfo("metadata.json")
        entry.size = len(told)
        packed.addfile(entry, io.BytesIO(told.encode()))
    return folder


@pytest.fixture
async def gateway(
    prepared_sqlite_url: str, tmp_path: Path, data_dir: Path, models_dir: Path
) -> AsyncIterator[Gateway]:
    settings = settings_for(prepared_sqlite_url, tmp_path, data_dir=data_dir, models_dir=models_dir)
    async with running_gateway(settings) as running:
        yield running


async def told(gateway: Gateway) -> dict[str, Any]:
    response = await gateway.http.get("/api/about")
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "public, max-age=300"
    found: dict[str, Any] = response.json()
    return found


def paragraphs(page: Shown) -> list[str]:
    """Return every paragraph and line of a list that is written for citizens to read."""
    found = page.html.xpath("//main//p | //main//li")
    return [" ".join(one.text_content().split()) for one in found]


async def test_the_page_tells_what_the_municipality_says_and_what_runs(
    reader: Reader, data_dir: Path
) -> None:
    page = await reader.open(ADDRESS)
    own, policy = load_own(data_dir), AnswerPolicy.load(data_dir)
    for word in (
        *(own.purpose, own.legal_basis, own.controller, own.officer, own.contact, own.decider),
        own.hosting,
        "2 november 2026",
        f"minst {100 * policy.low.answer_at:.0f} procent",
        f"gränsen {100 * policy.high.answer_at:.0f} procent",
        "scripted",
        "Rasa NLU, version 0123456789ab (Rasa 3.6.21). Licens: Apache-2.0.",
        "Licens: CC BY-SA 4.0.",
        f"version {VERSIONS.index}",
        "svenska, lätt svenska, engelska",
        "112",
        "031-390 06 00",
    ):
        assert word in page.words, word
    for address in ("https://www.imy.se/", "https://www.jo.se/", "fraga", "api/about"):
        assert page.html.xpath(f"//main//a[@href='{address}']"), address


async def test_every_plain_page_leads_to_it(reader: Reader) -> None:
    for address in ("/fraga", "/tillganglighet"):
        assert (await reader.open(address)).html.xpath("//a[@href='om-assistenten']")


async def test_registers_of_ai_systems_get_the_same(gateway: Gateway, data_dir: Path) -> None:
    found = await told(gateway)
    assert found["own"] == load_own(data_dir).model_dump(mode="json")
    assert found["decides_about_people"] is found["generates_text"] is False
    assert [one["code"] for one in found["languages"]] == [*LANGUAGES, *WARNED]
    assert [one["role"] for one in found["models"]] == ["meaning", "swedish", "routing"]
    assert found["content"]["entries"] == sum(one.kind == "entry" for one in DOCUMENTS)
    assert found["masked"] == list(Kind)
    assert found["quality"] == load_measured(data_dir).model_dump(mode="json")
    assert found["told_others"] == []


async def test_figures_of_other_models_are_told_to_be_old(
    reader: Reader, gateway: Gateway, data_dir: Path
) -> None:
    assert (await told(gateway))["quality_is_current"] is False
    assert "Siffrorna gäller den förra versionen" in (await reader.open(ADDRESS)).words
    file = data_dir / "quality" / "matt.json"
    figures = json.loads(file.read_text(encoding="utf-8"))
    now = {"encoder": VERSIONS.encoder, "confidence": VERSIONS.policy}
    file.write_text(json.dumps(figures | now), encoding="utf-8")
    assert (await told(gateway))["quality_is_current"] is True
    page = await reader.open(ADDRESS)
    assert "förra versionen" not in page.words
    right = 100 * figures["share_right"]
    assert f"Av 100 svar som den gav var {right:.0f} rätt." in page.words


async def test_an_index_that_does_not_answer_is_not_told_of(
    reader: Reader, gateway: Gateway
) -> None:
    build(DOCUMENTS[:2], LetterEncoder(), gateway.settings.index_dir, "another")
    assert (await told(gateway))["content"] is None
    assert "Sökningen är inte i gång just nu" in (await reader.open(ADDRESS)).words


async def test_nothing_is_said_to_be_deleted_without_a_decision(
    reader: Reader, gateway: Gateway, data_dir: Path
) -> None:
    file = data_dir / "gallring.yml"
    usable = {
        "none": None,
        "no decision": "dagar:" + DECISION.partition("dagar:")[2],
        "no board": DECISION.replace("  namnd: Kommunstyrelsen\n", ""),
        "another municipality's": DECISION.replace("Skärvinge", "Annanby"),
        "not yet": DECISION.replace("2026-09-14", "2999-09-14"),
        "no YAML": "beslut: [",
        "a day that no calendar has": DECISION.replace("09-14", "13-14"),
        "a list": "- 1\n",
    }
    for name, text in usable.items():
        if text is not None:
            file.write_text(text, encoding="utf-8")
        assert (await told(gateway))["keeping"] == {"decision": None, "days": {}}, name
        assert "Inget raderas av sig självt" in (await reader.open(ADDRESS)).words, name


async def test_a_decision_is_told_with_its_days(reader: Reader, data_dir: Path) -> None:
    (data_dir / "gallring.yml").write_text(DECISION, encoding="utf-8")
    words = (await reader.open(ADDRESS)).words
    assert "Samtal med bara assistenten: 31 dagar." in words
    assert "7 dagar." in words
    assert "Kommunstyrelsen bestämde det den 14 september 2026 (beslut KS 2026/0412)." in words
    assert "Inget raderas av sig självt" not in words
    assert "kan du radera själv i chattens meny" in words


async def test_a_broken_file_takes_away_its_own_part_and_is_logged(
    prepared_sqlite_url: str, tmp_path: Path, data_dir: Path
) -> None:
    for name in ("om-assistenten.yml", "quality/matt.json", "gallring.yml"):
        (data_dir / name).write_bytes(b"\xff: [")
    broken = tmp_path / "broken"
    (broken / "rasa").mkdir(parents=True)
    (broken / "rasa" / "rasa.tar.gz").write_bytes(b"no archive")
    settings = settings_for(prepared_sqlite_url, tmp_path, data_dir=data_dir, models_dir=broken)
    with capture_logs() as logged:
        async with running_gateway(settings) as gateway:
            page = await Reader(gateway.http).open(ADDRESS)
            found = await told(gateway)
    assert found["own"] is found["content"] is found["quality"] is None
    assert [one["role"] for one in found["models"]] == ["meaning", "swedish"]
    for word in ("går inte att visa just nu", "inga aktuella siffror", "Hör av dig till kommunen"):
        assert word in page.words, word
    events = {one["event"] for one in logged}
    assert events >= {"about_unusable", "measured_unusable", "retention_unusable", "index_untold"}


async def test_who_gets_what_is_written_is_named(
    prepared_sqlite_url: str, tmp_path: Path, data_dir: Path
) -> None:
    (data_dir / "kopplingar.yml").write_text(CONNECTION, encoding="utf-8")
    settings = settings_for(prepared_sqlite_url, tmp_path, data_dir=data_dir)
    async with running_gateway(settings) as gateway:
        assert (await told(gateway))["told_others"] == ["arendesystem"]
        page = await Reader(gateway.http).open(ADDRESS)
    assert "skickas också till kommunens system arendesystem." in page.words


@pytest.mark.parametrize("decided", [True, False])
async def test_it_is_easy_to_read(reader: Reader, data_dir: Path, decided: bool) -> None:
    if decided:
        (data_dir / "gallring.yml").write_text(DECISION, encoding="utf-8")
    told = readability("\n".join(paragraphs(await reader.open(ADDRESS))))
    assert told.lix <= 40
    assert told.longest_words <= 22, told.longest
