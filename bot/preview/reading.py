"""What an index tells of the content that it was built from, where the files are gone."""

from collections.abc import Iterable, Sequence

from bot.faq.model import Entry, EntryLink, Translation
from bot.retrieval.model import Document


def entries(documents: Iterable[Document]) -> list[Document]:
    return [one for one in documents if one.kind == "entry"]


def pages(documents: Iterable[Document], site_url: str) -> dict[str, str]:
    """Return the text of each page by its address as editors write it in a link."""
    found = dict[str, list[str]]()
    for one in documents:
        if one.kind == "page":
            found.setdefault(one.url.removeprefix(site_url), []).append(one.text)
    return {url: "\n".join(texts) for url, texts in found.items()}


def as_entry(document: Document, like: Entry | None, site_url: str) -> Entry:
    """Return the entry that `document` was made of.

    Args:
        like: where what a document does not keep is taken from: owner, law, scope, channel.
    """
    first = EntryLink(title=document.source_title, url=_shown(document.url, like, site_url))
    more = [
        EntryLink(title=one.title, url=_shown(one.url, like, site_url), kind=one.kind)
        for one in document.links
    ]
    told = {
        "id": document.id,
        "question": document.title,
        "variants": document.variants or (document.title,),
        "answer": document.text,
        "steps": document.steps,
        "links": (first.model_copy(update={"kind": like.links[0].kind} if like else {}), *more),
        "reviewed": document.reviewed,
        "valid_from": document.valid_from,
        "valid_to": document.valid_to,
        "audience": document.audience,
        "season": document.months,
        "risk": "hog" if document.risky else "lag",
        "translations": {
            language: Translation(question=one.title, answer=one.text, steps=one.steps)
            for language, one in document.translations.items()
        },
        "topic": document.topic,
        "topic_title": document.topic_title,
        "owner": "?",
    }
    kept = {} if like is None else {name: getattr(like, name) for name in _NOT_IN_DOCUMENTS}
    return Entry.model_validate({**told, **kept})


_NOT_IN_DOCUMENTS = ("owner", "scope", "law", "channel")


def _shown(url: str, like: Entry | None, site_url: str) -> str:
    """Return the address as the entry writes it: those of the own site begin with a slash."""
    own: Sequence[str] = [link.url for link in like.links] if like else ()
    path = url.removeprefix(site_url)
    return next((one for one in own if one.startswith("/") and url.endswith(one)), path)
