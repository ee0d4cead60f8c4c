"""Reading the project's Markdown: tables, code blocks, headings, links."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

Rows = list[list[str]]

_CELL_BORDER = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


def page(name: str) -> str:
    """Return the text of a page below `docs`."""
    return (DOCS / name).read_text(encoding="utf-8")


def pages() -> list[Path]:
    """Return every page that a reader may come to."""
    readme = ROOT / "README.md"
    return [*sorted(DOCS.rglob("*.md")), *([readme] if readme.exists() else [])]


def section(text: str, heading: str) -> str:
    """Return what stands under `heading`, up to the next heading of the same level."""
    level = heading.split(" ", maxsplit=1)[0]
    _, _, after = text.partition(f"\n{heading}\n")
    assert after, f"there is no heading «{heading}»"
    return re.split(rf"^{level} ", after, maxsplit=1, flags=re.MULTILINE)[0]


def table(text: str) -> Rows:
    """Return the rows of the first table in `text`, without its head; code marks are removed."""
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("|"):
            lines.append(line)
        elif lines:
            break
    return [[_plain(cell) for cell in _CELL_BORDER.split(line)[1:-1]] for line in lines[2:]]


def column(rows: Rows, number: int = 0) -> list[str]:
    return [row[number] for row in rows]


def blocks(text: str, language: str) -> list[str]:
    """Return the contents of the code blocks of one language."""
    return [body for found, body in _FENCE.findall(text) if found == language]


def codes(cell: str) -> list[str]:
    """Return the names in code marks of a cell; what stands in brackets explains them."""
    bare = re.sub(r"\([^)]*\)", "", cell).strip()
    return re.findall(r"`(\w+)`", bare) or ([bare] if bare else [])


def links(text: str) -> Iterator[str]:
    """Return the targets of every link and picture outside code blocks."""
    for target, picture in _LINK.findall(_FENCE.sub("", text)):
        yield target or picture


def anchors(text: str) -> set[str]:
    """Return the names that GitHub gives to the headings of `text`."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _plain(cell: str) -> str:
    text = cell.strip().replace(r"\|", "|")
    whole = re.fullmatch(r"`([^`]+)`", text)
    return whole[1] if whole else text
