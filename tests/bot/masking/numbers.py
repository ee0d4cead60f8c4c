"""Numbers made up for the tests, with the right check digits."""

from hypothesis import strategies as st

from bot.masking.checksums import luhn


def with_check(digits: str) -> str:
    """Add the check digit that makes all right."""
    return next(digits + last for last in "0123456789" if luhn(digits + last))


@st.composite
def personal(draw: st.DrawFn) -> str:
    """Twelve digits of a personnummer or samordningsnummer."""
    year = draw(st.integers(1890, 2025))
    coordination = draw(st.booleans())
    month = draw(st.integers(0 if coordination else 1, 12))
    day = draw(st.integers(1, 28)) + (60 if coordination else 0)
    rest = draw(st.integers(0, 999))
    ten = with_check(f"{year % 100:02}{month:02}{day:02}{rest:03}")
    return f"{year // 100}{ten}"


_MARKS = ("-", "+", "–", " ", "", " - ", ".", "/", "\n", "\u200b-", "\u00ad", " streck ")
_OTHER_DIGITS = (
    str.maketrans("0123456789", "０１２３４５６７８９"),
    str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"),
)


@st.composite
def written_personal(draw: st.DrawFn) -> str:
    """The same as people write it."""
    whole = draw(personal())
    digits = whole if draw(st.booleans()) else whole[2:]
    way = draw(st.sampled_from(("parted", "spaced", "dated", "other", "hidden")))
    date, last = digits[:-4], digits[-4:]
    if way == "spaced":
        return " ".join(digits)
    if way == "dated":
        mark = draw(st.sampled_from("-./ "))
        return mark.join((date[:-4], date[-4:-2], date[-2:])) + "-" + last
    if way == "other":
        return f"{date}-{last}".translate(draw(st.sampled_from(_OTHER_DIGITS)))
    if way == "hidden":
        return draw(st.sampled_from(("\u200b", "\u00ad", "\u2060"))).join(digits)
    return date + draw(st.sampled_from(_MARKS)) + last


def card() -> st.SearchStrategy[str]:
    """Digits of a card of one of the networks."""
    first = st.sampled_from(("4", "51", "2221", "37", "6011"))
    return st.tuples(first, st.text("0123456789", min_size=11, max_size=11)).map(
        lambda parts: with_check("".join(parts)[:15])
    )


def company() -> st.SearchStrategy[str]:
    """An organisation number: its third digit is at least 2 (lag 1974:174)."""
    groups = st.tuples(st.integers(11, 99), st.integers(20, 99), st.integers(0, 99999))
    return groups.map(lambda n: with_check(f"{n[0]}{n[1]}{n[2]:05}")).map(
        lambda ten: f"{ten[:6]}-{ten[6:]}"
    )
