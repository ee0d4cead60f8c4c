"""What is done with questions that a wrong answer would harm with, from the command line."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.answering.assistant import Assistant
from bot.errors import IndexMissing
from bot.quality import page
from bot.quality.confusions import Count, ask, by_kind, faults, read_questions
from bot.settings import Settings
from connectors.cli.quality import read_page

FINAL = Path("tests/quality/confusions-final.jsonl")


@dataclass(frozen=True)
class Found:
    """Counts of a half by kind; of the final half no question is ever told."""

    development: tuple[Count, ...]
    faults: tuple[str, ...]  # of the development half
    final: tuple[Count, ...] = ()

    def told(self) -> dict[str, Any]:
        """Return what is printed."""
        halves = {"development": self.development, "final": self.final}
        return {
            half: {count.kind: _figures(count) for count in counts}
            for half, counts in halves.items()
            if counts
        }

    def parts(self) -> dict[str, str]:
        """Return the parts of the page of figures."""
        halves = {"confusions": self.development, "confusions-final": self.final}
        return {name: page.dated(table(counts)) for name, counts in halves.items() if counts}


def measure(settings: Settings, final: bool, progress: Callable[[], None]) -> Found:
    """Ask the questions.

    Args:
        final: the half that was kept apart as well.

    Raises:
        ContentError: a line of the questions is wrong.
        IndexMissing: there is no index to search.
    """
    built = read_questions(settings.data_dir / "quality" / "confusions-development.jsonl")
    apart = read_questions(FINAL) if final else ()
    assistant = Assistant.open(settings)
    if assistant.problem:
        raise IndexMissing(assistant.problem)
    tried = ask(assistant, built, progress)
    return Found(
        development=by_kind(tried),
        faults=tuple(faults(tried)),
        final=by_kind(ask(assistant, apart, progress)) if final else (),
    )


def write(found: Found, out: Path) -> None:
    """Fill in the tables of confusions on the page of figures; a half not measured stays.

    Raises:
        PageError: the page lacks the marks of a table.
        SettingError: there is no page.
    """
    out.write_text(page.fill(read_page(out), found.parts()), encoding="utf-8")


def table(counts: Sequence[Count]) -> str:
    """Return a row for each kind, all together last."""
    heads = ("Kind", "Questions", "Right", "Harmful", "Other", "Asked", "Asked without", "Left")
    return page.table(heads, [tuple(map(str, asdict(count).values())) for count in counts])


def _figures(count: Count) -> dict[str, int]:
    return {name: value for name, value in asdict(count).items() if name != "kind"}
