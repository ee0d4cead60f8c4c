"""The same thing with different amounts of kronor on two pages.

An editor who is called out for nothing stops reading, so a pair is told of only where the words
are the same and nothing in the headings tells the things apart.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from bot.language.tokens import terms
from bot.pages.model import Passage

_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,2})?"
_AMOUNT = re.compile(rf"(?<![\d,.–-])({_NUMBER})[ \u00a0\u202f]?(?:kronor|krona|kr|SEK|:-)(?!\w)")
_BARE = re.compile(rf"({_NUMBER})")
_IN_KRONOR = re.compile(r"\b(?:kronor|kr|SEK)\b")
_CELL = re.compile(r", (?=[A-ZÅÄÖ][^,:]{0,60}: )")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])|\n")
# Sums that are nobody's fee, and fees of another time.
_NO_FEE = re.compile(
    r"\b(?:exempel\w*|inkomst\w*|tjänar|lön\w*|budget\w*|tidigare|före|förut|sedan|innan|sparar"
    r"|bidrag\w*|böter|ersättning\w*|miljoner|tusen|rabatt\w*|mellan|skillnad\w*)\b",
    re.IGNORECASE,
)
# Words that say that something costs, or who pays, and not what it is.
_GENERAL = frozenset(
    terms(
        "avgift avgifter avgiften kostar kostnad pris priser taxa betala betalar kommun kommunen"
        " krona kronor moms inklusive år månad vecka dag gång timme per styck barn vuxen"
        " ungdom pensionär person grundavgift årsavgift månadsavgift hushåll ansökan ansöka första"
        " andra tredje fjärde ny nya totalt belopp summa max högst lägst minst mer information om"
        " sida så här mycket vad gäller service tjänst villkor"
    )
)
_MANY, _LONG = 3, 10  # words, and letters of a compound, that say what a thing is
_ANYBODYS = ("avgift", "kort", "biljett", "hyra", "kostnad", "pris", "taxa", "plats", "person")


@dataclass(frozen=True)
class Fee:
    """An amount on a page: what it is for, and where it stands."""

    what: str
    kronor: float
    url: str
    section: str


@dataclass(frozen=True)
class FeeConflict:
    """Two pages that name different amounts for the same thing."""

    one: Fee
    other: Fee


@dataclass(frozen=True)
class _Claim:
    fee: Fee
    words: frozenset[str]
    setting: frozenset[str]  # the words of the headings above it


def contradicting_fees(passages: Iterable[Passage]) -> tuple[FeeConflict, ...]:
    """Find pairs of pages that name different amounts for the same thing. News are left out."""
    by_words: dict[frozenset[str], list[_Claim]] = defaultdict(list)
    for passage in passages:
        for claim in () if passage.news else _claims(passage):
            by_words[claim.words].append(claim)
    found: dict[tuple[str, str, frozenset[str]], FeeConflict] = {}
    for words, claims in by_words.items():
        for one, other in combinations(_clear(claims), 2):
            if one.fee.url != other.fee.url and _contradict(one, other):
                first, second = sorted((one.fee, other.fee), key=lambda fee: fee.url)
                found.setdefault((first.url, second.url, words), FeeConflict(first, second))
    return tuple(sorted(found.values(), key=lambda pair: (pair.one.url, pair.other.url)))


def _clear(claims: Sequence[_Claim]) -> list[_Claim]:
    """Leave out pages that name several amounts in these words: they mean several things."""
    amounts: dict[str, set[float]] = defaultdict(set)
    for claim in claims:
        amounts[claim.fee.url].add(claim.fee.kronor)
    return [claim for claim in claims if len(amounts[claim.fee.url]) == 1]


def _contradict(one: _Claim, other: _Claim) -> bool:
    if one.fee.kronor == other.fee.kronor:
        return False
    own = one.words - _GENERAL
    first, second = one.setting - own, other.setting - own
    if first - second and second - first:
        return _says_what(own)
    return bool(own or first & second)


def _says_what(own: frozenset[str]) -> bool:
    """Tell whether words name one thing under any heading.

    «Nybyggnadskarta» does. «Extra tömning» is one thing under «Slam» and another under «Latrin»,
    and an «årskort» is for the museum or for the bath.
    """
    return len(own) >= _MANY or any(
        len(word) >= _LONG and not word.endswith(_ANYBODYS) for word in own
    )


def _claims(passage: Passage) -> Iterator[_Claim]:
    setting = frozenset(terms(f"{passage.page_title} {passage.section}")) - _GENERAL
    for line in _SENTENCE.split(passage.text):
        if _NO_FEE.search(line):
            continue
        for what, amount in _amounts(line):
            if words := frozenset(terms(what)):
                fee = Fee(what, amount, passage.url, passage.section)
                yield _Claim(fee, words, setting)


def _amounts(line: str) -> Iterator[tuple[str, float]]:
    """Yield what each amount of a line is for: a row of a table has one a cell."""
    cells = _CELL.split(line)
    if len(cells) == 1:
        found = _AMOUNT.findall(line)
        if len(found) == 1:
            yield " ".join(_AMOUNT.sub(" ", line).split()), _number(found[0])
        return
    labels = [cell for cell in cells if _amount_in(cell) is None]
    for cell in cells:
        amount = _amount_in(cell)
        if amount is not None:
            head = cell.partition(":")[0]
            yield " ".join([*(label.partition(": ")[2] for label in labels), head]), amount


def _amount_in(cell: str) -> float | None:
    """The amount of one cell: with its unit, or with the unit in the head."""
    head, _, value = cell.partition(": ")
    if (found := _AMOUNT.fullmatch(value.strip())) or (
        _IN_KRONOR.search(head) and (found := _BARE.fullmatch(value.strip()))
    ):
        return _number(found[1])
    return None


def _number(told: str) -> float:
    return float(re.sub(r"[ \u00a0\u202f.]", "", told).replace(",", "."))
