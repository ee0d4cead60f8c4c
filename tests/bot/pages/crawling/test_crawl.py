import gzip
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pages.crawling import crawl
from bot.pages.crawling.html import decode, read_marks
from bot.pages.crawling.model import CrawlError
from bot.pages.crawling.site import Site
from bot.pages.fetching import Fault, FetchError, Limits
from bot.pages.folder import read_site
from tests.bot.pages.crawling.crawls import Crawls
from tests.support.site_server import Reply, html, redirect, sitemap

DATA = Path(__file__).parents[4] / "data"
A, B, C = "Vi tömmer brunnen i juni.", "Grundskolan börjar i augusti.", "Badet öppnar klockan nio."


def test_the_pages_of_the_sitemap_are_used(crawls: Crawls) -> None:
    server = crawls.server
    server.page("/slam/", A)
    server.page("/skola/", B)
    server.page("/olistad/", C)
    server.sitemap("/slam/", "/skola/")
    report = crawls.night()
    assert crawls.paths() == ["/skola/", "/slam/"]
    assert {passage.text.split(".")[0] for passage in crawls.passages()} == {A[:-1], B[:-1]}
    assert (len(report.new), report.failed, report.gone) == (2, (), ())
    assert server.count("/olistad/") == 0


def test_without_a_sitemap_links_on_the_same_host_are_followed(crawls: Crawls) -> None:
    server = crawls.server
    server.page("/", "Välkommen till kommunen.", links=("/slam/", "http://annan.example/x"))
    server.page("/slam/", A, links=("../skola/#tider", "/"))
    server.page("/skola/", B)
    crawls.night()
    assert crawls.paths() == ["/skola/", "/slam/"]


def test_an_index_of_packed_sitemaps_is_read(crawls: Crawls) -> None:
    server = crawls.server
    server.page("/slam/", A)
    server.page("/skola/", B)
    server.pages["/robots.txt"] = Reply(f"Sitemap: {server.url}/karta.xml", kind="text/plain")
    server.pages["/karta.xml"] = Reply(
        sitemap(server.url, "/1.xml.gz", "/2.xml", kind="sitemapindex")
    )
    packed = gzip.compress(sitemap(server.url, "/slam/").encode())
    server.pages["/1.xml.gz"] = Reply(packed, kind="application/gzip")
    server.pages["/2.xml"] = Reply(sitemap(server.url, "/skola/"))
    crawls.night()
    assert crawls.paths() == ["/skola/", "/slam/"]


def test_a_sitemap_may_not_send_us_to_another_host(crawls: Crawls) -> None:
    server = crawls.server
    server.page("/slam/", A)
    server.sitemap("/slam/", "http://169.254.169.254/latest/meta-data/", "http://annan.example/")
    assert crawls.night().failed == ()
    assert set(crawls.states()) == {"/slam/"}


