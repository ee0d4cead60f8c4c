"""The bundled model's own tokeniser, without a file of its own.

sentencepiece holds the 250,002 pieces in 60 MB; the package tokenizers takes 265 MB for the same.
"""

import struct
from typing import Any

from bot.encoders.optional import needed
from bot.encoders.packed import PackedModel

_ORDINARY, _UNKNOWN, _CONTROL = 1, 2, 3  # kinds of pieces


class Pieces:
    """Text to ids, as multilingual-e5 was trained.

    Raises:
        EncoderError: the package sentencepiece is missing.
    """

    def __init__(self, packed: PackedModel) -> None:
        library = needed("sentencepiece", "The bundled language model", "make setup")
        normaliser = library.SentencePieceNormalizer(rule_name="nmt_nfkc")
        model = _model(packed) + normaliser.serialized_model_proto()  # messages join by joining
        self._words: Any = library.SentencePieceProcessor(model_proto=model)
        self._ends = packed.bos, packed.eos
        self._longest = packed.shape.positions

    def ids(self, text: str) -> list[int]:
        """Return the text's ids between those of begin and end; what is too long is cut."""
        begin, end = self._ends
        return [begin, *self._words.encode(text)[: self._longest - 2], end]

    def length(self, text: str) -> int:
        """Return how many pieces a text has, without begin and end."""
        return len(self._words.encode(text))


def _model(packed: PackedModel) -> bytes:
    """Return pieces and special ids in the form of sentencepiece_model.proto.

    Written by hand, since the package's own module for it needs a newer protobuf than Rasa has.
    """
    pieces = packed.pieces()
    kinds = dict.fromkeys((packed.bos, packed.eos, packed.pad, len(pieces) - 1), _CONTROL)
    kinds[packed.unknown] = _UNKNOWN  # and the last is <mask>
    scored = zip(pieces, packed.scores.tolist(), strict=True)
    content = b"".join(
        _message(1, _piece(piece, score, kinds.get(number, _ORDINARY)))
        for number, (piece, score) in enumerate(scored)
    )
    special = (packed.unknown, packed.bos, packed.eos, packed.pad)
    unigram = _number(3, 1)
    trainer = unigram + b"".join(_number(40 + field, one) for field, one in enumerate(special))
    return content + _message(2, trainer)


def _piece(text: str, score: float, kind: int) -> bytes:
    return _message(1, text.encode()) + b"\x15" + struct.pack("<f", score) + _number(3, kind)


def _message(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    groups = []
    while value > 127:
        groups.append(value & 127 | 128)
        value >>= 7
    return bytes([*groups, value])
