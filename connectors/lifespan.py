"""What runs as long as the gateway does: opened in the order of need, closed the other way."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from typing import Any, Protocol

from fastapi import FastAPI

from bot.accessibility.repository import LiveStatement
from bot.masking.masker import Masker
from bot.settings import Settings
from bot.texts import Texts
from connectors.accounts.service import Accounts, ensure_demo_accounts
from connectors.audit.anchor import Anchor
from connectors.conversation.hearing import Hearing
from connectors.conversation.listening import PostgresHub
from connectors.conversation.moving import Mover
from connectors.conversation.opinions import Opinions
from connectors.conversation.owed import Owed
from connectors.conversation.replies import Replies
from connectors.conversation.rereading import Rereading
from connectors.conversation.rules import LiveRules
from connectors.conversation.service import Conversations
from connectors.conversation.thinking import Thinking
from connectors.conversation.wakeups import Hub
from connectors.desk.closing import Closings
from connectors.desk.facts import Facts
from connectors.desk.noting import Noting
from connectors.desk.prepared import PreparedReplies
from connectors.desk.proposing import Proposing
from connectors.desk.service import Desk
from connectors.desk.suggesting import Suggestions
from connectors.desk.transferring import Transferring
from connectors.editor.opening import open_editor
from connectors.editor.watching import Watcher
from connectors.errands.service import Errands
from connectors.mind import Mind
from connectors.now import utc_now
from connectors.outside.opening import Outside
from connectors.outside.worker import Sender
from connectors.queue.clock import Clock
from connectors.queue.hours import DeskHours
from connectors.queue.presence import Presences
from connectors.queue.reception import Reception
from connectors.rasa.client import RasaClient
from connectors.records.opening import open_records
from connectors.retention.citizen import OwnDeletion
from connectors.retention.service import Retention
from connectors.retention.tracker import open_tracker
from connectors.storage.database import Database
from connectors.widget.about.service import AboutService, Running
from connectors.widget.files import embedding
from connectors.widget.health import HealthCheck
from connectors.widget.plain.pages import Templates
from connectors.widget.plain.service import Plain

# Rasa's dialogue state and the search belong to the reply of another gateway for so long.
OTHERS_REPLY_SECONDS = 6.0


class Loop(Protocol):
    """Something that goes on until it is cancelled."""

    def run(self) -> Coroutine[Any, Any, None]: ...


def lifespan_of(
    settings: Settings, mind: Mind, texts: Texts, outside: Outside
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Return what FastAPI opens before the first request and closes after the last.

    Raises:
        KommunbotError: what masks cannot be loaded: nothing would be stored without it.
    """
    masker = Masker.load(settings.data_dir)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            app.state.masker = masker
            conversations, loops = await _open_talk(app, stack, mind, texts, outside)
            loops += _open_keeping(app, stack, conversations)
            loops += _open_editors(app, mind, conversations.database)
            loops.append(Sender(conversations.database, outside.connections))
            running = [asyncio.create_task(one.run()) for one in loops]
            stack.push_async_callback(_end, running)
            stack.push_async_callback(app.state.hub.stop)
            stack.callback(app.state.hub.close)  # first: whoever waits is told to go
            yield

    return lifespan


async def _open_talk(
    app: FastAPI, stack: AsyncExitStack, mind: Mind, texts: Texts, outside: Outside
) -> tuple[Conversations, list[Loop]]:
    """Open what citizens and agents use; returns what goes on by itself."""
    settings: Settings = app.state.settings
    database = await _open_database(settings, stack)
    rasa = RasaClient(settings.rasa_urls, settings.rasa_timeout_s)
    stack.push_async_callback(rasa.close)
    hub = app.state.hub = Hub() if database.is_sqlite else PostgresHub(database)
    await hub.start()
    _open_health(app, stack, database, mind, rasa)
    hearing = Hearing(app.state.masker, mind.thinker.danger, texts)
    stack.callback(hearing.close)
    reception = _reception(settings, app.state.rules, texts)
    mover = Mover(texts, app.state.rules, tell=outside.tell_event)
    conversations = Conversations(database, hub, mover, reception, hearing)
    app.state.conversations, app.state.accounts = conversations, Accounts(database)
    app.state.opinions, app.state.danger = Opinions(conversations), mind.thinker.danger
    owed = Owed(conversations)
    thinking = Thinking(mind.thinker, rasa, texts, owed.decisions, owed.lookups)
    stack.callback(thinking.close)
    app.state.suggestions = suggestions = Suggestions(mind.thinker)
    stack.callback(suggestions.close)
    grace_s = 0.0 if database.is_sqlite else settings.rasa_timeout_s + OTHERS_REPLY_SECONDS
    app.state.replies = replies = Replies(owed, thinking, hub, grace_s=grace_s)
    stack.push_async_callback(replies.close)
    clock = _open_desk(app, conversations, reception, outside)
    _open_pages(app, conversations, thinking, mind, outside)
    return conversations, [replies, clock, Rereading(database, hub, settings.reread_s)]


