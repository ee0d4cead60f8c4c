"""What is nearly a word of the alarms is read as one; what is a word of its own is not."""

import pytest

from bot.safety.phrases import plain
from bot.safety.slips import Slips

SLIPS = Slips(
    ["orkar inte leva", "brinner i trapphuset", "våldtagen", "medvetslös"],
    ["valdagen"],
    {"ja": "jag", "e": "är"},
    ["jag", "det", "inte"],
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ja orkr inte lveva", "jag orkar inte leva"),
        ("detbrinner", "det brinner"),
        ("brinnr i traphuset", "brinner i trapphuset"),
        ("jaginteorkar", "jag inte orkar"),
        ("medvettslös", "medvetslos"),
        ("brinnär", "brinner"),
        ("på valdagen", "pa valdagen"),
        ("bygglovsenheten i Skärvinge", "bygglovsenheten i skarvinge"),
        ("the weather is over", "the weather is over"),
    ],
)
def test_a_slip_is_put_right_and_a_word_is_left(written: str, read: str) -> None:
    assert SLIPS.mended(plain(written)) == read
