"""What a registrar uses, put together."""

from starlette.datastructures import State

from bot.texts import Texts
from connectors.conversation.rules import LiveRules
from connectors.records.common import Basis
from connectors.records.finding import Finder
from connectors.records.grounds import LiveGrounds
from connectors.records.handing_out import Handouts
from connectors.records.keeping import Keeping
from connectors.records.marking import Marks
from connectors.records.requests import Requests
from connectors.records.transcripts import NameOutcome
from connectors.storage.database import Database
from connectors.storage.tables import OutcomeRow


def open_records(state: State, database: Database) -> None:
    """Put into the gateway's state what the registrars' endpoints ask for."""
    settings, texts = state.settings, state.texts
    basis = Basis(
        database,
        name_outcome=outcome_namer(state.rules, texts),
        municipality=texts["contact_municipality"],
        reference_prefix=settings.reference_prefix,
    )
    state.requests, state.finder = Requests(basis), Finder(basis)
    state.marks, state.handouts = Marks(basis), Handouts(basis)
    state.keeping = Keeping(basis)
    state.grounds = LiveGrounds(settings.data_dir)


def outcome_namer(rules: LiveRules, texts: Texts) -> NameOutcome:
    """Return what says in the municipality's words what became of a conversation."""

    def name(row: OutcomeRow) -> str:
        now = rules.get()
        titles = {one.id: one.title for one in now.errand_types}
        titles |= {one.id: one.title for one in now.causes}
        codes = [titles.get(code, code) for code in (row.errand_type, row.cause)]
        return ", ".join([*codes, texts[f"resolution_{row.resolution}"]])

    return name
