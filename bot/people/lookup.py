"""Who a citizen means by «Anna på soc», «lars lindqvist» or «rektorn på Lindöskolan»."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from bot.answering.model import ContactCard
from bot.language.tokens import stop_words, terms, words
from bot.people.directory import Directory
from bot.people.model import Function, Person

MOST_SHOWN = 5  # with more, the citizen is asked for the unit: staff are never listed
_SPELLING = 86  # per cent alike: Lindqvist and Lindkvist, but not Lindberg
_LONG_ENOUGH = 4  # shorter words are not matched by likeness, only letter by letter
_WORDS_FOR_ROLE = 2  # "rektor" alone is everybody's; "rektor lindöskolan" is one

# Words that stand before a name without being one; other words there are taken for a first name.
_BEFORE_NAME = frozenset(
    """
    soker sok na till heter numret nummer telefon telefonnummer mejl epost mail prata tala med
    kontakta ringa ring fa tag pa traffa herr fru handlaggare handlaggaren efter direkt
    """.split()  # noqa: SIM905  # a list would take forty lines
)


@dataclass(frozen=True)
class LookUp:
    """What to say and whom to show."""

    text_key: Literal["person_found", "person_which_unit"]
    cards: tuple[ContactCard, ...]


def named(question: str, directory: Directory) -> LookUp | None:
    """Find whom `question` names, at the unit that it names as well.

    Returns:
        None where nobody who may be shown is named. That is the same for a person
        who does not exist and for one who is protected.
    """
    asked = frozenset(terms(question))
    people = _by_name(words(question), directory.people)
    close = _at_unit(asked, _functions(asked, directory.functions), people) or people
    return _shown([person.card for person in close]) if close else None


def responsible(question: str, directory: Directory) -> LookUp | None:
    """Find who has the title, else the function, else the duties that `question` names."""
    asked = frozenset(terms(question))
    found = (
        _by_title(asked, directory.people)
        or _functions(asked, directory.functions)
        or _by_role(asked, directory.people)
    )
    return _shown([either.card for either in found]) if found else None


def named_in_full(question: str, directory: Directory) -> LookUp | None:
    """Find whom `question` names by first name and surname, and nobody by less."""
    asked = words(question)
    people = _whole_name(asked, directory.people)
    return _shown([person.card for person in people]) if people else None


def _shown(cards: Sequence[ContactCard]) -> LookUp:
    if len(cards) > MOST_SHOWN:
        return LookUp("person_which_unit", ())
    return LookUp("person_found", tuple(cards))


def _by_name(asked: Sequence[str], people: Sequence[Person]) -> list[Person]:
    """People whose whole name is asked for; else those whose one name is asked for alone.

    «Anna-Karin Öberg» is nobody here if the only Öberg is Malin: a wrong person is
    worse than none.
    """
    if both := _whole_name(asked, people):
        return both
    surnamed = [p for p in people if _stands_alone(_place(p.surname, asked), asked)]
    if surnamed:
        return surnamed
    return [p for p in people if p.first_name in asked and _no_surname_after(p.first_name, asked)]


def _whole_name(asked: Sequence[str], people: Sequence[Person]) -> list[Person]:
    """People whose first name stands right before their surname."""
    return [
        person
        for person in people
        if person.first_name in asked
        and (place := _place(person.surname, asked))
        and asked[place - 1] == person.first_name
    ]


def _place(surname: str, asked: Sequence[str]) -> int | None:
    return next((n for n, word in enumerate(asked) if _alike(surname, word)), None)


def _stands_alone(place: int | None, asked: Sequence[str]) -> bool:
    return place is not None and (place == 0 or _is_plain(asked[place - 1]))


def _no_surname_after(first_name: str, asked: Sequence[str]) -> bool:
    after = asked[list(asked).index(first_name) + 1 :]
    return not after or _is_plain(after[0])


def _is_plain(word: str) -> bool:
    return word in _BEFORE_NAME or word in stop_words()


def _alike(name: str, word: str) -> bool:
    if name == word or min(len(name), len(word)) < _LONG_ENOUGH:
        return name == word
    return name[0] == word[0] and fuzz.ratio(_sound(name), _sound(word)) >= _SPELLING


def _sound(name: str) -> str:
    """Spell alike what sounds alike: Ericsson and Eriksson, Lindqvist and Lindkvist."""
    for written, spoken in (
        ("qu", "k"),
        ("q", "k"),
        ("ck", "k"),
        ("c", "k"),
        ("w", "v"),
        ("z", "s"),
    ):
        name = name.replace(written, spoken)
    return "".join(letter for n, letter in enumerate(name) if n == 0 or letter != name[n - 1])


def _at_unit(
    asked: frozenset[str], functions: Sequence[Function], people: Sequence[Person]
) -> list[Person]:
    """Those of `people` whose unit or duties the question names as well."""
    hints = asked.union(*(function.unit_terms for function in functions))
    return [p for p in people if any(_begins(h, t) for h in hints for t in p.role_terms)]


def _begins(hint: str, term: str) -> bool:
    """Tell that "soc" may be "socialtjanst", and "socialtjansten" too."""
    short, long = sorted((hint, term), key=len)
    return len(short) > 2 and long.startswith(short) and (short == hint or len(short) > 5)


def _functions(asked: frozenset[str], functions: Sequence[Function]) -> list[Function]:
    """Those with the most exact keyword: the one that takes up most of the question."""
    scored = [(function, _exactness(function, asked)) for function in functions]
    most = max((exactness for _, exactness in scored), default=0)
    return [function for function, exactness in scored if exactness == most] if most else []


def _exactness(function: Function, asked: frozenset[str]) -> int:
    named = (keyword for keyword in function.keyword_terms if keyword <= asked)
    return max((sum(map(len, keyword)) for keyword in named), default=0)


def _by_title(asked: frozenset[str], people: Sequence[Person]) -> list[Person]:
    """People whose whole title is asked for, at the place that is asked for."""
    titled = [person for person in people if person.title_terms <= asked]
    return _by_role(asked, titled) or titled


def _by_role(asked: frozenset[str], people: Sequence[Person]) -> list[Person]:
    scored = [(person, len(asked & person.role_terms)) for person in people]
    most = max((count for _, count in scored), default=0)
    return [p for p, count in scored if count == most] if most >= _WORDS_FOR_ROLE else []
