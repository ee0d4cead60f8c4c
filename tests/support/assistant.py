"""An assistant over the small test content, with the sample municipality's texts and rules."""

from pathlib import Path

from bot.answering.assistant import Assistant
from bot.confidence.calibrator import Calibrator
from bot.confidence.features import NAMES
from bot.people.directory import Directory
from bot.retrieval.live import LiveSearch
from bot.retrieval.store import build
from bot.safety.emergency import EmergencyRules
from bot.texts import Texts
from tests.support.content import DOCUMENTS
from tests.support.encoder import LetterEncoder

DATA = Path("data")

# Sure when the question's words are found; the shipped weights are made for another encoder.
BY_COVERAGE = Calibrator(
    names=NAMES,
    mean=(0.0,) * len(NAMES),
    scale=(1.0,) * len(NAMES),
    weights=tuple({"coverage": 9.0, "char_margin": 3.0}.get(name, 0.0) for name in NAMES),
    bias=-6.0,
    fitted_on=0,
)


def assistant_over(index_dir: Path, built: bool = True) -> Assistant:
    if built:
        build(DOCUMENTS, LetterEncoder(), index_dir, "test")
    return Assistant(
        LiveSearch(index_dir, LetterEncoder(), look_every_s=0),
        Texts.load(DATA),
        BY_COVERAGE,
        Directory.load(DATA),
        EmergencyRules.load(DATA),
    )
