"""A small assistant that answers by the words in a message, so that tests know what comes."""

import threading

from bot.answering.model import (
    CandidateView,
    Choice,
    ContactCard,
    Context,
    Decision,
    Outcome,
    Phone,
    Reason,
    Source,
    Timings,
    Versions,
)

VERSIONS = Versions(index="i1", encoder="scripted", policy="p1")
CANDIDATES = (
    CandidateView(id="bygglov-altan", title="Bygglov för altan", url="http://x/1", confidence=0.9),
    CandidateView(id="bygglov-tak", title="Bygglov för tak", url="http://x/2", confidence=0.05),
)
CHOICES = (
    Choice(label="Bygglov för altan", entry="bygglov-altan"),
    Choice(label="Bygglov för tak", entry="bygglov-tak"),
)


class ScriptedThinker:
    """«altan» is answered, «oklart» is asked back about (and handed over the second time),
    «människa» is handed over, «Anna» is a person, «brinner» is an emergency,
    «trasig» breaks the search.

    Replies wait until `gate` is open.
    """

    def __init__(self) -> None:
        self.problem: str | None = None
        self.gate = threading.Event()
        self.gate.set()

    def versions(self) -> Versions:
        return VERSIONS

    def language(self, text: str, context: Context) -> str:
        return context.language or "sv"

    def danger(self, text: str, talk: str | None = None) -> Decision | None:
        if "brinner" not in text:
            return None
        phones = (Phone(label="SOS Alarm", number="112"),)
        return Decision(outcome=Outcome.EMERGENCY, text="Ring 112.", phones=phones)

    def choose(self, entry_id: str, context: Context | None = None) -> Decision:
        return self._answer(f"Svar om {entry_id}.")

    def find_person(self, question: str, context: Context | None = None) -> Decision:
        if "Anna" not in question:
            return self.reply(question, context)
        cards = (ContactCard(name="Anna Berg", title="Handläggare", unit="Växeln"),)
        return Decision(outcome=Outcome.PERSON_LOOKUP, text="Anna finns i växeln.", people=cards)

    def reply(self, question: str, context: Context | None = None) -> Decision:
        self.gate.wait(20)
        if "trasig" in question:
            raise ValueError(question)
        if "människa" in question:
            return self._hand_off(Reason.ASKED_FOR_HUMAN)
        if "oklart" in question:
            missed = context is not None and context.misses > 0
            return self._hand_off(Reason.SECOND_MISS) if missed else self._ask_back()
        if "Anna" in question:
            return Decision(outcome=Outcome.OOS, text="Det vet jag inte.")
        return self._answer(f"Svar på: {question}")

    def next_context(self, decision: Decision, context: Context) -> Context:
        missed = decision.outcome is Outcome.CLARIFY
        return Context(entry=decision.entry, misses=context.misses + 1 if missed else 0)

    def _answer(self, text: str) -> Decision:
        source = Source(title="Bygglov för altan", url="http://x/1", kind="entry")
        return Decision(
            outcome=Outcome.ANSWER,
            text=text,
            sources=(source,),
            confidence=0.9,
            topic="bygglov",
            entry="bygglov-altan",
            candidates=CANDIDATES,
            versions=VERSIONS,
            timings=Timings(encode_ms=1.5, search_ms=0.5),
        )

    def _ask_back(self) -> Decision:
        return Decision(
            outcome=Outcome.CLARIFY,
            text="Vad menar du?",
            choices=CHOICES,
            confidence=0.4,
            candidates=CANDIDATES,
        )

    def _hand_off(self, reason: Reason) -> Decision:
        return Decision(
            outcome=Outcome.HANDOFF, text="Jag kopplar dig.", reason=reason, candidates=CANDIDATES
        )
