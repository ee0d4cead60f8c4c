"""Changing `data/utseende.yml` without losing its comments or its order."""

from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from bot.look.model import Look

_EMPTY = "{}\n"


def with_look(text: str | None, look: Look) -> str:
    """Return the file's `text` with `look` in it.

    Args:
        text: what the file says, which must be readable; None where there is no file.
    """
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    content = yaml.load(text or _EMPTY)
    content.fa.set_block_style()
    _change(content, look.model_dump(by_alias=True, exclude_none=True))
    out = StringIO()
    yaml.dump(content, out)
    return out.getvalue()


def _change(written: Any, told: dict[str, Any]) -> None:
    for key in [key for key in written if key not in told]:
        del written[key]
    for key, value in told.items():
        if isinstance(value, dict) and isinstance(written.get(key), dict):
            _change(written[key], value)
        elif written.get(key) != value:
            written[key] = value
