"""From what stands in `data/kopplingar.yml` to connectors that can be used."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.texts import Texts
from connectors.now import utc_now
from connectors.outside import events, model
from connectors.outside.connector import Connector
from connectors.outside.notice import Notice
from connectors.outside.outbox import Outbox
from connectors.outside.posting import Poster
from connectors.outside.repository import load_targets, read_secrets
from connectors.outside.smtp import Server, Smtp
from connectors.outside.targets import MailTarget, Target, WebhookTarget
from connectors.outside.webhook import Webhook
from connectors.outside.worker import Connection
from connectors.storage.tables import AgentRow, ConversationRow, ErrandRow, EventRow, PresenceRow


@dataclass(frozen=True)
class Outside:
    """What the services tell, and the ways to those who hear it."""

    outbox: Outbox
    connections: list[Connection]

    def tell_event(
        self,
        session: AsyncSession,
        conversation: ConversationRow,
        event: EventRow,
        **more: Any,
    ) -> None:
        """Tell of an event that was appended just now; `more` is that of `of_event`."""
        self.outbox.tell(session, events.of_event(conversation, event, **more), event.at)

    def tell_question(
        self, session: AsyncSession, conversation: ConversationRow, department: str, at: datetime
    ) -> None:
        """Tell that an agent asks a department something."""
        self.outbox.tell(session, events.of_question(conversation, department, at), at)

    def tell_errand(self, session: AsyncSession, errand: ErrandRow, change: str) -> None:
        """Tell that an errand was `created`, `updated` or `done`."""
        now = utc_now()
        self.outbox.tell(session, events.of_errand(_ERRANDS[change], errand, now), now)

    def tell_presence(self, session: AsyncSession, agent: AgentRow, presence: PresenceRow) -> None:
        """Tell what an agent does now, or that they are gone."""
        now = utc_now()
        online = presence.lease_until > now
        told = events.of_presence(agent.id, agent.name, presence.status, now, online=online)
        self.outbox.tell(session, told, now)


_ERRANDS: Mapping[str, type[model.Told]] = {
    "created": model.ErrandCreated,
    "updated": model.ErrandUpdated,
    "done": model.ErrandDone,
}


def open_outside(data_dir: Path, texts: Texts) -> Outside:
    """Read the targets, and their secrets from the environment and `.env`.

    Raises:
        ContentError: the file has a fault, or a secret is missing.
    """
    secrets = read_secrets(os.environ)
    targets = load_targets(data_dir, secrets)
    return Outside(Outbox(targets), connect(targets, secrets, texts))


def connect(
    targets: Sequence[Target], secrets: Mapping[str, str], texts: Texts
) -> list[Connection]:
    """Return a connection for each target that is on."""
    return [Connection(one, _connector(one, secrets, texts)) for one in targets if one.on]


def _connector(target: Target, secrets: Mapping[str, str], texts: Texts) -> Connector:
    if isinstance(target, WebhookTarget):
        return Webhook(target.url, secrets[target.secret], Poster(target.networks))
    if isinstance(target, MailTarget):
        password = secrets[target.password] if target.password else None
        server = Server(target.server, target.port, target.starttls, target.username, password)
        return Smtp(server, target.sender, target.to, texts)
    return Notice(secrets[target.url], Poster(target.networks), texts)
