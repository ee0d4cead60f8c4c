"""Runs of digits, however they are parted, and digits that are written as words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

_UNITS = ("noll", "ett", "tva", "tre", "fyra", "fem", "sex", "sju", "atta", "nio")
_TEENS = (
    *("tio", "elva", "tolv", "tretton", "fjorton"),
    *("femton", "sexton", "sjutton", "arton", "nitton"),
)
_TENS = {
    **{"tjugo": 2, "tjuge": 2, "trettio": 3, "fyrtio": 4, "femtio": 5, "sextio": 6},
    **{"sjuttio": 7, "attio": 8, "nittio": 9, "tretti": 3, "fyrti": 4, "femti": 5},
    **{"sexti": 6, "sjutti": 7, "atti": 8, "nitti": 9},
}
_HUNDREDS = {"nittonhundra": "19", "artonhundra": "18", "tjugohundra": "20", "tvatusen": "20"}
_SAID: dict[str, str] = {
    **{word: str(value) for value, word in enumerate(_UNITS)},
    **{"nolla": "0", "nollan": "0", "en": "1", "etta": "1", "ettan": "1", "sjua": "7", "atte": "8"},
    **{word: str(10 + value) for value, word in enumerate(_TEENS)},
    "aderton": "18",
    **{word: f"{value}0" for word, value in _TENS.items()},
    **{f"{word}hundra": f"{value}00" for value, word in enumerate(_UNITS) if value},
    **_HUNDREDS,
}
_BY_LENGTH = sorted(_SAID, key=len, reverse=True)
_NUMBER_WORD = "|".join(_BY_LENGTH)
_TOKEN = re.compile(
    rf"(?P<digits>[0-9]+)|(?<![a-z])(?P<said>(?:{_NUMBER_WORD})++)(?![a-z])"
    r"|(?<![a-z])(?P<pause>streck|bindestreck|minus|plus|sen|sedan|och|o|sa|paus|mellanslag)(?![a-z])"
)
_ONE_SAID = re.compile(_NUMBER_WORD)
# Between the parts of one number. Not a colon with a space: «ring kl 12: 070-…».
_GAP = re.compile(r"[\s.,]{0,12}[-+./()_:*~'’´`|·•\\,;=]{0,4}[\s.]{0,12}")
_LONGEST_GAP = 24


@dataclass(frozen=True)
class Group:
    """Digits that stand together, or a number that is written as a word, at `[start:end]`."""

    digits: str
    start: int
    end: int
    said: bool  # as a word


@dataclass(frozen=True)
class Run:
    """Groups that may be one number, with what stands between them; one gap less than groups."""

    groups: tuple[Group, ...]
    gaps: tuple[str, ...]

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end

    @cached_property
    def digits(self) -> str:
        return "".join(group.digits for group in self.groups)

    @property
    def is_said(self) -> bool:
        """Tell whether more than one part is written as a word."""
        return sum(group.said for group in self.groups) > 1

    def part(self, first: int, after: int) -> "Run":
        return Run(self.groups[first:after], self.gaps[first : after - 1])

    def windows(
        self, fewest: int, most: int, fits: Callable[[str], bool] = lambda _: True
    ) -> Iterator["Run"]:
        """Yield every part of whole groups that has so many digits, and digits that fit."""
        places = [0, *accumulate(len(group.digits) for group in self.groups)]
        for first, begins in enumerate(places[:-1]):
            shortest = bisect_left(places, begins + fewest, lo=first + 1)
            for after in range(shortest, bisect_right(places, begins + most, lo=shortest)):
                if fits(self.digits[begins : places[after]]):
                    yield self.part(first, after)

    @property
    def shape(self) -> str:
        """How many digits and what between them: `6-4`, `3-3 2 2`. A blank is any white space."""
        shape = str(len(self.groups[0].digits))
        for gap, group in zip(self.gaps, self.groups[1:], strict=True):
            shape += (gap.strip() or (" " if gap else "")) + str(len(group.digits))
        return shape


def runs(plain: str) -> list[Run]:
    """Return every run of `plain`, in order: each digit of the text is in one. Linear."""
    found: list[Run] = []
    groups: list[Group] = []
    gaps: list[str] = []
    place = 0  # where the last token ends, of a pause as well
    began = 0  # where the last group ends
    for token in _TOKEN.finditer(plain):
        if token[0] == "en":  # alone it is an article
            continue
        near = token.start() - place <= _LONGEST_GAP
        goes_on = groups and near and _GAP.fullmatch(plain, place, token.start())
        if not goes_on and groups:
            found.append(Run(tuple(groups), tuple(gaps)))
            groups, gaps = [], []
        place = token.end()
        if token.lastgroup == "pause":
            place = token.end() if groups else place
            continue
        for number, group in enumerate(_groups(token)):
            if groups:
                gap = plain[began : group.start] if number == 0 else ""
                if _joins(groups[-1], gap, group):
                    groups[-1] = _joined(groups[-1], group)
                    began = group.end
                    continue
                gaps.append(gap)
            groups.append(group)
            began = group.end
    if groups:
        found.append(Run(tuple(groups), tuple(gaps)))
    return found


def _groups(token: re.Match[str]) -> Iterator[Group]:
    if token.lastgroup == "digits":
        yield Group(token[0], *token.span(), said=False)
        return
    parts = [(_SAID[one[0]], one.span()) for one in _ONE_SAID.finditer(token[0])]
    for value, (start, end) in parts:
        yield Group(value, token.start() + start, token.start() + end, said=True)


def _joins(last: Group, gap: str, group: Group) -> bool:
    """Tell whether two words are one number: «åttio fem», «åttiofem»."""
    is_tens = last.said and group.said and len(last.digits) == 2 and last.digits[1] == "0"
    is_unit = len(group.digits) == 1 and group.digits != "0"
    return is_tens and last.digits >= "20" and is_unit and not gap.strip()


def _joined(last: Group, group: Group) -> Group:
    return Group(last.digits[0] + group.digits, last.start, group.end, said=True)
