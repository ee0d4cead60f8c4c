"""The one clock. Services take it as an argument, so that tests can have their own."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)
