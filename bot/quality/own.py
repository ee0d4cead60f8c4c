"""The municipality's own content as a collection: its documents, and questions labelled by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.quality.beir import Collection
from bot.quality.calibration import LabelledQuestion
from bot.retrieval.model import Document
from bot.retrieval.wording import Wording


@dataclass(frozen=True)
class Own:
    """Questions with an answer as a collection; near and far ones have none."""

    collection: Collection
    near: tuple[str, ...]
    far: tuple[str, ...]
    wording: Wording | None = None


def own_content(
    documents: Sequence[Document],
    questions: Sequence[LabelledQuestion],
    wording: Wording | None = None,
) -> Own:
    """Arrange documents and labelled questions for measuring.

    Passages of the page that an entry was written from say the same as the entry.
    """
    by_id = {document.id: document for document in documents}
    asked = [question for question in questions if question.expected == "in"]
    return Own(
        Collection(
            documents=tuple(documents),
            questions={question.id: question.text for question in asked},
            right={question.id: dict.fromkeys(sorted(question.right), 1) for question in asked},
            traits={q.id: _traits(q, by_id.get(q.entry or "")) for q in asked},
            belonging=_passages(documents),
        ),
        near=tuple(question.text for question in questions if question.expected == "near"),
        far=tuple(question.text for question in questions if question.expected == "far"),
        wording=wording,
    )


def _traits(question: LabelledQuestion, entry: Document | None) -> dict[str, str]:
    topic = question.topic or (entry.topic if entry else None)
    told = {"lang": question.lang, "register": question.manner, "topic": topic}
    return {name: value for name, value in told.items() if value}


def _passages(documents: Sequence[Document]) -> dict[str, frozenset[str]]:
    by_url = dict[str, set[str]]()
    for document in documents:
        if document.kind == "page":
            by_url.setdefault(document.url, set()).add(document.id)
    return {
        document.id: frozenset(by_url[document.url])
        for document in documents
        if document.kind == "entry" and document.url in by_url
    }
