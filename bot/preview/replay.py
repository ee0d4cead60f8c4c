"""Putting questions to the content before an edit and after it, and telling the difference."""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.answering.model import Decision, Outcome
from bot.preview import telling
from bot.preview.bank import Asked
from bot.preview.content import Content, Questions
from bot.preview.model import Change, ChangeKind, Side
from bot.preview.nearness import REACH, REACH_OF_UNMOVED, REACH_OF_VARIANTS, reached
from bot.retrieval.model import Document

MOST = 600  # questions replayed; an edit of many entries is tried on those that matter most
_REACH = {"bank": REACH, "variant": REACH_OF_VARIANTS, "orubblig": REACH_OF_UNMOVED}
MANY = 3  # lost answers
CLEARLY_LESS = 0.05  # confidence: what is lost by less stood on the edge of an answer before
_ANSWERS = frozenset({Outcome.ANSWER, Outcome.EMERGENCY, Outcome.PERSON_LOOKUP})


@dataclass(frozen=True)
class Replayed:
    """What changes; `asked` of the `known` questions were within reach of the edit."""

    changes: tuple[Change, ...]
    asked: int
    known: int
    seconds: Mapping[str, float]  # by stage


def changed_ids(before: Sequence[Document], after: Sequence[Document]) -> frozenset[str]:
    """Return the ids of documents that are new, gone, or say or ask something else."""
    old, new = ({one.id: one for one in documents} for documents in (before, after))
    return frozenset(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def replay(
    before: Content,
    after: Content,
    questions: Sequence[Asked],
    vectors: NDArray[np.float32],
    *,
    everything: bool = False,
) -> Replayed:
    """Put the questions that an edit may reach to both contents and compare.

    Args:
        questions: the bank and the variants of both contents.
        vectors: of the questions, shape (questions, dimension).
        everything: put all of them, within reach or not.
    """
    started = time.perf_counter()
    changed = changed_ids(before.documents, after.documents)
    asked = (
        list(questions) if everything else _within_reach(before, after, questions, vectors, changed)
    )
    looked = time.perf_counter()
    with ThreadPoolExecutor(2) as both:  # the encoder lets the other thread go on
        told = list(both.map(lambda one: (before.decide(one.text), after.decide(one.text)), asked))
    changes = _many_lost(
        change
        for one, (old, new) in zip(asked, told, strict=True)
        if (change := compare(one, old, new, changed))
    )
    seconds = {"reach": looked - started, "replay": time.perf_counter() - looked}
    return Replayed(tuple(sorted(changes, key=_weight)), len(asked), len(questions), seconds)


def _many_lost(changes: Iterable[Change]) -> list[Change]:
    """Let many lost answers be confirmed, even where each is still offered as a choice."""
    found = list(changes)
    if sum(one.kind == "lost" for one in found) < MANY:
        return found
    return [
        one.model_copy(update={"confirm": True}) if one.kind == "lost" else one for one in found
    ]


def compare(
    asked: Asked, before: Decision, after: Decision, changed: Collection[str] = ()
) -> Change | None:
    """Tell what becomes of one question, or None where nothing does.

    Args:
        changed: ids of edited entries; that their own variants get the new text goes without
            saying.
    """
    kind = _kind(before, after)
    broken = _breaks(asked, before, after)
    if kind is None or (kind == "new_text" and asked.by == "variant" and after.entry in changed):
        return None
    old, new = side(before), side(after)
    text = telling.change(kind, old, new)
    return Change(
        kind=kind,
        question=asked.text,
        asked_by=asked.by,
        before=old,
        after=new,
        blocks=broken,
        confirm=broken or _worse(kind, asked, before, after),
        text=telling.unmoved(asked.unmoved, text) if broken and asked.unmoved else text,
    )


def side(decision: Decision) -> Side:
    return Side(
        outcome=decision.outcome,
        entry=_answerer(decision),
        title=decision.question or next((one.unit for one in decision.people), None),
        confidence=decision.confidence,
    )


def _within_reach(
    before: Content,
    after: Content,
    questions: Sequence[Asked],
    vectors: NDArray[np.float32],
    changed: Collection[str],
) -> list[Asked]:
    put = Questions(tuple(one.text for one in questions), vectors)
    reach = np.array([_REACH[one.by] for one in questions])
    within = np.zeros(len(questions), dtype=bool)
    for content in (before, after):
        numbers = [n for n, one in enumerate(content.documents) if one.id in changed]
        if numbers:
            within |= reached(content.near(put), numbers, reach)
    found = [one for one, near in zip(questions, within, strict=True) if near]
    return found[:MOST]  # the bank comes first


def _kind(before: Decision, after: Decision) -> ChangeKind | None:
    was, is_now = _answers(before), _answers(after)
    if was and is_now:
        if _answerer(before) != _answerer(after):
            return "stolen"
        return None if _shown(before) == _shown(after) else "new_text"
    if was or is_now:
        return "lost" if was else "gained"
    same = (before.outcome, before.choices) == (after.outcome, after.choices)
    return None if same else "other_choices"


def _answers(decision: Decision) -> bool:
    """Tell whether a citizen gets an answer, if only another authority's address."""
    return decision.outcome in _ANSWERS or decision.refers


def _answerer(decision: Decision) -> str | None:
    """Return what answers: an entry or several, a page, a rule for emergencies, an authority."""
    if not _answers(decision):
        return None
    if decision.outcome is Outcome.EMERGENCY:
        return decision.topic
    if decision.refers:
        return decision.links[0].url
    sources = [source.url for source in decision.sources]
    return decision.entry or next(iter(sources), None)


def _shown(decision: Decision) -> tuple[object, ...]:
    links = [(link.title, link.url) for link in decision.links]
    sources = [(one.title, one.url) for one in decision.sources]
    return decision.text, decision.question, decision.steps, links, sources, decision.phones


def _breaks(asked: Asked, before: Decision, after: Decision) -> bool:
    must = asked.unmoved
    return must is not None and must.holds(before) and not must.holds(after)


def _worse(kind: ChangeKind, asked: Asked, before: Decision, after: Decision) -> bool:
    """Tell whether somebody should look: a right answer, as far as known, is gone."""
    if kind not in {"stolen", "lost"} or (asked.right and before.entry not in asked.right):
        return False
    if kind == "stolen":
        return after.entry not in asked.right
    still_offered = before.entry in {choice.entry for choice in after.choices}
    fell = (before.confidence or 0.0) - (after.confidence or 0.0)
    return not still_offered and fell >= CLEARLY_LESS


_ORDER = {"stolen": 1, "lost": 2, "gained": 3, "new_text": 4, "other_choices": 5}


def _weight(change: Change) -> tuple[int, str]:
    return (0 if change.blocks else _ORDER[change.kind]), change.question
