"""How far two colours are apart, as WCAG 2.2 counts it."""

import math

# https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
_WEIGHTS = (0.2126, 0.7152, 0.0722)  # red, green, blue
_LINEAR_BELOW = 0.04045


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours written as `#rrggbb`, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def in_words(ratio: float) -> str:
    """Return `4,49:1`. Rounded down, so that what is too little never looks like enough."""
    return f"{math.floor(ratio * 100) / 100:.2f}:1".replace(".", ",")


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return sum(weight * _linear(part) for weight, part in zip(_WEIGHTS, parts, strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_BELOW else float(((part + 0.055) / 1.055) ** 2.4)
