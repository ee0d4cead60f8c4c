"""Several questions in one message: «När öppnar biblioteket? Och hur lånar man?»"""

import re

from bot.language.normalise import bare

MOST = 3  # questions answered at a time; what comes after them is asked for again
_SHORTEST = 2  # words; less is no question of its own

_ASKING_WORD = (
    r"(vad|va|nar|var|vart|hur|vem|vilka|vilken|vilket|varfor|hurdan|how|what|when|where)"
)
_VERB = (
    r"(kan|far|maste|ska|skall|behover|behovs|har|ar|finns|gar|kostar|tar|galler|racker|"
    r"kravs|vill|bor|skulle)"
)
_SUBJECT = (
    r"(jag|man|vi|ni|du|det|den|de|dom|han|hon|barnet|mitt|min|mina|var|vart|nagon|nagot|ett|en)"
)
# A clause that asks: by its first word, or with the verb before the subject.
_ASKS = re.compile(
    rf"{_ASKING_WORD}\b|{_VERB} (ocksa |sen |aven )?{_SUBJECT}\b|(behovs|finns|kravs|galler)\b"
)
_LEAD = r"((och|samt|men|sen|sedan|dessutom|plus|eller)( (sen|sedan|ocksa|dessutom))?,? )*"
_WONDER = (
    r"((jag |vi )?(undrar|vill|skulle vilja)( (jag|vi))?( (ocksa|aven|bara|lite))?( (veta|fraga))?"
    r"( om)?,? )?"
)
_BOUNDARY = re.compile(
    rf"(?<=[?!])\s+|(?<=\w\w[.])\s+|\s*\n+\s*|"
    rf"(?:\s*,)?\s+(?=(och|samt|sen|sedan|dessutom|plus) (sen |sedan |ocksa |dessutom )?,?"
    rf"{_WONDER}({_ASKING_WORD}\b|{_VERB} {_SUBJECT}\b|(behovs|finns|kravs)\b))|"
    rf"\s*,\s+(?={_ASKING_WORD}\b)"
)
_OPENING = re.compile(_LEAD + _WONDER)


def questions(asked: str) -> tuple[str, ...]:
    """Return the questions of a message in order; one that cannot be cut comes back whole.

    What is told before a question belongs to it («Vi har köpt hus. Hur anmäler vi …»), and what
    comes after the last one to that. Whether the parts are worth asking one by one is for the
    search to tell.
    """
    folded = bare(asked.lower())
    if len(folded) != len(asked):
        return (asked,)
    parts: list[str] = []
    told = ""
    for start, end in _clauses(folded):
        clause = asked[start:end].strip(" ,")
        told = f"{told} {clause}".strip()
        if _is_question(folded[start:end].strip(" ,")):
            parts.append(told)
            told = ""
    if told and parts:
        parts[-1] = f"{parts[-1]} {told}"
    return tuple(parts) if len(parts) > 1 else (asked,)


def _clauses(folded: str) -> list[tuple[int, int]]:
    cuts = [(found.start(), found.end()) for found in _BOUNDARY.finditer(folded)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(folded)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]


def _is_question(clause: str) -> bool:
    opening = _OPENING.match(clause)
    rest = clause[opening.end() :] if opening else clause
    long_enough = len(rest.split()) >= _SHORTEST
    return long_enough and (bool(_ASKS.match(rest)) or clause.endswith("?"))
