"""Two people's approval of the rules and the texts that answer danger, language by language."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML

from bot.errors import ContentError
from bot.safety.lexicon import LANGUAGES, RULES, phrases_path
from bot.texts import EASY, SWEDISH
from bot.yaml_files import read_content

NEEDED = 2  # different people for each part
PARTS = ("regler", *LANGUAGES)  # the order of the rules with their numbers, and each language

_KEPT = Path("safety", "godkannanden.yml")
_LIST = "godkannanden"
_WARNINGS = ("emergency_", "phone_")  # how the keys of the texts to people in danger begin


class Approval(BaseModel):
    """That somebody has read a part as it stood, and stands for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    part: str = Field(alias="del")
    name: str = Field(alias="namn", min_length=3)
    at: datetime = Field(alias="nar")
    digest: str = Field(alias="innehall")


Approvals = Mapping[str, Sequence[Approval]]  # of every part, the first of each name


class NotApproved(ContentError):
    """A part lacks the approval of two people."""


def digest_of(data_dir: Path, part: str) -> str:
    """Return what tells a part from any other state of it, as 64 hex digits.

    A language is its phrases and the warning texts that are said in it.

    Raises:
        ContentError: a file cannot be read.
    """
    if part not in LANGUAGES:
        return hashlib.sha256(_bytes_of(data_dir / RULES)).hexdigest()
    said_in = (SWEDISH, EASY) if part == SWEDISH else (part,)
    said = json.dumps([_warnings(data_dir, one) for one in said_in], sort_keys=True).encode()
    return hashlib.sha256(_bytes_of(phrases_path(data_dir, part)) + b"\0" + said).hexdigest()


def approvals(data_dir: Path) -> Approvals:
    """Return who has approved each part as it stands.

    Raises:
        ContentError: a file cannot be read.
    """
    kept = _kept(data_dir / _KEPT)
    return {part: _of_part(kept, part, digest_of(data_dir, part)) for part in PARTS}


def lacking(given: Approvals) -> tuple[str, ...]:
    """Return the parts that too few different people have approved."""
    return tuple(part for part in PARTS if len(given[part]) < NEEDED)


def require_approved(data_dir: Path) -> None:
    """Refuse content that has not been approved by two people.

    Raises:
        NotApproved: says which part lacks whom, and what to do.
        ContentError: a file cannot be read.
    """
    given = approvals(data_dir)
    if short := lacking(given):
        told = ", ".join(f"{part} ({len(given[part])} av {NEEDED})" for part in short)
        raise NotApproved(
            f"{data_dir / RULES.parent}: Regler, fraser eller larmtexter har ändrats och är inte"
            f" godkända av {NEEDED} personer: {told}. Två personer läser dem, och var och en"
            f' skriver `kommunbot safety approve --name "Förnamn Efternamn" --part {short[0]}`.'
        )


def approve(data_dir: Path, name: str, now: datetime, parts: Iterable[str] = PARTS) -> Approvals:
    """Add somebody's approval of parts as they stand, and return all; a repeat adds nothing.

    Approvals of what no longer stands leave the file; its history keeps them.

    Raises:
        ContentError: there is no name or no such part, or a file cannot be read or written.
    """
    if unknown := {*parts} - {*PARTS}:
        raise ContentError(f"Delen «{min(unknown)}» finns inte. Skriv en av {', '.join(PARTS)}.")
    name, given = " ".join(name.split()), approvals(data_dir)
    new = [
        _signed(data_dir, name, now, part)
        for part in parts
        if not any(_same(one.name) == _same(name) for one in given[part])
    ]
    _keep(data_dir / _KEPT, [*(one for part in PARTS for one in given[part]), *new])
    return approvals(data_dir)


def _signed(data_dir: Path, name: str, now: datetime, part: str) -> Approval:
    digest = digest_of(data_dir, part)
    at = now.replace(microsecond=0)
    try:
        return Approval.model_validate({"del": part, "namn": name, "nar": at, "innehall": digest})
    except ValidationError as error:
        raise ContentError("Skriv för- och efternamn efter --name.") from error


def _of_part(kept: Iterable[Approval], part: str, digest: str) -> tuple[Approval, ...]:
    by_name: dict[str, Approval] = {}
    for one in kept:
        if (one.part, one.digest) == (part, digest):
            by_name.setdefault(_same(one.name), one)
    return tuple(by_name.values())


def _warnings(data_dir: Path, language: str) -> dict[str, str]:
    path = data_dir / "texts" / f"{language}.yml"
    said = _read(path) if path.exists() else {}
    return {key: text for key, text in said.items() if key.startswith(_WARNINGS)}


def _same(name: str) -> str:
    return " ".join(name.split()).casefold()


def _keep(path: Path, given: Sequence[Approval]) -> None:
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 100
    kept = yaml.load(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept = kept or {}
    given = sorted(given, key=lambda one: (PARTS.index(one.part), one.at))
    kept[_LIST] = [one.model_dump(by_alias=True) | {"nar": one.at.isoformat()} for one in given]
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(kept, file)


def _kept(path: Path) -> tuple[Approval, ...]:
    if not path.exists():
        return ()
    try:
        return tuple(Approval.model_validate(one) for one in _read(path).get(_LIST) or ())
    except (ValidationError, TypeError) as error:
        raise ContentError(
            f"{path}: Varje godkännande ska ha «del», «namn», «nar» och «innehall»."
        ) from error


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ContentError(f"{path}: Filen går inte att läsa. {error}") from error


def _read(path: Path) -> dict[str, str]:
    found: dict[str, str] = read_content(path) or {}
    return found
