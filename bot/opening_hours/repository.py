"""Reading `data/oppettider.yml`. Every fault is told with file, line and what to do, in Swedish."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.live_file import LiveFile
from bot.opening_hours.calendar import Eve
from bot.opening_hours.model import CLOSED, Deviation, Hours, Place, Span, Spans, Summer, Week
from bot.yaml_faults import Faults, fault, line_of, read_items, read_list

FILE = "oppettider.yml"
_KEY = "platser"
_EVES = "aftnar"
_CLOSED = "stängt"
_DAYS = ("mandag", "tisdag", "onsdag", "torsdag", "fredag", "lordag", "sondag")
_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_SPAN = re.compile(r"(\d{1,2})[.:](\d{2})\s*[–-]\s*(\d{1,2})[.:](\d{2})")
_ANY_YEAR = 2001  # not a leap year: a period must begin and end on days that every year has


def _spans(written: Any) -> Spans:
    """Read `8.00–12.00, 13.00–16.00` or `stängt`."""
    if written == _CLOSED:
        return CLOSED
    parts = str(written).split(",")
    found = [_SPAN.fullmatch(part.strip()) for part in parts]
    spans = tuple(span for match in found if match and (span := _span(match)))
    if len(spans) < len(parts):
        raise fault(f"ska vara tider som 8.00–16.30, eller {_CLOSED}")
    clocks = [clock for span in spans for clock in (span.opens, span.closes)]
    if any(one >= other for one, other in pairwise(clocks)):
        raise fault("har tider i fel ordning. Skriv den tidigaste först")
    return spans


def _span(match: re.Match[str]) -> Span | None:
    hour, minute, until_hour, until_minute = (int(number) for number in match.groups())
    try:
        return Span(time(hour, minute), time(until_hour, until_minute))
    except ValueError:  # 25.00 is on no clock
        return None


def _week(written: Any) -> Week:
    """Read `mandag-torsdag: 8.00–16.30`; a day that is not there is closed, or all of them."""
    if written == _CLOSED:
        written = {}
    if not isinstance(written, Mapping):
        raise fault("ska ha en rad för varje dag under sig, till exempel «mandag-fredag:»")
    hours: dict[int, Spans] = {}
    for name, times in written.items():
        for day in _days(str(name)):
            if day in hours:
                raise fault(f"har två rader för {_DAYS[day]}. Ta bort den ena")
            hours[day] = _spans_of(str(name), times)
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
        hours.get(day, CLOSED) for day in range(7)
    )
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


def _days(name: str) -> range:
    first, _, last = name.partition("-")
    if first in _DAYS and (last or first) in _DAYS:
        days = range(_DAYS.index(first), _DAYS.index(last or first) + 1)
        if days:
            return days
    raise fault(f"har «{name}», som inte är en dag. Skriv mandag, tisdag … eller mandag-fredag")


def _spans_of(name: str, times: Any) -> Spans:
    try:
        return _spans(times)
    except PydanticCustomError as error:
        raise fault(f"har en rad «{name}» som {error.message()}") from error


def _day_of_year(written: Any) -> tuple[int, int]:
    """Read `15 juni` as (6, 15)."""
    number, _, month = str(written).partition(" ")
    try:
        found = date(_ANY_YEAR, _MONTHS.index(month) + 1, int(number))
    except ValueError as error:
        raise fault("ska vara en dag utan år, till exempel 15 juni") from error
    return found.month, found.day


def _written_eves(written: Any) -> dict[Eve, Spans]:
    if not isinstance(written, Mapping):
        raise fault("ska ha en rad för varje afton under sig, till exempel «julafton: stängt»")
    unknown = [str(name) for name in written if name not in list(Eve)]
    if unknown:
        raise fault(f"har «{unknown[0]}», som inte går att välja. Välj bland {', '.join(Eve)}")
    return {Eve(name): _spans_of(name, times) for name, times in written.items()}


_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
_Times = Annotated[Spans, PlainValidator(_spans)]
_DayOfYear = Annotated[tuple[int, int], PlainValidator(_day_of_year)]
_WrittenWeek = Annotated[Week, PlainValidator(_week)]
_WrittenEves = Annotated[dict[Eve, Spans], PlainValidator(_written_eves)]


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class _Summer(_Written):
    first: _DayOfYear = Field(alias="fran")
    last: _DayOfYear = Field(alias="till")
    week: _WrittenWeek = Field(alias="vecka")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "_Summer":
        if self.last < self.first:
            raise fault("slutar före den börjar. Byt plats på fran och till")
        return self

    def summer(self) -> Summer:
        return Summer(self.first, self.last, self.week)


class _Deviation(_Written):
    first: date = Field(alias="fran")
    last: date | None = Field(None, alias="till")
    spans: _Times = Field(alias="tider")
    reason: _Line = Field(alias="orsak")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "_Deviation":
        if self.last and self.last < self.first:
            raise fault("slutar före den börjar. Byt plats på fran och till")
        return self

    def deviation(self) -> Deviation:
        return Deviation(self.first, self.last or self.first, self.spans, self.reason)


class _Place(_Written):
    id: _Slug
    name: _Line = Field(alias="namn")
    week: _WrittenWeek = Field(alias="vecka")
    summer: _Summer | None = Field(None, alias="sommar")
    eves: _WrittenEves = Field({}, alias=_EVES)
    deviations: tuple[_Deviation, ...] = Field((), alias="undantag")

    def place(self, shared: Mapping[Eve, Spans]) -> Place:
        hours = Hours(
            self.week,
            self.summer.summer() if self.summer else None,
            {**shared, **self.eves},
            tuple(one.deviation() for one in self.deviations),
        )
        return Place(self.id, self.name, hours)


class _Shared(_Written):
    eves: _WrittenEves = Field({}, alias=_EVES)


def load_opening_hours(data_dir: Path) -> Mapping[str, Place]:
    """Read every place by its id, in the order of the file.

    Raises:
        ContentError: one line a fault, as `file:line: what to do`.
    """
    path = data_dir / FILE
    content = read_list(path, _KEY, also=(_EVES,))
    faults = Faults(path)
    shared = _shared_eves(content, faults)
    places = list(_places(content[_KEY], shared, faults))
    faults.raise_any()
    return {place.id: place for place in places}


def live_opening_hours(data_dir: Path) -> LiveFile[Mapping[str, Place]]:
    """Return the places as the file says now; one that is wrong leaves those before in use."""
    paths, nothing = [data_dir / FILE], dict[str, Place]()
    return LiveFile(paths, lambda: load_opening_hours(data_dir), nothing, "hours_unusable")


def _shared_eves(content: Mapping[str, Any], faults: Faults) -> Mapping[Eve, Spans]:
    """The eves at the top of the file hold for each place that does not say otherwise."""
    try:
        return _Shared.model_validate({_EVES: content.get(_EVES, {})}).eves
    except ValidationError as error:
        line = line_of(content, _EVES) or 1
        faults.tell(line, f"«{_EVES}» överst i filen {error.errors()[0]['msg']}.")
        return {}


def _places(rows: Any, shared: Mapping[Eve, Spans], faults: Faults) -> Iterator[Place]:
    ids: set[str] = set()
    for written, line in read_items(rows, _Place, faults):
        if written.id in ids:
            faults.tell(line, f"Id {written.id} finns redan. Ge platsen ett eget id.")
        ids.add(written.id)
        yield written.place(shared)
