"""The small markup of answers as HTML: the same rules as the browser's `markup.ts`.

Paragraphs, `- ` and `1. ` lists, `| a | b |` tables, `**bold**` and `[text](https://…)`. Everything
else, HTML above all, is text and is escaped.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from urllib.parse import urlsplit

from markupsafe import Markup, escape

_BULLET = re.compile(r"^\s*[-•]\s+")
_NUMBER = re.compile(r"^\s*(\d{1,2})[.)]\s+")
_TABLE = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"^\s*\|[\s:|-]*-[\s:|-]*\|\s*$")
_INLINE = re.compile(r"\*\*([^*\n]+)\*\*|\[([^\]\n]{1,200})\]\((https?://[^\s()]{1,500})\)")
_NO_ADDRESS = re.compile(r"[\s\\<>\"'\x00-\x20\x7f]")
_PHONE = re.compile(r"\+?[\d\s()/.-]{3,25}")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


def markup(text: str) -> Markup:
    """Return an answer's text as HTML; never fails, whatever the text holds."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks = [_BLOCKS[kind](list(group)) for kind, group in groupby(lines, _kind) if kind]
    return Markup("\n").join(blocks)


def link(label: str, url: str) -> Markup:
    """Return a link, or its text where the address is none that is followed."""
    href = web_address(url)
    return Markup('<a href="{}">{}</a>').format(href, label) if href else escape(label)


def web_address(raw: str) -> str | None:
    """Return a whole http(s) address without a user's name in it, or None."""
    raw = raw.strip()
    try:
        parts = urlsplit(raw)
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    return raw if is_web and "@" not in parts.netloc and not _NO_ADDRESS.search(raw) else None


def phone_address(raw: str) -> str | None:
    """Return `031-390 06 00` as `tel:0313900600`; None for what is no phone number."""
    if not _PHONE.fullmatch(raw.strip()):
        return None
    digits = re.sub(r"[^\d+]", "", raw)
    return f"tel:{digits}" if len(digits) >= 3 else None


def mail_address(raw: str) -> str | None:
    """Return `mailto:` for a plain e-mail address; None for anything that carries more."""
    return f"mailto:{raw.strip()}" if _MAIL.fullmatch(raw.strip()) else None


def _kind(line: str) -> str:
    """Return what kind of block a line belongs to; "" between two blocks."""
    if not line.strip():
        return ""
    if _TABLE.match(line):
        return "table"
    if _BULLET.match(line):
        return "list"
    return "numbers" if _NUMBER.match(line) else "paragraph"


def _paragraph(lines: Sequence[str]) -> Markup:
    return Markup("<p>{}</p>").format(Markup("<br>").join(_inline(line.strip()) for line in lines))


def _bullets(lines: Sequence[str]) -> Markup:
    return Markup("<ul>{}</ul>").format(_items(lines, _BULLET))


def _numbers(lines: Sequence[str]) -> Markup:
    first = _NUMBER.match(lines[0])
    start = int(first[1]) if first else 1
    return Markup('<ol start="{}">{}</ol>').format(start, _items(lines, _NUMBER))


def _items(lines: Sequence[str], mark: re.Pattern[str]) -> Markup:
    texts = (mark.sub("", line).strip() for line in lines)
    return Markup().join(Markup("<li>{}</li>").format(_inline(text)) for text in texts)


def _table(lines: Sequence[str]) -> Markup:
    """A table scrolls by itself on a narrow screen, so it can be reached with the keyboard."""
    rows = [_cells(line) for line in lines if not _RULE.match(line)]
    ruled = len(lines) > 1 and _RULE.match(lines[1])
    head = _row(rows.pop(0), "col") if ruled and rows else Markup()
    body = Markup().join(_row(row, "row") for row in rows)
    return Markup(
        '<div class="scroll" tabindex="0"><table><thead>{}</thead><tbody>{}</tbody></table></div>'
    ).format(head, body)


def _row(cells: Sequence[str], scope: str) -> Markup:
    heads = len(cells) if scope == "col" else 1
    drawn = [
        Markup('<th scope="{}">{}</th>').format(scope, _inline(cell))
        if place < heads
        else Markup("<td>{}</td>").format(_inline(cell))
        for place, cell in enumerate(cells)
    ]
    return Markup("<tr>{}</tr>").format(Markup().join(drawn))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _inline(text: str) -> Markup:
    parts, start = [], 0
    for match in _INLINE.finditer(text):
        parts.append(escape(text[start : match.start()]))
        bold, label, url = match.groups()
        parts.append(Markup("<strong>{}</strong>").format(bold) if bold else link(label, url))
        start = match.end()
    return Markup().join([*parts, escape(text[start:])])


_BLOCKS = {"paragraph": _paragraph, "list": _bullets, "numbers": _numbers, "table": _table}
