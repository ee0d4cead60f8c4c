"""A municipality's own site, on another host than the gateway, with the chat on its pages."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.support.gateway import ROOT
from tests.support.postgres import free_port
from tests.support.site_server import Reply, SiteServer, running_site
from tests.support.system import GatewayOnly, System, running

GUIDE = ROOT / "docs/how-to/embed-the-widget.md"
EXAMPLE_HOST = "chatt.skarvinge.example"  # the gateway in the guide
ICON = '<link rel="icon" href="data:,">'
TEXT = "<main><h1>Bygga och bo</h1><p>Här står mer om hur det går till.</p></main>"


@dataclass
class HostSite:
    """The site, and the gateway that its pages get the chat from."""

    site: SiteServer
    gateway: System

    @property
    def script(self) -> str:
        return f'<script src="{self.gateway.url}/kommunbot.js" async></script>'

    @property
    def strangers(self) -> str:
        """The same site under a name that the gateway has not been told of."""
        return f"http://localhost:{self.site.port}"

    def page(self, *, head: str = "", body: str = "", policy: str = "", path: str = "/") -> str:
        """Serve a page and return its address; `SCRIPT` and `GATEWAY` are filled in."""
        html = (
            f'<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Kommunen</title>'
            f"{'' if policy else ICON}{head}</head><body>{TEXT}{body}</body></html>"
        )
        headers = {"Content-Security-Policy": self.filled(policy)} if policy else {}
        self.site.pages[path] = Reply(self.filled(html), headers=headers)
        return f"{self.site.url}{path}"

    def filled(self, text: str) -> str:
        return text.replace("SCRIPT", self.script).replace("GATEWAY", self.gateway.url)

    def policy(self, number: int = 0) -> str:
        """Return one of the policies that the guide gives, for this gateway."""
        written = re.findall(r"```csp\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
        secure = " ".join(written[number].split())
        assert EXAMPLE_HOST in secure
        host = urlsplit(self.gateway.url).netloc
        return (
            secure.replace(f"https://{EXAMPLE_HOST}", f"http://{host}")
            .replace(f"wss://{EXAMPLE_HOST}", f"ws://{host}")
            .replace("https://www.skarvinge.example", self.site.url)
        )


@contextmanager
def running_host_site() -> Iterator[HostSite]:
    """Serve a site with a name of its own, and a gateway with a scripted assistant beside it."""
    with running_site() as site, tempfile.TemporaryDirectory(prefix="kommunbot-host-") as name:
        allowed = {"KOMMUNBOT_ALLOWED_ORIGINS": site.url}
        with running(GatewayOnly(Path(name), free_port(), settings=allowed)) as gateway:
            yield HostSite(site, gateway)
