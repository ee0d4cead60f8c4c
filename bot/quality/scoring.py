"""Scoring what the running system did with labelled questions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.answering.model import Outcome

_NO_ANSWER = frozenset({Outcome.CLARIFY, Outcome.HANDOFF, Outcome.OOS})


def score(
    cases: Sequence[Mapping[str, Any]], results: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Compare results with labels.

    Args:
        cases: with `id`, `outcome` (answer, unanswerable, or another outcome), `entry`, `also`.
        results: as `kommunbot eval` writes them.

    Returns:
        shares from 0 to 1: how many questions with an answer got the right one, got a wrong one,
        or were asked back with the right choice; how precise given answers were; how often
        questions without an answer got one anyway; and the share right for the other outcomes.
    """
    by_id = {result["id"]: result for result in results}
    verdicts = [(case["outcome"], _verdict(case, by_id[case["id"]])) for case in cases]
    counts = Counter(verdicts)
    total = Counter(kind for kind, _ in verdicts)
    right, wrong = counts["answer", "right"], counts["answer", "wrong"]
    false = sum(counts[kind, "answered"] for kind in ("unanswerable", "oos"))
    shares: dict[str, Any] = {
        "questions": len(cases),
        "answered_right": _share(right, total["answer"]),
        "answered_wrong": _share(wrong, total["answer"]),
        "asked_with_right_choice": _share(counts["answer", "offered"], total["answer"]),
        "precision": _share(right, right + wrong + false),
        "unanswerable_but_answered": _share(
            counts["unanswerable", "answered"], total["unanswerable"]
        ),
    }
    others = sorted(set(total) - {"answer", "unanswerable"})
    return shares | {kind: _share(counts[kind, "right"], total[kind]) for kind in others}


def _verdict(case: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    outcome = result["outcome"]
    if case["outcome"] == "answer":
        return _answer_verdict({case["entry"], *case.get("also", ())}, result)
    if outcome == Outcome.ANSWER:
        return "answered"
    if case["outcome"] == "unanswerable":
        return "right" if outcome in _NO_ANSWER else outcome
    if case["outcome"] == Outcome.OOS:
        return "right" if outcome in _NO_ANSWER else outcome
    return "right" if outcome == case["outcome"] else outcome


def _answer_verdict(right: set[str], result: Mapping[str, Any]) -> str:
    if result["outcome"] == Outcome.ANSWER:
        return "right" if result["entry"] in right else "wrong"
    if right & set(result["choices"]):
        return "offered"
    return str(result["outcome"])


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