def test_a_sitemap_that_unpacks_without_end_is_left(
    crawls: Crawls, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = crawls.server
    monkeypatch.setattr("bot.pages.crawling.sitemap.UNPACKED", 100_000)
    server.pages["/robots.txt"] = Reply(f"Sitemap: {server.url}/s.gz", kind="text/plain")
    server.pages["/s.gz"] = Reply(gzip.compress(b" " * 1_000_000), kind="application/gzip")
    server.page("/", "Start.", links=("/slam/",))
    server.page("/slam/", A)
    crawls.night()
    assert crawls.paths() == ["/slam/"]


def test_robots_txt_is_obeyed(crawls: Crawls) -> None:
    server = crawls.server
    rules = (
        "User-agent: *\nDisallow: /\n\nUser-agent: kommunbot\nDisallow: /internt/\nCrawl-delay: 3"
    )
    server.pages["/robots.txt"] = Reply(rules, kind="text/plain")
    server.page("/slam/", A)
    server.page("/internt/lon/", B)
    server.pages["/omvag/"] = redirect("/internt/lon/")
    server.sitemap("/slam/", "/internt/lon/", "/omvag/")
    report = crawls.night()
    assert crawls.paths() == ["/slam/"]
    assert server.count("/internt/lon/") == 0
    assert {page.fault for page in report.left_out} == {Fault.ROBOTS}
    assert 3.0 in crawls.waits


def test_a_site_that_lets_nobody_in_keeps_what_is_known(crawls: Crawls) -> None:
    server = crawls.server
    server.page("/slam/", A)
    server.sitemap("/slam/")
    crawls.night()
    server.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /", kind="text/plain")
    with pytest.raises(CrawlError, match="does not let Kommunbot in"):
        crawls.night()
    server.pages["/robots.txt"] = Reply("", 503)
    with pytest.raises(CrawlError, match=r"robots\.txt cannot be read"):
        crawls.night()
    assert crawls.paths() == ["/slam/"]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(html(B, head='<meta name="robots" content="noindex, follow">')),
        Reply(html(B, head='<meta name="Kommunbot" content="NONE">')),
        Reply(html(B), headers={"X-Robots-Tag": "noindex"}),
    ],
)
def test_a_page_that_asks_not_to_be_indexed_is_left_out(crawls: Crawls, reply: Reply) -> None:
    server = crawls.server
    server.page("/slam/", A)
    server.pages["/hemlig/"] = reply
    server.sitemap("/slam/", "/hemlig/")
    report = crawls.night()
    assert crawls.paths() == ["/slam/"]
    assert [page.fault for page in report.left_out] == [Fault.NOINDEX]


def test_duplicates_collapse_to_the_canonical_address(crawls: Crawls) -> None:
    server = crawls.server
    head = '<link rel="canonical" href="/slam/">'
    for path in ("/slam/", "/slam/?sort=namn", "/gammal-slam.html"):
        server.page(path, A, head=head)
    server.pages["/omvag/"] = redirect("/slam/")
    server.page("/kopia/", A)
    server.sitemap(
        "/slam/?sort=namn",
        "/gammal-slam.html",
        "/omvag/",
        "/SLAM/../slam/#x",
        "/kopia/",
        "/slam/?utm_source=brev",
    )
    crawls.night()
    assert crawls.paths() == ["/slam/"]
    assert server.count("/slam/") == 2  # once by itself, once through the redirect


def test_pages_that_name_each_other_or_nobody_as_canonical_stay(crawls: Crawls) -> None:
    server = crawls.server
    server.page("/a/", A, head='<link rel="canonical" href="/b/">')
    server.page("/b/", A, head='<link rel="canonical" href="/a/">')
    server.page("/c/", B, head='<link rel="canonical" href="/finns-inte/">')
    server.page("/d/", C, head='<link rel="canonical" href="/">')
    server.sitemap("/a/", "/b/", "/c/", "/d/")
    crawls.night()
    assert crawls.paths() == ["/a/", "/c/", "/d/"]


def test_a_page_whose_original_is_elsewhere_is_left_to_it(crawls: Crawls) -> None:
    server = crawls.server
    server.page("/a/", A, head='<link rel="canonical" href="https://annan.example/a/">')
    server.sitemap("/a/")
    report = crawls.night()
    assert crawls.paths() == []
    assert [page.fault for page in report.failed] == [Fault.CANONICAL_ELSEWHERE]


def test_an_unchanged_page_is_not_sent_again(crawls: Crawls) -> None:
    server = crawls.server
    server.pages["/slam/"] = Reply(html(A), headers={"ETag": '"1"'})
    server.pages["/skola/"] = Reply(
        html(B), headers={"Last-Modified": "Tue, 10 Nov 2026 08:00:00 GMT"}
    )
    server.sitemap("/slam/", "/skola/")
    crawls.night()
    first = crawls.passages()
    report = crawls.night()
    assert crawls.passages() == first
    assert {page.http_status for page in crawls.kept()} == {304}
    assert (report.new, report.changed, report.gone) == ((), (), ())


