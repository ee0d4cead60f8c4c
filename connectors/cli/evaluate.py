"""Driving the running system with a file of questions."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import KommunbotError
from connectors.cli.client import NotAnswering, gateway, start_talk

_AT_ONCE = 4


class Turn(BaseModel):
    """What was said earlier; the bot's own turns are made anew and therefore ignored."""

    model_config = ConfigDict(extra="ignore")

    role: str
    text: str


class Case(BaseModel):
    """One line of the file. Other keys than these are ignored."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str
    text: str
    context: tuple[Turn, ...] = ()


class CasesError(KommunbotError):
    """A line of the file cannot be read."""


def read_cases(path: Path) -> tuple[Case, ...]:
    """Read one case a line.

    Raises:
        CasesError: says which line, and what is wrong with it.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CasesError(f"{path} cannot be read: {error}") from error
    cases = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            cases.append(Case.model_validate_json(line))
        except ValidationError as error:
            fault = error.errors()[0]
            where = ".".join(map(str, fault["loc"])) or "line"
            raise CasesError(f"{path}:{number}: {where}: {fault['msg']}") from error
    return tuple(cases)


async def evaluate(
    url: str, cases: Sequence[Case], done: Callable[[], None]
) -> list[dict[str, Any]]:
    """Put every case to the system at `url`, several at once; results in the order of cases.

    Raises:
        NotAnswering: nobody listens at `url`. A case that fails alone has outcome "error".
    """
    places = asyncio.Semaphore(_AT_ONCE)

    async def one(case: Case) -> dict[str, Any]:
        async with places:
            result = await _put(http, case)
        done()
        return result

    async with gateway(url) as http:
        return await asyncio.gather(*(one(case) for case in cases))


async def _put(http: httpx.AsyncClient, case: Case) -> dict[str, Any]:
    try:
        talk = await start_talk(http)
        for turn in case.context:
            if turn.role == "user":
                await talk.say(turn.text)
        reply, spent = await talk.say(case.text)
    except NotAnswering as error:
        return _result(case.id, {"outcome": "error", "text": str(error)}, None)
    return _result(case.id, {**(reply["decision"] or {}), "text": reply["text"]}, spent)


def _result(case_id: str, decision: dict[str, Any], spent: float | None) -> dict[str, Any]:
    return {
        "id": case_id,
        "outcome": decision.get("outcome"),
        "text": decision.get("text", ""),
        "sources": decision.get("sources", []),
        "confidence": decision.get("confidence"),
        "entry": decision.get("entry"),
        "choices": [choice["entry"] for choice in decision.get("choices", [])],
        "ms": None if spent is None else round(spent, 1),
    }


def write_results(results: Sequence[dict[str, Any]], path: Path) -> None:
    """Write one result a line, whole or not at all."""
    part = path.with_suffix(path.suffix + ".part")
    part.write_text(
        "".join(json.dumps(result, ensure_ascii=False) + "\n" for result in results),
        encoding="utf-8",
    )
    part.replace(path)


def summary(results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Count outcomes and give the latency's median and 95th percentile, ms."""
    spent = [result["ms"] for result in results if result["ms"] is not None]
    return {
        "outcomes": dict(Counter(result["outcome"] for result in results).most_common()),
        "p50_ms": round(float(np.percentile(spent, 50)), 1) if spent else None,
        "p95_ms": round(float(np.percentile(spent, 95)), 1) if spent else None,
    }
