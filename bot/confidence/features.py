"""What a search tells about its own best hit. Never the raw cosine alone: its error is 0.3–0.5."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.model import Found, Hit

NAMES = (
    "dense",
    "margin",  # to the next document
    "margin_rest",  # to the mean of the next four
    "char",
    "char_margin",
    "coverage",
    "coverage_margin",
    "head",
    "head_margin",
    "head_odds",  # logarithm: between 1 and 2 % lies as much evidence as between 50 and 67 %
    "close",
    "close_margin",
    "low",
    "lead_rest",  # of the fused score over the mean of the next four
    "unknown",
    "length",
    "is_page",
)


def features(found: Found, rank: int = 0) -> NDArray[np.float64]:
    """Return the evidence for the hit at `rank`, shape (len(NAMES),), in the order of NAMES."""
    hit = found.hits[rank]
    rest = [other for other in found.hits if not _same_answer(hit, other)]
    return np.array(
        [
            hit.dense,
            hit.dense - _best(rest, "dense"),
            hit.dense - _mean(rest[:4], "dense"),
            hit.char,
            hit.char - _best(rest, "char"),
            hit.coverage,
            hit.coverage - _best(rest, "coverage"),
            hit.head,
            hit.head - _best(rest, "head"),
            _log_odds(hit.head),
            _known(hit.close),
            _known(hit.close) - _best(rest, "close"),
            _known(hit.low),
            hit.score - _mean(rest[:4], "score"),
            found.unknown,
            math.log1p(found.words),
            float(hit.document.kind == "page"),
        ]
    )


def _same_answer(hit: Hit, other: Hit) -> bool:
    """An entry and the page that it was written from agree: no doubt between two answers."""
    if other is hit:
        return True
    kinds = {hit.document.kind, other.document.kind}
    return hit.document.url == other.document.url and kinds != {"entry"}


def _log_odds(probability: float) -> float:
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(kept / (1 - kept))


def _best(hits: Sequence[Hit], name: str) -> float:
    values = (getattr(hit, name) for hit in hits)
    return max((float(value) for value in values if value is not None), default=0.0)


def _known(value: float | None) -> float:
    """A search without late interaction lacks that evidence: the calibrator passes over it."""
    return math.nan if value is None else float(value)


def _mean(hits: Sequence[Hit], name: str) -> float:
    return float(np.mean([getattr(hit, name) for hit in hits])) if hits else 0.0
