"""The municipality's own facts, kept once in `data/kommun.yml`."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.errors import ContentError
from bot.yaml_files import read_content

_VARIABLE = re.compile(r"\{kommun\.([a-z_]+)\}")
_REQUIRED = ("namn", "telefon", "epost", "oppettider")


class Municipality(Mapping[str, str]):
    """Name, phone, address … by key; fills `{kommun.telefon}` in other texts."""

    def __init__(self, facts: Mapping[str, str]) -> None:
        self._facts = dict(facts)

    @classmethod
    def load(cls, data_dir: Path) -> "Municipality":
        """Read `data/kommun.yml`.

        Raises:
            ContentError: the file is missing or lacks a fact that every page shows.
        """
        path = data_dir / "kommun.yml"
        try:
            found = read_content(path)["kommun"]
            facts = {key: str(value) for key, value in found.items()}
        except (KeyError, TypeError, AttributeError) as error:
            raise ContentError(
                f"{path}: Filen ska börja med «kommun:» och ha en rad för varje uppgift."
            ) from error
        missing = [key for key in _REQUIRED if key not in facts]
        if missing:
            raise ContentError(f"{path}: Uppgiften {missing[0]} saknas. Lägg till den.")
        return cls(facts)

    def fill(self, text: str) -> str:
        """Replace every `{kommun.x}`.

        Raises:
            KeyError: `x` is not a fact of the municipality; the argument is `x`.
        """
        return _VARIABLE.sub(lambda match: self._facts[match[1]], text)

    def __getitem__(self, key: str) -> str:
        return self._facts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)
