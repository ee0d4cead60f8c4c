"""The gateway reads the file, tells, and sends."""

from pathlib import Path

import pytest

from bot.errors import ContentError
from connectors.app import create_app
from connectors.mind import Mind
from connectors.now import utc_now
from connectors.storage.database import Database
from tests.support.clients import eventually
from tests.support.gateway import ROOT, running_gateway, settings_for
from tests.support.outside import SECRET, message, web_receiver
from tests.support.thinker import ScriptedThinker

FILE = """\
kopplingar:
  - id: arendesystem
    typ: webhook
    adress: http://127.0.0.1:{port}/kommunbot
    hemlighet: KOPPLING_ARENDESYSTEM
    handelser: [conversation.message]
    nat: [127.0.0.0/8]
"""


def content_with(folder: Path, connections: str) -> Path:
    """Return a data folder like the sample but for its connections."""
    folder.mkdir()
    for path in (ROOT / "data").iterdir():
        if path.name != "kopplingar.yml":
            (folder / path.name).symlink_to(path)
    (folder / "kopplingar.yml").write_text(connections, encoding="utf-8")
    return folder


async def test_what_a_service_tells_reaches_the_other_system(
    prepared_sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOPPLING_ARENDESYSTEM", SECRET)
    with web_receiver() as receiver:
        content = content_with(tmp_path / "data", FILE.format(port=receiver.port))
        settings = settings_for(prepared_sqlite_url, tmp_path, data_dir=content)
        async with running_gateway(settings) as gateway:
            database = Database(prepared_sqlite_url)
            async with database.write() as session:
                gateway.app.state.outbox.tell(session, message(text="Hej"), utc_now())
            await database.close()
            await eventually(lambda: receiver.got)


def test_a_gateway_with_a_fault_in_the_file_says_so_and_does_not_start(
    sqlite_url: str, tmp_path: Path
) -> None:
    content = content_with(tmp_path / "data", FILE.format(port=1))
    settings = settings_for(sqlite_url, tmp_path, data_dir=content)
    with pytest.raises(ContentError, match="KOPPLING_ARENDESYSTEM"):
        create_app(settings, mind=Mind(ScriptedThinker()))
