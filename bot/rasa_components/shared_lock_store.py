"""Rasa's Redis lock store, whose tickets are never given out twice.

Rasa reads a conversation's tickets, changes them and writes them back. Two workers that
do so at once give out the same number, or delete each other's, and then both work on one
conversation: of 400 tickets taken by two processes only 267 were different. Here each such
step is done under a lock of Redis's own.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, LockError, RedisLockStore
from rasa.utils.endpoints import EndpointConfig
from redis import Redis
from redis.exceptions import RedisError

SOCKET_SECONDS = 1.0  # the worker does nothing else meanwhile
STEP_SECONDS = 1.0  # a step takes a millisecond; after so long its worker was killed in it
RETRY_SECONDS = 0.002

logger = logging.getLogger(__name__)


class SharedLockStore(RedisLockStore):
    """Takes turns in the Redis of `url` in the endpoints file."""

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        self.red = Redis.from_url(
            endpoint_config.url,
            socket_timeout=SOCKET_SECONDS,
            socket_connect_timeout=SOCKET_SECONDS,
        )
        self.key_prefix = "kommunbot:lock:"

    def issue_ticket(self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME) -> int:
        """Give out the next number.

        Raises:
            LockError: Redis cannot be reached. The message then gets no answer here.
        """
        with self._alone(conversation_id):
            return super().issue_ticket(conversation_id, lock_lifetime)

    def update_lock(self, conversation_id: str) -> None:
        """Take away tickets whose time is out."""
        with self._alone(conversation_id):
            super().update_lock(conversation_id)

    def cleanup(self, conversation_id: str, ticket_number: int) -> None:
        """Give a ticket back, and with the last one the lock."""
        with self._alone(conversation_id):
            super().cleanup(conversation_id, ticket_number)

    def save_lock(self, lock: TicketLock) -> None:
        """Store the tickets no longer than any of them is valid."""
        self.red.set(self.key_prefix + lock.conversation_id, lock.dumps(), ex=LOCK_LIFETIME + 1)

    @contextmanager
    def _alone(self, conversation_id: str) -> Iterator[None]:
        step = self.red.lock(
            f"{self.key_prefix}{conversation_id}:step",
            timeout=STEP_SECONDS,
            sleep=RETRY_SECONDS,
            blocking_timeout=2 * STEP_SECONDS,
        )
        try:
            with step:
                yield
        except RedisError as error:
            # Rasa logs this only together with what the citizen wrote, which is turned off.
            logger.error("Redis: %s: %s", type(error).__name__, error)
            raise LockError(f"Redis: {type(error).__name__}") from error
