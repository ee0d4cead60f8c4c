"""Reading a test collection in BEIR's layout (Thakur et al. 2021)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.errors import KommunbotError
from bot.retrieval.model import Document

TRAITS = ("lang", "register", "topic")  # a question may carry them; figures are told for each


class CollectionError(KommunbotError):
    """A test collection is missing a file or a line of it cannot be read."""


@dataclass(frozen=True)
class Collection:
    """Documents, questions by id, and the ids of the right documents for each question.

    `traits` tells more of a question: its language, register or topic, where known.
    `belonging` names the documents that say the same as another one: they are as right as it is,
    and leave the index with it.
    """

    documents: tuple[Document, ...]
    questions: dict[str, str]
    right: dict[str, dict[str, int]]
    traits: dict[str, dict[str, str]] = field(default_factory=dict)
    belonging: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def exact_duplicates(self) -> int:
        """Documents that have the words of another one."""
        return len(self.documents) - len({(d.title, d.text) for d in self.documents})

    def credited(self, question: str, ids: Iterable[str]) -> tuple[str, ...]:
        """Put the right document in the place of what belongs to it, each document once."""
        own = {
            other: d for d in self.right.get(question, ()) for other in self.belonging.get(d, ())
        }
        return tuple(dict.fromkeys(own.get(document, document) for document in ids))

    @property
    def judged_outside(self) -> frozenset[str]:
        """Right documents that the collection does not hold: nothing can find them."""
        held = {document.id for document in self.documents}
        return frozenset(d for grades in self.right.values() for d in grades) - held


def read_collection(folder: Path) -> Collection:
    """Read `corpus.jsonl`, `queries.jsonl`, and `qrels.tsv` or `qrels/test.tsv`.

    A document with a title is an entry (its title is its question), one without is a passage.
    `variants`, in the row or in its `metadata`, are other ways to ask for an entry. Questions
    that nobody judged are left out.

    Raises:
        CollectionError: a file is missing, or says which line is wrong.
    """
    documents = tuple(_document(row, where) for row, where in _lines(folder / "corpus.jsonl"))
    right = _relevance(_judgements(folder))
    questions, traits = dict[str, str](), dict[str, dict[str, str]]()
    for row, where in _lines(folder / "queries.jsonl"):
        question = _id(row, where)
        if question in right:
            questions[question] = _text(row, "text", where)
            traits[question] = _traits(row)
    right = {question: right[question] for question in questions}
    collection = Collection(documents, questions, right, traits)
    _check(folder, collection)
    return collection


def read_texts(path: Path) -> tuple[str, ...]:
    """Read one text a line: plain, or `text` of a JSON object.

    Raises:
        CollectionError: the file is missing, or says which line is wrong.
    """
    return tuple(
        _text(_row(line, where), "text", where) if line.startswith("{") else line.strip()
        for line, where in _written(path)
    )


def _check(folder: Path, collection: Collection) -> None:
    if not collection.documents or not collection.questions:
        raise CollectionError(f"{folder} has no documents or no judged questions.")
    ids = [document.id for document in collection.documents]
    if len(set(ids)) < len(ids):
        twice = next(i for number, i in enumerate(ids) if i in ids[:number])
        raise CollectionError(f"{folder}/corpus.jsonl has more than one document {twice!r}.")
    judged = {document for grades in collection.right.values() for document in grades}
    if judged == collection.judged_outside:
        raise CollectionError(
            f"{folder}: no right document stands in corpus.jsonl ({min(judged)!r} does not,"
            " for one). Do the files belong together?"
        )


def _document(row: Mapping[str, Any], where: str) -> Document:
    title = _text(row, "title", where) if row.get("title") else ""
    more = row.get("metadata")
    variants = row.get("variants") or (more.get("variants") if isinstance(more, dict) else ()) or ()
    if isinstance(variants, str) or not all(isinstance(variant, str) for variant in variants):
        raise CollectionError(f"{where}: variants is a list of texts.")
    return Document(
        id=_id(row, where),
        kind="entry" if title else "page",
        title=title,
        text=_text(row, "text", where),
        variants=tuple(variants) if title else (),
    )


def _id(row: Mapping[str, Any], where: str) -> str:
    value = row.get("_id")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise CollectionError(f"{where}: each line needs _id, a text or a whole number.")
    return str(value)


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise CollectionError(f"{where}: each line needs {name} as text.")
    return value


def _traits(row: Mapping[str, Any]) -> dict[str, str]:
    more = row.get("metadata")
    told = {**(more if isinstance(more, dict) else {}), **row}
    return {name: str(told[name]) for name in TRAITS if told.get(name)}


def _lines(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each object of a file, and where it stands."""
    for line, where in _written(path):
        yield _row(line, where), where


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise CollectionError(f"{where}: each line is a JSON object ({error}).") from error
    if not isinstance(row, dict):
        raise CollectionError(f"{where}: each line is a JSON object.")
    return row


def _written(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each line that is not empty, and where it stands."""
    for number, line in enumerate(_content(path).split("\n"), start=1):
        if line.strip():
            yield line, f"{path}:{number}"


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CollectionError(f"{path} cannot be read: {error}") from error


def _judgements(folder: Path) -> Path:
    """BEIR's own archives keep the judgements in a folder, one file a part."""
    inner = folder / "qrels" / "test.tsv"
    return inner if inner.exists() and not (folder / "qrels.tsv").exists() else folder / "qrels.tsv"


def _relevance(path: Path) -> dict[str, dict[str, int]]:
    """Read question, document and grade, tab-separated; the heading row is optional."""
    right: dict[str, dict[str, int]] = {}
    for number, (line, where) in enumerate(_written(path)):
        row = [part.strip() for part in line.split("\t")]
        if number == 0 and not _is_grade(row[-1]):
            continue
        if len(row) < 3 or not _is_grade(row[-1]):
            raise CollectionError(
                f"{where}: each line is question, document and grade, with tabs between."
            )
        if (grade := int(float(row[-1]))) > 0:
            right.setdefault(row[0], {})[row[-2]] = grade
    return right


def _is_grade(text: str) -> bool:
    try:
        return float(text) == int(float(text))
    except (ValueError, OverflowError):
        return False
