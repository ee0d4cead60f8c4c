"""What is done to an entry by a planted edit: slips of editors, and what editors do every day."""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

Entry = dict[str, Any]  # an entry as it is written, by the editors' keys
Operation = Callable[[Entry, Entry], None]  # an entry, and another one that it needs

_AMOUNT = re.compile(r"\d{1,3}(?: \d{3})+|\d+(?= (?:kronor|kr|procent|kvadratmeter|kilo)\b)")
_SPAN = re.compile(
    r"\b(\d+|två|tre|fyra|fem|sex|tio|tolv)(?= (?:arbetsdag|dag|veck|månad|timm|år|minut))"
)
_CLOCK = re.compile(r"\b(\d{1,2})\.(\d{2})\b")
_NOT = re.compile(r"\b(?:inte|aldrig) ")
_MODAL = re.compile(r"\b(kan|får|behöver|ska|måste|går|gäller)\b(?: (du|vi|den|det|man))?")
_HELP = re.compile(r"\b(?:112|1177|114 14|113 13|116 111|020-50 50 50)\b")
_SENTENCE = re.compile(r"[^.!?\n]*[.!?]")
_BINDING = re.compile(r"\b(?:inte|måste|senast|innan|bara|om|annars|högst|minst)\b")
_OPPOSITES = {
    "minst": "högst",
    "högst": "minst",
    "före": "efter",
    "innan": "efter det att",
    "måste": "kan",
    "gratis": "belagd med avgift",
    "utanför": "inom",
    "alltid": "aldrig",
}
_SYNONYMS = {
    "också": "även",
    "ungefär": "omkring",
    "Anmäl i": "Gör en anmälan i",
    "Ansök i": "Gör en ansökan i",
    "Logga in": "Börja med att logga in",
    "kontaktar du": "hör du av dig till",
    "Skriv ": "Berätta ",
    "Boka i": "Gör en bokning i",
    "Beställ ": "Gör en beställning av ",
    "oftast": "för det mesta",
    "till exempel": "exempelvis",
    "om du är osäker": "om du undrar",
    "Du får": "Du kommer att få",
    "Vi svarar": "Du får svar av oss",
}
_ENGLISH = (
    "You apply online. The municipality decides within a few weeks. Please contact us if you have"
    " any questions about how your application is being handled."
)


class PlantedError(Exception):
    """An edit does not fit the entry that it names."""


def text_of(entry: Entry, key: str) -> str:
    """Return what stands under `key`.

    Raises:
        PlantedError: there is nothing.
    """
    value = entry.get(key)
    if value is None:
        raise PlantedError(f"{entry['id']} has no {key}")
    return str(value)


def _sub(pattern: re.Pattern[str], by: Callable[[re.Match[str]], str], entry: Entry) -> None:
    text = text_of(entry, "svar")
    found = pattern.search(text)
    if not found:
        raise PlantedError(f"{entry['id']} has nothing like that")
    entry["svar"] = text[: found.start()] + by(found) + text[found.end() :]


def _drop_sentence(pattern: re.Pattern[str], entry: Entry, last: bool = False) -> None:
    text = text_of(entry, "svar")
    found = [one for one in _SENTENCE.finditer(text) if pattern.search(one[0])]
    if not found:
        raise PlantedError(f"{entry['id']} has no such sentence")
    one = found[-1 if last else 0]
    entry["svar"] = (text[: one.start()] + text[one.end() :]).strip() or "Kontakta kommunen."


def _drop_all_help(entry: Entry, _: Entry) -> None:
    if not _HELP.search(text_of(entry, "svar")):
        raise PlantedError(f"{entry['id']} names no such number")
    while _HELP.search(text_of(entry, "svar")):
        _drop_sentence(_HELP, entry)
    entry["gor_sa_har"] = [one for one in entry.get("gor_sa_har", []) if not _HELP.search(one)]
    if not entry["gor_sa_har"]:
        del entry["gor_sa_har"]


