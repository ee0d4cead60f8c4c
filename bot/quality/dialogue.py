"""How well the dialogue goes: several questions at once, follow-ups, lone words, courtesy, others'.

The sets lie in one folder as JSON lines; `part` says whether a row was built upon (`dev`) or kept
apart (`final`).
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from bot.answering.assistant import Assistant
from bot.answering.model import Context, Decision, Outcome
from bot.errors import ContentError
from bot.quality.calibration import LabelledQuestion

Part: TypeAlias = Literal["dev", "final"]
Row: TypeAlias = dict[str, Any]
Fits: TypeAlias = Callable[[Row, Decision], bool]
Progress: TypeAlias = Callable[[int], None]

_TITLE = re.compile(r"\*\*(.+?\?)\*\*")


@dataclass(frozen=True)
class Count:
    """How many of some messages fared as `name` says; `others` are those that did not."""

    name: str
    number: int
    of: int
    others: tuple[str, ...] = ()


class Dialogue:
    """Puts the sets to an assistant."""

    def __init__(
        self,
        assistant: Assistant,
        sets: Path,
        addresses: Mapping[str, str],
        own: Sequence[LabelledQuestion] = (),
        progress: Progress = lambda _: None,
    ) -> None:
        """Prepare to measure.

        Args:
            sets: folder with several, follow_ups, words, courtesy, authorities, negation.jsonl.
            addresses: of other authorities, by their ids.
            own: questions for building; how many are taken for another authority's is counted.
        """
        self._assistant, self._sets, self._addresses = assistant, sets, addresses
        self._own, self._progress = own, progress

    def measure(self, part: Part) -> tuple[Count, ...]:
        """Count everything on one half of the sets; the own questions belong to `dev`.

        Raises:
            ContentError: a set is missing or cannot be read.
        """
        return (
            *self._several(self._rows("several", part)),
            *self._follow_ups(self._rows("follow_ups", part)),
            *self._words(self._rows("words", part)),
            *self._courtesy(self._rows("courtesy", part)),
            *self._authorities(self._rows("authorities", part)),
            *(self._own_questions() if part == "dev" else ()),
            *self._negation(self._rows("negation", part)),
        )

    def _rows(self, name: str, part: Part) -> list[Row]:
        path = self._sets / f"{name}.jsonl"
        try:
            rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            return [row for row in rows if row["part"] == part]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ContentError(f"{path} cannot be read: {error!r}") from error

    def _count(self, name: str, of: Sequence[Row], fits: Fits) -> Count:
        others = []
        for row in of:
            decision = self._assistant.reply(row["text"], Context(entry=row.get("after")))
            if not fits(row, decision):
                others.append(f"{row['text']} → {_brief(decision)}")
            self._progress(1)
        return Count(name, len(of) - len(others), len(of), tuple(others))

    def _several(self, cases: list[Row]) -> Iterator[Count]:
        many = [row for row in cases if len(row["entries"]) > 1]
        one = [row for row in cases if len(row["entries"]) == 1]
        yield self._count("several questions: all answered or sent on", many, self._all_said)
        yield self._count("several questions: at least one answered", many, self._one_said)
        yield self._count("several questions: each answered or offered", many, self._all_offered)
        yield self._count("several questions: something wrong answered", many, self._wrong_said)
        yield self._count("one question with «och»: not cut, right one first", one, _single)

    def _titles(self, wanted: list[list[str]]) -> Iterator[list[str]]:
        for entries in wanted:
            chosen = (self._assistant.choose(entry).question for entry in entries)
            yield [title for title in chosen if title]

    def _all_said(self, row: Row, decision: Decision) -> bool:
        told = _told(decision)
        answered = [any(title in told for title in t) for t in self._titles(row["entries"]) if t]
        lacks = any(not entries for entries in row["entries"])
        return all(answered) and (not lacks or " fråga**" in told)

    def _one_said(self, row: Row, decision: Decision) -> bool:
        return any(title in _told(decision) for t in self._titles(row["entries"]) for title in t)

    def _all_offered(self, row: Row, decision: Decision) -> bool:
        offered = {choice.label for choice in decision.choices}
        told = _told(decision)
        wanted = [t for t in self._titles(row["entries"]) if t]
        return all(any(title in told or title in offered for title in t) for t in wanted)

    def _wrong_said(self, row: Row, decision: Decision) -> bool:
        wanted = {title for t in self._titles(row["entries"]) for title in t}
        told = set(_TITLE.findall(decision.text)) | {decision.question or ""}
        return bool(told - wanted - {""})

    def _follow_ups(self, cases: list[Row]) -> Iterator[Count]:
        for kind, name in (("follow_up", "follow-up"), ("switch", "change of subject")):
            of_kind = [row for row in cases if row["kind"] == kind]
            yield self._count(f"{name}: right one first", of_kind, _right_first)
            yield self._count(f"{name}: wrong answer given", of_kind, _wrong)

    def _words(self, cases: list[Row]) -> Iterator[Count]:
        many = [row for row in cases if not row["one_answer"]]
        one = [row for row in cases if row["one_answer"]]
        yield self._count("lone word, several meanings: asked back", many, _asked_back)
        yield self._count("lone word, several meanings: likeliest shown", many, _likeliest_shown)
        yield self._useful_choices(many)
        yield self._count("lone word, one meaning: answered", one, _answered_right)

    def _useful_choices(self, of: Sequence[Row]) -> Count:
        asked = [(set(row["entries"]), self._assistant.reply(row["text"])) for row in of]
        useful = sum(len(_shown(decision) & entries) for entries, decision in asked)
        offered = sum(len(decision.choices) for _, decision in asked)
        return Count("lone word: choices that somebody wants", useful, offered)

    def _courtesy(self, cases: list[Row]) -> Iterator[Count]:
        asked = [row for row in cases if row["kind"] == "question"]
        alone = [row for row in cases if row["kind"] in {"greeting", "thanks", "goodbye"}]
        signs = [row for row in cases if row["kind"] == "emoji"]
        yield self._count("courtesy with a question: answered right", asked, _answered_right)
        yield self._count("courtesy with a question: right one first", asked, _right_first)
        yield self._count("courtesy alone: answered in kind", alone, _outcome(Outcome.SMALLTALK))
        yield self._count("signs alone: asked for words", signs, _outcome(Outcome.CLARIFY))

    def _authorities(self, cases: list[Row]) -> Iterator[Count]:
        theirs = [row for row in cases if row["authority"]]
        ours = [row for row in cases if not row["authority"]]
        yield self._count("other authorities: right address", theirs, self._right_address)
        yield self._count("other authorities: another address", theirs, self._other_address)
        yield self._count("our own beside them: sent away", ours, _sent_away)

    def _right_address(self, row: Row, decision: Decision) -> bool:
        url = self._addresses.get(row["authority"])
        return decision.refers and url in {link.url for link in decision.links}

    def _other_address(self, row: Row, decision: Decision) -> bool:
        return decision.refers and not self._right_address(row, decision)

    def _own_questions(self) -> Iterator[Count]:
        names = {"in": "with an answer", "near": "near", "far": "far"}
        for kind, name in names.items():
            asked = [{"text": q.text} for q in self._own if q.expected == kind]
            yield self._count(f"own questions, {name}: sent away", asked, _sent_away)

    def _negation(self, cases: list[Row]) -> Iterator[Count]:
        yield self._count("negation and numbers: right one first", cases, _right_first)
        yield self._count("negation and numbers: opposite first", cases, _opposite_first)


def _best(decision: Decision) -> str | None:
    """Return the entry that answered, else the first choice, else the best hit."""
    if decision.entry or decision.choices:
        return decision.entry or decision.choices[0].entry
    return decision.candidates[0].id if decision.candidates else None


def _shown(decision: Decision) -> set[str]:
    return {choice.entry for choice in decision.choices} | {decision.entry or ""}


def _told(decision: Decision) -> str:
    return decision.text + (decision.question or "")


def _single(row: Row, decision: Decision) -> bool:
    return "**" not in decision.text and _best(decision) in row["entries"][0]


def _right_first(row: Row, decision: Decision) -> bool:
    return _best(decision) in row["entries"]


def _opposite_first(row: Row, decision: Decision) -> bool:
    return _best(decision) in row["wrong"]


def _likeliest_shown(row: Row, decision: Decision) -> bool:
    return row["entries"][0] in _shown(decision)


def _answered_right(row: Row, decision: Decision) -> bool:
    return decision.entry in row["entries"]


def _wrong(row: Row, decision: Decision) -> bool:
    return decision.outcome is Outcome.ANSWER and decision.entry not in row["entries"]


def _asked_back(_: Row, decision: Decision) -> bool:
    return bool(decision.choices)


def _sent_away(_: Row, decision: Decision) -> bool:
    return decision.refers


def _outcome(wanted: Outcome) -> Fits:
    return lambda _, decision: decision.outcome is wanted


def _brief(decision: Decision) -> str:
    said = decision.entry or [choice.entry for choice in decision.choices] or decision.text[:60]
    return f"{decision.outcome} {decision.confidence or 0:.2f} {said}"
