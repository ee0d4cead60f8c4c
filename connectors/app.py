"""The gateway, put together. `python -m connectors.app` starts it."""

import asyncio
import errno
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from types import FrameType
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI
from fastapi.routing import APIRoute

from bot.errors import KommunbotError
from bot.settings import Settings, get_settings
from bot.texts import Texts
from connectors import logs
from connectors.conversation import endpoints as conversation
from connectors.conversation.replies import Replies
from connectors.conversation.service import Conversations
from connectors.conversation.thinking import Thinker, Thinking
from connectors.conversation.wakeups import Hub
from connectors.desk import endpoints as desk
from connectors.desk.accounts import Accounts, ensure_demo_agents
from connectors.desk.service import Desk
from connectors.http import Cors, Guard, handle_errors
from connectors.queue.repository import place
from connectors.rasa.client import RasaClient
from connectors.storage.database import Database
from connectors.widget import endpoints as widget
from connectors.widget.files import Files, page_router
from connectors.widget.health import HealthCheck
from connectors.widget.security import EVERYWHERE, page_headers

log = structlog.get_logger()

# Rasa's dialogue state and the search belong to the reply of another gateway for so long.
OTHERS_REPLY_SECONDS = 6.0
SHUTDOWN_SECONDS = 5

DESCRIPTION = (
    "Conversations between citizens, the assistant and agents. Every error has the shape of "
    "`ErrorBody`. Writes carry an id made by the client, so a repeat is harmless. News come over "
    "the sockets `/api/conversations/{id}/socket` and `/api/desk/socket`, or by asking for events."
)


def create_app(settings: Settings, *, thinker: Thinker | None = None) -> FastAPI:
    """Put the gateway together.

    Args:
        thinker: what answers when Rasa does not; the search, if none is given.

    Raises:
        KommunbotError: texts, staff, rules or the encoder cannot be loaded.
    """
    texts = Texts.load(settings.data_dir)
    app = FastAPI(
        title="Kommunbot",
        version="0.1.0",
        description=DESCRIPTION,
        lifespan=_lifespan(settings, thinker or open_assistant(settings), texts),
        generate_unique_id_function=_operation_id,
        openapi_url="/api/openapi.json",
        docs_url=None,  # its page loads scripts from other hosts
        redoc_url=None,
    )
    app.state.settings, app.state.texts = settings, texts
    handle_errors(app)
    _add_middleware(app, settings, texts)
    for router in (conversation.router, desk.router, desk.sockets, widget.router):
        app.include_router(router)
    _add_files(app, settings)
    return app


def open_assistant(settings: Settings) -> Thinker:
    """Load the search.

    Raises:
        KommunbotError: texts, staff, rules or the encoder cannot be loaded.
    """
    # Its libraries take seconds to load: only once the port is ours, and never without need.
    from bot.answering.assistant import Assistant  # noqa: PLC0415  # takes seconds to load

    return Assistant.open(settings)


def build() -> FastAPI:
    """Return the gateway as the settings say: uvicorn's factory."""
    logs.configure()
    return create_app(get_settings())


def _lifespan(
    settings: Settings, thinker: Thinker, texts: Texts
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = Database(settings.database_url)
        await database.migrate()
        await ensure_demo_agents(database, settings.var_dir)
        rasa = RasaClient(settings.rasa_url, settings.rasa_timeout_s)
        hub = Hub()
        conversations = Conversations(database, texts, hub, place)
        thinking = Thinking(thinker, rasa, texts, conversations.decisions)
        grace_s = 0.0 if database.is_sqlite else settings.rasa_timeout_s + OTHERS_REPLY_SECONDS
        replies = Replies(conversations, thinking, grace_s=grace_s)
        health = HealthCheck(database, thinker, rasa, f"http://127.0.0.1:{settings.actions_port}")
        app.state.hub, app.state.conversations, app.state.replies = hub, conversations, replies
        app.state.desk, app.state.accounts = Desk(conversations), Accounts(database)
        app.state.health = health
        sweeping = asyncio.create_task(replies.run())
        try:
            yield
        finally:
            hub.close()
            sweeping.cancel()
            with suppress(asyncio.CancelledError):
                await sweeping
            await replies.close()
            thinking.close()
            await health.close()
            await rasa.close()
            await database.close()

    return lifespan


def _add_middleware(app: FastAPI, settings: Settings, texts: Texts) -> None:
    """Add what every request passes; the last one added is the outermost."""
    app.add_middleware(Cors, texts=texts, allow_origins=settings.allowed_origins)
    app.add_middleware(Guard, texts=texts, headers=dict(EVERYWHERE))


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


def serve(settings: Settings, *, thinker: Thinker | None = None) -> None:
    """Serve until a signal comes.

    Raises:
        KommunbotError: the port or what the bot needs cannot be used.
    """
    listening = _listen(settings)
    app = create_app(settings, thinker=thinker)
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
