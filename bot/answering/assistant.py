"""The bot's mind in one object: a question in, a decision with its evidence out."""

from bot.answering.follow_up import leans_on_context, names_a_subject
from bot.answering.model import (
    CandidateView,
    Choice,
    Context,
    Decision,
    Outcome,
    Reason,
    Source,
    Timings,
    Versions,
)
from bot.answering.policy import AnswerPolicy, Candidate, Step, decide
from bot.confidence.calibrator import Calibrator
from bot.encoders import create_encoder
from bot.people.directory import Directory
from bot.people.lookup import LookUp, named, named_in_full, responsible
from bot.retrieval.live import LiveSearch
from bot.retrieval.model import Document, Found
from bot.retrieval.search import Search
from bot.safety.emergency import EmergencyRules
from bot.settings import Settings
from bot.texts import Texts

_CHOICES = 3
_MAYBE_NO_NAME = 0.3  # so sure of its choices, the search has understood more than a name
_MISSES = frozenset({Outcome.CLARIFY, Outcome.OOS})


class Assistant:
    """Answers, asks back or hands over. Thread-safe; the same in the gateway and in Rasa's actions.

    `problem` says why it cannot search at present, or is None.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # its six parts, joined here and nowhere else
        self,
        search: LiveSearch,
        texts: Texts,
        calibrator: Calibrator,
        directory: Directory,
        emergencies: EmergencyRules,
        policy: AnswerPolicy | None = None,
    ) -> None:
        self._search = search
        self._texts = texts
        self._calibrator = calibrator
        self._directory = directory
        self._emergencies = emergencies
        self._policy = policy or AnswerPolicy()

    @classmethod
    def open(cls, settings: Settings) -> "Assistant":
        """Load everything that `settings` name. A missing index is a `problem`, not an error.

        Raises:
            KommunbotError: texts, staff, rules or the encoder cannot be loaded.
        """
        assistant = cls(
            LiveSearch(settings.index_dir, create_encoder(settings.encoder)),
            Texts.load(settings.data_dir),
            Calibrator.load(),
            Directory.load(settings.data_dir),
            EmergencyRules.load(settings.data_dir),
        )
        assistant._search.get()
        return assistant

    @property
    def problem(self) -> str | None:
        self._search.get()
        return self._search.problem

    def versions(self) -> Versions:
        opened = self._search.get()
        return Versions(
            index=opened[1].built_from if opened else None,
            encoder=opened[1].encoder if opened else None,
            policy=self._calibrator.version,
        )

    def danger(self, text: str) -> Decision | None:
        """Return the fixed text for an emergency in `text`, or None. Runs first, on raw text."""
        return self._emergencies.check(text)

    def reply(self, question: str, context: Context | None = None) -> Decision:
        """Search for an answer to `question` and decide what to do with what was found."""
        context = context or Context()
        if alarm := self.danger(question):
            return alarm
        if not (opened := self._search.get()):
            return self.hand_off(Reason.SERVICE_DOWN)
        found = self._find(opened[0], question, context)
        candidates = self._weigh(found)
        step = decide(candidates, context.misses, self._policy)
        if step is Step.ANSWER and not context.entry and not names_a_subject(question):
            step = Step.ASK
        if step is not Step.ANSWER and (somebody := named_in_full(question, self._directory)):
            return self._introduce(somebody)
        return self._say(step, candidates).model_copy(
            update={
                "versions": self.versions(),
                "timings": Timings(encode_ms=found.encode_ms, search_ms=found.search_ms),
            }
        )

    def choose(self, entry_id: str, context: Context | None = None) -> Decision:
        """Answer with the entry that the citizen picked among the offered choices."""
        opened = self._search.get()
        document = opened[0].get(entry_id) if opened else None
        if document is None:  # unpublished since it was offered
            return self.hand_off(Reason.SERVICE_DOWN)
        return _answer(document, confidence=1.0).model_copy(update={"versions": self.versions()})

    def find_person(self, question: str, context: Context | None = None) -> Decision:
        """Look `question` up among staff and functions, unless the search has an answer to it.

        Somebody who is not shown and somebody who does not exist get the same words.
        """
        if alarm := self.danger(question):
            return alarm
        if somebody := named(question, self._directory):
            return self._introduce(somebody)
        answer = self.reply(question, context)
        if answer.outcome is Outcome.ANSWER:
            return answer
        found = responsible(question, self._directory)
        if found is None and answer.choices and (answer.confidence or 0) >= _MAYBE_NO_NAME:
            return answer
        return self._introduce(found)

    def _introduce(self, found: LookUp | None) -> Decision:
        return Decision(
            outcome=Outcome.PERSON_LOOKUP,
            text=self._texts[found.text_key if found else "person_not_found"],
            people=found.cards if found else (),
            versions=self.versions(),
        )

    def hand_off(self, reason: Reason, question: str = "") -> Decision:
        """Hand over to a person, with what the search makes of `question` for the dossier."""
        opened = self._search.get() if question else None
        candidates = self._weigh(opened[0].find(question)) if opened else []
        return self._hand_off(reason, candidates)

    def next_context(self, decision: Decision, context: Context) -> Context:
        """Return what the next message needs to know after `decision`."""
        missed = decision.outcome in _MISSES
        return Context(
            entry=decision.entry or context.entry,
            misses=context.misses + 1 if missed else 0,
            offered=decision.choices,
        )

    def _find(self, search: Search, question: str, context: Context) -> Found:
        last = search.get(context.entry) if context.entry else None
        subject = last.topic_title if last and leans_on_context(question) else None
        return search.find(question, subject=subject)

    def _weigh(self, found: Found) -> list[Candidate]:
        confidences = self._calibrator.confidences(found)
        return [Candidate(hit, p) for hit, p in zip(found.hits, confidences, strict=False)]

    def _say(self, step: Step, candidates: list[Candidate]) -> Decision:
        if step is Step.HAND_OFF:
            return self._hand_off(Reason.SECOND_MISS, candidates)
        if step is Step.ANSWER:
            best = candidates[0]
            decision = _answer(best.hit.document, best.confidence)
        else:
            decision = self._ask_back(step, candidates)
        return decision.model_copy(update={"candidates": _views(candidates)})

    def _ask_back(self, step: Step, candidates: list[Candidate]) -> Decision:
        confidence = candidates[0].confidence if candidates else 0.0
        if step is Step.OUTSIDE:
            return Decision(outcome=Outcome.OOS, text=self._texts["oos"], confidence=confidence)
        choices = _choices(candidates) if step is Step.ASK else ()
        text = self._texts["clarify" if choices else "clarify_more"]
        return Decision(outcome=Outcome.CLARIFY, text=text, choices=choices, confidence=confidence)

    def _hand_off(self, reason: Reason, candidates: list[Candidate]) -> Decision:
        key = f"handoff_{reason}"
        return Decision(
            outcome=Outcome.HANDOFF,
            text=self._texts[key if key in self._texts else "handoff"],
            reason=reason,
            confidence=candidates[0].confidence if candidates else None,
            candidates=_views(candidates),
            versions=self.versions(),
        )


def _answer(document: Document, confidence: float) -> Decision:
    return Decision(
        outcome=Outcome.ANSWER,
        text=document.text,
        steps=document.steps,
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
    )


def _choices(candidates: list[Candidate]) -> tuple[Choice, ...]:
    entries = [c.hit.document for c in candidates if c.hit.document.kind == "entry"]
    return tuple(Choice(label=document.title, entry=document.id) for document in entries[:_CHOICES])


def _views(candidates: list[Candidate]) -> tuple[CandidateView, ...]:
    return tuple(
        CandidateView(
            id=candidate.hit.document.id,
            title=candidate.hit.document.title,
            url=candidate.hit.document.url,
            confidence=round(candidate.confidence, 4),
        )
        for candidate in candidates[:_CHOICES]
    )
