"""What the person lookup finds, and what it must never show, on phrasings written for that."""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from statistics import median
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from scipy.stats import mannwhitneyu

from bot.answering.assistant import Assistant
from bot.answering.model import ContactCard, Decision, Outcome
from bot.people.model import is_person
from bot.quality.lines import read_lines
from bot.texts import Texts

SEED = 20261129

Look = Callable[[str], Decision]


class Phrasing(BaseModel):
    """A citizen's line, and what must come of it.

    `who` are those to be shown: a person by what stands before the @ of the address, a function
    by its title. `refuse`: nobody may be shown. `ask`: more must be asked for, nobody shown.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    kind: str
    expected: Literal["show", "refuse", "ask"]
    who: tuple[str, ...] = ()


class Verdict(StrEnum):
    """What a decision was."""

    SHOWN = "right shown"
    OFFERED = "right after «Menar du»"
    REFUSED = "right refusal"
    ASKED = "right question back"
    MISSED = "missed"
    WRONG_OFFERED = "wrong person offered"
    WRONG_SHOWN = "wrong person shown"

    @property
    def is_right(self) -> bool:
        return self.value.startswith("right")


def read_phrasings(path: Path) -> tuple[Phrasing, ...]:
    """Raises ContentError: says which line, and what is wrong with it."""
    return read_lines(path, Phrasing)


class Judge:
    """Says what the lookup of an assistant did with a phrasing."""

    def __init__(self, assistant: Assistant, texts: Texts) -> None:
        self._assistant, self._which = assistant, texts["person_which_unit"]

    def judge_all(
        self, phrasings: Iterable[Phrasing], progress: Callable[[int], None]
    ) -> Iterator[Verdict]:
        for phrasing in phrasings:
            yield self.judge(phrasing)
            progress(1)

    def judge(self, phrasing: Phrasing) -> Verdict:
        decision = self._assistant.find_person(phrasing.text)
        people = {_address(card) for card in decision.people if card.name}
        offered = set(self._offered(decision))
        if people - set(phrasing.who):
            return Verdict.WRONG_SHOWN
        if phrasing.expected == "show":
            return self._of_shown(phrasing, decision, people, offered)
        if offered:
            return Verdict.WRONG_OFFERED
        asks = decision.text == self._which
        if asks is (phrasing.expected == "ask"):
            return Verdict.ASKED if asks else Verdict.REFUSED
        return Verdict.MISSED

    def _of_shown(
        self, phrasing: Phrasing, decision: Decision, people: set[str], offered: set[str]
    ) -> Verdict:
        who, functions = set(phrasing.who), {c.title for c in decision.people if not c.name}
        if who <= people | functions or (_is_function(who) and decision.outcome is Outcome.ANSWER):
            return Verdict.SHOWN
        if offered:
            return Verdict.OFFERED if who <= offered else Verdict.WRONG_OFFERED
        return Verdict.MISSED

    def _offered(self, decision: Decision) -> Iterator[str]:
        for choice in decision.choices:
            if is_person(choice.entry):
                yield from map(_address, self._assistant.choose(choice.entry).people)


def _address(card: ContactCard) -> str:
    return (card.email or card.name or card.title).partition("@")[0]


def _is_function(who: Iterable[str]) -> bool:
    return all(name[0].isupper() for name in who)


def summary(judged: Sequence[tuple[Phrasing, Verdict]]) -> dict[str, Any]:
    """Return how often each verdict was given, in all and by kind of phrasing."""
    kinds = sorted({phrasing.kind for phrasing, _ in judged})
    return {
        "all": _count(judged),
        **{kind: _count([one for one in judged if one[0].kind == kind]) for kind in kinds},
    }


def _count(judged: Sequence[tuple[Phrasing, Verdict]]) -> dict[str, int]:
    given = [verdict for _, verdict in judged]
    return {"phrasings": len(given), **{verdict.value: given.count(verdict) for verdict in Verdict}}


def compare_times(
    look: Look, protected: Sequence[str], calls: int, seed: int = SEED
) -> dict[str, Any]:
    """Compare how long somebody protected takes with somebody who does not exist.

    Those who do not exist have the same first names and surnames, paired otherwise, so that
    nothing but the file of staff tells the two apart. Both are asked for in one random order.

    Args:
        protected: names of people who are not shown; at least two, no two surnames alike.
        calls: of each group.

    Returns:
        medians in milliseconds, and the two-sided Mann-Whitney test with its effect size: the
        probability that a protected one takes longer, 0.5 where nothing can be told.
    """
    lots = random.Random(seed)  # noqa: S311  # an order, no secret
    pools = {"protected": list(protected), "nobody": others(protected)}
    for name in (*pools["protected"], *pools["nobody"]):  # what is read once is read
        look(name)
    order = [(group, pool[n % len(pool)]) for group, pool in pools.items() for n in range(calls)]
    lots.shuffle(order)
    times: dict[str, list[float]] = {group: [] for group in pools}
    for group, name in order:
        started = time.perf_counter()
        look(name)
        times[group].append(1000 * (time.perf_counter() - started))
    tested = mannwhitneyu(times["protected"], times["nobody"])
    return {
        "calls": calls,
        "protected_ms": median(times["protected"]),
        "nobody_ms": median(times["nobody"]),
        "p": float(tested.pvalue),
        "effect": float(tested.statistic) / calls**2,
    }


def others(names: Sequence[str]) -> list[str]:
    """Return as many names of the same parts: each first name with the next one's surname."""
    parts = [name.rsplit(" ", 1) for name in names]
    return [f"{first} {parts[(n + 1) % len(parts)][1]}" for n, (first, _) in enumerate(parts)]
