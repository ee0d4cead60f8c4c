"""The files that a browser fetches: widget, staff pages, full-page chat and the sample site."""

import json
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.look.model import Look
from bot.look.repository import LiveLook
from bot.settings import Settings
from connectors.conversation.rules import DeskRules, LiveRules
from connectors.widget.security import SHARED, file_headers, page_headers

_ROLLOUT = {"pages", "audiences", "chat"}


class Files(StaticFiles):
    """A folder of files with headers for each."""

    def __init__(self, directory: Path, *, page_policy: dict[str, str] | None = None) -> None:
        super().__init__(directory=directory, html=page_policy is not None, check_dir=False)
        self._page_policy = page_policy

    async def check_config(self) -> None:
        """A folder that is not there yet is empty: the browser code may be built later."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except (ValueError, OSError) as error:  # a name that no file can have
            raise HTTPException(404) from error
        if self._page_policy and response.headers.get("content-type", "").startswith("text/html"):
            response.headers.update(self._page_policy)
        else:
            response.headers.update(file_headers(path) | dict(SHARED))
        if response.status_code == 404:
            raise HTTPException(404)
        return response


def page_router(settings: Settings) -> APIRouter:
    """Return the routes of the pages and of the loader script."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def start() -> Response:
        return RedirectResponse("/demo/", 307)

    @router.get("/kommunbot.js")
    async def loader(request: Request) -> Response:
        headers = file_headers("kommunbot.js") | dict(SHARED)
        rules: LiveRules = request.app.state.rules
        look: LiveLook = request.app.state.look
        return _loader(settings.web_dir / "kommunbot.js", rules.get(), look.get(), headers)

    @router.get("/desk")
    async def desk() -> Response:
        return _file(settings.web_dir / "desk.html", page_headers("'none'"))

    @router.get("/redaktor")
    async def editor() -> Response:
        return _file(settings.web_dir / "redaktor.html", page_headers("'none'", inline_styles=True))

    @router.get("/handlingar")
    async def records() -> Response:
        return _file(settings.web_dir / "handlingar.html", page_headers("'none'"))

    @router.get("/chatt")
    async def chat() -> Response:
        return _file(settings.web_dir / "chatt.html", page_headers(embedding(settings)))

    return router


def embedding(settings: Settings) -> str:
    """Return who may show the citizens' pages inside their own, in CSP's words."""
    return " ".join(["'self'", *settings.allowed_origins])


def _loader(path: Path, rules: DeskRules, look: Look, headers: dict[str, str]) -> Response:
    """Return the script that a site embeds, with where the chat is in use and how it looks.

    So a page learns both without a request of its own before the citizen opens the chat.
    """
    if not path.is_file():
        raise HTTPException(404)
    rows = [row.model_dump(mode="json", include=_ROLLOUT) for row in rules.rollout]
    told = {"kommunbotRollout": rows, "kommunbotLook": look.model_dump(mode="json")}
    first = "".join(f"globalThis.{name}={json.dumps(what)};\n" for name, what in told.items())
    script = first + path.read_text(encoding="utf-8")
    return Response(script, media_type="text/javascript", headers=headers)


def _file(path: Path, headers: dict[str, str]) -> Response:
    if not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, headers=headers)
