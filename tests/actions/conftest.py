"""An assistant small enough to read, and rasa-sdk's executor around it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
import rasa_sdk
from rasa_sdk.executor import ActionExecutor

from actions.executor import create_executor
from bot.answering.model import Choice, Context, Decision, Link, Outcome, Reason

OFFERED = (
    Choice(label="När töms soptunnan?", entry="avfall-hamtning"),
    Choice(label="Vad kostar det?", entry="avfall-avgift"),
    Choice(label="Var lämnar jag grovsopor?", entry="avfall-grovt"),
)


def action_call(
    action: str,
    text: str,
    message_id: str | None = None,
    entities: Mapping[str, str] | None = None,
    slots: Mapping[str, Any] | None = None,
    events: Sequence[Mapping[str, Any]] = (),
    intent: str | None = None,
    language: str | None = None,
) -> dict[str, Any]:
    """Return what Rasa 3.6 sends to have `action` run."""
    return {
        "next_action": action,
        "sender_id": "samtal-1",
        "version": rasa_sdk.__version__,
        "domain": {"version": "3.1"},
        "tracker": {
            "sender_id": "samtal-1",
            "slots": dict(slots or {}),
            "latest_message": {
                "text": text,
                "intent": {"name": intent},
                "entities": [{"entity": k, "value": v} for k, v in (entities or {}).items()],
                "metadata": {"message_id": message_id, "language": language},
            },
            "events": list(events),
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": "action_listen",
        },
    }


@dataclass
class SmallMind:
    """Knows one answer, one danger and one other authority, and asks back about everything else."""

    broken: bool = False
    confidence: float = 0.3
    asked: list[tuple[str, Context]] = field(default_factory=list)

    def language(self, text: str, context: Context) -> str:
        return context.language or "sv"

    def danger(self, text: str, talk: str | None = None) -> Decision | None:
        return Decision(outcome=Outcome.EMERGENCY, text="Ring 112.") if "brinner" in text else None

    def reply(self, question: str, context: Context | None = None) -> Decision:
        if self.broken:
            raise RuntimeError(question)
        self.asked.append((question, context or Context()))
        if question == "bygglov":
            return Decision(outcome=Outcome.ANSWER, text="Ibland.", entry="bygglov-altan")
        if question == "pass":
            links = (Link(title="polisen.se", url="https://polisen.se", kind="extern"),)
            return Decision(outcome=Outcome.OOS, text="Det sköter Polisen.", links=links)
        if question == "😡":
            return Decision(outcome=Outcome.CLARIFY, text="Skriv med ord.")
        return Decision(
            outcome=Outcome.CLARIFY,
            text="Vilket?",
            choices=OFFERED,
            confidence=self.confidence,
        )

    def choose(self, entry_id: str, context: Context | None = None) -> Decision:
        return Decision(outcome=Outcome.ANSWER, text="Så här är det.", entry=entry_id)

    def find_person(self, question: str, context: Context | None = None) -> Decision:
        return Decision(outcome=Outcome.PERSON_LOOKUP, text=f"Sökt: {question}")

    def hand_off(self, reason: Reason, question: str = "", language: str | None = None) -> Decision:
        return Decision(outcome=Outcome.HANDOFF, text=question, reason=reason, language=language)

    def next_context(self, decision: Decision, context: Context) -> Context:
        missed = decision.outcome in {Outcome.CLARIFY, Outcome.OOS}
        return Context(
            entry=decision.entry or context.entry,
            misses=context.misses + 1 if missed else 0,
            offered=decision.choices,
        )


@dataclass
class Dialogue:
    """Rasa's side: calls rasa-sdk's executor and remembers the slots that come back."""

    executor: ActionExecutor
    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)

    async def say(
        self,
        action: str,
        text: str,
        message_id: str | None = None,
        intent: str | None = None,
        language: str | None = None,
        **entities: str,
    ) -> Decision:
        self.events.append({"event": "user", "text": text})
        told = (message_id, entities, self.slots, self.events, intent, language)
        call = action_call(action, text, *told)
        result = await self.executor.run(call)
        assert result is not None
        self.slots |= {e["name"]: e["value"] for e in result.events if e["event"] == "slot"}
        (response,) = result.responses
        return Decision.model_validate_json(json.dumps(response["custom"]["decision"]))


@pytest.fixture
def mind() -> SmallMind:
    return SmallMind()


@pytest.fixture
def dialogue(mind: SmallMind) -> Dialogue:
    return Dialogue(create_executor(mind))
