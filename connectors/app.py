"""The gateway, put together. `python -m connectors.app` starts it."""

import asyncio
import errno
import gc
import resource
import socket
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI
from fastapi.routing import APIRoute

from bot.accessibility.repository import LiveStatement
from bot.errors import KommunbotError
from bot.gaps.asking import Asking
from bot.look.repository import LiveLook
from bot.notices.repository import LiveNotices
from bot.settings import Settings, get_settings
from bot.texts import Texts
from connectors import logs
from connectors.accounts.service import Accounts, ensure_demo_accounts
from connectors.conversation import endpoints as conversation
from connectors.conversation.listening import PostgresHub
from connectors.conversation.moving import Mover
from connectors.conversation.opinions import Opinions
from connectors.conversation.owed import Owed
from connectors.conversation.replies import Replies
from connectors.conversation.rereading import Rereading
from connectors.conversation.rules import LiveRules
from connectors.conversation.service import Conversations
from connectors.conversation.socket import SocketDoor
from connectors.conversation.thinking import Thinker, Thinking
from connectors.conversation.wakeups import Hub
from connectors.desk import aids_endpoints as aids
from connectors.desk import colleagues_endpoints as colleagues
from connectors.desk import endpoints as desk
from connectors.desk import errands_endpoints as desk_errands
from connectors.desk.closing import Closings
from connectors.desk.facts import Facts
from connectors.desk.noting import Noting
from connectors.desk.prepared import PreparedReplies
from connectors.desk.proposing import Proposing
from connectors.desk.service import Desk
from connectors.desk.suggesting import Suggestions
from connectors.desk.transferring import Transferring
from connectors.editor import endpoints as editor
from connectors.editor import lists_endpoints as lists
from connectors.editor import look_endpoints as look
from connectors.editor.model import Previewer
from connectors.editor.opening import open_editor
from connectors.editor.publishing import Builder
from connectors.editor.watching import Watcher
from connectors.errands import endpoints as errands_of_citizens
from connectors.errands.service import Errands
from connectors.http import Cors, Guard, handle_errors
from connectors.now import utc_now
from connectors.outside.opening import Outside, open_outside
from connectors.outside.worker import Sender
from connectors.queue.clock import Clock
from connectors.queue.hours import DeskHours
from connectors.queue.presence import Presences
from connectors.queue.reception import Reception
from connectors.rasa.client import RasaClient
from connectors.storage.database import Database
from connectors.widget import endpoints as widget
from connectors.widget.files import Files, embedding, page_router
from connectors.widget.health import HealthCheck
from connectors.widget.plain import endpoints as plain
from connectors.widget.plain.pages import Templates
from connectors.widget.plain.service import Plain
from connectors.widget.security import EVERYWHERE, page_headers

log = structlog.get_logger()

# Rasa's dialogue state and the search belong to the reply of another gateway for so long.
OTHERS_REPLY_SECONDS = 6.0
SHUTDOWN_SECONDS = 5
# The objects of ten thousand sockets take a second to look through, and everybody waits.
RARE_COLLECTIONS = (10_000, 50, 200)

DESCRIPTION = (
    "Conversations between citizens, the assistant and agents. Every error has the shape of "
    "`ErrorBody`. Writes carry an id made by the client, so a repeat is harmless. News come over "
    "the sockets `/api/conversations/{id}/socket` and `/api/desk/socket`, or by asking for events."
)


@dataclass(frozen=True)
class Mind:
    """What of `bot` the gateway keeps loaded.

    `thinker` answers when Rasa does not. Without `build` nothing can be published, without
    `previewer` nothing is told of what an edit changes, without `asking` nothing of what is
    asked for in vain.
    """

    thinker: Thinker
    build: Builder | None = None
    previewer: Previewer | None = None
    asking: Asking | None = None


