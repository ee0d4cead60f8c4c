"""From evidence to a probability: logistic regression, its weights kept as readable JSON."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError
from sklearn.linear_model import LogisticRegression

from bot.confidence.features import NAMES, features
from bot.errors import SettingError
from bot.retrieval.model import Found

WEIGHTS = Path(__file__).with_name("weights.json")
_CANDIDATES = 5


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
    def fit(cls, rows: NDArray[np.float64], right: Sequence[bool]) -> "Calibrator":
        """Fit to evidence of shape (questions, features) and whether each hit was right."""
        mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
        model = LogisticRegression(C=1.0, max_iter=2000).fit((rows - mean) / scale, right)
        return cls(
            names=NAMES,
            mean=tuple(mean.round(6)),
            scale=tuple(scale.round(6)),
            weights=tuple(model.coef_[0].round(6)),
            bias=round(float(model.intercept_[0]), 6),
            fitted_on=len(right),
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
        standard = (evidence - np.array(self.mean)) / np.array(self.scale)
        return float(1 / (1 + np.exp(-(self.bias + standard @ np.array(self.weights)))))

    def confidences(self, found: Found) -> tuple[float, ...]:
        """Return the probabilities of the best hits, never rising."""
        ranks = range(min(_CANDIDATES, len(found.hits)))
        values = [self.probability(features(found, rank)) for rank in ranks]
        return tuple(float(value) for value in np.minimum.accumulate(values))
