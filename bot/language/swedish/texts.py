"""Texts whose words and names are known: annotated corpora, and messages with marked names."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import filter_spans

from bot.language.swedish import LanguageModelError

_MARK = re.compile(r"\[([^\]]+)\]\((PER|LOC|ORG)\)")


def read_docs(folder: Path, files: Iterable[str], nlp: Language) -> list[Doc]:
    """Return the annotated texts of `files` in `folder`, given without «.spacy».

    Raises:
        LanguageModelError: a file is missing.
    """
    found: list[Doc] = []
    for name in files:
        path = folder / f"{name}.spacy"
        if not path.exists():
            raise LanguageModelError(f"{path} is missing. See docs/how-to/train-swedish.md.")
        found += DocBin().from_disk(path).get_docs(nlp.vocab)
    return found


def read_marked(path: Path, nlp: Language) -> list[Doc]:
    """Return the messages of `path`, one a line, with their names as entities.

    Raises:
        LanguageModelError: the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise LanguageModelError(f"{path} cannot be read: {error.strerror}.") from error
    return [unmark(line, nlp) for line in lines if line and not line.startswith("#")]


def unmark(text: str, nlp: Language) -> Doc:
    """Turn `Ring [Anna Ek](PER)` into a document with one name in it.

    A name that ends inside a token of `nlp` is widened to the whole of it.
    """
    plain, names, end = "", [], 0
    for mark in _MARK.finditer(text):
        plain += text[end : mark.start()]
        names.append((len(plain), len(plain) + len(mark[1]), mark[2]))
        plain, end = plain + mark[1], mark.end()
    doc = nlp.make_doc(plain + text[end:])
    spans = [doc.char_span(*name, alignment_mode="expand") for name in names]
    doc.set_ents(filter_spans([span for span in spans if span is not None]), default="outside")
    return doc


def example(nlp: Language, gold: Doc) -> Example:
    """Return `gold` beside the same text as `nlp` sees it before it knows anything."""
    return Example(nlp.make_doc(gold.text), gold)


def respelt(nlp: Language, known: Example, spell: Callable[[str], str]) -> Example:
    """Return `known` with its words spelt anew; a word that would change length stays."""
    tokens = [(token.text, spell(token.text), token.whitespace_) for token in known.reference]
    words = [new if len(new) == len(old) else old for old, new, _ in tokens]
    text = "".join(word + space for word, (_, _, space) in zip(words, tokens, strict=True))
    annotations = known.to_dict()
    annotations["token_annotation"]["ORTH"] = words
    return Example.from_dict(nlp.make_doc(text), annotations)
