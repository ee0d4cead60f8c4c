"""Fitting the confidence to a municipality's own labelled questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import log_loss

from bot.answering.policy import AnswerPolicy
from bot.confidence.calibrator import Calibrator
from bot.confidence.features import features
from bot.confidence.held_out import held_out
from bot.confidence.local import LocalCalibration, undo
from bot.confidence.margin import Threshold, fewest, thresholds, with_margin, without_margin
from bot.encoders import create_encoder
from bot.errors import KommunbotError
from bot.quality.calibration import Evidence, LabelledQuestion, is_right, read_labelled, urls_of
from bot.quality.metrics import Bools, Floats, auroc, coverage, expected_calibration_error
from bot.retrieval.search import Search
from bot.retrieval.store import open_search
from bot.settings import Settings

FEWEST = 100  # with fewer the figures themselves are too unsure to choose by
PRECISIONS = (0.90, 0.95, 0.98)


class CannotRecalibrate(KommunbotError):
    """The labelled questions do not say enough."""


@dataclass(frozen=True)
class Recalibration:
    """What a refit to `questions` labelled questions would change.

    `before` is the shipped confidence, which has not seen them; `after` is fitted without the
    questions it is judged on. `calibrator` is fitted to all.
    """

    calibrator: Calibrator
    shipped: Calibrator
    before: Floats
    after: Floats
    right: Bools

    @property
    def better(self) -> bool:
        return bool(log_loss(self.right, self.after) < log_loss(self.right, self.before))

    def report(self, policy: AnswerPolicy) -> dict[str, Any]:
        """Return the figures; thresholds are those of the confidence that will be in use."""
        used = self.after if self.better else self.before
        return {
            "questions": len(self.right),
            "best hit right": float(self.right.mean()),
            "before": worth(self.before, self.right),
            "after": worth(self.after, self.right),
            "to be right in": margins(used, self.right),
            "the policy's own": {
                name: promise(used, self.right, costs.answer_at)
                for name, costs in (("lag", policy.low), ("hog", policy.high))
            },
        }


def recalibrate(path: Path, settings: Settings) -> tuple[dict[str, Any], Path | None]:
    """Fit to the questions of `path`, and put the result in use if it is better.

    Returns:
        the figures, and the file written; None where the shipped confidence was as good.

    Raises:
        CannotRecalibrate: too few questions, or they do not tell right from wrong.
        ContentError: a line cannot be read, or the policy is wrong.
        SearchIndexError: there is no usable index.
    """
    questions = read_enough(path)
    encoder = create_encoder(settings.encoder)
    search, _ = open_search(settings.index_dir, encoder)
    found = refit(observe(questions, search), Calibrator.load())
    report = found.report(AnswerPolicy.load(settings.data_dir))
    if not found.better:
        return report, None
    local = LocalCalibration(
        calibrator=found.calibrator,
        encoder=encoder.id,
        shipped=found.shipped.version,
        made_at=datetime.now(UTC),
    )
    return report, local.save(settings.models_dir)


def read_enough(path: Path) -> tuple[LabelledQuestion, ...]:
    """Read the labelled questions.

    Raises:
        CannotRecalibrate: the file is missing, or holds too few.
        ContentError: a line cannot be read.
    """
    if not path.is_file():
        raise CannotRecalibrate(f"{path} cannot be read. Give a file with one question a line.")
    questions = read_labelled(path)
    if len(questions) < FEWEST:
        raise CannotRecalibrate(
            f"{path} has {len(questions)} labelled questions; at least {FEWEST} are needed."
            " Label more, or go on with the confidence in use."
        )
    return questions


def observe(questions: Sequence[LabelledQuestion], search: Search) -> Evidence:
    """Search for every question as it stands: how often there is no answer is part of the truth.

    Raises:
        CannotRecalibrate: a label names an entry that is not in the index.
    """
    _require_known(questions, search)
    seen = [(question, search.find(question.text)) for question in questions]
    seen = [(question, found) for question, found in seen if found.hits]
    right = [is_right(question, found, urls_of(question, search)) for question, found in seen]
    return Evidence(
        rows=np.array([features(found, 0) for _, found in seen]),
        right=np.array(right, dtype=bool),
        answerable=np.array([bool(question.right) for question, _ in seen]),
        group=np.array([question.entry or question.text for question, _ in seen]),
    )


def refit(evidence: Evidence, shipped: Calibrator) -> Recalibration:
    """Fit to the evidence, with the shipped weights as the prior.

    Raises:
        CannotRecalibrate: all best hits are right, or all wrong, or all belong to one entry.
    """
    if len(set(evidence.right.tolist())) < 2:
        which = "right" if evidence.right.any() else "wrong"
        raise CannotRecalibrate(
            f"The best hit is {which} for every labelled question, so they do not tell right from"
            " wrong. Label questions as citizens ask them, also some without an answer."
        )
    if len(set(evidence.group)) < 2:
        raise CannotRecalibrate("All questions ask for one entry. Label questions about others.")
    return Recalibration(
        calibrator=shipped.refit(evidence.rows, evidence.right.tolist()),
        shipped=shipped,
        before=shipped.probabilities(evidence.rows),
        after=held_out(evidence.rows, evidence.right, evidence.group, shipped.refit),
        right=evidence.right,
    )


def undone(settings: Settings) -> str:
    """Go back to the shipped confidence, and say so."""
    there = undo(settings.models_dir)
    return "The shipped confidence is in use. Restart the system." if there else "Nothing to undo."


def what_now(written: Path | None) -> str:
    if written is None:
        return "The shipped confidence is as good on these questions. Nothing was written."
    return f"{written} is new. Restart the system to use it."


def worth(confidence: Floats, right: Bools) -> dict[str, float]:
    """Return what a probability is worth; docs/how-to/recalibrate.md explains each name."""
    return {
        "log loss": float(log_loss(right, confidence)),
        "calibration error": expected_calibration_error(confidence, right),
        "auroc": auroc(confidence[right], confidence[~right]) or 0.0,
        **{f"coverage at {p:.0%}": coverage(confidence, right, p) for p in PRECISIONS},
    }


def margins(confidence: Floats, right: Bools) -> dict[str, dict[str, dict[str, float]]]:
    """Say from which confidence on each precision is reached, as seen and with a margin."""
    truth = right.tolist()
    return {
        f"{wanted:.0%}": {
            "as seen": _said(without_margin(confidence, truth, wanted), wanted),
            "with margin": _said(with_margin(confidence, truth, wanted), wanted),
        }
        for wanted in PRECISIONS
    }


def promise(confidence: Floats, right: Bools, at: float) -> dict[str, float]:
    """Say what came of answering from `at` on, and what that promises for new questions."""
    (found,) = thresholds(confidence, right.tolist(), [at])
    return {
        "from": at,
        "answers": found.coverage,
        "right": found.precision,
        "right at least": found.precision_at_least(),
    }


def _said(found: Threshold | None, wanted: float) -> dict[str, float]:
    if found is None:
        return {"not reached, needs sure answers": float(fewest(wanted))}
    return {"from": found.at, "answers": found.coverage}


def _require_known(questions: Sequence[LabelledQuestion], search: Search) -> None:
    named = {entry for question in questions for entry in question.right}
    if unknown := sorted(entry for entry in named if search.get(entry) is None):
        raise CannotRecalibrate(
            f"The index has no entry {', '.join(unknown[:3])}. Correct the labels: null means"
            " that nothing answers. Or run `make index`."
        )
