"""An entry's block as a form's fields, and back: only what a form changed is written anew.

In fields dates are texts (2026-11-10) and texts have no line break at their end, because YAML
gives one to every `svar: |`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from io import StringIO
from math import isfinite
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from bot.errors import ContentError
from bot.faq.model import Entry
from bot.yaml_files import lines_of, mapping_of

BLOCK = Path("posten")  # where faults in a block by itself are told to be
_BEGINS_WITH = "«id:»"
_ORDER = {
    field.alias or name: place for place, (name, field) in enumerate(Entry.model_fields.items())
}
_DATES = frozenset({"granskad", "giltig_fran", "giltig_till"})
_IN_ONE_LINE = frozenset({"malgrupp", "sasong"})


def fields_of(yaml: str) -> dict[str, Any]:
    """Return what stands in a block, by its Swedish keys.

    Raises:
        ContentError: it cannot be read as YAML, or is no mapping.
        ValueError: a date stands there that no calendar has.
    """
    if not yaml:
        return {}
    try:
        return {key: _plain(value) for key, value in _loaded(yaml).items()}
    except RecursionError as error:  # `&a [*a]`
        raise ContentError(f"{BLOCK}:1: En rad hänvisar till sig själv. Skriv ut den.") from error


def with_fields(yaml: str, fields: Mapping[str, Any]) -> str:
    """Write `fields` into a block. Keys whose value is as before keep every byte.

    A key that is missing in `fields`, or empty there, is taken out.

    Raises:
        ContentError: the block cannot be read as YAML.
        ValueError: a date stands in it that no calendar has.
    """
    before = fields_of(yaml)
    wanted = {key: _normal(value) for key, value in fields.items()}
    kept = {
        key: value
        for key, value in wanted.items()
        if (key in before and before[key] == value) or value not in (None, "", [], {})
    }
    spliced = _spliced(yaml, before, kept) if before else None
    if spliced is not None and _says(spliced, kept):
        return spliced
    return "".join(_dumped(key, kept[key]) for key in sorted(kept, key=_place))


@dataclass(frozen=True)
class _Part:
    """The lines of one key or item, and the blank and comment lines after them."""

    text: str
    after: str


def _spliced(yaml: str, before: Mapping[str, Any], wanted: Mapping[str, Any]) -> str | None:
    """Write only what has changed; None where the block's lines cannot be told apart."""
    raw = _loaded(yaml)
    if raw.fa.flow_style() or not all(_stands_alone(key, raw) for key in raw):
        return None
    lines = lines_of(yaml)
    starts = [raw.lc.key(key)[0] for key in raw]
    parts = dict(zip(raw, _parts(lines, starts, 0), strict=True))
    written = {
        key: _rewritten(key, wanted[key], before, raw, parts)
        for key in _in_order(list(raw), wanted)
        if key in wanted
    }
    head = "".join(lines[: starts[0]])
    gone = {key: part.after for key, part in parts.items() if key not in wanted}
    return head + "".join({**gone, **written}[k] for k in _in_order(list(raw), {**gone, **wanted}))


def _stands_alone(key: Any, raw: Any) -> bool:
    """Tell whether a key begins a line."""
    return isinstance(key, str) and raw.lc.key(key)[1] == 0


def _rewritten(
    key: str,
    value: Any,
    before: Mapping[str, Any],
    raw: Any,
    parts: Mapping[str, _Part],
) -> str:
    if key not in parts:
        return _dumped(key, value)
    part = parts[key]
    text = part.text if part.text.endswith("\n") else part.text + "\n"
    if before[key] == value:
        return text + part.after
    items = _spliced_items(key, value, raw[key], text)
    flow = isinstance(raw[key], CommentedSeq) and bool(raw[key].fa.flow_style())
    new = items or _dumped(key, value, flow=flow)
    return _with_comment(new, text, raw, key) + part.after


def _with_comment(new: str, old: str, raw: Any, key: str) -> str:
    """Keep the comment behind a value of one line."""
    found = raw.ca.items.get(key)
    comment = found[2] if found and len(found) > 2 else None
    if (
        comment is None
        or not comment.value.startswith("#")
        or new.count("\n") > 1
        or old.count("\n") > 1
    ):
        return new
    return f"{new.rstrip()}  {comment.value.splitlines()[0].strip()}\n"


