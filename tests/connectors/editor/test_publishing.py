"""An editor's change goes live: in the file, in the answers, in the history, in git."""

from pathlib import Path
from uuid import UUID, uuid4

from bot.answering.assistant import Assistant
from bot.answering.model import Decision
from connectors.storage.database import Database
from connectors.storage.tables import PublicationRow
from tests.support.editor import AVFALL, EditorClient, git, small_mind
from tests.support.gateway import Gateway


def answer(editing: Gateway, question: str) -> Decision:
    """Ask a process that has never heard of the publication: it reads the index."""
    thinker = small_mind(editing.settings).thinker
    assert isinstance(thinker, Assistant)
    return thinker.reply(question)


async def test_a_published_answer_is_what_the_next_citizen_gets(
    editing: Gateway, ellen: EditorClient, data_dir: Path
) -> None:
    made = await ellen.change("avfall-kostnad", svar="Grundavgiften är 3 500 kronor om året.")
    assert "3 500" in answer(editing, "Vad kostar sophämtningen?").text
    assert (made["editor"], made["kind"], made["entry"]) == ("Ellen Lund", "edit", "avfall-kostnad")
    text = (data_dir / "faq/avfall.yml").read_text(encoding="utf-8")
    assert text == AVFALL.replace("3 420", "3 500")


async def test_a_publication_is_committed_in_the_editors_name_with_that_file_only(
    editing: Gateway, ellen: EditorClient, data_dir: Path
) -> None:
    (data_dir / "faq/bygglov.yml").write_text("nytt: 1\n", encoding="utf-8")
    git(data_dir, "add", "faq/bygglov.yml")
    git(data_dir, "checkout", "HEAD", "--", "policy.yml")
    response = await ellen.publish(
        await ellen.draft("avfall-kostnad", svar="3 500 kronor."), note="Ny taxa"
    )
    assert response.status_code == 201, response.text
    commit = response.json()["commit"]
    assert git(data_dir, "rev-parse", "HEAD").strip() == commit
    who, said = git(data_dir, "show", "-s", "--format=%an <%ae>%n%B", commit).split("\n", 1)
    assert who == "Ellen Lund <ellen@redaktor.invalid>"
    assert "Ny taxa" in said
    assert git(data_dir, "show", "--format=", "--name-only", commit).split() == ["faq/avfall.yml"]
    assert git(data_dir, "diff", "--cached", "--name-only").split() == ["faq/bygglov.yml"]


