"""How well personal data is hidden, from the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.masking.masker import Masker
from bot.quality import page
from bot.quality.masking import (
    Count,
    Outcome,
    by_kind,
    by_register,
    faults,
    put,
    read_messages,
    right,
)
from bot.settings import Settings
from connectors.cli.quality import read_page

FINAL = Path("tests/quality/masking-final.jsonl")
_NOTHING = "–"


@dataclass(frozen=True)
class Found:
    """What became of the messages of a half; of the final half no message is ever told."""

    development: tuple[Outcome, ...]
    final: tuple[Outcome, ...] | None

    @property
    def faults(self) -> tuple[str, ...]:
        return tuple(faults(self.development))

    def told(self) -> dict[str, Any]:
        """Return what is printed."""
        halves = {"development": self.development, "final": self.final}
        return {half: _figures(outcomes) for half, outcomes in halves.items() if outcomes}

    def parts(self) -> dict[str, str]:
        """Return the parts of the page of figures."""
        halves = {"masking": self.development, "masking-final": self.final}
        return {name: page.dated(tables(outcomes)) for name, outcomes in halves.items() if outcomes}


def measure(settings: Settings, final: bool) -> Found:
    """Mask the messages.

    Args:
        final: the half that was kept apart as well.

    Raises:
        ContentError: words, content or messages cannot be read.
        LanguageModelError: the Swedish pipeline cannot be used.
    """
    masker = Masker.load(settings.data_dir)
    built = settings.data_dir / "quality" / "masking-development.jsonl"

    def outcomes(path: Path) -> tuple[Outcome, ...]:
        masks = {mask: kind for kind, mask in masker.masks.items()}
        return put(lambda text: masker.mask(text).text, read_messages(path), masks)

    return Found(outcomes(built), outcomes(FINAL) if final else None)


def write(found: Found, out: Path) -> None:
    """Fill in the tables of masking on the page of figures.

    Raises:
        PageError: the page lacks the marks of a table.
        SettingError: there is no page.
    """
    out.write_text(page.fill(read_page(out), found.parts()), encoding="utf-8")


def tables(outcomes: Sequence[Outcome]) -> str:
    """Return a table by kind, one by register, and how many messages are wholly right."""
    good, every = right(outcomes)
    kinds = _table("Kind", by_kind(outcomes))
    registers = _table("Register", by_register(outcomes))
    return f"{good} of {every} messages are wholly right.\n\n{kinds}\n\n{registers}"


def _table(head: str, counts: Sequence[Count]) -> str:
    heads = (head, "Private", "Hidden of them", "Recall", "Masks", "Rightly", "Precision")
    return page.table(heads, [_line(one) for one in counts])


def _line(one: Count) -> tuple[str, ...]:
    return (
        one.name,
        *map(str, (one.private, one.found)),
        _share(one.recall),
        *map(str, (one.hidden, one.rightly)),
        _share(one.precision),
    )


def _share(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.3f}"


def _figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    good, every = right(outcomes)
    counts = {"kinds": by_kind(outcomes), "registers": by_register(outcomes)}
    shares = {
        name: {one.name: {"recall": one.recall, "precision": one.precision} for one in of}
        for name, of in counts.items()
    }
    return {"messages": every, "wholly right": good, **shares}
