"""Reading `data/sekretess.yml`: the grounds that a registrar chooses among."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.live_file import LiveFile
from bot.yaml_faults import Faults, read_items, read_list

FILE = "sekretess.yml"
_KEY = "grunder"


class Rule(BaseModel):
    """A rule of secrecy: where it stands, as OSL 26:1, and what it is about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(validation_alias="lagrum", min_length=1, max_length=64)
    title: str = Field(validation_alias="namn", min_length=1, max_length=100)


def load_grounds(data_dir: Path) -> tuple[Rule, ...]:
    """Read every ground, in the order of the file.

    Raises:
        ContentError: one line a fault, as `file:line: what to do`.
    """
    path = data_dir / FILE
    faults = Faults(path)
    placed = list(read_items(read_list(path, _KEY)[_KEY], Rule, faults, "lagrum"))
    faults.raise_any()
    return tuple(rule for rule, _ in placed)


class LiveGrounds(LiveFile[tuple[Rule, ...]]):
    """The grounds as the file says now. A file that is wrong leaves those before in use."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__([data_dir / FILE], lambda: load_grounds(data_dir), (), "grounds_unusable")
