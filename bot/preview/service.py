"""Previewing an edit: what the bot will answer once it is live, and what in it looks wrong."""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.answering.assistant import Assistant
from bot.answering.model import Decision, Outcome
from bot.encoders.model import Encoder, Vectors
from bot.errors import ContentError, IndexMissing
from bot.faq.files import FaqFiles
from bot.faq.model import Entry
from bot.faq.repository import read_faq
from bot.municipality import Municipality
from bot.preview.bank import Bank
from bot.preview.content import Content, Questions
from bot.preview.encoding import KeptQuestions
from bot.preview.meaning import Meanings
from bot.preview.model import Preview
from bot.preview.reading import as_entry, entries, pages
from bot.preview.replay import Replayed, replay
from bot.preview.risks import Setting, risks
from bot.retrieval.documents import entry_document
from bot.retrieval.model import Document, Found
from bot.retrieval.store import Manifest
from bot.retrieval.vectors import BATCH
from bot.settings import Settings

_KEPT = 2  # contents, of some 180 MB each: the one in use and the last draft


class Answered(NamedTuple):
    """What the bot does with one question, and what it found for it, best first."""

    decision: Decision
    found: Found
    confidences: tuple[float, ...]  # of the first hits


@dataclass(frozen=True)
class Measured:
    """A preview, and where its time went, in seconds by stage."""

    preview: Preview
    known: int  # questions looked at
    seconds: Mapping[str, float]


