"""What may stand in `data/kopplingar.yml`. The names on the left are the code's."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator

from bot.faq.model import Line, Slug
from bot.yaml_faults import fault, whole
from connectors.outside.model import EventType, Told

_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")


def _web_address(written: str) -> str:
    """Accept http as well: the receiver may lie on the municipality's own network."""
    parts = urlsplit(written)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise fault("ska vara en hel adress som börjar med https://, utan användarnamn")
    return written


def _mailbox(written: str) -> str:
    if not _MAILBOX.fullmatch(written):
        raise fault("ska vara en e-postadress, till exempel bygglov@kommunen.se")
    return written


def _variable(written: str) -> str:
    if not _VARIABLE.fullmatch(written):
        raise fault(
            "ska vara namnet på en miljövariabel, till exempel KOPPLING_ARENDEN."
            " Skriv aldrig själva hemligheten i filen"
        )
    return written


def _network(written: Any) -> IPv4Network | IPv6Network:
    try:
        return ip_network(str(written))
    except ValueError as error:
        raise fault("ska vara nät, till exempel [10.20.0.0/16]") from error


WebAddress = Annotated[Line, AfterValidator(_web_address)]
Mailbox = Annotated[Line, AfterValidator(_mailbox)]
Variable = Annotated[Line, AfterValidator(_variable)]
Network = Annotated[IPv4Network | IPv6Network, PlainValidator(_network)]


class Retries(BaseModel):
    """How often a delivery is tried, and how long it rests in between."""

    model_config = ConfigDict(frozen=True)

    tries: int = 20
    first_s: int = 5
    longest_s: int = 3600

    def wait_s(self, tries: int, chance: float) -> float:
        """Return the seconds to rest after `tries` tries: doubled each time, up to the longest.

        Args:
            chance: from 0 to 1. It takes away up to half, so that what failed together does
                not come back together.
        """
        doubled = self.first_s * 2.0 ** min(tries - 1, 32)
        return min(doubled, self.longest_s) * (1 - chance / 2)


class _Target(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: Annotated[Slug, Field(max_length=64)]
    on: bool = Field(True, alias="aktiv")
    events: tuple[EventType, ...] = Field(alias="handelser", min_length=1)
    department: Slug | None = Field(None, alias="avdelning")
    tries: Annotated[int, whole(1, 100)] = Field(20, alias="forsok")
    first_s: Annotated[int, whole(1, 3600)] = Field(5, alias="forsta_vantan_s")
    longest_s: Annotated[int, whole(1, 86400)] = Field(3600, alias="langsta_vantan_s")

    @property
    def retries(self) -> Retries:
        return Retries(tries=self.tries, first_s=self.first_s, longest_s=self.longest_s)

    @property
    def has_text(self) -> bool:
        """Whether it may have what somebody wrote; no, unless its file says so."""
        return False

    def hears(self, event: Told) -> bool:
        """A department's target hears of nothing but what is for the department."""
        if self.department and getattr(event, "department", None) != self.department:
            return False
        return self.on and event.type in self.events

    def may_have(self, event: Told) -> Told:
        """Return the event as this target may know it."""
        return event if self.has_text else event.without_words()


class WebhookTarget(_Target):
    """Another system's address."""

    kind: Literal["webhook"] = Field("webhook", alias="typ")
    url: WebAddress = Field(alias="adress")
    secret: Variable = Field(alias="hemlighet")
    networks: tuple[Network, ...] = Field((), alias="nat")
    text: bool = False

    @property
    def has_text(self) -> bool:
        return self.text


class MailTarget(_Target):
    """A department's box."""

    kind: Literal["epost"] = Field("epost", alias="typ")
    to: Mailbox = Field(alias="till")
    sender: Mailbox = Field(alias="fran")
    server: Line
    port: Annotated[int, whole(1, 65535)] = 587
    starttls: bool = True
    username: Line | None = Field(None, alias="anvandare")
    password: Variable | None = Field(None, alias="losenord")
    text: bool = False

    @property
    def has_text(self) -> bool:
        return self.text


class NoticeTarget(_Target):
    """A channel's incoming webhook. Its address opens the channel, so that it is a secret."""

    kind: Literal["notis"] = Field("notis", alias="typ")
    url: Variable = Field(alias="adress")
    networks: tuple[Network, ...] = Field((), alias="nat")


Target = WebhookTarget | MailTarget | NoticeTarget
KINDS: dict[str, type[Target]] = {
    "webhook": WebhookTarget,
    "epost": MailTarget,
    "notis": NoticeTarget,
}
