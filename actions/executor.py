"""Runs the actions for rasa-sdk: the same steps around each."""

import logging
import traceback
from collections.abc import Callable
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions import (
    answer,
    choose,
    complaint,
    confirm,
    decline,
    find_person,
    out_of_scope,
    small_talk,
)
from actions.mind import Mind
from actions.turn import Turn, read_turn, slots_after
from bot.answering.model import Context, Decision, Outcome, Reason

ACTIONS = (answer, choose, complaint, find_person, confirm, decline, out_of_scope, small_talk)

_SERVICE_DOWN = Decision(
    outcome=Outcome.HANDOFF, text_key="handoff_service_down", reason=Reason.SERVICE_DOWN
)
_log = logging.getLogger(__name__)

Decide = Callable[[Mind, Turn], Decision]


def create_executor(mind: Mind) -> ActionExecutor:
    """Return rasa-sdk's executor with every action, all of them asking `mind`."""
    executor = ActionExecutor()
    for action in ACTIONS:
        executor.register_function(action.NAME, _Runner(action.NAME, action.decide, mind).run)
    return executor


class _Runner:
    def __init__(self, name: str, decide: Decide, mind: Mind) -> None:
        self._name = name
        self._decide = decide
        self._mind = mind

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        try:
            decision, slots = self._act(read_turn(tracker.current_state()))
            slots = {key: new for key, new in slots.items() if tracker.get_slot(key) != new}
        except Exception as error:  # rasa-sdk would send the citizen's text back, into Rasa's log
            _log.error("%s failed: %s", self._name, _where(error))
            decision, slots = _SERVICE_DOWN, {}
        dispatcher.utter_message(json_message={"decision": decision.model_dump(mode="json")})
        return [SlotSet(key, value) for key, value in slots.items()]

    def _act(self, turn: Turn) -> tuple[Decision, dict[str, Any]]:
        danger = self._mind.danger(turn.text, turn.context.language)
        decision = danger or self._decide(self._mind, turn)
        if decision.language is None and turn.in_words:
            language = self._mind.language(turn.text, turn.context)
            decision = decision.model_copy(update={"language": language})
        context: Context = self._mind.next_context(decision, turn.context)
        return decision, slots_after(turn, context)


def _where(error: Exception) -> str:
    """Say what failed and where, without the message: it can hold what the citizen wrote."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {frame.filename}:{frame.lineno}"
