"""The cookie that a login sets, and the header that a program sends instead."""

from dataclasses import dataclass

from fastapi import Response
from fastapi.security.utils import get_authorization_scheme_param
from starlette.requests import HTTPConnection

from connectors.accounts.service import LOGIN_HOURS


@dataclass(frozen=True)
class LoginCookie:
    """A cookie that is sent to the addresses below `path` only."""

    name: str
    path: str

    def set(self, response: Response, token: str, *, secure: bool) -> None:
        response.set_cookie(
            self.name,
            token,
            max_age=LOGIN_HOURS * 3600,
            path=self.path,
            httponly=True,
            samesite="strict",
            secure=secure,
        )

    def clear(self, response: Response) -> None:
        response.delete_cookie(self.name, path=self.path, httponly=True, samesite="strict")


def shown_token(connection: HTTPConnection, cookie: LoginCookie) -> str | None:
    """Return the token of the Authorization header, or of the cookie where there is no header.

    Never the cookie beside a header: a program that shows a wrong token must not act as
    whoever is logged in in the same browser.
    """
    header = connection.headers.get("authorization")
    if header is None:
        return connection.cookies.get(cookie.name)
    scheme, token = get_authorization_scheme_param(header)
    return token if scheme.lower() == "bearer" else None
