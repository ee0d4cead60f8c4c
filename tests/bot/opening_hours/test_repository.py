from datetime import date, datetime
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.municipality import Municipality
from bot.opening_hours.model import STOCKHOLM
from bot.opening_hours.repository import load_opening_hours

DATA = Path(__file__).parents[3] / "data"
PLACE = """\
platser:
  - id: bibliotek
    namn: Biblioteket
    vecka:
      mandag-torsdag: 10.00–12.00, 13.00–18.00
      lordag: 10.00-14.00
    sommar:
      fran: 15 juni
      till: 15 augusti
      vecka:
        mandag: 10:00–15:00
    aftnar:
      valborg: 10.00–12.00
    undantag:
      - fran: 2026-12-28
        till: 2026-12-29
        tider: stängt
        orsak: Vi räknar böckerna.
"""
EVES = "aftnar:\n  valborg: stängt\n  nyarsafton: 10.00–11.00\n"


def write(folder: Path, text: str) -> Path:
    (folder / "oppettider.yml").write_text(text, encoding="utf-8")
    return folder


def test_a_place_is_read_with_everything_that_changes_its_hours(tmp_path: Path) -> None:
    place = load_opening_hours(write(tmp_path, EVES + PLACE))["bibliotek"]

    def opens(year: int, month: int, day: int) -> list[str]:
        found = place.hours.intervals(date(year, month, day))
        return [f"{one.start:%H.%M}–{one.end:%H.%M}" for one in found]

    assert place.name == "Biblioteket"
    assert opens(2026, 11, 30) == ["10.00–12.00", "13.00–18.00"]
    assert opens(2026, 12, 4) == []  # a Friday, which is not in the week
    assert opens(2026, 12, 5) == ["10.00–14.00"]
    assert opens(2026, 12, 29) == []  # a deviation
    assert opens(2026, 12, 31) == ["10.00–11.00"]  # an eve of the whole file
    assert opens(2027, 6, 21) == ["10.00–15.00"]  # summer
    assert opens(2029, 4, 30) == ["10.00–12.00"]  # the place's own eve goes first
    assert place.hours.reason(date(2026, 12, 28)) == "Vi räknar böckerna."


def test_a_place_may_be_open_in_summer_only(tmp_path: Path) -> None:
    week = "      mandag-torsdag: 10.00–12.00, 13.00–18.00\n      lordag: 10.00-14.00\n"
    text = PLACE.replace(f"vecka:\n{week}", "vecka: stängt\n")
    hours = load_opening_hours(write(tmp_path, text))["bibliotek"].hours
    opens = hours.next_opening(datetime(2026, 11, 28, 12, tzinfo=STOCKHOLM))
    assert opens == datetime(2027, 6, 21, 10, tzinfo=STOCKHOLM)


FAULTS = {
    "hours that are no hours": (
        ("lordag: 10.00-14.00", "lordag: 10-14"),
        4,
        "«vecka» i bibliotek har en rad «lordag» som ska vara tider som 8.00–16.30, eller stängt.",
    ),
    "an hour that no clock has": (
        ("13.00–18.00", "13.00–25.00"),
        4,
        "«vecka» i bibliotek har en rad «mandag-torsdag» som ska vara tider som 8.00–16.30",
    ),
    "hours that end before they begin": (
        ("13.00–18.00", "11.00–18.00"),
        4,
        "som har tider i fel ordning. Skriv den tidigaste först.",
    ),
    "a day that does not exist": (
        ("lordag:", "lördag:"),
        4,
        "«vecka» i bibliotek har «lördag», som inte är en dag.",
    ),
    "days in the wrong order": (
        ("mandag-torsdag:", "torsdag-mandag:"),
        4,
        "har «torsdag-mandag», som inte är en dag.",
    ),
    "a day with two rows": (
        ("lordag:", "torsdag:"),
        4,
        "«vecka» i bibliotek har två rader för torsdag. Ta bort den ena.",
    ),
    "a week without days": (
        ("      mandag-torsdag: 10.00–12.00, 13.00–18.00\n      lordag: 10.00-14.00\n", ""),
        4,
        "«vecka» i bibliotek ska ha en rad för varje dag under sig",
    ),
    "a summer day that not every year has": (
        ("fran: 15 juni", "fran: 29 februari"),
        8,
        "«fran» i bibliotek ska vara en dag utan år, till exempel 15 juni.",
    ),
    "a summer that ends before it begins": (
        ("till: 15 augusti", "till: 1 juni"),
        7,
        "«sommar» i bibliotek slutar före den börjar. Byt plats på fran och till.",
    ),
    "an eve that cannot be chosen": (
        ("valborg: 10", "lucia: 10"),
        12,
        "«aftnar» i bibliotek har «lucia», som inte går att välja. Välj bland trettondagsafton",
    ),
    "a deviation without its reason": (
        ("        orsak: Vi räknar böckerna.\n", ""),
        15,
        "«orsak» i bibliotek saknas. Lägg till raden.",
    ),
    "a deviation that ends before it begins": (
        ("till: 2026-12-29", "till: 2026-12-27"),
        15,
        "«undantag» i bibliotek slutar före den börjar.",
    ),
    "a date that is no date": (
        ("fran: 2026-12-28", "fran: julafton"),
        15,
        "«fran» i bibliotek ska vara ett datum, till exempel 2026-11-10.",
    ),
    "a misspelled key": (
        ("sommar:", "somar:"),
        7,
        "«somar» i bibliotek känns inte igen. Ta bort raden eller rätta stavningen.",
    ),
    "a missing name": (
        ("    namn: Biblioteket\n", ""),
        2,
        "«namn» i bibliotek saknas. Lägg till raden.",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_file_line_and_what_to_do(tmp_path: Path, fault: str) -> None:
    change, line, told = FAULTS[fault]
    assert change[0] in PLACE
    with pytest.raises(ContentError) as error:
        load_opening_hours(write(tmp_path, PLACE.replace(*change)))
    assert f"oppettider.yml:{line}: " in str(error.value)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("aftnar:\n  lucia: stängt\n" + PLACE, ":1: «aftnar» överst i filen har «lucia», som inte"),
        ("aftnar: stängt\n" + PLACE, ":1: «aftnar» överst i filen ska ha en rad för varje afton"),
        (EVES, ":1: Listan «platser:» saknas. Lägg till den."),
        (PLACE + PLACE.removeprefix("platser:\n"), "Id bibliotek finns redan."),
        (PLACE.replace("2026-12-28", "2026-13-28"), "Ett datum finns inte i kalendern."),
    ],
)
def test_a_fault_of_the_whole_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ContentError) as error:
        load_opening_hours(write(tmp_path, text))
    assert told in str(error.value)


def test_the_shipped_hours_are_those_that_the_municipality_tells() -> None:
    places = load_opening_hours(DATA)
    told = Municipality.load(DATA)["oppettider"]
    (ordinary,) = places["kontaktcenter-telefon"].hours.intervals(date(2026, 11, 30))
    opens, closes = (f"{end.hour}.{end:%M}" for end in (ordinary.start, ordinary.end))
    assert f"{opens}–{closes}" in told


def test_somebody_who_calls_on_twelfth_night_is_told_the_day_after_epiphany() -> None:
    moment = datetime(2027, 1, 5, 14, 5, tzinfo=STOCKHOLM)
    hours = load_opening_hours(DATA)["kontaktcenter-telefon"].hours
    assert hours.next_opening(moment) == datetime(2027, 1, 7, 8, tzinfo=STOCKHOLM)
