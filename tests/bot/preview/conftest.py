"""A small FAQ on disk, an assistant over it, and what previews its edits."""

import shutil
from pathlib import Path

import pytest

from bot.answering.assistant import Assistant
from bot.faq.files import FaqFiles
from bot.people.directory import Directory
from bot.preview.service import Previewer
from bot.retrieval.documents import load_documents
from bot.retrieval.live import LiveSearch
from bot.retrieval.store import build
from bot.safety.emergency import EmergencyRules
from bot.texts import Texts
from tests.support.assistant import BY_COVERAGE
from tests.support.encoder import LetterEncoder

SITE = "https://testby.example"

WASTE = """\
amne: avfall
rubrik: Avfall
agare: Renhållningsenheten
fragor:
  - id: avfall-hamtning
    fraga: När töms soporna?
    varianter:
      - nar kommer sopbilen
      - hämtdag soptunna
      - sophämtning tider
    svar: |
      Vi hämtar avfall varannan vecka. Ring 112 om det brinner i tunnan.

      Ställ ut kärlet före klockan 6.00. Du får inte ställa det på gatan.
    gor_sa_har:
      - Ring {kommun.telefon} om vi missar dig.
    lankar:
      - titel: Avfall
        url: /avfall/
      - titel: Anmäl utebliven hämtning
        url: https://e.testby.example/avfall
        typ: e-tjanst
    granskad: 2026-10-01
    risk: hog
  - id: avfall-kostnad
    fraga: Vad kostar sophämtningen?
    varianter:
      - pris soptunna
      - sopavgift
      - vad betalar jag for soporna
    svar: Grundavgiften är 3 420 kronor om året.
    lankar:
      - titel: Avfall
        url: /avfall/
    granskad: 2026-10-01
"""
CHILDREN = """\
amne: forskola
rubrik: Förskola
agare: Barnenheten
fragor:
  - id: forskola-avgift
    fraga: Vad kostar förskolan?
    varianter:
      - dagis pris
      - maxtaxa
      - forskoleavgift
    svar: Du betalar enligt maxtaxan, högst 1 547 kronor i månaden.
    lankar:
      - titel: Förskola
        url: /forskola/
    granskad: 2026-10-01
    oversattningar:
      en:
        fraga: What does preschool cost?
        svar: At most 1 547 kronor a month.
"""
BANK = """\
{"id": "b1", "text": "när kommer sopbilen till oss", "entry": "avfall-hamtning"}
{"id": "b2", "text": "hur stor är maxtaxan för förskolan", "entry": "forskola-avgift"}
{"id": "b3", "text": "xyz", "entry": null}
"""
UNMOVED = """\
orubbliga:
  - fraga: Vad kostar förskolan?
    svar_fran: forskola-avgift
    innehaller: ["1 547"]
    varfor: Maxtaxan är bestämd av staten.
  - fraga: det brinner hos grannen
    utfall: kris
    innehaller: ["112"]
    varfor: Brand går före allt.
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """The small content, with the sample municipality's facts, texts, staff and rules."""
    data = tmp_path / "data"
    for name in ("texts", "staff", "safety", "language"):
        shutil.copytree(Path("data") / name, data / name)
    shutil.copy("data/kommun.yml", data / "kommun.yml")
    (data / "faq").mkdir()
    (data / "faq/avfall.yml").write_text(WASTE, encoding="utf-8")
    (data / "faq/forskola.yml").write_text(CHILDREN, encoding="utf-8")
    (data / "quality").mkdir()
    (data / "quality/fragebank.jsonl").write_text(BANK, encoding="utf-8")
    (data / "quality/orubbliga.yml").write_text(UNMOVED, encoding="utf-8")
    return data


@pytest.fixture
def files(data_dir: Path) -> FaqFiles:
    return FaqFiles.read(data_dir)


@pytest.fixture
def live(data_dir: Path, tmp_path: Path) -> LiveSearch:
    build(load_documents(data_dir, SITE), LetterEncoder(), tmp_path / "index", "test")
    return LiveSearch(tmp_path / "index", LetterEncoder(), look_every_s=0)


@pytest.fixture
def assistant(data_dir: Path, live: LiveSearch) -> Assistant:
    return Assistant(
        live,
        Texts.load(data_dir),
        BY_COVERAGE,
        Directory.load(data_dir),
        EmergencyRules.load(data_dir),
    )


@pytest.fixture
def previewer(assistant: Assistant, data_dir: Path) -> Previewer:
    return Previewer(assistant, data_dir, SITE)


def edited(files: FaqFiles, name: str, *changes: tuple[str, str]) -> FaqFiles:
    """Return `files` with each first text in the file `name` replaced by the second."""
    path = files.folder / name
    text = files.texts[path]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return files.replacing(path, text)
