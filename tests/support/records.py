"""A registrar's browser, and what is in a PDF."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
from pypdf import PdfReader
from pypdf.generic import StreamObject

from tests.support.clients import Json


class RegistrarClient:
    """A registrar's browser."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    @classmethod
    @asynccontextmanager
    async def logged_in(
        cls, url: str, username: str, password: str
    ) -> AsyncIterator["RegistrarClient"]:
        async with httpx.AsyncClient(base_url=f"{url}/api/records", timeout=60) as http:
            body = {"username": username, "password": password}
            response = await http.post("/login", json=body)
            assert response.status_code == 200, response.text
            yield cls(http)

    async def get(self, path: str, **params: Any) -> Json:
        response = await self.http.get(path, params=params)
        assert response.status_code == 200, response.text
        found: Json = response.json()
        return found

    async def post(self, path: str, **body: Any) -> Json:
        response = await self.http.post(path, json=body)
        assert response.is_success, response.text
        found: Json = response.json()
        return found

    async def register(
        self, kind: str = "public", reference: str = "KS 2026/12", received: str = "2026-11-20"
    ) -> str:
        """Register a request and return its id."""
        made = await self.post(
            "/requests", id=str(uuid4()), reference=reference, kind=kind, received=received
        )
        return str(made["id"])

    async def add(self, request_id: str, *conversation_ids: str) -> None:
        await self.post(f"/requests/{request_id}/conversations", conversation_ids=conversation_ids)

    async def found(self, request_id: str, **search: Any) -> list[str]:
        """Search and return the conversations' ids."""
        found = await self.post(f"/requests/{request_id}/search", **search)
        assert found["total"] == len(found["conversations"])
        return [one["id"] for one in found["conversations"]]

    async def review(self, request_id: str, conversation_id: str) -> Json:
        return await self.get(f"/requests/{request_id}/conversations/{conversation_id}")

    async def mark(  # the words of a part, as a person points at them
        self,
        request_id: str,
        conversation_id: str,
        part: Json,
        words: str,
        ground: str = "OSL 26:1",
        *,
        everywhere: bool = False,
    ) -> Json:
        start = part["text"].index(words)
        return await self.post(
            f"/requests/{request_id}/conversations/{conversation_id}/marks",
            id=str(uuid4()),
            part=part["key"],
            start=start,
            end=start + len(words),
            ground=ground,
            everywhere=everywhere,
        )

    async def export(self, request_id: str, kind: str, **params: str) -> httpx.Response:
        response = await self.http.get(f"/requests/{request_id}/export.{kind}", params=params)
        assert response.status_code == 200, response.text
        return response

    async def deeds(self, **params: Any) -> list[Json]:
        lines: list[Json] = (await self.get("/log", **params))["lines"]
        return lines


def text_of(pdf: bytes) -> str:
    """Return what a program reads in a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def everything_in(pdf: bytes) -> bytes:
    """Return a PDF's bytes with all its streams unpacked."""
    reader = PdfReader(io.BytesIO(pdf))
    objects = [reader.get_object(number) for number in range(1, int(str(reader.trailer["/Size"])))]
    streams = [one.get_data() for one in objects if isinstance(one, StreamObject)]
    return b"\n".join([pdf, *streams, *(repr(one).encode() for one in objects)])