def _spliced_items(key: str, value: Any, old: Any, text: str) -> str | None:
    """Write a list of texts with the lines of the items that stay; None where it is no such."""
    lists = isinstance(old, CommentedSeq) and isinstance(value, list)
    if not lists or not old or not value or old.fa.flow_style():
        return None
    values = [_plain(one) for one in old]
    if not all(isinstance(one, str) for one in [*values, *value]):
        return None
    lines = lines_of(text)
    starts = [old.lc.item(n)[0] - old.lc.item(0)[0] + _first_item(lines) for n in range(len(old))]
    if any(not lines[start].lstrip().startswith("-") for start in starts):
        return None
    indent = len(lines[starts[0]]) - len(lines[starts[0]].lstrip())
    parts = list(_parts(lines, starts, indent))
    new = list(_matched(values, value, parts, indent))
    return "".join([*lines[: starts[0]], *new])


def _first_item(lines: list[str]) -> int:
    return next((n for n, line in enumerate(lines) if n and line.lstrip().startswith("-")), 0)


def _matched(old: list[str], new: list[str], parts: list[_Part], indent: int) -> Iterator[str]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield from (part.text + part.after for part in parts[old_from:old_to])
        else:
            dumped = _dumped("x", new[new_from:new_to]) if new_from < new_to else ""
            for line in lines_of(dumped)[1:]:
                yield " " * indent + line[2:]


def _parts(lines: list[str], starts: list[int], indent: int) -> Iterator[_Part]:
    """Cut lines at `starts`; blank lines and comments before the next start stand apart."""
    for start, limit in zip(starts, [*starts[1:], len(lines)], strict=True):
        end = limit
        while end > start + 1 and _is_between(lines[end - 1], indent):
            end -= 1
        yield _Part("".join(lines[start:end]), "".join(lines[end:limit]))


def _is_between(line: str, indent: int) -> bool:
    stripped = line.strip()
    return not stripped or (stripped.startswith("#") and line.index("#") <= indent)


def _in_order(keys: list[str], wanted: Mapping[str, Any]) -> list[str]:
    """Return `keys` as they stand, with what is new in `wanted` where an entry has it."""
    ordered = [key for key in keys if key in wanted]
    for key in sorted((key for key in wanted if key not in keys), key=_place):
        before = [n for n, other in enumerate(ordered) if _place(other) < _place(key)]
        ordered.insert(before[-1] + 1 if before else 0, key)
    return ordered


def _place(key: str) -> int:
    return {"rubrik": -1, "amne": -2}.get(key, _ORDER.get(key, len(_ORDER)))


def _says(yaml: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return fields_of(yaml) == wanted
    except (ContentError, ValueError):
        return False


def _dumped(key: str, value: Any, *, flow: bool = False) -> str:
    """Write one key. Whatever a plain style would not keep is quoted."""
    plain = _written({key: _styled(key, value, flow=flow)})
    if _says(plain, {key: value}):
        return plain
    return _written({key: _quoted(value)})


def _written(content: Any) -> str:
    yaml = YAML()
    yaml.width = 1_000_000  # never break a line: a changed word should be one changed line
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(content, stream)
    return stream.getvalue()


def _styled(key: str, value: Any, *, flow: bool = False) -> Any:
    if isinstance(value, str):
        if key in _DATES and _is_date(value):
            return date.fromisoformat(value)
        return LiteralScalarString(value + "\n") if "\n" in value else value
    if isinstance(value, Mapping):
        return {name: _styled(name, one) for name, one in value.items()}
    if isinstance(value, list):
        items = CommentedSeq(_styled("", one) for one in value)
        if flow or key in _IN_ONE_LINE:
            items.fa.set_flow_style()
        return items
    return value


def _quoted(value: Any) -> Any:
    if isinstance(value, str):
        return DoubleQuotedScalarString(value)
    if isinstance(value, Mapping):
        return {name: _quoted(one) for name, one in value.items()}
    return [_quoted(one) for one in value] if isinstance(value, list) else value


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _loaded(yaml: str) -> Any:
    content = mapping_of(yaml, BLOCK, _BEGINS_WITH)
    if not all(isinstance(key, str) for key in content):
        raise ContentError(f"{BLOCK}:1: Varje rad ska börja med ett ord och ett kolon.")
    return content


def _plain(value: Any) -> Any:
    """Turn what ruamel.yaml read into plain values."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return str(value).rstrip("\n")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else str(value)


def _number(value: float) -> float | str:
    """Return the number itself; JSON has none that is not finite."""
    if isinstance(value, int):
        return int(value)
    return float(value) if isfinite(value) else str(value)


def _normal(value: Any) -> Any:
    """The same for what a form sends."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").rstrip("\n")
    if isinstance(value, Mapping):
        return {str(key): _normal(one) for key, one in value.items()}
    return [_normal(one) for one in value] if isinstance(value, list | tuple) else value
