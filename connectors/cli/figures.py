"""The figures on /om-assistenten: measured, counted and written by one command."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.about.measured import Alarms, Measured
from bot.answering.assistant import Assistant
from bot.errors import IndexMissing
from bot.quality.answering import count_answers
from bot.quality.calibration import read_labelled
from bot.quality.emergencies import by_language, hear, read_messages
from bot.safety.emergency import EmergencyRules
from bot.settings import Settings
from connectors.cli.alarming import FINAL

EVERY_LANGUAGE = "all"


def measure(settings: Settings, questions: Path, progress: Callable[[int], None]) -> Measured:
    """Put questions to the assistant, and messages of danger to its rules.

    Raises:
        IndexMissing: there is no index in use.
        ContentError: questions, messages or rules cannot be read.
    """
    assistant = Assistant.open(settings)
    if assistant.problem:
        raise IndexMissing(assistant.problem)
    versions = assistant.versions()
    return Measured(
        date=datetime.now(UTC).date(),
        encoder=versions.encoder or "",
        confidence=versions.policy or "",
        answering=count_answers(assistant, read_labelled(questions), progress),
        alarms=_alarms(settings.data_dir),
    )


def _alarms(data_dir: Path) -> Alarms:
    heard = hear(EmergencyRules.load(data_dir), read_messages(FINAL))
    (count,) = (one for one in by_language(heard) if one.language == EVERY_LANGUAGE)
    return Alarms(
        dangers=count.dangers,
        found=count.found,
        missed=count.missed,
        harmless=count.messages - count.dangers,
        false_alarms=count.false_alarms,
    )


def write(found: Measured, out: Path) -> None:
    """Write the file that the page reads, whole or not at all."""
    part = out.with_suffix(f"{out.suffix}.part")
    part.write_text(found.model_dump_json(indent=2) + "\n", encoding="utf-8")
    part.replace(out)


def told(found: Measured) -> dict[str, Any]:
    """Return what is printed."""
    return {
        **found.answering.model_dump(),
        "share found": found.share_found,
        "share answered": found.share_answered,
        "share right of the answers": found.share_right,
        **{f"alarms: {name}": count for name, count in found.alarms},
    }
