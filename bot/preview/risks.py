"""What in an edit of an entry is often a mistake: the entry before and after, key by key."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from bot.faq.model import Entry
from bot.language.identify import SWEDISH, identify
from bot.preview.figures import EMERGENCY, emergency_numbers, figures
from bot.preview.model import Risk
from bot.preview.rules import RULES
from bot.preview.sentences import gone, likeness, said_in, turned

Meaning = Callable[[str, str], "Nearest | None"]

_CUT = 0.5  # of an answer's letters
_MANY_VARIANTS = 0.5
_SOON = timedelta(days=30)
_VARIABLE = re.compile(r"\{kommun\.([a-z_]+)\}")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_IDENTITY = re.compile(r"\b(?:19|20)?\d{6}[-+]\d{4}\b")
_UNFINISHED = re.compile(
    r"\b(?:todo|xxx+|lorem ipsum|fixme|ska skrivas|tbd|test test)\b|\?\?\?", re.I
)
_SERVICES = frozenset({"e-tjanst", "blankett"})


class Nearest(NamedTuple):
    """The other entry that a text is nearer to than to its own."""

    id: str
    title: str


@dataclass(frozen=True)
class Setting:
    """Two states of the content, as far as risks are told from them.

    Entries by id, `{kommun.…}` not filled in. `pages` are the texts of each page by the address
    that an entry's link gives. `taken` are those new phrasings that another entry answers today,
    by entry, with that entry's question.
    """

    before: Mapping[str, Entry]
    after: Mapping[str, Entry]
    pages: Mapping[str, str] = field(default_factory=dict)
    taken: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    answer_near: Meaning = lambda _id, _text: None
    question_near: Meaning = lambda _id, _text: None
    today: date = field(default_factory=date.today)


def risks(setting: Setting) -> tuple[Risk, ...]:
    """Return everything risky in the step from `before` to `after`; what blocks comes first."""
    found = [
        risk
        for name in sorted(setting.before.keys() | setting.after.keys())
        for risk in _of_entry(setting.before.get(name), setting.after.get(name), setting)
    ]
    return tuple(sorted(found, key=lambda risk: not risk.blocks))


def _of_entry(old: Entry | None, new: Entry | None, setting: Setting) -> Iterator[Risk]:
    if old == new:
        return
    if new is None:
        if old is not None and not old.hidden:
            yield _risk("removed", old.id, what=old.question)
        return
    rules = _ALWAYS if old is None else (*_ALWAYS, *_CHANGED)
    for rule in rules:
        yield from rule(old or new, new, setting)


def _risk(kind: str, entry: str, **told: object) -> Risk:
    rule = RULES[kind]
    shown = {name: _short(str(value)) for name, value in told.items()}
    return Risk(
        kind=kind,
        entry=entry,
        text=rule.text.format(**shown),
        blocks=rule.blocks,
        confirm=not rule.blocks,
    )


def _emergency(old: Entry, new: Entry, _: Setting) -> Iterator[Risk]:
    for number in sorted(emergency_numbers(_said(old)) - emergency_numbers(_said(new))):
        yield _risk("emergency_number_gone", new.id, what=EMERGENCY[number])


def _unfit(_old: Entry, new: Entry, _: Setting) -> Iterator[Risk]:
    said = "\n".join((new.question, *new.variants, _said(new)))
    if found := _IDENTITY.search(said):
        yield _risk("personal_number", new.id, what=found[0])
    if found := _UNFINISHED.search(said):
        yield _risk("unfinished", new.id, what=found[0])


def _figures(old: Entry, new: Entry, setting: Setting) -> Iterator[Risk]:
    was, is_now = figures(_said(old)), figures(_said(new))
    lost = [one for one in was if one not in is_now and not _is_help(one)]
    won = [one for one in is_now if one not in was]
    if not lost and not won:
        return
    told = {"before": ", ".join(lost), "after": ", ".join(won)}
    if lost and won and new.reviewed <= old.reviewed:
        yield _risk("figure_unreviewed", new.id, **told, reviewed=new.reviewed)
    if lost and not won:
        yield _risk("figure_gone", new.id, what=", ".join(lost))
    if lost and won:
        yield from _contradicted(lost, won, new, setting)


def _contradicted(
    lost: Sequence[str], won: Sequence[str], new: Entry, setting: Setting
) -> Iterator[Risk]:
    """Tell where the old figure still stands and the new one does not."""
    told = {"before": ", ".join(lost), "after": ", ".join(won)}
    page = figures(setting.pages.get(new.links[0].url, ""))
    if any(one in page for one in lost) and not all(one in page for one in won):
        yield _risk("figure_against_page", new.id, **told)
    for other in setting.after.values():
        if other.id == new.id or other.topic != new.topic:
            continue
        theirs = figures(_said(other))
        if shared := [one for one in lost if one in theirs and _tells_much(one)]:
            told["before"] = ", ".join(shared)
            yield _risk("figure_against_entry", new.id, **told, other=other.id)


def _turned(old: Entry, new: Entry, _: Setting) -> Iterator[Risk]:
    for one in turned(_said(old), _said(new)):
        yield _risk("turned", new.id, before=one.before, after=one.after)


def _shorter(old: Entry, new: Entry, _: Setting) -> Iterator[Risk]:
    if len(new.answer) < _CUT * len(old.answer):
        yield _risk("answer_cut", new.id)
    elif old.answer != new.answer:
        steps = " ".join(old.steps)  # they are looked at one by one
        for sentence in gone(_said(old), _said(new)):
            if sentence not in steps:
                yield _risk("sentence_gone", new.id, what=sentence)
    for step in old.steps:
        if step not in new.steps and not said_in(step, _said(new)):
            yield _risk("step_gone", new.id, what=step)


def _contacts(old: Entry, new: Entry, _: Setting) -> Iterator[Risk]:
    before, after = _said(old), _said(new)
    for name in sorted(set(_VARIABLE.findall(before)) - set(_VARIABLE.findall(after))):
        yield _risk("variable_gone", new.id, what=f"{{kommun.{name}}}")
    for mail in sorted(set(_MAIL.findall(before)) - set(_MAIL.findall(after))):
        yield _risk("contact_gone", new.id, what=mail)


def _links(old: Entry, new: Entry, _: Setting) -> Iterator[Risk]:
    if old.links[0].url != new.links[0].url:
        yield _risk("source_replaced", new.id, before=old.links[0].url, after=new.links[0].url)
    left = {link.url for link in new.links}
    titles = {link.title for link in new.links}
    for link in old.links[1:]:
        moved = link.title in titles
        if link.url not in left and (link.kind in _SERVICES or moved):
            yield _risk("link_gone", new.id, what=link.title)


def _variants(old: Entry, new: Entry, _: Setting) -> Iterator[Risk]:
    lost = [text for text in old.variants if text not in new.variants]
    if len(lost) > _MANY_VARIANTS * len(old.variants) or len(lost) > len(new.variants):
        yield _risk("variants_gone", new.id, what=len(lost))


def _new_phrasings(old: Entry, new: Entry, setting: Setting) -> Iterator[Risk]:
    known = () if old is new else (old.question, *old.variants)
    added = [text for text in new.variants if text not in known]
    taken = setting.taken.get(new.id, {})
    for text in added:
        users = _users(text, new, setting)
        if text in taken:
            yield _risk("variant_taken", new.id, what=text, other=taken[text])
        elif users >= _COMMON:
            yield _risk("variant_general", new.id, what=text, other=users)
        elif near := setting.question_near(new.id, text):
            yield _risk("variant_elsewhere", new.id, what=text, other=near.title)


def _validity(old: Entry, new: Entry, setting: Setting) -> Iterator[Risk]:
    today = setting.today
    sooner = new.valid_to and (old.valid_to is None or new.valid_to < old.valid_to)
    if new.valid_to and sooner and new.valid_to < today + _SOON:
        yield _risk("ended", new.id, what=new.valid_to)
    if new.valid_from and new.valid_from > max(today, old.valid_from or date.min):
        yield _risk("not_begun", new.id, what=new.valid_from)
    if new.hidden and not old.hidden:
        yield _risk("hidden", new.id)


def _standing(old: Entry, new: Entry, setting: Setting) -> Iterator[Risk]:
    if (old.risk, new.risk) == ("hog", "lag"):
        yield _risk("risk_lowered", new.id)
    if set(old.audience) - set(new.audience):
        told = {"before": ", ".join(old.audience), "after": ", ".join(new.audience)}
        yield _risk("audience", new.id, **told)
    if old.law and old.law != new.law:
        yield _risk("law_gone", new.id, before=old.law, after=new.law or "")
    if new.reviewed > setting.today or new.reviewed < old.reviewed:
        yield _risk("reviewed_wrong", new.id, what=new.reviewed)


def _subject(old: Entry, new: Entry, setting: Setting) -> Iterator[Risk]:
    if old.answer != new.answer and likeness(old.answer, new.answer) < _REWRITTEN:
        if near := setting.answer_near(new.id, new.answer):
            yield _risk("other_subject", new.id, other=near.title)
        if identify(old.answer) == SWEDISH != identify(new.answer):
            yield _risk("other_language", new.id)
    if old.question != new.question and (near := setting.question_near(new.id, new.question)):
        yield _risk("question_moved", new.id, other=near.title)


def _languages(old: Entry, new: Entry, _: Setting) -> Iterator[Risk]:
    for language in sorted(old.translations.keys() - new.translations.keys()):
        yield _risk("translation_gone", new.id, what=language)
    changed = figures(new.answer) - figures(old.answer)
    for language, told in sorted(new.translations.items()):
        theirs = figures(told.answer)
        missing = [one for one in changed if _amount(one) not in map(_amount, theirs)]
        if missing:
            yield _risk("translation_behind", new.id, other=language, what=", ".join(missing))


_COMMON = 4  # other entries that are asked for with the word
_REWRITTEN = 0.7  # likeness of two answers, below which the subject is looked at
_LONGEST = 120  # characters of a sentence that is shown
_ALWAYS = (_unfit, _new_phrasings)
_CHANGED = (
    _emergency,
    _figures,
    _turned,
    _shorter,
    _contacts,
    _links,
    _variants,
    _validity,
    _standing,
    _subject,
    _languages,
)


def _said(entry: Entry) -> str:
    return "\n".join((entry.answer, *entry.steps))


def _users(text: str, own: Entry, setting: Setting) -> int:
    """Return how many other entries are asked for with `text`, where that is one word."""
    if len(text.split()) > 1:
        return 0
    word = re.compile(rf"\b{re.escape(text.strip('?!.').lower())}\b")
    others = (one for one in setting.after.values() if one.id != own.id)
    return sum(
        any(word.search(said.lower()) for said in (one.question, *one.variants)) for one in others
    )


def _is_help(figure: str) -> bool:
    return figure.removeprefix("tel ").replace(" ", "") in EMERGENCY


def _tells_much(figure: str) -> bool:
    """Tell whether a figure is hardly the same by chance: an amount, a number of many digits."""
    number, _, unit = figure.partition(" ")
    return number == "tel" or unit in {"kr", "%", "m²"} or len(number.replace(".", "")) > 3


def _amount(figure: str) -> str:
    return figure if figure.startswith("tel") else figure.partition(" ")[0]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"