def create_app(settings: Settings, *, mind: Mind | None = None) -> FastAPI:
    """Put the gateway together.

    Args:
        mind: what thinks in it; the search, if none is given.

    Raises:
        KommunbotError: texts, staff, rules, connections or the encoder cannot be loaded.
    """
    texts = Texts.load(settings.data_dir)
    outside = open_outside(settings.data_dir, texts)
    app = FastAPI(
        title="Kommunbot",
        version="0.1.0",
        description=DESCRIPTION,
        lifespan=_lifespan(settings, mind or open_mind(settings), texts, outside),
        generate_unique_id_function=_operation_id,
        openapi_url="/api/openapi.json",
        docs_url=None,  # its page loads scripts from other hosts
        redoc_url=None,
    )
    app.state.settings, app.state.texts = settings, texts
    app.state.rules = LiveRules(settings.data_dir)
    app.state.notices = LiveNotices(settings.data_dir, settings.site_url)
    app.state.look = LiveLook(settings.data_dir)
    handle_errors(app)
    _add_middleware(app, settings, texts)
    for router in (
        conversation.router,
        errands_of_citizens.router,
        desk.router,
        colleagues.router,
        aids.router,
        desk.sockets,
        desk_errands.router,
        editor.router,
        lists.router,
        look.router,
        widget.router,
        plain.router,
    ):
        app.include_router(router)
    _add_files(app, settings)
    return app


def open_mind(settings: Settings) -> Mind:
    """Load the search, once for answers, publishing and previews.

    Raises:
        KommunbotError: texts, staff, rules or the encoder cannot be loaded.
    """
    # Their libraries take seconds to load: only once the port is ours, and never without need.
    from bot.answering.assistant import Assistant  # noqa: PLC0415  # takes seconds to load
    from bot.encoders import create_encoder  # noqa: PLC0415  # takes seconds to load
    from bot.gaps.assistant_asking import AssistantAsking  # noqa: PLC0415  # takes seconds to load
    from bot.preview.service import Previewer  # noqa: PLC0415  # takes seconds to load
    from bot.retrieval.building import IndexBuilder  # noqa: PLC0415  # takes seconds to load
    from bot.retrieval.live import LiveSearch  # noqa: PLC0415  # takes seconds to load

    encoder = create_encoder(settings.encoder)
    live = LiveSearch(settings.index_dir, encoder)
    assistant = Assistant.open(settings, encoder, live)
    return Mind(
        thinker=assistant,
        build=IndexBuilder.of(settings, encoder, live),
        previewer=Previewer(assistant, settings.data_dir, settings.site_url),
        asking=AssistantAsking(assistant),
    )


def build() -> FastAPI:
    """Return the gateway as the settings say: uvicorn's factory."""
    logs.configure()
    return create_app(get_settings())


