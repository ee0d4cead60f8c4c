"""What the municipality has published itself: numbers and addresses that are never hidden."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import ContentError
from bot.language.normalise import fold
from bot.live_file import LiveFile
from bot.masking.addresses import Addresses
from bot.masking.digits import runs
from bot.masking.phones import national
from bot.municipality import Municipality
from bot.people.model import Function
from bot.people.source import CsvStaff
from bot.safety.lexicon import RULES, read_rules
from bot.yaml_files import read_mapping

_HOURS, _AUTHORITIES = "oppettider.yml", "authorities.yml"
_FILES = ("kommun.yml", _HOURS, _AUTHORITIES, str(RULES))
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}\w")
_PHONE = range(3, 12)  # digits: 112, and those of a number within Sweden


@dataclass(frozen=True)
class Published:
    """As the rules compare them: digits dialled within Sweden, small letters, folded names."""

    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    @classmethod
    def load(cls, data_dir: Path, addresses: Addresses) -> "Published":
        """Read the facts of the municipality, its places, staff, other authorities and helplines.

        Raises:
            ContentError: a file cannot be read.
        """
        staff = CsvStaff(data_dir).load()
        told = [str(fact) for fact in Municipality.load(data_dir).values()]
        told += _texts(data_dir)
        told += (number for rule in read_rules(data_dir) for number in rule.phones)
        told += (fact for one in staff.people for fact in (one.phone, one.email, one.hours) if fact)
        told += (fact for one in staff.functions for fact in _facts(one))
        return cls(
            phones=frozenset(number for text in told for number in _numbers(text)),
            emails=frozenset(found.lower() for text in told for found in _EMAIL.findall(text)),
            addresses=frozenset[str]().union(*map(addresses.published, told)),
            people=frozenset(fold(person.name) for person in staff.people),
        )


def _facts(function: Function) -> Iterator[str]:
    yield from filter(None, (function.phone, function.email, function.hours, function.duties))


def live(data_dir: Path, addresses: Addresses) -> LiveFile[Published]:
    """Return what is published now; a file that is wrong leaves in use what was said before.

    Raises:
        ContentError: a file cannot be read from the beginning.
    """
    staff = CsvStaff(data_dir).paths
    paths = [*(data_dir / name for name in _FILES), *staff]
    first = Published.load(data_dir, addresses)
    return LiveFile(
        paths, lambda: Published.load(data_dir, addresses), first, "masking_keep_list_unusable"
    )


def _texts(data_dir: Path) -> Iterator[str]:
    for name in (_HOURS, _AUTHORITIES):
        path = data_dir / name
        try:
            yield from _strings(read_mapping(path, "sina egna rader"), numbers=name != _HOURS)
        except OSError as error:
            raise ContentError(f"{path}: Filen går inte att läsa. {error}") from error


def _strings(content: Any, *, numbers: bool) -> Iterator[str]:
    """Yield the texts in a file; without `numbers` only names, which may hold an address."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key != "egna" and (numbers or key in {"platser", "namn"}):
                yield from _strings(value, numbers=numbers)
    elif isinstance(content, list):
        for value in content:
            yield from _strings(value, numbers=numbers)
    elif isinstance(content, str):
        yield content


def _numbers(text: str) -> Iterator[str]:
    for run in runs(text):
        if len(run.digits) in _PHONE:
            yield national(run.digits)
