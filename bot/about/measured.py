"""The figures that citizens are told, from a file that a command writes and nobody by hand."""

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, computed_field

from bot.errors import ContentError
from bot.live_file import LiveFile

FILE = Path("quality") / "matt.json"

_Count = Field(ge=0)


class _Counted(BaseModel):
    model_config = ConfigDict(frozen=True)


class Answering(_Counted):
    """What the assistant did with questions whose answer is known, before anybody asks back."""

    questions: int = Field(ge=1, description="that the content answers")
    found: int = Field(ge=0, description="of them, where a right entry came first")
    answered: int = Field(ge=0, description="of them, that were answered at once")
    right: int = Field(ge=0, description="of the answers, that were right")
    without_answer: int = Field(ge=0, description="questions that nothing in the content answers")
    answered_anyway: int = Field(ge=0, description="of those, that got an answer")


class Alarms(_Counted):
    """What the rules of danger did with messages that they were not made from."""

    dangers: int = _Count
    found: int = _Count
    missed: int = _Count
    harmless: int = _Count
    false_alarms: int = _Count


class Measured(_Counted):
    """Counts of one run of `kommunbot bench about --write`."""

    date: date
    encoder: str
    confidence: str = Field(description="the version of the calibrated confidence")
    answering: Answering
    alarms: Alarms

    @computed_field  # type: ignore[prop-decorator]  # mypy issue 1362
    @property
    def share_found(self) -> float:
        return self.answering.found / self.answering.questions

    @computed_field  # type: ignore[prop-decorator]  # mypy issue 1362
    @property
    def share_answered(self) -> float:
        return self.answering.answered / self.answering.questions

    @computed_field  # type: ignore[prop-decorator]  # mypy issue 1362
    @property
    def share_right(self) -> float | None:
        """Return the share right of all answers given; None if none was."""
        given = self.answering.answered + self.answering.answered_anyway
        return self.answering.right / given if given else None


def load_measured(data_dir: Path) -> Measured:
    """Read the figures.

    Raises:
        ContentError: they are not what the command writes.
        OSError: there is no file.
    """
    path = data_dir / FILE
    try:
        return Measured.model_validate_json(path.read_bytes())
    except ValidationError as error:
        told = f"{path}: Filen går inte att läsa. Kör «kommunbot bench about --write»."
        raise ContentError(told) from error


class LiveMeasured(LiveFile[Measured | None]):
    """The figures as the file says now; None until something has been measured."""

    def __init__(self, data_dir: Path) -> None:
        load = [data_dir / FILE], lambda: load_measured(data_dir)
        super().__init__(*load, None, "measured_unusable")
