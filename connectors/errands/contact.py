"""Where somebody wants the answer: a telephone or an e-mail address, and nothing else."""

import re

from connectors.errands.model import Kind

LONGEST_PHONE = 15  # digits: ITU-T E.164
_PHONE = re.compile(r"(?!\d{6}[-+]\d{4}$)(\+|\(?0)[\d ()/-]+")  # with its area or country code


def is_contact(written: str, kind: Kind) -> bool:
    """Tell whether somebody can be reached by what is written; a call needs a number.

    A personnummer or the number of a card is none, and must not be kept.
    """
    digits = sum(sign.isdigit() for sign in written)
    is_number = 6 <= digits <= LONGEST_PHONE and _PHONE.fullmatch(written) is not None
    name, at, host = written.partition("@")
    is_mail = bool(name and at and "." in host.strip(".")) and " " not in written
    return is_number or (is_mail and kind is not Kind.CALLBACK)
