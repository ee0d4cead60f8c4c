"""Which addresses belong to the site, and the one way to write each."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

from courlan import normalize_url

_LONGEST = 2_000  # characters; a longer address is a trap or a mistake
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Site:
    """Everything below one address, and the other hosts that are listed with it.

    `root` ends with a slash. `others` are hosts, with a port where it is not the usual one.
    """

    root: str
    others: frozenset[str] = frozenset()

    @classmethod
    def of(cls, url: str, others: tuple[str, ...] = ()) -> "Site":
        """Take the folder that `url` names or lies in.

        Raises:
            ValueError: it is no address of a web site.
        """
        parts = urlsplit(url.strip())
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError(f"«{url}» is no address of a web site; it should begin with https://")
        folder, _, last = parts.path.rpartition("/")
        path = f"{folder}/" if "." in last or not last else f"{folder}/{last}/"
        root = normalize_url(urlunsplit((parts.scheme, parts.netloc, path, "", "")))
        return cls(root, frozenset(host.lower() for host in others))

    @property
    def key(self) -> str:
        """The name that the site's pages are stored under: `KOMMUNBOT_SITE_URL`."""
        return self.root.rstrip("/")

    def address(self, link: str, base: str | None = None) -> str | None:
        """Return the one address that `link` stands for, or None if it leads out of the site."""
        try:
            full = urljoin(base or self.root, link.strip())
            parts = urlsplit(full)
            if len(full) > _LONGEST or parts.scheme not in _PORTS or "@" in parts.netloc:
                return None
            own = urlsplit(self.root)
            if _host(parts.netloc, parts.scheme) == _host(own.netloc, own.scheme):
                parts = parts._replace(scheme=own.scheme, netloc=own.netloc)
            found = str(normalize_url(parts._replace(path=parts.path or "/", fragment="")))
        except ValueError:
            return None
        return found if self.holds(found) else None

    def holds(self, url: str) -> bool:
        parts = urlsplit(url)
        return url.startswith(self.root) or _host(parts.netloc, parts.scheme) in self.others

    def shares_host(self, url: str) -> bool:
        """Tell whether `url` is asked of one of the site's own hosts, anywhere on it."""
        own, parts = urlsplit(self.root), urlsplit(url)
        host = _host(parts.netloc, parts.scheme)
        return host == _host(own.netloc, own.scheme) or host in self.others


def _host(netloc: str, scheme: str) -> str:
    """The host as it is listed: a port only where it is not the scheme's own."""
    return netloc.lower().removesuffix(f":{_PORTS.get(scheme, '')}")


def origin(url: str) -> str:
    """Return scheme and host of an address, which robots.txt is valid for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
