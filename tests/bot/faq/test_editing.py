"""Editing an entry touches nothing but that entry."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import ContentError
from bot.faq.editing import (
    adding,
    begins_at,
    block_of,
    ids_in,
    local_file_for,
    merge,
    national_block,
    opening,
    override_of,
    with_block,
    without,
)
from bot.faq.fields import fields_of, with_fields
from bot.faq.files import FaqFiles

FOLDER = Path("data/faq")
AVFALL = FOLDER / "avfall.yml"
TEXT = """\
# Avfall: granskas varje kvartal.
amne: avfall
rubrik: Avfall
agare: Renhållningen   # tel 123

fragor:
  # Hämtning
  - id: avfall-hamtning   # den vanligaste
    fraga: "När töms soporna?"
    varianter:
      - sopor   # ett ord
      # från samtal i våras
      - 'nar kommer sopbilen'
      - "töms soptunnan: när"
    svar: |
      Varannan vecka.

      # Ring {kommun.telefon} | fråga 1.
    # höjs i januari
    granskad: 2026-11-10  # av Eva
    malgrupp: [privat, foretag]

  # Kostnad
  -   id: avfall-kostnad
      fraga: Vad kostar det?
      varianter: [pris, "kostnad: sopor"]
      svar: >-
        3 420 kronor
        om året.
      granskad: 2026-11-10


  - id: avfall-kompost
    fraga: Får jag kompostera?
    varianter:
    - kompost
    svar: |+
      Ja.

