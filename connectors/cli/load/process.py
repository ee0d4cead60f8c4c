"""A gateway for measuring: everything but the search. `python -m connectors.cli.load.process`."""

from bot.answering.model import Context, Decision, Outcome, Versions
from bot.settings import get_settings
from connectors import logs
from connectors.app import serve
from connectors.mind import Mind


class Echo:
    """Says something at once, so that the queue is measured and not the search."""

    problem: str | None = None

    def versions(self) -> Versions:
        return Versions()

    def danger(self, text: str, talk: str | None = None) -> Decision | None:
        return None

    def language(self, text: str, context: Context) -> str:
        return "sv"

    def reply(self, question: str, context: Context | None = None) -> Decision:
        return Decision(outcome=Outcome.OOS, text="Det vet jag inte.")

    def choose(self, entry_id: str, context: Context | None = None) -> Decision:
        return self.reply(entry_id, context)

    def find_person(self, question: str, context: Context | None = None) -> Decision:
        return self.reply(question, context)

    def next_context(self, decision: Decision, context: Context) -> Context:
        return context


if __name__ == "__main__":
    logs.configure()
    serve(get_settings(), mind=Mind(Echo()))
