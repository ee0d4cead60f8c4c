"""Reading `data/kopplingar.yml`. Every fault is told with file, line and what to do, in Swedish."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import ValidationError

from bot.yaml_faults import Faults, line_of, read_list
from connectors.outside.targets import KINDS, MailTarget, Target, WebhookTarget

FILE = "kopplingar.yml"
_KEY = "kopplingar"


def load_targets(data_dir: Path, secrets: Mapping[str, str]) -> tuple[Target, ...]:
    """Read every target, those that are off too; without a file there is none.

    Args:
        secrets: by the name of their environment variable; those of targets that are on
            must be there.

    Raises:
        ContentError: one line a fault, as `file:line: what to do`.
    """
    path = data_dir / FILE
    if not path.exists():
        return ()
    faults, targets = Faults(path), dict[str, Target]()
    for target, line in _targets(read_list(path, _KEY)[_KEY], faults):
        if target.id in targets:
            faults.tell(line, f"Id {target.id} finns redan. Ge kopplingen ett eget id.")
        if target.on and (
            missing := [name for name in secret_names(target) if name not in secrets]
        ):
            faults.tell(
                line,
                f"Miljövariabeln {missing[0]} som {target.id} behöver är inte satt."
                " Sätt den i .env, eller skriv «aktiv: false».",
            )
        targets[target.id] = target
    faults.raise_any()
    return tuple(targets.values())


def secret_names(target: Target) -> list[str]:
    """Return the environment variables that hold the target's secrets."""
    if isinstance(target, WebhookTarget):
        return [target.secret]
    if isinstance(target, MailTarget):
        return [target.password] if target.password else []
    return [target.url]


def read_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """Return `.env` with the environment over it; what is empty counts as not set."""
    found = {**dotenv_values(".env"), **environment}
    return {name: value for name, value in found.items() if value}


def _targets(rows: Sequence[Any], faults: Faults) -> Iterator[tuple[Target, int]]:
    for number, raw in enumerate(rows):
        line = line_of(rows, number) or 1
        if not isinstance(raw, dict):
            faults.tell(line, "Varje post ska börja med «- id:».")
            continue
        kind = KINDS.get(str(raw.get("typ")))
        if kind is None:
            name = raw.get("id", "en post utan id")
            faults.tell(
                line_of(raw, "typ") or line,
                f"«typ» i {name} ska vara webhook, epost eller notis. Rätta raden.",
            )
            continue
        try:
            yield kind.model_validate(raw), line
        except ValidationError as error:
            faults.tell_all(error, raw, line)
