"""The signed webhook.

A receiver trusts what comes by its signature: HMAC-SHA256 over `timestamp.body` with a secret that
both sides know. `verify` is the receiver's half; docs/how-to/connect-other-systems.md shows it.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import datetime

from connectors.now import utc_now
from connectors.outside.connector import Answer, Parcel
from connectors.outside.posting import Poster

SIGNATURE, TIMESTAMP, DELIVERY = (
    "Kommunbot-Signature",
    "Kommunbot-Timestamp",
    "Kommunbot-Delivery",
)
FRESH_SECONDS = 300  # how far the receiver's clock may be from ours


class Webhook:
    """Posts each event as JSON to one address."""

    def __init__(
        self, url: str, secret: str, poster: Poster, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._url, self._secret, self._poster, self._now = url, secret, poster, now

    async def deliver(self, parcel: Parcel) -> Answer:
        body, timestamp = parcel.json(), str(int(self._now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            SIGNATURE: sign(self._secret, timestamp, body),
            TIMESTAMP: timestamp,
            DELIVERY: str(parcel.id),
        }
        return await self._poster.post(self._url, body, headers)


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Return what `Kommunbot-Signature` says of a body that is sent at `timestamp`."""
    signed = timestamp.encode() + b"." + body
    return "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Tell whether Kommunbot has sent `body`, and lately; the body as it came, unparsed.

    Args:
        headers: of the request; must find names in any case, or as they are written here.
    """
    timestamp, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    if not (timestamp.isascii() and timestamp.isdigit()):
        return False
    fresh = abs(now.timestamp() - int(timestamp)) <= FRESH_SECONDS
    expected = sign(secret, timestamp, body)
    return fresh and hmac.compare_digest(expected.encode(), signature.encode())
