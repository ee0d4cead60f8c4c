"""One message put to one index: what it asks, what is found, and what is done with that."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.answering import telling
from bot.answering.authorities import Referrals
from bot.answering.follow_up import is_short, names_a_subject, stays
from bot.answering.model import Context, Decision, Outcome, Reason, Timings
from bot.answering.narrowing import as_written, divide, lone_word
from bot.answering.policy import AnswerPolicy, Candidate, Step, decide, offered
from bot.answering.splitting import MOST, questions
from bot.confidence.calibrator import Calibrator
from bot.retrieval.model import Document, Found
from bot.retrieval.search import Search
from bot.texts import Texts, said_in, written_in

_LOOKED_AT = 40  # hits: those of one topic, and those of all topics of a word, are among them
_NEAR = 10  # hits: an entry of ours beside another authority's matter has to do with the question
_PROBABLY_ANOTHER = 0.5  # confidence from which a part without a subject is a question of its own
_OUR_WORD = 0.5  # what a lone word counts for that our own entries are asked for in


@dataclass(frozen=True)
class Means:
    """What every question is judged with."""

    search: Search
    calibrator: Calibrator
    policy: AnswerPolicy
    texts: Texts
    referrals: Referrals


@dataclass(frozen=True)
class _Weighed:
    """The hits with their confidences; `stayed` when only the last answer's topic was looked at.

    `language` is the one to reply in.
    """

    found: Found
    candidates: list[Candidate]
    language: str
    stayed: bool = False

    @property
    def confidence(self) -> float:
        return self.candidates[0].confidence if self.candidates else 0.0


class Asking:
    """Asks an index what one message wants to know. For one message; `timings` add up."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self.timings = Timings()

    def reply(self, asked: str, context: Context) -> Decision:
        """Answer each question of the message where that is more than answering it as a whole."""
        parts = questions(asked)
        if len(parts) == 1:
            return self.answer(asked, context)
        said = _worth_saying(parts, self._each(parts[:MOST], context))
        own = [one for one in said if one]
        if len(own) > 1:
            texts = self._means.texts.spoken(own[0].language)
            return telling.joined(said, texts, more=len(parts) > MOST)
        whole = self.answer(asked, context)
        return whole if whole.outcome is Outcome.ANSWER or not own else own[0]

    def answer(self, question: str, context: Context) -> Decision:
        """Decide what to do with one question."""
        weighed = self._weigh_in(question, context)
        word = lone_word(question)
        divided = divide(word, weighed.found) if word else ()
        step = decide(weighed.candidates, context.misses, self._means.policy)
        if step is Step.ANSWER and self._unclear(question, context, divided):
            step = self._step_after_doubt(context)
        ours = max(weighed.confidence, _OUR_WORD if divided else 0.0)
        if step is not Step.ANSWER and (referred := self._refer(question, weighed, ours)):
            return referred
        if step in {Step.REPHRASE, Step.OUTSIDE} and (len(divided) > 1 or weighed.stayed):
            step = Step.ASK
        decision = self._say(step, weighed, divided if len(divided) > 1 else ())
        if decision.choices and len(divided) > 1:
            texts = self._means.texts.spoken(weighed.language)
            text = texts.get("clarify_word", word=as_written(question))
            decision = decision.model_copy(update={"text": text})
        return decision.model_copy(update=_known(weighed))

    def weigh(self, found: Found) -> list[Candidate]:
        confidences = self._means.calibrator.confidences(found)
        return [Candidate(hit, p) for hit, p in zip(found.hits, confidences, strict=False)]

    def find(self, question: str, subject: str | None = None, language: str | None = None) -> Found:
        found = self._means.search.find(
            question, subject=subject, language=written_in(language), limit=_LOOKED_AT
        )
        self.timings = Timings(
            encode_ms=self.timings.encode_ms + found.encode_ms,
            search_ms=self.timings.search_ms + found.search_ms,
        )
        return found

    def _each(self, parts: Sequence[str], context: Context) -> list[Decision]:
        """Answer each part; one that leans, leans on the answer before it."""
        said: list[Decision] = []
        last = context.entry
        for part in parts:
            said.append(self.answer(part, Context(entry=last, language=context.language)))
            last = said[-1].entry or last
        return said

    def _weigh_in(self, question: str, context: Context) -> _Weighed:
        """Search for `question`, among the last answer's topic only if it goes on with that."""
        found = self.find(question, language=context.language)
        language = said_in(found.language, context.language)
        alone = _Weighed(found, self.weigh(found), language)
        last = self._means.search.get(context.entry) if context.entry else None
        if last is None or last.topic is None or not is_short(question):
            return alone
        near = _of_topic(last.topic, self.find(question, last.topic_title, context.language))
        staying = _Weighed(near, self.weigh(near), language, stayed=True)
        if not stays(question, alone.candidates, staying.candidates):
            return alone
        return self._without_repeating(last, staying)

    def _without_repeating(self, last: Document, staying: _Weighed) -> _Weighed:
        """Leave out what was answered last where another entry is nearly as likely."""
        if not staying.candidates or staying.candidates[0].hit.document.id != last.id:
            return staying
        others = _keep(staying.found, lambda document: document.id != last.id)
        next_best = replace(staying, found=others, candidates=self.weigh(others))
        return next_best if 2 * next_best.confidence >= staying.confidence else staying

    @staticmethod
    def _unclear(question: str, context: Context, divided: Sequence[Document]) -> bool:
        return len(divided) > 1 or (not context.entry and not names_a_subject(question))

    def _step_after_doubt(self, context: Context) -> Step:
        """Ask what is meant, but nobody twice in a row."""
        again = context.misses + 1 >= self._means.policy.misses
        return Step.HAND_OFF if again else Step.ASK

    def _refer(self, question: str, weighed: _Weighed, ours: float) -> Decision | None:
        """Give another authority's address where the question is safely theirs."""
        referral = self._means.referrals.find(question)
        if referral is None or not referral.beats(ours):
            return None
        near = (hit.document for hit in weighed.found.hits[:_NEAR])
        see_also = [document for document in near if document.id in referral.authority.see_also]
        texts = self._means.texts.spoken(weighed.language)
        decision = telling.referral(referral.authority, see_also, texts)
        return decision.model_copy(update={**_known(weighed), "confidence": weighed.confidence})

    def _say(self, step: Step, weighed: _Weighed, divided: Sequence[Document]) -> Decision:
        texts = self._means.texts.spoken(weighed.language)
        if step is Step.ANSWER:
            best = weighed.candidates[0]
            answer = telling.answer(best.hit.document, best.confidence, weighed.language)
            others = (hit.document for hit in weighed.found.hits)
            return answer.model_copy(update={"more": telling.more(best.hit.document, others)})
        if step is Step.HAND_OFF:
            return telling.hand_off(Reason.SECOND_MISS, weighed.candidates, texts)
        if step is Step.OUTSIDE:
            return Decision(
                outcome=Outcome.OOS,
                text=texts["oos"],
                text_language=texts.language,
                confidence=weighed.confidence,
            )
        likely = offered(weighed.candidates, self._means.policy)
        meant = divided or [one.hit.document for one in likely]
        choices = telling.choices(meant, texts.language) if step is Step.ASK else ()
        return Decision(
            outcome=Outcome.CLARIFY,
            text=texts["clarify" if choices else "clarify_more"],
            text_language=texts.language,
            choices=choices,
            confidence=weighed.confidence,
        )


