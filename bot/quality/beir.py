"""Reading a test collection in BEIR's layout (Thakur et al. 2021)."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import KommunbotError
from bot.retrieval.model import Document


class CollectionError(KommunbotError):
    """A test collection is missing a file or a line of it cannot be read."""


@dataclass(frozen=True)
class Collection:
    """Documents, questions by id, and the ids of the right documents for each question."""

    documents: tuple[Document, ...]
    questions: dict[str, str]
    right: dict[str, dict[str, int]]


def read_collection(folder: Path) -> Collection:
    """Read `corpus.jsonl`, `queries.jsonl` and `qrels.tsv`.

    A document with a title is an entry (its title is its question), one without is a passage.

    Raises:
        CollectionError: a file is missing, or says which line is wrong.
    """
    corpus = tuple(
        Document(
            id=row["_id"],
            kind="entry" if row.get("title") else "page",
            title=row.get("title") or "",
            text=row["text"],
        )
        for row in _lines(folder / "corpus.jsonl", ("_id", "text"))
    )
    questions = {
        row["_id"]: row["text"] for row in _lines(folder / "queries.jsonl", ("_id", "text"))
    }
    right = _relevance(folder / "qrels.tsv")
    if not corpus or not right:
        raise CollectionError(f"{folder} has no documents or no judged questions.")
    return Collection(corpus, {q: text for q, text in questions.items() if q in right}, right)


def _lines(path: Path, needed: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CollectionError(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if any(not isinstance(row[name], str) for name in needed):
                raise TypeError
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise CollectionError(
                f"{path}:{number}: each line is a JSON object with {' and '.join(needed)} as text."
            ) from error
        yield row


def _relevance(path: Path) -> dict[str, dict[str, int]]:
    """Read question, document and grade, tab-separated; the heading row is optional."""
    right: dict[str, dict[str, int]] = {}
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    except (OSError, UnicodeDecodeError) as error:
        raise CollectionError(f"{path} cannot be read: {error}") from error
    for number, row in enumerate(rows, start=1):
        if number == 1 and row and not row[-1].lstrip("-").isdigit():
            continue
        try:
            question, document, grade = row[0], row[-2], int(row[-1])
        except (IndexError, ValueError) as error:
            raise CollectionError(
                f"{path}:{number}: each line is question, document and grade, with tabs between."
            ) from error
        if grade > 0:
            right.setdefault(question, {})[document] = grade
    return right
