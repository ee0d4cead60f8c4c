"""Health is asked of every part, for real."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.support.gateway import Gateway, serving
from tests.support.rasa import FakeRasa


async def healthy(_request: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def test_a_stopped_rasa_degrades_and_is_named(gateway: Gateway) -> None:
    response = await gateway.http.get("/api/health")
    assert response.status_code == 200
    assert response.json() == {
        "status": "degraded",
        "parts": {
            "database": "ok",
            "wakeups": "ok",
            "index": "ok",
            "rasa": "down",
            "actions": "down",
        },
        "versions": {"content": None, "index": "i1", "encoder": "scripted", "policy": "p1"},
    }


async def test_all_is_well_when_every_part_answers(gateway: Gateway) -> None:
    actions = Starlette(routes=[Route("/health", healthy)])
    async with (
        FakeRasa().listen(gateway.settings.rasa_port),
        serving(actions, gateway.settings.actions_port),
    ):
        assert (await gateway.http.get("/api/health")).json()["status"] == "ok"


async def test_a_missing_index_is_named(gateway: Gateway) -> None:
    gateway.thinker.problem = "models/index is missing. Run `make index`."
    parts = (await gateway.http.get("/api/health")).json()["parts"]
    assert parts["index"] == "down"
