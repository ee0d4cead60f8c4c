"""Pure values of accounts."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What an account opens: the desk, the editor or the records."""

    AGENT = "agent"
    EDITOR = "editor"
    REGISTRAR = "registrar"


def token_role(role: Role) -> str:
    """Return what a program's token is stored under, to be told from a person's login."""
    return f"{role}.token"


@dataclass(frozen=True)
class Account:
    """Somebody who is logged in."""

    id: UUID
    username: str
    name: str
    role: str  # what the login opens, or `token_role` of it
    departments: tuple[str, ...] = ()
