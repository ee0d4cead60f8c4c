"""Who may use the records. Who acts comes from the login only, never from what is sent."""

from typing import Annotated, Any

from fastapi import Depends
from fastapi.security import APIKeyCookie

from connectors.accounts.cookies import LoginCookie
from connectors.accounts.endpoints import AccountsOf
from connectors.accounts.model import Account, Role
from connectors.errors import ApiError, NotLoggedIn, OriginNotAllowed, documented

PATH = "/api/records"
COOKIE = LoginCookie("kommunbot_records", PATH)
cookie = APIKeyCookie(name=COOKIE.name, auto_error=False, description="set by login")
Token = Annotated[str | None, Depends(cookie)]


async def get_account(token: Token, accounts: AccountsOf) -> Account:
    """Raises NotLoggedIn."""
    return await accounts.whose(token, Role.REGISTRAR)


Registrar = Annotated[Account, Depends(get_account)]


def errors_of(*more: type[ApiError]) -> dict[int | str, dict[str, Any]]:
    """Return OpenAPI's `responses` of an address that only a registrar may use."""
    return documented(NotLoggedIn, OriginNotAllowed, *more)
