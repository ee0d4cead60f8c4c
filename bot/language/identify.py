"""Which language a message is written in. Most are Swedish, and short ones tell little."""

import math
from collections.abc import Collection, Mapping
from functools import lru_cache

import wordfreq
from lingua import IsoCode639_1, LanguageDetector, LanguageDetectorBuilder

from bot.language.lexicon import WORD, common_words
from bot.language.normalise import bare, fold, normalise

SWEDISH = "sv"
# Besides the languages that people here write in, those that Swedish is mistaken for.
_LANGUAGES = ("sv", "en", "fi", "ar", "so", "uk", "fa", "pl", "de", "nb", "da")
_WITH_WORDS = ("en", "fi", "pl", "de", "nb", "da")  # wordfreq has them, in Swedish letters

_FREQUENT = 10.0  # in a million: words of other languages that are kept
_UNSEEN = 1.0  # in a million, for a word that a language's list lacks
_OURS = 20.0  # in a million, for a word of the municipality's content, read as Swedish
_CLEAR = math.log(30)  # lead over the next language at which the words alone decide
_CLEAR_SWEDISH = math.log(3)

_SURE = 0.5  # of the detector
_AHEAD = 2.0  # times as likely as Swedish
_SURE_OF_FEW_WORDS = 0.9
_SURE_OF_ENGLISH = 0.95  # the same, of languages that one Swedish compound looks like
NEIGHBOURS = frozenset({"no", "da"})  # two words of theirs are read as Swedish
_FEW_WORDS = 3  # a shorter message keeps the language of the talk
_FEW_LETTERS = 3

_GREETINGS = {
    "sv": "hej hejsan hejhej tjena tja tjo hallå hallo godmorgon god morgon dag kväll tack så"
    " mycket ok okej mvh jo ja nej japp nä nope bra toppen hejdå adjö",
    "en": "hello hi hey thanks thank you good morning afternoon evening please yes bye",
    "fi": "moi terve hei moikka kiitos päivää huomenta hyvää joo kyllä",
    "so": "iska warran salaan asc mahadsanid haa",
    "ar": "مرحبا السلام عليكم شكرا سلام اهلا أهلا",
    "fa": "درود ممنون متشکرم",
    "uk": "привіт добрий день вітаю дякую доброго дня",
    "pl": "cześć dzień dobry dziękuję witam",
    "de": "guten tag danke bitte",
    "no": "takk",
}
_GREETING_WORDS = {
    language: frozenset(map(fold, line.split())) for language, line in _GREETINGS.items()
}


def identify(
    text: str, session_language: str | None = None, ours: Collection[str] = frozenset()
) -> str:
    """Return the language of `text` as a two-letter code (ISO 639-1; "no" for Norwegian).

    One of sv, en, fi, ar, so, uk, fa, pl, de, no, da; Swedish where nothing speaks clearly
    against it.

    Args:
        session_language: of the talk so far; kept for messages of less than three words, unless
            they are in another script.
        ours: folded words of the municipality's content.
    """
    even = normalise(text)
    spoken = [word.lower() for word in WORD.findall(even)]
    short = len(spoken) < _FEW_WORDS
    if session_language and short and _in_our_letters(even):
        return session_language
    return (
        _greeting(spoken)
        or (_by_words(spoken, ours) if _in_our_letters(even) else None)
        or _by_letters(even, short)
    )


def _in_our_letters(text: str) -> bool:
    return all(not char.isalpha() or ord(char) < 0x250 for char in text)  # Latin up to Ext-B


def _greeting(spoken: list[str]) -> str | None:
    """Return the language of a message that only greets or thanks; nothing at all is Swedish."""
    words = set(map(bare, spoken))
    return next((code for code, known in _GREETING_WORDS.items() if words <= known), None)


def _by_words(spoken: list[str], ours: Collection[str]) -> str | None:
    """Return the language whose frequent words these are, if one is clearly ahead."""
    scores = dict.fromkeys((SWEDISH, *_WITH_WORDS), 0.0)
    for word in spoken:
        for code in scores:
            written = bare(word) if code == SWEDISH else word
            often = _words_of(code).get(written, _UNSEEN)
            lifted = max(often, _OURS) if code == SWEDISH and written in ours else often
            scores[code] += math.log(lifted)
    best, second = sorted(scores, key=lambda code: -scores[code])[:2]
    needed = _CLEAR_SWEDISH if best == SWEDISH else _CLEAR
    return _code(best) if scores[best] - scores[second] >= needed else None


@lru_cache(maxsize=len(_WITH_WORDS) + 1)
def _words_of(code: str) -> Mapping[str, float]:
    """Return the frequent words of a language in a million, with and without their marks.

    Swedish ones come without å ä ö only: «for» may be «för», but «för» is not Norwegian «for».
    """
    frequent = {} if code == SWEDISH else dict(_listed(code))
    for word, often in _listed(code).items():
        if often > _UNSEEN and (code == SWEDISH or word != bare(word)):
            frequent[bare(word)] = frequent.get(bare(word), 0.0) + often
    return frequent


def _listed(code: str) -> Mapping[str, float]:
    if code == SWEDISH:
        return common_words()
    buckets = wordfreq.get_frequency_list(code, "small")
    last = math.floor(100 * (6 - math.log10(_FREQUENT)))
    found = {
        word: 10 ** (6 - centibels / 100)
        for centibels, bucket in enumerate(buckets[: last + 1])
        for word in bucket
    }
    wordfreq.get_frequency_list.cache_clear()
    return found


def _by_letters(text: str, short: bool) -> str:
    """Ask the detector, which knows how words are built, and doubt it where it is unsure."""
    values = {
        _code(found.language.iso_code_639_1.name.lower()): found.value
        for found in _detector().compute_language_confidence_values(text)
    }
    best = max(values, key=lambda code: values[code])
    if not _in_our_letters(text):
        return best
    few_words = _SURE_OF_ENGLISH if best in {"en", "de"} else _SURE_OF_FEW_WORDS
    sure = few_words if short else _SURE
    if short and best in NEIGHBOURS:
        return SWEDISH
    doubtful = values[best] < sure or values[best] < _AHEAD * values[SWEDISH]
    few = sum(map(str.isalpha, text)) <= _FEW_LETTERS
    return SWEDISH if doubtful or few else best


def _code(code: str) -> str:
    return "no" if code == "nb" else code


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    """Low accuracy mode reads trigrams only: 20 MB and 0.3 s instead of 240 MB and 7 s."""
    codes = [getattr(IsoCode639_1, code.upper()) for code in _LANGUAGES]
    builder = LanguageDetectorBuilder.from_iso_codes_639_1(*codes)
    return builder.with_low_accuracy_mode().build()