class Previewer:
    """Compares the content in use with the content after an edit. Thread-safe: one at a time."""

    def __init__(self, assistant: Assistant, data_dir: Path, site_url: str) -> None:
        """Args:
            assistant: the one that answers citizens; its index is the content in use.

        Raises:
            ContentError: a file of the bank is wrong.
        """
        self._assistant = assistant
        self._data_dir = data_dir
        self._site_url = site_url
        self._bank = Bank.load(data_dir)
        self._lock = threading.Lock()
        self._contents: OrderedDict[str, Content] = OrderedDict()
        self._encoder: KeptQuestions | None = None

    @classmethod
    def open(cls, settings: Settings) -> "Previewer":
        """Load everything that `settings` name.

        Raises:
            KommunbotError: something of it cannot be loaded.
        """
        return cls(Assistant.open(settings), settings.data_dir, settings.site_url)

    def warm(self) -> None:
        """Encode and look at what the first preview will ask; it takes some seconds.

        Raises:
            SearchIndexError: there is no index in use.
        """
        with self._lock:
            use = self._in_use()
            asked = self._bank.with_variants(use.documents, use.documents)
            texts = tuple(one.text for one in asked)
            use.near(Questions(texts, self._vectors(texts, use)))

    def preview(self, after: FaqFiles, before: FaqFiles | None = None) -> Preview:
        """Say what changes when the FAQ's files are as `after`.

        Args:
            before: the files to compare with; without them what the index in use was built from.

        Raises:
            ContentError: a file of `after` cannot be used; one line a fault.
            SearchIndexError: there is no index in use.
        """
        return self.measured(after, before).preview

    def measured(
        self, after: FaqFiles, before: FaqFiles | None = None, *, everything: bool = False
    ) -> Measured:
        """Preview and tell what took how long. Arguments and errors are those of `preview`.

        Args:
            everything: put all questions to both contents, within reach of the edit or not.
        """
        started = time.perf_counter()
        with self._lock:
            use = self._in_use()
            new = self._content(self._documents(after, use), use)
            old = use if before is None else self._content(self._documents(before, use), use)
            built = time.perf_counter()
            found = self._replay(old, new, everything)
            replayed = time.perf_counter()
            seen = risks(self._setting(old, new, after, before))
        ended = time.perf_counter()
        spent = {"build": built - started, **found.seconds, "risks": ended - replayed}
        preview = Preview.of(found.changes, seen, found.asked, round(ended - started, 3))
        return Measured(preview, found.known, {**spent, "all": ended - started})

    def ask(self, after: FaqFiles | None, question: str) -> Answered:
        """Put one question to the content after an edit, or to the content in use.

        Raises:
            ContentError: a file of `after` cannot be used; one line a fault.
            SearchIndexError: there is no index in use.
        """
        with self._lock:
            use = self._in_use()
            content = use if after is None else self._content(self._documents(after, use), use)
        decision = content.decide(question)
        found = content.search.find(question)
        return Answered(decision, found, self._assistant.confidences(found))

    def _replay(self, old: Content, new: Content, everything: bool) -> Replayed:
        questions = self._bank.with_variants(old.documents, new.documents)
        vectors = self._vectors([one.text for one in questions], new)
        return replay(old, new, questions, vectors, everything=everything)

    def _vectors(self, texts: Sequence[str], content: Content) -> Vectors:
        """Return the texts' vectors; those of variants stand in the index."""
        known = {
            text: v
            for (kind, text), v in content.search.index.encoded.items()
            if kind == "question"
        }
        known |= self._encode([text for text in texts if text not in known])
        return np.stack([known[text] for text in texts])

    def _encode(self, texts: Sequence[str]) -> dict[str, Vectors]:
        batches = (texts[start : start + BATCH] for start in range(0, len(texts), BATCH))
        encoder = self._questions
        found = ((batch, encoder.encode_questions(batch)) for batch in batches)
        return {text: v for batch, made in found for text, v in zip(batch, made, strict=True)}

    def _setting(
        self, old: Content, new: Content, after: FaqFiles, before: FaqFiles | None
    ) -> Setting:
        """Lay out what the edit is judged by; `{kommun.…}` is left as it is where it is known."""
        facts = Municipality.load(self._data_dir)
        unfilled = Municipality({key: f"{{kommun.{key}}}" for key in facts})
        edited = {one.id: one for one in read_faq(after, unfilled if before else facts).entries}
        kept = (
            {one.id: one for one in read_faq(before, unfilled).entries}
            if before
            else {
                one.id: as_entry(one, edited.get(one.id), self._site_url)
                for one in entries(old.documents)
            }
        )
        meanings = Meanings(old.documents, old.search.index.encoded, self._questions)
        return Setting(
            before=kept,
            after=edited,
            pages=pages(new.documents, self._site_url),
            taken=_taken(old, kept, edited),
            answer_near=meanings.answer_near,
            question_near=meanings.question_near,
        )

    def _in_use(self) -> Content:
        opened = self._assistant.searches.get()
        if opened is None:
            raise IndexMissing(self._assistant.searches.problem or "There is no index.")
        search = opened[0]
        if self._encoder is None or self._encoder.id != search.encoder.id:
            self._encoder = KeptQuestions(search.encoder)
        key = _key(search.documents, opened[1])
        if key not in self._contents:
            self._keep(key, Content.in_use(self._assistant, opened, self._encoder))
        self._contents.move_to_end(key)
        return self._contents[key]

    def _content(self, documents: Sequence[Document], use: Content) -> Content:
        key = _key(documents, use.manifest)
        if key not in self._contents:
            self._keep(key, use.after(documents))
        self._contents.move_to_end(key)
        return self._contents[key]

    @property
    def _questions(self) -> Encoder:
        if self._encoder is None:
            raise IndexMissing("There is no index.")
        return self._encoder

    def _keep(self, key: str, content: Content) -> None:
        self._contents[key] = content
        while len(self._contents) > _KEPT:
            self._contents.popitem(last=False)

    def _documents(self, files: FaqFiles, use: Content) -> tuple[Document, ...]:
        """Return the entries of `files`, and the pages of the index in use."""
        faq = read_faq(files, Municipality.load(self._data_dir))
        if faq.faults:
            raise ContentError("\n".join(map(str, faq.faults)))
        entries = (entry_document(entry, self._site_url) for entry in faq.shown)
        return (*entries, *(one for one in use.documents if one.kind == "page"))


def _key(documents: Sequence[Document], manifest: Manifest) -> str:
    """Name a content: by its documents, the words that the index reads with, and today."""
    versions = sorted(f"{one.id} {one.version}" for one in documents)
    told = [str(date.today()), manifest.built_from, str(manifest.built_at), *versions]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _taken(
    old: Content, before: Mapping[str, Entry], after: Mapping[str, Entry]
) -> dict[str, dict[str, str]]:
    """Return each new phrasing that another entry answers today, with that entry's question."""
    found = dict[str, dict[str, str]]()
    for entry in after.values():
        was = before.get(entry.id)
        known = {was.question, *was.variants} if was else set[str]()
        for text in {*entry.variants} - known if was != entry else ():
            decision = old.decide(text)
            if decision.outcome is Outcome.ANSWER and decision.entry not in {None, entry.id}:
                found.setdefault(entry.id, {})[text] = decision.question or ""
    return found
