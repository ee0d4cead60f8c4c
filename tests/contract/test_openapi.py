"""The API does what its own description says, whatever is sent."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot.texts import Texts
from connectors.app import create_app
from connectors.auth.tokens import new_token
from connectors.errors import ApiError
from connectors.mind import Mind
from tests.support.editor import editor_settings, small_content, small_mind
from tests.support.gateway import ROOT, settings_for, write_passwords
from tests.support.thinker import ScriptedThinker

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
START_SECONDS = 20


@pytest.fixture(scope="module")
def base_url(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, logins: dict[str, str]
) -> Iterator[str]:
    """A gateway in a thread, because the tool that writes the requests is not asynchronous."""
    folder = tmp_path_factory.mktemp("gateway")
    database = folder / "kommunbot.db"
    database.write_bytes(sqlite_template.read_bytes())
    write_passwords(folder, logins)
    small_content(folder)
    chosen = editor_settings(f"sqlite+aiosqlite:///{database}", folder)
    app = create_app(chosen, mind=small_mind(chosen, ScriptedThinker()))
    server = uvicorn.Server(uvicorn.Config(app, port=chosen.port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + START_SECONDS
    built = chosen.index_dir / "published.json"
    while not (server.started and built.exists()) and time.monotonic() < deadline:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{chosen.port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def cookie(base_url: str, logins: dict[str, str]) -> str:
    body = {"username": "anna", "password": logins["anna"]}
    response = httpx.post(f"{base_url}/api/desk/login", json=body, timeout=60)
    token: str = response.cookies["kommunbot_desk"]
    return token


@pytest.fixture(scope="module")
def editor_cookie(base_url: str, logins: dict[str, str]) -> str:
    body = {"username": "ellen", "password": logins["ellen"]}
    response = httpx.post(f"{base_url}/api/editor/login", json=body, timeout=60)
    token: str = response.cookies["kommunbot_editor"]
    # The first question loads what reads Swedish, which takes longer than the tool waits.
    question, cookies = {"question": "hej"}, {"kommunbot_editor": token}
    httpx.post(f"{base_url}/api/editor/drafts/ask", json=question, cookies=cookies, timeout=120)
    return token


@pytest.fixture(scope="module")
def records_cookie(base_url: str, logins: dict[str, str]) -> str:
    body = {"username": "rut", "password": logins["rut"]}
    response = httpx.post(f"{base_url}/api/records/login", json=body, timeout=60)
    token: str = response.cookies["kommunbot_records"]
    return token


described = create_app(settings_for("sqlite+aiosqlite://", ROOT), mind=Mind(ScriptedThinker()))
schema = schemathesis.openapi.from_dict(described.openapi())


@schema.parametrize()
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_address_keeps_to_the_description(
    case: "schemathesis.Case[Any]",
    base_url: str,
    cookie: str,
    editor_cookie: str,
    records_cookie: str,
) -> None:
    """Half of what is sent is wrong on purpose; nothing may crash or answer in another shape."""
    cookies = {}
    if case.path.startswith("/api/desk"):
        cookies = {"kommunbot_desk": cookie}
    if case.path.startswith("/api/editor"):
        cookies = {"kommunbot_editor": editor_cookie}
    if case.path.startswith("/api/records"):
        cookies = {"kommunbot_records": records_cookie}
    if case.path.endswith("/logout"):
        cookies = {}  # the others need the login
    case.call_and_validate(base_url=base_url, checks=CHECKS, cookies=cookies)


@pytest.fixture(scope="module")
def conversation(base_url: str) -> dict[str, str]:
    """Where an own conversation is, and what opens it."""
    secret = new_token()
    body = {"client_id": str(uuid4()), "secret": secret}
    found = httpx.post(f"{base_url}/api/conversations", json=body, timeout=60).json()
    return {"id": found["conversation_id"], "Authorization": f"Bearer {secret}"}


@schema.include(path_regex="conversation_id").parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_address_of_an_own_conversation_keeps_to_the_description(
    case: "schemathesis.Case[Any]", base_url: str, cookie: str, conversation: dict[str, str]
) -> None:
    """The same where the way is open: what is sent reaches the conversation itself."""
    case.path_parameters["conversation_id"] = conversation["id"]
    if case.query.get("wait") in range(1, 26):
        case.query["wait"] = 0  # waiting itself is tested elsewhere
    case.call_and_validate(
        base_url=base_url,
        checks=CHECKS,
        cookies={"kommunbot_desk": cookie} if case.path.startswith("/api/desk") else {},
        headers={"Authorization": conversation["Authorization"]},
    )


def test_every_address_describes_its_errors_in_the_one_shape() -> None:
    for path, methods in described.openapi()["paths"].items():
        for method, operation in methods.items():
            errors = {code: r for code, r in operation["responses"].items() if int(code) >= 400}
            assert {"400", "413", "422", "500", "503"} <= errors.keys(), (path, method)
            assert operation["description"].endswith("."), (path, method)
            if path != "/api/health":
                for response in errors.values():
                    shape = response["content"]["application/json"]["schema"]["$ref"]
                    assert shape.endswith("/ErrorBody"), (path, method)


def test_every_kind_of_error_has_its_words() -> None:
    """A missing text would turn a clear error into a crash."""
    kinds = ApiError.__subclasses__()
    texts = Texts.load(ROOT / "data")
    assert len(kinds) >= 20
    for kind in kinds:
        assert f"error_{kind.code}" in texts, kind.code