def _slip(match: re.Match[str]) -> str:
    """Write an amount as one does in haste: the first two digits that differ are swapped."""
    digits = list(match[0])
    for place in range(len(digits) - 1):
        one, two = digits[place : place + 2]
        if one != two and one.isdigit() and two.isdigit() and two != "0":
            digits[place : place + 2] = two, one
            return "".join(digits)
    return f"{match[0]}0"


def _longer(match: re.Match[str]) -> str:
    return {"två": "fyra", "tre": "sju", "fyra": "två", "fem": "tio", "sex": "tre"}.get(
        match[0], "20" if match[0] != "20" else "12"
    )


def _later(match: re.Match[str]) -> str:
    return f"{(int(match[1]) + 2) % 24}.{match[2]}"


def _set(key: str, value: Any) -> Operation:
    def put(entry: Entry, _: Entry) -> None:
        entry[key] = deepcopy(value)

    return put


def _without(key: str) -> Operation:
    def drop(entry: Entry, _: Entry) -> None:
        text_of(entry, key)
        del entry[key]

    return drop


def _word(table: Mapping[str, str]) -> Operation:
    def swap(entry: Entry, _: Entry) -> None:
        words = sorted(table, key=len, reverse=True)
        pattern = re.compile("|".join(rf"\b{re.escape(word)}" for word in words))
        _sub(pattern, lambda match: table[match[0]], entry)

    return swap


def _take_source(entry: Entry, other: Entry) -> None:
    if entry["lankar"][0]["url"] == other["lankar"][0]["url"]:
        raise PlantedError(f"{entry['id']} and {other['id']} have one source")
    entry["lankar"][0]["url"] = other["lankar"][0]["url"]


def _drop_service(entry: Entry, _: Entry) -> None:
    left = [link for link in entry["lankar"] if link.get("typ") not in {"e-tjanst", "blankett"}]
    if not left or len(left) == len(entry["lankar"]):
        raise PlantedError(f"{entry['id']} has no e-service beside its source")
    entry["lankar"] = left


def _cut(entry: Entry, _: Entry) -> None:
    text = text_of(entry, "svar")
    entry["svar"] = text[: int(0.3 * len(text))].rsplit(" ", 1)[0] + "."


def _take_answer(entry: Entry, other: Entry) -> None:
    entry["svar"] = text_of(other, "svar")


def _take_variants(entry: Entry, other: Entry) -> None:
    taken = list(other["varianter"][:3])
    other["varianter"] = list(other["varianter"][3:])
    if not other["varianter"]:
        raise PlantedError(f"{other['id']} has no variants to spare")
    entry["varianter"] += taken


def _few_variants(entry: Entry, _: Entry) -> None:
    entry["varianter"] = list(entry["varianter"][:2])


def _take_question(entry: Entry, other: Entry) -> None:
    entry["fraga"] = f"{text_of(other, 'fraga').rstrip('?')}, egentligen?"


def _general(entry: Entry, _: Entry) -> None:
    entry["varianter"].append("ansökan" if "ansökan" not in entry["varianter"] else "kostnad")


def _misspelt(entry: Entry, _: Entry) -> None:
    longest = max(entry["varianter"], key=len)
    place = len(longest) // 2
    slip = longest[: place - 1] + longest[place] + longest[place - 1] + longest[place + 1 :]
    if slip in {*entry["varianter"]} or slip == longest:
        raise PlantedError(f"{entry['id']} has it already")
    entry["varianter"].append(slip)


def _politely(entry: Entry, _: Entry) -> None:
    entry["varianter"].append(f"Hej! Jag undrar {text_of(entry, 'fraga').lower()}")


def _more(key: str, text: str) -> Operation:
    def add(entry: Entry, _: Entry) -> None:
        if isinstance(entry.get(key), str):
            entry[key] = f"{entry[key].rstrip()} {text}\n"
        else:
            entry[key] = [*entry.get(key, []), text]

    return add


