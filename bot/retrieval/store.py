"""The index on disk: built beside the old one, then put in its place in one step.

models/index/current          the name of the folder in use
models/index/<name>/          manifest.json, documents.json, texts.json, vectors.npy, head.npz,
                              wording.json, tokens.npz (where the encoder tells tokens)
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.encoders.model import Encoder
from bot.errors import IndexDamaged, IndexMismatch, IndexMissing, IndexStale
from bot.pages.crawling.kept import crawl_hash
from bot.retrieval.head import EntryHead
from bot.retrieval.index import Encoded, Index
from bot.retrieval.interaction import TokenStore
from bot.retrieval.model import Document
from bot.retrieval.search import Search
from bot.retrieval.wording import Wording

FORMAT = 4  # raise it when the files below change their meaning
_DOCUMENTS = TypeAdapter(tuple[Document, ...])
_WORDING = TypeAdapter(Wording)
_PARTS = ("documents.json", "texts.json", "vectors.npy", "head.npz", "wording.json")
_TOKENS = "tokens.npz"
_REBUILD = "Run `make index`."


class Manifest(BaseModel):
    """What an index was made of and with."""

    format: int
    encoder: str
    dimension: int
    built_from: str
    built_at: datetime
    sha256: dict[str, str]


def content_hash(data_dir: Path, site_url: str, crawl_file: Path | None = None) -> str:
    """Return the hash of everything that the index is built from.

    Raises:
        CrawlError: what was crawled cannot be read.
    """
    digest = hashlib.sha256(f"{FORMAT} {site_url}".encode())
    folders = ("faq", "language", "staff", "safety")
    kept = [path for name in folders for path in (data_dir / name).rglob("*.*")]
    crawled = crawl_hash(crawl_file, site_url.rstrip("/")) if crawl_file else None
    pages = (data_dir / "site").rglob("index.html") if crawled is None else ()
    digest.update((crawled or "").encode())
    for path in sorted([data_dir / "kommun.yml", *kept, *pages]):
        if path.exists():
            digest.update(str(path.relative_to(data_dir)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def current(index_dir: Path) -> Path:
    """Return the folder of the index in use.

    Raises:
        IndexMissing: none has been built.
    """
    try:
        return index_dir / (index_dir / "current").read_text(encoding="utf-8").strip()
    except OSError as error:
        raise IndexMissing(f"{index_dir} holds no index. {_REBUILD}") from error


def read_manifest(folder: Path) -> Manifest:
    """Read what the index in `folder` was made of.

    Raises:
        IndexDamaged: the manifest is missing or unreadable.
    """
    try:
        return Manifest.model_validate_json((folder / "manifest.json").read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexDamaged(f"{folder}/manifest.json cannot be read. {_REBUILD}") from error


def require_fresh(
    index_dir: Path, data_dir: Path, site_url: str, crawl_file: Path | None = None
) -> None:
    """Check that the index in use was built from the content on disk.

    Raises:
        IndexMissing, IndexDamaged: there is no usable index.
        IndexStale: the content has changed since.
        CrawlError: what was crawled cannot be read.
    """
    built_from = read_manifest(current(index_dir)).built_from
    now = content_hash(data_dir, site_url, crawl_file)
    if built_from != now:
        raise IndexStale(
            f"{index_dir} was built from content {built_from[:8]},"
            f" but {data_dir} is now {now[:8]}. {_REBUILD}"
        )


def open_search(index_dir: Path, encoder: Encoder) -> tuple[Search, Manifest]:
    """Load the index in use.

    Raises:
        IndexMissing, IndexDamaged: there is no usable index.
        IndexMismatch: it was built with another encoder.
    """
    folder, manifest = usable(index_dir, encoder)
    return Search(read_folder(folder), encoder), manifest


def read_index(index_dir: Path, encoder: Encoder) -> Index:
    """Read the index in use without making it searchable. Raises as `open_search` does."""
    return read_folder(usable(index_dir, encoder)[0])


def usable(index_dir: Path, encoder: Encoder) -> tuple[Path, Manifest]:
    """Return the folder of the index in use, whole and undamaged. Raises as `open_search` does."""
    folder = current(index_dir)
    manifest = read_manifest(folder)
    if (manifest.format, manifest.encoder) != (FORMAT, encoder.id):
        raise IndexMismatch(
            f"{folder} was built with «{manifest.encoder}» (format {manifest.format}),"
            f" but «{encoder.id}» (format {FORMAT}) is in use. {_REBUILD}"
        )
    _check_files(folder, manifest)
    return folder, manifest


def build(  # noqa: PLR0913  # what it is made of, and what for
    documents: Sequence[Document],
    encoder: Encoder,
    index_dir: Path,
    built_from: str,
    *,
    wording: Wording | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Path:
    """Build an index of `documents` and put it in use; only new texts are encoded.

    Returns:
        the folder of the new index.

    Raises:
        ContentError: there is nothing to index.
    """
    before = index_before(index_dir, encoder)
    index = Index.build(documents, encoder, wording=wording, before=before, progress=progress)
    return put_in_use(index, encoder, index_dir, built_from)


def put_in_use(index: Index, encoder: Encoder, index_dir: Path, built_from: str) -> Path:
    """Write `index` beside the one in use and put it in its place in one step.

    Returns:
        the folder of the new index.
    """
    index_dir.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".building-", dir=index_dir))
    try:
        _write(building, index, encoder, built_from)
        folder = index_dir / f"{built_from}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"
        building.rename(folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    _point(index_dir, folder.name)
    _forget_old(index_dir, keep=2)  # the one before may still be open in a running process
    return folder


def _write(folder: Path, index: Index, encoder: Encoder, built_from: str) -> None:
    (folder / "documents.json").write_bytes(_DOCUMENTS.dump_json(index.documents))
    (folder / "wording.json").write_bytes(_WORDING.dump_json(index.wording, by_alias=True))
    (folder / "texts.json").write_text(json.dumps(list(index.encoded)), encoding="utf-8")
    np.save(folder / "vectors.npy", np.stack(list(index.encoded.values())).astype(np.float32))
    np.savez(folder / "head.npz", **_parts_of(index.head))
    if index.tokens:
        np.savez(folder / _TOKENS, **_parts_of(index.tokens))
    manifest = Manifest(
        format=FORMAT,
        encoder=encoder.id,
        dimension=encoder.dimension,
        built_from=built_from,
        built_at=datetime.now(UTC),
        sha256={path.name: _sha256(path) for path in sorted(folder.iterdir())},
    )
    (folder / "manifest.json").write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    for path in folder.iterdir():
        _to_disk(path)


def _parts_of(stored: EntryHead | TokenStore) -> dict[str, Any]:
    """Return its arrays by name; dataclasses' own way would copy 80 MB."""
    return {one.name: getattr(stored, one.name) for one in fields(stored)}


