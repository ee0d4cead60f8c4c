"""An e-service: where a citizen does something instead of asking about it.

The names on the left are the code's, `alias` is what editors write.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class EService(BaseModel):
    """One e-service of the municipality."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: Slug
    name: Line = Field(alias="namn")
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")]
    owner: Line = Field(alias="agare")
    identification: Literal["ja", "nej"] = Field(alias="legitimation")

    @property
    def needs_identification(self) -> bool:
        """Whether the citizen must log in with BankID or the like."""
        return self.identification == "ja"
