from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.confidence.calibrator import Calibrator
from bot.confidence.local import LocalCalibration, in_use, place, undo
from bot.errors import SettingError
from tests.support.assistant import BY_COVERAGE

LOCAL = LocalCalibration(
    calibrator=BY_COVERAGE,
    encoder="letters",
    shipped="0123abcd",
    made_at=datetime(2026, 11, 23, tzinfo=UTC),
)


def test_what_was_fitted_locally_is_used_until_undone(tmp_path: Path) -> None:
    assert in_use(tmp_path, "letters") == Calibrator.load()
    LOCAL.save(tmp_path)
    assert LocalCalibration.load(tmp_path, "letters") == LOCAL
    assert in_use(tmp_path, "letters") == BY_COVERAGE
    assert undo(tmp_path)
    assert in_use(tmp_path, "letters") == Calibrator.load()
    assert not undo(tmp_path)


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    path = LOCAL.save(tmp_path / "new folder")
    assert list(path.parent.iterdir()) == [place(tmp_path / "new folder")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "cannot be read"),
        (LOCAL.model_copy(update={"encoder": "another"}).model_dump_json(), "«another»"),
        (
            LOCAL.model_copy(
                update={"calibrator": BY_COVERAGE.model_copy(update={"names": ("other",)})}
            ).model_dump_json(),
            "other evidence",
        ),
    ],
)
def test_what_cannot_be_used_is_told_and_the_shipped_one_serves(
    tmp_path: Path, content: str, told: str
) -> None:
    place(tmp_path).write_text(content, encoding="utf-8")
    with pytest.raises(SettingError, match=rf"{told}.*Run `kommunbot recalibrate`"):
        LocalCalibration.load(tmp_path, "letters")
    with capture_logs() as logs:
        assert in_use(tmp_path, "letters") == Calibrator.load()
    assert [line["event"] for line in logs] == ["local_calibration_unused"]
