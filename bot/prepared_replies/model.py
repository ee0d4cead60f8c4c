"""A prepared reply: a text that an agent puts in, changes and sends.

The names on the left are the code's, `alias` is what editors write.
"""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.faq.model import Language, Line, Slug

LONGEST = 2000  # characters: what a message may have
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_AGENT = "agent"


class PreparedReply(BaseModel):
    """One text with what it is found by. Its variables are `{agent}` and `{kommun.telefon}`."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: Annotated[Slug, Field(max_length=100)]
    title: Annotated[Line, Field(max_length=100)] = Field(alias="titel")
    text: Annotated[Line, Field(max_length=LONGEST)]
    topic: Slug | None = Field(None, alias="amne")
    keywords: tuple[Line, ...] = Field((), alias="sokord")
    language: Language = Field("sv", alias="sprak")

    def unknown(self, facts: Mapping[str, str]) -> list[str]:
        """Return the variables of the text that have no value, as they are written."""
        values = _values(facts, "")
        return [found[0] for found in _VARIABLE.finditer(self.text) if found[1] not in values]

    def filled(self, facts: Mapping[str, str], agent: str) -> "PreparedReply":
        """Return the reply as `agent`, by name, would send it.

        Args:
            facts: of data/kommun.yml. A variable that is not among them stays as it is.
        """
        values = _values(facts, agent)
        text = _VARIABLE.sub(lambda found: values.get(found[1], found[0]), self.text)
        return self.model_copy(update={"text": text})


def _values(facts: Mapping[str, str], agent: str) -> dict[str, str]:
    return {_AGENT: agent, **{f"kommun.{key}": fact for key, fact in facts.items()}}
