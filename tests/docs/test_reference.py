"""The reference pages say what the code does: no more, no less, nothing else."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args

import pytest
import typer
from fastapi.routing import APIWebSocketRoute
from pydantic import BaseModel

from bot.answering import model as answering
from bot.answering.model import Decision, Outcome, Reason
from bot.faq.model import Entry, EntryLink
from bot.faq.repository import load_faq
from bot.municipality import Municipality
from bot.settings import Settings
from connectors.app import create_app
from connectors.cli.main import app as command_line
from connectors.conversation import endpoints as citizens
from connectors.conversation import frames
from connectors.conversation.model import DeskDecision, Event, PublicDecision, Status
from connectors.desk import endpoints as desk
from connectors.desk import socket as desk_socket
from connectors.errors import ApiError
from connectors.mind import Mind
from tests.docs.reading import ROOT, Rows, blocks, codes, column, page, section, table
from tests.support.thinker import ScriptedThinker


def defaults() -> dict[str, str]:
    """Return the settings' names and their defaults as they are written in `.env`."""
    return {
        f"KOMMUNBOT_{name.upper()}": _written(field.default)
        for name, field in Settings.model_fields.items()
    }


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(value) if isinstance(value, tuple) else str(value)


def test_every_setting_and_its_default_is_in_the_reference() -> None:
    rows = table(page("reference/settings.md"))
    assert {row[0]: row[1] for row in rows} == defaults()
    assert all(all(row) for row in rows)


def test_the_example_of_settings_has_each_with_its_default_commented_out() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    kept = dict(line[1:].split("=", 1) for line in lines if line.startswith("#KOMMUNBOT_"))
    assert kept == defaults()
    assert all(line.startswith("#") for line in lines if line)


def test_each_setting_of_the_example_is_explained_above_it() -> None:
    paragraphs = (ROOT / ".env.example").read_text(encoding="utf-8").strip().split("\n\n")
    for paragraph in paragraphs[1:]:
        *explanation, setting = paragraph.splitlines()
        assert setting.startswith("#KOMMUNBOT_")
        assert explanation
        assert all(line.startswith("# ") for line in explanation)


