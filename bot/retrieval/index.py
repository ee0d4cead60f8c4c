"""What a search is made from: documents, and what the encoder made of their texts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.encoders.model import Encoder, Vectors
from bot.retrieval.head import EntryHead
from bot.retrieval.interaction import TokenStore, tells, token_store
from bot.retrieval.model import Document
from bot.retrieval.vectors import Key, encode_texts, keys_of
from bot.retrieval.wording import Wording

Encoded: TypeAlias = dict[Key, Vectors]  # a text as a question or a passage, and its vector


@dataclass(frozen=True)
class Index:
    """Everything that a search keeps. `tokens` are in the order of `encoded`."""

    documents: tuple[Document, ...]
    encoded: Encoded
    head: EntryHead
    tokens: TokenStore | None = None
    wording: Wording = field(default_factory=Wording)

    @classmethod
    def build(
        cls,
        documents: Sequence[Document],
        encoder: Encoder,
        *,
        wording: Wording | None = None,
        before: "Index | None" = None,
        progress: Callable[[int], None] = lambda _: None,
    ) -> "Index":
        """Encode what is new in `documents`; the rest is taken from `before`, by the same encoder.

        Args:
            progress: called with the number of texts just encoded.
        """
        keys = keys_of(documents)
        telling = tells(encoder, len(keys))
        known = before if before and (before.tokens or not telling) else None
        encoded, fresh = encode_texts(
            keys, encoder, known.encoded if known else {}, progress, telling=telling
        )
        kept = (known.encoded, known.tokens) if known and known.tokens else None
        return cls(
            tuple(documents),
            encoded,
            EntryHead.fit(documents, encoded),
            token_store(keys, fresh, kept) if telling else None,
            wording or Wording(),
        )
