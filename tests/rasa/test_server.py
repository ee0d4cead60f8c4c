"""Rasa's server while the action server is down, and what it writes about citizens."""

import socket
from typing import Any

import httpx
import pytest

from actions.server import HOST
from bot.answering.model import Decision, Outcome, Reason
from tests.rasa.conftest import RunningRasa


def _say(rasa: RunningRasa, text: str, **options: Any) -> list[Any]:
    message = {"sender": "samtal-1", "message": text, "metadata": {"message_id": text}}
    answer = rasa.client.post("/webhooks/rest/webhook", json=message, **options)
    assert answer.status_code == 200
    replies: list[Any] = answer.json()
    return replies


@pytest.mark.parametrize(
    ("text", "outcome", "reason"),
    [
        ("jag vill prata med en människa", Outcome.HANDOFF, Reason.ASKED_FOR_HUMAN),
        ("/want_human", Outcome.HANDOFF, Reason.ASKED_FOR_HUMAN),
        ("är du en robot", Outcome.SMALLTALK, None),
    ],
)
def test_a_person_and_what_the_bot_is_need_no_action_server(
    running_rasa: RunningRasa, text: str, outcome: Outcome, reason: Reason | None
) -> None:
    (reply,) = _say(running_rasa, text)
    decision = Decision.model_validate(reply["custom"]["decision"])
    assert (decision.outcome, decision.reason) == (outcome, reason)


def test_a_question_gets_an_empty_reply_when_no_action_server_answers(
    running_rasa: RunningRasa,
) -> None:
    assert _say(running_rasa, "vad kostar förskolan") == []


def test_a_message_that_is_cut_off_is_not_written_to_the_log(running_rasa: RunningRasa) -> None:
    with socket.create_server((HOST, running_rasa.actions_port)) as silent:
        with pytest.raises(httpx.ReadTimeout):
            _say(running_rasa, "behöver jag bygglov för min hemliga altan", timeout=1)
        silent.accept()[0].close()
    assert _say(running_rasa, "är du en robot")
    assert "hemliga" not in running_rasa.log.read_text(encoding="utf-8")
