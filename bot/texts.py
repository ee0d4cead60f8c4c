"""Every sentence that citizens and agents read, by key, from `data/texts/<language>.yml`."""

from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.errors import ContentError
from bot.municipality import Municipality


class Texts:
    """Texts of one language with the municipality's own names filled in."""

    def __init__(self, texts: Mapping[str, str], municipality: Municipality) -> None:
        self._texts = dict(texts)
        self._names = {
            "kommun": municipality["namn"],
            "telefon": municipality["telefon"],
            "epost": municipality["epost"],
            "oppettider": municipality["oppettider"],
        }

    @classmethod
    def load(cls, data_dir: Path, language: str = "sv") -> "Texts":
        """Read `data/texts/<language>.yml`.

        Raises:
            ContentError: the file is missing, or is not a plain list of key and text.
        """
        path = data_dir / "texts" / f"{language}.yml"
        try:
            found = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, YAMLError) as error:
            raise ContentError(f"{path}: Filen går inte att läsa. {error}") from error
        if not isinstance(found, dict) or not all(isinstance(t, str) for t in found.values()):
            raise ContentError(f"{path}: Varje rad ska vara «nyckel: text».")
        return cls(found, Municipality.load(data_dir))

    def get(self, key: str, **values: object) -> str:
        """Return the text called `key` with `{names}` filled in.

        Raises:
            KeyError: no such text, or a name in it was given no value.
        """
        return self._texts[key].strip().format(**self._names, **values)

    def __getitem__(self, key: str) -> str:
        return self.get(key)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def keys(self) -> frozenset[str]:
        return frozenset(self._texts)
