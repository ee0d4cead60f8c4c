"""A gateway, and a browser that runs no script: it reads pages, and posts their forms."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import lxml.html
import pytest

from tests.support.gateway import Gateway, running_gateway, settings_for, write_passwords


def _as_browsers_read(html: str) -> str:
    """A line break right after <textarea> is no part of what stands in it; lxml keeps it."""
    return re.sub(r"(<textarea[^>]*>)\n", r"\1", html)


@dataclass
class Shown:
    """A page, as it was answered."""

    response: httpx.Response

    @property
    def html(self) -> Any:
        return lxml.html.fromstring(_as_browsers_read(self.response.text))

    @property
    def words(self) -> str:
        return " ".join(self.html.text_content().split())

    def fields(self, button: str, **changes: str) -> dict[str, str]:
        """Return what the form with the named button sends, filled in with `changes`."""
        (form,) = self.html.xpath(f"//form[.//button[contains(., '{button}')]]")
        (pressed,) = form.xpath(f".//button[contains(., '{button}')]")
        own = {pressed.get("name"): pressed.get("value")} if pressed.get("name") else {}
        assert set(changes) <= set(form.fields)
        assert form.method == "POST"
        return {**dict(form.form_values()), **own, **changes}

    def told_beside(self, name: str) -> str:
        """Return everything that a screen reader says of a field beside its label."""
        (field,) = self.html.xpath(f"//*[@name='{name}' and not(@type='hidden')]")
        ids = field.get("aria-describedby", "").split()
        return " ".join(
            " ".join(self.html.get_element_by_id(i).text_content().split()) for i in ids
        )

    def value(self, name: str) -> str:
        (field,) = self.html.xpath(f"//*[@name='{name}' and not(@type='hidden')]")
        return str(field.value)


@pytest.fixture
async def gateway(
    prepared_sqlite_url: str, tmp_path: Path, logins: dict[str, str]
) -> AsyncIterator[Gateway]:
    write_passwords(tmp_path, logins)
    async with running_gateway(settings_for(prepared_sqlite_url, tmp_path)) as running:
        yield running


class Reader:
    """Opens pages and sends their forms."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def open(self, address: str, status: int = 200) -> Shown:
        return self._shown(await self._http.get(address), status)

    async def send(self, address: str, fields: dict[str, str], status: int = 200) -> Shown:
        return self._shown(await self._http.post(address, data=fields), status)

    def _shown(self, response: httpx.Response, status: int) -> Shown:
        assert response.status_code == status, response.text
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        policy = response.headers["content-security-policy"]
        assert "script-src 'none'" in policy and "default-src 'none'" in policy
        assert response.headers["cache-control"] == "no-store"
        assert "<script" not in response.text
        return Shown(response)


@pytest.fixture
def reader(gateway: Gateway) -> Reader:
    return Reader(gateway.http)
