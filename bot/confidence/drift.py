"""Whether confidence still means what it says, watched while the service runs.

Each observation is a confidence that was acted on and whether it was borne out. Two things can go
wrong: everything is right less (or more) often than told, or what is told is spread too wide or
too narrow. Both are tested at once, again after every observation, without false alarms piling up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from bot.quality.metrics import expected_calibration_error

BAND = 0.05  # what share right may differ from confidence: less is not worth a person's time
FALSE_ALARMS = 0.01  # of services in their band, the share that ever gives an alarm
FEWEST = 50  # below this no figure is worth telling
# What may have happened to the log-odds: moved, spread wider or narrower.
_MOVES = ((-1.6, 1.0), (-0.8, 1.0), (0.8, 1.0), (1.6, 1.0), (0.0, 0.4), (0.0, 2.5))
_DRAWS = 200

Floats = NDArray[np.float64]
Verdict = Literal["inside", "too few", "too sure", "too unsure", "outside"]


@dataclass(frozen=True)
class Observation:
    """A probability that was told, and whether it was borne out."""

    at: datetime
    confidence: float
    right: bool


@dataclass(frozen=True)
class Drift:
    """What the observations say; shares from 0 to 1.

    `error` is the expected calibration error, `error_if_calibrated` what it would be below 95 %
    of the time with so many observations if confidence meant what it says. `alarm_at` is when the
    evidence was enough, or None.
    """

    observations: int
    told: float
    right: float
    error: float
    error_if_calibrated: float
    alarm_at: datetime | None
    verdict: Verdict

    @property
    def fine(self) -> bool:
        return self.alarm_at is None


def watch(
    observations: Sequence[Observation],
    band: float = BAND,
    false_alarms: float = FALSE_ALARMS,
    only_too_sure: bool = False,
) -> Drift:
    """Judge observations in the order of their dates.

    A bet against calibration (an e-process): each of six ways to be wrong multiplies a stake by
    how much likelier it made what was observed than the nearest probability inside the band. As
    long as the truth is inside, the mean stake is expected not to grow, so it ever reaches
    1/false_alarms in at most that share of services, however often one looks (Ville 1939; Ramdas,
    Grünwald, Vovk & Shafer 2023, "Game-theoretic statistics and safe anytime-valid inference").

    Args:
        band: how far the truth may lie from each confidence.
        false_alarms: the share of services inside the band that ever give an alarm.
        only_too_sure: for observations that show what was wrong, but not what was right.
    """
    ordered = sorted(observations, key=lambda one: one.at)
    confidence = np.array([one.confidence for one in ordered], dtype=np.float64)
    right = np.array([one.right for one in ordered], dtype=bool)
    stake = stakes(confidence, right, band, only_too_sure)
    over = np.nonzero(stake >= 1 / false_alarms)[0]
    told, borne_out = _mean(confidence), _mean(right)
    return Drift(
        observations=len(ordered),
        told=told,
        right=borne_out,
        error=_error(confidence, right),
        error_if_calibrated=_expected_error(confidence),
        alarm_at=ordered[int(over[0])].at if len(over) else None,
        verdict=_verdict(len(ordered), bool(len(over)), borne_out - told, band),
    )


def stakes(
    confidence: Floats,
    right: NDArray[np.bool_],
    band: float = BAND,
    only_too_sure: bool = False,
) -> Floats:
    """Return the mean stake after each observation; 1 is where it starts."""
    told = np.clip(confidence, 1e-3, 1 - 1e-3)
    inside = told - band, np.ones_like(told) if only_too_sure else told + band
    suspected = [expit(move + stretch * logit(told)) for move, stretch in _MOVES]
    logs = [np.cumsum(_gains(own, np.clip(own, *inside), right)) for own in suspected]
    return np.asarray(np.exp(np.minimum(logs, 700)).mean(axis=0), dtype=np.float64)


def _gains(suspected: Floats, inside: Floats, right: NDArray[np.bool_]) -> Floats:
    """Return the logarithm of what each observation multiplies the stake by.

    Where the suspected probability is inside the band there is nothing to bet on.
    """
    gain = np.where(right, np.log(suspected / inside), np.log1p(-suspected) - np.log1p(-inside))
    return np.asarray(gain, dtype=np.float64)


def _expected_error(confidence: Floats) -> float:
    if not len(confidence):
        return 0.0
    draws = np.random.default_rng(0).random((_DRAWS, len(confidence))) < confidence
    return float(np.quantile([_error(confidence, drawn) for drawn in draws], 0.95))


def _error(confidence: Floats, right: NDArray[np.bool_]) -> float:
    return expected_calibration_error(confidence, right) if len(confidence) else 0.0


def _mean(values: NDArray[np.float64] | NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else 0.0


def _verdict(observations: int, alarm: bool, moved: float, band: float) -> Verdict:
    if not alarm:
        return "inside" if observations >= FEWEST else "too few"
    if abs(moved) <= band / 2:
        return "outside"
    return "too sure" if moved < 0 else "too unsure"
