"""Which keys lie side by side on a Swedish keyboard."""

from itertools import pairwise

_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")


def _beside() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _ROWS:
        for left, right in pairwise(row):
            found[left] = found.get(left, "") + right
            found[right] = found.get(right, "") + left
    return found


BESIDE = _beside()  # lower-case letter: the one or two letters on its row that a finger may hit
