"""Benchmarks: each prints figures that this command makes."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from bot.confidence.calibrator import Calibrator
from bot.encoders import create_encoder
from bot.faq.repository import load_faq
from bot.quality.beir import read_collection
from bot.quality.calibration import crossed, gather, judge, read_labelled
from bot.quality.index_bench import bench_passages, bench_rows
from bot.quality.remembering import Remembering
from bot.quality.scoring import score
from bot.quality.search_bench import bench_search, product
from bot.quality.unanswerable import Mix, bench_confidence
from bot.retrieval.store import open_search, read_index
from bot.settings import Settings
from connectors.cli.client import gateway, start_talk
from connectors.cli.evaluate import evaluate, read_cases
from connectors.cli.recalibrating import margins

_ASKED_OF_MANY = 200  # questions


def remembering(settings: Settings) -> Remembering:
    """Return the encoder in use; it keeps vectors, so that the next measuring starts sooner."""
    path = settings.models_dir / "measured" / "vectors.sqlite"
    return Remembering(create_encoder(settings.encoder), path)


def search(
    folder: Path, mix: Mix, settings: Settings, progress: Callable[[int], None]
) -> dict[str, Any]:
    """Measure search on a collection; and confidence, if some questions are to have no answer.

    Raises:
        CollectionError: a file of the collection is missing or wrong.
    """
    collection, encoder = read_collection(folder), remembering(settings)
    report = bench_search(collection, encoder, progress=progress).rows()
    if not mix:
        return report
    ours = product(encoder, Calibrator.load(), progress)
    return report | bench_confidence(collection, ours, mix, progress=progress)


def scale(
    settings: Settings, rows: int, passages: int, say: Callable[[str], None]
) -> dict[str, Any]:
    """Measure a search among made-up vectors or passages that lie about as the own ones do.

    Raises:
        SearchIndexError: the own index, which they are made from, cannot be used.
    """
    encoder = create_encoder(settings.encoder)
    index = read_index(settings.index_dir, encoder)
    texts = [q.text for q in read_labelled(settings.data_dir / "quality" / "calibration.jsonl")]
    questions = encoder.encode_questions(texts[:_ASKED_OF_MANY])
    if passages:
        return bench_passages(index, texts[:_ASKED_OF_MANY], questions, passages, say)
    known = np.stack([vector for (kind, _), vector in index.encoded.items() if kind == "passage"])
    return asdict(bench_rows(known, questions, rows, say))


async def chat(url: str, data_dir: Path, questions: int, users: int) -> dict[str, Any]:
    """Send the FAQ's own variants to the running system, each in a fresh conversation."""
    texts = [variant for entry in load_faq(data_dir) for variant in entry.variants][:questions]
    places = asyncio.Semaphore(users)
    started = time.perf_counter()
    async with gateway(url) as http:

        async def one(text: str) -> float:
            async with places:
                talk = await start_talk(http)
                return (await talk.say(text))[1]

        spent = await asyncio.gather(*(one(text) for text in texts))
    return {
        "messages": len(spent),
        "p50_ms": float(np.percentile(spent, 50)),
        "p95_ms": float(np.percentile(spent, 95)),
        "p99_ms": float(np.percentile(spent, 99)),
        "messages_per_second": len(spent) / (time.perf_counter() - started),
    }


async def answers(path: Path, url: str, done: Callable[[], None]) -> dict[str, Any]:
    """Put labelled questions to the running system and compare."""
    return score(_labels(path), await evaluate(url, read_cases(path), done))


def _labels(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def calibrate(path: Path, settings: Settings) -> dict[str, Any]:
    """Fit the confidence to the questions of `path`, save it, and judge it on held-out entries."""
    found, _ = open_search(settings.index_dir, create_encoder(settings.encoder))
    evidence = gather(read_labelled(path), found)
    Calibrator.fit(evidence.rows, list(evidence.right), evidence.weight).save()
    confidence = crossed(evidence)
    return {**judge(confidence, evidence), "to be right in": margins(confidence, evidence.right)}