async def test_the_same_id_publishes_once_and_no_other_change(ellen: EditorClient) -> None:
    draft, publication_id = await ellen.draft("avfall-kostnad", svar="3 500 kronor."), str(uuid4())
    first = await ellen.publish(draft, id=publication_id)
    again = await ellen.publish(draft, id=publication_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = await ellen.publish({**draft, "version": "annan"}, id=publication_id)
    assert (other.status_code, other.json()["error"]) == (409, "id_reused")
    assert len((await ellen.get("/publications"))["publications"]) == 1


async def not_told(editing: Gateway, publication_id: str) -> None:
    """Make it as it is when a process dies after all was live, before it could say so."""
    database = Database(editing.settings.database_url)
    async with database.write() as session:
        row = await session.get_one(PublicationRow, UUID(publication_id))
        row.done_at = row.commit = row.index = None
    await database.close()


async def test_a_repeat_of_what_was_live_when_its_process_died_is_no_conflict(
    editing: Gateway, ellen: EditorClient
) -> None:
    draft, publication_id = await ellen.draft("avfall-kostnad", svar="3 500 kronor."), str(uuid4())
    await ellen.publish(draft, id=publication_id)
    await not_told(editing, publication_id)
    again = await ellen.publish(draft, id=publication_id)
    assert (again.status_code, again.json().get("id")) == (200, publication_id)


async def test_nor_is_a_repeat_of_a_removal(editing: Gateway, ellen: EditorClient) -> None:
    opened, removal_id = await ellen.get("/entries/avfall-kostnad"), str(uuid4())
    body = {"id": removal_id, "version": opened["version"], "note": "", "confirmed": False}
    await ellen.http.post("/entries/avfall-kostnad/remove", json=body)
    await not_told(editing, removal_id)
    again = await ellen.http.post("/entries/avfall-kostnad/remove", json=body)
    assert (again.status_code, again.json().get("id")) == (200, removal_id)


async def test_a_new_entry_is_answered_from_and_can_be_taken_away_again(
    editing: Gateway, ellen: EditorClient, data_dir: Path
) -> None:
    fields = (await ellen.get("/entries/avfall-kostnad"))["fields"]
    fields |= {"id": "avfall-kompost", "fraga": "Får jag kompostera hemma?"}
    fields |= {"varianter": ["hemkompost", "kompostera matavfall", "egen kompost"]}
    fields |= {"svar": "Ja: anmäl det först.\n\nDet är gratis | enkelt 🙂."}
    made = await ellen.publish({"entry": None, "file": "avfall.yml", "fields": fields})
    assert made.status_code == 201, made.text
    assert made.json()["kind"] == "new"
    assert "anmäl det först" in answer(editing, "Får jag kompostera hemma?").text
    opened = await ellen.get("/entries/avfall-kompost")
    assert opened["fields"]["svar"] == fields["svar"]
    body = {"id": str(uuid4()), "version": opened["version"], "note": "", "confirmed": False}
    gone = await ellen.http.post("/entries/avfall-kompost/remove", json=body)
    assert (gone.status_code, gone.json()["kind"]) == (201, "remove")
    assert (data_dir / "faq/avfall.yml").read_text(encoding="utf-8") == AVFALL
    assert (await ellen.http.get("/entries/avfall-kompost")).status_code == 404


async def test_a_national_answer_is_overridden_in_a_local_file_and_put_back(
    editing: Gateway, ellen: EditorClient, data_dir: Path
) -> None:
    pack = (data_dir / "faq/nationell/vigsel.yml").read_bytes()
    opened = await ellen.get("/entries/vigsel-boka")
    assert opened["line"]["national"]
    made = await ellen.change("vigsel-boka", svar="Ring oss först.")
    assert made["file"] == "vigsel.yml"
    assert (data_dir / "faq/nationell/vigsel.yml").read_bytes() == pack
    assert "Ring oss först" in answer(editing, "Hur bokar vi vigsel?").text
    changed = await ellen.get("/entries/vigsel-boka")
    assert changed["yaml"] == "id: vigsel-boka\nsvar: Ring oss först.\n"
    assert changed["line"]["overridden"]
    assert changed["national_yaml"] == opened["yaml"]
    body = {"id": str(uuid4()), "note": "", "confirmed": False}
    back = await ellen.http.post(f"/publications/{made['id']}/rollback", json=body)
    assert back.status_code == 201, back.text
    assert (await ellen.get("/entries/vigsel-boka"))["yaml"] == opened["yaml"]


async def test_a_national_answer_that_is_removed_is_hidden(
    editing: Gateway, ellen: EditorClient
) -> None:
    version = (await ellen.get("/entries/vigsel-boka"))["version"]
    body = {"id": str(uuid4()), "version": version, "note": "", "confirmed": False}
    assert (await ellen.http.post("/entries/vigsel-boka/remove", json=body)).status_code == 201
    assert (await ellen.get("/entries/vigsel-boka"))["line"]["hidden"]
    assert answer(editing, "Hur bokar vi vigsel?").entry != "vigsel-boka"


async def test_a_rollback_puts_back_every_byte_and_is_a_publication_itself(
    ellen: EditorClient, data_dir: Path
) -> None:
    made = await ellen.change("avfall-hamtning", svar="Varje vecka.")
    body = {"id": str(uuid4()), "note": "fel dag", "confirmed": False}
    back = (await ellen.http.post(f"/publications/{made['id']}/rollback", json=body)).json()
    assert (back["kind"], back["note"]) == ("rollback", "fel dag")
    assert (data_dir / "faq/avfall.yml").read_text(encoding="utf-8") == AVFALL
    kept = (await ellen.get("/publications?entry=avfall-hamtning"))["publications"]
    assert [one["kind"] for one in kept] == ["rollback", "edit"]
    full = await ellen.get(f"/publications/{made['id']}")
    assert "Varannan vecka" in full["before"]
    assert "Varje vecka" in full["after"]


# --- what stops a publication ---------------------------------------------------------------------


async def test_the_second_of_two_editors_overwrites_nothing_and_gets_both_put_together(
    ellen: EditorClient, data_dir: Path
) -> None:
    mine = await ellen.draft("avfall-kostnad", risk="hog")
    opened = (await ellen.get("/entries/avfall-kostnad"))["yaml"]
    theirs = await ellen.change("avfall-kostnad", svar="3 500 kronor.")
    refused = await ellen.publish(mine)
    body = refused.json()
    assert (refused.status_code, body["error"]) == (409, "version_conflict")
    assert body["theirs"]["version"] == theirs["version_after"]
    assert body["theirs"]["editor"] == "Ellen Lund"
    assert body["base"] == opened
    assert body["conflicts"] == []
    merged = {**mine, "version": theirs["version_after"], "fields": None, "yaml": body["merged"]}
    assert (await ellen.publish(merged)).status_code == 201
    text = (data_dir / "faq/avfall.yml").read_text(encoding="utf-8")
    assert "3 500 kronor." in text
    assert "risk: hog" in text


async def test_two_who_changed_the_same_line_are_told_which(ellen: EditorClient) -> None:
    mine = await ellen.draft("avfall-kostnad", svar="3 600 kronor.")
    await ellen.change("avfall-kostnad", svar="3 500 kronor.")
    body = (await ellen.publish(mine)).json()
    assert body["conflicts"] == ["svar"]
    assert body["merged"] is None


async def test_a_wrong_entry_is_refused_with_what_is_wrong(
    ellen: EditorClient, data_dir: Path
) -> None:
    response = await ellen.publish(await ellen.draft("avfall-kostnad", granskad="i går"))
    body = response.json()
    assert (response.status_code, body["error"]) == (422, "content_invalid")
    assert body["findings"][0]["key"] == "granskad"
    assert (data_dir / "faq/avfall.yml").read_text(encoding="utf-8") == AVFALL
    assert (await ellen.get("/publications"))["publications"] == []


async def test_what_looks_like_a_mistake_must_be_confirmed_and_some_never_can(
    editing: Gateway, ellen: EditorClient
) -> None:
    draft = await ellen.draft("avfall-kostnad", svar="STJÄL 3 500 kronor.")
    asked = await ellen.publish(draft)
    assert (asked.status_code, asked.json()["error"]) == (409, "needs_confirmation")
    assert asked.json()["preview"] == {"blocked": False, "needs_confirmation": True}
    assert (await ellen.publish(draft, confirmed=True)).status_code == 201
    worse = await ellen.draft("avfall-kostnad", svar="FARLIGT")
    blocked = await ellen.publish(worse, confirmed=True)
    assert (blocked.status_code, blocked.json()["error"]) == (409, "blocked")


async def test_a_draft_is_checked_and_turned_from_fields_to_yaml_and_back(
    ellen: EditorClient,
) -> None:
    draft = await ellen.draft("avfall-kostnad", svar="Ett: två.\n\nTre.")
    checked = (await ellen.http.post("/drafts/check", json=draft)).json()
    assert "svar: |\n  Ett: två.\n\n  Tre.\n" in checked["yaml"]
    as_yaml = {**draft, "fields": None, "yaml": checked["yaml"]}
    again = (await ellen.http.post("/drafts/check", json=as_yaml)).json()
    assert again["fields"]["svar"] == "Ett: två.\n\nTre."
    assert again["yaml"] == checked["yaml"]
    broken = {**as_yaml, "yaml": checked["yaml"] + "svar: [\n"}
    found = (await ellen.http.post("/drafts/check", json=broken)).json()
    (finding,) = found["findings"]
    assert finding["level"] == "fel"
    within = finding["line"] - found["line"]
    assert within in {checked["yaml"].count("\n"), checked["yaml"].count("\n") + 1}


async def test_fields_are_written_into_the_yaml_that_comes_with_them(ellen: EditorClient) -> None:
    draft = await ellen.draft("avfall-hamtning", svar="Nytt.")
    opened = (await ellen.get("/entries/avfall-hamtning"))["yaml"]
    both = {**draft, "yaml": opened.replace("fraga:", "# Nyss skrivet.\nfraga:")}
    checked = (await ellen.http.post("/drafts/check", json=both)).json()
    assert "# Nyss skrivet.\n" in checked["yaml"]
    assert "svar: Nytt.\n" in checked["yaml"]


async def test_an_id_cannot_be_changed_missing_or_given_twice(ellen: EditorClient) -> None:
    draft = await ellen.draft("avfall-kostnad", id="avfall-annat")
    found = (await ellen.publish(draft)).json()["findings"]
    assert found[0]["key"] == "id"
    taken = {**draft, "entry": None, "fields": {**draft["fields"], "id": "vigsel-boka"}}
    assert "finns redan" in (await ellen.publish(taken)).json()["findings"][0]["text"]
    missing = {**taken, "fields": {"fraga": "Hej?"}}
    assert "«id:» saknas" in (await ellen.publish(missing)).json()["findings"][0]["text"]


async def test_no_file_outside_the_faq_is_written(ellen: EditorClient) -> None:
    for name in ("../kommun.yml", "/etc/passwd", "finns-inte.yml", "avfall.yml/../x.yml"):
        draft = {"entry": None, "file": name, "yaml": "id: ny\n"}
        response = await ellen.publish(draft)
        assert (response.status_code, response.json()["error"]) == (422, "invalid_request")