"""
IDS = ("avfall-hamtning", "avfall-kostnad", "avfall-kompost")


def files(text: str = TEXT, name: str = "avfall.yml") -> FaqFiles:
    return FaqFiles(FOLDER, {FOLDER / name: text})


def block(found: FaqFiles, entry_id: str) -> str:
    cut = block_of(found, entry_id)
    assert cut is not None
    return cut.yaml


def test_a_block_is_the_entrys_own_lines_dedented_with_its_comments() -> None:
    assert block(files(), "avfall-kostnad") == (
        "id: avfall-kostnad\n"
        "fraga: Vad kostar det?\n"
        'varianter: [pris, "kostnad: sopor"]\n'
        "svar: >-\n"
        "  3 420 kronor\n"
        "  om året.\n"
        "granskad: 2026-11-10\n"
    )
    assert "# den vanligaste" in block(files(), "avfall-hamtning")
    assert "# Kostnad" not in block(files(), "avfall-hamtning")


def test_a_block_says_what_the_file_says() -> None:
    assert fields_of(block(files(), "avfall-kompost"))["svar"] == "Ja."
    assert block(files(), "avfall-kompost").endswith("svar: |+\n  Ja.\n\n")


@pytest.mark.parametrize("entry_id", IDS)
@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), TEXT.rstrip("\n")])
def test_an_entry_put_back_as_it_was_changes_no_byte(text: str, entry_id: str) -> None:
    assert with_block(files(text), AVFALL, entry_id, block(files(text), entry_id)).texts == {
        AVFALL: text
    }


@pytest.mark.parametrize("entry_id", IDS)
@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), TEXT.rstrip("\n")])
def test_an_edit_changes_no_byte_of_other_entries(text: str, entry_id: str) -> None:
    before = files(text)
    after = with_block(before, AVFALL, entry_id, block(before, entry_id) + "risk: hog\n")
    for other in IDS:
        if other != entry_id:
            assert block(after, other) == block(before, other)
    assert fields_of(block(after, entry_id))["risk"] == "hog"
    head = text[: text.index("  - id: avfall-hamtning")]
    assert after.texts[AVFALL].startswith(head)
    assert ("\r\n" in text) == ("\r\n" in after.texts[AVFALL])
    assert after.texts[AVFALL].replace("\r\n", "").count("\r") == 0


def test_the_comments_between_entries_stay_where_they_are() -> None:
    after = with_block(files(), AVFALL, "avfall-hamtning", "id: avfall-hamtning\nfraga: Ny?\n")
    assert after.texts[AVFALL].startswith(TEXT[: TEXT.index("avfall-hamtning")])
    assert after.texts[AVFALL].endswith(TEXT[TEXT.index("\n  # Kostnad") :])


OUTDENTED = "id: x\n- id: annan\n  fraga: Hej?\n"


@pytest.mark.parametrize(
    "yaml", [OUTDENTED, "id: x\nfraga: 'oavslutad\n", "id: [x\n", "id: x\nsvar: |\n\n---\nid: y\n"]
)
def test_a_text_that_would_change_other_entries_is_refused(yaml: str) -> None:
    with pytest.raises(ContentError, match=r"avfall\.yml:\d+: "):
        with_block(files(), AVFALL, "avfall-hamtning", yaml)
    with pytest.raises(ContentError, match=r"avfall\.yml:\d+: "):
        adding(files(), AVFALL, yaml)


def test_a_new_entry_comes_last_and_changes_nothing_else() -> None:
    after = adding(files(), AVFALL, "id: ny\nfraga: Ny?\nsvar: |\n  Ja.\n\n  Nej.\n")
    assert ids_in(after, AVFALL) == (*IDS, "ny")
    assert after.texts[AVFALL].startswith(TEXT.rstrip("\n"))
    assert fields_of(block(after, "ny")) == {"id": "ny", "fraga": "Ny?", "svar": "Ja.\n\nNej."}


def test_a_file_can_be_emptied_and_filled_again() -> None:
    emptied = files()
    for entry_id in IDS:
        emptied = without(emptied, entry_id)
    assert "fragor: []" in emptied.texts[AVFALL]
    assert emptied.texts[AVFALL].startswith("# Avfall: granskas varje kvartal.\n")
    again = adding(emptied, AVFALL, "id: ny\nfraga: Ny?\n")
    assert ids_in(again, AVFALL) == ("ny",)


def test_an_entry_that_is_taken_out_leaves_the_others_as_they_were() -> None:
    after = without(files(), "avfall-kostnad")
    assert ids_in(after, AVFALL) == (IDS[0], IDS[2])
    assert block(after, IDS[0]) == block(files(), IDS[0])
    assert block(after, IDS[2]) == block(files(), IDS[2])


def test_entries_in_one_line_are_refused_with_what_to_do() -> None:
    found = files("amne: a\nfragor: [{id: x, fraga: y}]\n")
    assert block_of(found, "x") is None
    with pytest.raises(ContentError, match="Börja varje fråga med «- id:»"):
        with_block(found, AVFALL, "x", "id: x\n")


def test_the_line_of_an_entry_is_told() -> None:
    line = begins_at(files(), AVFALL, "avfall-kostnad")
    assert TEXT.splitlines()[line - 1] == "  -   id: avfall-kostnad"


# --- fields ---------------------------------------------------------------------------------------

texts = st.text(
    st.one_of(
        st.sampled_from(" :#|>-'\"{}[]&*!%@`,?\n\t~åäö🙂é—«»"),
        st.characters(codec="utf-8", exclude_categories=["Cs"]),
    ),
    max_size=60,
).filter(lambda text: text.rstrip("\n") != "" and "\r" not in text)
lines = texts.map(lambda text: " ".join(text.split("\n"))).filter(lambda text: text != "")
entries = st.fixed_dictionaries(
    {"id": st.just("avfall-hamtning"), "fraga": lines, "svar": texts},
    optional={
        "varianter": st.lists(texts, min_size=1, max_size=5),
        "gor_sa_har": st.lists(lines, min_size=1, max_size=3),
        "lankar": st.lists(
            st.fixed_dictionaries({"titel": lines, "url": lines}), min_size=1, max_size=2
        ),
        "granskad": st.one_of(st.dates().map(str), texts),
        "lagrum": st.sampled_from(["2026-01-01", "true", "null", "12", "1e3", "0x1f", "ja", "="]),
        "malgrupp": st.lists(st.sampled_from(["privat", "foretag"]), min_size=1, max_size=2),
        "sasong": st.lists(st.integers(1, 12), min_size=1, max_size=3),
        "dold": st.booleans(),
        "oversattningar": st.dictionaries(
            st.sampled_from(["en", "sv-latt"]),
            st.fixed_dictionaries({"fraga": lines, "svar": texts}),
            min_size=1,
        ),
    },
)


def normal(value: Any) -> Any:
    """The same without line breaks at the end of texts."""
    if isinstance(value, str):
        return value.rstrip("\n")
    if isinstance(value, dict):
        return {key: normal(one) for key, one in value.items()}
    return [normal(one) for one in value] if isinstance(value, list) else value


unhurried = settings(suppress_health_check=list(HealthCheck), max_examples=60)


@unhurried
@given(entries)
def test_fields_written_and_read_again_are_the_same(fields: dict[str, Any]) -> None:
    assert fields_of(with_fields("", fields)) == normal(fields)


@unhurried
@given(entries)
def test_fields_put_into_a_file_and_read_again_are_the_same(fields: dict[str, Any]) -> None:
    old = block(files(), "avfall-hamtning")
    after = with_block(files(), AVFALL, "avfall-hamtning", with_fields(old, fields))
    assert fields_of(block(after, "avfall-hamtning")) == normal(fields)
    for other in IDS[1:]:
        assert block(after, other) == block(files(), other)


@unhurried
@given(entries, st.sampled_from(["fraga", "svar", "varianter"]), texts)
def test_what_a_form_left_alone_keeps_every_byte(
    fields: dict[str, Any], key: str, text: str
) -> None:
    yaml = with_fields("", fields)
    assert with_fields(yaml, fields_of(yaml)) == yaml
    changed = {**fields, key: [text] if key == "varianter" else text}
    after = with_fields(yaml, changed)
    for kept, value in fields.items():
        if kept != key:
            assert with_fields("", {kept: value}) in after


def test_a_form_keeps_comments_quotes_and_the_lines_of_items_that_stay() -> None:
    yaml = block(files(), "avfall-hamtning")
    fields = fields_of(yaml)
    fields["varianter"] = ["sopor", "ny variant", "nar kommer sopbilen"]
    fields["granskad"] = "2026-11-28"
    fields["risk"] = "hog"
    assert with_fields(yaml, fields) == yaml.replace(
        "  - 'nar kommer sopbilen'\n  - \"töms soptunnan: när\"\n",
        "  - ny variant\n  - 'nar kommer sopbilen'\n",
    ).replace("2026-11-10  # av Eva", "2026-11-28  # av Eva").replace(
        "malgrupp: [privat, foretag]\n", "malgrupp: [privat, foretag]\nrisk: hog\n"
    )


def test_a_new_key_comes_where_an_entry_has_it() -> None:
    after = with_fields(
        "id: x\nsvar: Ja.\ngranskad: 2026-11-10\n",
        {
            "id": "x",
            "svar": "Ja.",
            "granskad": "2026-11-10",
            "gor_sa_har": ["Gå dit."],
        },
    )
    assert after == "id: x\nsvar: Ja.\ngor_sa_har:\n  - Gå dit.\ngranskad: 2026-11-10\n"


def test_an_emoji_and_paragraphs_are_written_as_people_write_them() -> None:
    written = with_fields("", {"id": "x", "fraga": "Sopor 🙂?", "svar": "Ett: två.\n\nTre 🙂."})
    assert written == "id: x\nfraga: Sopor 🙂?\nsvar: |\n  Ett: två.\n\n  Tre 🙂.\n"


def test_a_date_that_no_calendar_has_is_kept_as_it_was_written() -> None:
    assert fields_of(with_fields("", {"granskad": "2026-02-31"})) == {"granskad": "2026-02-31"}


# --- merging and overriding -----------------------------------------------------------------------

BASE = "id: x\nfraga: A?\nsvar: B\nrisk: lag\n"


def test_edits_of_different_keys_are_put_together_and_keep_the_others_comments() -> None:
    theirs = "id: x\nfraga: A?  # nytt\nsvar: B2\nrisk: lag\n"
    mine = "id: x\nfraga: A?\nsvar: B\nkanal: webb\n"
    merged = merge(BASE, mine, theirs)
    assert merged.conflicts == ()
    assert merged.yaml == "id: x\nfraga: A?  # nytt\nsvar: B2\nkanal: webb\n"


def test_edits_of_the_same_key_meet_unless_they_are_the_same() -> None:
    mine, theirs = BASE.replace("svar: B", "svar: C"), BASE.replace("svar: B", "svar: D")
    assert merge(BASE, mine, theirs).conflicts == ("svar",)
    assert merge(BASE, mine, mine).yaml == mine


@unhurried
@given(entries, entries)
def test_a_merge_with_an_unchanged_side_is_the_other_side(
    base: dict[str, Any], other: dict[str, Any]
) -> None:
    one, two = with_fields("", base), with_fields("", other)
    assert fields_of(merge(one, one, two).yaml or "") == normal(other)
    assert fields_of(merge(one, two, one).yaml or "") == normal(other)


NATIONAL = FOLDER / "nationell" / "avfall.yml"


def test_an_override_says_only_what_differs() -> None:
    national = "id: x\nfraga: A?\nvarianter: [a, b]\nsvar: B\nlagrum: L\n"
    edited = "id: x\nfraga: A?\nvarianter: [a, b, c]\nsvar: C\nlagrum: L\n"
    written, lost = override_of(national, edited)
    assert fields_of(written) == {"id": "x", "varianter": ["c"], "svar": "C"}
    assert lost == ()
    assert override_of(national, "id: x\nfraga: A?\nvarianter: [a]\nsvar: B\n")[1] == (
        "lagrum",
        "varianter",
    )


def test_an_override_goes_to_the_local_file_about_the_same_subject_or_a_new_one() -> None:
    pack = FaqFiles(FOLDER, {NATIONAL: TEXT})
    assert local_file_for(pack, NATIONAL) == AVFALL
    opened = opening(pack, AVFALL, NATIONAL)
    assert opened.texts[AVFALL].splitlines() == [
        "amne: avfall",
        "rubrik: Avfall",
        "agare: Renhållningen",
        "fragor: []",
    ]
    other = FOLDER / "sopor.yml"
    both = FaqFiles(FOLDER, {NATIONAL: TEXT, other: TEXT.replace("avfall-", "sopor-")})
    assert local_file_for(both, NATIONAL) == other


def test_a_local_entry_is_found_before_the_national_one() -> None:
    local = "amne: avfall\nrubrik: A\nagare: B\nfragor:\n- id: avfall-kostnad\n  svar: 1\n"
    both = FaqFiles(FOLDER, {NATIONAL: TEXT, AVFALL: local})
    assert block(both, "avfall-kostnad") == "id: avfall-kostnad\nsvar: 1\n"
    pack = national_block(both, "avfall-kostnad")
    assert pack is not None
    assert pack.path == NATIONAL
