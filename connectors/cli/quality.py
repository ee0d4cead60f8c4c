"""Every figure of docs/reference/quality.md, from one run."""

import json
import os
import platform
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.answering.assistant import Assistant
from bot.answering.authorities import Authorities
from bot.confidence.calibrator import Calibrator
from bot.encoders import create_encoder
from bot.errors import IndexMissing, SettingError
from bot.quality import page
from bot.quality.baselines import Postgres, baselines
from bot.quality.beir import Collection, read_collection
from bot.quality.calibration import read_labelled
from bot.quality.comparison import Ours, measure_others, measure_product
from bot.quality.dialogue import Dialogue
from bot.quality.index_bench import bench_change
from bot.quality.own import Own, own_content
from bot.quality.robustness import bench_noise
from bot.quality.search_bench import Progress, product
from bot.quality.unanswerable import LABELS, Mix
from bot.retrieval.documents import load_documents
from bot.retrieval.wording import Wording
from bot.settings import Settings
from connectors.cli.measuring import remembering, scale

FINAL = Path("tests/quality/final.jsonl")
DIALOGUE = Path("tests/quality/dialogue")
REMOVED = 0.3  # of the right documents
_ROWS = (100_000, 1_000_000)
_PASSAGES = 100_000
_FAR_FROM_OTHERS = 200  # questions of an unrelated collection that are put to this one

Figures = dict[str, Any]

_CROSS_VALIDATED = {"refit": "Kommunbot"}
_SHIPPED = {"shipped": "Kommunbot"}
_FOREIGN = {
    "refit": f"Kommunbot, confidence refitted to {LABELS} questions",
    "shipped": "Kommunbot, confidence as shipped",
}


@dataclass(frozen=True)
class Plan:
    """What to measure beside the development questions."""

    collections: Path | None = None
    final: bool = False
    size: bool = False
    seeds: int = 5


@dataclass(frozen=True)
class Measuring:
    """What every part of the run shares."""

    ours: Ours
    postgres: Postgres
    seeds: int
    progress: Progress

    def measure(self, own: Own, labels: int | None, noise: bool = True) -> Figures:
        """Measure the product and the others on one collection."""
        collection, ours = own.collection, replace(self.ours, wording=own.wording)
        mix = Mix(REMOVED, own.far, own.near, self.seeds)
        others = baselines(self.ours.encoder, self.postgres)
        told: Figures = {
            "ours": measure_product(collection, mix, ours, labels, self.progress),
            "others": measure_others(collection, mix, others, self.progress),
        }
        if noise:
            ranker = product(ours.encoder, wording=ours.wording)(collection.documents)
            told["noise"] = bench_noise(collection, ranker, self.progress)
        return told


def run(plan: Plan, settings: Settings, progress: Progress, say: Callable[[str], None]) -> Figures:
    """Measure everything that `plan` names.

    Raises:
        ContentError: the municipality's content or the labelled questions cannot be read.
        CollectionError: a collection cannot be read.
        SearchIndexError: there is no index in use, which dialogue and size are measured with.
    """
    ours = Ours(remembering(settings), Calibrator.load())
    documents = load_documents(settings.data_dir, settings.site_url, settings.crawl_file)
    wording = Wording.load(settings.data_dir)
    figures: Figures = {"made": made(ours)}
    with Postgres() as postgres:
        measuring = Measuring(ours, postgres, plan.seeds, progress)
        say("Own content, development questions")
        own = own_content(
            documents, read_labelled(settings.data_dir / "quality" / "calibration.jsonl"), wording
        )
        figures["own"] = measuring.measure(own, labels=None)
        if plan.final:
            say("Own content, final questions")
            last = own_content(documents, read_labelled(FINAL), wording)
            figures["final"] = measuring.measure(last, labels=0, noise=False)
        say("Dialogue")
        figures["dialogue"] = dialogue(settings, plan.final, progress)
        if plan.size:
            say("Size")
            figures["size"] = size(settings, say)
        if plan.collections:
            figures["collections"] = {}
            for name, foreign in foreign_content(plan.collections, own.far).items():
                say(name)
                figures["collections"][name] = measuring.measure(foreign, LABELS)
    return figures


def dialogue(settings: Settings, final: bool, progress: Progress) -> Figures:
    """Measure the whole assistant on the dialogue sets, half by half.

    Raises:
        IndexMissing: it has no index.
    """
    assistant = Assistant.open(settings)
    if assistant.problem:
        raise IndexMissing(assistant.problem)
    addresses = {one.id: one.url for one in Authorities.load(settings.data_dir).others}
    own = read_labelled(settings.data_dir / "quality" / "calibration.jsonl")
    sets = Dialogue(assistant, DIALOGUE, addresses, own, progress)
    figures: Figures = {"dev": [asdict(count) for count in sets.measure("dev")]}
    if final:  # counts alone: whoever reads what went wrong would build upon it
        counts = sets.measure("final")
        figures["final"] = [asdict(replace(count, others=())) for count in counts]
    return figures


def size(settings: Settings, say: Callable[[str], None]) -> Figures:
    """Measure how the cost of a search grows, and how soon a change is live.

    Raises:
        SearchIndexError: the own index, which the rest is made from, cannot be used.
    """
    return {
        "rows": [scale(settings, rows, 0, say) for rows in _ROWS],
        "passages": scale(settings, 0, _PASSAGES, say),
        "change": bench_change(
            settings.index_dir,
            create_encoder(settings.encoder),
            lambda: load_documents(settings.data_dir, settings.site_url),
            Wording.load(settings.data_dir),
        ),
    }


