"""From what was found to what is shown. Pure: no search and no policy here."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from bot.answering.authorities import Authority
from bot.answering.model import (
    CandidateView,
    Choice,
    ContactCard,
    Decision,
    Link,
    NoticeView,
    Outcome,
    Reason,
    Source,
    Versions,
)
from bot.answering.policy import CHOICES, Candidate
from bot.notices.model import Notice, in_force
from bot.retrieval.model import Document
from bot.texts import SWEDISH, Texts

_MORE = 4  # links beside an answer
_QUESTIONS = ("question_first", "question_second", "question_third")  # keys of texts

T = TypeVar("T")


def answer(document: Document, confidence: float, language: str | None = None) -> Decision:
    """Give `document` as the answer, with the question that it answers.

    Args:
        language: of the citizen; Swedish where the editors have written nothing in it.
    """
    said = document.translations.get(language or SWEDISH)
    shown = said or document
    return Decision(
        outcome=Outcome.ANSWER,
        text=shown.text,
        text_language=language if said else SWEDISH,
        question=shown.title,
        steps=shown.steps,
        sources=(
            Source(
                title=document.source_title,
                url=document.url,
                section=document.section,
                reviewed=document.reviewed,
                kind=document.kind,
            ),
        ),
        links=document.links,
        confidence=confidence,
        topic=document.topic,
        topic_title=document.topic_title,
        entry=document.id if document.kind == "entry" else None,
        versions=Versions(content=document.version),
    )


def notices(
    kept: tuple[Notice, ...], decision: Decision, moment: datetime
) -> tuple[NoticeView, ...]:
    """Return what must be known at `moment` about the topic of an answer."""
    if decision.outcome is not Outcome.ANSWER:
        return ()
    return tuple(
        NoticeView(
            text=one.text,
            link=Link(title=one.link.title, url=one.link.url) if one.link else None,
        )
        for one in in_force(kept, moment)
        if decision.topic in one.topics
    )


def more(answer: Document, found: Iterable[Document]) -> tuple[Link, ...]:
    """Return where else to read: a link to each of the first other pages that were found."""
    links = {answer.url: Link(title="", url=answer.url)}
    for one in found:
        links.setdefault(one.url, Link(title=one.title, url=one.url))
    return tuple(links.values())[1 : _MORE + 1]


def choices(documents: Iterable[Document], language: str | None = None) -> tuple[Choice, ...]:
    """Offer the first of `documents`, entries all of them, in `language` where they are in it."""
    return tuple(
        Choice(label=one.translations.get(language or SWEDISH, one).title, entry=one.id)
        for one in documents
    )[:CHOICES]


def views(candidates: Sequence[Candidate]) -> tuple[CandidateView, ...]:
    return tuple(
        CandidateView(
            id=candidate.hit.document.id,
            title=candidate.hit.document.title,
            url=candidate.hit.document.url,
            confidence=round(candidate.confidence, 4),
        )
        for candidate in candidates[:CHOICES]
    )


def referral(authority: Authority, see_also: Iterable[Document], texts: Texts) -> Decision:
    """Say whose business it is and how to reach them, and offer our own entries beside it."""
    cards = (ContactCard(title="", unit=authority.name, phone=authority.phone),)
    offered = choices(see_also, texts.language)
    key = "authority_see_also" if offered else "authority"
    return Decision(
        outcome=Outcome.OOS,
        text=texts.get(key, authority=authority.name, does=authority.does),
        text_language=texts.language,
        links=(Link(title=_address(authority.url), url=authority.url, kind="extern"),),
        people=cards if authority.phone else (),
        choices=offered,
    )


def hand_off(reason: Reason, candidates: Sequence[Candidate], texts: Texts) -> Decision:
    """Hand over to a person, and let the agent see what was found."""
    key = f"handoff_{reason}"
    return Decision(
        outcome=Outcome.HANDOFF,
        text=texts[key if key in texts else "handoff"],
        text_language=texts.language,
        reason=reason,
        confidence=candidates[0].confidence if candidates else None,
        candidates=views(candidates),
    )


def joined(parts: Sequence[Decision | None], texts: Texts, *, more: bool = False) -> Decision:
    """Put what is said to each question into one message.

    Answers come first, each under the question that it answers and with its steps; what was not
    answered follows under its place in the message («Din andra fråga»). Choices are those of the
    first question that has any: only one list can be offered at a time.

    Args:
        parts: one for each question in the order they were asked, None where there is nothing
            to say of its own; at least one of them an answer.
        more: whether questions were left out.
    """
    said = [part for part in parts if part]
    answers = [part for part in said if part.outcome is Outcome.ANSWER]
    rest = [texts["question_rest"]] if more else []
    return answers[0].model_copy(
        update={
            "text": "\n\n".join([*map(_answered, answers), *_unanswered(parts, texts), *rest]),
            "text_language": _shared(part.text_language for part in answers),
            "question": None,
            "steps": (),
            "sources": _once(one for part in answers for one in part.sources),
            "links": _once(one for part in said for one in part.links),
            "people": _once(one for part in said for one in part.people),
            "more": _once(one for part in answers for one in part.more)[:_MORE],
            "choices": next((part.choices for part in said if part.choices), ()),
            "confidence": min(part.confidence or 0.0 for part in answers),
            "candidates": tuple(one for part in said for one in part.candidates[:1]),
        }
    )


def remarked(decision: Decision, texts: Texts) -> Decision:
    """Say beside an answer that it is only in Swedish, to somebody who wrote otherwise.

    Args:
        texts: those of the citizen's language.
    """
    is_abroad = texts.language not in {SWEDISH, decision.text_language}
    if decision.outcome is not Outcome.ANSWER or not is_abroad:
        return decision
    return decision.model_copy(update={"remark": texts["only_in_swedish"]})


def _answered(part: Decision) -> str:
    steps = [f"{number}. {step}" for number, step in enumerate(part.steps, start=1)]
    return "\n\n".join(filter(None, [f"**{part.question}**", part.text.strip(), "\n".join(steps)]))


def _unanswered(parts: Sequence[Decision | None], texts: Texts) -> Iterator[str]:
    offered = False
    for key, part in zip(_QUESTIONS, parts, strict=False):
        if part and part.outcome is not Outcome.ANSWER:
            text = texts["clarify_more"] if offered and part.choices else part.text
            offered = offered or bool(part.choices)
            yield f"**{texts[key]}**\n\n{text}"


def _shared(languages: Iterable[str | None]) -> str | None:
    """Return the language of all, None where there are several."""
    found = set(languages)
    return found.pop() if len(found) == 1 else None


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _address(url: str) -> str:
    return url.removeprefix("https://").removeprefix("www.").rstrip("/")
