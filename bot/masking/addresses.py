"""Where somebody lives: street and number, with what belongs to it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set

from bot.masking.model import Kind, Span
from bot.masking.phrases import Hit
from bot.masking.reading import Reading, Word
from bot.masking.words import PLACE, THING, Words

_BEFORE = frozenset(
    {"norra", "sodra", "ostra", "vastra", "stora", "lilla", "ovre", "nedre", "gamla", "nya"}
    | {"sankt", "inre", "yttre", "mellersta"}
)
_SHORTEST_STREET = 3  # letters: «väg»
_SAID = (
    r"(?:(?:tjugo|trettio|fyrtio|femtio|sextio|sjuttio|attio|nittio)(?:ett|tva|tre|fyra|fem|sex|sju|atta|nio)?"
    r"|noll|ett|tva|tre|fyra|fem|sex|sju|atta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton)"
)
_HOUSE = (
    rf"(?:nr\.?\s?)?(?:[0-9]{{1,4}}(?:-[0-9]{{1,4}})?(?:\s?:?[a-h](?![a-z]))?|{_SAID}(?![a-z]))"
)
# What follows a number that counts something else than houses, or a part of a longer one.
_NO_HOUSE = (
    r"(?!\s?(?:m|meter|km|kr|kronor|st|stycken|%|procent|bilar|ganger|dagar|veckor|timmar|min|minuter"
    r"|personer|barn|vuxna|manad|manader|rum|rok|mil|kvm|cm|lampor|trad|januari|februari|mars|april"
    r"|maj|juni|juli|augusti|september|oktober|november|december)\b)(?![.:][0-9])(?!-[0-9])(?![0-9])"
)
_YEARS = re.compile(r"\s?år\b", re.IGNORECASE)
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"  # «vi flyttade till Sverige 2015»
_DOOR = (
    rf"(?:[\s,]{{1,3}}(?:(?:lgh|lagenhet|lagenhetsnummer|uppgang|port|vaning|van|plan|trappa"
    rf"|trappor|tr)\.?\s?(?:[0-9]{{1,4}}|[a-h](?![a-z])|(?:{_SAID}\s?){{1,4}}(?![a-z]))"
    r"|[0-9]{1,2}\s?(?:tr|trappor|tr\.|van|vaningen)(?![a-z])|[a-h](?![a-z])"
    r"|(?:bottenvaningen|nedre botten|nb|bv|kallaren|vindsvaningen)(?![a-z])))"
)
_POST = (
    r"(?:[\s,]{1,3}(?:s-|se-)?[0-9]{3}\s?[0-9]{2}(?![0-9])"
    r"(?:\s(?!och|vill|jag|har|som|ar\b)[a-z-]{2,30})?)"
)
_CARE = re.compile(r"(?:c\s?/\s?o|(?<!take )(?<!takes )(?<!taking )(?<!took )care of)[\s:.]{1,2}")
_NEAR = 30  # signs between «bor» and the address
_REACH = {PLACE: 1, THING: 5}  # words until the address
_SENTENCE_END = re.compile(r"[.!?]\s")
_CARE_NEAR = 60  # between «c/o» and the street
_SURE = re.compile(r"[\s,]{1,3}(?:s-|se-)?[0-9]{3}\s?[0-9]{2}\s[a-z]")


class Addresses:
    """Finds addresses, but those of the municipality and those where something is broken."""

    def __init__(self, words: Words) -> None:
        self._words = words
        tail = rf"(?P<tail>{_DOOR}{{0,3}}{_POST}?)"
        self._numbered = re.compile(
            rf"(?:\.\s?|\s{{1,3}}|(?=[0-9]))(?P<house>{_HOUSE}){_NO_HOUSE}{tail}"
        )
        self._any = re.compile(
            rf"(?P<street>[a-z][a-z'-]{{2,40}}(?:\s[a-z][a-z'-]{{2,40}})?)\s{{1,3}}"
            rf"(?!{_YEAR})(?P<house>[0-9]{{1,4}}(?:\s?[a-h](?![a-z]))?){_NO_HOUSE}{tail}"
        )

    def find(self, reading: Reading, published: Set[str]) -> Iterator[Span]:
        """Yield addresses that are not the municipality's.

        Args:
            published: street and number, as `published` makes them.
        """
        hits = self._words.lives.find(reading.words)
        places = self._places(reading)
        for start, end, key in self._streets(reading, hits):
            is_place = start in places and not _told_before(start, hits)
            if key not in published and not is_place:
                yield Span(self._start(reading, start), end, Kind.ADDRESS)
        yield from self._lived_in(reading, hits, published)
        yield from self._posted(reading, published)

    def _places(self, reading: Reading) -> frozenset[int]:
        """Return where streets begin that tell of nobody.

        «Hål i gatan utanför Storgatan 12», «gatlampan på Storgatan 12».
        """
        if self._words.sensitive.find(reading.words):
            return frozenset()
        return frozenset(
            word.start
            for hit in self._words.places.find(reading.words)
            for word in reading.words[hit.after : hit.after + _REACH[hit.label]]
            if not _SENTENCE_END.search(reading.plain, hit.end, word.start)
        )

    def published(self, text: str) -> frozenset[str]:
        """Return street and number of the addresses in a text of the municipality's own."""
        return frozenset(key for _, _, key in self._streets(Reading.of(text), ()))

    def _streets(self, reading: Reading, hits: Sequence[Hit]) -> Iterator[tuple[int, int, str]]:
        """Yield start, end, and street and number, of each word like a street with a number."""
        endings = (*self._words.streets, *self._words.weak_streets)
        for place, word in enumerate(reading.words):
            short = word.text[-1] in "vg" and reading.plain[word.end : word.end + 1] == "."
            if not (short or word.text.endswith(endings)) or len(word.text) < _SHORTEST_STREET:
                continue
            found = self._numbered.match(reading.plain, word.end)
            if found is None or _counts_years(reading, found):
                continue
            start, has_more = _begins(reading, place)
            if self._is_street(word, found, reading, hits, has_more):
                yield start, found.end(), _key(reading.plain[start : word.end], found["house"])

    def _is_street(
        self, word: Word, found: re.Match[str], reading: Reading, hits: Sequence[Hit], more: bool
    ) -> bool:
        if word.text in self._words.no_streets and not more:
            return False
        if word.text[-1] in "vg" and found[0].startswith("."):  # Kungsv. 12
            return reading.text[word.start].isupper()
        if word.text.endswith(self._words.streets) or (more and word.text in _BARE):
            return True
        if _SURE.match(found["tail"]) or _told_before(word.start, hits):
            return True
        if _SLIPS.search(word.text) and reading.text[word.start].isupper():
            return True
        whole = reading.text[word.start : word.end].istitle() and word.start > 0
        return whole and bool(_WEAK_SURE.search(word.text))

    def _start(self, reading: Reading, start: int) -> int:
        """Return where the address begins: «c/o» and a name before it belong to it."""
        first = max(0, start - _CARE_NEAR)
        found = [care.start() for care in _CARE.finditer(reading.plain, first, start)]
        if not found or any(sign in reading.plain[found[-1] : start] for sign in ".!?\n"):
            return start
        return found[-1]

    def _lived_in(
        self, reading: Reading, hits: Sequence[Hit], published: Set[str]
    ) -> Iterator[Span]:
        """Yield «c/o Lundin», and what follows «bor på» with a number."""
        for found in _CARE.finditer(reading.plain):
            end = _names_end(reading, found.end())
            if end > found.end():
                yield Span(found.start(), end, Kind.ADDRESS)
        for hit in hits:
            place = hit.end
            while (
                place < len(reading.plain) and place - hit.end < 3 and reading.plain[place] in " :"
            ):
                place += 1
            found_any = self._any.match(reading.plain, place)
            if found_any is None or _counts_years(reading, found_any):
                continue
            if not self._is_home(found_any, reading):
                continue
            if _key(found_any["street"], found_any["house"]) not in published:
                yield Span(found_any.start(), found_any.end(), Kind.ADDRESS)

    def _posted(self, reading: Reading, published: Set[str]) -> Iterator[Span]:
        """Yield a name and a number before a postal code and town: «Solhem 14, 743 92 Lillbyn»."""
        for found in _POSTED.finditer(reading.plain):
            known = _key(found["street"], found["house"]) in published
            if not known and found["street"] not in self._words.no_names:
                yield Span(found.start(), found.end(), Kind.ADDRESS)

    def _is_home(self, found: re.Match[str], reading: Reading) -> bool:
        """Tell that what is lived in has a name, or a town after it."""
        street = found["street"]
        words = street.split()
        if any(word in self._words.no_names or word in _NO_HOMES for word in words):
            return False
        named = reading.text[found.start()].isupper() and not reading.text.isupper()
        return named or bool(found["tail"].strip())