def test_a_changed_text_is_told_of_with_its_day_and_another_foot_is_not(crawls: Crawls) -> None:
    server = crawls.server
    server.page("/slam/", A)
    server.page("/skola/", B)
    server.sitemap("/slam/", "/skola/")
    crawls.night()
    assert crawls.page("/slam/").changed_at is None
    server.page("/slam/", "Vi tömmer brunnen i juli.")
    server.page("/skola/", B, head="<!-- another build -->")
    report = crawls.night()
    assert crawls.short(report.changed) == ["/slam/"]
    changed = crawls.page("/slam/").changed_at
    assert changed is not None
    assert changed.date().isoformat() == "2026-11-28"
    assert crawls.page("/skola/").changed_at is None
    assert crawls.night().changed == ()


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_leaves(crawls: Crawls, status: int) -> None:
    server = crawls.server
    server.page("/slam/", A)
    server.page("/skola/", B)
    server.sitemap("/slam/", "/skola/")
    crawls.night()
    server.pages["/slam/"] = Reply("borta", status)
    report = crawls.night()
    assert crawls.paths() == ["/skola/"]
    assert crawls.short(report.gone) == ["/slam/"]
    server.page("/slam/", A)
    assert crawls.short(crawls.night().new) == ["/slam/"]


def test_a_page_that_is_no_longer_listed_leaves_and_may_come_back(crawls: Crawls) -> None:
    server = crawls.server
    server.pages["/slam/"] = Reply(html(A), headers={"ETag": '"1"'})
    server.page("/skola/", B)
    server.sitemap("/slam/", "/skola/")
    crawls.night()
    server.sitemap("/skola/")
    assert crawls.short(crawls.night().gone) == ["/slam/"]
    assert crawls.paths() == ["/skola/"]
    server.sitemap("/slam/", "/skola/")
    crawls.night()
    assert crawls.paths() == ["/skola/", "/slam/"]


def test_a_broken_or_halved_sitemap_takes_no_pages_away(crawls: Crawls) -> None:
    server = crawls.server
    paths = [f"/sida-{number}/" for number in range(30)]
    for number, path in enumerate(paths):
        server.page(path, f"Sida {number} handlar om något som kommunen gör.")
    server.sitemap(*paths)
    crawls.night()
    server.sitemap(*paths[:5])
    assert crawls.night().run.note == "too_many_gone"
    server.pages["/sitemap.xml"] = Reply("<urlset", 500)
    assert crawls.night().run.note == "sitemap_broken"
    assert len(crawls.paths()) == 30
    server.sitemap(*paths[:20])
    assert len(crawls.night().gone) == 10


def test_a_failing_page_is_tried_once_more_and_keeps_its_old_text(crawls: Crawls) -> None:
    server = crawls.server
    server.page("/slam/", A)
    server.page("/skola/", B)
    server.sitemap("/slam/", "/skola/")
    crawls.night()
    server.pages["/slam/"] = Reply("fel", 500)
    report = crawls.night()
    assert crawls.paths() == ["/skola/", "/slam/"]
    assert [(page.fault, page.detail) for page in report.failed] == [(Fault.SERVER_ERROR, "500")]
    assert server.count("/slam/") == 2
    server.page("/slam/", A)
    assert crawls.night().failed == ()


def test_a_server_that_asks_for_rest_gets_it(crawls: Crawls) -> None:
    server = crawls.server
    server.pages["/slam/"] = Reply("", 429, headers={"Retry-After": "120"})
    server.sitemap("/slam/")
    crawls.night()
    assert 120.0 in crawls.waits


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    while True:
        handler.wfile.write(b"<p>mer " * 1_000)


def no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\0\1\2 nothing that a browser knows\r\n\r\n")


