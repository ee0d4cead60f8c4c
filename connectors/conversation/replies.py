"""Sees to it that every message to the bot gets exactly one reply, also after a crash.

What is owed stands in the database, not here: a message is owed a reply as long
as the bot holds the conversation and `answered_seq` is lower. So a task that
dies with its process is found again by the sweep.
"""

import asyncio
from collections.abc import Callable
from uuid import UUID

import structlog

from connectors.conversation.model import Actor
from connectors.conversation.owed import Owed
from connectors.conversation.thinking import Thinking
from connectors.conversation.wakeups import Typing, Wakeups

log = structlog.get_logger()

AT_ONCE = 16  # conversations that are thought about at the same time
SWEEP_SECONDS = 3.0


class Replies:
    """One task for each conversation that is owed a reply; messages are answered in order."""

    def __init__(
        self, owed: Owed, thinking: Thinking, wakeups: Wakeups, *, grace_s: float = 0.0
    ) -> None:
        """`grace_s`: what the sweep leaves to other gateways, which may be about to answer."""
        self._owed, self._thinking, self._grace_s = owed, thinking, grace_s
        self._wakeups = wakeups
        self._tasks: dict[UUID, asyncio.Task[None]] = {}
        self._again: set[UUID] = set()
        self._room = asyncio.Semaphore(AT_ONCE)

    def wake(self, conversation_id: UUID) -> None:
        """Answer what this conversation is owed. Cheap, and harmless when nothing is."""
        if conversation_id in self._tasks:
            self._again.add(conversation_id)
            return
        task = asyncio.create_task(self._answer_all(conversation_id))
        self._tasks[conversation_id] = task
        task.add_done_callback(self._finished(conversation_id))

    async def run(self) -> None:
        """Look for what is owed, at once and then for ever: the first look is after a restart."""
        grace_s = 0.0
        while True:
            try:
                for conversation_id in await self._owed.unanswered(grace_s):
                    self.wake(conversation_id)
            except Exception as error:  # the database may be away for a while
                log.error("sweep_failed", error=type(error).__name__)
            grace_s = self._grace_s
            await asyncio.sleep(SWEEP_SECONDS)

    async def close(self) -> None:
        """Stop thinking. What is still owed is answered after the next start."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _finished(self, conversation_id: UUID) -> Callable[[asyncio.Task[None]], None]:
        def finished(task: asyncio.Task[None]) -> None:
            self._tasks.pop(conversation_id, None)
            if task.cancelled():
                return
            if error := task.exception():
                log.error(
                    "reply_failed",
                    conversation_id=str(conversation_id),
                    error=type(error).__name__,
                )
            elif conversation_id in self._again:
                self.wake(conversation_id)

        return finished

    async def _answer_all(self, conversation_id: UUID) -> None:
        async with self._room:
            self._again.discard(conversation_id)
            while job := await self._owed.next_job(conversation_id):
                self._typing(conversation_id, on=True)
                try:
                    decision = await self._thinking.decide(job)
                    stored = await self._owed.store_reply(job, decision)
                finally:
                    self._typing(conversation_id, on=False)
                log.info(
                    "reply" if stored else "reply_dropped",
                    conversation_id=str(conversation_id),
                    seq=job.seq,
                    outcome=str(decision.outcome),
                )

    def _typing(self, conversation_id: UUID, *, on: bool) -> None:
        self._wakeups.tell(Typing(conversation_id, Actor.BOT, on))
