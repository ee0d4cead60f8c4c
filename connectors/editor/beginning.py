"""Beginnings of entries: from what is asked for in vain, and from what an agent has replied."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import StringIO

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.faq.checking.wording import VARIABLES
from bot.gaps.asking import Asking
from bot.language.normalise import fold
from bot.language.tokens import words
from bot.masking.masker import Masker
from bot.retrieval.model import Document
from connectors.editor.model import FileLine

_MOST_VARIANTS = 12
_ADDRESSES = ("webbplats", "e_tjanster")


class NewEntry(BaseModel):
    """A beginning of an entry, which the editor goes on with."""

    file: str
    yaml: str


def begin(  # noqa: PLR0913  # all that an entry begins with
    question: str,
    asking: Asking,
    files: Sequence[FileLine],
    now: datetime,
    *,
    also: Sequence[str] = (),
    answer: str = "",
) -> NewEntry:
    """Return a beginning of an entry, in the file of the nearest entry's topic.

    Args:
        files: those that a new entry can be put in.
        also: other ways to ask the same.
    """
    found = asking.nearest(question)
    near = found[0] if found else None
    entry = {
        "id": _slug(question, near),
        "fraga": question[:1].upper() + question[1:],
        "varianter": [text for text in also if text != question][:_MOST_VARIANTS],
        "svar": LiteralScalarString(answer) if answer else "",
        "lankar": [{"titel": "", "url": "/"}],
        "granskad": now.date(),
    }
    yaml = YAML(typ="rt")
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(entry, out)
    return NewEntry(file=_file_for(near, files), yaml=out.getvalue())


def begin_from_reply(  # noqa: PLR0913, PLR0917  # all that it is made of
    question: str,
    reply: str,
    facts: Mapping[str, str],
    asking: Asking,
    masker: Masker,
    files: Sequence[FileLine],
    now: datetime,
) -> NewEntry:
    """Return a beginning of an entry from a citizen's question and what an agent replied.

    Names, numbers and addresses are masked; the municipality's own become `{kommun.…}` again.
    Takes some tenths of a second, in a thread.

    Args:
        facts: of data/kommun.yml.

    Raises:
        LanguageModelError, IndexMissing: what finds names, or the search, cannot be used.
    """
    asked = " ".join(masker.mask_all(question).text.split())
    answer = as_answer(reply, facts, masker)
    return begin(asked, asking, files, now, also=[asked.lower()], answer=answer)


def as_answer(reply: str, facts: Mapping[str, str], masker: Masker) -> str:
    """Return an agent's reply as an entry would say it: masked, with `{kommun.…}`.

    Raises:
        LanguageModelError: what finds names cannot be used.
    """
    return masker.mask_all(_with_variables(reply, facts)).text.strip()


def _with_variables(text: str, facts: Mapping[str, str]) -> str:
    """Put variables in the place of facts; the longest first, so that none hides another."""
    known = [(key, facts[key]) for key in (*VARIABLES, *_ADDRESSES) if key in facts]
    for key, fact in sorted(known, key=lambda item: -len(item[1])):
        text = text.replace(fact, f"{{kommun.{key}}}")
    return text


def _file_for(near: Document | None, files: Sequence[FileLine]) -> str:
    """Return the municipality's own file of the topic, or its first one."""
    own = [file for file in files if not file.national]
    fits = [file for file in own if near and file.topic == near.topic]
    return next(iter([*fits, *own])).path if own else ""


def _slug(label: str, near: Document | None) -> str:
    told = [word for word in words(label) if word.isascii() and word.isalnum()][:4]
    return "-".join([*([near.topic] if near and near.topic else []), *map(fold, told)]) or "ny"
