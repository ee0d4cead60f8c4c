"""How well the dialogue goes, on tests/quality/dialogue.

Run it as `python -m tests.bot.answering.measure_dialogue`.

`--final` measures the half that nothing was built on, `--show` prints what went wrong, and
`--models FOLDER` takes the index below another folder than `models`.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot.answering.assistant import Assistant
from bot.answering.model import Context, Decision, Outcome
from bot.settings import Settings
from tests.docs.reading import ROOT

SETS = ROOT / "tests" / "quality" / "dialogue"
OWN = ROOT / "data" / "quality" / "calibration.jsonl"

Row = dict[str, Any]


def rows(name: str, part: str) -> list[Row]:
    lines = (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for line in lines if (row := json.loads(line))["part"] == part]


def best(decision: Decision) -> str | None:
    """Return the entry that answered, else the first choice, else the best hit."""
    if decision.entry or decision.choices:
        return decision.entry or decision.choices[0].entry
    return decision.candidates[0].id if decision.candidates else None


def shown(decision: Decision) -> set[str]:
    return {choice.entry for choice in decision.choices} | {decision.entry or ""}


class Measures:
    def __init__(self, assistant: Assistant, part: str, show: bool) -> None:
        self._assistant, self._part, self._show = assistant, part, show

    def run(self) -> None:
        for measure in (
            self.several,
            self.follow_ups,
            self.words,
            self.courtesy,
            self.authorities,
            self.own_questions,
            self.negation,
        ):
            for line in measure():
                print(line)  # noqa: T201  # a measuring command

    def _count(self, name: str, of: list[Row], right: Callable[[Row, Decision], bool]) -> str:
        number = 0
        for row in of:
            decision = self._assistant.reply(row["text"], Context(entry=row.get("after")))
            number += (ok := right(row, decision))
            if self._show and not ok:
                print("   ", row["text"], "→", _brief(decision))  # noqa: T201
        return f"{name}: {number} of {len(of)}"

    def several(self) -> Iterator[str]:
        cases = rows("several", self._part)
        many = [row for row in cases if len(row["entries"]) > 1]
        one = [row for row in cases if len(row["entries"]) == 1]
        yield self._count("several, all answered or said to be outside", many, self._all_said)
        yield self._count("several, at least one answered", many, self._one_said)
        yield self._count("several, each answered or offered", many, self._all_offered)
        yield self._count("several, something wrong answered", many, self._wrong_said)
        yield self._count("one question, not cut, right one first", one, _right_and_single)

    def _titles(self, wanted: list[list[str]]) -> Iterator[list[str]]:
        for entries in wanted:
            chosen = (self._assistant.choose(entry).question for entry in entries)
            yield [title for title in chosen if title]

    def _all_said(self, row: Row, decision: Decision) -> bool:
        told = decision.text + (decision.question or "")
        answered = [any(title in told for title in t) for t in self._titles(row["entries"]) if t]
        lacks = any(not entries for entries in row["entries"])
        return all(answered) and (not lacks or " fråga**" in told)

    def _all_offered(self, row: Row, decision: Decision) -> bool:
        offered = {choice.label for choice in decision.choices}
        told = decision.text + (decision.question or "")
        wanted = [t for t in self._titles(row["entries"]) if t]
        return all(any(title in told or title in offered for title in t) for t in wanted)

    def _wrong_said(self, row: Row, decision: Decision) -> bool:
        wanted = {title for t in self._titles(row["entries"]) for title in t}
        told = set(re.findall(r"\*\*(.+?\?)\*\*", decision.text)) | {decision.question or ""}
        return bool(told - wanted - {""})

    def _one_said(self, row: Row, decision: Decision) -> bool:
        told = decision.text + (decision.question or "")
        return any(title in told for t in self._titles(row["entries"]) for title in t)

    def follow_ups(self) -> Iterator[str]:
        for kind in ("follow_up", "switch"):
            cases = [row for row in rows("follow_ups", self._part) if row["kind"] == kind]
            yield self._count(f"{kind}, right one first", cases, _right_first)
            yield self._count(
                f"{kind}, wrong answer given", cases, lambda row, d: bool(_wrong(row, d))
            )

    def words(self) -> Iterator[str]:
        cases = rows("words", self._part)
        many = [row for row in cases if not row["one_answer"]]
        yield self._count(
            "words of several meanings: asked back", many, lambda _, d: bool(d.choices)
        )
        yield self._count(
            "words of several meanings: likeliest shown",
            many,
            lambda row, d: row["entries"][0] in shown(d),
        )
        wanted = [(set(row["entries"]), self._assistant.reply(row["text"])) for row in many]
        useful = sum(len(shown(d) & entries) for entries, d in wanted)
        yield f"choices that somebody wants: {useful} of {sum(len(d.choices) for _, d in wanted)}"
        yield self._count(
            "words of one meaning: answered",
            [row for row in cases if row["one_answer"]],
            lambda row, d: d.entry in row["entries"],
        )

    def courtesy(self) -> Iterator[str]:
        cases = rows("courtesy", self._part)
        asked = [row for row in cases if row["kind"] == "question"]
        yield self._count("courtesy with a question: answered right", asked, _answered_right)
        yield self._count("courtesy with a question: right one first", asked, _right_first)
        yield self._count(
            "courtesy alone",
            [row for row in cases if row["kind"] in {"greeting", "thanks", "goodbye"}],
            lambda _, d: d.outcome is Outcome.SMALLTALK,
        )
        yield self._count(
            "signs alone: asked for words",
            [row for row in cases if row["kind"] == "emoji"],
            lambda _, d: d.outcome is Outcome.CLARIFY,
        )

    def authorities(self) -> Iterator[str]:
        cases = rows("authorities", self._part)
        theirs = [row for row in cases if row["authority"]]
        yield self._count("authorities: right address", theirs, self._right_address)
        yield self._count("authorities: another address", theirs, self._other_address)
        yield self._count(
            "our own beside them: sent away",
            [row for row in cases if not row["authority"]],
            lambda _, d: d.refers,
        )

    def _right_address(self, row: Row, decision: Decision) -> bool:
        authorities = self._assistant._authorities.others
        url = next(one.url for one in authorities if one.id == row["authority"])
        return decision.refers and url in {link.url for link in decision.links}

    def _other_address(self, row: Row, decision: Decision) -> bool:
        return decision.refers and not self._right_address(row, decision)

    def own_questions(self) -> Iterator[str]:
        """All of them whichever half is asked for: they are for building, never final."""
        if self._part == "final":
            return
        cases = [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]
        for kind in ("in", "near", "far"):
            of_kind = [row for row in cases if row["kind"] == kind]
            yield self._count(
                f"calibration, {kind}: not sent away", of_kind, lambda _, d: not d.refers
            )

    def negation(self) -> Iterator[str]:
        cases = rows("negation", self._part)
        yield self._count("negation and numbers: right one first", cases, _right_first)
        yield self._count(
            "negation and numbers: not the opposite first",
            cases,
            lambda row, d: best(d) not in row["wrong"],
        )


def _right_first(row: Row, decision: Decision) -> bool:
    return best(decision) in row["entries"]


def _answered_right(row: Row, decision: Decision) -> bool:
    return decision.entry in row["entries"]


def _wrong(row: Row, decision: Decision) -> bool:
    return decision.outcome is Outcome.ANSWER and decision.entry not in row["entries"]


def _right_and_single(row: Row, decision: Decision) -> bool:
    return "**" not in decision.text and best(decision) in row["entries"][0]


def _brief(decision: Decision) -> str:
    said = decision.entry or [choice.entry for choice in decision.choices] or decision.text[:60]
    return f"{decision.outcome} {decision.confidence or 0:.2f} {said}"


def main() -> None:
    arguments = sys.argv[1:]
    models = Path(arguments[arguments.index("--models") + 1]) if "--models" in arguments else None
    settings = Settings(models_dir=models) if models else Settings()
    part = "final" if "--final" in arguments else "dev"
    Measures(Assistant.open(settings), part, "--show" in arguments).run()


if __name__ == "__main__":
    main()
