"""The figures in a text: amounts, shares, times, days, sizes, telephone numbers."""

import re
from collections import Counter

_WORDS = {
    "en": "1",
    "ett": "1",
    "två": "2",
    "tre": "3",
    "fyra": "4",
    "fem": "5",
    "sex": "6",
    "sju": "7",
    "åtta": "8",
    "nio": "9",
    "tio": "10",
    "elva": "11",
    "tolv": "12",
    "femton": "15",
    "tjugo": "20",
    "trettio": "30",
    "fyrtio": "40",
    "femtio": "50",
    "sextio": "60",
    "hundra": "100",
}
# What is counted, by its stem, and what it is called here.
_UNITS = {
    r"kr|kronor|kronan|sek": "kr",
    r"öre": "öre",
    r"procent|%": "%",
    r"arbetsdag(?:ar|en|arna)?|vardag(?:ar)?": "arbetsdag",
    r"dag(?:ar|en|arna|s)?|dygn": "dag",
    r"veck(?:a|or|an|ors)": "vecka",
    r"månad(?:er|en|erna|ers)?": "månad",
    r"år(?:en|et|s)?": "år",
    r"timm(?:e|ar|en|ars)|h": "timme",
    r"minut(?:er|ers)?": "minut",
    r"kvadratmeter|kvm|m²|m2": "m²",
    r"meter(?:s)?|m": "m",
    r"kilometer|km": "km",
    r"centimeter|cm": "cm",
    r"kilo(?:gram)?|kg": "kg",
    r"liter": "liter",
    r"grader": "grad",
    r"gång(?:er)?": "gång",
    r"besök": "besök",
    r"sid(?:a|or)": "sida",
}
_MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_DAYS = "måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag"
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,:]\d+)?"
_UNITS |= {month: month for month in _MONTHS.split("|")}
_WEEKDAY = re.compile(rf"\b({_DAYS})(?:ar|arna|en|s)?\b", re.I)
_WRITTEN = "|".join(_WORDS)
_UNIT = "|".join(f"(?P<u{number}>{stem})" for number, stem in enumerate(_UNITS))
_COUNTED = re.compile(rf"\b(?P<n>{_NUMBER}|{_WRITTEN})[\s-]*(?:{_UNIT})(?!\w)", re.I)
_PHONE = re.compile(r"(?<![\d-])(?:\+46[\s-]?|0)\d{1,3}(?:[\s-]?\d{2,3}){2,4}(?!\d)")
_BARE = re.compile(rf"(?<![\w{{]){_NUMBER}(?!\w)")
_SPACE = re.compile(r"[\s\u00a0\u202f]")
_DIGITS = re.compile(r"\D")

# Numbers that somebody in danger calls, as digits, and who answers.
EMERGENCY = {
    "112": "nödnumret 112",
    "1177": "1177",
    "11414": "Polisen på 114 14",
    "11313": "informationsnumret 113 13",
    "116111": "Bris på 116 111",
    "116123": "Jourhavande medmänniska på 116 123",
    "90101": "Självmordslinjen på 90101",
    "020505050": "Kvinnofridslinjen på 020-50 50 50",
    "0104566700": "Giftinformationscentralen på 010-456 67 00",
}
_IN_DANGER = re.compile(r"(?<![\d-])[\d][\d -]{1,14}\d(?!\d)")


def figures(text: str) -> Counter[str]:
    """Return how often each figure stands in `text`: "450 kr", "2 vecka", "8.00", "lördag".

    The same figure written in two ways is one: "1 000 kronor" and "1000 kr", "två" and "2".
    """
    found: Counter[str] = Counter()

    def count(match: re.Match[str]) -> str:
        found[f"{_plain(match['n'])} {_unit(match)}"] += 1
        return " "

    def phone(match: re.Match[str]) -> str:
        found[f"tel {_DIGITS.sub('', match[0])}"] += 1
        return " "

    rest = _COUNTED.sub(count, _PHONE.sub(phone, text))
    found.update(_plain(match[0]) for match in _BARE.finditer(rest))
    found.update(match[1].lower() for match in _WEEKDAY.finditer(rest))
    return found


def emergency_numbers(text: str) -> frozenset[str]:
    """Return the numbers of `EMERGENCY` that stand in `text`."""
    digits = (_DIGITS.sub("", match[0]) for match in _IN_DANGER.finditer(text))
    return frozenset(number for number in digits if number in EMERGENCY)


def _plain(number: str) -> str:
    if number.lower() in _WORDS:
        return _WORDS[number.lower()]
    return _SPACE.sub("", number).replace(",", ".").replace(":", ".")


def _unit(match: re.Match[str]) -> str:
    names = list(_UNITS.values())
    return next(name for number, name in enumerate(names) if match[f"u{number}"])
