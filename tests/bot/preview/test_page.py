"""What the documentation says of the preview is what the code does."""

from pathlib import Path
from typing import get_args

from bot.preview.bank import read_unmoved
from bot.preview.model import ChangeKind
from bot.preview.rules import RULES
from tests.docs.reading import blocks, column, page, section, table


def test_every_risk_and_its_reason_is_in_the_explanation() -> None:
    rows = table(section(page("explanation/preview-of-change.md"), "## Risks"))
    assert {row[0]: (row[1], row[2]) for row in rows} == {
        kind: ("yes" if rule.blocks else "no", rule.why) for kind, rule in RULES.items()
    }


def test_every_kind_of_change_is_in_the_explanation() -> None:
    rows = table(section(page("explanation/preview-of-change.md"), "## Changes"))
    assert column(rows) == list(get_args(ChangeKind))


def test_editors_can_read_the_file_of_answers_that_may_not_change(tmp_path: Path) -> None:

    (example,) = blocks(page("redaktor/forhandsgranska.md"), "yaml")
    path = tmp_path / "orubbliga.yml"
    path.write_text(example, encoding="utf-8")
    assert len(read_unmoved(path)) == 2
