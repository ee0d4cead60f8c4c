"""A page, and the pieces of it that search returns."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Passage:
    """A piece of a page under one heading.

    `section` is the heading path below the page's title, as in «Avgift > Rabatt», "" for what
    stands before the first heading; of a PDF it is the page. `language` has two letters.
    `news` passages are kept apart: old news carry old fees.
    """

    url: str
    page_title: str
    section: str
    text: str
    reviewed: date | None
    news: bool = False
    language: str = "sv"

    @property
    def id(self) -> str:
        return f"{self.url}#{self.section}" if self.section else self.url
