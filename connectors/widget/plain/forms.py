"""What is filled in on a plain page, as it was written, and what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl
from uuid import UUID, uuid5

from bot.texts import Texts
from connectors.auth.tokens import BITS_256, hash_token, new_token
from connectors.conversation.service import Start
from connectors.conversation.text import clean
from connectors.errands.contact import is_contact
from connectors.errands.model import Kind
from connectors.errands.service import Wish
from connectors.errors import MessageEmpty, MessageTooLong

MAX_FIELDS = 20
MAX_CONTACT = 200  # characters, as in the widget's API
# Everything that a form leaves has its ids from the form's own key, so a repeat is harmless.
_IDS = UUID("5d0c4a1e-6f0e-4a53-9d0b-0f6a3a9d2b77")

Faults = Mapping[str, str]  # by field, what to do


def read_fields(body: bytes) -> dict[str, str]:
    """Return a form's fields; a body that is no form has none."""
    try:
        text = body.decode("utf-8", errors="replace")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except ValueError:
        return {}


@dataclass(frozen=True)
class Written:
    """The fields of a page as the citizen left them."""

    question: str = ""
    choice: str = ""
    contact: str = ""
    kind: Kind = Kind.ERRAND
    key: str = ""  # 256 random bits, made with the page

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> "Written":
        key = fields.get("nyckel", "")
        return cls(
            question=fields.get("fraga", ""),
            choice=fields.get("val", "")[:MAX_CONTACT],
            contact=fields.get("kontakt", ""),
            kind=Kind.CALLBACK if fields.get("satt") == Kind.CALLBACK else Kind.ERRAND,
            key=key if re.fullmatch(BITS_256, key) else new_token(),
        )

    def faults_in_question(self, texts: Texts) -> Faults:
        """Tell what keeps the question from being asked."""
        try:
            clean(self.question)
        except MessageEmpty:
            return {"fraga": texts["plain_question_missing"]}
        except MessageTooLong as error:
            return {"fraga": texts.get("plain_question_too_long", **error.values)}
        return {}

    def faults_in_errand(self, texts: Texts) -> Faults:
        """Tell what keeps the errand from being left; a call needs no question."""
        needs_question = self.kind is Kind.ERRAND or bool(self.question.strip())
        found = dict(self.faults_in_question(texts)) if needs_question else {}
        contact = self.spoken_contact
        if not is_contact(contact, self.kind) or len(contact) > MAX_CONTACT:
            found["kontakt"] = texts[f"plain_contact_missing_{self.kind}"]
        return found

    @property
    def spoken_contact(self) -> str:
        return " ".join(self.contact.split())

    def start(self) -> Start:
        """Return the conversation that the errand belongs to."""
        return Start(uuid5(_IDS, f"samtal {self.key}"), hash_token(self.key))

    def wish(self, errand_type: str | None = None) -> Wish:
        """Return what is asked for, where nothing is wrong with it."""
        contact, errand_id = self.spoken_contact, uuid5(_IDS, f"ärende {self.key}")
        return Wish(errand_id, self.kind, self.question.strip() or None, contact, errand_type)

    @property
    def closing_id(self) -> UUID:
        return uuid5(_IDS, f"avslut {self.key}")
