"""The text of a PDF, read in a process of its own: a PDF is a program, and may be a bad one.

python -m bot.pages.pdf_text < file.pdf > text.json
"""

import json
import resource
import sys
from datetime import datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader

MAX_SHEETS = 300
SECONDS = 60
_MEMORY = 1_500_000_000  # bytes


def extract(content: bytes) -> dict[str, Any]:
    """Return the PDF's own title and date, and the text of each sheet.

    Raises:
        Exception: whatever pypdf meets in a broken file.
    """
    reader = PdfReader(BytesIO(content))
    about = reader.metadata
    changed = (about.modification_date or about.creation_date) if about else None
    return {
        "title": " ".join((about.title or "").split()) if about else "",
        "changed": changed.date().isoformat() if isinstance(changed, datetime) else None,
        "sheets": [page.extract_text() for page in reader.pages[:MAX_SHEETS]],
    }


def main() -> None:
    """Read standard input, write standard output, within memory and processor time."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    text = extract(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(text).encode())


if __name__ == "__main__":
    main()
