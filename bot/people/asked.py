"""What a question about somebody says beside the name: unit, number, and what is not told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.language.tokens import lemma, stop_words, terms, words
from bot.people.directory import Directory
from bot.people.model import Function, Person, begins
from bot.people.names import ALSO_WORDS

# Words that stand beside a name without being one; others there are taken for a part of it.
_BESIDE_NAME = frozenset(
    """
    soker sok soka letar na nar nas till heter het hette namn numret nummer direktnummer telefon
    telefonnummer telefonnumret tel tfn tele mobil mobilnummer mejl mejlen mail mailen mejladress
    mailadress epost e-post e-posten mejla maila prata tala snacka talar pratar kontakt kontakta
    kontaktar kontaktuppgifter ring ringa ringer ringde fa far tag tac pa traffa traffar mote herr
    fru froken doktor efter direkt koppla kopplas jobbar arbetar jobba arbetade jobbade anstalld
    finns sitter ansvarar ansvarig skoter hand hos samt eller tack tackar hej hejsan hjalp hjalper
    snalla garna person personen dag handlaggare handlaggaren kollega ni du er vem vems vilken
    vilket kommunen kommun kommunens skarvinge nagon nan nat nanting nagonting hitta vad inne idag
    telefontid hon han den de som bokar boka samtal fran mig honom henne vill skulle behover kan
    please mr mrs ms today speak son sonen dotter barn mamma pappa man granne elev reach how do i
    at in to e hen who is the of name what called
    """.split()  # noqa: SIM905  # a list would take a hundred lines
)
# Titles that are asked for in English; the directory has them in Swedish.
_IN_SWEDISH = {
    **dict.fromkeys(("principal", "headmaster", "headteacher"), "rektor"),
    **{"school": "skola", "preschool": "forskola"},
    **{"librarian": "bibliotekarie", "registrar": "registrator"},
}
# Words before a name when somebody is looked for, and hardly before anything else.
_SEEKING = frozenset(
    {"soker", "sok", "soka", "letar", "heter", "herr", "fru", "froken", "mr", "mrs", "ms"}
    | {"kontakta", "numret", "nummer", "mejla"}
)
_MOST_WORDS = 80  # who is meant is said by then; each word is compared with everybody's names
_AT = frozenset({"pa", "i", "hos", "vid", "for", "fran", "om", "med", "till"})
_EVERYWHERE = frozenset(
    {"kommun", "kommunen", "enhet", "handlaggare", "person", "anstalld", "leda", "fraga", "stod"}
    | {"arbete", "service", "jobb", "nummer", "namn", "hjalp", "chef", "del", "tack", "telefon"}
)

# Somebody who is not asked for as staff: nobody but staff is looked up, and of them their work.
_OTHERS = (
    r"grann\w*|klient\w*|brukar\w*|patient\w*|elev(?:en|ens|er|erna)?|hyresgast\w*|boende|kund"
    r"|mamma|pappa|mor|far|mormor|farmor|morfar|farfar|fru|man|sambo|dotter|son|barn|syster|bror"
    r"|kompis\w*|van|pojkvan|flickvan|exman|exfru|inskriven|placerad|vrakt|anhorig\w*"
)
_RELATIVE = re.compile(rf"\b(?:min|mitt|mina|var|vart|vara|hans|hennes|din)\s+(?:{_OTHERS})\b")
_NOT_TOLD = (
    re.compile(
        r"\b(?:klient|brukar\w*|patient\w*|eleven|elev (?:pa|i|hos)|hyresgast\w*|inskriven|placerad"
        r"|vrakt|klass \d\w?)\b"
    ),
    re.compile(r"^bor\b|\bvar bor\b|\bbor (?:han|hon)\b|\bhem(?:ma)?(?:adress|nummer|telefon)\w*"),
    re.compile(
        r"\bhome (?:address|number|phone)\b|\bwhere (?:does|do|is) .*\blives?\b|\bsalary\b"
        r"|\bpriva[ts]\w*|\bpersonnummer\b|\bfodelse\w+|\btjanar\b|\blon(?:en)? (?:har|till)"
    ),
)
_INTRODUCES = re.compile(
    r"\b(?:jag heter|mitt namn ar|mitt namn|jag ar|hilsningar|halsningar|mvh|undertecknad)\s+"
    r"[\w-]+(?:\s+[\w-]+)?"
)
_EVERYBODY = re.compile(
    r"\b(?:alla|samtliga|allihop|listan?|listor|hela)\b.*\b(?:jobbar|arbetar|anstallda|anstalld\w*"
    r"|personal\w*|medarbetare|handlaggare|tjansteman|mejladress\w*|mailadress\w*|telefonnummer)\b"
    r"|\b(?:namn|nummer|numren|mejl|mail|epost|e-post|telefon|kontaktuppgift)\w*\b.*\b(?:alla|samtliga)\b"
    r".*\b(?:rektorer|chefer|larare|kuratorer|\w+sekreterare|\w+inspektorer)(?:na)?\b"
    r"|\b(?:list|names?|e-?mails?|numbers?)\b.*\b(?:all|every|everyone|everybody)\b"
    r".*\b(?:staff|employees|teachers|principals|works?|working)\b"
)
_WHO = re.compile(r"^(?:hej )?(?:vem|who)\b|\bvad heter\b")
_NUMBER = re.compile(r"(?:\+46|0)[\d\s/()-]{6,}\d")
_PART = re.compile(
    r"\b(?:nat(?:ting)?|nagot|nagonting|nanting|slutar|borjar)\s+(?:pa|med)\s+(\w{3,})"
)


@dataclass(frozen=True)
class Asked:
    """A question, read with the words of the directory."""

    question: str
    directory: Directory

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words; of those who introduce themselves without their names."""
        return tuple(words(_INTRODUCES.sub(" ", self.folded)))

    @cached_property
    def folded(self) -> str:
        said = (word.strip("-") for word in words(self.question)[:_MOST_WORDS])
        return " ".join(_IN_SWEDISH.get(word, word) for word in said)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Base forms of the content words, and the directory's words that they are forms of."""
        written = {word for word in self.words if word not in stop_words()}
        forms = (t for w in written for t in self.directory.role_terms if _is_form(w, t))
        return frozenset({*terms(self.question.replace("- ", " ")), *forms})

    @cached_property
    def places(self) -> tuple[frozenset[str], ...]:
        """Words of units, titles and duties that are asked for, each with its base form."""
        said = [forms for word in self.words if _may_be_place(forms := _forms(word))]
        keywords = (word for one in self.functions for word in one.keywords_in(self.terms))
        known = [place for place in said if any(map(self.directory.knows, place))]
        return tuple(dict.fromkeys([*known, *(frozenset({word}) for word in keywords)]))

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """Those with the most exact keyword: the one that takes up most of the question."""
        scored = [(one, one.exactness(self.terms)) for one in self.directory.functions]
        most = max((exactness for _, exactness in scored), default=0)
        return tuple(one for one, exactness in scored if exactness == most) if most else ()

    @cached_property
    def answering(self) -> tuple[Function, ...]:
        """Functions that are asked for, else those of the unit that is."""
        units = (one for one in self.directory.functions if one.unit_terms <= self.terms)
        return self.functions or tuple(units)

    @property
    def number(self) -> str | None:
        """The digits of a telephone number, None where there is none."""
        found = _NUMBER.search(self.question)
        return digits(found[0]) if found else None

    @property
    def part(self) -> str | None:
        """A piece of a name: «nåt på -ström»."""
        found = _PART.search(self.folded)
        return found[1] if found else None

    @property
    def is_of_others(self) -> bool:
        """Tells that a name is asked for of whom we tell nothing, or something that we never tell.

        «Min son går på Lindö skola, vem är rektor?» names nobody.
        """
        said = " ".join(self.words)
        relatives = (found.end() for found in _RELATIVE.finditer(said))
        if any(not self.is_plain(len(said[:end].split())) for end in relatives):
            return True
        return bool(self.unknown()) and any(one.search(said) for one in _NOT_TOLD)

    @property
    def is_who(self) -> bool:
        """Tell that a name is asked for, not only a way to somebody."""
        return _WHO.search(self.folded) is not None

    @property
    def is_of_everybody(self) -> bool:
        return _EVERYBODY.search(self.folded) is not None

    def is_plain(self, place: int) -> bool:
        """Tell whether nothing that may be a name is at `place`."""
        if not 0 <= place < len(self.words):
            return True
        word = self.words[place]
        if self.is_beside_name(place) or word.isdigit():
            return True
        if word in ALSO_WORDS or word in self.directory.first_names:
            return False
        return word in stop_words() or self.is_role(place)

    def is_beside_name(self, place: int) -> bool:
        """Tell whether the word at `place` is said beside names and never is one."""
        return self.words[place] in _BESIDE_NAME

    def is_role(self, place: int) -> bool:
        """Tell whether a word of titles, units or duties is at `place`.

        Cut short («bygg») it is one after a preposition only: «Tove Lind» is not Tove on Lindö.
        """
        if not 0 <= place < len(self.words):
            return False
        word = self.words[place]
        known = self.directory.role_terms
        if not {word, lemma(word)}.isdisjoint(known) or any(_is_form(word, t) for t in known):
            return True
        return place > 0 and self.words[place - 1] in _AT and self.directory.knows(word)

    def seeks_before(self, place: int) -> bool:
        return place > 0 and self.words[place - 1] in _SEEKING

    def unknown(self, besides: str = "") -> list[str]:
        """Return the words that may be somebody's name."""
        return [
            word
            for place, word in enumerate(self.words)
            if not self.is_plain(place) and word != besides
        ]

    def fits(self, person: Person) -> bool:
        """Tell whether `person` works with all that is asked for, or where it is answered."""
        answered = {one.unit for one in self.functions}
        return person.unit in answered or 0 < len(self.places) == self.fitting(person)

    def fitting(self, person: Person) -> int:
        """Return with how many of the places that are asked for `person` works."""
        return sum(_is_at(place, person) for place in self.places)

    def pieces(self) -> Iterator[tuple[int, int, str]]:
        """Yield every word and every two beside each other: «lars åke» is one name."""
        for start, word in enumerate(self.words):
            yield start, start + 1, word
            if start + 1 < len(self.words):
                yield start, start + 2, word + self.words[start + 1]


def _forms(word: str) -> frozenset[str]:
    return frozenset({word, lemma(word)})


def _may_be_place(forms: frozenset[str]) -> bool:
    return forms.isdisjoint(_BESIDE_NAME | _EVERYWHERE | stop_words())


def _is_at(place: frozenset[str], person: Person) -> bool:
    return any(begins(form, term) for form in place for term in person.role_terms)


def _is_form(word: str, term: str) -> bool:
    """Tell that "forskolekon" is a form of "forskoleko", which no list of words has."""
    return len(term) >= 5 and word.startswith(term) and len(word) - len(term) <= 3


def digits(number: str) -> str:
    """Return a telephone number's digits as they are dialled in Sweden."""
    found = "".join(filter(str.isdigit, number))
    return "0" + found[2:] if number.startswith("+46") else found
