"""Blocking work on threads of its own.

The event loop's own threads are few, and shared with logins and files: a receiver that hangs must
not take them. Nor does the end of the process wait for these.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any, TypeVar

Result = TypeVar("Result")


async def in_own_thread(work: Callable[[], Result]) -> Result:
    """Return what `work` returns, or raise what it raises. Cancelled, it works on unheard."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def hand_over(settle: Callable[[Any], None], value: object) -> None:
        if not future.done():
            settle(value)

    def run() -> None:
        settle: Callable[[Any], None]
        try:
            settle, value = future.set_result, work()
        except Exception as error:
            settle, value = future.set_exception, error  # type: ignore[assignment]  # either
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(hand_over, settle, value)

    Thread(target=run, daemon=True).start()
    return await future
