"""What a municipality decides of how its chat looks.

The names on the left are the code's, `alias` is what editors write. The defaults are the
product's own look, the same as in `web/src/shared/tokens.ts`.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from bot.look.contrast import contrast
from bot.yaml_faults import whole

TEXT, CONTROL = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11, level AA
ROUNDEST = 32  # CSS pixels; more would cut into the header's buttons

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Font = Annotated[str, Field(max_length=200, pattern=r"^[\w ,\"'-]+$")]  # becomes a piece of CSS
Mode = Literal["ljust", "morkt"]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Colours(_Kept):
    """The colours of one mode; `#rrggbb`."""

    bar: Colour = Field(alias="list")
    bar_end: Colour = Field(alias="list_slut")  # the bar's other end: it shades from one to another
    on_bar: Colour = Field(alias="text_pa_list")
    accent: Colour = Field(alias="accent")  # buttons, and what is chosen
    on_accent: Colour = Field(alias="text_pa_accent")


LIGHT = Colours(
    bar="#0b4a57", bar_end="#0f6a70", on_bar="#ffffff", accent="#0b6670", on_accent="#ffffff"
)
DARK = Colours(
    bar="#0a343d", bar_end="#0d4a50", on_bar="#f2fafa", accent="#63cfc4", on_accent="#04282b"
)
# What an accent is seen against: the chat's bubbles, and the ground behind them.
SURFACES: dict[Mode, tuple[str, str]] = {
    "ljust": ("#ffffff", "#f3f8f8"),
    "morkt": ("#18272b", "#101b1e"),
}


class Look(_Kept):
    """How the chat looks where the page says nothing else."""

    light: Colours = Field(LIGHT, alias="ljust")
    dark: Colours = Field(DARK, alias="morkt")
    radius_px: Annotated[int, whole(0, ROUNDEST)] = Field(20, alias="horn")
    font: Font | None = Field(None, alias="typsnitt")  # None: the reader's own system's
    position: Literal["hoger", "vanster"] = Field("hoger", alias="plats")


class Check(NamedTuple):
    """Two colours that must be far enough apart: `colour` and another one, or what it lies on."""

    mode: Mode
    colour: str
    against: str
    ratio: float
    demanded: float

    @property
    def passes(self) -> bool:
        return self.ratio >= self.demanded


def checks(look: Look) -> Iterator[Check]:
    """Yield every pair that must be told apart, in both modes."""
    modes: tuple[tuple[Mode, Colours], ...] = (("ljust", look.light), ("morkt", look.dark))
    for mode, colours in modes:
        yield from _checks_of(mode, colours)


def _checks_of(mode: Mode, of: Colours) -> Iterator[Check]:
    surface, ground = SURFACES[mode]
    for colour, against, one, other, demanded in (
        ("text_pa_list", "list", of.on_bar, of.bar, TEXT),
        ("text_pa_list", "list_slut", of.on_bar, of.bar_end, TEXT),
        ("text_pa_accent", "accent", of.on_accent, of.accent, TEXT),
        ("accent", "bubblan", of.accent, surface, TEXT),
        ("accent", "bakgrunden", of.accent, ground, CONTROL),
    ):
        yield Check(mode, colour, against, contrast(one, other), demanded)
