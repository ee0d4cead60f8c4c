"""From a PDF to passages, whose sections are its sheets."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.language.identify import identify
from bot.pages.model import Passage
from bot.pages.reading import windows

SECONDS = 90.0
_SHEET = "sida {}"  # the section that a citizen sees beside the answer
_FEWEST_WORDS = 4


@dataclass(frozen=True)
class PdfText:
    """What was read of a PDF: its own title and date, and the text of each sheet."""

    title: str
    changed: str | None
    sheets: tuple[str, ...]


def read_pdf(content: bytes, seconds: float = SECONDS) -> bytes:
    """Return the text of a PDF as JSON, which `pdf_passages` takes.

    Raises:
        ValueError: it cannot be read, or not within memory and `seconds`.
    """
    command = [sys.executable, "-m", "bot.pages.pdf_text"]
    try:
        done = subprocess.run(  # noqa: S603  # our own module
            command, input=content, capture_output=True, timeout=seconds, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise ValueError(f"the PDF takes more than {seconds:g} s to read") from error
    except subprocess.CalledProcessError as error:
        raise ValueError("the PDF cannot be read") from error
    return done.stdout


def pdf_passages(text: bytes, url: str) -> tuple[Passage, ...]:
    """Cut the text of a PDF into passages; the section is the sheet.

    Raises:
        ValueError: there is no text in it, as in a scanned paper.
    """
    told = json.loads(text)
    pdf = PdfText(told["title"], told["changed"], tuple(told["sheets"]))
    pieces = list(_pieces(pdf))
    if not pieces:
        raise ValueError("the PDF holds no text")
    title = pdf.title or url.rsplit("/", maxsplit=1)[-1]
    language = identify(" ".join(piece for _, piece in pieces[:3])[:1_000])
    changed = date.fromisoformat(pdf.changed) if pdf.changed else None
    return tuple(
        Passage(url, title, section, piece, changed, language=language) for section, piece in pieces
    )


def _pieces(pdf: PdfText) -> Iterator[tuple[str, str]]:
    for number, sheet in enumerate(pdf.sheets, start=1):
        for piece in windows(line for line in sheet.splitlines() if line.strip()):
            if len(piece.split()) >= _FEWEST_WORDS:
                yield _SHEET.format(number), piece
