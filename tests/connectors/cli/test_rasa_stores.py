"""Several Rasa workers share their stores, or are not started."""

import asyncio
from pathlib import Path
from urllib.parse import quote_plus

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import pytest

from bot.settings import Settings
from connectors.cli.rasa_stores import (
    CannotStart,
    endpoints_file,
    prepare,
    require_fit,
    stores_environment,
)
from tests.support.gateway import ROOT, settings_for
from tests.support.postgres import free_port

REDIS = "redis://127.0.0.1:6379/0"
POSTGRES = "postgresql+asyncpg://kommunbot@localhost/kommunbot"
SQLITE = "sqlite+aiosqlite:///var/kommunbot.db"


def settings(database_url: str = SQLITE, **changes: object) -> Settings:
    return settings_for(database_url, Path("var"), **changes)


def test_one_worker_needs_neither_redis_nor_postgresql() -> None:
    alone = settings()
    require_fit(alone)
    prepare(alone)
    assert endpoints_file(alone) == "endpoints.yml"
    assert stores_environment(alone) == {"KOMMUNBOT_RASA_DB": "var/rasa.db"}


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (settings(rasa_workers=2), ["KOMMUNBOT_RASA_LOCKS=redis://", "KOMMUNBOT_RASA_WORKERS=1"]),
        (settings(POSTGRES, rasa_workers=2), ["KOMMUNBOT_RASA_LOCKS=redis://"]),
        (settings(rasa_workers=2, rasa_locks=REDIS), ["KOMMUNBOT_DATABASE_URL=postgresql+asyncpg"]),
        (settings(rasa_locks=REDIS), ["KOMMUNBOT_DATABASE_URL=postgresql+asyncpg"]),
    ],
)
def test_workers_that_would_each_know_half_a_conversation_are_refused(
    chosen: Settings, told: list[str]
) -> None:
    with pytest.raises(CannotStart) as refused:
        require_fit(chosen)
    assert all(words in str(refused.value) for words in told)


def test_shared_stores_are_told_to_rasa_in_its_own_words() -> None:
    password = "hemligt %/@"
    url = f"postgresql+asyncpg://kommunbot:{quote_plus(password)}@db.example/kommunbot?ssl=require"
    shared = settings(url, rasa_workers=2, rasa_locks=REDIS, rasa_timeout_s=4.5)
    require_fit(shared)
    told = stores_environment(shared)
    assert told["KOMMUNBOT_RASA_DB"].startswith("postgresql://kommunbot:")
    assert told["KOMMUNBOT_RASA_DB"].endswith("@db.example/kommunbot?sslmode=require")
    assert told["TICKET_LOCK_LIFETIME"] == "2", "half of what the gateway waits"
    endpoints = (ROOT / endpoints_file(shared)).read_text(encoding="utf-8")
    assert all(f"${{{name}}}" in endpoints for name in told if name.startswith("KOMMUNBOT_"))


async def _schemas(server: str, name: str) -> set[str]:
    connection = await asyncpg.connect(f"postgresql://{server}/{name}")
    try:
        rows = await connection.fetch("SELECT nspname FROM pg_namespace")
    finally:
        await connection.close()
    return {row["nspname"] for row in rows}


async def test_the_schema_for_rasa_is_made_once(postgres_url: str) -> None:
    shared = settings(postgres_url, rasa_locks=REDIS)
    await asyncio.gather(*(asyncio.to_thread(prepare, shared) for _ in range(3)))
    address = postgres_url.removeprefix("postgresql+asyncpg://")
    assert "rasa" in await _schemas(*address.split("/"))


def test_a_database_that_does_not_answer_is_named_without_its_password() -> None:
    url = f"postgresql+asyncpg://kommunbot:hemligt@127.0.0.1:{free_port()}/kommunbot"
    with pytest.raises(CannotStart) as told:
        prepare(settings(url, rasa_locks=REDIS))
    assert "127.0.0.1" in str(told.value)
    assert "hemligt" not in str(told.value)
