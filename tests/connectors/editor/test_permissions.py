"""Who may enter the editor, and who may not."""

import httpx
import pytest
from fastapi.routing import APIRoute

from connectors.editor import endpoints, lists_endpoints
from tests.support.editor import EditorClient
from tests.support.gateway import OTHER_SITES, Gateway

OPEN = {"/api/editor/login", "/api/editor/logout"}
CLOSED = sorted(
    (method, route.path)
    for route in (*endpoints.router.routes, *lists_endpoints.router.routes)
    if isinstance(route, APIRoute) and route.path not in OPEN
    for method in route.methods or ()
)


@pytest.mark.parametrize(("method", "path"), CLOSED)
async def test_nothing_in_the_editor_opens_without_a_login(
    gateway: Gateway, method: str, path: str
) -> None:
    some = "5c5cbb71-33b5-4bd0-9ac1-6ebe5e15ae70"
    ids = {"entry_id": "x", "gap_id": "x", "notice_id": "x"}
    address = path.format(**ids, publication_id=some, proposal_id=some)
    response = await gateway.http.request(method, address, json={})
    assert response.status_code == 401, response.text


@pytest.mark.parametrize(
    ("place", "username"), [("editor", "anna"), ("desk", "ellen"), ("editor", "nobody")]
)
async def test_an_account_opens_its_own_place_only(
    gateway: Gateway, logins: dict[str, str], place: str, username: str
) -> None:
    body = {"username": username, "password": logins.get(username, "x")}
    response = await gateway.http.post(f"/api/{place}/login", json=body)
    assert (response.status_code, response.json()["error"]) == (401, "login_failed")


@pytest.mark.parametrize(
    ("username", "at", "own", "other"),
    [
        ("ellen", "editor", "kommunbot_editor", "kommunbot_desk"),
        ("anna", "desk", "kommunbot_desk", "kommunbot_editor"),
    ],
)
async def test_the_token_of_one_place_is_worth_nothing_at_the_other(
    gateway: Gateway, logins: dict[str, str], username: str, at: str, own: str, other: str
) -> None:
    body = {"username": username, "password": logins[username]}
    async with httpx.AsyncClient(base_url=gateway.url, timeout=60) as http:
        cookie = (await http.post(f"/api/{at}/login", json=body)).headers["set-cookie"]
    assert f"path=/api/{at}" in cookie.lower()
    assert "httponly" in cookie.lower()
    token = cookie.partition(f"{own}=")[2].partition(";")[0]
    place = "desk" if at == "editor" else "editor"
    headers = {"Cookie": f"{other}={token}"}
    async with httpx.AsyncClient(base_url=gateway.url, headers=headers, timeout=60) as http:
        assert (await http.get(f"/api/{place}/me")).status_code == 401


@pytest.mark.parametrize("origin", OTHER_SITES)
async def test_a_page_of_another_site_cannot_publish_in_an_editors_name(
    gateway: Gateway, logins: dict[str, str], origin: str
) -> None:
    async with EditorClient.logged_in(gateway.url, "ellen", logins["ellen"]) as ellen:
        assert (await ellen.get("/me"))["editor"] == {"username": "ellen", "name": "Ellen Lund"}
        response = await ellen.http.post("/publications", json={}, headers={"Origin": origin})
        assert (response.status_code, response.json()["error"]) == (403, "origin_not_allowed")


async def test_a_logout_ends_the_login(gateway: Gateway, logins: dict[str, str]) -> None:
    async with EditorClient.logged_in(gateway.url, "ellen", logins["ellen"]) as ellen:
        token = {"Cookie": f"kommunbot_editor={ellen.http.cookies['kommunbot_editor']}"}
        assert (await ellen.http.post("/logout")).status_code == 204
    async with httpx.AsyncClient(base_url=gateway.url, headers=token, timeout=60) as http:
        assert (await http.get("/api/editor/me")).status_code == 401


async def test_where_no_search_is_loaded_content_can_be_looked_at_but_not_published(
    gateway: Gateway, logins: dict[str, str]
) -> None:
    async with EditorClient.logged_in(gateway.url, "ellen", logins["ellen"]) as ellen:
        (first, *_) = (await ellen.get("/entries"))["entries"]
        refused = await ellen.publish(await ellen.draft(first["id"]))
        assert (refused.status_code, refused.json()["error"]) == (503, "editor_unavailable")
