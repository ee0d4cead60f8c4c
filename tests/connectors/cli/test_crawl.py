import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.pages.crawling.model import CrawlError
from bot.pages.crawling.report import SiteReport
from bot.retrieval.documents import load_documents
from bot.retrieval.store import content_hash
from bot.settings import Settings, get_settings
from connectors.cli import crawling
from connectors.cli.main import app
from tests.support.gateway import ROOT
from tests.support.site_server import Reply, SiteServer, running_site
from tests.support.system import wait_for

DATA = ROOT / "data"


@pytest.fixture
def server() -> Iterator[SiteServer]:
    with running_site() as site:
        yield site


def settings_for(server: SiteServer, var_dir: Path, **more: object) -> Settings:
    plain = {"data_dir": DATA, "var_dir": var_dir, "site_url": server.url, "crawl_per_second": 20}
    return Settings.model_validate(plain | more)


def crawl(settings: Settings) -> SiteReport:
    return crawling.crawl(settings, None, allow_private=True)


def serve_pages(server: SiteServer, count: int) -> list[str]:
    paths = [f"/sida-{number}/" for number in range(count)]
    for number, path in enumerate(paths):
        server.page(path, f"Sida {number} handlar om något som kommunen gör.")
    server.sitemap(*paths)
    return paths


def test_a_crawl_killed_half_way_goes_on_without_asking_twice(
    server: SiteServer, tmp_path: Path
) -> None:
    *before, at, last = serve_pages(server, 6)
    page = server.pages[at]

    def hangs(handler: BaseHTTPRequestHandler) -> None:
        server.released.wait()

    server.pages[at] = hangs
    settings = settings_for(server, tmp_path)
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "KOMMUNBOT_VAR_DIR": str(tmp_path),
        "KOMMUNBOT_DATA_DIR": str(DATA),
        "KOMMUNBOT_CRAWL_PER_SECOND": "20",
    }
    command = [sys.executable, "-m", "connectors.cli.main", "crawl", server.url, "--allow-private"]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        wait_for(lambda: at in server.asked or process.poll() is not None, f"asks for {at}")
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    # Half a first crawl is no crawl: the pages in the folder are still what is answered from.
    crawl_file = settings.crawl_file
    assert content_hash(DATA, server.url, crawl_file) == content_hash(DATA, server.url)
    server.pages[at] = page
    report = crawl(settings)
    assert report.used == 6
    assert len(report.new) == 6
    assert [server.count(path) for path in before] == [1] * len(before)
    assert (server.count(at), server.count(last)) == (2, 1)
    assert server.count("/sitemap.xml") == 1


def test_documents_come_from_the_crawl_once_there_is_one(
    server: SiteServer, tmp_path: Path
) -> None:
    settings = settings_for(server, tmp_path)
    server.page("/slam/", "Vi tömmer brunnen i juni.")
    server.page("/nyheter/slam/", "Vi tömde brunnen i maj.")
    server.sitemap("/slam/", "/nyheter/slam/")
    from_folder = load_documents(DATA, server.url, settings.crawl_file)
    assert len([document for document in from_folder if document.kind == "page"]) > 100
    crawl(settings)
    pages = [
        document
        for document in load_documents(DATA, server.url, settings.crawl_file)
        if document.kind == "page"
    ]
    assert [(page.url, page.text[:25]) for page in pages] == [
        (f"{server.url}/slam/", "Vi tömmer brunnen i juni.")
    ]
    elsewhere = load_documents(DATA, "https://annan.example", settings.crawl_file)
    assert len(elsewhere) == len(from_folder)


def test_the_index_is_stale_when_a_crawled_text_has_changed_and_only_then(
    server: SiteServer, tmp_path: Path
) -> None:
    settings = settings_for(server, tmp_path)

    def hashed() -> str:
        return content_hash(DATA, server.url, settings.crawl_file)

    server.page("/slam/", "Vi tömmer brunnen i juni.")
    server.sitemap("/slam/")
    before = hashed()
    crawl(settings)
    first = hashed()
    assert first != before
    server.page("/slam/", "Vi tömmer brunnen i juni.", head="<!-- 2026-11-28 -->")
    crawl(settings)
    assert hashed() == first
    server.page("/slam/", "Vi tömmer brunnen i juli.")
    crawl(settings)
    assert hashed() != first


def test_two_crawls_at_a_time_are_one_too_many(server: SiteServer, tmp_path: Path) -> None:
    settings = settings_for(server, tmp_path)
    settings.crawl_file.parent.mkdir(parents=True)
    with settings.crawl_file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CrawlError, match="at work already"):
            crawl(settings)
    assert server.asked == []


def test_a_damaged_file_is_told_of(server: SiteServer, tmp_path: Path) -> None:
    settings = settings_for(server, tmp_path)
    settings.crawl_file.parent.mkdir(parents=True)
    settings.crawl_file.write_bytes(b"no database" * 1_000)
    for use in (crawl, lambda s: content_hash(DATA, server.url, s.crawl_file)):
        with pytest.raises(CrawlError, match="Remove it and run `kommunbot crawl`"):
            use(settings)


def run_command(*arguments: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Result:
    for name in ("data_dir", "var_dir", "site_url", "crawl_per_second"):
        monkeypatch.setenv(f"KOMMUNBOT_{name.upper()}", str(getattr(settings, name)))
    get_settings.cache_clear()
    try:
        return CliRunner().invoke(app, ["crawl", *arguments])
    finally:
        get_settings.cache_clear()


def test_the_command_prints_a_report_for_people_and_for_programs(
    server: SiteServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(server, tmp_path)
    server.page("/slam/", "En extra nyckel till brunnen kostar 100 kronor.")
    server.page("/brunn/", "En extra nyckel till brunnen kostar 150 kronor.")
    server.pages["/trasig/"] = Reply("", 403)
    server.sitemap("/slam/", "/brunn/", "/trasig/")
    shown = run_command("--allow-private", settings=settings, monkeypatch=monkeypatch)
    assert shown.exit_code == 0
    assert "Contradicting fees" in shown.stdout
    told = run_command("--allow-private", "--json", settings=settings, monkeypatch=monkeypatch)
    report = json.loads(told.stdout)
    assert report["pages"] == 2
    assert [page["reason"] for page in report["failed"]] == ["server_error"]
    assert [pair["one"]["kronor"] for pair in report["fees"]] == [150]
    assert "kontaktcenter@skarvinge.example" in next(iter(server.agents))


def test_a_site_that_cannot_be_crawled_ends_the_command_with_status_1(
    server: SiteServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(server, tmp_path)
    for arguments in ((), ("ftp://testby.example",), ("http://127.0.0.1:9", "--allow-private")):
        result = run_command(*arguments, settings=settings, monkeypatch=monkeypatch)
        assert result.exit_code == 1
    assert server.asked == []
