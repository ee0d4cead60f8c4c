from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.model import Outcome
from bot.errors import ContentError, IndexMissing
from bot.faq.files import FaqFiles
from bot.preview.model import Preview
from bot.preview.service import Previewer
from bot.retrieval.live import LiveSearch
from bot.retrieval.store import build
from tests.bot.preview.conftest import CHILDREN, SITE, edited
from tests.support.encoder import LetterEncoder

REMOVED = CHILDREN.partition("  - id:")[0].replace("fragor:", "fragor: []")
EDITS = {
    "text": ("avfall.yml", ("varannan vecka", "varje vecka")),
    "variant": ("avfall.yml", ("      - sopavgift\n", "      - sopavgift\n      - taxa tunna\n")),
    "figure": ("forskola.yml", ("1 547", "1 800")),
    "question": ("avfall.yml", ("När töms soporna?", "Vilken dag töms soporna?")),
}


def kinds(preview: Preview) -> set[str]:
    return {change.kind for change in preview.changes}


def test_files_that_are_not_edited_change_nothing(previewer: Previewer, files: FaqFiles) -> None:
    for before in (None, files):
        found = previewer.preview(files, before)
        assert (found.changes, found.risks, found.blocked) == ((), (), False)
        assert not found.needs_confirmation


@given(names=st.lists(st.sampled_from(sorted(EDITS)), min_size=1, unique=True))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_an_edit_changes_its_inverse_changes_back(
    previewer: Previewer, files: FaqFiles, names: list[str]
) -> None:
    after = files
    for name in names:
        file, change = EDITS[name]
        after = edited(after, file, change)
    there, back = previewer.preview(after, files), previewer.preview(files, after)
    told = {(one.question, one.before, one.after) for one in there.changes}
    assert {(one.question, one.after, one.before) for one in back.changes} == told


def test_the_questions_of_a_removed_entry_are_lost_or_stolen(
    previewer: Previewer, files: FaqFiles
) -> None:
    found = previewer.preview(files.replacing(files.folder / "forskola.yml", REMOVED), files)
    assert {"Vad kostar förskolan?", "maxtaxa"} <= {change.question for change in found.changes}
    assert kinds(found) <= {"lost", "stolen"}
    assert [risk.kind for risk in found.risks] == ["removed"]


def test_an_answer_that_may_not_change_stops_the_edit_and_says_why(
    previewer: Previewer, files: FaqFiles
) -> None:
    found = previewer.preview(edited(files, "forskola.yml", ("1 547", "1 745")), files)
    broken = [change for change in found.changes if change.blocks]
    assert found.blocked and not found.needs_confirmation
    assert [change.question for change in broken] == ["Vad kostar förskolan?"]
    assert "Maxtaxan är bestämd av staten." in broken[0].text


def test_an_answer_that_did_not_hold_before_stops_nothing(
    previewer: Previewer, files: FaqFiles
) -> None:
    wrong = edited(files, "forskola.yml", ("1 547", "1 745"))
    assert not previewer.preview(edited(wrong, "avfall.yml", ("3 420", "3 430")), wrong).blocked


def test_a_new_text_is_told_of_once_for_the_bank_and_not_for_the_entrys_own_variants(
    previewer: Previewer, files: FaqFiles
) -> None:
    found = previewer.preview(edited(files, "avfall.yml", ("varannan vecka", "varje vecka")), files)
    assert {(one.kind, one.asked_by) for one in found.changes} == {("new_text", "bank")}


def test_a_variant_taken_from_another_entry_needs_confirmation(
    previewer: Previewer, files: FaqFiles
) -> None:
    moved = edited(
        files,
        "avfall.yml",
        ("      - sopavgift\n", ""),
        ("      - sophämtning tider\n", "      - sophämtning tider\n      - sopavgift\n"),
    )
    found = previewer.preview(moved, files)
    assert found.needs_confirmation
    assert "variant_taken" in {risk.kind for risk in found.risks}


def test_a_file_that_cannot_be_read_is_a_fault_of_the_file(
    previewer: Previewer, files: FaqFiles
) -> None:
    with pytest.raises(ContentError, match=r"avfall\.yml:\d+"):
        previewer.preview(edited(files, "avfall.yml", ("fraga: När", "fråga: När")))


def test_without_an_index_it_says_so(assistant_without_index: Previewer, files: FaqFiles) -> None:
    with pytest.raises(IndexMissing):
        assistant_without_index.preview(files)


def test_one_question_can_be_asked_of_the_draft_and_of_what_is_live(
    previewer: Previewer, files: FaqFiles
) -> None:
    draft = edited(files, "avfall.yml", ("varannan vecka", "varje vecka"))
    question = "När töms soporna?"
    live, tried = previewer.ask(None, question), previewer.ask(draft, question)
    assert live.decision.outcome is Outcome.ANSWER
    assert "varannan vecka" in live.decision.text and "varje vecka" in tried.decision.text
    assert tried.found.hits[0].document.id == "avfall-hamtning"
    assert len(tried.confidences) <= len(tried.found.hits)


def test_a_new_index_is_what_the_next_edit_is_compared_with(
    previewer: Previewer, files: FaqFiles, live: LiveSearch, tmp_path: Path
) -> None:
    draft = edited(files, "avfall.yml", ("varannan vecka", "varje vecka"))
    assert previewer.preview(draft).changes
    published = previewer._documents(draft, previewer._in_use())
    build(published, LetterEncoder(), tmp_path / "index", "published")
    live.look()
    assert previewer.preview(draft).changes == ()


def test_looking_at_reach_first_finds_what_asking_everything_finds(
    previewer: Previewer, files: FaqFiles
) -> None:
    for file, change in EDITS.values():
        draft = edited(files, file, change)
        near = previewer.measured(draft, files).preview.changes
        assert near == previewer.measured(draft, files, everything=True).preview.changes


def test_what_the_index_was_built_from_is_compared_where_no_files_are_given(
    previewer: Previewer, files: FaqFiles
) -> None:
    found = previewer.preview(
        edited(files, "avfall.yml", (" Ring 112 om det brinner i tunnan.", ""))
    )
    assert "emergency_number_gone" in {risk.kind for risk in found.risks}


@pytest.fixture
def assistant_without_index(data_dir: Path, tmp_path: Path) -> Previewer:
    from tests.support.assistant import assistant_over  # noqa: PLC0415

    return Previewer(assistant_over(tmp_path / "none", built=False), data_dir, SITE)
