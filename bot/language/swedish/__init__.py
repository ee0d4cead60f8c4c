"""Swedish grammar and names: a spaCy pipeline that is part of the project.

It tells parts of speech, features, lemmas and the names of people, places and
organisations. docs/reference/language-model.md has its figures and its limits.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.util import get_model_lower_version, is_minor_version_match

from bot.errors import KommunbotError
from bot.language.swedish.lemmas import LEMMATIZER

MODEL = Path(__file__).with_name("model")
_TURN = Lock()  # spaCy forgets one text at a time


class LanguageModelError(KommunbotError):
    """The Swedish pipeline, or what it is trained on, is missing or unusable."""


@dataclass(frozen=True)
class Name:
    """The name of a person (PER), place (LOC) or organisation (ORG) at `text[start:end]`."""

    text: str
    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Word:
    """A word, its base form and its part of speech in Universal Dependencies' letters."""

    text: str
    lemma: str
    part: str
    start: int


def names(text: str) -> tuple[Name, ...]:
    """Find who and what is named in `text`, first to last.

    Raises:
        LanguageModelError: the pipeline is missing or made for another spaCy.
    """
    nlp = pipeline()
    with _TURN, nlp.memory_zone():  # or spaCy would keep every new word for good
        found = nlp.get_pipe("ner")(nlp.make_doc(_unshouted(text)))
        spans = [(name.start_char, name.end_char, name.label_) for name in found.ents]
    return tuple(Name(text[start:end], label, start, end) for start, end, label in spans)


def tagged(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in order, with lemmas and parts of speech.

    Raises:
        LanguageModelError: the pipeline is missing or made for another spaCy.
    """
    nlp = pipeline()
    with _TURN, nlp.memory_zone():
        doc = nlp(_unshouted(text), disable=["ner"])
        words = [(token.idx, len(token), token.lemma_, token.pos_) for token in doc]
    return tuple(Word(text[at : at + size], lemma, part, at) for at, size, lemma, part in words)


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """Load the pipeline that is part of the project, once.

    Its documents must not be made while another thread calls `names` or `tagged`,
    which forget the words that came in meanwhile.

    Raises:
        LanguageModelError: it is missing or made for another spaCy.
    """
    return load(MODEL)


def load(folder: Path) -> Language:
    """Load the pipeline in `folder` and give it lemmas.

    Raises:
        LanguageModelError: it is missing, damaged or made for another spaCy.
    """
    _check_version(folder)
    try:
        nlp = spacy.load(folder)
    except (OSError, ValueError) as error:
        raise LanguageModelError(f"{folder} cannot be loaded: {error}") from error
    nlp.add_pipe(LEMMATIZER, after="morphologizer")
    return nlp


def _check_version(folder: Path) -> None:
    try:
        wanted = json.loads((folder / "meta.json").read_bytes())["spacy_version"]
    except (OSError, ValueError, KeyError) as error:
        raise LanguageModelError(f"{folder} holds no trained pipeline.") from error
    if not is_minor_version_match(spacy_version, get_model_lower_version(wanted) or ""):
        raise LanguageModelError(
            f"{folder} was trained for spaCy {wanted}, and {spacy_version} is installed. "
            "Install such a version, or train again: docs/how-to/train-swedish.md."
        )


def _unshouted(text: str) -> str:
    """Lower what is all capitals: a name among capitals does not stand out."""
    lowered = text.lower()
    return lowered if text.isupper() and len(lowered) == len(text) else text
