"""Keeping what tells other authorities' matters in step with the content, without a wait."""

import threading
import weakref
from collections.abc import Iterable
from threading import Thread
from typing import TypeAlias

from bot.answering.authorities import Authorities, Referrals
from bot.retrieval.model import Document
from bot.retrieval.search import Search

_Asked: TypeAlias = tuple[str, ...]  # every way in which our own matters are asked for


class Referring:
    """The referrals in use.

    They depend on how entries are asked for alone, and most edits leave that. Where it has changed
    they are fitted anew beside the questions, which are judged by the ones before for a second or
    two: one phrasing more among thousands hardly moves them.
    """

    def __init__(self, authorities: Authorities) -> None:
        self._authorities = authorities
        self._lock = threading.Lock()
        self._fitted: tuple[_Asked, Referrals] | None = None
        self._seen: weakref.ref[Search] | None = None
        self._is_fixed = False

    def fit(self, documents: Iterable[Document]) -> Referrals:
        """Return those for `documents`; to fit them takes a second."""
        asked, fitted = _asked(documents), self._fitted
        return fitted[1] if fitted and fitted[0] == asked else Referrals(self._authorities, asked)

    def fixed(self, referrals: Referrals) -> "Referring":
        """Return ones that stay as they are, whatever is searched."""
        other = Referring(self._authorities)
        other._fitted, other._is_fixed = ((), referrals), True
        return other

    def get(self, search: Search) -> Referrals:
        """Return the referrals for `search`, or those before while they are fitted."""
        if self._fitted is None:
            return self._fit(search)
        self.prepare(search)
        return self._fitted[1]

    def prepare(self, search: Search) -> None:
        """See to it that there are referrals for `search` soon."""
        if self._is_fixed or (self._seen and self._seen() is search):
            return
        self._seen = weakref.ref(search)
        if self._fitted is None or self._fitted[0] != _asked(search.documents):
            Thread(target=self._fit, args=(search,), name="referrals", daemon=True).start()

    def _fit(self, search: Search) -> Referrals:
        asked = _asked(search.documents)
        with self._lock:
            overtaken = self._seen is not None and self._seen() is not search
            if self._fitted is None or not (overtaken or self._fitted[0] == asked):
                self._fitted = asked, Referrals(self._authorities, asked)
            return self._fitted[1]


def _asked(documents: Iterable[Document]) -> _Asked:
    return tuple(text for document in documents for text in document.phrasings)
