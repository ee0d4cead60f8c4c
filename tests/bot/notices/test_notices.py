import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import telling
from bot.answering.model import Decision, Outcome
from bot.errors import ContentError
from bot.notices.model import Notice, in_force
from bot.notices.repository import LiveNotices, load_notices

FILE = """\
meddelanden:
  - id: vattenlacka
    typ: kris
    text: Koka vattnet i Norrby innan du dricker det.
    lank:
      titel: Vatten i Norrby
      url: /kris/vatten/
    borjar: 2026-07-01 08:00
    slutar: 2026-07-03 12:00
    amnen: [vatten]
"""
NOW = datetime(2026, 7, 2, tzinfo=UTC)


def written(folder: Path, text: str = FILE) -> Path:
    (folder / "meddelanden.yml").write_text(text, encoding="utf-8")
    return folder


def test_times_are_swedish_summer_time_in_summer(tmp_path: Path) -> None:
    (notice,) = load_notices(written(tmp_path))
    assert notice.starts == datetime(2026, 7, 1, 6, 0, tzinfo=UTC)


def test_a_notice_holds_from_its_first_moment_until_just_before_its_last(tmp_path: Path) -> None:
    (notice,) = load_notices(written(tmp_path))
    assert notice.ends is not None
    tick = timedelta(microseconds=1)
    held = [notice.starts - tick, notice.starts, notice.ends - tick, notice.ends]
    assert [notice.holds(moment) for moment in held] == [False, True, True, False]


FAULTS = {
    "a time in words": ("2026-07-01 08:00", "i morgon", 8, "ska vara en tid, till exempel"),
    "an end before the beginning": ("2026-07-03", "2026-06-03", 9, "är inte efter borjar"),
    "another kind": ("typ: kris", "typ: panik", 3, "har ett värde som inte finns"),
    "no text": ("text: Koka vattnet i Norrby innan du dricker det.", "text: ''", 4, "är tom"),
    "a misspelled key": ("amnen:", "amne:", 10, "känns inte igen"),
    "an impossible date": ("2026-07-01 08:00", "2026-13-01", 1, "finns inte i kalendern"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    right, wrong, line, told = FAULTS[name]
    with pytest.raises(ContentError, match=told) as error:
        load_notices(written(tmp_path, FILE.replace(right, wrong)))
    assert f"meddelanden.yml:{line}: " in str(error.value)


def test_an_id_is_given_once(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="Id vattenlacka finns redan"):
        load_notices(written(tmp_path, FILE + FILE.removeprefix("meddelanden:\n")))


def test_without_a_file_there_is_no_notice(tmp_path: Path) -> None:
    assert load_notices(tmp_path) == ()


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)
notices = st.builds(
    lambda number, kind, starts, hours: Notice(
        id=f"n{number}",
        kind=kind,
        text="x",
        starts=starts,
        ends=starts + timedelta(hours=hours) if hours else None,
    ),
    st.integers(0, 999),
    st.sampled_from(["kris", "information"]),
    moments,
    st.integers(0, 5000),
)


@given(st.lists(notices, max_size=6).map(tuple), moments)
def test_a_crisis_comes_first_and_nothing_that_has_ended(
    kept: tuple[Notice, ...], now: datetime
) -> None:
    held = in_force(kept, now)
    kinds = [notice.kind for notice in held]
    assert kinds == sorted(kinds, key=lambda kind: kind != "kris")
    assert all(notice.holds(now) for notice in held)
    assert len(held) == sum(notice.holds(now) for notice in kept)


def test_an_edit_counts_at_once_and_a_fault_changes_nothing(tmp_path: Path) -> None:
    live = LiveNotices(written(tmp_path), "https://testby.example")
    (notice,) = live.get()
    assert notice.link is not None
    assert notice.link.url == "https://testby.example/kris/vatten/"
    written(tmp_path, FILE.replace("typ: kris", "typ: panik"))
    assert live.get() == (notice,)
    assert "typ" in (live.problem or "")
    written(tmp_path, FILE.replace("Norrby innan", "Hamra innan"))
    assert "Hamra" in live.get()[0].text
    assert live.problem is None
    os.remove(tmp_path / "meddelanden.yml")
    assert live.get() == ()


ANSWER = Decision(outcome=Outcome.ANSWER, text="Svar.", topic="vatten")


@pytest.mark.parametrize(
    ("decision", "shown"),
    [
        (ANSWER, True),
        (ANSWER.model_copy(update={"topic": "avfall"}), False),
        (Decision(outcome=Outcome.CLARIFY, topic="vatten"), False),
    ],
)
def test_an_answer_carries_what_holds_for_its_subject(
    tmp_path: Path, decision: Decision, shown: bool
) -> None:
    kept = load_notices(written(tmp_path))
    assert bool(telling.notices(kept, decision, NOW)) is shown
    assert telling.notices(kept, decision, NOW + timedelta(days=30)) == ()


def test_the_sample_notices_can_be_read() -> None:
    assert load_notices(Path("data"))
