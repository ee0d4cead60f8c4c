"""Writing a file so that it is whole at any moment: the old one, or the new one."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIX = ".kommunbot-"  # of files that are being written


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` into `path` in one step that survives a power cut.

    Raises:
        OSError: the disk is full, or nothing may be written there.
    """
    handle, name = tempfile.mkstemp(prefix=PREFIX, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), _mode(path))
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    _sync_folder(path.parent)


def put(path: Path, text: str | None) -> None:
    """Write `text`; None takes the file away."""
    if text is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
    elif path.exists():
        path.unlink()
        _sync_folder(path.parent)


def sweep(folder: Path) -> None:
    """Take away what a process that was killed was writing."""
    for left in folder.rglob(f"{PREFIX}*"):
        left.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o644


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
