"""Nothing that staff do or read is missing in the audit log, and no citizen's word is in it."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import httpx
import pytest

from connectors.audit.model import Action
from connectors.auth.tokens import new_token
from connectors.storage.database import Database
from tests.connectors.audit.routes import (
    DESK,
    EDITOR,
    LEAVES,
    LEAVES_NOTHING,
    ONE,
    RECORDS,
    REQUEST,
    REQUESTED,
    staffs,
)
from tests.connectors.editor.test_lists import WATER, wait_for_the_search
from tests.support.audit import rows
from tests.support.clients import ENDING, AgentClient, Citizen, Json, frame
from tests.support.editor import EditorClient
from tests.support.gateway import Gateway

WORD = "skvaltkvarn"  # in everything that anybody writes
NUMBER = "0730-998877"
PLACES = {"anna": DESK, "omar": DESK, "maja": DESK, "ellen": EDITOR, "rut": RECORDS}
ROLES = {"ellen": "editor", "rut": "registrar"}


def test_every_address_of_the_staff_is_in_the_table(house: Gateway) -> None:
    assert staffs(house.app.routes) == {*LEAVES, *LEAVES_NOTHING}
    assert not set(LEAVES) & set(LEAVES_NOTHING)


def test_every_action_is_some_addresses_or_commands() -> None:
    at_addresses = {action for actions in LEAVES.values() for action in actions}
    at_the_command_line = {
        Action.ACCOUNT_MAKE,
        Action.ACCOUNT_ASSIGN,
        Action.ACCOUNT_SET_PASSWORD,
        Action.ACCOUNT_CLOSE,
        Action.TOKEN_MAKE,
        Action.TOKEN_REVOKE,
        Action.RETENTION_RUN,
    }
    assert at_addresses | at_the_command_line == set(Action)


class Day:
    """A day's work at the desk and in the editor: each call with what it left in the log."""

    def __init__(self, house: Gateway, database: Database) -> None:
        self.house, self.database = house, database
        self.left: dict[str, set[str]] = defaultdict(set)
        self.clients: dict[str, httpx.AsyncClient] = {}

    async def call(
        self,
        who: str,
        route: str,
        body: Json | None = None,
        *,
        at: Json | None = None,
        status: int = 0,
    ) -> Any:
        """Make a call, and keep which actions it left behind."""
        method, path = route.split()
        before = len(await rows(self.database))
        response = await self.clients[who].request(method, path.format(**at or {}), json=body)
        assert response.status_code == status or (not status and response.is_success), response.text
        self.left[route] |= {row.action for row in (await rows(self.database))[before:]}
        is_json = response.headers.get("content-type", "").startswith("application/json")
        return response.json() if is_json and response.content else None

    async def arrive(self, text: str) -> Citizen:
        """A citizen who waits in the queue."""
        citizen = await Citizen.start(self.house.http)
        await citizen.say(text)
        await citizen.until_answered()
        await citizen.move("hand_off")
        return citizen


@pytest.fixture
async def day(house: Gateway, log: Database, logins: dict[str, str]) -> AsyncIterator[Day]:
    day = Day(house, log)
    await wait_for_the_search(house.http)
    async with AsyncExitStack() as stack:
        for who, place in PLACES.items():
            http = httpx.AsyncClient(base_url=house.url, timeout=60)
            day.clients[who] = await stack.enter_async_context(http)
            login = f"POST {place}/login"
            wrong = {"username": who, "password": f"{WORD} {NUMBER}"}
            await day.call(who, login, wrong, status=401)
            await day.call(who, login, {"username": who, "password": logins[who]})
            await day.call(who, f"GET {place}/me")
        yield day


def new(**body: Any) -> Json:
    return {"note_id": str(uuid4()), "text": f"Hen sa {WORD}.", **body}


def move(name: str) -> Json:
    return {"move": name, "move_id": str(uuid4())}


async def at_the_desk(day: Day) -> str:
    """Do everything that agents can do; returns a proposal's id."""
    first = (await day.arrive(f"Har ni en {WORD}? Ring {NUMBER}")).id
    second = (await day.arrive(f"Var finns laddstolpar, {WORD}?")).id
    for who in ("anna", "omar", "maja"):
        await day.call(who, f"POST {DESK}/presence", {"status": "chatt"})
        await day.call(who, f"GET {DESK}/conversations")
    practice = {"client_id": str(uuid4()), "secret": new_token(), "kind": "practice"}
    await day.call("maja", f"POST {DESK}/conversations", practice)
    await day.call("anna", f"POST {DESK}/conversations/next")
    await day.call("omar", f"POST {ONE}/take", at={"conversation_id": second})
    await day.call("omar", f"GET {DESK}/conversations/held")
    return await with_a_conversation(day, first, second)