def _spaces(match: re.Match[str]) -> str:
    return match[0].replace(" ", "\N{NO-BREAK SPACE}")


def _kr(match: re.Match[str]) -> str:
    return f"{match[1]} kr"


def _link(entry: Entry, _: Entry) -> None:
    entry["lankar"].append(
        {"titel": "Kontakta kommunen", "url": "/kommun-politik/kontakt/", "typ": "sida"}
    )


def _link_title(entry: Entry, _: Entry) -> None:
    entry["lankar"][-1]["titel"] = f"{entry['lankar'][-1]['titel']} på webben"


def _reorder(entry: Entry, _: Entry) -> None:
    entry["varianter"] = list(reversed(entry["varianter"]))


def _one_paragraph(entry: Entry, _: Entry) -> None:
    _sub(re.compile(r"(?<=[.!?])\n\n(?=[A-ZÅÄÖ])"), lambda _: " ", entry)


def _translation(entry: Entry, _: Entry) -> None:
    entry["oversattningar"] = {
        "sv-latt": {"fraga": text_of(entry, "fraga"), "svar": text_of(entry, "svar")}
    }


_HARMFUL: dict[str, Operation] = {
    "amount_slip": lambda entry, _: _sub(_AMOUNT, _slip, entry),
    "deadline_slip": lambda entry, _: _sub(_SPAN, _longer, entry),
    "hours_slip": lambda entry, _: _sub(_CLOCK, _later, entry),
    "not_dropped": lambda entry, _: _sub(_NOT, lambda _: "", entry),
    "not_added": lambda entry, _: _sub(_MODAL, lambda match: f"{match[0]} inte", entry),
    "opposite": _word(_OPPOSITES),
    "help_gone": _drop_all_help,
    "contact_gone": lambda entry, _: _drop_sentence(re.compile(r"\{kommun\."), entry),
    "condition_gone": lambda entry, _: _drop_sentence(_BINDING, entry, last=True),
    "source_swapped": _take_source,
    "service_gone": _drop_service,
    "answer_cut": _cut,
    "answer_swapped": _take_answer,
    "answer_in_english": _set("svar", _ENGLISH),
    "steps_gone": _without("gor_sa_har"),
    "variants_taken": _take_variants,
    "variants_gone": _few_variants,
    "general_variant": _general,
    "question_swapped": _take_question,
    "ended": _set("giltig_till", date(2026, 6, 30)),
    "not_begun": _set("giltig_fran", date(2027, 3, 1)),
    "hidden": _set("dold", True),
    "risk_lowered": _set("risk", "lag"),
    "audience_swapped": _set("malgrupp", ["personal"]),
}
_HARMLESS: dict[str, Operation] = {
    "reviewed": _set("granskad", date(2026, 11, 28)),
    "owner": _set("agare", "Servicecenter"),
    "channel": _set("kanal", "besok"),
    "variant_misspelt": _misspelt,
    "variant_polite": _politely,
    "sentence_added": _more("svar", "Hör gärna av dig om du undrar över något."),
    "step_added": _more("gor_sa_har", "Spara din bekräftelse."),
    "amount_spaced": lambda entry, _: _sub(re.compile(r"\d{1,3} \d{3}"), _spaces, entry),
    "kronor_shortened": lambda entry, _: _sub(re.compile(r"(\d) kronor"), _kr, entry),
    "link_added": _link,
    "link_renamed": _link_title,
    "variants_reordered": _reorder,
    "one_paragraph": _one_paragraph,
    "synonym": _word(_SYNONYMS),
    "translation_added": _translation,
}


OPERATIONS = {**_HARMFUL, **_HARMLESS}
HARMFUL = frozenset({*_HARMFUL, "removed"})
WITH_ANOTHER = frozenset({"source_swapped", "answer_swapped", "variants_taken", "question_swapped"})
