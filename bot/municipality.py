"""The municipality's own facts, kept once in `data/kommun.yml`."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.errors import ContentError

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
            found = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
            facts = {key: str(value) for key, value in found["kommun"].items()}
        except (OSError, UnicodeDecodeError, YAMLError) as error:
            raise ContentError(f"{path}: Filen går inte att läsa. {error}") from error
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
