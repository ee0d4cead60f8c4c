"""What the law (2018:1937) on accessibility of digital public services asks to be told.

The names on the left are the code's, `alias` is what editors write.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.faq.model import Line
from bot.yaml_faults import fault


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Shortcoming(_Kept):
    """Something that does not meet the demands: what, why, and when it will."""

    title: Line = Field(alias="titel")
    text: Line
    why: Line = Field(alias="varfor")
    demand: Annotated[str, Field(pattern=r"^\d\.\d\.\d{1,2}$")] | None = Field(
        None, alias="wcag"
    )  # the success criterion's number
    mended_by: date | None = Field(None, alias="atgardas_senast")


class Statement(_Kept):
    """The statement of one service."""

    service: Line = Field(alias="tjanst")
    meets: Literal["helt", "delvis", "inte"] = Field(alias="uppfyller")
    assessed: date = Field(alias="bedomd")
    assessed_by: Literal["sjalva", "utomstaende"] = Field("sjalva", alias="bedomd_av")
    tested: tuple[Line, ...] = Field(alias="testad_med", min_length=1)
    updated: date = Field(alias="uppdaterad")
    shortcomings: tuple[Shortcoming, ...] = Field((), alias="brister")

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        """Raises a fault that begins with the name of its line."""
        if self.meets == "helt" and self.shortcomings:
            raise fault("uppfyller|är «helt» trots att det finns brister. Skriv delvis")
        if self.meets != "helt" and not self.shortcomings:
            raise fault("uppfyller|säger att något brister. Skriv vad, under brister")
        if self.updated < self.assessed:
            raise fault("uppdaterad|är före bedomd. Rätta datumen")
        return self
