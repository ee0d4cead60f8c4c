"""Headers that tell the browser what a page may do, and how long to keep a file."""

import re
from collections.abc import Mapping

_HASHED = re.compile(r"-[A-Za-z0-9_-]{8,}\.\w+$")  # the name changes with the content

EVERYWHERE: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    # The chat asks for place and voice, and only when the citizen wishes to give them.
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(self), payment=()",
}

# Other sites load these; they are the same for everybody and hold no secret.
SHARED: Mapping[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def page_headers(
    frame_ancestors: str, *, inline_styles: bool = False, scripts: bool = True
) -> dict[str, str]:
    """Return headers for a page that loads nothing from anybody else.

    Args:
        frame_ancestors: who may show the page inside their own, in CSP's words.
        inline_styles: the page's own code writes styles, as CodeMirror does.
        scripts: the page has code of its own.
    """
    policy = {
        "default-src": "'none'",
        "script-src": "'self'" if scripts else "'none'",
        "style-src": "'self' 'unsafe-inline'" if inline_styles else "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "media-src": "'self'",
        "manifest-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": frame_ancestors,
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Cache-Control": "no-cache",
    }


def file_headers(name: str) -> dict[str, str]:
    """Return how long a browser may keep a file: a year if its name tells its content."""
    if _HASHED.search(name):
        return {"Cache-Control": "public, max-age=31536000, immutable"}
    return {"Cache-Control": "public, max-age=300"}
