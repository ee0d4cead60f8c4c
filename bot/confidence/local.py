"""The confidence that was fitted to a municipality's own questions, beside the shipped one."""

from datetime import datetime
from pathlib import Path

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.confidence.calibrator import Calibrator
from bot.confidence.features import NAMES
from bot.errors import KommunbotError, SettingError

_AGAIN = "Run `kommunbot recalibrate` with labelled questions, or with --undo to do without."
_log = structlog.get_logger()


class LocalCalibration(BaseModel):
    """A calibrator, with what it was fitted to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calibrator: Calibrator
    encoder: str
    shipped: str  # the version of the weights that it started from
    made_at: datetime

    @classmethod
    def load(cls, models_dir: Path, encoder: str) -> "LocalCalibration | None":
        """Read what is kept in `models_dir`; None where there is nothing.

        The index may be another than the one it was fitted with: editors change content every
        day, and what the evidence means depends on the encoder and the features.

        Raises:
            SettingError: it cannot be read, or was made for other evidence or another encoder.
        """
        path = place(models_dir)
        if not path.exists():
            return None
        try:
            found = cls.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise SettingError(f"{path} cannot be read. {_AGAIN}") from error
        if found.calibrator.names != NAMES:
            raise SettingError(f"{path} was made for other evidence. {_AGAIN}")
        if found.encoder != encoder:
            raise SettingError(f"{path} was made with «{found.encoder}», not «{encoder}». {_AGAIN}")
        return found

    def save(self, models_dir: Path) -> Path:
        """Put it in use in one step: a reader sees the old one or the new one, whole."""
        path = place(models_dir)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")
        part.replace(path)
        return path


def place(models_dir: Path) -> Path:
    return models_dir / "local_calibration.json"


def undo(models_dir: Path) -> bool:
    """Go back to the shipped confidence. False where it was in use anyway."""
    there = place(models_dir).exists()
    place(models_dir).unlink(missing_ok=True)
    return there


def in_use(models_dir: Path, encoder: str) -> Calibrator:
    """Return the local confidence; the shipped one where there is none or it cannot be used.

    Raises:
        SettingError: the shipped weights cannot be read.
    """
    try:
        found = LocalCalibration.load(models_dir, encoder)
    except KommunbotError as error:
        _log.warning("local_calibration_unused", reason=str(error))
        found = None
    return found.calibrator if found else Calibrator.load()
