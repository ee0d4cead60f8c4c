"""Asks Rasa what to do with a message. Rasa may be slow, silent or gone: that is an answer too."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any
from uuid import UUID

import httpx
import structlog

from bot.answering.model import Decision

log = structlog.get_logger()

REST_SECONDS = 5.0  # how long Rasa is left alone after it could not be reached


class RasaClient:
    """Sends one message at a time and conversation; never raises for what Rasa does.

    After a failed connection or a time-out Rasa is not asked for `rest_s`
    seconds, so that a dead Rasa costs one citizen the wait, not every citizen.
    """

    def __init__(
        self,
        url: str,
        timeout_s: float,
        *,
        rest_s: float = REST_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._http = httpx.AsyncClient(
            base_url=url, timeout=timeout_s, trust_env=False, follow_redirects=False
        )
        self._timeout_s, self._rest_s, self._clock = timeout_s, rest_s, clock
        self._resting_until = 0.0

    async def ask(self, conversation_id: UUID, message: str, message_id: UUID) -> Decision | None:
        """Return Rasa's decision, or None if there is none to be had.

        Args:
            message: what the citizen wrote without leading "/", or a payload such
                as `/choose{"entry": "bygglov-altan"}`.
        """
        if self._clock() < self._resting_until:
            return None
        body = {
            "sender": str(conversation_id),
            "message": message,
            "metadata": {"message_id": str(message_id)},
        }
        try:
            async with asyncio.timeout(self._timeout_s):  # httpx limits each step, not the sum
                response = await self._http.post("/webhooks/rest/webhook", json=body)
        except (httpx.HTTPError, TimeoutError) as error:
            self._resting_until = self._clock() + self._rest_s
            log.warning("rasa_unreachable", error=type(error).__name__)
            return None
        return _decision(response)

    async def alive(self) -> bool:
        """Tell whether Rasa answers at all."""
        try:
            response = await self._http.get("/", timeout=1.0)
        except httpx.HTTPError:
            return False
        return response.is_success

    async def close(self) -> None:
        await self._http.aclose()


def _decision(response: httpx.Response) -> Decision | None:
    """Read the decision out of Rasa's list of messages; `[]` means that no rule fired."""
    try:
        found = _custom(response.raise_for_status().json())
        if found is not None:
            return Decision.model_validate(found)
    except (httpx.HTTPStatusError, TypeError, ValueError) as error:
        log.warning("rasa_answer_unusable", error=type(error).__name__)
        return None
    log.warning("rasa_without_decision")
    return None


def _custom(messages: Any) -> Any:
    if not isinstance(messages, list):
        raise TypeError("Rasa answered with something else than a list")
    for message in messages:
        custom = message.get("custom") if isinstance(message, dict) else None
        if isinstance(custom, dict) and "decision" in custom:
            return custom["decision"]
    return None
