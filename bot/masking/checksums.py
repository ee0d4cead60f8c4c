"""What makes digits a personnummer, a card number or an IBAN."""

_TO_LUHN = str.maketrans("0123456789", "0246813579")  # twice each digit, its digits added
_COORDINATION = 60  # is added to the day in a samordningsnummer
_CENTURIES = ("18", "19", "20")


def luhn(digits: str) -> bool:
    """Tell whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    doubled, single = digits[-2::-2].translate(_TO_LUHN), digits[::-2]
    return sum(map(int, doubled + single)) % 10 == 0


def is_date(digits: str) -> bool:
    """Tell whether six digits (YYMMDD) can begin a personnummer or samordningsnummer.

    In the latter 60 is added to the day, and where the time of birth is not known the month
    may be 00 (folkbokföringslagen 1991:481, 18–18 b §§; Skatteverket's rules for the number).
    """
    month, day = int(digits[2:4]), int(digits[4:6])
    if day >= _COORDINATION:
        return month <= 12 and day - _COORDINATION <= 31
    return 1 <= month <= 12 and 1 <= day <= 31


def is_personal(digits: str) -> bool:
    """Tell whether ten or twelve digits are a personnummer or samordningsnummer."""
    ten = digits[-10:]
    century = digits[:-10]
    if len(digits) not in {10, 12} or (century and century not in _CENTURIES):
        return False
    return is_date(ten) and luhn(ten)


def is_iban(signs: str) -> bool:
    """Tell whether capitals and digits are an IBAN (ISO 13616: remainder 1 by 97)."""
    turned = signs[4:] + signs[:4]
    if not turned.isalnum() or not turned.isascii():
        return False
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
