"""Content that questions can be put to: the one in use, or the one after an edit."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from bot.answering.assistant import Assistant
from bot.answering.authorities import Referrals
from bot.answering.model import Decision
from bot.encoders.model import Encoder, Vectors
from bot.preview.nearness import Nearness, Scores
from bot.retrieval.index import Index
from bot.retrieval.model import Document
from bot.retrieval.search import Search
from bot.retrieval.store import Manifest


class Questions(NamedTuple):
    """Questions and their vectors, shape (questions, dimension)."""

    texts: tuple[str, ...]
    vectors: Vectors


@dataclass(frozen=True)
class Content:
    """Documents made searchable, and the bot's mind over them. Decisions are kept."""

    search: Search
    assistant: Assistant
    manifest: Manifest
    referrals: Referrals
    _decided: dict[str, Decision] = field(default_factory=dict)
    _near: dict[tuple[str, ...], Scores] = field(default_factory=dict)

    @classmethod
    def in_use(
        cls, assistant: Assistant, opened: tuple[Search, Manifest], encoder: Encoder
    ) -> "Content":
        """Put questions to the search that serves citizens, encoded by `encoder`."""
        search, manifest = opened
        through = search.asked_through(encoder)
        referrals = assistant.referrals(search.documents)
        return cls(through, assistant.over(through, manifest, referrals), manifest, referrals)

    def after(self, documents: Sequence[Document]) -> "Content":
        """Return the content with `documents` instead; only new texts are encoded."""
        encoder = self.search.encoder
        with ThreadPoolExecutor(1) as beside:  # fitting lets other threads go on meanwhile
            fitting = beside.submit(self._referrals, documents)
            before = self.search.index
            index = Index.build(documents, encoder, wording=before.wording, before=before)
            search = Search(index, encoder, self.search)
            referrals = fitting.result()
        assistant = self.assistant.over(search, self.manifest, referrals)
        return Content(search, assistant, self.manifest, referrals)

    def _referrals(self, documents: Sequence[Document]) -> Referrals:
        """They depend on how entries are asked for, and most edits leave that."""
        same = _asked(documents) == _asked(self.documents)
        return self.referrals if same else self.assistant.referrals(documents)

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.search.documents

    def decide(self, question: str) -> Decision:
        """Return what the bot does with `question`, written without any talk before it."""
        if question not in self._decided:
            self._decided[question] = self.assistant.reply(question)
        return self._decided[question]

    def near(self, questions: Questions) -> Scores:
        """Return rough scores of every document, shape (questions, documents)."""
        if questions.texts not in self._near:
            self._near.clear()
            self._near[questions.texts] = self._nearness.scores(questions.texts, questions.vectors)
        return self._near[questions.texts]

    @cached_property
    def _nearness(self) -> Nearness:
        today = date.today()
        shown = [
            (one.valid_from or date.min) <= today <= (one.valid_to or date.max)
            for one in self.documents
        ]
        return Nearness(self.search.index, np.array(shown, dtype=bool))


def _asked(documents: Sequence[Document]) -> set[str]:
    return {text for document in documents for text in document.phrasings}