BROKEN: dict[str, tuple[Reply | Callable[[BaseHTTPRequestHandler], None], Fault]] = {
    "endless": (endless, Fault.TOO_LARGE),
    "no HTTP": (no_http, Fault.BROKEN_REPLY),
    "a circle": (redirect("/trasig/"), Fault.TOO_MANY_REDIRECTS),
    "a file": (redirect("file:///etc/passwd"), Fault.BAD_ADDRESS),
    "a private network": (redirect("http://10.0.0.1/admin"), Fault.OTHER_SITE),
    "empty": (Reply(""), Fault.UNREADABLE),
    "no text": (Reply(html("")[:80] + "</body></html>"), Fault.NO_TEXT),
    "a picture": (Reply(b"\x89PNG", kind="image/png"), Fault.CONTENT_TYPE),
    "bytes without a name": (Reply(b"\0\1\2\3", kind=None), Fault.CONTENT_TYPE),
    "no PDF": (Reply(b"%PDF-1.7 nothing more", kind="application/pdf"), Fault.UNREADABLE),
    "forbidden": (Reply("", 403), Fault.SERVER_ERROR),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_page_does_not_stop_the_others(crawls: Crawls, name: str) -> None:
    server = crawls.server
    server.pages["/trasig/"], fault = BROKEN[name]
    server.page("/slam/", A)
    server.sitemap("/trasig/", "/slam/")
    report = crawls.night()
    assert crawls.paths() == ["/slam/"]
    assert [page.fault for page in (*report.failed, *report.left_out)] == [fault]


@given(st.text(), st.binary(max_size=200))
def test_no_page_is_too_odd_to_be_decoded_and_looked_through(text: str, body: bytes) -> None:
    site = Site.of("https://testby.example")
    for page in (text, decode(body, "text/html; charset=" + text)):
        with suppress(FetchError):
            read_marks(page, "https://testby.example/a/", {"x-robots-tag": text}, site)


@given(st.text())
def test_an_address_of_the_site_is_written_in_one_way_only(link: str) -> None:
    site = Site.of("https://testby.example/kommun")
    found = site.address(link, "https://testby.example/kommun/a/")
    if found is not None:
        assert found.startswith(site.root)
        assert site.address(found) == found


def test_broken_html_is_read_as_far_as_it_goes(crawls: Crawls) -> None:
    text = f"<html><body><main><h1>Slam<p>{A} {A}<table><tr><td>Pris<td>980 kr</main><div><<>>&&"
    crawls.server.pages["/slam/"] = Reply(text + "</b>" * 500)
    crawls.server.sitemap("/slam/")
    crawls.night()
    assert A in " ".join(passage.text for passage in crawls.passages())


def test_of_a_page_that_is_far_too_long_the_beginning_is_read(crawls: Crawls) -> None:
    crawls.limits = Limits(size=5_000_000)
    comment = "<!-- " + "x" * crawl.LONGEST_HTML + " -->"
    crawls.server.pages["/slam/"] = Reply(html(A) + comment + html(B))
    crawls.server.sitemap("/slam/")
    crawls.night()
    texts = " ".join(passage.text for passage in crawls.passages())
    assert A in texts
    assert B not in texts


SWEDISH = html("Små öar på Åland är vår väg."), "Små öar på Åland är vår väg."
LATIN = SWEDISH[0].replace('<meta charset="utf-8">', "")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (SWEDISH[0].encode(), "text/html; charset=iso-8859-1"),
        (SWEDISH[0].encode("cp1252"), "text/html; charset=utf-8"),
        (LATIN.encode("latin-1"), "text/html"),
        (LATIN.encode("latin-1"), "text/html; charset=latin-1"),
        (LATIN.encode("latin-1"), "text/html; charset=finns-inte"),
        (LATIN.encode("latin-1"), "text/html; charset=zip"),
        (LATIN.encode(), "text/html"),
        (b"\xef\xbb\xbf" + LATIN.encode(), "text/html"),
        (LATIN.encode("utf-16"), "text/html"),
        (LATIN.encode(), None),
    ],
)
def test_letters_are_read_whatever_they_are_said_to_be(
    crawls: Crawls, body: bytes, kind: str | None
) -> None:
    crawls.server.pages["/a/"] = Reply(body, kind=kind)
    crawls.server.sitemap("/a/")
    crawls.night()
    assert crawls.passages()[0].text.startswith(SWEDISH[1])


