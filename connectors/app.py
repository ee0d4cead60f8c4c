"""The gateway, put together. `python -m connectors.app` starts it."""

import errno
import gc
import resource
import socket
import sys
from types import FrameType
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI
from fastapi.routing import APIRoute

from bot.errors import KommunbotError
from bot.look.repository import LiveLook
from bot.notices.repository import LiveNotices
from bot.settings import Settings, get_settings
from bot.texts import Texts
from connectors import logs
from connectors.conversation import endpoints as conversation
from connectors.conversation.rules import LiveRules
from connectors.conversation.socket import SocketDoor
from connectors.conversation.wakeups import Hub
from connectors.desk import aids_endpoints as aids
from connectors.desk import colleagues_endpoints as colleagues
from connectors.desk import endpoints as desk
from connectors.desk import errands_endpoints as desk_errands
from connectors.editor import endpoints as editor
from connectors.editor import lists_endpoints as lists
from connectors.editor import look_endpoints as look
from connectors.editor import safety_endpoints as safety
from connectors.errands import endpoints as errands_of_citizens
from connectors.http import Cors, Guard, handle_errors
from connectors.lifespan import lifespan_of
from connectors.mind import Mind, open_mind
from connectors.outside.opening import open_outside
from connectors.records import endpoints as records
from connectors.records import keeping_endpoints as keeping
from connectors.retention import endpoints as retention
from connectors.widget import endpoints as widget
from connectors.widget.about import endpoints as about
from connectors.widget.files import Files, page_router
from connectors.widget.plain import endpoints as plain
from connectors.widget.security import EVERYWHERE, page_headers

log = structlog.get_logger()

SHUTDOWN_SECONDS = 5
# The objects of ten thousand sockets take a second to look through, and everybody waits.
RARE_COLLECTIONS = (10_000, 50, 200)

DESCRIPTION = (
    "Conversations between citizens, the assistant and agents. Every error has the shape of "
    "`ErrorBody`. Writes carry an id made by the client, so a repeat is harmless. News come over "
    "the sockets `/api/conversations/{id}/socket` and `/api/desk/socket`, or by asking for events."
)


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
        lifespan=lifespan_of(settings, mind or open_mind(settings), texts, outside),
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
        retention.router,
        desk.router,
        colleagues.router,
        aids.router,
        desk.sockets,
        desk_errands.router,
        editor.router,
        lists.router,
        look.router,
        records.router,
        keeping.router,
        safety.router,
        widget.router,
        plain.router,
        about.router,
        about.pages,
    ):
        app.include_router(router)
    _add_files(app, settings)
    return app


def build() -> FastAPI:
    """Return the gateway as the settings say: uvicorn's factory."""
    logs.configure()
    return create_app(get_settings())


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
