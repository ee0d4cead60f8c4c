"""The search in use, as the gaps ask it."""

from collections.abc import Sequence

from bot.answering.assistant import Assistant
from bot.encoders.model import Vectors
from bot.errors import IndexMissing
from bot.retrieval.model import Document
from bot.retrieval.search import Search


class AssistantAsking:
    """`Asking` of the assistant that answers citizens."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @property
    def centre(self) -> Vectors:
        """The mean of all ways to ask that the index knows, shape (dimension,)."""
        return self._search.index.head.mean

    def encode(self, questions: Sequence[str]) -> Vectors:
        return self._search.encoder.encode_questions(questions)

    def nearest(self, question: str) -> tuple[Document, float] | None:
        """Return the entry that comes nearest, and how likely it is to answer."""
        found = self._search.find(question)
        sure = zip(found.hits, self._assistant.confidences(found), strict=False)
        return next(((h.document, p) for h, p in sure if h.document.kind == "entry"), None)

    @property
    def _search(self) -> Search:
        """Raises IndexMissing."""
        opened = self._assistant.searches.get()
        if opened is None:
            raise IndexMissing(self._assistant.searches.problem or "There is no index.")
        return opened[0]
