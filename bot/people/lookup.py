"""Who a citizen means by «Anna på soc», «lars lindqvist» or «rektorn på Lindöskolan».

A wrong person is worse than none: whoever is only nearly named is asked about («Menar du …?»),
and whoever is not published is not there at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answering.model import ContactCard
from bot.people.asked import Asked, digits
from bot.people.directory import Directory
from bot.people.model import Function, Person
from bot.people.names import ALSO_WORDS, Likeness, likeness, sound

MOST_SHOWN = 5  # with more, the citizen is asked for the unit: staff are never listed
_MOST_ASKED = 3  # «Menar du …?»: as many as a decision's choices
_SEVERAL = 2
_CHIEF = "chef"
_WORDS_FOR_ROLE = 2  # "rektor" alone is everybody's; "rektor lindöskolan" is one

TextKey = Literal[
    "person_found",
    "person_several",
    "person_which_unit",
    "person_do_you_mean",
    "person_registrator",
]


@dataclass(frozen=True)
class LookUp:
    """What to say, whom to show, and whom to ask about first."""

    text_key: TextKey
    cards: tuple[ContactCard, ...] = ()
    maybe: tuple[Person, ...] = ()


def named(question: str, directory: Directory) -> LookUp | None:
    """Find whom `question` names, at the unit that it names as well.

    Returns:
        None where nobody who may be shown is named. That is the same for a person
        who does not exist and for one who is protected.
    """
    asked = Asked(question, directory)
    if asked.is_of_everybody:
        return LookUp("person_registrator")
    if asked.is_of_others:
        return None
    found = _by_number(asked.number, directory.functions) or _by_name(asked)
    return found or (_titled(asked) if asked.is_who and not asked.unknown() else None)


def _by_name(asked: Asked) -> LookUp | None:
    """Find by the whole name, else by a part of it, else by the one name that is given."""
    whole = _whole_names(asked)
    if sure := _sure(whole):
        return _at_their_unit(sure, asked)
    if asked.part:
        return _asked_about(_by_part(asked, asked.part))
    if alone := _single_names(asked):
        return _asked_about(alone) if _may_be_surname(asked, alone) else _shown(alone)
    return _asked_about(list(whole))


def responsible(question: str, directory: Directory) -> LookUp | None:
    """Find who has the title, else the function, else the duties that `question` names.

    With a name in it that nobody has, only functions are shown: a colleague is somebody else.
    """
    asked = Asked(question, directory)
    if asked.is_of_others or asked.number:
        return None
    if asked.unknown():
        return _shown(asked.answering) if asked.answering else None
    if titled := _titled(asked):
        return titled
    by_duties = _by_role(asked)
    found = by_duties if asked.is_who and _is_more_exact(by_duties, asked) else asked.functions
    return _shown(found or by_duties) if found or by_duties else None


def named_in_full(question: str, directory: Directory) -> LookUp | None:
    """Find whom `question` names by first name and surname, and nobody by less."""
    asked = Asked(question, directory)
    if asked.is_of_others:
        return None
    people = _sure(_whole_names(asked))
    return _at_their_unit(people, asked) if people else None


def _shown(found: Sequence[Person] | Sequence[Function]) -> LookUp:
    if len(found) > MOST_SHOWN:
        return LookUp("person_which_unit")
    key: TextKey = "person_found" if len(found) == 1 else "person_several"
    return LookUp(key, tuple(one.card for one in found))


def _asked_about(people: Sequence[Person]) -> LookUp | None:
    if not people:
        return None
    if len(people) > _MOST_ASKED:
        return LookUp("person_which_unit")
    return LookUp("person_do_you_mean", maybe=tuple(people))


def _at_their_unit(people: Sequence[Person], asked: Asked) -> LookUp | None:
    """Show whole names; somebody who works elsewhere than was said is asked about first."""
    fitting = [person for person in people if asked.fits(person)]
    if asked.places and not fitting:
        return _asked_about(people)
    sought = set(map(_heard, people))
    chosen = fitting if fitting and len(sought) == 1 else people
    if len(sought) == len(chosen) <= MOST_SHOWN:  # each by a name of their own
        return LookUp("person_found", tuple(person.card for person in chosen))
    return _shown(chosen)


def _whole_names(asked: Asked) -> dict[Person, Likeness]:
    """People whose first name stands beside their surname."""
    pieces = list(asked.pieces())
    scored = {person: _wholly(person, pieces) for person in asked.directory.people}
    return {person: like for person, like in scored.items() if like}


def _sure(whole: Mapping[Person, Likeness]) -> list[Person]:
    """Those whose names are written so, and by sound those who have no such namesake."""
    exact = {_heard(person) for person, like in whole.items() if like is Likeness.SAME}
    return [
        person
        for person, like in whole.items()
        if like is Likeness.SAME or (like is Likeness.SOUND and _heard(person) not in exact)
    ]


def _heard(person: Person) -> tuple[str, str]:
    return sound(person.first_name), sound(person.surname)


def _wholly(person: Person, pieces: Iterable[tuple[int, int, str]]) -> Likeness:
    """How near two pieces beside each other come; surname first only if both are sure."""
    given = [(a, b, _given(person, text)) for a, b, text in pieces]
    given = [one for one in given if one[2]]
    if not given:
        return Likeness.OTHER
    family = [(a, b, _family(person, text)) for a, b, text in pieces]
    return max(
        (
            min(first, last)
            for a, b, first in given
            for c, d, last in family
            if b == c or (d == a and min(first, last) >= Likeness.SOUND)  # «Öberg, Malin»
        ),
        default=Likeness.OTHER,
    )


def _given(person: Person, text: str) -> Likeness:
    """How near `text` comes to the first name; half of a double one is only near."""
    whole = likeness(person.first_name, text)
    return whole or _of_parts(person.first_parts, text)


def _family(person: Person, text: str) -> Likeness:
    whole = likeness(person.surname, text)
    return whole or _of_parts(person.surname_parts, text)


def _of_parts(parts: Sequence[str], text: str) -> Likeness:
    is_part = len(parts) > 1 and any(likeness(p, text) >= Likeness.SOUND for p in parts)
    return Likeness.NEAR if is_part else Likeness.OTHER


def _single_names(asked: Asked) -> list[Person]:
    """People whose surname, else whose first name, stands alone, at the unit that is named."""
    people = asked.directory.people
    for named_by, least in (("surname", Likeness.SOUND), ("first_name", Likeness.SAME)):
        found = [
            person
            for person in people
            if any(
                likeness(getattr(person, named_by), word) >= least
                and _is_alone(place, person, asked)
                for place, word in enumerate(asked.words)
            )
        ]
        if found:
            return [one for one in found if asked.fits(one)] if asked.places else found
    return []


def _may_be_surname(asked: Asked, people: Sequence[Person]) -> bool:
    """Tell that a first name stands right before a place: «Eva Norrby» may be a whole name."""
    firsts = {person.first_name for person in people}
    return any(
        word in firsts and asked.is_role(place + 1) for place, word in enumerate(asked.words)
    )


def _is_alone(place: int, person: Person, asked: Asked) -> bool:
    """Tell that nothing beside the word at `place` is part of the name.

    «Anna-Karin Öberg» is nobody if the only Öberg is Malin.
    """
    if not asked.is_plain(place - 1) or not asked.is_plain(place + 1):
        return False
    if asked.is_beside_name(place):  # «how» sounds like Hoff
        return False
    if asked.words[place] not in ALSO_WORDS:
        return True
    rest = [n for n in range(len(asked.words)) if n != place]
    is_all = not rest or (asked.fits(person) and all(map(asked.is_plain, rest)))
    return asked.seeks_before(place) or is_all


def _by_part(asked: Asked, part: str) -> list[Person]:
    """People with a surname that ends or begins so; first name and unit are as far as named."""
    people = [p for p in asked.directory.people if _has_part(p, sound(part))]
    for first in asked.unknown(besides=part):
        people = [p for p in people if likeness(p.first_name, first) >= Likeness.SOUND]
    return [p for p in people if asked.fits(p)] if asked.places else people


def _has_part(person: Person, part: str) -> bool:
    return sound(person.surname).endswith(part) or sound(person.surname).startswith(part)


def _by_number(number: str | None, functions: Sequence[Function]) -> LookUp | None:
    """Whose number it is, where a function's. Where several share it, the file's first answers.

    Nobody is found by the number of a person, however public: it would tell who called whom.
    """
    for function in functions:
        if number and function.phone and digits(function.phone) == number:
            return LookUp("person_found", (function.card,))
    return None


def _titled(asked: Asked) -> LookUp | None:
    """Show who alone has the title; of several colleagues the function that answers for them.

    Where nobody is asked for by name, a function that is named as well answers before a person.
    """
    people = _by_title(asked)
    theirs = [one for one in asked.functions if one.unit in {person.unit for person in people}]
    if theirs and not asked.is_who and not _is_more_exact(people, asked):
        return _shown(theirs)
    function = _function_of(people, asked)
    return _shown(function or people) if people else None


def _by_title(asked: Asked) -> list[Person]:
    """People whose whole title is asked for, at the place that is asked for."""
    titled = [p for p in asked.directory.people if p.title_terms and p.title_terms <= asked.terms]
    titled = titled or [p for p in asked.directory.people if _is_chief(p, asked)]
    scored = [(p, (asked.fitting(p), len(asked.terms & p.role_terms))) for p in titled]
    most = max((score for _, score in scored), default=None)
    return [person for person, score in scored if score == most]


def _is_chief(person: Person, asked: Asked) -> bool:
    """«Chefen för bygglov» is who has a title that ends so, and works with all that is named."""
    is_asked = _CHIEF in asked.terms and person.title.lower().endswith(_CHIEF)
    return is_asked and 0 < len(asked.places) == asked.fitting(person)


def _by_role(asked: Asked) -> list[Person]:
    scored = [(person, len(asked.terms & person.role_terms)) for person in asked.directory.people]
    most = max((count for _, count in scored), default=0)
    return [p for p, count in scored if count == most] if most >= _WORDS_FOR_ROLE else []


def _is_more_exact(people: Sequence[Person], asked: Asked) -> bool:
    """Tell that duties take up more of the question than any function's keyword does."""
    covered = max((sum(map(len, asked.terms & p.role_terms)) for p in people), default=0)
    return covered > max((one.exactness(asked.terms) for one in asked.functions), default=0)


def _function_of(people: Sequence[Person], asked: Asked) -> Sequence[Function]:
    """The function that answers for several colleagues: whoever is there, not one by luck."""
    units = {person.unit for person in people}
    if len(people) < _SEVERAL or len(units) != 1:
        return ()
    of_unit = [one for one in asked.directory.functions if one.unit in units]
    return [one for one in asked.functions if one in of_unit] or of_unit[:1]
