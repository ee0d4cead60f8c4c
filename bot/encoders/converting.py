"""Making a sentence-transformers folder of the bundled 4-bit weights, without a network.

Needs torch, sentence-transformers and sentencepiece (`make transformers`); the folder made is a
genuine multilingual-e5-small, rounded to 4 bits, that can be fine-tuned and exported.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.encoders.optional import needed
from bot.encoders.packed import PackedModel

PROMPTS = {"query": "query: ", "passage": "passage: "}

_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.word": "word_embeddings.weight",
    "emb.pos": "position_embeddings.weight",
    "emb.type": "token_type_embeddings.weight",
    "emb.ln.w": "LayerNorm.weight",
    "emb.ln.b": "LayerNorm.bias",
}


def bert_name(name: str) -> str:
    """Return the name that BertModel has for a tensor of the packed file."""
    if name in _EMBEDDINGS:
        return f"embeddings.{_EMBEDDINGS[name]}"
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER[part]}.{'weight' if kind == 'w' else 'bias'}"


def convert(out: Path, packed: PackedModel | None = None) -> Path:
    """Write the bundled model to `out` in sentence-transformers' form and return `out`.

    Raises:
        EncoderError: an optional package is missing, or the packed file cannot be read.
    """
    library = needed("sentence_transformers", "Converting")
    modules = needed("sentence_transformers.sentence_transformer.modules", "Converting")
    packed = packed or PackedModel()
    with TemporaryDirectory() as raw:
        bert(packed).save_pretrained(raw)
        tokenizer(packed).save_pretrained(raw)
        parts = [
            modules.Transformer(raw),
            modules.Pooling(packed.shape.hidden),
            modules.Normalize(),
        ]
        model = library.SentenceTransformer(modules=parts, prompts=PROMPTS, device="cpu")
    model.save(str(out))
    return out


def bert(packed: PackedModel) -> Any:
    """Return a transformers BertModel with the packed weights, dequantised."""
    torch = needed("torch", "Converting")
    transformers = needed("transformers", "Converting")
    shape = packed.shape
    config = transformers.BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.inner,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.types,
        layer_norm_eps=shape.epsilon,
        pad_token_id=packed.pad,
    )
    model = transformers.BertModel(config).eval()
    # The pooler is no part of E5. Zeros, since random values would make each folder another.
    wanted = {name: torch.zeros_like(value) for name, value in model.state_dict().items()}
    for name in packed.names:
        values = torch.tensor(packed.tensor(name))
        wanted[bert_name(name)] = values.reshape(wanted[bert_name(name)].shape)
    model.load_state_dict(wanted)
    return model


def tokenizer(packed: PackedModel) -> Any:
    """Return the packed unigram tokeniser in transformers' form."""
    library = needed("tokenizers", "Converting")
    transformers = needed("transformers", "Converting")
    unigram = library.models.Unigram(
        list(zip(packed.pieces(), packed.scores.tolist(), strict=True)), unk_id=packed.unknown
    )
    fast = library.Tokenizer(unigram)
    fast.normalizer = library.normalizers.Sequence(
        [
            library.normalizers.Precompiled(_nmt_nfkc()),
            library.normalizers.Replace(library.Regex(" {2,}"), " "),
        ]
    )
    fast.pre_tokenizer = library.pre_tokenizers.Metaspace(prepend_scheme="always")
    fast.decoder = library.decoders.Metaspace(prepend_scheme="always")
    fast.post_processor = library.processors.TemplateProcessing(
        single="<s> $A </s>",
        special_tokens=[("<s>", packed.bos), ("</s>", packed.eos)],
    )
    special = {"bos": "<s>", "eos": "</s>", "cls": "<s>", "sep": "</s>"}
    special |= {"unk": "<unk>", "pad": "<pad>", "mask": "<mask>"}
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=fast,
        model_max_length=packed.shape.positions,
        **{f"{role}_token": piece for role, piece in special.items()},
    )


def _nmt_nfkc() -> bytes:
    """Return sentencepiece's own table of the normalisation that E5 was trained with."""
    library = needed("sentencepiece", "Converting")
    protocol = needed("sentencepiece.sentencepiece_model_pb2", "Converting")
    normalizer = library.SentencePieceNormalizer(rule_name="nmt_nfkc")
    proto = protocol.ModelProto.FromString(normalizer.serialized_model_proto())
    return bytes(proto.normalizer_spec.precompiled_charsmap)
