"""What every connector must keep, run against real receivers.

A new connector inherits `ConnectorContract` and says how it is opened and who receives.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager
from typing import ClassVar
from uuid import uuid4

import pytest

from bot.texts import Texts
from connectors.outside.model import ErrandCreated, Told
from connectors.outside.notice import Notice
from connectors.outside.posting import Poster
from connectors.outside.smtp import Server, Smtp
from connectors.outside.targets import MailTarget, NoticeTarget
from connectors.outside.worker import Connection
from connectors.storage.database import Database
from tests.support.gateway import ROOT
from tests.support.outside import (
    LOOPBACK,
    NOON,
    Behaviour,
    Office,
    Receiver,
    mail_receiver,
    message,
    tell,
    web_receiver,
    webhook,
    webhook_target,
)

TEXTS = Texts.load(ROOT / "data")
SECRET_WORDS = "Skvaltgatan sjutton"
EVENTS = ("conversation.message", "errand.created")


def errand(**more: object) -> Told:
    values = {
        "at": NOON,
        "errand_id": uuid4(),
        "reference": "SK-7F3K2P",
        "kind": "errand",
        "audience": "privat",
        "topic": "Bygglov",
        "due_at": NOON,
        **more,
    }
    return ErrandCreated.model_validate(values)


class ConnectorContract:
    """The promises. Receivers see every try; the sender and its database are real."""

    may_have_text: ClassVar[bool] = True

    def receiving(self) -> AbstractContextManager[Receiver]:
        raise NotImplementedError

    def connection(self, receiver: Receiver, *, text: bool) -> Connection:
        raise NotImplementedError

    @pytest.fixture
    def receiver(self) -> Iterator[Receiver]:
        with self.receiving() as receiver:
            yield receiver

    @pytest.fixture
    async def office(self, prepared_sqlite_url: str, receiver: Receiver) -> AsyncIterator[Office]:
        database = Database(prepared_sqlite_url)
        yield Office(database, self.connection(receiver, text=False))
        await database.close()

    async def test_what_is_told_is_delivered_once(self, office: Office, receiver: Receiver) -> None:
        await office.tell(errand())
        assert [await office.step(), await office.step()] == [1, 0]
        assert len(receiver.got) == 1
        assert "SK-7F3K2P" in receiver.got[0].text
        (delivered,) = await office.listed(delivered=True)
        assert delivered.done_at and not delivered.failed
        assert receiver.deliveries == [str(delivered.id)]

    @pytest.mark.parametrize("behaviour", ["later", "busy", "cut"])
    async def test_what_may_succeed_later_is_tried_again_under_the_same_id(
        self, office: Office, receiver: Receiver, behaviour: Behaviour
    ) -> None:
        receiver.behaves += [behaviour, behaviour]
        await office.tell(errand())
        for _ in range(3):
            await office.step()
            assert await office.step() == 0, "it rests before it is tried again"
            office.clock.forward()
        assert len(receiver.got) == 3
        assert len(set(receiver.deliveries)) == 1
        assert not await office.listed()

    async def test_a_receiver_that_is_not_there_is_tried_again(
        self, prepared_sqlite_url: str
    ) -> None:
        with self.receiving() as gone:
            pass
        database = Database(prepared_sqlite_url)
        office = Office(database, self.connection(gone, text=False))
        await office.tell(errand())
        await office.step()
        (waiting,) = await office.listed()
        assert not waiting.done_at
        await database.close()

    async def test_what_is_refused_is_not_tried_again_and_holds_up_nobody(
        self, office: Office, receiver: Receiver
    ) -> None:
        receiver.behaves.append("refuse")
        conversation = uuid4()
        await office.tell(message(conversation, 1), message(conversation, 2))
        await office.step()
        office.clock.forward()
        assert [await office.step(), await office.step()] == [1, 0]
        (refused,) = await office.listed()
        assert refused.failed
        assert receiver.deliveries[0] == str(refused.id) != receiver.deliveries[1]

    async def test_a_conversation_is_told_in_order_and_another_one_does_not_wait_for_it(
        self, office: Office, receiver: Receiver
    ) -> None:
        receiver.behaves += ["later"]
        conversation = uuid4()
        await office.tell(*(message(conversation, seq) for seq in (1, 2, 3)))
        await office.step()
        await office.tell(message())
        assert await office.step() == 1
        office.clock.forward()
        while await office.step():
            pass
        told = await office.listed(delivered=True)
        in_order = [str(one.id) for one in told if one.subject == str(conversation)]
        other = [str(one.id) for one in told if one.subject != str(conversation)]
        assert receiver.deliveries == [in_order[0], *other, *in_order]

    async def test_words_do_not_reach_a_target_that_may_not_have_them(
        self, office: Office, receiver: Receiver
    ) -> None:
        told = [errand(question=SECRET_WORDS, contact=SECRET_WORDS), message(text=SECRET_WORDS)]
        trusted = webhook_target(1, id="annan", text=True)  # for its sake the words are kept
        await tell(office.database, [office.connection.target, trusted], told, office.clock())
        await office.step()
        assert len(receiver.got) == 2
        assert all("Bygglov" in got.text for got in receiver.got)
        assert not any(SECRET_WORDS in got.text for got in receiver.got)

    async def test_words_reach_only_a_target_that_may_have_them(
        self, office: Office, receiver: Receiver
    ) -> None:
        office.connection = self.connection(receiver, text=True)
        await office.tell(errand(question=SECRET_WORDS))
        await office.step()
        assert (SECRET_WORDS in receiver.got[0].text) is self.may_have_text


class TestWebhook(ConnectorContract):
    def receiving(self) -> AbstractContextManager[Receiver]:
        return web_receiver()

    def connection(self, receiver: Receiver, *, text: bool) -> Connection:
        return webhook(receiver.port, text=text)


class TestSmtp(ConnectorContract):
    def receiving(self) -> AbstractContextManager[Receiver]:
        return mail_receiver()

    def connection(self, receiver: Receiver, *, text: bool) -> Connection:
        target = MailTarget(
            id="byggavdelningen",
            events=EVENTS,
            to="bygglov@skarvinge.example",
            sender="kommunbot@skarvinge.example",
            server="127.0.0.1",
            port=receiver.port,
            text=text,
        )
        server = Server("127.0.0.1", receiver.port, starttls=False)
        return Connection(target, Smtp(server, target.sender, target.to, TEXTS))


class TestNotice(ConnectorContract):
    may_have_text = False

    def receiving(self) -> AbstractContextManager[Receiver]:
        return web_receiver()

    def connection(self, receiver: Receiver, *, text: bool) -> Connection:
        target = NoticeTarget(id="teams", events=EVENTS, url="KOPPLING_TEAMS")
        url = f"http://127.0.0.1:{receiver.port}/"
        return Connection(target, Notice(url, Poster(LOOPBACK), TEXTS))
