"""Who may enter the records, and who may not."""

import httpx
import pytest
from fastapi.routing import APIRoute

from connectors.records import endpoints, keeping_endpoints
from tests.support.clients import Citizen
from tests.support.gateway import OTHER_SITES, Gateway
from tests.support.records import RegistrarClient

OPEN = {"/api/records/login", "/api/records/logout"}
SOME = "5c5cbb71-33b5-4bd0-9ac1-6ebe5e15ae70"
IDS = ("request_id", "conversation_id", "mark_id", "hold_id")
CLOSED = sorted(
    (method, route.path)
    for route in (*endpoints.router.routes, *keeping_endpoints.router.routes)
    if isinstance(route, APIRoute) and route.path not in OPEN
    for method in route.methods or ()
)


def test_every_address_is_tried() -> None:
    assert len(CLOSED) == 20


@pytest.mark.parametrize("cookie", ["", "kommunbot_desk", "kommunbot_editor"])
async def test_nothing_opens_without_a_registrars_login(
    gateway: Gateway, logins: dict[str, str], cookie: str
) -> None:
    """Nor with the token of an agent or an editor, under whichever cookie's name it is sent."""
    headers = {}
    if cookie:
        place = cookie.removeprefix("kommunbot_")
        who = {"desk": "anna", "editor": "ellen"}[place]
        body = {"username": who, "password": logins[who]}
        token = (await gateway.http.post(f"/api/{place}/login", json=body)).cookies[cookie]
        headers = {"Cookie": f"{cookie}={token}; kommunbot_records={token}"}
    async with httpx.AsyncClient(base_url=gateway.url, headers=headers, timeout=60) as http:
        for method, path in CLOSED:
            address = path.format(**dict.fromkeys(IDS, SOME), file_kind="pdf")
            response = await http.request(method, address, json={})
            assert response.status_code == 401, (method, path, response.text)


@pytest.mark.parametrize(
    ("place", "username"),
    [("records", "anna"), ("records", "ellen"), ("desk", "rut"), ("editor", "rut")],
)
async def test_an_account_opens_its_own_place_only(
    gateway: Gateway, logins: dict[str, str], place: str, username: str
) -> None:
    body = {"username": username, "password": logins[username]}
    response = await gateway.http.post(f"/api/{place}/login", json=body)
    assert (response.status_code, response.json()["error"]) == (401, "login_failed")


async def test_a_registrars_cookie_opens_neither_desk_nor_editor(
    gateway: Gateway, logins: dict[str, str]
) -> None:
    body = {"username": "rut", "password": logins["rut"]}
    set_cookie = (await gateway.http.post("/api/records/login", json=body)).headers["set-cookie"]
    assert "path=/api/records" in set_cookie.lower()
    assert "httponly" in set_cookie.lower() and "samesite=strict" in set_cookie.lower()
    token = set_cookie.partition("kommunbot_records=")[2].partition(";")[0]
    headers = {"Cookie": f"kommunbot_desk={token}; kommunbot_editor={token}"}
    async with httpx.AsyncClient(base_url=gateway.url, headers=headers, timeout=60) as http:
        for address in ("/api/desk/me", "/api/desk/conversations", "/api/editor/entries"):
            assert (await http.get(address)).status_code == 401, address


async def test_ids_open_nothing(rut: RegistrarClient, gateway: Gateway, citizen: Citizen) -> None:
    """Whoever knows a conversation's number gets nothing by it."""
    await citizen.say("hej")
    request_id = await rut.register()
    await rut.add(request_id, citizen.id)
    at = f"/api/records/requests/{request_id}"
    other = await Citizen.start(gateway.http)
    for headers in ({}, citizen.headers, other.headers):
        for path in (f"{at}/export.pdf", f"{at}/conversations/{citizen.id}"):
            assert (await gateway.http.get(path, headers=headers)).status_code == 401
    stolen = f"/api/conversations/{citizen.id}/events"
    assert (await gateway.http.get(stolen, headers=other.headers)).status_code == 404


@pytest.mark.parametrize("origin", OTHER_SITES)
async def test_a_page_of_another_site_does_nothing_in_a_registrars_name(
    rut: RegistrarClient, origin: str
) -> None:
    evil = {"Origin": origin}
    for method, path in (("POST", "/requests"), ("GET", "/log"), ("POST", "/log/verify")):
        response = await rut.http.request(method, path, json={}, headers=evil)
        assert (response.status_code, response.json()["error"]) == (403, "origin_not_allowed")


async def test_a_logout_ends_the_login(rut: RegistrarClient, gateway: Gateway) -> None:
    token = {"Cookie": f"kommunbot_records={rut.http.cookies['kommunbot_records']}"}
    assert (await rut.get("/me"))["registrar"] == {"username": "rut", "name": "Rut Sand"}
    assert (await rut.http.post("/logout")).status_code == 204
    async with httpx.AsyncClient(base_url=gateway.url, headers=token, timeout=60) as http:
        assert (await http.get("/api/records/me")).status_code == 401
