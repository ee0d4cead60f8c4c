"""News for clients whose proxy blocks sockets: a request that waits for its answer."""

from time import monotonic

from connectors.conversation.model import Key, News
from connectors.conversation.service import Conversations
from connectors.conversation.wakeups import PLACES, conversation_topic

REREAD_SECONDS = 10.0  # heals a lost wake-up


async def wait_for_news(conversations: Conversations, key: Key, after: int, wait_s: float) -> News:
    """Return what is new after event `after`, as soon as there is something.

    Returns:
        No events if nothing has happened for `wait_s` seconds, or if only the
        status has changed (a better place in the queue).
    """
    deadline = monotonic() + wait_s
    topic = conversation_topic(key.conversation_id)
    with conversations.wakeups.subscribe(topic) as waiting:
        news = first = await conversations.news(key, after)
        if first.status.queue_place is not None:  # nobody else's status depends on places
            waiting.follow(PLACES)
        while not news.events and news.status == first.status:
            left_s = deadline - monotonic()
            if left_s <= 0 or conversations.wakeups.closed:
                break
            await waiting.wait(min(left_s, REREAD_SECONDS))
            news = await conversations.news(key, after)
    return news
