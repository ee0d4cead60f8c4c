"""What is done to words before they are stored: danger is heard first, then they are masked."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar
from urllib.parse import unquote

import structlog

from bot.answering.model import Decision
from bot.masking.model import Kind, Masked
from bot.texts import Texts
from connectors.conversation.text import clean
from connectors.errors import MaskingFailed

log = structlog.get_logger()

T = TypeVar("T")


class Alarm(Protocol):
    """Tells danger from anything else."""

    def __call__(self, text: str, talk: str | None = None, /) -> Decision | None: ...


class Masking(Protocol):
    """The part of `bot.masking.masker.Masker` that a conversation needs."""

    def mask(
        self, text: str, before: Sequence[str] = (), *, is_sensitive: bool = False
    ) -> Masked: ...

    def mask_numbers(self, text: str) -> Masked: ...


@dataclass(frozen=True)
class Heard:
    """A message as it may be stored, and the warning that its own words call for."""

    text: str
    masked: tuple[Kind, ...] = ()
    danger: Decision | None = None
    hides_danger: bool = False  # what is stored no longer tells of it


class Hearing:
    """Hears one message at a time, away from the event loop. What it is given is nowhere stored."""

    def __init__(self, masking: Masking, alarm: Alarm, texts: Texts) -> None:
        self._masking, self._alarm, self._texts = masking, alarm, texts
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hearing")

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def message(self, written: str, language: str, before: Sequence[str] = ()) -> Heard:
        """Hear what a citizen writes in a talk that goes on in `language`.

        Args:
            before: what they wrote right before, as it is stored, the oldest first.

        Raises:
            MessageEmpty, MessageTooLong: the text cannot be used.
            MaskingFailed: nothing may be stored, since nobody knows what is in it.
        """
        text = clean(written)
        danger = await self._run(self._danger, text, language)
        try:
            mask = partial(self._masking.mask, before=before, is_sensitive=danger is not None)
            masked = await self._masked(mask, text)
        except MaskingFailed:
            if danger is None:
                raise
            whole = self._texts.spoken(language)["masked_whole"]
            masked = Masked(whole)  # help must not wait for anything
        hides = danger is not None and not await self._run(self._danger, masked.text, language)
        return Heard(masked.text, masked.kinds, danger, hides)

    async def citizens(self, written: str) -> str:
        """Return a citizen's words outside the talk, such as of an errand, as they may be stored.

        Raises:
            MessageEmpty, MessageTooLong, MaskingFailed: as `message`.
        """
        return (await self._masked(self._masking.mask, clean(written))).text

    async def staffs(self, written: str) -> str:
        """Return an agent's words: a colleague's telephone may stay, nobody's personnummer may.

        Raises:
            MessageEmpty, MessageTooLong, MaskingFailed: as `message`.
        """
        return (await self._masked(self._masking.mask_numbers, clean(written))).text

    async def page(self, address: str) -> str | None:
        """Return the address of the page that a talk began on; None where it tells who somebody is.

        Some web sites put a personnummer in their addresses.
        """
        try:
            masked = await self._masked(self._masking.mask_numbers, unquote(address))
        except MaskingFailed:
            return None
        return None if masked.kinds else address

    def _danger(self, text: str, language: str) -> Decision | None:
        try:
            return self._alarm(text, language)
        except Exception as error:  # the bot's own check comes later
            log.error("alarm_failed", error=type(error).__name__)
            return None

    async def _masked(self, mask: Callable[[str], Masked], text: str) -> Masked:
        try:
            return await self._run(mask, text)
        except Exception as error:
            log.error("masking_failed", error=type(error).__name__)
        raise MaskingFailed  # outside the `except`: the cause may quote what was written

    async def _run(self, call: Callable[..., T], *args: object) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, partial(call, *args))
