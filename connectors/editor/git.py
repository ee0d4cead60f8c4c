"""Committing one file in the editor's name. Git is a copy of the history, never the truth."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import structlog

from connectors.editor.model import Author

log = structlog.get_logger()

_SECONDS = 10
_NOBODY = "okand"


class GitFailed(Exception):
    """Git would not; what it said."""


def commit(
    path: Path, author: Author, message: str, publication: UUID, *, begun: bool = False
) -> str | None:
    """Commit the file at `path`, and nothing else, if it lies in a git work tree.

    Args:
        begun: it may have been committed before its process died; then it is found by its id.

    Returns:
        the commit, or None where there is none; what git said is in the log.
    """
    if shutil.which("git") is None or not _is_kept(path):
        return None
    try:
        mark = f"Publication: {publication}"
        known = ["log", "-1", "--format=%H", "--fixed-strings", f"--grep={mark}"]
        if begun and (found := _git(path, known, fails=False)):
            return found
        _git(path, ["add", "--intent-to-add", "--", path.name], fails=path.exists())
        identity = ["-c", f"user.name={author.name}", "-c", f"user.email={_address(author)}"]
        told = ["commit", "--only", "--quiet", "--no-verify", "--file=-", "--", path.name]
        _git(path, [*identity, "-c", "commit.gpgsign=false", *told], f"{message}\n\n{mark}\n")
        return _git(path, ["rev-parse", "HEAD"])
    except (GitFailed, OSError, subprocess.TimeoutExpired) as error:
        log.warning("commit_failed", file=path.name, publication=str(publication), git=str(error))
        return None


def _is_kept(path: Path) -> bool:
    """Tell whether the file lies in a work tree and is not among what git is to ignore."""
    try:
        inside = _git(path, ["rev-parse", "--is-inside-work-tree"], fails=False) == "true"
        return inside and not _git(path, ["check-ignore", "--", path.name], fails=False)
    except (OSError, subprocess.TimeoutExpired):
        return False


def _address(author: Author) -> str:
    return f"{author.username or _NOBODY}@redaktor.invalid"


def _git(path: Path, arguments: Sequence[str], text: str = "", *, fails: bool = True) -> str:
    """Run git beside `path`, untouched by what the environment says of repositories and people."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    done = subprocess.run(  # noqa: S603  # our own command, without a shell
        ["git", "-C", str(path.parent), *arguments],  # noqa: S607  # where it lies differs
        input=text,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
        env={**environment, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"},
    )
    if done.returncode != 0 and fails:
        raise GitFailed(done.stderr.strip()[:500])
    return done.stdout.strip()
