"""What the logins of the desk, of the editor and of the registrar have in common."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import Field
from starlette.requests import HTTPConnection

from connectors.accounts.cookies import LoginCookie
from connectors.accounts.model import Account, Role
from connectors.accounts.service import Accounts
from connectors.auth.origins import origin_allowed
from connectors.errors import OriginNotAllowed
from connectors.http import Body


class Login(Body):
    username: str = Field(max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")
    password: str = Field(max_length=200)


def check_origin(request: Request) -> None:
    """Raises OriginNotAllowed if a page of another site is behind the request.

    Sites that may show the chat are others too: staff's pages come from the gateway alone.
    """
    if not origin_allowed(request, ()):
        raise OriginNotAllowed


def get_accounts(connection: HTTPConnection) -> Accounts:
    found: Accounts = connection.app.state.accounts
    return found


AccountsOf = Annotated[Accounts, Depends(get_accounts)]


@dataclass(frozen=True)
class Door:
    """Where staff come in and go out: the same for agents, editors and registrars."""

    request: Request
    response: Response
    accounts: Accounts

    async def enter(self, body: Login, cookie: LoginCookie, role: Role) -> Account:
        """Log in where only `role` may be, and set its cookie.

        Raises:
            LoginFailed, LoginLimited: see `Accounts.login`.
        """
        address = self.request.client.host if self.request.client else ""
        token, account = await self.accounts.login(body.username, body.password, address, role)
        secure = self.request.app.state.settings.secure_cookies
        cookie.set(self.response, token, secure=secure)
        return account

    async def leave(self, token: str | None, cookie: LoginCookie) -> None:
        """Log out: the token is worth nothing any longer, and the cookie goes."""
        if token:
            await self.accounts.logout(token)
        cookie.clear(self.response)


def get_door(request: Request, response: Response, accounts: AccountsOf) -> Door:
    return Door(request, response, accounts)


DoorOf = Annotated[Door, Depends(get_door)]
