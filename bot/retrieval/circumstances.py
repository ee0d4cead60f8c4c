"""What speaks against a document besides its words: its season, its age, whom it is for.

All of it only decides between documents that fit about equally well.
"""

from collections.abc import Collection
from datetime import date

from bot.language.tokens import terms
from bot.retrieval.model import Document

OUT_OF_SEASON = 0.05  # of the score, where the best hit has some 1.5
OTHER_AUDIENCE = 0.10
NOT_REVIEWED = 0.03
_FRESH_DAYS = 730  # an answer that nobody has looked at for two years
_BUSINESS = frozenset(
    terms(
        "företag företagare firma verksamhet näringsidkare näringsverksamhet restaurang café butik"
        " salong krog verkstad fabrik kontor kund bolag entreprenör food truck livsmedelsföretag"
    )
)


def speaks_for_business(asked: Collection[str]) -> bool:
    """Tell whether somebody with these terms writes for a business."""
    return not _BUSINESS.isdisjoint(asked)


def drawback(document: Document, asked_by_business: bool, today: date) -> float:
    """Return what to take off the score of `document`."""
    return (
        OUT_OF_SEASON * (bool(document.months) and today.month not in document.months)
        + OTHER_AUDIENCE * (asked_by_business and _only_for_residents(document))
        + NOT_REVIEWED * _stale(document, today)
    )


def _only_for_residents(document: Document) -> bool:
    return bool(document.audience) and "foretag" not in document.audience


def _stale(document: Document, today: date) -> bool:
    return document.reviewed is not None and (today - document.reviewed).days > _FRESH_DAYS
