import asyncio
from uuid import UUID, uuid4

import pytest

from connectors.cli import answers
from tests.support.clients import Citizen
from tests.support.gateway import Gateway


async def test_an_answer_is_shown_as_the_citizen_got_it(gateway: Gateway, citizen: Citizen) -> None:
    await citizen.say("altan")
    shown = (await citizen.until_answered())[-1]
    await citizen.http.post(
        f"/api/conversations/{citizen.id}/messages/{shown['seq']}/feedback",
        json={"helpful": False},
        headers=citizen.headers,
    )
    answer_id = UUID(shown["client_message_id"])
    found = await asyncio.to_thread(answers.find, answer_id, gateway.settings)
    assert (found["question"], found["text"], found["helpful"]) == ("altan", shown["text"], False)
    assert found["decision"]["versions"]["index"] == "i1"
    told = "\n".join(answers.lines(found))
    assert shown["text"] in told
    assert "Bygglov för altan http://x/1" in told
    assert "did not help" in told


async def test_an_id_that_nothing_has_is_told(gateway: Gateway) -> None:
    with pytest.raises(answers.AnswerNotFound, match="No answer has the id"):
        await asyncio.to_thread(answers.find, uuid4(), gateway.settings)


async def test_what_the_citizen_wrote_is_no_answer(gateway: Gateway, citizen: Citizen) -> None:
    written = await citizen.say("altan")
    with pytest.raises(answers.AnswerNotFound):
        await asyncio.to_thread(answers.find, UUID(written["client_message_id"]), gateway.settings)