def test_hostile_links_are_passed_over(crawls: Crawls) -> None:
    hostile = (
        "javascript:alert(1)",
        "mailto:a@b.se",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://[",
        "//ond.example/",
        "http://u:p@127.0.0.1/",
        "/" + "x" * 5_000,
        "http://127.0.0.1:1/",
        "\x00",
        "\\\\server\\share",
        "../../../../slam/",
        "  /slam/  ",
        "?",
        "#",
        "",
    )
    crawls.server.page("/", "Start.", links=hostile)
    crawls.server.page("/slam/", A)
    assert crawls.night().failed == ()
    assert crawls.paths() == ["/slam/"]


def test_only_pages_below_the_address_belong_to_the_site(crawls: Crawls) -> None:
    crawls.below = "/demo"
    crawls.server.page("/demo/", "Start.", links=("/annat/", "/demo/slam/", "/demonstration/"))
    for path in ("/annat/", "/demo/slam/", "/demonstration/"):
        crawls.server.page(path, A)
    crawls.night()
    assert set(crawls.states()) == {"/demo/", "/demo/slam/"}


def test_a_listed_host_belongs_to_the_site(crawls: Crawls) -> None:
    server = crawls.server
    crawls.hosts = (f"localhost:{server.port}",)
    server.page("/", "Start.", links=(f"http://localhost:{server.port}/bibliotek/",))
    server.page("/bibliotek/", B)
    crawls.night()
    assert [page.url for page in crawls.report().new] == [
        f"http://localhost:{server.port}/bibliotek/"
    ]


def test_a_site_without_end_is_left_at_the_limit_and_nothing_is_taken_away(crawls: Crawls) -> None:
    def calendar(handler: BaseHTTPRequestHandler) -> None:
        month = int(handler.path.strip("/") or 0) + 1
        body = html(f"Kalendern för månad {month}.", links=(f"/{month}", f"/{month + 1}")).encode()
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body)

    crawls.most = 8
    crawls.server.pages |= {"/": calendar} | {f"/{month}": calendar for month in range(40)}
    report = crawls.night()
    assert len(crawls.kept()) == 8
    assert report.run.note == "limit_reached"


def test_a_site_that_goes_down_is_not_asked_a_thousand_times(
    crawls: Crawls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawl, "GIVE_UP", 3)
    server = crawls.server
    crawls.limits = Limits(seconds=0.3)
    paths = [f"/{number}" for number in range(10)]

    def hangs(handler: BaseHTTPRequestHandler) -> None:
        server.released.wait()

    server.pages |= dict.fromkeys(paths, hangs)
    server.page("/9", A)
    server.sitemap("/9", *paths)
    with pytest.raises(CrawlError, match="stopped answering"):
        crawls.night()
    assert len([path for path in server.asked if path in paths]) == 4
    for path in paths:
        server.page(path, f"Sidan {path} finns igen.")
    crawls.night()
    assert len(crawls.paths()) == 10
    assert server.count("/9") == 0  # it had been read before the site went down


def test_the_agent_names_itself(crawls: Crawls) -> None:
    crawls.server.page("/", A)
    crawls.night()
    assert crawls.server.agents == {"Kommunbot (+mailto:test)"}


BROKEN_PAGE = "kommun-politik/trasig-sida/"


def test_the_sample_site_gives_the_same_passages_as_its_folder(crawls: Crawls) -> None:
    server = crawls.server
    crawls.below = "/demo"
    server.serve_folder(DATA / "site", "/demo")
    server.pages["/demo/sitemap.xml"] = Reply(
        sitemap(server.url, *(path for path in server.pages if path.startswith("/demo/")))
    )
    report = crawls.night()
    own = read_site(DATA / "site", f"{server.url}/demo")
    assert set(crawls.passages()) == set(own)
    assert len(crawls.passages()) == len(own)
    assert [page.url for page in report.failed] == [f"{server.url}/demo/{BROKEN_PAGE}"]
