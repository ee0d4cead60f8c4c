"""Which of several Rasa workers is asked."""

from uuid import UUID, uuid4

import pytest

from connectors.rasa.client import RasaClient
from tests.support.postgres import free_port
from tests.support.rasa import FakeRasa

CONVERSATIONS = [UUID(int=number) for number in range(6)]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ports() -> list[int]:
    return [free_port(), free_port()]


def client(ports: list[int], timeout_s: float = 5.0) -> tuple[RasaClient, Clock]:
    clock = Clock()
    urls = [f"http://127.0.0.1:{port}" for port in ports]
    return RasaClient(urls, timeout_s, clock=clock), clock


async def ask(rasa: RasaClient, conversation: UUID) -> str | None:
    decision = await rasa.ask(conversation, "altan", uuid4())
    return None if decision is None else decision.text


def senders(rasa: FakeRasa) -> set[str]:
    return {message["sender"] for message in rasa.asked}


async def test_each_conversation_stays_with_one_of_the_workers(ports: list[int]) -> None:
    rasa, _ = client(ports)
    async with FakeRasa().listen(ports[0]) as one, FakeRasa().listen(ports[1]) as other:
        for conversation in [*CONVERSATIONS, *CONVERSATIONS]:
            assert await ask(rasa, conversation) == "Rasa: altan"
    assert len(senders(one)) == len(senders(other)) == 3
    assert not senders(one) & senders(other)
    await rasa.close()


async def test_a_conversation_whose_worker_is_down_is_answered_by_another(ports: list[int]) -> None:
    rasa, _ = client(ports)
    async with FakeRasa().listen(ports[0]) as left:
        for conversation in CONVERSATIONS:
            assert await ask(rasa, conversation) == "Rasa: altan"
        assert len(senders(left)) == len(CONVERSATIONS)
        assert not await rasa.alive()
        async with FakeRasa().listen(ports[1]) as back:
            assert await rasa.alive()
            await ask(rasa, CONVERSATIONS[1])
            assert len(back.asked) == 1, "as soon as it is back"
    await rasa.close()


async def test_a_message_that_was_heard_is_not_put_to_another_worker(ports: list[int]) -> None:
    rasa, clock = client(ports, timeout_s=0.2)
    mute = FakeRasa(delay_s=60, silent=True)
    async with mute.listen(ports[0]) as silent, FakeRasa().listen(ports[1]) as well:
        assert await ask(rasa, CONVERSATIONS[0]) is None
        assert (len(silent.asked), len(well.asked)) == (1, 0)
        assert await ask(rasa, CONVERSATIONS[0]) == "Rasa: altan"
        assert len(silent.asked) == 1, "it is left alone"
        clock.now += 60
        assert await ask(rasa, CONVERSATIONS[0]) is None
        assert len(silent.asked) == 2
    await rasa.close()


async def test_a_worker_that_is_well_is_asked_again_after_a_message_it_could_not_answer(
    ports: list[int],
) -> None:
    rasa, _ = client(ports, timeout_s=0.2)
    async with FakeRasa(delay_s=60).listen(ports[0]) as held_up:
        assert await ask(rasa, CONVERSATIONS[0]) is None
        held_up.delay_s = 0
        assert await ask(rasa, CONVERSATIONS[2]) == "Rasa: altan"
    await rasa.close()


async def test_with_every_worker_down_there_is_no_decision(ports: list[int]) -> None:
    rasa, _ = client(ports)
    assert await ask(rasa, CONVERSATIONS[0]) is None
    await rasa.close()
