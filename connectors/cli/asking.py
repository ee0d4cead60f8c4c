"""One question from the command line."""

from typing import Any

from bot.answering.assistant import Assistant
from bot.errors import SearchIndexError
from bot.retrieval.store import require_fresh
from bot.settings import Settings
from connectors.cli.client import gateway, start_talk


def offline(question: str, settings: Settings) -> dict[str, Any]:
    """Search in this process.

    Raises:
        SearchIndexError: the index is missing, damaged, stale or made with another encoder.
    """
    require_fresh(settings.index_dir, settings.data_dir, settings.site_url, settings.crawl_file)
    assistant = Assistant.open(settings)
    if assistant.problem:
        raise SearchIndexError(assistant.problem)
    return assistant.reply(question).model_dump(mode="json")


async def online(question: str, url: str) -> dict[str, Any]:
    """Ask the running system in a conversation of its own.

    Raises:
        NotAnswering: it cannot be reached, or does not reply.
    """
    async with gateway(url) as http:
        talk = await start_talk(http)
        reply, spent = await talk.say(question)
    decision = {**(reply["decision"] or {}), "text": reply["text"]}
    return {**decision, "timings": {"total_ms": round(spent, 1)}}
