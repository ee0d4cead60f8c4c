"""The questions that every edit is tried on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.answering.model import Decision, Outcome
from bot.errors import ContentError
from bot.preview.model import AskedBy
from bot.quality.calibration import read_labelled
from bot.retrieval.model import Document
from bot.yaml_faults import ADVICE, UNUSABLE, line_of
from bot.yaml_files import read_mapping

BANKS = ("calibration.jsonl", "fragebank.jsonl")
UNMOVED = "orubbliga.yml"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Unmoved(BaseModel):
    """A question whose answer no edit may change by accident."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    question: Text = Field(alias="fraga")
    entry: Text | None = Field(None, alias="svar_fran")
    outcome: Literal["kris"] | None = Field(None, alias="utfall")
    contains: tuple[Text, ...] = Field((), alias="innehaller")
    why: Text = Field(alias="varfor")

    def holds(self, decision: Decision) -> bool:
        """Tell whether `decision` is what it must be."""
        if self.outcome:
            return decision.outcome is Outcome.EMERGENCY and self._said(decision)
        right = decision.outcome is Outcome.ANSWER and decision.entry == self.entry
        return right and self._said(decision)

    def _said(self, decision: Decision) -> bool:
        phones = (phone.number for phone in decision.phones)
        said = " ".join((decision.text, *decision.steps, *phones))
        return all(part in said for part in self.contains)


@dataclass(frozen=True)
class Asked:
    """A question of the bank. `right` are the entries that answer it, as far as known."""

    text: str
    by: AskedBy
    right: frozenset[str] = frozenset()
    unmoved: Unmoved | None = None


@dataclass(frozen=True)
class Bank:
    """Every question that does not come from the entries themselves, each once."""

    questions: tuple[Asked, ...]

    @classmethod
    def load(cls, data_dir: Path) -> "Bank":
        """Read the files below `data_dir`/quality; a municipality may lack any of them.

        Raises:
            ContentError: a file is wrong; says file, line and what to do.
        """
        folder = data_dir / "quality"
        unmoved = read_unmoved(folder / UNMOVED) if (folder / UNMOVED).exists() else ()
        found = {one.question: Asked(one.question, "orubblig", _right(one), one) for one in unmoved}
        for path in (folder / name for name in BANKS):
            for one in read_labelled(path) if path.exists() else ():
                found.setdefault(one.text, Asked(one.text, "bank", one.right))
        return cls(tuple(found.values()))

    def with_variants(self, *contents: Sequence[Document]) -> tuple[Asked, ...]:
        """Return the bank, and every way in which an entry of `contents` says that it is asked."""
        owners = dict[str, set[str]]()
        for document in (one for documents in contents for one in documents):
            for text in document.asked:
                owners.setdefault(text, set()).add(document.id)
        known = {one.text for one in self.questions}
        variants = (
            Asked(text, "variant", frozenset(ids))
            for text, ids in owners.items()
            if text not in known
        )
        return (*self.questions, *variants)


def read_unmoved(path: Path) -> tuple[Unmoved, ...]:
    """Read the questions whose answers must stay.

    Raises:
        ContentError: one line a fault, as `file:line: what to do`.
    """
    content = read_mapping(path, "«orubbliga:»")
    rows = content.get("orubbliga")
    if not isinstance(rows, list):
        raise ContentError(f"{path}:1: Listan «orubbliga:» saknas. Lägg till den.")
    read, faults = list[Unmoved](), list[str]()
    for number, row in enumerate(rows):
        line = line_of(rows, number) or 1
        fault = _fault(row)
        if fault:
            faults.append(f"{path}:{line}: {fault}")
        else:
            read.append(Unmoved.model_validate(row))
    if faults:
        raise ContentError("\n".join(faults))
    return tuple(read)


_OWN_ADVICE = {**ADVICE, "literal_error": "kan bara vara kris"}


def _fault(row: Any) -> str | None:
    """Return what is wrong with one question, as an editor reads it."""
    if not isinstance(row, dict):
        return "Varje fråga ska börja med «- fraga:»."
    try:
        found = Unmoved.model_validate(row)
    except ValidationError as error:
        fault = error.errors()[0]
        return f"«{fault['loc'][0]}» {_OWN_ADVICE.get(fault['type'], UNUSABLE)}."
    if bool(found.entry) == bool(found.outcome):
        return "Skriv antingen «svar_fran: id» eller «utfall: kris»."
    return None


def _right(one: Unmoved) -> frozenset[str]:
    return frozenset({one.entry} if one.entry else ())
