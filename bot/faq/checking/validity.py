"""Does it still hold? End dates and the age of reviews."""

from collections.abc import Iterator

from bot.faq.checking.model import Content, Finding
from bot.faq.model import Entry

_SWEDISH_DATE = "%Y-%m-%d"


def check_validity(entry: Entry, content: Content) -> Iterator[Finding]:
    """Find answers that have ended or soon will, and reviews that are old or yet to come."""
    today, style = content.today, content.style
    if entry.valid_to and entry.valid_to < today:
        told = (
            f"{entry.id} slutade gälla {entry.valid_to}. Skriv det nya svaret, eller ta bort det."
        )
        yield content.finding("slut", entry, "giltig_till", told)
    elif entry.valid_to and (entry.valid_to - today).days <= style.ends_soon_days:
        told = f"{entry.id} slutar gälla {entry.valid_to}. Skriv det svar som ska gälla sedan."
        yield content.finding("slutar-snart", entry, "giltig_till", told)
    yield from _reviewed(entry, content)


def _reviewed(entry: Entry, content: Content) -> Iterator[Finding]:
    style = content.style
    allowed = style.review_days_risky if entry.risk == "hog" else style.review_days
    age = (content.today - entry.reviewed).days
    if age > allowed:
        told = (
            f"{entry.id} granskades för {age} dagar sedan, högst {allowed} är lagom."
            " Kontrollera hela svaret och skriv dagens datum."
        )
        yield content.finding("granskad", entry, "granskad", told)
    if age < 0:
        told = (
            f"{entry.id} är granskad i framtiden. Skriv dagen då en människa kontrollerade svaret."
        )
        yield content.finding("granskad", entry, "granskad", told)
