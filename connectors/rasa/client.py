"""Asks Rasa what to do with a message. Rasa may be slow, silent or gone: that is an answer too."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import Any
from uuid import UUID

import httpx
import structlog

from bot.answering.model import Decision

log = structlog.get_logger()

REST_SECONDS = 5.0  # how long a worker is left alone that has not answered


class _Worker:
    """One process of Rasa, which may be left alone for a while."""

    def __init__(self, url: str, timeout_s: float) -> None:
        self.http = httpx.AsyncClient(
            base_url=url, timeout=timeout_s, trust_env=False, follow_redirects=False
        )
        self.resting_until = 0.0


class RasaClient:
    """Sends one message at a time and conversation; never raises for what Rasa does.

    A conversation stays with one worker as long as that answers, so that workers seldom
    wait for each other's turns. After a time-out a worker that keeps silent altogether is not
    asked for `rest_s` seconds, so that it costs one citizen the wait, not every citizen. One
    that only that conversation waits for, whose turn a killed worker may still hold, goes on
    with the others'. Who refuses or cuts the connection costs no wait, and is asked again by
    the next message: it may be back.
    """

    def __init__(
        self,
        urls: Sequence[str],
        timeout_s: float,
        *,
        rest_s: float = REST_SECONDS,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._workers = [_Worker(url, timeout_s) for url in urls]
        self._timeout_s, self._rest_s, self._clock = timeout_s, rest_s, clock

    async def ask(
        self, conversation_id: UUID, message: str, message_id: UUID, language: str | None = None
    ) -> Decision | None:
        """Return Rasa's decision, or None if there is none to be had.

        Args:
            message: what the citizen wrote without leading "/", or a payload such
                as `/choose{"entry": "bygglov-altan"}`.
            language: in which the talk shall go on, if the citizen has chosen one just now.
        """
        body = {
            "sender": str(conversation_id),
            "message": message,
            "metadata": {"message_id": str(message_id), "language": language},
        }
        for worker in self._awake(conversation_id):
            try:
                return _decision(await self._post(worker, body))
            except httpx.ConnectError as error:
                _warn(worker, error)  # it has heard nothing: another may be asked
            except (httpx.TimeoutException, TimeoutError) as error:
                _warn(worker, error)
                await self._leave_alone_if_silent(worker)
                break
            except httpx.HTTPError as error:
                _warn(worker, error)
                break
        return None

    async def alive(self) -> bool:
        """Tell whether every worker answers at all."""
        return all(await asyncio.gather(*(self._answers(worker) for worker in self._workers)))

    async def close(self) -> None:
        for worker in self._workers:
            await worker.http.aclose()

    def _awake(self, conversation_id: UUID) -> Iterator[_Worker]:
        """Yield the conversation's own worker and then the others, without those left alone."""
        own = conversation_id.int % len(self._workers)
        for worker in [*self._workers[own:], *self._workers[:own]]:
            if self._clock() >= worker.resting_until:
                yield worker

    async def _leave_alone_if_silent(self, worker: _Worker) -> None:
        if not await self._answers(worker):
            worker.resting_until = self._clock() + self._rest_s

    async def _post(self, worker: _Worker, body: dict[str, Any]) -> httpx.Response:
        async with asyncio.timeout(self._timeout_s):  # httpx limits each step, not the sum
            return await worker.http.post("/webhooks/rest/webhook", json=body)

    async def _answers(self, worker: _Worker) -> bool:
        try:
            response = await worker.http.get("/", timeout=1.0)
        except httpx.HTTPError:
            return False
        return response.is_success


def _warn(worker: _Worker, error: Exception) -> None:
    log.warning("rasa_unreachable", error=type(error).__name__, url=str(worker.http.base_url))


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