def test_the_example_of_settings_can_be_used_uncommented(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in defaults():
        monkeypatch.delenv(name, raising=False)
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    settings = "\n".join(line.removeprefix("#") for line in lines if line.startswith("#KOMMUN"))
    (tmp_path / ".env").write_text(settings, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    read = Settings()
    for name, field in Settings.model_fields.items():
        assert getattr(read, name) == field.default


def commands(group: Any, name: str = "kommunbot") -> Iterator[tuple[str, Any]]:
    """Return every command that is shown, by its whole name."""
    for own, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{name} {own}")
        elif not command.hidden:
            yield f"{name} {own}", command


COMMANDS = dict(commands(typer.main.get_command(command_line)))


def test_every_command_has_its_heading() -> None:
    headings = [
        line.removeprefix("## ")
        for line in page("reference/cli.md").splitlines()
        if line.startswith("## kommunbot")
    ]
    assert sorted(headings) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_commands_arguments_and_options_are_in_the_reference(name: str) -> None:
    told = {row[0]: row[1] for row in table(section(page("reference/cli.md"), f"## {name}"))}
    known = {_shown(parameter): parameter for parameter in COMMANDS[name].params}
    assert set(told) == set(known)
    for shown, parameter in known.items():
        assert told[shown] == _default(parameter)


def _shown(parameter: Any) -> str:
    argument = parameter.param_type_name == "argument"
    return str(parameter.name.upper() if argument else parameter.opts[0])


def _default(parameter: Any) -> str:
    if parameter.required:
        return "required"
    if parameter.default is None:
        told = parameter.show_default
        return told if isinstance(told, str) else "from the settings"
    if isinstance(parameter.default, list):
        return ",".join(parameter.default)
    return "off" if parameter.default is False else str(parameter.default)


def test_every_target_of_make_is_in_the_reference() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    targets = {f"make {line.split(':')[0]}" for line in makefile if ": " in line and " ## " in line}
    told = set(column(table(section(page("reference/cli.md"), "## make"))))
    assert told == targets - {"make help"}


def errors(kind: type[ApiError] = ApiError) -> Iterator[type[ApiError]]:
    for error in kind.__subclasses__():
        yield error
        yield from errors(error)


def test_every_error_and_its_status_is_in_the_reference() -> None:
    rows = table(page("reference/errors.md"))
    assert {row[0]: row[1] for row in rows} == {e.code: str(e.status) for e in errors()}


def _literals(annotation: Any) -> set[str]:
    if getattr(annotation, "__origin__", None) is Literal:
        return set(get_args(annotation))
    return {value for part in get_args(annotation) for value in _literals(part)}


@pytest.mark.parametrize(("heading", "kind"), [("## An entry", Entry), ("## A link", EntryLink)])
def test_the_keys_of_the_faq_are_in_the_reference(heading: str, kind: type[BaseModel]) -> None:
    rows = table(section(page("reference/faq-format.md"), heading))
    fields = {field.alias or name: field for name, field in kind.model_fields.items()}
    assert {row[0]: row[1] for row in rows} == {
        key: "yes" if field.is_required() else "no" for key, field in fields.items()
    }
    for key, _, default, meaning in rows:
        assert default == _told_default(fields[key].default if not fields[key].is_required() else 0)
        for value in _literals(fields[key].annotation):
            assert f"`{value}`" in meaning


def _told_default(value: object) -> str:
    if value is False:
        return "false"
    if value is None or value == 0:
        return ""
    return (",".join(value) or "empty") if isinstance(value, tuple | dict) else str(value)


EXAMPLES = [
    "reference/faq-format.md",
    "redaktor/skriva-fraga-och-svar.md",
    "tutorial/first-answer.md",
]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_of_an_entry_can_be_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "faq").mkdir()
    (tmp_path / "kommun.yml").write_bytes((ROOT / "data/kommun.yml").read_bytes())
    examples = [example for example in blocks(page(name), "yaml") if "fragor:" in example]
    assert examples
    for example in examples:
        (tmp_path / "faq" / "example.yml").write_text(example, encoding="utf-8")
        assert load_faq(tmp_path)


def test_every_fact_of_the_municipality_that_editors_are_told_of_exists() -> None:
    rows = table(section(page("redaktor/skriva-fraga-och-svar.md"), "## Kommunens uppgifter"))
    facts = Municipality.load(ROOT / "data")
    assert {row[0].strip("{}").removeprefix("kommun.") for row in rows} == set(facts)
    assert all(facts[row[0].strip("{}").removeprefix("kommun.")] == row[1] for row in rows)


def test_every_field_of_a_decision_and_who_sees_it_is_in_the_reference() -> None:
    rows = table(page("reference/decision.md"))
    public = set(PublicDecision.model_fields)
    assert {row[0]: row[2] for row in rows} == {
        name: "yes" if name in public else "no" for name in Decision.model_fields
    }
    assert set(Decision.model_fields) - set(DeskDecision.model_fields) == {"text_key"}


def test_every_outcome_and_reason_is_in_the_reference() -> None:
    text = page("reference/decision.md")
    assert column(table(section(text, "## Outcomes"))) == [str(one) for one in Outcome]
    assert column(table(section(text, "## Reasons"))) == [str(one) for one in Reason]


PARTS: dict[str, type[BaseModel]] = {
    "source": answering.Source,
    "link": answering.Link,
    "choice": answering.Choice,
    "contact card": answering.ContactCard,
    "phone": answering.Phone,
    "notice": answering.NoticeView,
    "candidate": answering.CandidateView,
    "versions": answering.Versions,
    "timings": answering.Timings,
}


def test_every_part_of_a_decision_has_the_fields_of_the_reference() -> None:
    told = dict(table(section(page("reference/decision.md"), "## Parts")))
    assert set(told) == set(PARTS)
    for name, kind in PARTS.items():
        assert codes(told[name]) == list(kind.model_fields)


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    """Return what the gateway says of itself; nothing is started for that."""
    gateway = create_app(Settings(), mind=Mind(ScriptedThinker()))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return gateway.openapi()


def test_every_address_of_the_api_is_in_the_reference(described: dict[str, Any]) -> None:
    text = page("reference/api.md")
    headings = ("## Citizens", "## Desk", "## Editor", "## Records")
    rows: Rows = [row for heading in headings for row in table(section(text, heading))]
    told = {(row[0], row[1]) for row in rows}
    known = {
        (method.upper(), path) for path, methods in described["paths"].items() for method in methods
    }
    assert told == known


def test_every_socket_is_in_the_reference() -> None:
    rows = table(section(page("reference/api.md"), "## Sockets"))
    routes = [*citizens.router.routes, *desk.sockets.routes, *desk.router.routes]
    known = {route.path for route in routes if isinstance(route, APIWebSocketRoute)}
    assert set(column(rows)) == known


@pytest.mark.parametrize(("heading", "kind"), [("## Event", Event), ("## Status", Status)])
def test_the_fields_of_an_event_and_a_status_are_in_the_reference(
    heading: str, kind: type[BaseModel]
) -> None:
    rows = table(section(page("reference/api.md"), heading))
    assert column(rows) == list(kind.model_fields)


FRAMES: dict[tuple[str, str], list[type[BaseModel]]] = {
    ("citizen", "client"): [frames.Hello, frames.TypingFrame, frames.PulseFrame],
    ("citizen", "gateway"): [
        frames.EventsOut,
        frames.StatusOut,
        frames.TypingOut,
        frames.PulseOut,
    ],
    ("desk", "client"): [
        desk_socket.DeskHello,
        desk_socket.DeskTyping,
        desk_socket.DeskReading,
        desk_socket.HereFrame,
        frames.PulseFrame,
    ],
    ("desk", "gateway"): [
        desk_socket.ListsOut,
        desk_socket.DeskEventsOut,
        desk_socket.DeskTypingOut,
        desk_socket.DeskPulseOut,
    ],
}


def test_every_frame_and_its_fields_are_in_the_reference() -> None:
    _, _, after = section(page("reference/api.md"), "## Sockets").partition("Frames are")
    told = {
        (socket, sender, kind): set(codes(fields)) for socket, sender, kind, fields in table(after)
    }
    known = {
        (*ends, get_args(frame.model_fields["type"].annotation)[0]): set(frame.model_fields)
        - {"type"}
        for ends, kinds in FRAMES.items()
        for frame in kinds
    }
    assert told == known


def test_every_close_code_is_in_the_reference() -> None:
    _, _, after = section(page("reference/api.md"), "## Sockets").partition("| Close code")
    codes = column(table(f"| Close code{after}"))
    assert sorted(codes) == sorted(
        map(str, (frames.BAD_FRAME, frames.BAD_TOKEN, frames.RESTARTING))
    )