async def with_a_conversation(day: Day, first: str, second: str) -> str:
    here = {"conversation_id": first}
    await day.call("anna", f"GET {ONE}", at=here)
    await day.call("omar", f"GET {ONE}/notes", at=here)
    await day.call("maja", f"GET {ONE}/suggestions", at=here)
    await day.call("anna", f"GET {ONE}/closing", at=here)
    said = {"client_message_id": str(uuid4()), "text": f"Vi har en {WORD}."}
    event = await day.call("anna", f"POST {ONE}/messages", said, at=here)
    await day.call("anna", f"POST {ONE}/typing", {"on": True}, at=here)
    await day.call("anna", f"POST {ONE}/seen", {"seq": 1}, at=here)
    proposal = {"note_id": str(uuid4()), "seq": event["seq"]}
    await day.call("anna", f"POST {ONE}/proposals", proposal, at=here)
    await day.call("omar", f"POST {ONE}/notes", new(kind="whisper"), at=here)
    for who, name in [
        ("anna", "hold"),
        ("anna", "pick_up"),
        ("omar", "join"),
        ("omar", "leave"),
        ("anna", "return_to_queue"),
    ]:
        await day.call(who, f"POST {ONE}/moves", move(name), at=here)
    await day.call("anna", f"POST {ONE}/take", at=here)
    to_omar = {"move_id": str(uuid4()), "to": "omar", "note": WORD}
    await day.call("anna", f"POST {ONE}/transfer", to_omar, at=here)
    await day.call("omar", f"POST {ONE}/moves", move("decline"), at=here)
    await day.call("anna", f"POST {ONE}/take", at=here)
    await day.call("anna", f"POST {ONE}/moves", move("close"), at=here)
    promised = {"errand_id": str(uuid4()), "text": f"Mer om {WORD}.", "contact": NUMBER}
    end = {**ENDING, "move_id": str(uuid4()), "follow_up": promised}
    ended = await day.call("anna", f"POST {ONE}/close", end, at=here)
    back = {**ENDING, "move_id": str(uuid4()), "to": "bot"}
    await day.call("omar", f"POST {ONE}/close", back, at={"conversation_id": second})
    await with_errands(day, ended["errand"])
    return str(proposal["note_id"])


async def with_errands(day: Day, errand: Json) -> None:
    await day.call("omar", f"GET {DESK}/errands")
    await day.call(
        "omar", f"GET {DESK}/errands/{{reference}}", at={"reference": errand["reference"]}
    )
    at = {"errand_id": errand["id"]}
    await day.call("omar", f"POST {DESK}/errands/{{errand_id}}/take", at=at)
    done = {"resolution": "lost", "result": f"Ringde om {WORD}."}
    await day.call("omar", f"POST {DESK}/errands/{{errand_id}}/finish", done, at=at)
    for what in ("colleagues", "departments", "facts", "people"):
        await day.call("omar", f"GET {DESK}/{what}")
    [reply, *_] = (await day.call("omar", f"GET {DESK}/replies"))["replies"]
    await day.call("omar", f"POST {DESK}/replies/{{reply_id}}/used", at={"reply_id": reply["id"]})


async def in_the_editor(day: Day, proposal: str) -> None:
    """Do everything that editors can do."""
    for what in ("entries", "files", "review", "publications", "safety"):
        await day.call("ellen", f"GET {EDITOR}/{what}")
    await day.call("ellen", f"POST {EDITOR}/safety/try", {"text": WORD})
    await with_entries(day)
    [gap, *_] = (await day.call("ellen", f"GET {EDITOR}/gaps"))["gaps"]
    await day.call("ellen", f"POST {EDITOR}/gaps/{{gap_id}}/draft", at={"gap_id": gap["id"]})
    await day.call("ellen", f"GET {EDITOR}/proposals")
    for what in ("draft", "dismiss"):
        route = f"POST {EDITOR}/proposals/{{proposal_id}}/{what}"
        await day.call("ellen", route, at={"proposal_id": proposal})
    await with_notices_and_look(day)


async def with_entries(day: Day) -> None:
    one, made = {"entry_id": "avfall-kostnad"}, f"POST {EDITOR}/publications"
    await day.call("ellen", f"GET {EDITOR}/entries/{{entry_id}}", at=one)
    ellen = EditorClient(day.clients["ellen"])
    ellen.http.base_url = httpx.URL(f"{day.house.url}{EDITOR}")
    draft = await ellen.draft(one["entry_id"], svar=f"Grundavgiften täcker en {WORD}.")
    ellen.http.base_url = httpx.URL(day.house.url)
    await day.call("ellen", f"POST {EDITOR}/drafts/check", draft)
    await day.call("ellen", f"POST {EDITOR}/drafts/preview", draft)
    asked = {"draft": draft, "question": WORD}
    await day.call("ellen", f"POST {EDITOR}/drafts/ask", asked)
    wish = {"id": str(uuid4()), "note": f"Om {WORD}", "confirmed": True}
    first = await day.call("ellen", made, {**wish, "draft": draft})
    at = {"publication_id": first["id"]}
    await day.call("ellen", f"GET {EDITOR}/publications/{{publication_id}}", at=at)
    back = f"POST {EDITOR}/publications/{{publication_id}}/rollback"
    await day.call("ellen", back, {**wish, "id": str(uuid4())}, at=at)
    opened = await day.call("ellen", f"GET {EDITOR}/entries/{{entry_id}}", at=one)
    gone = {**wish, "id": str(uuid4()), "version": opened["version"]}
    await day.call("ellen", f"POST {EDITOR}/entries/{{entry_id}}/remove", gone, at=one)


