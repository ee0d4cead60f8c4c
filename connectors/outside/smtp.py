"""E-mail to a department's box.

The message's id is made from the delivery's, so that a repeat can be recognised: most servers keep
one of two messages with the same id, and a person sees that they are the same.
"""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import partial

from bot.texts import Texts
from connectors.outside.connector import Answer, Parcel, Verdict
from connectors.outside.telling import heading, id_of, lines
from connectors.outside.threads import in_own_thread

STEP_SECONDS = 10.0  # for each command; a whole message takes eight of them


@dataclass(frozen=True)
class Server:
    """The mail server, and how to get in."""

    host: str
    port: int = 587
    starttls: bool = True
    username: str | None = None
    password: str | None = None


class Smtp:
    """Sends each event as a message.

    Args:
        tls: whom to trust; the machine's own list, if none is given.
        seconds: for each step of the conversation with the server.
    """

    def __init__(  # noqa: PLR0913  # an envelope, a server and words
        self,
        server: Server,
        sender: str,
        to: str,
        texts: Texts,
        *,
        tls: ssl.SSLContext | None = None,
        seconds: float = STEP_SECONDS,
    ) -> None:
        self._server, self._sender, self._to, self._texts = server, sender, to, texts
        self._tls, self._seconds = tls or ssl.create_default_context(), seconds

    async def deliver(self, parcel: Parcel) -> Answer:
        message = message_of(parcel, self._sender, self._to, self._texts)
        try:
            await in_own_thread(partial(self._send, message))
        except (smtplib.SMTPException, OSError) as error:
            return _judged(error)
        return Answer(Verdict.DELIVERED, "250")

    def _send(self, message: EmailMessage) -> None:
        """Send over an encrypted connection; never over a plain one where `starttls` is set."""
        server = self._server
        with smtplib.SMTP(server.host, server.port, timeout=self._seconds) as connection:
            if server.starttls:
                connection.starttls(context=self._tls)
            if server.username:
                connection.login(server.username, server.password or "")
            connection.send_message(message, self._sender, [self._to])


def message_of(parcel: Parcel, sender: str, to: str, texts: Texts) -> EmailMessage:
    """Return the message of an event. Headers hold ids and subjects only, in one line each."""
    event = parcel.event
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = sender, to
    message["Subject"] = _one_line(f"{heading(event, texts)} {id_of(event)}")
    message["Date"] = format_datetime(event.at)
    message["Message-ID"] = f"<{parcel.id}@{sender.rpartition('@')[2]}>"
    message["Kommunbot-Delivery"] = str(parcel.id)
    message["Auto-Submitted"] = "auto-generated"  # no answer of «I am on holiday», please
    message.set_content("\n".join(lines(event, texts)) + "\n")
    return message


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _judged(error: Exception) -> Answer:
    """Judge by the server's code: 5yz is for good, but not where it is our login that is wrong."""
    code = _code(error)
    for_good = code is not None and 500 <= code < 600
    if for_good and not isinstance(error, smtplib.SMTPAuthenticationError):
        return Answer(Verdict.REFUSED, str(code))
    return Answer(Verdict.AGAIN, str(code or type(error).__name__))


def _code(error: Exception) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in error.recipients.values()), None)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None
