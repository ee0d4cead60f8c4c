"""One error shape, safe headers, and files."""

import json
from pathlib import Path

import httpx
import pytest

from bot.look.model import Look
from tests.support.clients import Citizen
from tests.support.gateway import Gateway

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "error"),
    [
        ("GET", "/api/nothing", None, 404, "not_found"),
        ("GET", "/nothing", None, 404, "not_found"),
        ("GET", "/assets/../../etc/passwd", None, 404, "not_found"),
        ("GET", "/demo/%00", None, 404, "not_found"),
        ("DELETE", "/api/conversations", None, 405, "method_not_allowed"),
        ("POST", "/api/conversations", b"{", 400, "malformed_body"),
        ("POST", "/api/conversations", b'{"a": "\xe5"}', 400, "malformed_body"),
        ("POST", "/api/conversations", b"[" * 60_000, 400, "malformed_body"),
        ("POST", "/api/conversations", b'{"language": "\\ud800"}', 422, "invalid_request"),
        ("POST", "/api/conversations", b"", 422, "invalid_request"),
        ("POST", "/api/conversations", b"x" * 70_000, 413, "body_too_large"),
        ("POST", "/api/desk/login", b'{"username": "a\\u0000"}', 422, "invalid_request"),
    ],
)
async def test_everything_that_is_wrong_has_one_shape(
    gateway: Gateway, method: str, path: str, body: bytes | None, status: int, error: str
) -> None:
    response = await gateway.http.request(method, path, content=body, headers=JSON)
    assert response.status_code == status
    found = response.json()
    assert found["error"] == error
    assert found["text"].endswith(".")
    assert response.headers["content-type"] == "application/json"


async def test_a_body_without_announced_length_is_limited_too(gateway: Gateway) -> None:
    async def endless() -> object:
        for _ in range(100):
            yield b"x" * 10_000

    response = await gateway.http.post("/api/conversations", content=endless(), headers=JSON)  # type: ignore[arg-type]  # an async generator
    assert response.json()["error"] == "body_too_large"


async def test_a_broken_database_is_said_plainly(gateway: Gateway, citizen: Citizen) -> None:
    async with gateway.app.state.conversations.database.write() as session:
        connection = await session.connection()
        await connection.exec_driver_sql("ALTER TABLE event RENAME TO lost")
    response = await citizen.post("altan")
    assert response.status_code == 503
    assert response.json()["error"] == "unavailable"
    assert "031-390 06 00" in response.json()["text"]


@pytest.mark.parametrize(
    ("origin", "allowed"), [("http://localhost:8000", True), ("https://evil.example", False)]
)
async def test_only_allowed_sites_may_use_the_api_from_a_browser(
    gateway: Gateway, origin: str, allowed: bool
) -> None:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, content-type",
    }
    response = await gateway.http.options("/api/conversations", headers=headers)
    granted = response.headers.get("access-control-allow-origin")
    assert granted == (origin if allowed else None)
    if not allowed:
        assert response.json()["error"] == "origin_not_allowed"
    assert "access-control-allow-credentials" not in response.headers


async def test_answers_of_the_api_are_never_kept_by_browsers(
    gateway: Gateway, citizen: Citizen
) -> None:
    response = await gateway.http.get(
        f"/api/conversations/{citizen.id}/events", headers=citizen.headers
    )
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.fixture
def web(gateway: Gateway) -> Path:
    """What the browser build leaves behind."""
    folder = gateway.settings.web_dir
    (folder / "assets").mkdir(parents=True)
    for name in ("kommunbot.js", "desk.html", "chatt.html", "assets/panel-AB12CD34.js"):
        (folder / name).write_text(f"// {name}")
    return folder


@pytest.mark.usefixtures("web")
async def test_other_sites_may_load_the_widget(gateway: Gateway) -> None:
    for path, kept in (
        ("/kommunbot.js", "max-age=300"),
        ("/assets/panel-AB12CD34.js", "immutable"),
    ):
        response = await gateway.http.get(path, headers={"Origin": "https://skarvinge.example"})
        assert response.status_code == 200
        assert response.headers["access-control-allow-origin"] == "*"
        assert kept in response.headers["cache-control"]


@pytest.mark.usefixtures("web")
@pytest.mark.parametrize(
    ("path", "ancestors"),
    [
        ("/desk", "frame-ancestors 'none'"),
        ("/chatt", "frame-ancestors 'self' http://localhost:8000"),
        ("/demo/", "frame-ancestors 'self'"),
        ("/demo/bygga-bo/bygglov/", "frame-ancestors 'self'"),
    ],
)
async def test_pages_load_nothing_from_others(gateway: Gateway, path: str, ancestors: str) -> None:
    response = await gateway.http.get(path)
    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert ancestors in policy


async def test_the_addresses_a_person_types_lead_somewhere(gateway: Gateway) -> None:
    for path, target in (("/", "/demo/"), ("/demo", "/demo/"), ("/demo/kris", "/demo/kris/")):
        response = await gateway.http.get(path)
        assert response.status_code in {302, 307}
        assert httpx.URL(response.headers["location"]).path == target


async def test_pages_that_were_never_built_are_missing_and_not_broken(gateway: Gateway) -> None:
    for path in ("/desk", "/chatt", "/kommunbot.js", "/assets/x.js"):
        assert (await gateway.http.get(path)).status_code == 404


async def test_the_widget_is_told_the_contact_ways(gateway: Gateway) -> None:
    response = await gateway.http.get("/api/widget")
    found = response.json()
    assert found["municipality"] == "Skärvinge kommun"
    assert found["phone"] == "031-390 06 00"
    assert found["max_length"] == 2000
    assert "AI-assistent" in found["welcome"]
    assert "max-age" in response.headers["cache-control"]


async def test_the_script_says_where_the_chat_is_in_use_and_how_it_looks(gateway: Gateway) -> None:
    web_dir = gateway.settings.web_dir
    web_dir.mkdir(exist_ok=True)
    (web_dir / "kommunbot.js").write_text("start();")
    *first, rest = (await gateway.http.get("/kommunbot.js")).text.split("\n")
    assert rest == "start();"
    told = dict(line.removesuffix(";").split("=", 1) for line in first)
    assert list(told) == ["globalThis.kommunbotRollout", "globalThis.kommunbotLook"]
    rows, look = map(json.loads, told.values())
    assert rows == [{"pages": "/", "audiences": ["privat", "foretag"], "chat": True}]
    assert look == Look().model_dump()
