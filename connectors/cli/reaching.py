"""Asking other sites whether the addresses that answers link to are still there."""

from http import HTTPStatus

from bot.faq.checking.links import Reachable
from bot.pages.fetching import Fault, FetchError, Limits, SafeFetcher
from bot.settings import Settings
from connectors.cli.crawling import user_agent

_SECONDS = 10.0
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_TOLD = {  # whatever else happened says nothing of the page: many sites refuse programs
    Fault.BAD_ADDRESS: "adressen går inte att läsa",
    Fault.TOO_MANY_REDIRECTS: "den skickar vidare utan slut",
    Fault.UNREACHABLE: "ingen svarar",
    Fault.TOO_SLOW: "den svarar inte i tid",
    Fault.PRIVATE_ADDRESS: "den ligger på ett privat nät",
}


def reaching(settings: Settings, *, allow_private: bool = False) -> Reachable:
    """Return what asks an address and tells in Swedish what is wrong with it, or None.

    A site that answers, even with a refusal, is there; only 404 and 410 say that a page is gone.
    """
    limits = Limits(seconds=_SECONDS)
    fetcher = SafeFetcher(user_agent(settings), limits, allow_private=allow_private)

    def reachable(url: str) -> str | None:
        try:
            status = fetcher.head(url).status
        except FetchError as error:
            return _TOLD.get(error.fault)
        return f"sidan finns inte, {status}" if status in _GONE else None

    return reachable
