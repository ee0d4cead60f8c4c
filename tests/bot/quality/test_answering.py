"""What citizens are told of the answers is counted, question by question."""

from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.quality.answering import count_answers
from bot.quality.calibration import LabelledQuestion
from tests.support.assistant import assistant_over

ASKED = (
    LabelledQuestion(text="Behöver jag bygglov för en altan?", entry="bygglov-altan"),
    LabelledQuestion(text="När töms soporna?", entry="bygglov-altan"),  # answered, and wrongly
    LabelledQuestion(text="avgift för bygglov altan", entry="bygglov-altan"),  # asked back about
    LabelledQuestion(text="Vad kostar ett bygglov?", kind="far"),  # answered anyway
    LabelledQuestion(text="xyzzy plugh", kind="near"),
    LabelledQuestion(text="hej", outcome="smalltalk"),  # asks for no answer
)


def test_answers_are_counted_by_whether_they_are_right(tmp_path: Path) -> None:
    progress: list[int] = []
    found = count_answers(assistant_over(tmp_path), ASKED, progress.append)
    assert sum(progress) == len(ASKED)
    assert (found.questions, found.found, found.answered, found.right) == (3, 2, 2, 1)
    assert (found.without_answer, found.answered_anyway) == (2, 1)


def test_questions_without_any_answer_count_for_nothing(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="No question has an answer"):
        count_answers(assistant_over(tmp_path), ASKED[3:])
