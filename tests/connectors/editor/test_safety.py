"""Editors read the rules that recognise danger, and try sentences; nothing is kept."""

from pathlib import Path

from bot.safety.approval import PARTS
from bot.safety.lexicon import Lexicon, phrases_path
from tests.support.editor import APPROVED_BY, EditorClient
from tests.support.gateway import Gateway


async def test_every_rule_is_read_with_its_text_numbers_and_approvals(
    ellen: EditorClient, data_dir: Path
) -> None:
    safety = await ellen.get("/safety")
    lexicon = Lexicon.load(data_dir)
    assert [rule["id"] for rule in safety["rules"]] == [rule.id for rule in lexicon.rules]
    first = safety["rules"][0]
    assert first["phrases"] == list(lexicon.alarms(lexicon.rules[0])["sv"])
    assert first["phones"][0] == {"number": "112", "label": "Nödnumret"}
    assert "112" in first["text"]
    assert set(first["others"]) == {"en", "fi", "ar", "so", "uk", "fa"}
    assert safety["groups"]["barn"]
    assert safety["lacking"] == []
    by = {(one["part"], one["name"]) for one in safety["approvals"]}
    assert by == {(part, name) for part in PARTS for name in APPROVED_BY}
    with phrases_path(data_dir, "so").open("a", encoding="utf-8") as file:
        file.write("# ändrad\n")
    changed = await ellen.get("/safety")
    assert changed["lacking"] == ["so"]
    assert "so" not in {one["part"] for one in changed["approvals"]}


async def test_a_sentence_tells_its_rule_and_is_stored_nowhere(
    editing: Gateway, ellen: EditorClient
) -> None:
    raised = (await ellen.http.post("/safety/try", json={"text": "det brinner i köket"})).json()
    assert (raised["rule"], raised["language"]) == ("brand", "sv")
    assert "112" in raised["text"]
    calm = (await ellen.http.post("/safety/try", json={"text": "när töms soporna"})).json()
    assert calm == {"rule": None, "language": None, "text": None}
    empty = await ellen.http.post("/safety/try", json={"text": ""})
    assert empty.status_code == 422


async def test_only_editors_may(editing: Gateway) -> None:
    assert (await editing.http.get("/api/editor/safety")).status_code == 401
    tried = await editing.http.post("/api/editor/safety/try", json={"text": "hej"})
    assert tried.status_code == 401
