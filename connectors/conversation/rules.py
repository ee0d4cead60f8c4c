"""How agents receive conversations: `data/desk.yml`, kept up with while it is edited."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError, model_validator

from bot.errors import ContentError
from bot.faq.model import Line, Slug
from bot.live_file import LiveFile
from bot.yaml_faults import Place, explain, fault, whole
from bot.yaml_files import read_mapping

FILE = "desk.yml"
SHORTEST_WARNING_S = 20  # WCAG 2.2.1: at least 20 seconds to extend a time limit

Audience = Literal["privat", "foretag"]
AUDIENCES: tuple[Audience, ...] = ("privat", "foretag")


def _yes(written: Any) -> bool:
    if written in ("ja", "nej"):
        return bool(written == "ja")
    raise fault("ska vara ja eller nej")


_Count = Annotated[int, whole(0)]
_Positive = Annotated[int, whole(1)]
_Yes = Annotated[bool, PlainValidator(_yes)]


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Status(_Written):
    """Something that an agent can be doing, and how many conversations that leaves room for."""

    id: Slug
    title: Line = Field(alias="titel")
    limit: _Count = Field(alias="samtal")


class Rollout(_Written):
    """What is in use on the pages below `pages`, for `audiences`."""

    pages: Annotated[str, Field(pattern=r"^/\S*$")] = Field("/", alias="sidor")
    audiences: tuple[Audience, ...] = Field(AUDIENCES, alias="malgrupp")
    chat: _Yes = Field(True, alias="chatt")
    bot: _Yes = Field(True, alias="assistent")
    person: _Yes = Field(True, alias="person")

    def holds(self, path: str, audience: str) -> bool:
        below = path == self.pages or path.startswith(self.pages.rstrip("/") + "/")
        return below and audience in self.audiences


class ErrandType(_Written):
    """What a conversation or an errand is about. Some have the name of a subject in `data/faq`."""

    id: Slug
    title: Line = Field(alias="titel")


class Department(_Written):
    """Some of the agents, who know one thing best. Everybody else is a generalist."""

    id: Annotated[Slug, Field(max_length=64)]
    title: Line = Field(alias="titel")


class Cause(_Written):
    """Why a citizen got in touch, and whether the municipality could have saved them it."""

    id: Slug
    title: Line = Field(alias="titel")
    avoidable: _Yes = Field(False, alias="kunde_undvikas")


_NOTHING = Rollout.model_construct(
    pages="/", audiences=AUDIENCES, chat=False, bot=False, person=False
)


class DeskRules(_Written):
    """Everything that a municipality decides of its desk. Times are in the units of their names."""

    statuses: tuple[Status, ...] = Field(alias="status", min_length=1)
    assignment: Literal["manuell", "automatisk"] = Field("manuell", alias="tilldelning")
    accept_s: _Positive = Field(30, alias="svarstid_sekunder")
    hours: dict[Audience, Slug] = Field(alias="oppettider")
    most_waiting: _Positive = Field(20, alias="ko_hogst")
    lease_s: Annotated[int, whole(15)] = Field(45, alias="narvaro_sekunder")
    grace_s: _Count = Field(90, alias="aterlamnas_sekunder")
    silent_min: _Positive = Field(15, alias="tyst_minuter")
    warning_s: Annotated[int, whole(SHORTEST_WARNING_S)] = Field(120, alias="varning_sekunder")
    reopen_min: _Count = Field(30, alias="aterupptas_minuter")
    callback_h: _Positive = Field(4, alias="uppringning_timmar")
    errand_h: _Positive = Field(16, alias="arende_timmar")
    promised_within: Slug = Field(alias="lovad_tid_i")
    rollout: tuple[Rollout, ...] = Field((Rollout(),), alias="utrullning")
    errand_types: tuple[ErrandType, ...] = Field(alias="arendetyper", min_length=1)
    causes: tuple[Cause, ...] = Field(alias="orsaker", min_length=1)
    departments: tuple[Department, ...] = Field((), alias="avdelningar")

    @model_validator(mode="after")
    def _every_audience_has_hours(self) -> Self:
        missing = [audience for audience in AUDIENCES if audience not in self.hours]
        if missing:
            raise fault(f"saknar raden «{missing[0]}:» under oppettider")
        return self

    @property
    def lease(self) -> timedelta:
        return timedelta(seconds=self.lease_s)

    @property
    def first_status(self) -> Status:
        return self.statuses[0]

    def status(self, status_id: str) -> Status | None:
        return next((one for one in self.statuses if one.id == status_id), None)

    def limit(self, status_id: str) -> int:
        """Return how many conversations an agent can have; 0 for a status that is gone."""
        found = self.status(status_id)
        return found.limit if found else 0

    def department(self, department_id: str | None) -> Department | None:
        return next((one for one in self.departments if one.id == department_id), None)

    def in_use(self, page: str | None, audience: str) -> Rollout:
        """Return the first row that fits; where none does, neither chat nor person is in use."""
        path = urlsplit(page).path or "/" if page else "/"
        fitting = (row for row in self.rollout if row.holds(path, audience))
        return next(fitting, _NOTHING)


def load_rules(data_dir: Path) -> DeskRules:
    """Read `data/desk.yml`.

    Raises:
        ContentError: one line a fault, as `file:line: what to do`.
    """
    path = data_dir / FILE
    try:
        raw = read_mapping(path, "«status:»")
    except OSError as error:
        raise ContentError(f"{path}: Filen saknas eller går inte att öppna.") from error
    try:
        return DeskRules.model_validate(raw)
    except ValidationError as error:
        faults = explain(_located(error.errors()), raw, Place(path, 1), "filen")
        raise ContentError("\n".join(map(str, faults))) from error


def _located(faults: Sequence[Any]) -> list[Any]:
    """A fault of the whole has no key to point at: it is about the hours."""
    return [{**fault, "loc": fault["loc"] or ("oppettider",)} for fault in faults]


class LiveRules(LiveFile[DeskRules]):
    """The rules as the file says now. A file that is wrong leaves the rules before in use."""

    def __init__(self, data_dir: Path) -> None:
        """Raises ContentError: there are no rules to begin with."""
        first = load_rules(data_dir)
        path = data_dir / FILE
        super().__init__([path], lambda: load_rules(data_dir), first, "desk_rules_unusable")
