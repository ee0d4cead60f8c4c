"""When the bot answers, asks back, or gives up: whatever is expected to cost least.

The costs stand in `data/policy.yml`, in one unit: a turn that the citizen spends in vain.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from bot.errors import ContentError
from bot.retrieval.model import Hit
from bot.yaml_files import read_content

FILE = "policy.yml"
CHOICES = 3  # more are not read before they are answered

Cost = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Costs(_Kept):
    """What each fault costs for one risk class, and the thresholds that follow.

    With p the probability that the best candidate is right and c that a right one is among
    those that would be offered, the expected costs are:

    * to answer: (1 − p) · wrong_answer
    * to ask back: at most needless_question, which is what it costs when it was needless
    * not to offer the choices, so that a person must answer: c · needless_handover
    * to say that it is hardly our business: c · rejected

    So the bot answers when (1 − p) · wrong_answer ≤ needless_question, offers choices when
    needless_question ≤ c · needless_handover, and says no when c · rejected < needless_question.
    The question back is taken at its full cost even though it is sometimes needed: counting that
    as well would move `answer_at` by no more than from 1 − q/w to w/(w + q), 0.86 to 0.88 here.
    (Chow 1970, "On optimum recognition error and reject tradeoff", with more than one way out.)
    """

    wrong_answer: Cost = Field(alias="fel_svar")
    needless_handover: Cost = Field(4.0, alias="onodig_overlamning")
    needless_question: Cost = Field(1.0, alias="onodig_fraga")
    rejected: Cost = Field(12.0, alias="avvisad_fraga")
    at_least: float = Field(0.0, ge=0, le=1, alias="minst")  # a floor that a margin asks for

    @property
    def answer_at(self) -> float:
        """The probability of the best candidate from which on it is given as the answer."""
        return max(self.at_least, 1 - self.needless_question / self.wrong_answer)

    @property
    def choose_at(self) -> float:
        """The probability that a right one is among the choices from which on they are offered."""
        return self.needless_question / self.needless_handover

    @property
    def about_us_at(self) -> float:
        """The probability that anything found is right below which it is hardly our business."""
        return self.needless_question / self.rejected

    @property
    def call_at(self) -> float:
        """The probability of a wish for a person from which on one is called.

        With p the probability that it was one, calling costs (1 − p) · needless_handover, and
        searching instead p · needless_question.
        """
        return self.needless_handover / (self.needless_handover + self.needless_question)

    @model_validator(mode="after")
    def _rising(self) -> "Costs":
        if self.needless_handover >= self.wrong_answer:
            raise _fault("onodig_overlamning", "ska vara mindre än fel_svar")
        if self.needless_handover > self.rejected:
            raise _fault("avvisad_fraga", "ska vara minst lika stor som onodig_overlamning")
        if self.choose_at > self.answer_at:
            raise _fault("onodig_fraga", "är för stor: då skulle assistenten aldrig fråga tillbaka")
        return self


class AnswerPolicy(_Kept):
    """The costs of each risk class of an entry (`risk`), and how often the bot may miss.

    `confusable` is how likely the entry classifier may find a risky entry, as a share of what it
    gives the best one, before the bot asks which of them is meant.
    """

    low: Costs = Field(Costs(wrong_answer=7), alias="lag")
    high: Costs = Field(Costs(wrong_answer=12), alias="hog")
    confusable: float = Field(0.7, gt=0, allow_inf_nan=False, alias="forvaxling")
    misses: int = Field(2, ge=1, alias="missar")  # at this miss in a row a person takes over

    @classmethod
    def load(cls, data_dir: Path) -> "AnswerPolicy":
        """Read `data/policy.yml`.

        Raises:
            ContentError: the file is missing, or a value cannot be used; names file and key.
        """
        path = data_dir / FILE
        try:
            return cls.model_validate(read_content(path))
        except ValidationError as error:
            raise ContentError(f"{path}: {_explain(error)}") from error

    @model_validator(mode="after")
    def _high_is_stricter(self) -> "AnswerPolicy":
        if self.high.answer_at < self.low.answer_at:
            raise _fault("hog", "ska kräva minst lika mycket som lag: höj hog.fel_svar")
        return self

    @property
    def version(self) -> str:
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:8]

    def of(self, hit: Hit) -> Costs:
        """Return the costs of the risk class that `hit` has."""
        return self.high if hit.document.risky else self.low


@dataclass(frozen=True)
class Candidate:
    """A hit and the calibrated probability that it answers the question."""

    hit: Hit
    confidence: float


class Step(StrEnum):
    """What to do with the candidates."""

    ANSWER = "answer"
    ASK = "ask"  # offer choices
    REPHRASE = "rephrase"  # ask for more words
    OUTSIDE = "outside"  # not the municipality's business
    HAND_OFF = "hand_off"


def offered(candidates: Sequence[Candidate], policy: AnswerPolicy) -> list[Candidate]:
    """Return those that a citizen can choose between: entries, since a page is no question.

    The best one, those that it may be confused with, and then the others.
    """
    entries = [one for one in candidates if one.hit.document.kind == "entry"]
    mixed_up = confused(candidates, policy)
    first = [*entries[:1], *mixed_up] if mixed_up else []
    return [*first, *(one for one in entries if one not in first)][:CHOICES]


def confused(candidates: Sequence[Candidate], policy: AnswerPolicy) -> list[Candidate]:
    """Return the risky entries that the citizen may have meant instead of the best candidate.

    The confidence weighs letters as much as meaning, and so is high for «dricka vatten utan att
    koka» beside an answer about brown water. The entry classifier has learnt what sets two
    neighbours apart; where it hesitates between them, the one who is answered wrongly may act on
    a rule that is not theirs.
    """
    if not candidates or candidates[0].hit.document.kind != "entry":
        return []
    best = candidates[0].hit.head
    rivals = (one for one in candidates[1:] if one.hit.document.risky)
    return [one for one in rivals if one.hit.head > policy.confusable * best]


def decide(candidates: Sequence[Candidate], misses: int, policy: AnswerPolicy) -> Step:
    """Choose between answering, asking back and handing over.

    The bot answers only when a wrong answer is expected to cost less than a question back, and
    no risky entry may be meant instead; at the last miss too, since then the person who takes
    over asks it.

    Args:
        candidates: best first; confidences are calibrated, not raw scores.
        misses: how many times in a row the bot has already failed to answer.

    Raises:
        ValueError: the candidates are not sorted by falling confidence.
    """
    values = [candidate.confidence for candidate in candidates]
    if values != sorted(values, reverse=True):
        raise ValueError("candidates must come with falling confidence")
    costs = policy.of(candidates[0].hit) if candidates else policy.low
    if candidates and values[0] >= costs.answer_at and not confused(candidates, policy):
        return Step.ANSWER
    if misses + 1 >= policy.misses:
        return Step.HAND_OFF
    if _any_right(offered(candidates, policy)) >= costs.choose_at:
        return Step.ASK
    return Step.REPHRASE if _any_right(candidates) >= costs.about_us_at else Step.OUTSIDE


def _any_right(candidates: Sequence[Candidate]) -> float:
    """Return how likely it is that one of the first is right: no two answer the same question."""
    return min(1.0, sum(candidate.confidence for candidate in candidates[:CHOICES]))


def _fault(key: str, what: str) -> PydanticCustomError:
    return PydanticCustomError("policy", "{key} {what}", {"key": key, "what": what})


_SAID = {  # what pydantic calls a fault, as an editor reads it
    "missing": "saknas. Lägg till raden",
    "extra_forbidden": "är ingen känd rad. Ta bort den eller rätta stavningen",
    "greater_than": "ska vara större än 0",
    "greater_than_equal": "är för litet",
    "less_than_equal": "ska vara högst 1",
}


def _explain(error: ValidationError) -> str:
    fault = error.errors()[0]
    key = ".".join(map(str, fault["loc"]))
    if fault["type"] == "policy":
        return f"{key}{'.' if key else ''}{fault['msg']}."
    return f"{key or 'filen'} {_SAID.get(fault['type'], 'har ett värde som inte går att använda')}."