async def _open_database(settings: Settings, stack: AsyncExitStack) -> Database:
    database = Database(settings.database_url)
    stack.push_async_callback(database.close)
    await database.migrate()
    await ensure_demo_accounts(database, settings.var_dir)
    return database


def _open_health(
    app: FastAPI, stack: AsyncExitStack, database: Database, mind: Mind, rasa: RasaClient
) -> None:
    actions = f"http://127.0.0.1:{app.state.settings.actions_port}"
    app.state.health = HealthCheck(database, app.state.hub, mind.thinker, rasa, actions)
    stack.push_async_callback(app.state.health.close)


def _open_keeping(app: FastAPI, stack: AsyncExitStack, conversations: Conversations) -> list[Loop]:
    """Open what keeps, hands out and deletes, and what says who did it."""
    settings, database = app.state.settings, conversations.database
    anchor, tracker = Anchor(database), open_tracker(settings, database)
    stack.push_async_callback(anchor.tell)
    app.state.own_deletion = OwnDeletion(conversations, tracker, settings.data_dir)
    open_records(app.state, database)
    return [anchor, Retention(database, tracker, settings.data_dir)]


def _open_editors(app: FastAPI, mind: Mind, database: Database) -> list[Loop]:
    """Open the editors' part; where nothing can be published, nothing is watched."""
    publisher = open_editor(app.state, database, mind.build, mind.previewer, mind.asking)
    return [Watcher(publisher, app.state.settings.data_dir)] if publisher else []


def _open_desk(
    app: FastAPI, conversations: Conversations, reception: Reception, outside: Outside
) -> Clock:
    """Put together what agents use, and return what happens by itself."""
    settings, texts, database = app.state.settings, app.state.texts, conversations.database
    errands = Errands(conversations, reception, settings.reference_prefix, outside.tell_errand)
    presences = Presences(
        database, app.state.rules, conversations.wakeups, utc_now, tell=outside.tell_presence
    )
    clock = Clock(conversations, reception, errands)
    app.state.errands, app.state.clock, app.state.outbox = errands, clock, outside.outbox
    app.state.desk = Desk(conversations, presences, errands)
    app.state.noting = Noting(conversations, tell_asked=outside.tell_question)
    app.state.transferring = Transferring(conversations, app.state.noting)
    app.state.closings = Closings(conversations, errands)
    app.state.prepared = PreparedReplies(database, settings.data_dir)
    app.state.facts = Facts(settings.data_dir, texts)
    app.state.proposing = Proposing(conversations)
    return clock


def _open_pages(
    app: FastAPI, conversations: Conversations, thinking: Thinking, mind: Mind, outside: Outside
) -> None:
    """Put together the pages that work without JavaScript."""
    settings, texts = app.state.settings, app.state.texts
    templates = Templates(texts, settings.web_dir, embedding(settings))
    app.state.plain = Plain(
        templates,
        texts,
        thinking,
        conversations,
        app.state.errands,
        app.state.notices,
        LiveStatement(settings.data_dir),
    )
    running = Running(app.version, mind.thinker, [one.target for one in outside.connections])
    app.state.about = AboutService(settings, texts, templates, running)


def _reception(settings: Settings, rules: LiveRules, texts: Texts) -> Reception:
    now = rules.get()
    audiences = {str(audience): place for audience, place in now.hours.items()}
    hours = DeskHours(settings.data_dir, audiences, [now.promised_within])
    always_open = settings.desk_always_open
    return Reception(rules, hours, texts, utc_now, always_open=always_open)


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
