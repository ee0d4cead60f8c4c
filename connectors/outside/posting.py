"""Posting over HTTP without being led into one's own network."""

from collections.abc import Mapping, Sequence
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_address

from bot.pages.addresses import Resolve, is_public, resolve
from bot.pages.fetching import FetchError, Limits, SafeFetcher
from connectors.outside.connector import SEND_SECONDS, Answer, Verdict, answer_of_status
from connectors.outside.threads import in_own_thread

_AGENT = "Kommunbot"


class Poster:
    """Posts to public addresses, and to those of one's own networks that are named.

    Args:
        networks: private networks where the receiver may lie.
        resolve_name: from a name to addresses.
        seconds: for one try in all, from the first byte to the last.
    """

    def __init__(
        self,
        networks: Sequence[IPv4Network | IPv6Network] = (),
        *,
        resolve_name: Resolve = resolve,
        seconds: float = SEND_SECONDS,
    ) -> None:
        self._networks = networks
        self._fetcher = SafeFetcher(
            _AGENT, Limits(seconds=seconds), may_reach=self._may_reach, resolve_name=resolve_name
        )

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post once and judge the reply."""
        try:
            reply = await in_own_thread(partial(self._fetcher.post, url, body, headers))
        except FetchError as error:
            return Answer(Verdict.AGAIN, str(error.fault))
        return answer_of_status(reply.status)

    def _may_reach(self, address: str) -> bool:
        found = ip_address(address.partition("%")[0])
        return is_public(address) or any(found in network for network in self._networks)
