"""Train the Swedish pipeline: parts of speech on a treebank, names on news, treebank and chat."""

import random
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import spacy
from spacy.cli.train import train as train_by_config
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import registry
from thinc.api import Model

from bot.language.normalise import fold
from bot.language.swedish.chat import Chat, read_names, read_templates
from bot.language.swedish.texts import read_docs, respelt

_SEED = 0
_TREEBANK, _TREEBANK_DEV = ("tb_train", "pud"), ("tb_dev",)
_NAMED, _NAMED_DEV = (*_TREEBANK, "tb_neronly", "kl_train", "syn_train"), ("tb_dev", "kl_dev")


class _Texts(NamedTuple):
    learnt: list[Doc]
    chosen_by: list[Doc]


def train(texts: Path, names: Path, config: Path, out: Path) -> None:
    """Train with spaCy's own training and write the pipeline to `out`.

    Args:
        texts: folder with the files that docs/how-to/train-swedish.md lists (.spacy).
        names: folder with Statistics Sweden's names (.csv), for made-up messages.
        config: folder with morphology.cfg, names.cfg and chat.yml.

    Raises:
        LanguageModelError: a file is missing.
    """
    blank = spacy.blank("sv")
    treebank, named = _treebank(texts, blank), _named(texts, names, config, blank)
    with tempfile.TemporaryDirectory() as work:
        words = _trained(config / "morphology.cfg", treebank, Path(work) / "words")
        finder = _trained(config / "names.cfg", named, Path(work) / "names")
        save(join(words, finder), out)


def _treebank(texts: Path, nlp: Language) -> _Texts:
    return _Texts(read_docs(texts, _TREEBANK, nlp), read_docs(texts, _TREEBANK_DEV, nlp))


def _named(texts: Path, names: Path, config: Path, nlp: Language) -> _Texts:
    templates = read_templates(config / "chat.yml")
    chat = Chat(templates, read_names(names), _SEED)
    chosen_by, learnt = (
        [*read_docs(texts, files, nlp), *chat.docs(templates.messages[part], nlp)]
        for files, part in ((_NAMED_DEV, "chosen_by"), (_NAMED, "learnt"))
    )
    return _Texts(learnt, chosen_by)


def _trained(config: Path, texts: _Texts, work: Path) -> Language:
    """Train by `config`; the step that is best on `texts.chosen_by` is kept."""
    work.mkdir(parents=True)
    DocBin(docs=texts.learnt).to_disk(work / "train.spacy")
    DocBin(docs=texts.chosen_by).to_disk(work / "dev.spacy")
    paths = {"paths.train": str(work / "train.spacy"), "paths.dev": str(work / "dev.spacy")}
    train_by_config(config, work, overrides=paths)
    return spacy.load(work / "model-best")


def join(words: Language, names: Language) -> Language:
    """Return `words` with the name finder of `names` behind it."""
    words.add_pipe("ner", source=names)
    words.meta.update(
        name="kommun",
        description="Swedish for a municipal chat: parts of speech, features, names",
        license="CC BY-SA 4.0",
        performance={},
    )
    words.config["paths"] = dict.fromkeys(words.config["paths"])  # they were temporary
    return words


def save(nlp: Language, out: Path) -> None:
    """Write `nlp` to `out`, small and without any word of the training texts."""
    for _, pipe in nlp.pipeline:
        if isinstance(pipe, TrainablePipe):
            round_weights(pipe.model)
    nlp.to_disk(out, exclude=["vocab"])  # it lists every word that was trained on


def round_weights(model: Model[Any, Any]) -> None:
    """Round the weights to 16 bits, kept in 32: they pack to half, and no score changes."""
    for node in model.walk():
        for name in node.param_names:
            if node.has_param(name):
                exact: Any = node.get_param(name)
                node.set_param(name, exact.astype("float16").astype(exact.dtype))


def chat_spelling(lower: float, plain: float) -> Callable[[Language, Example], Iterator[Example]]:
    """Spell some of the training texts as citizens do.

    Args:
        lower: share of texts in lower case.
        plain: share of texts in lower case without diacritics.
    """
    return partial(_some_respelt, lower=lower, plain=plain)


def _some_respelt(
    nlp: Language, known: Example, *, lower: float, plain: float
) -> Iterator[Example]:
    drawn = random.random()  # noqa: S311  # seeded by spaCy, so that training can be repeated
    if drawn < plain:
        yield respelt(nlp, known, fold)
    elif drawn < plain + lower:
        yield respelt(nlp, known, str.lower)
    else:
        yield known


registry.augmenters.register("kommunbot.chat_spelling.v1", func=chat_spelling)
