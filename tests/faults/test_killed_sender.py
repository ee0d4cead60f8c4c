"""`kill -9` of a sender: nothing is lost, nothing comes twice at once or before its turn."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from uuid import uuid4

import pytest

from connectors.now import utc_now
from connectors.outside.worker import AT_ONCE
from connectors.storage.database import Database
from tests.support.clients import eventually
from tests.support.gateway import ROOT
from tests.support.outside import Clock, Office, message, web_receiver, webhook

LEASE_S = 3.0
Start = Callable[[int], subprocess.Popen[bytes]]


@pytest.fixture
def start(prepared_postgres_url: str) -> Iterator[Start]:
    """Start senders in processes of their own; each is killed at the end."""
    with ExitStack() as running:

        def started(port: int) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "tests.support.outside", str(port), str(LEASE_S)]
            environment = {**os.environ, "DATABASE_URL": prepared_postgres_url}
            process = subprocess.Popen(command, cwd=ROOT, env=environment)
            running.callback(process.wait)
            running.callback(process.kill)
            return process

        yield started


async def test_f11_what_a_killed_sender_had_is_sent_again_under_its_id_and_in_order(
    prepared_postgres_url: str, start: Start
) -> None:
    """chatwoot/chatwoot#11901: the same webhook twice, and nothing to know the second one by."""
    with web_receiver(gate_open=False) as receiver:
        database = Database(prepared_postgres_url)
        office = Office(database, webhook(receiver.port), Clock(utc_now()))
        conversations = [uuid4() for _ in range(2 * AT_ONCE)]
        await office.tell(*(message(one, seq) for seq in (1, 2, 3) for one in conversations))
        killed = start(receiver.port)
        await eventually(lambda: len(receiver.got) == AT_ONCE)
        other = start(receiver.port)
        await eventually(lambda: len(receiver.got) == 2 * AT_ONCE)
        had_by_both = set(receiver.deliveries)
        assert len(had_by_both) == 2 * AT_ONCE, "two senders never have the same one"
        killed.kill()
        killed.wait()
        receiver.gate.set()
        await eventually(lambda: len(set(receiver.deliveries)) == 3 * len(conversations))
        await eventually(lambda: not any(receiver.under_way.values()))
        other.kill()
        listed = await office.listed(delivered=True)
        for conversation in conversations:
            in_order = [str(one.id) for one in listed if one.subject == str(conversation)]
            came = [one for one in receiver.deliveries if one in in_order]
            assert list(dict.fromkeys(came)) == in_order
            assert came == sorted(came, key=in_order.index)
        again = len(receiver.got) - len(set(receiver.deliveries))
        assert again <= AT_ONCE, "only what the killed one had may come again"
        assert not receiver.met
        await database.close()
