"""What citizens say of a conversation as a whole."""

import httpx
import pytest
from sqlalchemy import select

from connectors.storage.database import Database
from connectors.storage.tables import SurveyRow
from tests.support.clients import Citizen
from tests.support.gateway import Gateway


async def say(citizen: Citizen, **survey: object) -> httpx.Response:
    path = f"/api/conversations/{citizen.id}/survey"
    return await citizen.http.post(path, json=survey, headers=citizen.headers)


async def stored(gateway: Gateway) -> list[tuple[int | None, int | None, str | None]]:
    database = Database(gateway.settings.database_url)
    try:
        async with database.read() as session:
            rows = await session.scalars(select(SurveyRow))
            return [(row.ease, row.reach, row.comment) for row in rows]
    finally:
        await database.close()


async def test_each_question_may_be_left_out_and_the_last_word_counts(
    gateway: Gateway, citizen: Citizen
) -> None:
    assert (await say(citizen, ease=2, comment="Kortare\x00 svar.")).status_code == 204
    assert await stored(gateway) == [(2, None, "Kortare svar.")]
    assert (await say(citizen, reach=5, comment=" \u200b")).status_code == 204
    assert await stored(gateway) == [(None, 5, None)]


@pytest.mark.parametrize(
    "wrong", [{"ease": 0}, {"reach": 6}, {"ease": "lätt"}, {"comment": "a" * 2001}, {"name": "x"}]
)
async def test_what_is_no_answer_is_refused(
    gateway: Gateway, citizen: Citizen, wrong: dict[str, object]
) -> None:
    refused = await say(citizen, **wrong)
    assert (refused.status_code, refused.json()["error"]) == (422, "invalid_request")
    assert await stored(gateway) == []
