"""A sure answer is held back where a risky entry may be meant, and the citizen is asked."""

from pathlib import Path

from bot.answering.assistant import Assistant
from bot.answering.model import Context, Outcome, Reason
from bot.answering.policy import AnswerPolicy
from bot.people.directory import Directory
from bot.retrieval.live import LiveSearch
from bot.retrieval.store import build
from bot.safety.emergency import EmergencyRules
from bot.texts import Texts
from tests.support.assistant import BY_COVERAGE, DATA
from tests.support.content import DOCUMENTS, entry
from tests.support.encoder import LetterEncoder

BROWN = entry(
    "vatten-brunt",
    "Varför är vattnet brunt?",
    "Spola tills det är klart.",
    "dricka kranvattnet när det är brunt",
    "dricka brunt kranvatten",
    "kan man dricka kranvattnet",
)
BOILED = ("vatten-kokning", "Måste vattnet kokas?", "Koka allt vatten som du dricker.")
WAYS = ("dricka kranvattnet utan att koka", "koka kranvattnet innan man dricker", "kokat vatten")
ASKED = "man dricker kranvattnet"
CAREFUL = AnswerPolicy(confusable=0.4)  # the small classifier gives the other one half as much


def assistant(folder: Path, risky: bool) -> Assistant:
    documents = (*DOCUMENTS, BROWN, entry(*BOILED, *WAYS, risky=risky))
    build(documents, LetterEncoder(), folder, "test")
    return Assistant(
        LiveSearch(folder, LetterEncoder(), look_every_s=0),
        Texts.load(DATA),
        BY_COVERAGE,
        Directory.load(DATA),
        EmergencyRules.load(DATA),
        CAREFUL,
    )


def test_the_citizen_is_asked_which_of_the_two_is_meant(tmp_path: Path) -> None:
    asked = assistant(tmp_path, risky=True).reply(ASKED)
    assert asked.outcome is Outcome.CLARIFY
    assert [choice.entry for choice in asked.choices][:2] == ["vatten-brunt", "vatten-kokning"]


def test_where_the_other_entry_harms_nobody_the_best_one_is_answered(tmp_path: Path) -> None:
    answered = assistant(tmp_path, risky=False).reply(ASKED)
    assert answered.outcome is Outcome.ANSWER
    assert answered.entry == "vatten-brunt"


def test_nobody_is_asked_twice_in_a_row(tmp_path: Path) -> None:
    taken_over = assistant(tmp_path, risky=True).reply(ASKED, Context(misses=1))
    assert taken_over.outcome is Outcome.HANDOFF
    assert taken_over.reason is Reason.SECOND_MISS
