"""The templates of the plain pages, and what they are filled with."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from bot.answering.model import Decision, Outcome, Reason, Source
from bot.texts import Texts
from connectors.queue.saying import month
from connectors.widget.plain.markup import link, mail_address, markup, phone_address
from connectors.widget.security import page_headers

SURE = 0.75  # below this an answer says that it may be wrong; the same as the widget's


class Templates:
    """Draws pages in the municipality's words. They hold no script, and load none."""

    def __init__(self, texts: Texts, web_dir: Path, embedding: str) -> None:
        """Read nothing yet.

        Args:
            web_dir: where the built browser code lies, for the style sheet.
            embedding: who may show the pages inside their own, in CSP's words.
        """
        self._web_dir = web_dir
        self._headers = {
            **page_headers(embedding, scripts=False),
            "Cache-Control": "no-store",  # a page can hold what somebody has written
        }
        self._environment = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            t=texts.get,
            known=lambda key: key in texts,
            link=link,
            mail=mail_address,
            phone=phone_address,
            wording=_wording,
        )
        self._environment.filters.update(
            markup=markup,
            day=lambda day: day_in_words(texts, day),
            percent=lambda share: f"{100 * share:.0f}",
            source_title=_source_title,
            unsure=_is_unsure,
        )

    def draw(self, name: str, values: Mapping[str, Any], status: int = 200) -> Response:
        page = self._environment.get_template(name).render(values, style=self._style())
        return HTMLResponse(page, status, self._headers)

    def _style(self) -> str | None:
        """Return the style sheet's address, beside the pages; its name changes with its content."""
        found = sorted(self._web_dir.glob("assets/page-*.css"))
        return f"assets/{found[0].name}" if found else None


def day_in_words(texts: Texts, day: date) -> str:
    """Return `10 november 2026`."""
    return f"{day.day} {month(texts, day)} {day.year}"


def _wording(decision: Decision) -> str | None:
    """Return the name of the text to show instead: nobody can be talked with on these pages."""
    if decision.outcome is not Outcome.HANDOFF:
        return None
    return "plain_down" if decision.reason is Reason.SERVICE_DOWN else "plain_handoff"


def _source_title(source: Source) -> str:
    apart = source.section and source.section != source.title
    return f"{source.title}, {source.section}" if apart else source.title


def _is_unsure(decision: Decision) -> bool:
    answers = decision.outcome is Outcome.ANSWER
    return answers and decision.confidence is not None and decision.confidence < SURE
