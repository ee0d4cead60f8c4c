from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.notices.editing import with_notice
from bot.notices.model import Notice, NoticeLink
from bot.notices.repository import load_notices

FILE = """\
# Vad som gäller just nu.
meddelanden:
  - id: vattenlacka # Norrby
    typ: kris
    text: Koka vattnet.
    borjar: 2026-07-01 08:00
"""
START = datetime(2026, 7, 1, 6, tzinfo=UTC)
SNOW = Notice(id="sno", text="Vi plogar: håll undan bilen.", starts=START)


def read(folder: Path, text: str) -> tuple[Notice, ...]:
    (folder / "meddelanden.yml").write_text(text, encoding="utf-8")
    return load_notices(folder)


def test_a_new_notice_comes_last_and_the_rest_stays_as_it_was(tmp_path: Path) -> None:
    text = with_notice(FILE, SNOW)
    assert text.startswith(FILE)
    assert read(tmp_path, text)[1] == SNOW


def test_a_changed_notice_keeps_its_comments_and_its_place(tmp_path: Path) -> None:
    two = with_notice(FILE, SNOW)
    (water, _) = read(tmp_path, two)
    changed = water.model_copy(update={"ends": START + timedelta(hours=5)})
    text = with_notice(two, changed)
    assert "# Norrby" in text
    assert text.splitlines()[0] == "# Vad som gäller just nu."
    assert read(tmp_path, text) == (changed, SNOW)


def test_what_a_notice_no_longer_has_is_taken_away(tmp_path: Path) -> None:
    (water,) = read(tmp_path, FILE)
    calm = water.model_copy(update={"kind": "information", "topics": ("vatten",)})
    loud = with_notice(with_notice(FILE, calm), water)
    assert read(tmp_path, loud) == (water,)
    assert "amnen" not in loud


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() == text and text)
notices = st.builds(
    lambda number, text, minutes, hours, link, topics: Notice(
        id=f"n{number}",
        text=text,
        starts=START + timedelta(minutes=minutes),
        ends=START + timedelta(minutes=minutes, hours=hours) if hours else None,
        link=NoticeLink(title=link, url="/a/") if link else None,
        topics=tuple(topics),
    ),
    st.integers(0, 3),
    texts,
    st.integers(0, 500_000),
    st.integers(0, 900),
    st.none() | texts,
    st.lists(st.sampled_from(["vatten", "avfall"]), unique=True),
)


@given(st.lists(notices, max_size=5))
def test_what_is_written_is_read_again(tmp_path_factory: object, kept: list[Notice]) -> None:
    folder = tmp_path_factory.mktemp("m")  # type: ignore[attr-defined]
    text: str | None = None
    for notice in kept:
        text = with_notice(text, notice)
    last = {notice.id: notice for notice in kept}
    assert {one.id: one for one in (read(folder, text) if text else ())} == last