async def with_notices_and_look(day: Day) -> None:
    await day.call("ellen", f"GET {EDITOR}/notices")
    await day.call("ellen", f"POST {EDITOR}/notices", WATER)
    at = {"notice_id": WATER["id"]}
    changed = {**WATER, "text": f"Koka vattnet, {WORD}."}
    await day.call("ellen", f"POST {EDITOR}/notices/{{notice_id}}", changed, at=at)
    await day.call("ellen", f"POST {EDITOR}/notices/{{notice_id}}/end", at=at)
    look = await day.call("ellen", f"GET {EDITOR}/look")
    await day.call("ellen", f"POST {EDITOR}/look", {**look, "radius_px": look["radius_px"] + 1})


async def in_the_records(day: Day, conversation: str) -> None:
    """Do everything that registrars can do."""
    for what in ("grounds", "requests", "holds", "disposals", "log"):
        await day.call("rut", f"GET {RECORDS}/{what}")
    asked = {"id": str(uuid4()), "reference": "KS 2026/17", "kind": "public"}
    await day.call("rut", f"POST {RECORDS}/requests", {**asked, "received": "2026-11-20"})
    at = {"request_id": asked["id"], "conversation_id": conversation, "file_kind": "pdf"}
    words = {"start": "2020-01-01", "end": "2999-01-01", "words": WORD}
    await day.call("rut", f"POST {REQUEST}/search", words, at=at)
    chosen = {"conversation_ids": [conversation]}
    await day.call("rut", f"POST {REQUEST}/conversations", chosen, at=at)
    await day.call("rut", f"GET {REQUEST}", at=at)
    await with_secrecy(day, at)
    await day.call("rut", f"GET {REQUEST}/export.{{file_kind}}", at=at)
    await day.call("rut", f"POST {REQUESTED}/remove", at=at)
    await day.call("rut", f"POST {REQUEST}/close", {"outcome": "refused"}, at=at)
    hold = {"id": str(uuid4()), "conversation_id": conversation, "reason": "appeal"}
    await day.call("rut", f"POST {RECORDS}/holds", hold)
    await day.call("rut", f"POST {RECORDS}/holds/{{hold_id}}/lift", at={"hold_id": hold["id"]})
    await day.call("rut", f"POST {RECORDS}/log/verify")


async def with_secrecy(day: Day, at: Json) -> None:
    await day.call("rut", f"GET {REQUESTED}", at=at)
    mark = {"id": str(uuid4()), "part": "event:2", "start": 0, "end": 3, "ground": "OSL 26:1"}
    await day.call("rut", f"POST {REQUESTED}/marks", mark, at=at)
    await day.call("rut", f"GET {REQUESTED}/preview", at=at)
    unmark = f"POST {REQUESTED}/marks/{{mark_id}}/remove"
    await day.call("rut", unmark, at={**at, "mark_id": mark["id"]})


async def read_along(day: Day, logins: dict[str, str]) -> str:
    """Omar reads along, over the socket, in what Anna has; returns which conversation it was."""
    citizen = await day.arrive(f"En {WORD} till?")
    await day.call("anna", f"POST {ONE}/take", at={"conversation_id": citizen.id})
    async with (
        AgentClient.logged_in(day.house.url, "omar", logins["omar"]) as omar,
        omar.socket(day.house.socket_url) as socket,
    ):
        before = len(await rows(day.database))
        await frame(socket, "conversations")
        await socket.send(json.dumps({"type": "reading", "conversations": [citizen.id]}))
        await frame(socket, "events")
        await citizen.say("Hör ni mig?")
        await frame(socket, "events")
    left = (await rows(day.database))[before:]
    assert [(row.username, str(row.conversation_id)) for row in left] == [("omar", citizen.id)]
    day.left[f"SOCKET {DESK}/socket"] = {row.action for row in left}
    return citizen.id


async def test_every_address_leaves_what_the_table_says_and_no_word_of_anybody(
    day: Day, logins: dict[str, str]
) -> None:
    await in_the_editor(day, await at_the_desk(day))
    await in_the_records(day, await read_along(day, logins))
    for who in ("anna", "ellen", "rut"):
        await day.call(who, f"POST {PLACES[who]}/logout")
    assert day.left == {**LEAVES, **{route: set() for route in LEAVES_NOTHING}}
    for row in await rows(day.database):
        told = json.dumps([row.username, row.action, row.subject, row.detail], ensure_ascii=False)
        assert WORD not in told
        assert NUMBER not in told
        assert row.role == ROLES.get(row.username, "agent")
