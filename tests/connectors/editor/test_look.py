"""Editors change how the chat looks; what cannot be read is refused, and nothing is lost."""

from pathlib import Path

from bot.look.model import Look
from bot.look.repository import FILE
from tests.support.clients import Json
from tests.support.editor import EditorClient, git
from tests.support.gateway import Gateway


def look(**light: str) -> Json:
    told = Look().model_dump()
    return {**told, "light": {**told["light"], **light}}


async def test_a_look_goes_live_into_the_file_and_into_git(
    editing: Gateway, ellen: EditorClient, data_dir: Path
) -> None:
    web_dir = editing.settings.web_dir
    web_dir.mkdir(exist_ok=True)
    (web_dir / "kommunbot.js").write_text("start();")
    assert await ellen.get("/look") == look()
    comments = [line for line in (data_dir / FILE).read_text().splitlines() if line[:1] == "#"]
    saved = await ellen.http.post("/look", json=look(bar="#1a3d7c", bar_end="#24509c"))
    assert saved.status_code == 200, saved.text
    assert '"bar": "#1a3d7c"' in (await editing.http.get("/kommunbot.js")).text
    text = (data_dir / FILE).read_text()
    assert [line for line in text.splitlines() if line[:1] == "#"] == comments
    assert git(data_dir, "log", "-1", "--format=%an %s").strip() == "Ellen Lund utseende"
    assert "#1a3d7c" in git(data_dir, "show", f"HEAD:./{FILE}")


async def test_too_little_contrast_is_refused_in_figures_and_the_look_stays(
    editing: Gateway, ellen: EditorClient, data_dir: Path
) -> None:
    before = (data_dir / FILE).read_text()
    pale = await ellen.http.post("/look", json=look(accent="#777777"))
    assert (pale.status_code, pale.json()["error"]) == (422, "content_invalid")
    on_button, on_bubble = (finding["text"] for finding in pale.json()["findings"])
    assert "«text_pa_accent» i ljust har kontrasten 4,47:1 mot «accent»" in on_button
    assert "«accent» i ljust har kontrasten 4,47:1 mot bubblan" in on_bubble
    assert "minst 4,50:1" in on_bubble
    assert (data_dir / FILE).read_text() == before
    for wrong in ({"bar": "red"}, {"bar": "#fff;}*{"}):
        refused = await ellen.http.post("/look", json=look(**wrong))
        assert refused.json()["fields"] == ["light.bar"]


async def test_only_editors_may(editing: Gateway) -> None:
    assert (await editing.http.get("/api/editor/look")).status_code == 401
    assert (await editing.http.post("/api/editor/look", json=look())).status_code == 401
