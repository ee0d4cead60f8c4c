"""What the logins of the desk and of the editor have in common."""

from typing import Annotated

from fastapi import Depends, Request
from pydantic import Field
from starlette.requests import HTTPConnection

from connectors.accounts.service import Accounts
from connectors.auth.origins import origin_allowed
from connectors.errors import OriginNotAllowed
from connectors.http import Body


class Login(Body):
    username: str = Field(max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")
    password: str = Field(max_length=200)


def check_origin(request: Request) -> None:
    """Raises OriginNotAllowed if a page of another site is behind the request."""
    if not origin_allowed(request, request.app.state.settings.allowed_origins):
        raise OriginNotAllowed


def get_accounts(connection: HTTPConnection) -> Accounts:
    found: Accounts = connection.app.state.accounts
    return found


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


AccountsOf = Annotated[Accounts, Depends(get_accounts)]
