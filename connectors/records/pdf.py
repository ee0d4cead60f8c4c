"""Draws what is handed out as a tagged PDF. The template is `handling.typ`, in Typst."""

import io
import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pymupdf_fonts
import typst
from fontTools.ttLib import TTFont

from bot.opening_hours.model import STOCKHOLM
from connectors.records.model import Handout

_TEMPLATE = Path(__file__).with_name("handling.typ")
# FiraGO has Latin, Greek, Cyrillic, Arabic, Hebrew, Thai, Georgian and Devanagari signs.
_FONTS = ("figo", "figbo", "symbol2")
_FROM_RIGHT = frozenset({"R", "AL"})
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Me", "Zl", "Zp"})


def draw(handout: Handout) -> bytes:
    """Return the PDF. Slow: some seconds for hundreds of conversations.

    What is secret is not in `handout`, so it cannot be in the file.
    """
    told = json.dumps(_printable(handout.model_dump()), ensure_ascii=False)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[_font_folder().name]
    )
    compiler = typst.Compiler(
        _TEMPLATE.read_bytes(), font_paths=fonts, sys_inputs={"handout": told}
    )
    made_at = handout.made_at.replace(microsecond=0)
    drawn = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=made_at)
    return cast("bytes", drawn)  # a list only where every page is a file of its own


def _printable(value: Any) -> Any:
    """Return a value as JSON has it, with Swedish times and signs that the fonts have."""
    if isinstance(value, Mapping):
        shown = {key: _printable(one) for key, one in value.items()}
        if "pieces" in shown:
            shown["rtl"] = _begins_at_right(" ".join(one["text"] for one in shown["pieces"]))
        return shown
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    if isinstance(value, datetime):
        return f"{value.astimezone(STOCKHOLM):%Y-%m-%d %H.%M.%S}"
    if isinstance(value, bool | int | float) or value is None:
        return value
    return "".join(map(_sign, str(value)))


def _sign(sign: str) -> str:
    """Return a sign that can be drawn: one that the fonts lack is named by its number."""
    if sign == "\n" or ord(sign) in _drawable():
        return sign
    if unicodedata.category(sign) in _UNSEEN:
        return ""
    return f"[U+{ord(sign):04X}]"


def _begins_at_right(text: str) -> bool:
    strong = (unicodedata.bidirectional(sign) for sign in text)
    return next((one in _FROM_RIGHT for one in strong if one in {"L", *_FROM_RIGHT}), False)


@cache
def _font_folder() -> "TemporaryDirectory[str]":
    """Unpack the fonts where Typst can read them; the folder goes with the process."""
    folder = TemporaryDirectory(prefix="kommunbot-fonts-")
    for name in _FONTS:
        Path(folder.name, f"{name}.otf").write_bytes(_font(name))
    return folder


@cache
def _drawable() -> frozenset[int]:
    """Return the signs that one of the fonts has, without those that control the rest."""
    found = {code for name in _FONTS[::2] for code in TTFont(io.BytesIO(_font(name))).getBestCmap()}
    return frozenset(
        code for code in found if unicodedata.category(chr(code)) not in {"Cc", "Zl", "Zp"}
    )


def _font(name: str) -> bytes:
    font: bytes = pymupdf_fonts.fontbuffers[name]()
    return font
