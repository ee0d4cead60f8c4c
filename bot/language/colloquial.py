"""Reading `data/language/vardagsord.yml`: what citizens say, and what the municipality says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.errors import ContentError
from bot.yaml_files import read_mapping

Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

_KEYS = ("ord", "skrivsatt")
_ADVICE = {
    "missing": "saknas. Lägg till raden",
    "extra_forbidden": "känns inte igen. Ta bort raden eller rätta stavningen",
    "too_short": "är tom. Skriv minst ett ord",
    "string_too_short": "har ett tomt ord. Ta bort det",
    "literal_error": "ska vara «ja» eller «nej»",
    "tuple_type": "ska vara en lista. Skriv orden inom [ ] med komma emellan",
    "string_type": "har något som inte är text. Sätt citattecken om det",
}


class Word(BaseModel):
    """Everyday words and phrases for one thing, and the municipality's words for it.

    An ambiguous word also means something else.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    everyday: tuple[Phrase, ...] = Field(alias="vardag", min_length=1)
    official: tuple[Phrase, ...] = Field(alias="kommun", min_length=1)
    ambiguity: Literal["ja", "nej"] = Field("nej", alias="tvetydigt")

    @property
    def ambiguous(self) -> bool:
        return self.ambiguity == "ja"


@dataclass(frozen=True)
class Colloquial:
    """The lexicon: words, and short spellings with what they stand for («nån»: «någon»)."""

    words: tuple[Word, ...]
    spellings: Mapping[str, str]

    @classmethod
    def load(cls, data_dir: Path) -> "Colloquial":
        """Read the lexicon below `data_dir`; a municipality without the file has none.

        Raises:
            ContentError: one line a fault, as `file:line: what to do`, in Swedish.
        """
        path = data_dir / "language" / "vardagsord.yml"
        if not path.exists():
            return cls((), {})
        return _read(path)


def _read(path: Path) -> Colloquial:
    content = read_mapping(path, "«ord:»")
    listed: Any = content.get("ord") or []
    faults = list(_layout_faults(content))
    words: list[Word] = []
    for number, raw in enumerate(listed if isinstance(listed, list) else ()):
        line = int(listed.lc.item(number)[0]) + 1
        try:
            words.append(Word.model_validate(raw))
        except ValidationError as error:
            faults += [(line, _explain(fault)) for fault in error.errors()]
        else:
            faults += [(line, told) for told in _repeats(words)]
    if faults:
        raise ContentError("\n".join(f"{path}:{line}: {told}" for line, told in faults))
    return Colloquial(tuple(words), dict(content.get("skrivsatt") or {}))


def _layout_faults(content: Any) -> Iterator[tuple[int, str]]:
    for key in content:
        if key not in _KEYS:
            yield _line(content, key), f"«{key}» {_ADVICE['extra_forbidden']}."
    if not isinstance(content.get("ord") or [], list):
        yield _line(content, "ord"), "«ord» ska vara en lista. Börja varje rad med «- vardag:»."
    spellings = content.get("skrivsatt") or {}
    if not isinstance(spellings, dict):
        yield _line(content, "skrivsatt"), "«skrivsatt» ska ha rader som «nån: någon» under sig."
        return
    for written, meant in spellings.items():
        if not isinstance(written, str) or not isinstance(meant, str):
            yield (
                _line(spellings, written),
                f"«{written}» ska ha ett ord efter kolonet. Sätt citattecken om siffror.",
            )


def _explain(fault: Any) -> str:
    key = next((step for step in fault["loc"] if isinstance(step, str)), None)
    advice = _ADVICE.get(fault["type"], "går inte att använda")
    if key is None:
        return "Raden ska börja med «- vardag:» och ha «kommun:» under sig."
    return f"«{key}» {advice}."


def _repeats(words: list[Word]) -> Iterator[str]:
    """Tell of everyday words of the last word that stand earlier too."""
    earlier = {phrase for word in words[:-1] for phrase in word.everyday}
    for number, phrase in enumerate(words[-1].everyday):
        if phrase in earlier or phrase in words[-1].everyday[:number]:
            yield f"Vardagsordet «{phrase}» finns redan. Ta bort det ena, eller slå ihop raderna."


def _line(mapping: Any, key: object) -> int:
    return int(mapping.lc.key(key)[0]) + 1
