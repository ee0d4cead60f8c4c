"""What everybody must know just now, as the widget asks for it."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot.notices.repository import LiveNotices
from tests.support.gateway import Gateway

NOTICE = """\
meddelanden:
  - id: vattenlacka
    typ: kris
    text: Koka vattnet i Norrby.
    lank: {{titel: Mer, url: /kris/}}
    borjar: {starts}
"""


@pytest.fixture
async def data_dir(gateway: Gateway, tmp_path: Path) -> Path:
    gateway.app.state.notices = LiveNotices(tmp_path, "https://testby.example")
    return tmp_path


def write(data_dir: Path, starts: datetime) -> None:
    text = NOTICE.format(starts=f"{starts:%Y-%m-%d %H:%M:%S}")
    (data_dir / "meddelanden.yml").write_text(text, encoding="utf-8")


async def asked(http: httpx.AsyncClient) -> list[dict[str, object]]:
    response = await http.get("/api/notices")
    assert response.headers["cache-control"] == "public, max-age=30"
    notices: list[dict[str, object]] = response.json()["notices"]
    return notices


async def test_a_notice_is_shown_as_soon_as_it_stands_in_the_file(
    gateway: Gateway, data_dir: Path
) -> None:
    now = datetime.now(ZoneInfo("Europe/Stockholm"))
    assert await asked(gateway.http) == []
    write(data_dir, now - timedelta(minutes=1))
    assert await asked(gateway.http) == [
        {
            "id": "vattenlacka",
            "kind": "kris",
            "text": "Koka vattnet i Norrby.",
            "link": {"title": "Mer", "url": "https://testby.example/kris/"},
        }
    ]
    write(data_dir, now + timedelta(hours=1))
    assert await asked(gateway.http) == []
