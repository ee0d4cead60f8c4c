"""What citizens say of answers."""

import httpx
import pytest
from sqlalchemy import select

from connectors.storage.database import Database
from connectors.storage.tables import FeedbackRow
from tests.support.clients import Citizen
from tests.support.gateway import Gateway


async def rate(citizen: Citizen, seq: int, helpful: object = True) -> httpx.Response:
    return await citizen.http.post(
        f"/api/conversations/{citizen.id}/messages/{seq}/feedback",
        json={"helpful": helpful},
        headers=citizen.headers,
    )


async def stored(url: str) -> list[tuple[int, bool]]:
    database = Database(url)
    try:
        async with database.read() as session:
            rows = await session.scalars(select(FeedbackRow))
            return [(row.seq, row.helpful) for row in rows]
    finally:
        await database.close()


async def test_the_last_word_counts(gateway: Gateway, citizen: Citizen) -> None:
    await citizen.say("altan")
    seq = (await citizen.until_answered())[-1]["seq"]
    for helpful in (True, True, False):
        assert (await rate(citizen, seq, helpful)).status_code == 204
    assert await stored(gateway.settings.database_url) == [(seq, False)]


@pytest.mark.parametrize("seq", [1, 2, 99])
async def test_only_an_answer_can_be_rated(citizen: Citizen, seq: int) -> None:
    await citizen.say("altan")
    await citizen.until_answered()
    refused = await rate(citizen, seq)
    assert (refused.status_code, refused.json()["error"]) == (422, "not_an_answer")


async def test_nobody_rates_in_somebody_elses_conversation(
    gateway: Gateway, citizen: Citizen
) -> None:
    await citizen.say("altan")
    await citizen.until_answered()
    stranger = await Citizen.start(gateway.http)
    stranger.id = citizen.id
    assert (await rate(stranger, 3)).status_code == 404
    assert await stored(gateway.settings.database_url) == []


@pytest.mark.parametrize("wrong", ["ja", None, 3])
async def test_it_helped_or_it_did_not(citizen: Citizen, wrong: object) -> None:
    assert (await rate(citizen, 3, wrong)).status_code == 422