def _point(index_dir: Path, name: str) -> None:
    pointer = index_dir / ".current"
    pointer.write_text(name + "\n", encoding="utf-8")
    _to_disk(pointer)
    pointer.replace(index_dir / "current")


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _forget_old(index_dir: Path, keep: int) -> None:
    folders = sorted(index_dir.glob("*/manifest.json"), key=lambda path: path.stat().st_mtime)
    for manifest in folders[:-keep]:
        shutil.rmtree(manifest.parent, ignore_errors=True)


def index_before(index_dir: Path, encoder: Encoder) -> Index | None:
    """Return the index in use, where it is whole and was made by the same encoder."""
    try:
        folder = current(index_dir)
        manifest = read_manifest(folder)
        _check_files(folder, manifest)
    except (IndexMissing, IndexDamaged):
        return None
    same = (manifest.format, manifest.encoder) == (FORMAT, encoder.id)
    return read_folder(folder) if same else None


def read_folder(folder: Path) -> Index:
    """Read an index that is `usable`."""
    with np.load(folder / "head.npz") as parts:
        head = EntryHead(**parts)
    return Index(
        _DOCUMENTS.validate_json((folder / "documents.json").read_bytes()),
        _read_encoded(folder),
        head,
        _read_tokens(folder),
        _WORDING.validate_json((folder / "wording.json").read_bytes()),
    )


def _read_tokens(folder: Path) -> TokenStore | None:
    if not (folder / _TOKENS).exists():
        return None
    with np.load(folder / _TOKENS) as parts:
        return TokenStore(**{**parts, "scale": float(parts["scale"])})


def _read_encoded(folder: Path) -> Encoded:
    keys = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    vectors = np.load(folder / "vectors.npy")
    return {(kind, text): vector for (kind, text), vector in zip(keys, vectors, strict=True)}


def _check_files(folder: Path, manifest: Manifest) -> None:
    for name in {*_PARTS, *manifest.sha256}:
        path = folder / name
        if not path.exists() or _sha256(path) != manifest.sha256.get(name):
            raise IndexDamaged(f"{path} is missing or damaged. {_REBUILD}")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