_POSTED = re.compile(
    r"(?<![a-z0-9'-])(?P<street>[a-z][a-z'-]{2,40})\s(?P<house>[0-9]{1,4}(?:\s?[a-h])?)[\s,]{1,3}"
    r"(?:s-|se-)?[0-9]{3}\s[0-9]{2}\s(?!kronor|spann|euro)[a-z]{3,30}"
)
_NAMES = re.compile(r"[^\W\d_]{2,40}(?:[ -][A-ZÅÄÖ][^\W\d_]{1,40}){0,2}")
_BARE = frozenset({"gata", "vag", "grand", "plats", "torg", "alle", "stig", "plan"})
_NO_HOMES = frozenset(
    {"klass", "avdelning", "rum", "etage", "arskurs", "zon", "omrade", "kvarter", "nummer", "plats"}
)
_SLIPS = re.compile(r"(?:gatn|gtan|gatna|gaatn|stign|stgen|vgen|vagne)$")  # no other word ends so
_WEAK_SURE = re.compile(
    r"vag|plan|plats|park|ringen|hojden|kroken|brinken|liden|led|stig|torg|stranden"
)


def _counts_years(reading: Reading, found: re.Match[str]) -> bool:
    """Tell «bor i Uppsala 3 år» from «Storgatan 3 är»: only as they were written do they differ."""
    return bool(_YEARS.match(reading.text, found.end("house")))


