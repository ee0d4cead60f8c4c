"""Finding staff and functions in a box where an agent types: of those who may be shown."""

from bot.answering.model import ContactCard
from bot.language.finding import fit
from bot.language.tokens import words
from bot.people.directory import Directory
from bot.people.lookup import named
from bot.people.model import Function, Person

_NAME, _TITLE, _ELSE = 3.0, 2.0, 1.0  # what a word counts for, by where it stands


def find(question: str, directory: Directory, most: int) -> list[ContactCard]:
    """Return those who have every word of `question`, the nearest first.

    Where nobody has them, a name that sounds alike is looked for («lindkvist», «Lindqvist»).
    """
    asked = words(question)
    fields = [(one.card, _of_person(one)) for one in directory.people]
    fields += [(one.card, _of_function(one)) for one in directory.functions]
    weighed = [(fit(asked, texts), card) for card, texts in fields]
    weighed.sort(key=lambda one: -one[0])
    found = [card for nearness, card in weighed if nearness]
    return found[:most] or _alike(question, directory)[:most]


def _alike(question: str, directory: Directory) -> list[ContactCard]:
    found = named(question, directory)
    if not found:
        return []
    return [*found.cards, *(person.card for person in found.maybe)]


def _of_person(person: Person) -> list[tuple[str, float]]:
    place = f"{person.unit} {person.department} {person.duties}"
    return [(person.name, _NAME), (person.title, _TITLE), (place, _ELSE)]


def _of_function(function: Function) -> list[tuple[str, float]]:
    keywords = " ".join(function.keywords)
    return [
        (function.title, _TITLE),
        (keywords, _TITLE),
        (function.unit + " " + function.duties, _ELSE),
    ]
