"""Colours that cannot be read are refused with their figures; nothing else in the file is lost."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentError
from bot.look.contrast import contrast, in_words
from bot.look.editing import with_look
from bot.look.model import DARK, LIGHT, SURFACES, Colours, Look, Mode, checks
from bot.look.repository import FILE, LiveLook, load_look, parse_look
from tests.docs.reading import blocks, column, page, section, table
from tests.support.gateway import ROOT

SHIPPED = (ROOT / "data" / FILE).read_text(encoding="utf-8")
CASES = json.loads((ROOT / "web/tests/contrast-cases.json").read_text(encoding="utf-8"))

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(("one", "other", "told"), CASES)
def test_contrast_is_that_of_wcag(one: str, other: str, told: str) -> None:
    assert in_words(contrast(one, other)) == told


@given(colours, colours)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.000001


def test_the_products_own_look_can_be_read_and_is_the_shipped_one() -> None:
    assert all(check.passes for check in checks(Look()))
    assert load_look(ROOT / "data") == Look()


def test_the_browsers_own_colours_are_the_same() -> None:
    tokens = (ROOT / "web/src/shared/tokens.ts").read_text(encoding="utf-8")
    modes: tuple[tuple[str, Mode, Colours], ...] = (
        ("LIGHT", "ljust", LIGHT),
        ("DARK", "morkt", DARK),
    )
    for name, mode, own in modes:
        found = re.search(rf"const {name} = `(.*?)`", tokens, re.DOTALL)
        assert found
        block = found[1]
        for key, colour in own.model_dump().items():
            name_in_css = key.replace("_", "-")
            assert re.search(rf"--k-{name_in_css}: var\(.*{colour}\)", block), key
        surface, ground = SURFACES[mode]
        assert f"--k-bg: {ground}; --k-surface: {surface};" in block


FAULTS = {
    "pale text": ("text_pa_list: '#ffffff'", "text_pa_list: '#888888'", 7, "mot «list». Den ska"),
    "pale accent": ("accent: '#0b6670'", "accent: '#999999'", 8, "2,84:1 mot bubblan. Den ska"),
    "a colour's name": ("'#0f6a70'", "'red'", 6, "har fel form"),
    "a square": ("horn: 20", "horn: 90", 16, "heltal från 0 till 32"),
    "another place": ("plats: hoger", "plats: mitten", 17, "har ett värde som inte finns"),
    "more than a font": ("horn: 20", 'typsnitt: "a; } *"\nhorn: 20', 16, "har fel form"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_line(name: str) -> None:
    right, wrong, line, told = FAULTS[name]
    with pytest.raises(ContentError) as found:
        parse_look(SHIPPED.replace(right, wrong, 1), Path(FILE))
    assert any(
        one.startswith(f"{FILE}:{line}: ") and told in one for one in str(found.value).splitlines()
    ), found.value


def test_a_look_that_cannot_be_read_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / FILE
    live = LiveLook(tmp_path)
    path.write_text(SHIPPED.replace("horn: 20", "horn: 4"), encoding="utf-8")
    assert live.get().radius_px == 4
    path.write_text(SHIPPED.replace("'#ffffff'", "'#0b4a58'"), encoding="utf-8")
    assert live.get().radius_px == 4
    assert live.problem is not None and "1,00:1" in live.problem


def test_a_change_keeps_the_comments_and_every_other_line() -> None:
    light = LIGHT.model_copy(update={"bar": "#123456"})
    changed = with_look(SHIPPED, Look(light=light, font="Open Sans, sans-serif"))
    kept = [line for line in SHIPPED.splitlines() if "'#0b4a57'" not in line]
    assert [line for line in kept if line not in changed.splitlines()] == []
    assert parse_look(changed, Path(FILE)).light == light
    assert with_look(changed, Look()).splitlines() == SHIPPED.splitlines()
    assert parse_look(with_look(None, Look()), Path(FILE)) == Look()


def test_the_guide_tells_every_line_and_its_example_can_be_read() -> None:
    guide = page("redaktor/utseende.md")
    assert set(column(table(section(guide, "## Filen")))) == {
        field.alias for field in Look.model_fields.values()
    }
    assert set(column(table(section(guide, "## Färgerna")))) == {
        field.alias for field in Colours.model_fields.values()
    }
    (example,) = blocks(guide, "yaml")
    assert parse_look(example, Path(FILE))