def _key(street: str, house: str) -> str:
    return " ".join(f"{street} {house}".split())


def _begins(reading: Reading, place: int) -> tuple[int, bool]:
    """Return where the street begins whose last word is at `place`, and if it has more words."""
    words = reading.words
    start = words[place].start
    while place and words[place - 1].end == start - 1 and reading.plain[start - 1] in "-'":
        place -= 1
        start = words[place].start
    before = words[place - 1] if place and words[place - 1].end == start - 1 else None
    if before and (before.text in _BEFORE or _owns(reading, words, place)):
        return before.start, True
    return start, False


def _owns(reading: Reading, words: Sequence[Word], place: int) -> bool:
    """Tell whether the street is somebody's: «Olof Palmes gata»."""
    owner = words[place - 1]
    bare = words[place].text in _BARE
    return bare and owner.text.endswith("s") and reading.text[owner.start].isupper()


def _told_before(start: int, hits: Sequence[Hit]) -> bool:
    place = bisect_right(hits, start, key=lambda hit: hit.end) - 1
    return place >= 0 and start - hits[place].end <= _NEAR


def _names_end(reading: Reading, start: int) -> int:
    """Return the end of up to two words that begin with capitals, or of one."""
    found = _NAMES.match(reading.text, start)
    return found.end() if found else start
