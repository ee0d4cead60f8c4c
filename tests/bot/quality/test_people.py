from pathlib import Path

import pytest

from bot.answering.assistant import Assistant
from bot.answering.model import ContactCard, Decision, Outcome
from bot.errors import ContentError
from bot.quality.people import (
    Judge,
    Phrasing,
    Verdict,
    compare_times,
    others,
    read_phrasings,
    summary,
)
from bot.texts import Texts
from tests.support.assistant import DATA, assistant_over

HALVES = (DATA / "quality" / "people-development.jsonl", Path("tests/quality/people-final.jsonl"))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def judge(assistant: Assistant) -> Judge:
    return Judge(assistant, Texts.load(DATA))


@pytest.mark.parametrize(
    ("text", "expected", "who", "verdict"),
    [
        ("Malin Öberg", "show", ["malin.oberg"], Verdict.SHOWN),
        ("mallin öbreg", "show", ["malin.oberg"], Verdict.OFFERED),
        ("numret till växeln", "show", ["Växel och Kontaktcenter"], Verdict.SHOWN),
        ("Anna Falk", "refuse", [], Verdict.REFUSED),
        ("anna", "ask", [], Verdict.ASKED),
        ("anna", "refuse", [], Verdict.MISSED),
        ("Anna Falk", "show", ["anna.falk"], Verdict.MISSED),
        ("Malin Öberg", "refuse", [], Verdict.WRONG_SHOWN),
        ("Malin Öberg", "show", ["per.eriksson"], Verdict.WRONG_SHOWN),
        ("mallin öbreg", "refuse", [], Verdict.WRONG_OFFERED),
        ("mallin öbreg", "show", ["per.eriksson"], Verdict.WRONG_OFFERED),
    ],
)
def test_a_lookup_is_judged_by_whom_it_shows(
    judge: Judge, text: str, expected: str, who: list[str], verdict: Verdict
) -> None:
    phrasing = Phrasing.model_validate(
        {"text": text, "kind": "plain", "expected": expected, "who": who}
    )
    assert judge.judge(phrasing) is verdict


@pytest.mark.parametrize("path", HALVES, ids=lambda path: path.stem)
def test_nobody_is_shown_wrongly_in_any_phrasing(judge: Judge, path: Path) -> None:
    wrong = {Verdict.WRONG_SHOWN, Verdict.WRONG_OFFERED}
    judged = [(one.text, judge.judge(one)) for one in read_phrasings(path)]
    assert [text for text, verdict in judged if verdict in wrong] == []


def test_the_halves_are_large_and_share_no_line() -> None:
    one, other = ({phrasing.text for phrasing in read_phrasings(path)} for path in HALVES)
    assert min(len(one), len(other)) >= 160
    assert not one & other


def test_verdicts_are_counted_in_all_and_by_kind() -> None:
    one = Phrasing(text="a", kind="title", expected="ask")
    told = summary([(one, Verdict.ASKED), (one, Verdict.MISSED)])
    assert told["all"] == told["title"]
    assert (told["all"]["phrasings"], told["all"]["missed"]) == (2, 1)


def test_a_wrong_line_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"text": "a"}\n', encoding="utf-8")
    with pytest.raises(ContentError, match=r"x\.jsonl:1: "):
        read_phrasings(tmp_path / "x.jsonl")


def test_who_does_not_exist_has_the_same_names_paired_otherwise() -> None:
    names = ["Anna Falk", "Maj-Britt Alm", "Nora Hagman"]
    assert others(names) == ["Anna Alm", "Maj-Britt Hagman", "Nora Falk"]


def test_as_many_of_each_group_are_asked_for() -> None:
    asked = list[str]()

    def look(name: str) -> Decision:
        asked.append(name)
        card = ContactCard(title="Växel", unit="Kontaktcenter")
        return Decision(outcome=Outcome.PERSON_LOOKUP, people=(card,))

    found = compare_times(look, ["Anna Falk", "Nora Hagman"], calls=20)
    assert found["calls"] == 20
    assert 0 <= found["p"] <= 1 and 0 <= found["effect"] <= 1
    assert {asked.count(name) for name in ("Anna Falk", "Nora Falk")} == {11}  # one to warm up
