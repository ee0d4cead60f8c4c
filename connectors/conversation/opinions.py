"""What citizens say of an answer, and of a conversation as a whole."""

from collections.abc import Mapping
from typing import Any

from bot.answering.model import Outcome
from connectors.conversation import repository
from connectors.conversation.model import Key, Survey
from connectors.conversation.service import Conversations
from connectors.errors import MessageEmpty, NotAnAnswer

_RATED = frozenset({Outcome.ANSWER.value, Outcome.PERSON_LOOKUP.value, Outcome.OOS.value})


class Opinions:
    """Keeps them. The citizen's last word counts."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations, self._database = conversations, conversations.database

    async def rate(self, key: Key, seq: int, helpful: bool) -> None:
        """Store whether the answer at `seq` helped.

        Raises:
            ConversationNotFound: `key` opens nothing.
            NotAnAnswer: the event is no answer of the bot.
        """
        async with self._database.write() as session:
            conversation = await self._conversations.owned(session, key, lock=True)
            answer = await repository.event(session, conversation.id, seq)
            if answer is None or not answer.decision or not _can_be_rated(answer.decision):
                raise NotAnAnswer
            await repository.store_feedback(session, answer, helpful, self._conversations.now())

    async def say(self, key: Key, survey: Survey) -> None:
        """Store what the citizen says of the whole conversation.

        Raises:
            ConversationNotFound: `key` opens nothing.
            MaskingFailed: the comment cannot be stored now.
        """
        if survey.comment is not None:
            survey = survey.model_copy(update={"comment": await self._visible(survey.comment)})
        async with self._database.write() as session:
            conversation = await self._conversations.owned(session, key, lock=True)
            now = self._conversations.now()
            await repository.store_survey(session, conversation.id, survey, now)

    async def _visible(self, comment: str) -> str | None:
        try:
            return await self._conversations.hearing.citizens(comment)
        except MessageEmpty:
            return None


def _can_be_rated(decision: Mapping[str, Any]) -> bool:
    return decision["outcome"] in _RATED
