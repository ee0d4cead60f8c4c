"""Is everything there that an answer needs?"""

from collections.abc import Iterator

from bot.faq.checking.model import Content, Finding
from bot.faq.model import Entry
from bot.language.normalise import has_marks


def check_completeness(entry: Entry, content: Content) -> Iterator[Finding]:
    """Find entries with few or one-sided ways to ask."""
    fewest = content.style.variants
    if len(entry.variants) < fewest:
        told = (
            f"{entry.id} har {len(entry.variants)} varianter. Skriv minst {fewest}, så som"
            " invånare frågar: kort, slarvigt och med vardagsord."
        )
        yield content.finding("varianter", entry, "varianter", told)
    elif not any(_without_marks(text) for text in entry.variants):
        told = f"Ingen variant i {entry.id} är skriven utan å, ä och ö. Lägg till en."
        yield content.finding("varianter", entry, "varianter", told)


def _without_marks(text: str) -> bool:
    return not has_marks(text.lower())
