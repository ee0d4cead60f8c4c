"""Greetings, thanks and farewells around a question: they say nothing of what is asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.language.normalise import bare, normalise

Kind = Literal["greeting", "thanks", "goodbye"]  # also the keys of the texts that reply

# Folded, as `bare` leaves them. What stands before a question, …
_GREETING = (
    r"(hej(san)?|hej ?hej|halla|hall[oa]j|tja|tjena(re)?|tjenn?a|goddag|mor?rn|hello|hi|hey|"
    r"god ?(morgon|kvall|dag|eftermiddag|formiddag))"
    r"( (hej|igen|pa (er|dig)|alla|dar|du|boten|robot(en)?|kommunen|chatten))*"
)
_THANKS = (
    r"((ok(ej)?|ja(ha)?|aha|toppen|kanon|perfekt|super|fint|bra|jattebra|vad bra|tusen|stort|"
    r"ett stort|manga|ah)[ ,!]+)*(tack(ar)?|thanks|thank you|tack ?tack)"
    r"( sa (hemskt |jatte|valdigt )?mycket| snalla( du)?| ska (du|ni) ha| pa forhand| igen)?"
    r"( for ((all|din|er|den|det|ett) )?((snabbt|snabba|ditt|ert|bra) )?"
    r"(hjalp(en)?|svar(et)?|informationen|info(n)?|det|mig))*"
)
_PRAISE = (
    r"(toppen|kanon|perfekt|jattebra|vad bra|super|(da|nu) (vet|forstar) jag( hur det fungerar)?|"
    r"du ar (snall|bast)|(supersnabbt|snabbt|bra) svar|"
    r"(vad|det var) (jatte)?snallt( av (dig|er))?|det hjalpte)"
)
# In the other languages a message is only recognised where it says nothing else.
_ABROAD: Mapping[Kind, str] = {
    "greeting": (
        r"good (morning|afternoon|evening)|(hi|hello|hey) there|moi|moikka|terve|hei|"
        r"hyvaa (huomenta|paivaa|iltaa)|salaan|iska warran|(as)?salaamu? (ca|a)laykum|"
        r"مرحب[اً]+( بكم| بك)?|السلام عليكم( ورحمة الله( وبركاته)?)?|سلام|[اأ]هلا( وسهلا)?|"
        r"صباح الخير|مساء الخير|привіт|вітаю|добр(ий|ого) (день|дня|вечір|вечора)|доброго ранку"
    ),
    "thanks": (
        r"(thanks|thank you)( very much| so much| a lot)?( for (your|the) help)?|kiitos( paljon)?|"
        r"kiitoksia|(aad baad u |waad ku )?mahadsan(id| tahay)|شكر[اً]+( جزيلا| لك| لكم)?|"
        r"(дуже )?дякую( дуже| за допомогу)?"
    ),
    "goodbye": (
        r"(good ?)?bye( bye)?|see you|nakemiin|hei hei|moi moi|nabad ?gelyo|مع السلامة|إلى اللقاء|"
        r"до побачення|бувайте"
    ),
}
_REMARK = (
    r"(en (liten |snabb |sista )?(sak|fraga|grej|undran)( till)?( bara)?|en annan (sak|fraga)|"
    r"(min )?sista fragan?|jag har en (liten |snabb )?fraga( till)?|jag undrar en sak|"
    r"((skulle|kan) (ni|du) )(kunna )?hjalpa mig( med en (sak|grej))?|"
    r"ursakta( att jag (stor|besvarar)( (dig|er))?( igen)?)?|forlat|snalla( hjalp mig)?|"
    r"hjalp mig|jag behover hjalp( med en (sak|grej))?|hoppas (ni|du|allt|att allt) (mar|ar) bra|"
    r"halsningar fran \w+|(jag heter|mitt namn ar) \w+( och| igen)?)"
)
# … and after it. A signature goes on to the end.
_SIGNATURE = (
    r"((mvh|halsn|((med )?(vanlig|vanliga|basta|varma|manga) )?halsning(ar)?)"
    r"[ ,.!:]*([\w-]+[ ,.]*){0,5}|/ ?[a-z]{3,}( [a-z]+)?)"
)
_FAREWELL = (
    r"((ok )?hej ?da( da)?|tack (och|o) hej( ?da)?|adjo|vi (hors|ses)|det var allt( for (idag|"
    r"i dag|mig))?|ha (det( sa)?( bra| gott| fint)|en (riktigt )?(bra|fin|trevlig|skon) "
    r"(dag|kvall|helg|sommar)( sjalv)?( onskar( [\w-]+){1,4})?)|trevlig (helg|kvall|dag|sommar)|"
    r"tacksam for svar|bye)"
)
_BEFORE = re.compile(
    rf"[\W_]*(({_FAREWELL}|{_THANKS}|{_PRAISE}|{_GREETING}|{_REMARK})(?![\w-]))(\s*[^\w\s]+)*\s*"
)
_AFTER = re.compile(rf"(?<![\w-])({_FAREWELL}|{_THANKS}|{_SIGNATURE})[\W_]*$")
_LEFT_OVER = re.compile(r"(men|och|ja|ok(ej)?|da|du|sa|hej)?\W*")
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("goodbye", re.compile(rf"(?<!\w){_FAREWELL}(?!\w)")),
    ("thanks", re.compile(rf"(?<!\w)({_THANKS}|{_PRAISE})(?!\w)")),
    ("greeting", re.compile(rf"(?<!\w)({_GREETING}|{_REMARK})(?!\w)")),
)
_WHOLE: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"[\W_]*({phrases})[\W_]*")) for kind, phrases in _ABROAD.items()
)


@dataclass(frozen=True)
class Heard:
    """What a message asks, and what it is where it asks nothing.

    `asked` is "" when only courtesy was written (`kind` says which), or nothing but signs.
    """

    asked: str
    kind: Kind | None = None


def hear(message: str) -> Heard:
    """Take the courtesy off a message. A message that is nothing but signs asks nothing."""
    even = normalise(message)
    if not any(char.isalnum() for char in even):
        return Heard("")
    folded = bare(even.lower())
    if len(folded) != len(even):  # a rare sign that is longer in lower case
        return Heard(even)
    if abroad := next((kind for kind, said in _WHOLE if said.fullmatch(folded)), None):
        return Heard("", abroad)
    start, end = _bounds(folded)
    if not _LEFT_OVER.fullmatch(folded[start:end]):
        return Heard(even[start:end].strip())
    kind = next((kind for kind, phrase in _KINDS if phrase.search(folded)), None)
    return Heard("", kind) if kind else Heard(even)


def _bounds(folded: str) -> tuple[int, int]:
    """Return where what is asked begins and ends."""
    start, end = 0, len(folded)
    while (found := _BEFORE.match(folded, start)) and found.end() > start:
        start = found.end()
    while found := _AFTER.search(folded, start, end):
        if found.start() == end:
            break
        end = found.start()
    return start, max(start, end)
