"""Rasa's files agree with the actions, the texts and each other."""

import json
import re
from typing import Any

import pytest
from ruamel.yaml import YAML

from actions.executor import ACTIONS
from bot.answering.model import Decision
from tests.rasa.conftest import ROOT

_MARKED = re.compile(r"\[(.+?)\]\(\w+\)")


def _read(path: str) -> Any:
    return YAML(typ="safe").load((ROOT / path).read_text(encoding="utf-8"))


def _intents() -> list[str]:
    return [intent for entry in _read("domain.yml")["intents"] for intent in entry]


def _examples(path: str) -> dict[str, list[str]]:
    """Return the lines of each intent in a file or folder, without entity marks."""
    place = ROOT / path
    found: dict[str, list[str]] = {}
    for file in sorted(place.glob("*.yml")) if place.is_dir() else [place]:
        for block in _read(str(file.relative_to(ROOT)))["nlu"]:
            if "intent" in block:
                lines = (line.removeprefix("- ") for line in block["examples"].splitlines())
                found[block["intent"]] = [_MARKED.sub(r"\1", line).strip() for line in lines]
    return found


def test_the_domain_names_the_actions_that_the_server_has() -> None:
    assert set(_read("domain.yml")["actions"]) == {action.NAME for action in ACTIONS}


def test_every_response_is_a_decision_whose_text_exists() -> None:
    texts = _read("data/texts/sv.yml")
    for responses in _read("domain.yml")["responses"].values():
        for response in responses:
            decision = Decision.model_validate_json(json.dumps(response["custom"]["decision"]))
            assert decision.text_key in texts


def test_every_intent_has_a_rule() -> None:
    rules = _read("data/rules/dialogue.yml")["rules"]
    ruled = {step["intent"] for rule in rules for step in rule["steps"] if "intent" in step}
    assert ruled == {*_intents(), "nlu_fallback"}


@pytest.mark.parametrize("intent", [*_intents()])
def test_an_intent_has_enough_different_examples(intent: str) -> None:
    lines = {line.lower() for line in _examples("data/nlu")[intent]}
    assert len(lines) >= (150 if intent == "question" else 20)


def test_no_message_belongs_to_two_intents() -> None:
    seen: dict[str, str] = {}
    for intent, lines in _examples("data/nlu").items():
        for line in lines:
            assert seen.setdefault(line.lower(), intent) == intent, line


def test_the_held_out_messages_are_not_trained_on() -> None:
    trained = {line for lines in _examples("data/nlu").values() for line in lines}
    held_out = _examples("tests/rasa/nlu_test.yml")
    assert not trained & {line for lines in held_out.values() for line in lines}
