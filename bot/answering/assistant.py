"""The bot's mind in one object: a question in, a decision with its evidence out."""

from collections.abc import Callable, Iterable
from copy import copy
from datetime import UTC, datetime
from pathlib import Path

from bot.answering import telling
from bot.answering.asking import Asking, Means
from bot.answering.authorities import Authorities, Referrals
from bot.answering.courtesy import Heard, hear
from bot.answering.model import Choice, Context, Decision, Outcome, Reason, Versions
from bot.answering.policy import AnswerPolicy, Step, decide
from bot.answering.referring import Referring
from bot.confidence.calibrator import Calibrator
from bot.confidence.local import in_use
from bot.encoders import create_encoder
from bot.encoders.model import Encoder
from bot.language.identify import identify
from bot.live_file import LiveFile
from bot.notices.model import Notice
from bot.notices.repository import LiveNotices
from bot.people.directory import Directory
from bot.people.lookup import LookUp, named, named_in_full, responsible
from bot.people.model import Person, is_person
from bot.retrieval.live import FixedSearch, LiveSearch, Searches
from bot.retrieval.model import Document, Found
from bot.retrieval.search import Search
from bot.retrieval.store import Manifest
from bot.safety.approval import require_approved
from bot.safety.emergency import EmergencyRules
from bot.settings import Settings
from bot.texts import SWEDISH, Texts, said_in, written_in

_MAYBE_NO_NAME = 0.3  # so sure of its choices, the search has understood more than a name
_NAME_ALONE = 2  # words
_MISSES = frozenset({Outcome.CLARIFY, Outcome.OOS})


