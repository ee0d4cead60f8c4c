"""Changing `data/meddelanden.yml` without losing its comments or its order."""

from datetime import datetime
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from bot.notices.model import STOCKHOLM, Notice

_EMPTY = "meddelanden: []\n"
_WIDE = 10_000  # characters: a text is never folded, so that a line changes as a line


def with_notice(text: str | None, notice: Notice) -> str:
    """Return the file's `text` with `notice` in the place of the one with its id, or last.

    Args:
        text: what the file says, which must be readable; None where there is no file.
    """
    yaml = YAML(typ="rt")
    yaml.width, yaml.allow_unicode = _WIDE, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    content = yaml.load(text or _EMPTY)
    kept = content.setdefault("meddelanden", [])
    found = next((one for one in kept if one.get("id") == notice.id), None)
    if found is None:
        kept.append(_written(notice))
    else:
        _change(found, _written(notice))
    out = StringIO()
    yaml.dump(content, out)
    return out.getvalue()


def _written(notice: Notice) -> dict[str, Any]:
    told: dict[str, Any] = {"id": notice.id, "typ": notice.kind, "text": notice.text}
    if notice.link:
        told["lank"] = {"titel": notice.link.title, "url": notice.link.url}
    told["borjar"] = _clock(notice.starts)
    if notice.ends:
        told["slutar"] = _clock(notice.ends)
    if notice.topics:
        told["amnen"] = list(notice.topics)
    return told


def _change(written: Any, told: dict[str, Any]) -> None:
    for key in [key for key in written if key not in told]:
        del written[key]
    for key, value in told.items():
        if written.get(key) != value:
            written[key] = value


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"
