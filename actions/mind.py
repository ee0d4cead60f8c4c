"""What the actions need of the assistant that is given to them."""

from typing import Protocol

from bot.answering.model import Context, Decision, Reason


class Mind(Protocol):
    """The part of `bot.answering.assistant.Assistant` that actions use."""

    def danger(self, text: str, talk: str | None = None) -> Decision | None: ...

    def language(self, text: str, context: Context) -> str: ...

    def reply(self, question: str, context: Context | None = None) -> Decision: ...

    def choose(self, entry_id: str, context: Context | None = None) -> Decision: ...

    def find_person(self, question: str, context: Context | None = None) -> Decision: ...

    def hand_off(
        self, reason: Reason, question: str = "", language: str | None = None
    ) -> Decision: ...

    def next_context(self, decision: Decision, context: Context) -> Context: ...
