"""What editors read about changes. Every sentence stands here."""

from bot.answering.model import Outcome
from bot.preview.bank import Unmoved
from bot.preview.model import ChangeKind, Side

_CHANGES: dict[ChangeKind, str] = {
    "new_text": "Samma fråga och svar som förut svarar, men texten är ny.",
    "stolen": "Förut svarade «{before}». Nu svarar «{after}». Stämmer det?",
    "lost": "Förut svarade «{before}». Nu {does}. Lägg till frågan som variant om den ska ge svar.",
    "gained": "Förut gavs inget svar. Nu svarar «{after}».",
    "other_choices": "Inget säkert svar, varken förut eller nu. Det som erbjuds är annorlunda.",
}
_UNMOVED = (
    "Svaret på den här frågan får inte ändras: {why} Ändra tillbaka, eller stryk frågan ur"
    " data/quality/orubbliga.yml först om den inte längre gäller. {change}"
)
_DOES = {
    Outcome.CLARIFY: "frågar assistenten tillbaka",
    Outcome.HANDOFF: "lämnar assistenten över till en människa",
    Outcome.OOS: "säger assistenten att det inte är kommunens sak",
    Outcome.PERSON_LOOKUP: "letar assistenten efter en person",
}
_OTHERWISE = "ges inget svar"


def change(kind: ChangeKind, before: Side, after: Side) -> str:
    """Say what becomes of a question."""
    return _CHANGES[kind].format(
        before=before.title or "",
        after=after.title or "",
        does=_DOES.get(after.outcome, _OTHERWISE),
    )


def unmoved(broken: Unmoved, told: str) -> str:
    """Say that an answer changes that must not, and why it must not."""
    return _UNMOVED.format(why=broken.why, change=told)
