"""Every sentence that citizens and agents read, by key, from `data/texts/<language>.yml`."""

from collections.abc import Mapping
from pathlib import Path

from bot.errors import ContentError
from bot.municipality import Municipality
from bot.yaml_files import read_content

SWEDISH = "sv"
EASY = "sv-latt"  # lätt svenska
LANGUAGES = (SWEDISH, EASY, "en", "fi", "ar", "so", "uk")  # those that citizens can be spoken to in
WARNED = ("fa",)  # those in which they are told of nothing but whom to call in danger


class Texts:
    """Texts of one language with the municipality's own names filled in.

    What a language lacks is said in Swedish.
    """

    def __init__(
        self, texts: Mapping[str, str], municipality: Municipality, language: str = SWEDISH
    ) -> None:
        self.language = language
        self._texts = dict(texts)
        self._names = {
            "kommun": municipality["namn"],
            "telefon": municipality["telefon"],
            "epost": municipality["epost"],
            "oppettider": municipality.get(f"oppettider_{language}", municipality["oppettider"]),
        }
        self._all: dict[str, Texts] = {language: self}

    @classmethod
    def load(cls, data_dir: Path) -> "Texts":
        """Read `data/texts/sv.yml`, and the file of every other language that has one.

        Raises:
            ContentError: the Swedish file is missing, or one is not a plain list of key and text.
        """
        municipality = Municipality.load(data_dir)
        swedish = _read(data_dir, SWEDISH)
        texts = cls(swedish, municipality)
        for language in (*LANGUAGES[1:], *WARNED):
            if _path(data_dir, language).exists():
                own = {**swedish, **_read(data_dir, language)}
                texts._all[language] = other = cls(own, municipality, language)
                other._all = texts._all
        return texts

    def spoken(self, language: str | None) -> "Texts":
        """Return the texts of `language`; the Swedish ones where there are none."""
        return self.warning(None if language in WARNED else language)

    def warning(self, language: str | None) -> "Texts":
        """Return the texts of `language` for somebody in danger: more languages have those."""
        return self._all.get(language or SWEDISH) or self._all[SWEDISH]

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


def said_in(written: str, talk: str | None) -> str:
    """Return the language to reply in to something `written` in a language.

    Args:
        talk: the language of the talk so far: who reads lätt svenska writes Swedish.
    """
    return EASY if written == SWEDISH and talk == EASY else written


def written_in(language: str | None) -> str | None:
    """Return the language that people write who are spoken to in `language`: two letters."""
    return SWEDISH if language == EASY else language


def _path(data_dir: Path, language: str) -> Path:
    return data_dir / "texts" / f"{language}.yml"


def _read(data_dir: Path, language: str) -> dict[str, str]:
    path = _path(data_dir, language)
    found = read_content(path)
    if not isinstance(found, dict) or not all(isinstance(t, str) for t in found.values()):
        raise ContentError(f"{path}: Varje rad ska vara «nyckel: text».")
    return found
