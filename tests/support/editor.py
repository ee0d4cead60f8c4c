"""A gateway with a small FAQ of its own, which a test may change, and an editor's browser."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import httpx

from bot.answering.assistant import Assistant
from bot.answering.model import Decision
from bot.errors import IndexMissing
from bot.faq.checking.model import Finding
from bot.faq.files import FaqFiles
from bot.gaps.assistant_asking import AssistantAsking
from bot.people.directory import Directory
from bot.retrieval.building import IndexBuilder
from bot.retrieval.live import LiveSearch
from bot.retrieval.model import Found
from bot.safety.approval import approve
from bot.safety.emergency import EmergencyRules
from bot.safety.lexicon import RULES
from bot.settings import Settings
from bot.texts import Texts
from connectors.app import serve
from connectors.conversation.thinking import Thinker
from connectors.editor.standing import FILE
from connectors.mind import Mind
from tests.support.assistant import BY_COVERAGE
from tests.support.clients import Json
from tests.support.encoder import LetterEncoder
from tests.support.gateway import ROOT, Gateway, running_gateway, settings_for
from tests.support.system import wait_for

HEAD = "amne: {topic}\nrubrik: {title}\nagare: Renhållningen\nfragor:\n"
ENTRY = """\
  - id: {id}
    fraga: {question}
    varianter:
      - {one}
      - {two}
      - {three}
    svar: {answer}
    lankar:
      - titel: Avfall
        url: https://testby.example/avfall/
        typ: extern
    granskad: 2026-11-10
"""


def entry(entry_id: str, question: str, answer: str, *variants: str) -> str:
    one, two, three = variants
    return ENTRY.format(
        id=entry_id, question=question, answer=answer, one=one, two=two, three=three
    )


AVFALL = (
    "# Granskas varje kvartal.\n"
    + HEAD.format(topic="avfall", title="Avfall")
    + entry(
        "avfall-hamtning",
        "När töms soporna?",
        "Varannan vecka. Ring {kommun.telefon} om bilen inte kom.",
        "nar kommer sopbilen",
        "hämtdag soptunna",
        "sophämtning tider",
    )
    + "\n  # Kostnad\n"
    + entry(
        "avfall-kostnad",
        "Vad kostar sophämtningen?",
        "Grundavgiften är 3 420 kronor om året.",
        "pris soptunna",
        "sopavgift",
        "vad betalar jag för soporna",
    )
)
BYGGLOV = HEAD.format(topic="bygglov", title="Bygglov") + entry(
    "bygglov-altan",
    "Behöver jag bygglov för en altan?",
    "En låg altan på marken behöver oftast inget bygglov.",
    "altan bygglov",
    "måste man ha lov för trädäck",
    "veranda tillstånd",
)
NATIONAL = HEAD.format(topic="vigsel", title="Vigsel") + entry(
    "vigsel-boka",
    "Hur bokar vi vigsel?",
    "Ansök om hindersprövning hos Skatteverket först.",
    "gifta sig borgerligt",
    "boka vigselförrättare",
    "vigsel i kommunhuset",
)
DANGER = """\
regler:
  - id: brand
    text: emergency_life
    nummer: ["112"]
"""
BURNING = {
    "sv": "det brinner",
    "en": "on fire",
    "fi": "tulipalo",
    "ar": "حريق",
    "so": "dab baa",
    "uk": "пожежа",
    "fa": "آتش گرفته",
}
APPROVED_BY = ("Testa Larm", "Pröva Larm")
FILES = {"avfall.yml": AVFALL, "bygglov.yml": BYGGLOV, "nationell/vigsel.yml": NATIONAL}


def small_content(folder: Path) -> Path:
    """Copy the project's content with a small FAQ and few words of danger, without pages."""
    data_dir = folder / "data"
    kept = shutil.ignore_patterns("faq", "site", "training", "quality", "nlu", "rules")
    shutil.copytree(ROOT / "data", data_dir, ignore=kept)
    for name, text in FILES.items():
        (data_dir / "faq" / name).parent.mkdir(parents=True, exist_ok=True)
        (data_dir / "faq" / name).write_text(text, encoding="utf-8")
    (data_dir / RULES).write_text(DANGER, encoding="utf-8")
    for language, phrase in BURNING.items():
        said = f"ordgrupper: {{barn: [barn]}}\nfraser: {{brand: [{phrase}]}}\n"
        (data_dir / f"safety/fraser/{language}.yml").write_text(said, encoding="utf-8")
    for name in APPROVED_BY:
        approve(data_dir, name, datetime.now(UTC))
    return data_dir


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@testby.example"]
    done = subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def under_git(data_dir: Path) -> None:
    """Make a repository of the copy, with everything committed."""
    git(data_dir, "init", "--quiet")
    git(data_dir, "add", ".")
    git(data_dir, "commit", "--quiet", "-m", "Innehåll")


