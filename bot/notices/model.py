"""A notice: a short text that is shown from one moment to another.

The names on the left are the code's, `alias` is what editors write.
"""

from datetime import datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from bot.faq.model import Line, Slug

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def _in_sweden(moment: datetime) -> datetime:
    return moment.replace(tzinfo=STOCKHOLM) if moment.tzinfo is None else moment


Moment = Annotated[datetime, AfterValidator(_in_sweden)]  # Swedish time where no zone is written


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class NoticeLink(_Kept):
    """Where there is more to read."""

    title: Line = Field(alias="titel")
    url: Annotated[str, Field(pattern=r"^(/|https://)\S*$")]


class Notice(_Kept):
    """`kris` comes before everything else; `topics` are those whose answers carry the text, too."""

    id: Slug
    kind: Literal["kris", "information"] = Field("information", alias="typ")
    text: Annotated[Line, Field(max_length=500)]
    link: NoticeLink | None = Field(None, alias="lank")
    starts: Moment = Field(alias="borjar")
    ends: Moment | None = Field(None, alias="slutar")
    topics: tuple[Slug, ...] = Field((), alias="amnen")

    @field_validator("ends")
    @classmethod
    def _after_start(cls, ends: datetime | None, info: ValidationInfo) -> datetime | None:
        starts = info.data.get("starts")
        if starts and ends and ends <= starts:
            raise PydanticCustomError("notice_order", "ends before it begins")
        return ends

    def on_site(self, site_url: str) -> "Notice":
        """Return the notice with its link as a whole address."""
        if self.link is None or not self.link.url.startswith("/"):
            return self
        link = self.link.model_copy(update={"url": f"{site_url}{self.link.url}"})
        return self.model_copy(update={"link": link})

    def holds(self, moment: datetime) -> bool:
        """Tell whether it is shown at `moment`: from `starts`, until just before `ends`."""
        return self.starts <= moment and (self.ends is None or moment < self.ends)


def in_force(notices: tuple[Notice, ...], moment: datetime) -> tuple[Notice, ...]:
    """Return those that hold at `moment`: a crisis first, then what began last."""
    held = [notice for notice in notices if notice.holds(moment)]
    return tuple(sorted(held, key=lambda one: (one.kind != "kris", -one.starts.timestamp())))
