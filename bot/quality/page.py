"""The page of figures: generated parts between marks, in a page that people write."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.errors import KommunbotError

Row = Mapping[str, Any]

_WORTH = {
    "auroc_near": "AUROC near",
    "auroc_far": "AUROC far",
    "coverage_at_90": "Coverage at 90 %",
    "coverage_at_95": "at 95 %",
    "coverage_at_98": "at 98 %",
    "area_under_risk": "AURC",
    "expected_calibration_error": "ECE",
}
_RANKING = {
    "accuracy_at_1": "Accuracy at 1 (95 % interval)",
    "recall_at_5": "Recall at 5",
    "mrr_at_10": "MRR at 10",
    "ndcg_at_10": "nDCG at 10",
}
_SHARES = ("accuracy", "recall", "coverage")  # names that begin so are shown as per cent


class PageError(KommunbotError):
    """The page cannot be filled in: a mark is missing."""


def fill(page: str, parts: Mapping[str, str]) -> str:
    """Put each part between its marks `<!-- name -->` and `<!-- /name -->`.

    What stands outside the marks, and parts that are not given, stay as they are.

    Raises:
        PageError: the page lacks the marks of a part.
    """
    for name, text in parts.items():
        before, start, rest = page.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        if not start or not end:
            raise PageError(f"The page has no lines <!-- {name} --> and <!-- /{name} -->.")
        page = f"{before}{start}\n{text}\n\n{end}{after}"
    return page


def dated(text: str, told: str = "") -> str:
    """Put today's date, and what else is `told` of the figures, over `text`."""
    return f"*{datetime.now(UTC).date().isoformat()}{told}.*\n\n{text}"


def searches(ours: Row, others: Mapping[str, Row], confidence: Mapping[str, str]) -> str:
    """Return a table with the product, by each of its confidences, above all others.

    Args:
        confidence: the row's name by the key of the confidence in `ours`.
    """
    rows = [(name, {**ours, **ours[key]}) for key, name in confidence.items() if key in ours]
    named = {**_RANKING, **_WORTH}
    lines = [(name, *_cells(row, named)) for name, row in [*rows, *others.items()]]
    return table(("Search", *named.values()), lines)


def _cells(row: Row, named: Iterable[str]) -> list[str]:
    if "not_run" in row:
        return [f"not run: {row['not_run']}", *[""] * (len(list(named)) - 1)]
    return [_figure(name, row) for name in named]


def _figure(name: str, row: Row) -> str:
    if name not in row:
        return "–"
    if not name.startswith(_SHARES):
        return f"{row[name]:.3f}"
    share = _percent(row[name])
    interval = row.get("intervals", {}).get(name) if name == "accuracy_at_1" else None
    return f"{share} ({_percent(interval[0])}–{_percent(interval[1])})" if interval else share


def slices(ranking: Mapping[str, Row], confidence: Mapping[str, Row]) -> str:
    """Return a table with a row for each value of one trait: register, language or topic."""
    named = {
        "accuracy_at_1": "Accuracy at 1",
        "recall_at_5": "Recall at 5",
        "coverage_at_95": "Coverage at 95 %",
        "expected_calibration_error": "ECE",
    }
    lines = [
        (
            value.replace("_", " "),
            f"{row['questions']:.0f}",
            *_cells(_both(row, confidence, value), named),
        )
        for value, row in sorted(ranking.items(), key=lambda item: -item[1]["questions"])
    ]
    return table(("", "Questions", *named.values()), lines)


def _both(row: Row, confidence: Mapping[str, Row], value: str) -> Row:
    return {**confidence.get(value, {}), **row}


def noise(by_collection: Mapping[str, Mapping[str, Row]]) -> str:
    """Return a table of accuracy for plain questions and the points lost to each noise."""
    kinds = [kind for kind in next(iter(by_collection.values())) if kind != "plain"]
    lines = [
        (
            name,
            f"{rows['plain']['questions']:.0f}",
            _percent(rows["plain"]["accuracy_at_1"]),
            *(f"{100 * rows[kind]['difference']:+.1f}" for kind in kinds),
        )
        for name, rows in by_collection.items()
    ]
    heads = ("", "Questions", "Plain, accuracy at 1", *(kind.replace("_", " ") for kind in kinds))
    return table(heads, lines)


def times(by_collection: Mapping[str, Row]) -> str:
    """Return a table of the time of one question."""
    lines = [
        (name, str(row["documents"]), f"{row['p50_ms']:.1f}", f"{row['p95_ms']:.1f}")
        for name, row in by_collection.items()
    ]
    return table(("", "Documents", "p50, ms", "p95, ms"), lines)


def counts(rows: Sequence[Row]) -> str:
    """Return a table of counts: what is counted, and how many of how many."""
    return table(("", "Number"), [(row["name"], f"{row['number']} of {row['of']}") for row in rows])


def sizes(found: Row) -> str:
    """Return what a search costs among many vectors and passages, and how soon a change is live."""
    rows = [
        (
            f"{row['rows']:,}",
            f"{100 * row['recall_at_10']:.2f} %",
            f"{row['p50_ms']:.1f}",
            f"{row['p95_ms']:.1f}",
            f"{row['build_s']:.1f}",
            f"{row['memory_mb']:.0f}",
        )
        for row in found["rows"]
    ]
    heads = ("Vectors", "Nearest ten found", "p50, ms", "p95, ms", "Built in, s")
    many, change = found["passages"], found["change"]
    whole = (f"{many['passages']:,.0f}", f"{many['p50_ms']:.1f}", f"{many['p95_ms']:.1f}")
    return "\n\n".join(
        [
            table((*heads, "Memory beside the vectors, MB"), rows),
            table(("Passages, whole searches", "p50, ms", "p95, ms"), [whole]),
            f"A changed entry is live {change['later_s']:.1f} seconds after the index is asked to"
            f" be built in a running process ({change['cpu_s']:.1f} of processor time); the first"
            f" time {change['first_s']:.1f}. A process beside it sees that within half a second and"
            f" opens the new index in {change['other_s']:.1f} more ({change['other_cpu_s']:.1f} of"
            " processor time).",
        ]
    )


def table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    rows = [heads, ["---"] * len(heads), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"
