"""What holds for every request: one error shape, a limit, safe headers, and no crash."""

import re
from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import DBAPIError
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.texts import EASY, SWEDISH, Texts
from connectors.errors import (
    ApiError,
    BodyTooLarge,
    InternalError,
    InvalidRequest,
    MalformedBody,
    MethodNotAllowed,
    NotFound,
    OriginNotAllowed,
    Unavailable,
)
from connectors.logs import describe

log = structlog.get_logger()

_FOR_CITIZENS = tuple(f"/api/{what}" for what in ("conversations", "handover", "widget"))
MAX_BODY = 64 * 1024  # bytes; the longest message in JSON is far below

_BY_STATUS: dict[int, type[ApiError]] = {
    400: MalformedBody,
    404: NotFound,
    405: MethodNotAllowed,
    413: BodyTooLarge,
}


class Body(BaseModel):
    """A request's body; fields that it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def respond(error: ApiError, texts: Texts, scope: Scope) -> JSONResponse:
    """Return the response that `error` stands for, in the language that a citizen asks for."""
    headers = {"Cache-Control": "no-store", **error.headers}
    body = error.body(texts.spoken(language_of(scope)))
    return JSONResponse(body, error.status, headers)


def language_of(scope: Scope) -> str:
    """Return the language of the texts in a response: the first of `Accept-Language`.

    Agents and editors read Swedish, whatever language their browsers are set to.
    """
    if not scope["path"].startswith(_FOR_CITIZENS):
        return SWEDISH
    wanted = Headers(scope=scope).get("accept-language", "")
    tag = re.split(r"[,;]", wanted, maxsplit=1)[0].strip().lower()
    return tag if tag == EASY else tag.partition("-")[0]


def handle_errors(app: FastAPI) -> None:
    """Give every error of `app` the one shape. `app.state.texts` has the words."""

    @app.exception_handler(ApiError)
    async def known(request: Request, error: ApiError) -> Response:
        return respond(error, request.app.state.texts, request.scope)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return respond(_explain(error.errors()), request.app.state.texts, request.scope)

    @app.exception_handler(AnyHTTPException)
    async def general(request: Request, error: AnyHTTPException) -> Response:
        kind = _BY_STATUS.get(error.status_code, InternalError)
        told = kind(headers=dict(error.headers or {}))
        return respond(told, request.app.state.texts, request.scope)


def _explain(faults: Any) -> ApiError:
    """Name the fields that are wrong, but never what stood in them."""
    if any(fault["type"] == "json_invalid" for fault in faults):
        return MalformedBody()
    fields = {".".join(str(part) for part in fault["loc"][1:]) or "body" for fault in faults}
    return InvalidRequest(fields=sorted(field[:100] for field in fields))


class Guard:
    """Outermost: limits what is read, adds headers, and turns a crash into an answer."""

    def __init__(self, app: ASGIApp, texts: Texts, headers: dict[str, str]) -> None:
        self._app, self._texts, self._headers = app, texts, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, receive, send, self._headers)
        try:
            await self._app(scope, exchange.receive, exchange.send)
        except Exception as error:
            await exchange.answer(respond(_mend(error, scope), self._texts, scope))


def _mend(error: Exception, scope: Scope) -> ApiError:
    if isinstance(error, HTTPException):
        return _BY_STATUS.get(error.status_code, InternalError)()
    log.error("request_failed", method=scope["method"], route=_route(scope), **describe(error))
    return Unavailable() if isinstance(error, DBAPIError | OSError) else InternalError()


def _route(scope: Scope) -> str:
    """Return the route's pattern: an address itself can carry what somebody wrote."""
    return str(getattr(scope.get("route"), "path", ""))


class _Exchange:
    """One request and its response."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, headers: dict[str, str]) -> None:
        self._scope, self._receive, self._send, self._headers = scope, receive, send, headers
        self._left = MAX_BODY
        self._started = False

    async def receive(self) -> Message:
        """Pass on what the client sends, up to the limit.

        Raises:
            HTTPException: it sends, or says that it will send, more.
        """
        announced = Headers(scope=self._scope).get("content-length", "0")
        if announced.isdigit() and int(announced) > MAX_BODY:
            raise HTTPException(BodyTooLarge.status)
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(BodyTooLarge.status)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._started = True
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
            if self._scope["path"].startswith("/api/"):
                headers.setdefault("Cache-Control", "no-store")
        await self._send(message)

    async def answer(self, response: Response) -> None:
        """Send `response`, if it is not too late to say anything else."""
        if not self._started:
            await response(self._scope, self.receive, self.send)


class Cors(CORSMiddleware):
    """CORS whose refusals have the one error shape."""

    def __init__(self, app: ASGIApp, texts: Texts, allow_origins: Sequence[str]) -> None:
        super().__init__(
            app,
            allow_origins=allow_origins,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type"],
            max_age=600,
        )
        self._texts = texts

    def preflight_response(self, request_headers: Headers) -> Response:
        response = super().preflight_response(request_headers)
        if response.status_code < 400:
            return response
        return JSONResponse(OriginNotAllowed().body(self._texts), OriginNotAllowed.status)
