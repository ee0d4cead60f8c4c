import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import IndexDamaged, IndexMismatch, IndexMissing, IndexStale
from bot.retrieval.live import LiveSearch
from bot.retrieval.store import build, content_hash, current, open_search, require_fresh
from tests.support.content import DOCUMENTS, entry
from tests.support.encoder import LetterEncoder


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    build(DOCUMENTS, LetterEncoder(), tmp_path / "index", "first")
    return tmp_path / "index"


def test_a_built_index_finds_what_it_was_built_from(index_dir: Path) -> None:
    search, manifest = open_search(index_dir, LetterEncoder())
    assert manifest.built_from == "first"
    assert search.find("altan bygglov").hits[0].document == DOCUMENTS[0]


def test_a_missing_index_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="make index"):
        open_search(tmp_path, LetterEncoder())


@pytest.mark.parametrize(
    "name",
    ["documents.json", "texts.json", "vectors.npy", "head.npz", "wording.json", "manifest.json"],
)
@pytest.mark.parametrize("damage", ["removed", "cut", "changed"])
def test_damage_is_noticed(index_dir: Path, name: str, damage: str) -> None:
    path = current(index_dir) / name
    content = path.read_bytes()
    if damage == "removed":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif name == "manifest.json":
        path.write_bytes(content.replace(b"format", b"formut"))
    else:
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(IndexDamaged, match="make index"):
        open_search(index_dir, LetterEncoder())


def test_an_index_of_another_encoder_is_refused(index_dir: Path) -> None:
    other = LetterEncoder()
    other.id = "another"
    with pytest.raises(IndexMismatch, match="another"):
        open_search(index_dir, other)


def test_only_new_texts_are_encoded(index_dir: Path) -> None:
    encoder = LetterEncoder()
    added = entry("slam-nar", "När töms brunnen?", "I juni.", "slamtomning")
    build((*DOCUMENTS, added), encoder, index_dir, "second")
    assert sorted(encoder.encoded) == sorted(
        ["När töms brunnen?", "slamtomning", "När töms brunnen? I juni."]
    )


def test_changed_content_makes_the_index_stale(tmp_path: Path, index_dir: Path) -> None:
    data = tmp_path / "data"
    (data / "faq").mkdir(parents=True)
    (data / "faq" / "a.yml").write_text("a", encoding="utf-8")
    build(DOCUMENTS, LetterEncoder(), index_dir, content_hash(data, "https://x"))
    require_fresh(index_dir, data, "https://x")
    (data / "faq" / "a.yml").write_text("b", encoding="utf-8")
    with pytest.raises(IndexStale, match=r"is now [0-9a-f]{8}. Run `make index`"):
        require_fresh(index_dir, data, "https://x")


def test_a_running_process_takes_a_new_index_into_use(index_dir: Path) -> None:
    live = LiveSearch(index_dir, LetterEncoder(), look_every_s=0)
    before = live.get()
    build(DOCUMENTS[:2], LetterEncoder(), index_dir, "second")
    live.look()
    after = live.get()
    assert before and after
    assert (before[1].built_from, after[1].built_from) == ("first", "second")


def test_a_damaged_new_index_leaves_the_old_one_in_use(index_dir: Path) -> None:
    live = LiveSearch(index_dir, LetterEncoder(), look_every_s=0)
    live.get()
    folder = build(DOCUMENTS[:2], LetterEncoder(), index_dir, "second")
    (folder / "vectors.npy").write_bytes(b"")
    live.look()
    opened = live.get()
    assert opened
    assert opened[1].built_from == "first"
    assert live.problem
    assert "make index" in live.problem


def test_a_build_killed_half_way_leaves_the_old_index_in_use(index_dir: Path) -> None:
    script = f"""
import os, signal
from pathlib import Path
from bot.retrieval import store
from tests.support.content import DOCUMENTS
from tests.support.encoder import LetterEncoder
store._point = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
store.build(DOCUMENTS[:2], LetterEncoder(), Path({str(index_dir)!r}), "second")
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=os.getcwd(), check=False)
    assert done.returncode == -signal.SIGKILL
    assert open_search(index_dir, LetterEncoder())[1].built_from == "first"
    build(DOCUMENTS[:2], LetterEncoder(), index_dir, "third")
    assert open_search(index_dir, LetterEncoder())[1].built_from == "third"
