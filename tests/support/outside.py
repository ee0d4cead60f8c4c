"""Receivers for what other systems hear of: a web server and a mail server, as bad as wanted.

`python -m tests.support.outside ADDRESS` runs a sender in a process that can be killed.
"""

import asyncio
import os
import sys
import threading
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any, Literal
from uuid import UUID, uuid4

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from connectors.outside import deliveries, model
from connectors.outside.deliveries import Listed
from connectors.outside.model import ConversationMessage, Told
from connectors.outside.outbox import Outbox
from connectors.outside.posting import Poster
from connectors.outside.targets import Target, WebhookTarget
from connectors.outside.webhook import DELIVERY, Webhook
from connectors.outside.worker import Connection, Sender
from connectors.storage.database import Database
from tests.support.postgres import free_port

Behaviour = Literal["ok", "later", "busy", "refuse", "cut"]
LOOPBACK = (ip_network("127.0.0.0/8"),)
SECRET = "x" * 43
LATER = timedelta(days=1)  # longer than any rest
NOON = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)


class Clock:
    """A clock that a test turns."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta = LATER) -> None:
        self.now += by


@dataclass
class Got:
    """A try as the receiver saw it, decoded so that words can be looked for."""

    delivery: str
    text: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Receiver:
    """Remembers what came, and answers as `behaves` says, then well."""

    port: int = 0
    got: list[Got] = field(default_factory=list)
    behaves: deque[Behaviour] = field(default_factory=deque)
    gate: threading.Event = field(default_factory=threading.Event)  # closed: it hangs
    under_way: Counter[str] = field(default_factory=Counter)
    met: bool = False  # the same delivery came while it was under way
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, got: Got) -> Behaviour:
        with self.lock:
            self.got.append(got)
            self.met |= self.under_way[got.delivery] > 0
            self.under_way[got.delivery] += 1
            behaviour = self.behaves.popleft() if self.behaves else "ok"
        self.gate.wait(30)
        with self.lock:
            self.under_way[got.delivery] -= 1
        return behaviour

    @property
    def deliveries(self) -> list[str]:
        return [one.delivery for one in self.got]


STATUSES: dict[Behaviour, int] = {"ok": 204, "later": 503, "busy": 429, "refuse": 400}


@contextmanager
def web_receiver(*, gate_open: bool = True) -> Iterator[Receiver]:
    receiver = Receiver()
    if gate_open:
        receiver.gate.set()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = dict(self.headers.items())
            behaviour = receiver.take(Got(headers[DELIVERY], body.decode(), headers, body))
            self.close_connection = True
            if behaviour != "cut":
                self.send_response(STATUSES[behaviour])
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.gate.set()
        server.shutdown()
        thread.join()
        server.server_close()


REPLIES: dict[Behaviour, str] = {
    "ok": "250 OK",
    "later": "451 later",
    "busy": "452 busy",
    "refuse": "550 no such box",
    "cut": "421 bye",
}


class _Box:
    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        text = f"{list(message.items())}\n{message.get_content()}"
        got = Got(message["Kommunbot-Delivery"], text, dict(message.items()), envelope.content)
        behaviour = self._receiver.take(got)
        if behaviour == "cut":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return REPLIES[behaviour]


@contextmanager
def mail_receiver(**options: Any) -> Iterator[Receiver]:
    """Run a mail server; `options` are those of aiosmtpd's server."""
    receiver = Receiver(port=free_port())
    receiver.gate.set()
    controller = Controller(_Box(receiver), hostname="127.0.0.1", port=receiver.port, **options)
    controller.start()
    try:
        yield receiver
    finally:
        controller.stop()


@dataclass
class Office:
    """A database, a target and a sender with a clock that a test turns."""

    database: Database
    connection: Connection
    clock: Clock = field(default_factory=Clock)

    @property
    def sender(self) -> Sender:
        return Sender(self.database, [self.connection], self.clock)

    async def tell(self, *events: Told) -> None:
        await tell(self.database, [self.connection.target], events, self.clock())

    async def step(self) -> int:
        return await self.sender.step()

    async def listed(self, *, delivered: bool = False) -> Sequence[Listed]:
        async with self.database.read() as session:
            return await deliveries.listed(session, None, delivered=delivered)


async def tell(
    database: Database, targets: Sequence[Target], events: Sequence[Told], now: datetime
) -> None:
    """Tell each event in a transaction of its own."""
    outbox = Outbox(targets)
    for event in events:
        async with database.write() as session:
            outbox.tell(session, event, now)


def message(conversation_id: UUID | None = None, seq: int = 1, **more: Any) -> Told:
    values = {"at": NOON, "actor": "citizen", "topic": "Bygglov", **more}
    return ConversationMessage(conversation_id=conversation_id or uuid4(), seq=seq, **values)


def webhook_target(port: int, **changes: Any) -> WebhookTarget:
    values = {
        "id": "arendesystem",
        "typ": "webhook",
        "adress": f"http://127.0.0.1:{port}/kommunbot",
        "hemlighet": "KOPPLING",
        "handelser": tuple(model.types()),
        **changes,
    }
    return WebhookTarget.model_validate(values)


def webhook(port: int, seconds: float = 15.0, **changes: Any) -> Connection:
    target = webhook_target(port, **changes)
    return Connection(target, Webhook(target.url, SECRET, Poster(LOOPBACK, seconds=seconds)))


async def _send_for_ever(database_url: str, port: int, lease_s: float) -> None:
    sender = Sender(Database(database_url), [webhook(port)], lease=timedelta(seconds=lease_s))
    await sender.run()


if __name__ == "__main__":
    asyncio.run(_send_for_ever(os.environ["DATABASE_URL"], int(sys.argv[1]), float(sys.argv[2])))
