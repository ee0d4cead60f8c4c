"""From evidence to a probability: logistic regression, its weights kept as readable JSON."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from bot.confidence.features import NAMES, features
from bot.errors import SettingError
from bot.retrieval.model import Found

WEIGHTS = Path(__file__).with_name("weights.json")
_CANDIDATES = 5
_SHRINKING = 0.2  # C: 1 leaves the calibration error twice as large on 500 questions
_CONSTANT = 1e-6  # a feature that varies less told nothing when it was fitted
_PRIOR = 5.0  # of 0.1 to 100 the best over four collections; 3 to 10 hardly differ
_BIAS_PRIOR = 1e-3  # how often a search is right is for the new content alone to say


class Calibrator(BaseModel):
    """P(the hit answers the question) = 1 / (1 + e^-(bias + weights · standardised features)).

    Cox (1958), "The regression analysis of binary sequences"; used as in Platt (1999).
    """

    model_config = ConfigDict(frozen=True)

    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    fitted_on: int  # questions

    @classmethod
    def fit(
        cls,
        rows: NDArray[np.float64],
        right: Sequence[bool],
        weight: NDArray[np.float64] | None = None,
    ) -> "Calibrator":
        """Fit to evidence of shape (questions, features) and whether each hit was right.

        Args:
            weight: of each question, on any scale, so that the mix stands for another mix.
        """
        seen = np.ma.masked_invalid(rows)  # evidence that a search lacks is NaN
        mean, spread = seen.mean(axis=0).filled(0.0), seen.std(axis=0).filled(0.0)
        scale = np.where(spread > _CONSTANT, spread, 1.0)
        standard = np.nan_to_num((rows - mean) / scale)
        model = LogisticRegression(C=_SHRINKING, max_iter=2000)
        model.fit(standard, right, None if weight is None else weight / weight.mean())
        return cls(
            names=NAMES,
            mean=tuple(mean.round(6)),
            scale=tuple(scale.round(6)),
            weights=tuple(model.coef_[0].round(6)),
            bias=round(float(model.intercept_[0]), 6),
            fitted_on=len(right),
        )

    def refit(self, rows: NDArray[np.float64], right: Sequence[bool]) -> "Calibrator":
        """Fit to other content, with these weights as what is believed before.

        Each weight has a normal prior around its value here, and the most probable weights are
        taken (Chelba & Acero 2004, "Adaptation of maximum entropy capitalizer: little data can
        help a lot"). With few questions they stay near, with many they leave.

        Args:
            rows: evidence, shape (questions, features).
            right: whether each best hit was right; both must occur.
        """
        standard, truth = self._standardised(rows), np.asarray(right, dtype=np.float64)
        before = np.array([self.bias, *self.weights])
        strength = np.array([_BIAS_PRIOR, *[_PRIOR] * len(self.weights)])
        design = np.column_stack([np.ones(len(standard)), standard])

        def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            odds, moved = design @ weights, weights - before
            value = np.logaddexp(0, odds).sum() - truth @ odds + strength @ moved**2 / 2
            return float(value), design.T @ (expit(odds) - truth) + strength * moved

        bias, *weights = minimize(loss, before, jac=True, method="L-BFGS-B").x
        return self.model_copy(
            update={
                "weights": tuple(round(float(weight), 6) for weight in weights),
                "bias": round(float(bias), 6),
                "fitted_on": len(truth),
            }
        )

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> "Calibrator":
        """Read the weights.

        Raises:
            SettingError: the file is missing or was made for other features.
        """
        try:
            found = cls.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise SettingError(f"{path} cannot be read. Run `make calibrate`.") from error
        if found.names != NAMES:
            raise SettingError(f"{path} was made for other evidence. Run `make calibrate`.")
        return found

    def save(self, path: Path = WEIGHTS) -> None:
        path.write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")

    @property
    def version(self) -> str:
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:8]

    def probability(self, evidence: NDArray[np.float64]) -> float:
        return float(self.probabilities(evidence[None])[0])

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return one probability for each row of evidence, shape (rows, features)."""
        odds = self.bias + self._standardised(rows) @ np.array(self.weights)
        return np.asarray(expit(odds), dtype=np.float64)

    def _standardised(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        mean, scale = np.array(self.mean), np.array(self.scale)
        return np.nan_to_num(np.asarray((rows - mean) / scale, dtype=np.float64))

    def confidences(self, found: Found) -> tuple[float, ...]:
        """Return the probabilities of the best hits, never rising."""
        ranks = range(min(_CANDIDATES, len(found.hits)))
        values = [self.probability(features(found, rank)) for rank in ranks]
        return tuple(float(value) for value in np.minimum.accumulate(values))
