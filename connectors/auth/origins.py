"""Which pages may speak with the gateway."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection


def origin_allowed(connection: HTTPConnection, allowed: Collection[str]) -> bool:
    """Tell whether the request's Origin is the gateway's own, an allowed site or absent.

    Programs send no Origin; browsers always do where it matters and cannot forge it.
    """
    origin = connection.headers.get("origin")
    if origin is None or origin in allowed:
        return True
    return urlsplit(origin).netloc == connection.headers.get("host", "")
