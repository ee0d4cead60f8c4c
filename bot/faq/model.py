"""An entry: one question, the ways people ask it, and its answer.

The names on the left are the code's, `alias` is what editors write.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-latt)?$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Month = Annotated[int, Field(ge=1, le=12)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class EntryLink(_Kept):
    """A page, e-service or form; the first one of an entry is its source."""

    title: Line = Field(alias="titel")
    url: Annotated[str, StringConstraints(pattern=r"^(/|https://)\S*$")]
    kind: Literal["sida", "e-tjanst", "blankett", "extern"] = Field("sida", alias="typ")


class Translation(_Kept):
    """What an entry asks and answers in another language, or in lätt svenska (`sv-latt`)."""

    question: Line = Field(alias="fraga")
    answer: Line = Field(alias="svar")
    steps: tuple[Line, ...] = Field((), alias="gor_sa_har")


class Entry(_Kept):
    """One answer with everything that is needed to trust it."""

    id: Slug
    question: Line = Field(alias="fraga")
    variants: tuple[Line, ...] = Field(alias="varianter", min_length=1)
    answer: Line = Field(alias="svar")
    steps: tuple[Line, ...] = Field((), alias="gor_sa_har")
    links: tuple[EntryLink, ...] = Field(alias="lankar", min_length=1)
    owner: Line = Field(alias="agare")
    reviewed: date = Field(alias="granskad")
    valid_from: date | None = Field(None, alias="giltig_fran")
    valid_to: date | None = Field(None, alias="giltig_till")
    scope: Literal["nationell", "lokal"] = Field("lokal", alias="omfattning")
    audience: tuple[Literal["privat", "foretag", "personal"], ...] = Field(
        ("privat",), alias="malgrupp"
    )
    season: tuple[Month, ...] = Field((), alias="sasong")
    law: str | None = Field(None, alias="lagrum")
    channel: Literal["webb", "telefon", "besok", "e-tjanst"] = Field("webb", alias="kanal")
    risk: Literal["lag", "hog"] = "lag"
    translations: dict[Language, Translation] = Field({}, alias="oversattningar")
    hidden: bool = Field(False, alias="dold")
    topic: Slug = Field(alias="amne")
    topic_title: Line = Field(alias="rubrik")

    @field_validator("valid_to")
    @classmethod
    def _ends_after_it_begins(cls, end: date | None, info: ValidationInfo) -> date | None:
        begin = info.data.get("valid_from")
        if begin and end and end < begin:
            raise PydanticCustomError("validity_order", "ends before it begins")
        return end
