import ssl
import subprocess
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import uuid4

import pytest
from aiosmtpd.smtp import AuthResult
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import Texts
from connectors.outside.connector import Parcel, Verdict
from connectors.outside.smtp import Server, Smtp, message_of
from tests.support.gateway import ROOT
from tests.support.outside import Receiver, mail_receiver, message

TEXTS = Texts.load(ROOT / "data")
SENDER, TO = "kommunbot@skarvinge.example", "bygglov@skarvinge.example"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key with a certificate for 127.0.0.1, in one file."""
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    named = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = [*made, *named, "-keyout", str(path), "-out", f"{path}.crt"]
    subprocess.run(command, check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


@pytest.fixture
def safe_server(certificate: Path) -> Iterator[Receiver]:
    """A mail server that takes nothing in the clear, and wants a login."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)

    def check(
        _server: object, _session: object, _envelope: object, _how: str, data: object
    ) -> object:
        right = (getattr(data, "login", b""), getattr(data, "password", b""))
        return AuthResult(success=right == (b"kommunbot", b"hemligt"), handled=False)

    with mail_receiver(
        tls_context=tls, require_starttls=True, auth_required=True, authenticator=check
    ) as receiver:
        yield receiver


def opened(receiver: Receiver, certificate: Path | None = None, password: str = "hemligt") -> Smtp:
    server = Server("127.0.0.1", receiver.port, username="kommunbot", password=password)
    tls = ssl.create_default_context(cafile=f"{certificate}.crt") if certificate else None
    return Smtp(server, SENDER, TO, TEXTS, tls=tls)


async def test_a_message_goes_over_an_encrypted_connection_with_a_login(
    safe_server: Receiver, certificate: Path
) -> None:
    parcel = Parcel(uuid4(), message(text="Jag vill bygga en altan."))
    answer = await opened(safe_server, certificate).deliver(parcel)
    assert answer.verdict is Verdict.DELIVERED
    (got,) = safe_server.got
    assert got.headers["Message-ID"] == f"<{parcel.id}@skarvinge.example>"
    assert got.headers["Auto-Submitted"] == "auto-generated"
    assert (got.headers["From"], got.headers["To"]) == (SENDER, TO)
    assert "Jag vill bygga en altan." in got.text


async def test_a_server_that_cannot_be_trusted_gets_nothing_and_is_tried_again(
    safe_server: Receiver,
) -> None:
    answer = await opened(safe_server).deliver(Parcel(uuid4(), message()))
    assert answer.verdict is Verdict.AGAIN
    assert not safe_server.got


async def test_nothing_is_sent_in_the_clear_to_a_server_without_tls() -> None:
    with mail_receiver() as receiver:
        answer = await opened(receiver).deliver(Parcel(uuid4(), message()))
        assert answer.verdict is Verdict.AGAIN
        assert not receiver.got


async def test_a_wrong_password_is_tried_again_because_somebody_may_mend_it(
    safe_server: Receiver, certificate: Path
) -> None:
    answer = await opened(safe_server, certificate, "fel").deliver(Parcel(uuid4(), message()))
    assert (answer.verdict, answer.said) == (Verdict.AGAIN, "535")


def test_a_repeat_has_the_same_message_id() -> None:
    parcel = Parcel(uuid4(), message())
    one, other = (message_of(parcel, SENDER, TO, TEXTS) for _ in range(2))
    assert one.as_bytes() == other.as_bytes()


@given(words=st.text(), topic=st.text())
def test_no_text_can_add_a_header_or_end_the_message(words: str, topic: str) -> None:
    plain = message_of(Parcel(uuid4(), message(text="x", topic="x")), SENDER, TO, TEXTS)
    hostile = f"{words}\r\nBcc: alla@example.com\r\n\r\n.\r\nMAIL FROM:<x>"
    parcel = Parcel(uuid4(), message(text=hostile, topic=f"{topic}\nBcc: alla@example.com"))
    sent = message_of(parcel, SENDER, TO, TEXTS).as_bytes()
    read = message_from_bytes(sent, policy=default)
    assert {name for name in read if name in {"To", "Bcc", "Cc"}} == {"To"}
    beside_the_body = {"Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert set(read.keys()) - beside_the_body == set(plain.keys()) - beside_the_body
    assert read["To"] == TO
