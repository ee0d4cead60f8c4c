"""What only the municipality can say of its assistant.

The names on the left are the code's, `alias` is what editors write.
"""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.faq.model import Line
from bot.yaml_faults import fault


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Own(_Kept):
    """What a register of AI systems, and article 13 of (EU) 2016/679, ask the municipality for."""

    purpose: Line = Field(validation_alias="syfte")
    legal_basis: Line = Field(validation_alias="rattslig_grund")
    controller: Line = Field(validation_alias="personuppgiftsansvarig")
    officer: Line = Field(
        validation_alias="dataskyddsombud"
    )  # how the data protection officer is reached
    contact: Line = Field(validation_alias="kontakt")  # for questions about the assistant
    decider: Line = Field(validation_alias="ansvarig")  # who decides what it may do
    since: date = Field(validation_alias="i_bruk_sedan")
    hosting: Line = Field(validation_alias="drift")  # on whose machines it runs
    updated: date = Field(validation_alias="uppdaterad")

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.updated < self.since:
            raise fault("är före i_bruk_sedan. Rätta datumen")
        return self
