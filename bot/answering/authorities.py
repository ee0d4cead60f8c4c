"""What other authorities do: their matters are answered with their address, not with a guess."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from bot.errors import ContentError
from bot.language.letters import LetterRuns
from bot.language.normalise import fold
from bot.yaml_files import read_content

FILE = "authorities.yml"

# None of 380 citizens' questions that our entries answer is sent away with these two
# (data/quality/calibration.jsonl). Between 0.05 and 0.13, and between 0.5 and 0.9 of ours, that
# stays so, and the right addresses differ by 1 of 39 (tests/quality/dialogue/authorities.jsonl).
LIKELY = 0.10
AGAINST_OURS = 0.7  # of our own best confidence

_OURS = ""  # no id of an authority
_ADVICE = {
    "missing": "saknas. Lägg till raden",
    "extra_forbidden": "är ingen känd rad. Ta bort den eller rätta stavningen",
    "too_short": "är tom. Skriv minst en rad",
    "string_pattern_mismatch": "ska börja med https://",
    "string_type": "ska vara text. Sätt citattecken om siffror",
}

Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Authority(_Kept):
    """Who does it, how to reach them, and how people ask for it."""

    id: Phrase
    name: Phrase = Field(alias="namn")
    does: Phrase = Field(alias="gor")
    url: str = Field(alias="webb", pattern=r"^https://\S+$")
    phone: Phrase | None = Field(None, alias="telefon")
    see_also: tuple[Phrase, ...] = Field((), alias="se_aven", max_length=3)  # our own entries
    phrases: tuple[Phrase, ...] = Field(alias="fraser", min_length=1)


class Authorities(_Kept):
    """Every other authority, and matters of our own that no entry answers."""

    checked: date | None = Field(None, alias="kontrollerad")
    ours: tuple[Phrase, ...] = Field((), alias="egna")
    others: tuple[Authority, ...] = Field((), alias="myndigheter")

    @classmethod
    def load(cls, data_dir: Path) -> "Authorities":
        """Read `data/authorities.yml`; a municipality without the file refers nobody.

        Raises:
            ContentError: the file cannot be used; names the file and the line's key.
        """
        path = data_dir / FILE
        if not path.exists():
            return cls()
        try:
            return cls.model_validate(read_content(path))
        except ValidationError as error:
            raise ContentError(f"{path}: {_explain(error)}") from error


@dataclass(frozen=True)
class Referral:
    """Who is probably meant, and how probable that is beside the municipality itself."""

    authority: Authority
    probability: float

    def beats(self, ours: float) -> bool:
        """Tell whether it is safe to refer to them. `ours`: confidence of our own best answer."""
        return self.probability >= max(LIKELY, AGAINST_OURS * ours)


class Referrals:
    """Tells by its letters whose matter a question is: ours, or which authority's.

    One class for each authority and one for all that is ours, logistic regression over pieces of
    words of 3 to 5 letters, fitted in a second or two. At the same share of our own questions sent
    away the nearest phrase by the language model's vectors finds fewer (28 of 39 against 33), both
    together no more, and every process would encode 500 phrases when it starts.
    """

    def __init__(self, authorities: Authorities, our_phrasings: Iterable[str]) -> None:
        self._authorities = {one.id: one for one in authorities.others}
        ours = [*authorities.ours, *our_phrasings]
        self._chances = _Chances(authorities.others, ours) if authorities.others and ours else None

    def find(self, question: str) -> Referral | None:
        """Return the likeliest authority, None only where the file names none."""
        if self._chances is None:
            return None
        name, probability = self._chances.best(question)
        return Referral(self._authorities[name], probability)


class _Chances:
    """How likely each authority is, and all that is ours; they add up to 1."""

    def __init__(self, others: Sequence[Authority], ours: Sequence[str]) -> None:
        named = [(phrase, one.id) for one in others for phrase in one.phrases]
        texts = [fold(text) for text, _ in named] + [fold(text) for text in ours]
        classes = [name for _, name in named] + [_OURS] * len(ours)
        self._letters = LetterRuns(texts, np.float64)
        one_class = LogisticRegression(C=10, solver="liblinear")
        model = OneVsRestClassifier(one_class).fit(self._letters.rows, classes)
        self._names = [str(name) for name in model.classes_]
        # One product instead of asking thirty classifiers: 1 ms instead of 5.
        self._weights = np.vstack([one.coef_ for one in model.estimators_]).T
        self._bias = np.concatenate([one.intercept_ for one in model.estimators_])

    def best(self, question: str) -> tuple[str, float]:
        columns, weights = self._letters.of(fold(question))
        scores = expit(weights @ self._weights[columns] + self._bias)
        shares = zip(self._names, scores / scores.sum(), strict=True)
        name, share = max((one for one in shares if one[0] != _OURS), key=lambda one: one[1])
        return name, float(share)


def _explain(error: ValidationError) -> str:
    fault = error.errors()[0]
    where = ".".join(str(step + 1) if isinstance(step, int) else step for step in fault["loc"])
    advice = _ADVICE.get(fault["type"], "har ett värde som inte går att använda")
    return f"{where or 'filen'} {advice}."