class Previewed:
    """A preview of two bits."""

    def __init__(self, *, blocked: bool, needs_confirmation: bool) -> None:
        self.blocked, self.needs_confirmation = blocked, needs_confirmation

    def model_dump(self, *, mode: str = "python") -> dict[str, Any]:
        return {"blocked": self.blocked, "needs_confirmation": self.needs_confirmation}


class Replied(NamedTuple):
    decision: Decision
    found: Found
    confidences: tuple[float, ...]


@dataclass
class WordPreviewer:
    """«STJÄL» anywhere must be confirmed, «FARLIGT» is blocked. Asks the index in use."""

    assistant: Assistant
    live: LiveSearch
    previews: list[FaqFiles] = field(default_factory=list)

    def warm(self) -> None:
        """Nothing is to be loaded."""

    def preview(self, after: FaqFiles) -> Previewed:
        self.previews.append(after)
        text = "".join(after.texts.values())
        return Previewed(blocked="FARLIGT" in text, needs_confirmation="STJÄL" in text)

    def ask(self, after: FaqFiles | None, question: str) -> "Replied":
        opened = self.live.get()
        if opened is None:
            raise IndexMissing
        return Replied(self.assistant.reply(question), opened[0].find(question), (0.5,))


def small_mind(settings: Settings, thinker: Thinker | None = None) -> Mind:
    """What publishes, and an assistant that searches what is published (or `thinker`)."""
    encoder = LetterEncoder()
    live = LiveSearch(settings.index_dir, encoder, look_every_s=0)
    assistant = Assistant(
        live,
        Texts.load(settings.data_dir),
        BY_COVERAGE,
        Directory.load(settings.data_dir),
        EmergencyRules.load(settings.data_dir),
    )
    build = IndexBuilder.of(settings, encoder, live)
    previewer = WordPreviewer(assistant, live)
    return Mind(thinker or assistant, build, previewer, AssistantAsking(assistant))


def editor_settings(database_url: str, folder: Path, **changes: object) -> Settings:
    """Return settings with content and index of the test's own."""
    own = {"data_dir": folder / "data", "models_dir": folder / "models"}
    return settings_for(database_url, folder, **{**own, **changes})


class EditorClient:
    """An editor's browser."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    @classmethod
    @asynccontextmanager
    async def logged_in(
        cls, url: str, username: str, password: str
    ) -> AsyncIterator["EditorClient"]:
        async with httpx.AsyncClient(base_url=f"{url}/api/editor", timeout=60) as http:
            body = {"username": username, "password": password}
            response = await http.post("/login", json=body)
            assert response.status_code == 200, response.text
            yield cls(http)

    async def get(self, path: str) -> Json:
        response = await self.http.get(path)
        assert response.status_code == 200, response.text
        found: Json = response.json()
        return found

    async def draft(self, entry_id: str, **fields: object) -> Json:
        """Return a draft of an entry with these fields changed."""
        opened = await self.get(f"/entries/{entry_id}")
        return {
            "entry": entry_id,
            "file": opened["line"]["file"],
            "version": opened["version"],
            "fields": {**opened["fields"], **fields},
        }

    async def publish(self, draft: Json, **more: object) -> httpx.Response:
        body = {"id": str(uuid4()), "draft": draft, "note": "", "confirmed": False, **more}
        return await self.http.post("/publications", json=body)

    async def change(self, entry_id: str, **fields: object) -> Json:
        response = await self.publish(await self.draft(entry_id, **fields))
        assert response.status_code == 201, response.text
        made: Json = response.json()
        return made


@asynccontextmanager
async def running_editor(settings: Settings) -> AsyncIterator[Gateway]:
    async with running_gateway(settings, mind=small_mind(settings)) as running:
        yield running


async def settled(editing: Gateway) -> None:
    """Wait until the gateway has looked at the files once, and has kept what it saw."""
    kept = editing.settings.index_dir / FILE
    await asyncio.to_thread(wait_for, kept.is_file, "the files have been looked at")


def told(findings: list[Json]) -> list[Finding]:
    return [Finding.model_validate(one) for one in findings]


if __name__ == "__main__":
    from bot.settings import get_settings
    from connectors import logs

    logs.configure()
    sys.exit(serve(get_settings(), mind=small_mind(get_settings())))  # type: ignore[func-returns-value]
