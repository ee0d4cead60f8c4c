"""The files that a browser fetches: widget, desk, full-page chat and the sample site."""

from pathlib import Path

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.settings import Settings
from connectors.widget.security import SHARED, file_headers, page_headers


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
    embedding = " ".join(["'self'", *settings.allowed_origins])

    @router.get("/")
    async def start() -> Response:
        return RedirectResponse("/demo/", 307)

    @router.get("/kommunbot.js")
    async def loader() -> Response:
        headers = file_headers("kommunbot.js") | dict(SHARED)
        return _file(settings.web_dir / "kommunbot.js", headers)

    @router.get("/desk")
    async def desk() -> Response:
        return _file(settings.web_dir / "desk.html", page_headers("'none'"))

    @router.get("/chatt")
    async def chat() -> Response:
        return _file(settings.web_dir / "chatt.html", page_headers(embedding))

    return router


def _file(path: Path, headers: dict[str, str]) -> Response:
    if not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, headers=headers)
