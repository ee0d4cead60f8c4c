"""Who can be looked up."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from bot.answering.model import ContactCard
from bot.language.tokens import terms, words

SHORTEST, WHOLE = 3, 6  # letters, of a word cut short and of one that may have an ending
_ANYBODYS = frozenset({"handlaggare", "kommun"})  # words of titles that tell nobody from another
_CHOICE, _ID_LETTERS = "person:", 16


@dataclass(frozen=True)
class Person:
    """A published member of staff. Unpublished ones are never loaded."""

    name: str
    title: str
    unit: str
    department: str
    duties: str
    phone: str | None
    email: str | None
    hours: str | None

    @cached_property
    def id(self) -> str:
        """What a choice is called that means this person: never that of an entry."""
        told = "\n".join((self.name, self.title, self.unit))
        return _CHOICE + sha256(told.encode()).hexdigest()[:_ID_LETTERS]

    @cached_property
    def first_name(self) -> str:
        """Folded; all names before the surname."""
        return " ".join(words(self.name)[:-1]) or self.surname

    @cached_property
    def surname(self) -> str:
        return words(self.name)[-1]

    @cached_property
    def first_parts(self) -> tuple[str, ...]:
        return tuple(self.first_name.replace("-", " ").split())

    @cached_property
    def surname_parts(self) -> tuple[str, ...]:
        return tuple(self.surname.replace("-", " ").split())

    @cached_property
    def title_terms(self) -> frozenset[str]:
        """What makes the title; empty where it says nothing, as «Handläggare» does."""
        return frozenset(_terms(self.title)) - _ANYBODYS

    @cached_property
    def role_terms(self) -> frozenset[str]:
        return frozenset(_terms(f"{self.title} {self.unit} {self.department} {self.duties}"))

    @property
    def card(self) -> ContactCard:
        return ContactCard(
            name=self.name,
            title=self.title,
            unit=self.unit,
            phone=self.phone,
            email=self.email,
            hours=self.hours,
        )


@dataclass(frozen=True)
class Function:
    """A mailbox or number that answers whoever works there."""

    title: str
    unit: str
    duties: str
    keywords: tuple[str, ...]
    phone: str | None
    email: str | None
    hours: str | None

    @cached_property
    def keyword_terms(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(_terms(keyword)) for keyword in (self.title, *self.keywords))

    def exactness(self, asked: frozenset[str]) -> int:
        """Return how many letters of the terms `asked` are a keyword's; 0 where none is whole."""
        return max((sum(map(len, keyword)) for keyword in self._named(asked)), default=0)

    def keywords_in(self, asked: frozenset[str]) -> frozenset[str]:
        """Return the terms of every keyword that is whole in `asked`."""
        return frozenset[str]().union(*self._named(asked))

    def _named(self, asked: frozenset[str]) -> list[frozenset[str]]:
        return [keyword for keyword in self.keyword_terms if keyword <= asked]

    @cached_property
    def unit_terms(self) -> frozenset[str]:
        return frozenset(_terms(self.unit))

    @property
    def card(self) -> ContactCard:
        return ContactCard(
            title=self.title,
            unit=self.unit,
            phone=self.phone,
            email=self.email,
            hours=self.hours,
        )


def _terms(text: str) -> list[str]:
    return terms(text.replace("- ", " "))  # «Barn- och familjeenheten»


def is_person(choice: str) -> bool:
    """Tell whether a choice means a person."""
    return choice.startswith(_CHOICE)


def begins(hint: str, term: str) -> bool:
    """Tell that "soc" may be "socialtjanst", and "socialtjansten" too."""
    short, long = sorted((hint, term), key=len)
    if not long.startswith(short):
        return False
    return len(short) >= (SHORTEST if short == hint else WHOLE)