def _lifespan(
    settings: Settings, mind: Mind, texts: Texts, outside: Outside
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = Database(settings.database_url)
        await database.migrate()
        await ensure_demo_accounts(database, settings.var_dir)
        rasa = RasaClient(settings.rasa_urls, settings.rasa_timeout_s)
        hub = Hub() if database.is_sqlite else PostgresHub(database)
        await hub.start()
        rules: LiveRules = app.state.rules
        mover = Mover(texts, rules, tell=outside.tell_event)
        reception = _reception(settings, rules, texts)
        conversations = Conversations(database, hub, mover, reception, alarm=mind.thinker.danger)
        owed = Owed(conversations)
        thinking = Thinking(mind.thinker, rasa, texts, owed.decisions, owed.lookups)
        grace_s = 0.0 if database.is_sqlite else settings.rasa_timeout_s + OTHERS_REPLY_SECONDS
        replies = Replies(owed, thinking, hub, grace_s=grace_s)
        health = HealthCheck(
            database, hub, mind.thinker, rasa, f"http://127.0.0.1:{settings.actions_port}"
        )
        app.state.hub, app.state.conversations, app.state.replies = hub, conversations, replies
        app.state.accounts, app.state.health = Accounts(database), health
        app.state.opinions = Opinions(conversations)
        clock = _open_desk(app, conversations, reception, outside)
        app.state.plain = _plain(app, conversations, thinking)
        app.state.suggestions = suggestions = Suggestions(mind.thinker)
        publisher = open_editor(app.state, database, mind.build, mind.previewer, mind.asking)
        sender = Sender(database, outside.connections)
        rereading = Rereading(database, hub, settings.reread_s)
        running = [asyncio.create_task(one.run()) for one in (replies, clock, sender, rereading)]
        if publisher:
            watcher = Watcher(publisher, settings.data_dir)
            running.append(asyncio.create_task(watcher.run()))
        try:
            yield
        finally:
            hub.close()
            await hub.stop()
            await _end(running)
            await replies.close()
            thinking.close()
            suggestions.close()
            await health.close()
            await rasa.close()
            await database.close()

    return lifespan


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


def _plain(app: FastAPI, conversations: Conversations, thinking: Thinking) -> Plain:
    settings, texts = app.state.settings, app.state.texts
    templates = Templates(texts, settings.web_dir, embedding(settings))
    return Plain(
        templates,
        texts,
        thinking,
        conversations,
        app.state.errands,
        app.state.notices,
        LiveStatement(settings.data_dir),
    )


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


def _add_middleware(app: FastAPI, settings: Settings, texts: Texts) -> None:
    """Add what every request passes; the last one added is the outermost."""
    app.add_middleware(Cors, texts=texts, allow_origins=settings.allowed_origins)
    app.add_middleware(Guard, texts=texts, headers=dict(EVERYWHERE))
    app.add_middleware(SocketDoor, open_socket=conversation.open_socket)


def _add_files(app: FastAPI, settings: Settings) -> None:
    app.include_router(page_router(settings))
    app.mount("/assets", Files(settings.web_dir / "assets"))
    app.mount("/demo", Files(settings.data_dir / "site", page_policy=page_headers("'self'")))


def _operation_id(route: APIRoute) -> str:
    return "_".join([*map(str, route.tags), route.name])


class GatewayServer(uvicorn.Server):
    """Uvicorn that tells waiting requests to end before it waits for them."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._gateway = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        hub: Hub | None = getattr(self._gateway.state, "hub", None)
        if hub is not None:
            hub.close()
        super().handle_exit(sig, frame)


def _listen(settings: Settings) -> socket.socket:
    """Take the port before anything slow is loaded.

    Raises:
        KommunbotError: another program has it, or it may not be used.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        why = {
            errno.EADDRINUSE: "is used by another program",
            errno.EACCES: "may only be used by root",
        }.get(error.errno or 0, f"cannot be used ({error.strerror})")
        raise KommunbotError(
            f"{where} {why}. Stop that program, or set KOMMUNBOT_PORT to a free port."
        ) from error


def _allow_files() -> None:
    """Open as many sockets as the system lets us: many set 1024 where far more are allowed."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def serve(settings: Settings, *, mind: Mind | None = None) -> None:
    """Serve until a signal comes.

    Raises:
        KommunbotError: the port or what the bot needs cannot be used.
    """
    listening = _listen(settings)
    _allow_files()
    app = create_app(settings, mind=mind)
    gc.set_threshold(*RARE_COLLECTIONS)
    config: dict[str, Any] = {
        "log_config": None,
        "access_log": False,  # an address with its query is nobody's business
        "server_header": False,
        "ws_max_size": 64 * 1024,
        "ws_per_message_deflate": False,  # 300 KiB a connection, for frames of some hundred bytes
        "timeout_graceful_shutdown": SHUTDOWN_SECONDS,
    }
    server = GatewayServer(uvicorn.Config(app, **config), app)
    log.info("gateway_started", host=settings.host, port=settings.port)
    server.run(sockets=[listening])


def main() -> None:
    """Start the gateway; a wrong setting is said plainly, without a traceback."""
    logs.configure()
    try:
        serve(get_settings())
    except KommunbotError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
