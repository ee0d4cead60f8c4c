"""The municipality's rules of writing, from `data/language/skrivregler.yml`."""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import ContentError
from bot.yaml_files import read_mapping

FILE = "skrivregler.yml"

Count = Annotated[int, Field(gt=0)]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Avoided(_Kept):
    """Words that make a text harder, and what to write instead."""

    words: tuple[str, ...] = Field(alias="ord", min_length=1)
    instead: str = Field(alias="skriv")


class Style(_Kept):
    """Limits and words. The names on the left are the code's, `alias` is what editors write."""

    lix: Count = Field(40, alias="lix")
    lix_easy: Count = Field(30, alias="lix_latt_svenska")
    lix_from_words: Count = Field(30, alias="lix_fran_ord")
    sentence: Count = Field(20, alias="ord_i_mening")
    sentence_easy: Count = Field(12, alias="ord_i_mening_latt_svenska")
    answer: Count = Field(150, alias="ord_i_svar")
    reply: Count = Field(60, alias="ord_i_svarsmall")
    variants: Count = Field(8, alias="varianter")
    ends_soon_days: Count = Field(21, alias="slutar_galla_om_dagar")
    review_days: Count = Field(365, alias="granskad_dagar")
    review_days_risky: Count = Field(183, alias="granskad_dagar_hog_risk")
    avoid: tuple[Avoided, ...] = Field((), alias="undvik")
    address: tuple[Avoided, ...] = Field((), alias="tilltal")

    @classmethod
    def load(cls, data_dir: Path) -> "Style":
        """Read the rules; without a file the defaults hold.

        Raises:
            ContentError: the file is wrong.
        """
        path = data_dir / "language" / FILE
        if not path.exists():
            return cls()
        try:
            return cls.model_validate(read_mapping(path, "«lix:»"))
        except ValidationError as error:
            key = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise ContentError(
                f"{path}:1: «{key}» har ett värde som inte går att använda. Rätta raden."
            ) from error

    def avoided_in(self, text: str) -> Iterator[tuple[str, str]]:
        """Return each word of `text` that is to be avoided, and what to write instead."""
        return self._avoided.found_in(text)

    def addressed_in(self, text: str) -> Iterator[tuple[str, str]]:
        """Return each word by which `text` speaks to somebody else than one person."""
        return self._address.found_in(text)

    @cached_property
    def _avoided(self) -> "_WordList":
        return _WordList(self.avoid)

    @cached_property
    def _address(self) -> "_WordList":
        return _WordList(self.address)


class _WordList:
    """Finds words in texts, and says what to write instead."""

    def __init__(self, groups: tuple[Avoided, ...]) -> None:
        self._instead = {word.lower(): group.instead for group in groups for word in group.words}
        longest_first = sorted(self._instead, key=len, reverse=True)
        words = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)

    def found_in(self, text: str) -> Iterator[tuple[str, str]]:
        for found in self._pattern.finditer(text) if self._instead else ():
            yield found[0], self._instead[found[0].lower()]
