"""Pictures of what was measured, as SVG. matplotlib is needed only here, to make the page."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")
mpl.rcParams |= {
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.size": 9,
    "legend.frameon": False,
    "svg.fonttype": "none",  # text stays text: smaller, and it can be searched
    "svg.hashsalt": "kommunbot",  # the same figures give the same file
}

from matplotlib import pyplot as plt  # noqa: E402  # after the settings above
from matplotlib.axes import Axes  # noqa: E402

Points = Sequence[Sequence[float]]
_OURS = "Kommunbot"
# Okabe & Ito (2008), told apart by the colour-blind as well, and a brown.
_COLOURS = ("#E69F00", "#56B4E9", "#009E73", "#CC79A7", "#D55E00", "#0072B2", "#999999", "#7A5230")


def draw_coverage(curves: Mapping[str, Mapping[str, Points]], path: Path) -> None:
    """Draw risk against coverage: one field a collection, one line a search, ours in black."""
    figure, fields = plt.subplots(
        1, len(curves), figsize=(4.2 * len(curves), 3.6), squeeze=False, sharey=True
    )
    colours = dict(zip(_others(curves), _COLOURS * 3, strict=False))
    for field, (title, lines) in zip(fields[0], curves.items(), strict=True):
        field.set(title=title, xlabel="share answered", xlim=(0, 1), ylim=(0, 1))
        for name, points in lines.items():
            _line(field, name, points, colours.get(name, "black"))
        field.axhline(0.05, color="#999999", linewidth=0.8, linestyle=":")
    fields[0][0].set_ylabel("share wrong among the answered")
    fields[0][-1].legend(fontsize=7, loc="lower left", bbox_to_anchor=(1.0, 0.0))
    _save(figure, path)


def _others(curves: Mapping[str, Mapping[str, Points]]) -> list[str]:
    return list(dict.fromkeys(n for lines in curves.values() for n in lines if n != _OURS))


def _line(field: Axes, name: str, points: Points, colour: str) -> None:
    shares, wrong = [point[0] for point in points], [1 - point[1] for point in points]
    width = 2.0 if name == _OURS else 1.1
    field.plot(shares, wrong, label=name, color=colour, linewidth=width)


def draw_reliability(bins: Mapping[str, Points], path: Path) -> None:
    """Draw the share right against confidence; the larger the dot, the more questions."""
    figure, field = plt.subplots(figsize=(3.8, 3.6))
    field.plot([0, 1], [0, 1], color="#999999", linewidth=0.8, linestyle=":")
    for (name, points), colour in zip(bins.items(), ("black", *_COLOURS), strict=False):
        confidence, right, share = zip(*points, strict=True)
        field.plot(confidence, right, color=colour, linewidth=1, label=name)
        field.scatter(confidence, right, s=[20 + 300 * part for part in share], color=colour)
    field.set(xlabel="confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1))
    field.legend(loc="upper left")
    _save(figure, path)


def draw_slices(slices: Mapping[str, Mapping[str, float]], path: Path) -> None:
    """Draw accuracy by register, the best on top, with the number of questions."""
    rows = sorted(slices.items(), key=lambda row: row[1]["accuracy_at_1"])
    figure, field = plt.subplots(figsize=(4.8, 0.6 + 0.26 * len(rows)))
    names = [f"{name.replace('_', ' ')} ({row['questions']:.0f})" for name, row in rows]
    bars = field.barh(names, [row["accuracy_at_1"] for _, row in rows], color="#56B4E9")
    field.bar_label(bars, labels=[f"{row['accuracy_at_1']:.0%}" for _, row in rows], padding=3)
    field.set(xlabel="accuracy at 1", xlim=(0, 1.1))
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None, "Creator": None})
    plt.close(figure)