def _known(weighed: _Weighed) -> dict[str, Any]:
    """What the search tells beside the answer."""
    views = telling.views(weighed.candidates)
    return {"candidates": views, "language": weighed.language}


def _of_topic(topic: str, found: Found) -> Found:
    return _keep(found, lambda document: document.kind == "entry" and document.topic == topic)


def _keep(found: Found, wanted: Callable[[Document], bool]) -> Found:
    hits = tuple(hit for hit in found.hits if wanted(hit.document))
    return found.model_copy(update={"hits": hits})


def _worth_saying(parts: Sequence[str], said: Sequence[Decision]) -> list[Decision | None]:
    """Keep each answer once, and what is said to a part that asks for something else.

    A part is None where it says nothing of its own: what it found was the answer of another part.
    """
    answers = {_key(one): one for one in reversed(said) if one.outcome is Outcome.ANSWER}
    kept: list[Decision | None] = []
    for part, one in zip(parts, said, strict=False):
        if one.outcome is Outcome.ANSWER:
            keep = one is answers[_key(one)]
        else:
            keep = _is_another(part, one, answers)
        kept.append(one if keep else None)
    return kept if answers else []


def _is_another(part: str, one: Decision, answered: Collection[str]) -> bool:
    """Tell whether an unanswered part is a question of its own.

    One that names no subject is so only where it probably means another entry: «när har simhallen
    öppet och vad kostar det» is one question to the entry that answers both.
    """
    if one.outcome is Outcome.HANDOFF:
        return False
    elsewhere = not one.candidates or one.candidates[0].id not in answered
    likely = (one.confidence or 0.0) >= _PROBABLY_ANOTHER
    return one.refers or (elsewhere and (likely or names_a_subject(part)))


def _key(one: Decision) -> str:
    return one.entry or "".join(source.url for source in one.sources)