class Assistant:
    """Answers, asks back or hands over. Thread-safe; the same in the gateway and in Rasa's actions.

    `problem` says why it cannot search at present, or is None.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # its parts, joined here and nowhere else
        self,
        search: Searches,
        texts: Texts,
        calibrator: Calibrator,
        directory: Directory | LiveFile[Directory],
        emergencies: EmergencyRules,
        policy: AnswerPolicy | None = None,
        authorities: Authorities | None = None,
        notices: Callable[[], tuple[Notice, ...]] = tuple,
    ) -> None:
        self._search = search
        self._texts = texts
        self._calibrator = calibrator
        self._staff = directory.get if isinstance(directory, LiveFile) else lambda: directory
        self._emergencies = emergencies
        self._policy = policy or AnswerPolicy()
        self._referring = Referring(authorities or Authorities())
        self._notices = notices

    @classmethod
    def open(
        cls, settings: Settings, encoder: Encoder | None = None, live: LiveSearch | None = None
    ) -> "Assistant":
        """Load everything that `settings` name. A missing index is a `problem`, not an error.

        Args:
            encoder: the one that `settings` name, where it is loaded already.
            live: the searches of the index that they name, where others use them too.

        Raises:
            KommunbotError: texts, staff, rules or the encoder cannot be loaded.
            NotApproved: two people have not approved the rules of danger.
        """
        require_approved(settings.data_dir)
        encoder = encoder or create_encoder(settings.encoder)
        live = live or LiveSearch(settings.index_dir, encoder)
        assistant = cls(
            live,
            Texts.load(settings.data_dir),
            in_use(settings.models_dir, encoder.id),
            _staff_of(settings.data_dir),
            EmergencyRules.load(settings.data_dir),
            AnswerPolicy.load(settings.data_dir),
            Authorities.load(settings.data_dir),
            LiveNotices(settings.data_dir, settings.site_url).get,
        )
        if opened := live.get():
            assistant._means_for(opened[0])
        live.watch(told=assistant._referring.prepare)
        return assistant

    def over(self, search: Search, manifest: Manifest, referrals: Referrals) -> "Assistant":
        """Return the same mind over another search.

        Args:
            referrals: as `referrals` makes them of the documents of `search`.
        """
        other = copy(self)
        other._search = FixedSearch(search, manifest)
        other._referring = self._referring.fixed(referrals)
        return other

    @property
    def searches(self) -> Searches:
        """Where it takes its search from."""
        return self._search

    def confidences(self, found: Found) -> tuple[float, ...]:
        """Return how sure it is of each of the first hits."""
        return self._calibrator.confidences(found)

    def referrals(self, documents: Iterable[Document]) -> Referrals:
        """Fit what tells other authorities' matters from those of `documents`; takes a second."""
        return self._referring.fit(documents)

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

    def danger(self, text: str, talk: str | None = None) -> Decision | None:
        """Return the fixed text for an emergency in `text`, or None. Runs first, on raw text.

        Args:
            talk: the language of the talk so far.
        """
        return self._emergencies.check(text, talk)

    def language(self, text: str, context: Context) -> str:
        """Return the language to reply to `text` in: two letters, or "sv-latt"."""
        opened, talk = self._search.get(), context.language
        identify_in = opened[0].language if opened else identify
        return said_in(identify_in(text, written_in(talk)), talk)

    def reply(self, question: str, context: Context | None = None) -> Decision:
        """Search for an answer to `question` and decide what to do with what was found."""
        context = context or Context()
        if alarm := self.danger(question, context.language):
            return alarm
        heard = hear(question)
        if not heard.asked:
            return self._small_talk(heard, self.language(question, context), context)
        if not (opened := self._search.get()):
            return self.hand_off(Reason.SERVICE_DOWN, language=self.language(question, context))
        asking = Asking(self._means_for(opened[0]))
        decision = asking.reply(heard.asked, context)
        if decision.outcome is not Outcome.ANSWER and (
            somebody := named_in_full(question, self._staff())
        ):
            return self._introduce(somebody, decision.language)
        return self._dated(decision).model_copy(update={"timings": asking.timings})

    def choose(self, entry_id: str, context: Context | None = None) -> Decision:
        """Answer with the entry, or show the person, that the citizen picked among the choices."""
        if is_person(entry_id):
            person = self._staff().person(entry_id)
            found = LookUp("person_found", (person.card,)) if person else None
            return self._introduce(found, context.language if context else None)
        opened = self._search.get()
        language = context.language if context else None
        document = opened[0].get(entry_id) if opened else None
        if document is None:  # unpublished since it was offered
            return self.hand_off(Reason.SERVICE_DOWN, language=language)
        answer = telling.answer(document, confidence=1.0, language=language)
        return self._dated(answer.model_copy(update={"language": language}))

    def find_person(self, question: str, context: Context | None = None) -> Decision:
        """Look `question` up among staff and functions, unless the search has an answer to it.

        Somebody who is not shown and somebody who does not exist get the same words.
        """
        context = context or Context()
        if alarm := self.danger(question, context.language):
            return alarm
        if somebody := named(question, self._staff()):
            return self._introduce(somebody, self._language_beside_name(question, context))
        answer = self.reply(question, context)
        if answer.outcome is Outcome.ANSWER or answer.refers:
            return answer
        found = responsible(question, self._staff())
        if found is None and answer.choices and (answer.confidence or 0) >= _MAYBE_NO_NAME:
            return answer
        return self._introduce(found, self._language_beside_name(question, context))

    def hand_off(self, reason: Reason, question: str = "", language: str | None = None) -> Decision:
        """Hand over to a person, with what the search makes of `question` for the dossier.

        Args:
            language: to say it in.
        """
        opened = self._search.get() if question else None
        asking = Asking(self._means_for(opened[0])) if opened else None
        candidates = asking.weigh(asking.find(question)) if asking else []
        said = telling.hand_off(reason, candidates, self._texts.spoken(language))
        return self._dated(said.model_copy(update={"language": language}))

    def next_context(self, decision: Decision, context: Context) -> Context:
        """Return what the next message needs to know after `decision`."""
        if decision.outcome is Outcome.SMALLTALK:
            return context
        missed = decision.outcome in _MISSES and not decision.refers
        return Context(
            entry=decision.entry or context.entry,
            misses=context.misses + 1 if missed else 0,
            offered=decision.choices,
            language=decision.language or context.language,
        )

    def _dated(self, decision: Decision) -> Decision:
        """Add what holds just now: notices, and the versions of what the decision was made with."""
        made_with = {**self.versions().model_dump(), "content": decision.versions.content}
        notices = telling.notices(self._notices(), decision, datetime.now(UTC))
        update = {"versions": Versions.model_validate(made_with), "notices": notices}
        said = decision.model_copy(update=update)
        return telling.remarked(said, self._texts.spoken(decision.language))

    def _means_for(self, search: Search) -> Means:
        """Return what questions are judged with."""
        referrals = self._referring.get(search)
        return Means(search, self._calibrator, self._policy, self._texts, referrals)

    def _language_beside_name(self, question: str, context: Context) -> str:
        """Return the language to reply in to a name: a name alone is in none."""
        if len(question.split()) <= _NAME_ALONE:
            return context.language or SWEDISH
        return self.language(question, context)

    def _small_talk(self, heard: Heard, language: str, context: Context) -> Decision:
        """Reply to a message that asks nothing: a greeting, thanks, or nothing but signs."""
        texts = self._texts.spoken(language)
        if not heard.kind and decide([], context.misses, self._policy) is Step.HAND_OFF:
            return self.hand_off(Reason.SECOND_MISS, language=language)
        return Decision(
            outcome=Outcome.SMALLTALK if heard.kind else Outcome.CLARIFY,
            text=texts[heard.kind or "clarify_signs"],
            text_language=texts.language,
            language=language,
        )

    def _introduce(self, found: LookUp | None, language: str | None) -> Decision:
        texts = self._texts.spoken(language)
        return Decision(
            outcome=Outcome.PERSON_LOOKUP,
            text=texts[found.text_key if found else "person_not_found"],
            text_language=texts.language,
            people=found.cards if found else (),
            choices=tuple(map(_choice, found.maybe)) if found else (),
            language=language,
            versions=self.versions(),
        )


def _choice(person: Person) -> Choice:
    return Choice(label=f"{person.name}, {person.title}, {person.unit}", entry=person.id)


def _staff_of(data_dir: Path) -> LiveFile[Directory]:
    """Keep up with the directory's files; unusable ones are an error only when starting."""
    Directory.load(data_dir)
    return Directory.live(data_dir)
