"""What is masked is stored nowhere, and nothing that people wrote outlives its time."""

import gzip
import secrets
import shutil
import string
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from connectors.now import utc_now
from connectors.retention.model import Category
from connectors.retention.service import Retention
from connectors.retention.tracker import TrackerFile
from connectors.storage.database import Database
from tests.support.clients import ENDING, AgentClient, Citizen, Json
from tests.support.gateway import ROOT
from tests.support.postgres import free_port
from tests.support.scan import places_of
from tests.support.system import System, require_built, running

YEARS = timedelta(days=5 * 365)  # longer than any class is kept
PLACES = (
    *("page", "to-bot", "without-answer", "after-handover", "reply", "note", "survey"),
    *("errand-question", "errand-result", "short", "of-a-deleted-talk"),
)
CONNECTIONS = """\
kopplingar:
  - id: arendesystem
    typ: webhook
    aktiv: true
    adress: http://127.0.0.1:{port}/kommunbot
    hemlighet: KOPPLING
    handelser: [conversation.message, errand.created, errand.done]
    text: true
    nat: [127.0.0.0/8]
    forsok: 20
"""


@pytest.fixture(scope="module")
def own_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A whole system that tells another one everything, which does not listen."""
    require_built()
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "data", folder / "data")
    told = CONNECTIONS.format(port=free_port())
    (folder / "data/kopplingar.yml").write_text(told, encoding="utf-8")
    (folder / "var").mkdir()
    system = System(folder / "var", free_port(), data_dir=folder / "data")
    system.settings |= {"KOPPLING": "x" * 43, "KOMMUNBOT_COMMIT_EDITS": "false"}
    with running(system) as started:
        yield started


PRIVATE = (
    *("811218-9876", "4111 1111 1111 1111", "SE45 5000 0000 0583 9825 7466", "070-174 06 05"),
    *("planta.lund@exempel.se", "Planteringsgatan 17", "Planta Lund"),
)
PRIVATELY = (
    f"Jag heter {PRIVATE[6]}, {PRIVATE[0]}, och bor på {PRIVATE[5]}. Kortet är {PRIVATE[1]} och "
    f"kontot {PRIVATE[2]}. Ring {PRIVATE[3]} eller skriv till {PRIVATE[4]}."
)


async def test_what_is_masked_is_stored_nowhere(own_system: System) -> None:
    async with httpx.AsyncClient(base_url=own_system.url, timeout=60) as http:
        talks = [await say_everywhere(own_system, http), await ask_the_bot(http)]
    shown = await everything_shown(own_system) | await handed_out(own_system, talks)
    words = [*PRIVATE, *(one.replace(" ", "").replace("-", "") for one in PRIVATE[:4])]
    folders = [own_system.var_dir, ROOT / "models/index", own_system.data_dir or ROOT]
    assert places_of(words, folders, shown) == {}
    assert places_of(["[personnummer]"], folders, shown)["[personnummer]"]


async def ask_the_bot(http: httpx.AsyncClient) -> str:
    citizen = await Citizen.start(http)
    await citizen.say(f"{PRIVATELY} När töms soporna?")
    await citizen.until_answered()
    survey = {"ease": 2, "comment": PRIVATELY}
    path = f"/api/conversations/{citizen.id}/survey"
    (await http.post(path, json=survey, headers=citizen.headers)).raise_for_status()
    return citizen.id


async def say_everywhere(system: System, http: httpx.AsyncClient) -> str:
    """Tell a person all of it, and leave it in an errand."""
    citizen = await Citizen.start(http)
    await citizen.move("hand_off")
    await citizen.say(PRIVATELY)
    async with AgentClient.logged_in(system.url, "anna", system.passwords()["anna"]) as anna:
        (await anna.take(citizen.id)).raise_for_status()
        await citizen.say(PRIVATELY)
        (await anna.post(citizen.id, f"Du är alltså {PRIVATE[0]}?")).raise_for_status()
        (await anna.close(citizen.id)).raise_for_status()
    errand = {"errand_id": str(uuid4()), "kind": "errand", "contact": "kim@example.se"}
    path = f"/api/conversations/{citizen.id}/errands"
    body = {**errand, "text": PRIVATELY}
    (await http.post(path, json=body, headers=citizen.headers)).raise_for_status()
    return citizen.id


async def handed_out(system: System, talks: list[str]) -> dict[str, str]:
    """Return the export of these conversations, as the registrar hands it out."""
    async with httpx.AsyncClient(base_url=system.url, timeout=60) as http:
        login = {"username": "rut", "password": system.passwords()["rut"]}
        (await http.post("/api/records/login", json=login)).raise_for_status()
        asked = {"id": str(uuid4()), "reference": "KS 2026/17", "kind": "extract"}
        body = {**asked, "received": "2026-11-20"}
        (await http.post("/api/records/requests", json=body)).raise_for_status()
        request = f"/api/records/requests/{asked['id']}"
        chosen = {"conversation_ids": talks}
        (await http.post(f"{request}/conversations", json=chosen)).raise_for_status()
        for talk in talks:
            (await http.get(f"{request}/conversations/{talk}")).raise_for_status()
        export = (await http.get(f"{request}/export.json")).raise_for_status().text
        ended = {"outcome": "handed_out"}
        (await http.post(f"{request}/close", json=ended)).raise_for_status()
        return {"export": export}


def planted(name: str) -> str:
    """A word that stands nowhere else, in letters only: a number could be masked."""
    return f"planterad-{name}-" + "".join(secrets.choice(string.ascii_lowercase) for _ in range(12))


async def test_planted_words_are_nowhere_when_their_time_has_come(own_system: System) -> None:
    words = {name: planted(name) for name in PLACES}
    await everybody_talks(own_system, words)
    before = places_of(words.values(), [own_system.var_dir], {})
    assert set(before) == set(words.values()) - {words["of-a-deleted-talk"]}
    assert any("rasa.db" in place for place in before[words["to-bot"]])
    assert not any("log" in place for places in before.values() for place in places)
    await run_retention(own_system)
    shown = await everything_shown(own_system)
    folders = [own_system.var_dir, ROOT / "models/index", own_system.data_dir or ROOT]
    assert places_of(words.values(), folders, shown) == {}
    own_system.stop()
    assert places_of(words.values(), folders, {}) == {}


async def everybody_talks(system: System, words: dict[str, str]) -> None:
    async with httpx.AsyncClient(base_url=system.url, timeout=60) as http:
        await talk_with_the_bot(http, words)
        await delete_a_talk(http, words["of-a-deleted-talk"])
        await leave_an_errand_after_a_talk_with_anna(system, http, words)
        await look_at_gaps(system, words["without-answer"])


async def talk_with_the_bot(http: httpx.AsyncClient, words: dict[str, str]) -> None:
    citizen = Citizen(http)
    body = {
        "client_id": citizen.client_id,
        "secret": citizen.secret,
        "page": f"https://skarvinge.example/{words['page']}",
    }
    citizen.id = (await http.post("/api/conversations", json=body)).json()["conversation_id"]
    for said in (
        f"Behöver jag bygglov för en altan? {words['to-bot']}",
        words["short"],
        f"xyzzy qwerty {words['without-answer']}",
    ):
        await citizen.say(said)
        await citizen.until_answered()
    survey = {"ease": 2, "comment": words["survey"]}
    path = f"/api/conversations/{citizen.id}/survey"
    (await http.post(path, json=survey, headers=citizen.headers)).raise_for_status()


async def delete_a_talk(http: httpx.AsyncClient, word: str) -> None:
    citizen = await Citizen.start(http)
    await citizen.say(f"När töms soporna? {word}")
    await citizen.until_answered()
    path = f"/api/conversations/{citizen.id}"
    (await http.delete(path, headers=citizen.headers)).raise_for_status()


async def leave_an_errand_after_a_talk_with_anna(
    system: System, http: httpx.AsyncClient, words: dict[str, str]
) -> None:
    citizen = await Citizen.start(http)
    await citizen.move("hand_off")
    await citizen.say(words["after-handover"])
    async with AgentClient.logged_in(system.url, "anna", system.passwords()["anna"]) as anna:
        (await anna.take(citizen.id)).raise_for_status()
        (await anna.post(citizen.id, words["reply"])).raise_for_status()
        path = f"/api/desk/conversations/{citizen.id}"
        note = {"note_id": str(uuid4()), "kind": "note", "text": words["note"]}
        (await anna.http.post(f"{path}/notes", json=note)).raise_for_status()
        (await anna.close(citizen.id)).raise_for_status()
        errand = {"errand_id": str(uuid4()), "kind": "errand", "contact": "kim@example.se"}
        errand["text"] = words["errand-question"]
        (
            await http.post(
                f"/api/conversations/{citizen.id}/errands", json=errand, headers=citizen.headers
            )
        ).raise_for_status()
        done = {"resolution": ENDING["resolution"], "result": words["errand-result"]}
        place = f"/api/desk/errands/{errand['errand_id']}/finish"
        (await anna.http.post(place, json=done)).raise_for_status()


async def look_at_gaps(system: System, word: str) -> None:
    """Put together what was asked in vain, as an editor does: that must leave nothing either."""
    gaps = await gaps_of(system)
    assert word in str(gaps)


async def gaps_of(system: System) -> Json:
    async with httpx.AsyncClient(base_url=system.url, timeout=60) as http:
        login = {"username": "ellen", "password": system.passwords()["ellen"]}
        (await http.post("/api/editor/login", json=login)).raise_for_status()
        found: Json = (await http.get("/api/editor/gaps")).raise_for_status().json()
        return found


async def run_retention(system: System) -> None:
    """Delete what will be due in some years, beside the running gateway and Rasa."""
    database = Database(f"sqlite+aiosqlite:///{system.var_dir}/kommunbot.db")
    tracker = TrackerFile(system.var_dir / "rasa.db")
    data_dir = system.data_dir
    assert data_dir is not None
    retention = Retention(database, tracker, data_dir, lambda: utc_now() + YEARS)
    done = await retention.dispose()
    await database.close()
    assert done is not None
    assert {one.category for one in done if one} >= {Category.BOT, Category.ERRAND}


async def everything_shown(system: System) -> dict[str, str]:
    """Return what the running system answers to those who look after it."""
    async with httpx.AsyncClient(base_url=system.url, timeout=60) as http:
        health = (await http.get("/api/health")).text
    commands = (("retention", "protocol", "--json"), ("outbox", "list", "--all"), ("survey",))
    said = {}
    for command in commands:
        done = system.run(*command)
        assert done.returncode == 0, done.stderr
        said[" ".join(command)] = done.stdout + done.stderr
    return {"health": health, "gaps": str(await gaps_of(system)), **said}


# --- the scanner itself


def test_the_scanner_finds_words_plain_escaped_in_capitals_and_packed(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("ett HEMLIGT ord", encoding="utf-8")
    (tmp_path / "json").write_text(r'{"ort": "G\u00e4vle"}', encoding="ascii")
    (tmp_path / "packed.gz").write_bytes(gzip.compress(b"hemligt"))
    with zipfile.ZipFile(tmp_path / "packed.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.npy", "hemligt " * 50)
    found = places_of(["hemligt", "Gävle", "annat"], [tmp_path], {"answer": "Hemligt"})
    names = {word: [Path(place).name for place in places] for word, places in found.items()}
    assert names == {
        "hemligt": ["answer", "packed.gz:unpacked", "packed.npz:a.npy", "plain"],
        "Gävle": ["json"],
    }
