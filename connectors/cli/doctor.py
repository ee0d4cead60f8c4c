"""What this machine lacks, in plain words."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from bot.encoders import create_encoder
from bot.errors import KommunbotError
from bot.faq.repository import load_faq
from bot.people.source import CsvStaff
from bot.retrieval.store import open_search, require_fresh
from bot.safety.approval import require_approved
from bot.settings import Settings
from connectors.now import utc_now
from connectors.outside.repository import load_targets, read_secrets
from connectors.retention.permission import NothingMayBeDeleted, permitted

_DISK_GB = 4
_MEMORY_GB = 3


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `mend` says what to do where it is not fine."""

    what: str
    fine: bool
    mend: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Look at the machine, the environments, the content and what has been built."""
    return [
        *_machine(),
        *_programs(),
        _content(settings),
        _staff(settings),
        _safety(settings),
        _connections(settings),
        _retention(settings),
        *_built(settings),
    ]


def _machine() -> Iterator[Finding]:
    version = sys.version_info
    yield Finding(
        f"Python {version.major}.{version.minor}",
        version >= (3, 11),
        "Install Python 3.11 and run `make clean setup`.",
    )
    free = shutil.disk_usage(".").free / 1e9
    yield Finding(f"{free:.0f} GB free disk", free >= _DISK_GB, f"Free up at least {_DISK_GB} GB.")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    yield Finding(
        f"{memory:.0f} GB memory",
        memory >= _MEMORY_GB,
        f"Kommunbot runs in 2.5 GB; use a machine with at least {_MEMORY_GB} GB.",
    )


def _programs() -> Iterator[Finding]:
    """Look for programs; of several names in a group one is enough."""
    for names, purpose, package in (
        (("git",), "to fetch and build", "git"),
        (("make",), "to build", "make"),
    ):
        there = any(shutil.which(name) for name in names)
        yield Finding(f"{names[0]}, {purpose}", there, f"Run `apt-get install {package}`.")


def _content(settings: Settings) -> Finding:
    try:
        count = len(load_faq(settings.data_dir))
    except KommunbotError as error:
        return Finding(f"the FAQ in {settings.data_dir / 'faq'}", False, str(error))
    return Finding(f"{count} FAQ entries", True)


def _staff(settings: Settings) -> Finding:
    try:
        staff = CsvStaff(settings.data_dir).load()
    except KommunbotError as error:
        return Finding(f"the staff in {settings.data_dir / 'staff'}", False, str(error))
    count = f"{len(staff.people)} people and {len(staff.functions)} functions to look up"
    return Finding(count, not staff.problems, "\n".join(staff.problems))


def _safety(settings: Settings) -> Finding:
    try:
        require_approved(settings.data_dir)
    except KommunbotError as error:
        return Finding("two people's approval of the rules of danger", False, str(error))
    return Finding("the rules of danger are approved by two people", True)


def _connections(settings: Settings) -> Finding:
    try:
        targets = load_targets(settings.data_dir, read_secrets(os.environ))
    except KommunbotError as error:
        return Finding("connections to other systems", False, str(error))
    return Finding(f"{sum(one.on for one in targets)} connections to other systems", True)


def _retention(settings: Settings) -> Finding:
    try:
        decision = permitted(settings.data_dir, utc_now()).decision
    except NothingMayBeDeleted as error:
        return Finding("deleting what is old", False, str(error))
    return Finding(f"what is old is deleted by decision {decision.number}", True)


def _built(settings: Settings) -> Iterator[Finding]:
    for path, command in (
        (settings.rasa_venv / "bin" / "rasa", "make setup"),
        (settings.rasa_model, "make train"),
        (settings.web_dir / "kommunbot.js", "make web"),
    ):
        yield Finding(str(path), path.exists(), f"It is missing. Run `{command}`.")
    try:
        open_search(settings.index_dir, create_encoder(settings.encoder))
        require_fresh(settings.index_dir, settings.data_dir, settings.site_url, settings.crawl_file)
    except KommunbotError as error:
        yield Finding("the search index", False, str(error))
    else:
        yield Finding("the search index is up to date", True)
