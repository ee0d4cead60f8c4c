"""What the gaps need of the search in use."""

from collections.abc import Sequence
from typing import Protocol

from bot.encoders.model import Vectors
from bot.retrieval.model import Document


class Asking(Protocol):
    """Tells how near questions are to each other, and to the entries."""

    @property
    def centre(self) -> Vectors: ...

    def encode(self, questions: Sequence[str]) -> Vectors: ...

    def nearest(self, question: str) -> tuple[Document, float] | None: ...
