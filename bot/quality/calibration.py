"""Fitting confidence to labelled questions, and saying honestly how good it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sklearn.metrics import roc_auc_score

from bot.confidence.calibrator import Calibrator
from bot.confidence.features import features
from bot.confidence.held_out import held_out
from bot.errors import ContentError
from bot.quality.metrics import Bools, Floats, coverage, expected_calibration_error
from bot.quality.unanswerable import weights
from bot.retrieval.model import Found
from bot.retrieval.search import Search


class LabelledQuestion(BaseModel):
    """A question and the entries that answer it; none where nothing does."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = ""
    text: str
    entry: str | None = None
    also: tuple[str, ...] = ()
    kind: Literal["in", "near", "far"] | None = None
    outcome: str | None = None
    lang: str = "sv"
    manner: str | None = Field(None, alias="register")  # a model has a method `register`
    topic: str | None = None

    @property
    def expected(self) -> str:
        """Tell what the search should find: "in", "near", "far", or the outcome that needs none."""
        if self.kind or not self.outcome:
            return self.kind or ("in" if self.entry else "near")
        return {"answer": "in", "unanswerable": "near", "oos": "far"}.get(
            self.outcome, self.outcome
        )

    @property
    def right(self) -> frozenset[str]:
        return frozenset({self.entry, *self.also}) - {None} if self.entry else frozenset()


@dataclass(frozen=True)
class Evidence:
    """Features of the best hit for each search, shape (searches, features), and what came of it.

    `weight` is None where the searches are as many of each kind as in life.
    """

    rows: Floats
    right: Bools
    answerable: Bools
    group: NDArray[np.str_]  # the entry asked for: folds never share one
    weight: Floats | None = None


def read_labelled(path: Path) -> tuple[LabelledQuestion, ...]:
    """Read one labelled question a line.

    Raises:
        ContentError: says which line, and what is wrong with it.
    """
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            questions.append(LabelledQuestion.model_validate_json(line))
        except ValidationError as error:
            raise ContentError(f"{path}:{number}: {error.errors()[0]['msg']}") from error
    return tuple(questions)


def gather(questions: Sequence[LabelledQuestion], search: Search) -> Evidence:
    """Search for every question; and again without its answer, for every other one.

    The second search is the hard case of a live system: the subject is ours, the answer
    is not there, and a neighbouring entry comes first. Each kind weighs as much as it does where
    confidence is measured (`bot.quality.unanswerable`), however many there are of it here.
    """
    rows, right, kind, group = [], [], [], []
    for number, question in enumerate(questions):
        urls = urls_of(question, search)
        found = search.find(question.text)
        if found.hits:
            rows.append(features(found))
            right.append(is_right(question, found, urls))
            kind.append("in" if question.right else "far" if question.expected == "far" else "near")
            group.append(question.entry or question.id)
        if question.right and number % 2:
            removed = search.find(question.text, without=_all_of(question, urls, search))
            rows.append(features(removed))
            right.append(False)
            kind.append("near")
            group.append(question.entry or question.id)
    kinds = np.array(kind)
    return Evidence(np.array(rows), np.array(right), kinds == "in", np.array(group), weights(kinds))


def is_right(question: LabelledQuestion, found: Found, urls: frozenset[str]) -> bool:
    """Tell whether the best hit is an entry that answers, or a piece of such an entry's page."""
    best = found.hits[0].document
    return best.id in question.right or (best.kind == "page" and best.url in urls)


def crossed(evidence: Evidence) -> Floats:
    """Return a confidence in each search, fitted to other entries (grouped 5-fold)."""
    return held_out(evidence.rows, evidence.right, evidence.group, Calibrator.fit, evidence.weight)


def judge(confidence: Floats, evidence: Evidence) -> dict[str, float]:
    """Return the figures that say what confidence is worth, each from 0 to 1.

    `answerable_coverage_at_95` is the largest share of the answerable searches that can be
    answered while at least 95 % of all answers given are right.
    """
    right, answerable, weight = evidence.right, evidence.answerable, evidence.weight
    share = np.average(answerable, weights=weight)
    return {
        "searches": float(len(right)),
        "accuracy_at_1": float(right[answerable].mean()),
        "auroc_right": float(roc_auc_score(right, confidence, sample_weight=weight)),
        "auroc_answerable": float(roc_auc_score(answerable, confidence, sample_weight=weight)),
        "expected_calibration_error": expected_calibration_error(confidence, right, weight),
        "answerable_coverage_at_95": float(coverage(confidence, right, 0.95, weight) / share),
        "answerable_coverage_at_90": float(coverage(confidence, right, 0.90, weight) / share),
    }


def urls_of(question: LabelledQuestion, search: Search) -> frozenset[str]:
    """Return the addresses of the pages that the right entries were written from."""
    found = (search.get(entry) for entry in question.right)
    return frozenset(document.url for document in found if document)


def _all_of(question: LabelledQuestion, urls: frozenset[str], search: Search) -> frozenset[str]:
    pages = {d.id for d in search.documents if d.kind == "page" and d.url in urls}
    return question.right | pages
