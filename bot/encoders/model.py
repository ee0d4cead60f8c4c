"""What every encoder must do."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]


class Encoder(Protocol):
    """Text in, vectors of unit length out.

    Questions and passages are told apart, since the models were trained so: the
    wrong prompt costs 20 points of accuracy.
    """

    @property
    def id(self) -> str:
        """Model, prompts and pooling in one line; vectors of two ids never mix."""
        ...

    @property
    def dimension(self) -> int: ...

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text: shape (len(texts), dimension), float32, unit length."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a text: shape (len(texts), dimension), float32, unit length."""
        ...


class Tokens(NamedTuple):
    """The tokens of one text, without its prompt: ids, shape (tokens,), and vectors of unit
    length, shape (tokens, dimension)."""

    ids: NDArray[np.int32]
    vectors: Vectors


@runtime_checkable
class TokenEncoder(Encoder, Protocol):
    """An encoder that also tells what it made of each token."""

    def encode_tokens(
        self, texts: Sequence[str], *, is_question: bool
    ) -> tuple[Vectors, list[Tokens]]:
        """Return the texts' vectors, shape (len(texts), dimension), and their tokens."""
        ...


def unit(vectors: Vectors) -> Vectors:
    """Scale rows to unit length; a row of zeros stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)
