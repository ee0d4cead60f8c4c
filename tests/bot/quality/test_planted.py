from collections import Counter
from pathlib import Path

import pytest

from bot.faq.files import FaqFiles
from bot.faq.repository import read_faq
from bot.municipality import Municipality
from bot.preview.model import Preview
from bot.quality.planted import Edit, Outcome, apply, draw, read_edits, summary
from bot.quality.planting import HARMFUL, OPERATIONS, PlantedError

DATA = Path("data")
PLANTED = Path("tests/quality/planted")
EDITS = read_edits(PLANTED)


SMALL = ("eldning.yml", "parkering.yml", "vigsel.yml")  # of both halves


@pytest.fixture(scope="module")
def files() -> FaqFiles:
    return FaqFiles.read(DATA)


@pytest.fixture(scope="module")
def few(files: FaqFiles) -> FaqFiles:
    """Some of the files: to read one again takes half a second."""
    kept = {path: text for path, text in files.texts.items() if path.name in SMALL}
    return FaqFiles(files.folder, kept)


def test_there_are_enough_edits_of_enough_kinds() -> None:
    harmful = [edit for edit in EDITS if edit.harmful]
    assert len(harmful) >= 60 and len({edit.kind for edit in harmful}) >= 12
    assert len(EDITS) - len(harmful) >= 60
    assert len({edit.id for edit in EDITS}) == len(EDITS)


def test_the_halves_share_no_topic(files: FaqFiles) -> None:
    topics = {one.id: one.topic for one in read_faq(files, Municipality.load(DATA)).entries}
    halves = {half: {topics[e.entry] for e in EDITS if e.half == half} for half in _HALVES}
    assert not halves["development"] & halves["held-out"]


_HALVES = ("development", "held-out")


def test_every_edit_names_an_entry_and_something_to_do(files: FaqFiles) -> None:
    known = {one.id for one in read_faq(files, Municipality.load(DATA)).entries}
    for edit in EDITS:
        assert {edit.entry, edit.other or edit.entry} <= known
        assert edit.kind in {*OPERATIONS, "removed"} or edit.replace or edit.add


def test_an_edit_touches_its_entry_and_the_other_one_and_the_file_can_be_read(
    files: FaqFiles,
) -> None:
    municipality = Municipality.load(DATA)
    before = {one.id: one for one in read_faq(files, municipality).entries}
    for edit in {edit.kind: edit for edit in EDITS}.values():
        faq = read_faq(apply(edit, files), municipality)
        after = {one.id: one for one in faq.entries}
        changed = {name for name in before if before[name] != after.get(name)}
        assert not faq.faults, edit.id
        assert edit.entry in changed
        assert changed <= {edit.entry, edit.other}


def test_the_same_edits_are_drawn_again_whatever_stands_beside(few: FaqFiles) -> None:
    once = list(draw(few, 1))
    path = few.folder / "annat.yml"
    beside = few.replacing(path, "amne: annat\nrubrik: Annat\nagare: X\nfragor: []\n")
    assert list(draw(beside, 1)) == once
    assert {edit.kind for edit in once} <= set(OPERATIONS)
    assert all(edit.harmful is (edit.kind in HARMFUL) for edit in once)


def test_an_entry_that_is_gone_is_told(files: FaqFiles) -> None:
    edit = Edit(id="x", half="held-out", harmful=True, kind="hidden", entry="finns-inte")
    with pytest.raises(PlantedError, match="finns-inte"):
        apply(edit, files)


def test_an_edit_by_hand_that_finds_nothing_does_not_fit(files: FaqFiles) -> None:
    edit = Edit(
        id="x",
        half="held-out",
        harmful=True,
        kind="by hand",
        entry=EDITS[0].entry,
        replace=(("står ingenstans", "x"),),
    )
    with pytest.raises(PlantedError):
        apply(edit, files)


def test_the_summary_counts_by_half_and_kind_with_intervals() -> None:
    def outcome(kind: str, harmful: bool, preview: Preview | None) -> Outcome:
        edit = Edit(id=kind, half="held-out", harmful=harmful, kind=kind, entry="a")
        return Outcome(edit, preview)

    stopped, free = Preview(blocked=True), Preview()
    asked = Preview(needs_confirmation=True)
    told = summary(
        [
            outcome("cut", True, stopped),
            outcome("cut", True, free),
            outcome("slip", True, asked),
            outcome("typo", False, free),
            outcome("gone", True, None),
        ]
    )
    assert told["left_out"] == 1 and "development" not in told
    harmful = told["held-out"]["harmful"]
    assert Counter({kind: row["stopped"] for kind, row in harmful.items()}) == Counter(
        all=2, cut=1, slip=1
    )
    assert harmful["all"]["interval"] == pytest.approx((0.2077, 0.9385), abs=1e-3)
    assert told["held-out"]["harmless"]["all"]["share"] == 0
