"""A municipality's web server in a thread, as well or as badly behaved as a test wants it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Misbehave = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Reply:
    """What is served at one address."""

    body: bytes | str = b""
    status: int = 200
    kind: str | None = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


class SiteServer:
    """Serves `pages`, by path with its query, and remembers who asked for what."""

    def __init__(self) -> None:
        self.pages: dict[str, Reply | Misbehave] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.released = threading.Event()  # ends what hangs
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def page(self, path: str, text: str, *, head: str = "", links: tuple[str, ...] = ()) -> None:
        """Serve a page with some text, in the way that municipal pages are built."""
        self.pages[path] = Reply(html(text, head=head, links=links))

    def sitemap(self, *paths: str) -> None:
        """List pages in /sitemap.xml; whole addresses are listed as they are."""
        self.pages["/sitemap.xml"] = Reply(sitemap(self.url, *paths), kind="application/xml")

    def count(self, path: str) -> int:
        return self.asked.count(path)

    def serve_folder(self, folder: Path, prefix: str) -> None:
        """Serve every index.html below `folder`, as the gateway serves the sample site."""
        for path in folder.rglob("index.html"):
            below = "/".join(path.parent.relative_to(folder).parts)
            address = f"{prefix}/{below}/" if below else f"{prefix}/"
            self.pages[address] = Reply(path.read_bytes())


def html(text: str, *, title: str = "", head: str = "", links: tuple[str, ...] = ()) -> str:
    anchors = "".join(f'<li><a href="{link}">Läs mer</a></li>' for link in links)
    return (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8">{head}</head><body>'
        f"<nav><ul>{anchors}</ul></nav><main><h1>{title or text[:30]}</h1>"
        f"<p>{text} Här står mer om hur det går till hos oss i kommunen.</p></main></body></html>"
    )


def sitemap(origin: str, *paths: str, kind: str = "urlset") -> str:
    item = "url" if kind == "urlset" else "sitemap"
    places = [path if path.startswith("http") else origin + path for path in paths]
    rows = "".join(f"<{item}><loc>{place}</loc></{item}>" for place in places)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?><{kind} xmlns="{space}">{rows}</{kind}>'


@contextmanager
def running_site() -> Iterator[SiteServer]:
    site = SiteServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.agents.add(self.headers.get("User-Agent", ""))
            found = site.pages.get(self.path, Reply("Finns inte", 404))
            self.close_connection = True
            try:
                if isinstance(found, Reply):
                    _answer(self, found)
                else:
                    found(self)
            except OSError:
                pass  # the crawler has had enough

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    known = reply.headers.get("ETag") or reply.headers.get("Last-Modified")
    asked = handler.headers.get("If-None-Match") or handler.headers.get("If-Modified-Since")
    fresh = known is not None and known == asked
    handler.send_response(304 if fresh else reply.status)
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    if reply.kind:
        handler.send_header("Content-Type", reply.kind)
    if not fresh:
        handler.send_header("Content-Length", str(len(reply.content)))
    handler.end_headers()
    if not fresh and handler.command != "HEAD":
        handler.wfile.write(reply.content)


def redirect(to: str, status: int = 301) -> Reply:
    return Reply(status=status, headers={"Location": to})
