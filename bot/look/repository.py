"""Reading `data/utseende.yml`, and keeping up with it while it is edited."""

from pathlib import Path

from pydantic import ValidationError

from bot.live_file import LiveFile
from bot.look.contrast import in_words
from bot.look.model import Check, Look, checks
from bot.yaml_faults import Faults, line_of
from bot.yaml_files import mapping_of, read_text

FILE = "utseende.yml"


def load_look(data_dir: Path) -> Look:
    """Read the look; without a file it is the product's own.

    Raises:
        ContentError: one line a fault, as `file:line: what to do`. Too little contrast is one.
    """
    path = data_dir / FILE
    return parse_look(read_text(path), path) if path.exists() else Look()


def parse_look(text: str, path: Path) -> Look:
    """Read what stands, or is to stand, in the file `path`. Raises ContentError, as `load_look`."""
    raw = mapping_of(text, path, "«ljust:»")
    faults = Faults(path)
    try:
        look = Look.model_validate(raw)
    except ValidationError as error:
        faults.tell_all(error, raw, 1)
        faults.raise_any()
        raise
    for check in checks(look):
        if not check.passes:
            of_mode = raw.get(check.mode)
            faults.tell(line_of(of_mode, check.colour) or 1, told(check))
    faults.raise_any()
    return look


def told(check: Check) -> str:
    """Say what is too little, by how much, and what to do."""
    against = check.against if check.against in ("bubblan", "bakgrunden") else f"«{check.against}»"
    measured, demanded = in_words(check.ratio), in_words(check.demanded)
    return (
        f"«{check.colour}» i {check.mode} har kontrasten {measured} mot {against}. Den ska vara"
        f" minst {demanded}. Gör den ena färgen mörkare eller den andra ljusare."
    )


class LiveLook(LiveFile[Look]):
    """The look as the file says now. A file that is wrong leaves the look before in use."""

    def __init__(self, data_dir: Path) -> None:
        path = data_dir / FILE
        super().__init__([path], lambda: load_look(data_dir), Look(), "look_unusable")
