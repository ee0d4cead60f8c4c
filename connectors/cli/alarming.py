"""How many messages of danger raise the alarm, from the command line."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.quality import page
from bot.quality.emergencies import (
    Count,
    alarms,
    by_language,
    faults,
    hear,
    ordinary,
    read_messages,
)
from bot.safety.emergency import EmergencyRules
from bot.settings import Settings
from connectors.cli.quality import read_page

FINAL = Path("tests/quality/emergencies-final.jsonl")


@dataclass(frozen=True)
class Found:
    """Counts of a half by language; of the final half no message is ever told."""

    development: tuple[Count, ...]
    faults: tuple[str, ...]  # of the development half
    final: tuple[Count, ...] | None
    ordinary: int  # questions that the own content knows
    alarms: tuple[tuple[str, str], ...]  # those of them that raise one, with the rule

    def told(self) -> dict[str, Any]:
        """Return what is printed."""
        halves = {"development": self.development, "final": self.final or ()}
        return {
            **{
                half: {count.language: _figures(count) for count in counts}
                for half, counts in halves.items()
                if counts
            },
            "ordinary questions": self.ordinary,
            "ordinary questions with an alarm": len(self.alarms),
        }

    def parts(self) -> dict[str, str]:
        """Return the parts of the page of figures."""
        halves = {"emergencies": self.development, "emergencies-final": self.final}
        parts = {name: page.dated(table(counts)) for name, counts in halves.items() if counts}
        alarm_lines = [(text, rule) for text, rule in self.alarms]
        known = f"{self.ordinary} questions; {len(self.alarms)} raise an alarm."
        shown = page.table(("Question", "Rule"), alarm_lines)
        return parts | {"emergencies-ordinary": page.dated(f"{known}\n\n{shown}")}


def measure(settings: Settings, final: bool) -> Found:
    """Put the messages to the rules.

    Args:
        final: the half that was kept apart as well.

    Raises:
        ContentError: rules, messages or questions cannot be read.
    """
    rules = EmergencyRules.load(settings.data_dir)
    built = settings.data_dir / "quality" / "emergencies-development.jsonl"
    heard = hear(rules, read_messages(built))
    known = ordinary(settings.data_dir)
    return Found(
        development=by_language(heard),
        faults=tuple(faults(heard)),
        final=by_language(hear(rules, read_messages(FINAL))) if final else None,
        ordinary=len(known),
        alarms=alarms(rules, known),
    )


def write(found: Found, out: Path) -> None:
    """Fill in the tables of emergencies on the page of figures.

    Raises:
        PageError: the page lacks the marks of a table.
        SettingError: there is no page.
    """
    out.write_text(page.fill(read_page(out), found.parts()), encoding="utf-8")


def table(counts: Sequence[Count]) -> str:
    """Return a row for each language, all together last."""
    heads = ("Language", "Messages", "Dangers", "Found", "Missed", "Wrong rule", "Harmless")
    lines = [
        (
            one.language,
            *map(str, (one.messages, one.dangers, one.found, one.missed, one.wrong_rule)),
            str(one.messages - one.dangers),
            str(one.false_alarms),
        )
        for one in counts
    ]
    return page.table((*heads, "False alarms"), lines)


def _figures(count: Count) -> dict[str, int]:
    return {name: value for name, value in asdict(count).items() if name != "language"}