def foreign_content(folder: Path, far: Sequence[str]) -> dict[str, Own]:
    """Read every collection in `folder`.

    Far from one are the questions that are far from our own content, and some of each collection
    that has no text in common with it.

    Raises:
        SettingError: there is none.
    """
    found = {
        p.parent.name: read_collection(p.parent) for p in sorted(folder.glob("*/corpus.jsonl"))
    }
    if not found:
        raise SettingError(f"{folder} has no folder with corpus.jsonl, queries.jsonl, qrels.tsv.")
    return {
        name: Own(collection, (), (*far, *_unrelated(collection, found.values())))
        for name, collection in found.items()
    }


def _unrelated(collection: Collection, others: Iterable[Collection]) -> list[str]:
    texts = {document.text for document in collection.documents}
    strangers = [o for o in others if not texts & {document.text for document in o.documents}]
    drawn = [_drawn(sorted(stranger.questions.values())) for stranger in strangers]
    return [text for texts in drawn for text in texts]


def _drawn(texts: Sequence[str]) -> list[str]:
    return random.Random(0).sample(texts, min(len(texts), _FAR_FROM_OTHERS))  # noqa: S311  # no secret


def made(ours: Ours) -> dict[str, Any]:
    """Return when, where and with what figures are made."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{_processor()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "encoder": ours.encoder.id,
        "confidence": ours.calibrator.version,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def write(figures: Figures, kept: Path, out: Path, pictures: Path) -> None:
    """Keep the figures as JSON, draw the pictures, and fill in the page.

    Parts that this run did not measure stay as they are on the page; each tells its own date.

    Raises:
        PageError: the page lacks the marks of a part.
        SettingError: there is no page.
    """
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    after = page.fill(read_page(out), parts(figures))
    draw(figures, pictures)
    out.write_text(after, encoding="utf-8")


def read_page(path: Path) -> str:
    """Read the page that figures go into.

    Raises:
        SettingError: there is none.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingError(f"{path} cannot be read: {error}. Figures need a page.") from error


def parts(figures: Figures) -> dict[str, str]:
    """Return the generated parts of the page by name."""
    stamp = _stamp(figures["made"])
    own, collections = figures["own"], figures.get("collections", {})
    ours = {"own content": own["ours"]} | {name: c["ours"] for name, c in collections.items()}
    noise = {"own content": own["noise"]} | {name: c["noise"] for name, c in collections.items()}
    told = {
        "own": _compared(own, _CROSS_VALIDATED),
        "registers": _sliced(own, "register", "refit"),
        "topics": _sliced(own, "topic", "refit"),
        "noise": page.noise(noise),
        "time": page.times(ours),
    }
    if "dialogue" in figures:
        halves = {"dev": "dialogue", "final": "kept-apart"}
        told |= {halves[half]: page.counts(rows) for half, rows in figures["dialogue"].items()}
    if "size" in figures:
        told["size"] = page.sizes(figures["size"])
    if "final" in figures:
        last = figures["final"]
        told["final"] = f"{_compared(last, _SHIPPED)}\n\n{_sliced(last, 'register', 'shipped')}"
    if collections:
        told["collections"] = "\n\n".join(
            [
                *(f"### {name}\n\n{_compared(c, _FOREIGN)}" for name, c in collections.items()),
                "![Risk against coverage](../images/quality/collections.svg)",
            ]
        )
    return {name: f"{stamp}\n\n{text}" for name, text in told.items()}


def _stamp(made_by: Mapping[str, Any]) -> str:
    return (
        f"*{made_by['date']}; {made_by['machine']}; Python {made_by['python']};"
        f" {made_by['encoder']}; confidence {made_by['confidence']}.*"
    )


def _compared(found: Figures, confidence: Mapping[str, str]) -> str:
    ours = found["ours"]
    worth = ours[next(iter(confidence))]
    counts = (
        f"{ours['documents']} documents and {ours['questions']} questions with an answer."
        f" For the confidence, on average {worth['questions_in']:.0f} of them kept their answer;"
        f" {worth['questions_near']:.0f} near and {worth['questions_far']:.0f} far questions"
        " had none."
    )
    return "\n\n".join([counts, page.searches(ours, found["others"], confidence), *_rasa(found)])


def _rasa(found: Figures) -> list[str]:
    told = [row["as_it_comes"] for row in found["others"].values() if "as_it_comes" in row]
    return [
        f"Rasa's FallbackClassifier with its own thresholds answers {row['coverage']:.0%} of the"
        f" questions, and {row['precision']:.0%} of those answers are right."
        for row in told
    ]


def _sliced(found: Figures, trait: str, confidence: str) -> str:
    ours = found["ours"]
    return page.slices(ours["slices"].get(trait, {}), ours[confidence]["slices"].get(trait, {}))


def draw(figures: Figures, folder: Path) -> None:
    """Draw what the page shows.

    Raises:
        SettingError: matplotlib, which only this needs, is not installed.
    """
    try:
        from bot.quality import plots  # noqa: PLC0415  # only developers have matplotlib
    except ImportError as error:
        raise SettingError("Pictures need matplotlib. Run `make quality`.") from error
    ours = figures["own"]["ours"]
    plots.draw_coverage({"own content": _curves(figures["own"])}, folder / "coverage.svg")
    plots.draw_reliability(
        {"own content": ours["refit"]["reliability"]}, folder / "reliability.svg"
    )
    plots.draw_slices(ours["slices"]["register"], folder / "registers.svg")
    if collections := figures.get("collections"):
        curves = {name: _curves(found) for name, found in collections.items()}
        plots.draw_coverage(curves, folder / "collections.svg")


def _curves(found: Figures) -> dict[str, Any]:
    others = {name: row["curve"] for name, row in found["others"].items() if "curve" in row}
    return {"Kommunbot": found["ours"]["refit"]["curve"]} | others
