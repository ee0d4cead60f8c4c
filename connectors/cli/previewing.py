"""Previews from the command line, and how fast and how right they are."""

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from bot.errors import KommunbotError, SettingError
from bot.faq.files import FaqFiles
from bot.preview.model import Preview
from bot.preview.service import Previewer
from bot.quality import page
from bot.quality.planted import Edit, Outcome, apply, read_edits, summary
from bot.quality.planting import PlantedError
from bot.settings import Settings
from connectors.cli.quality import read_page

PLANTED = Path("tests/quality/planted")


def preview(settings: Settings, revision: str | None, against: Path | None) -> Preview:
    """Compare the FAQ's files on disk with what the index in use was built from.

    Args:
        revision: of git, to compare with instead.
        against: a folder with `faq`, to compare with instead.

    Raises:
        ContentError: a file cannot be used.
        SettingError: git knows no such revision.
        SearchIndexError: there is no index in use.
    """
    before = None
    if revision:
        before = files_at(revision, settings.data_dir)
    elif against:
        before = FaqFiles.read(against)
    return Previewer.open(settings).preview(FaqFiles.read(settings.data_dir), before)


def files_at(revision: str, data_dir: Path) -> FaqFiles:
    """Return the FAQ's files as they were at a revision of git.

    Raises:
        SettingError: git is missing or knows no such revision.
    """
    folder = data_dir / "faq"
    names = _git(data_dir, "ls-tree", "-r", "--name-only", revision, "--", "faq").splitlines()
    texts = {
        data_dir / PurePosixPath(name): _git(data_dir, "show", f"{revision}:./{name}")
        for name in names
        if name.endswith(".yml")
    }
    return FaqFiles(folder, texts)


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603  # git itself
    except FileNotFoundError as error:
        raise SettingError("git is not installed. Use --against with a folder.") from error
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode(errors="replace").strip()
        raise SettingError(f"git cannot show that revision: {told}") from error
    return done.stdout.decode()


def speed(settings: Settings, edits: int, everything: bool) -> dict[str, Any]:
    """Preview edits of one entry in a warm process, and say what took how long.

    Args:
        edits: how many of the planted ones; the first is told of by itself.
        everything: put every question to both contents, and say what the filter missed.
    """
    previewer, files = Previewer.open(settings), FaqFiles.read(settings.data_dir)
    previewer.warm()
    chosen = _spread(read_edits(PLANTED), edits)
    first, *rows = [_timed(previewer, edit, files, everything) for edit in chosen]
    stages = rows[0]["seconds"]
    told: dict[str, Any] = {
        "edits": len(rows),
        "questions": rows[0]["known"],
        "replayed": _mean(row["asked"] for row in rows),
        "seconds": {stage: _mean(row["seconds"][stage] for row in rows) for stage in stages},
        "processor_seconds": _mean(row["processor"] for row in rows),
        "first": first["seconds"]["all"],
        "slowest": max(row["seconds"]["all"] for row in rows),
    }
    if everything:
        told["changes"] = sum(row["changes"] for row in rows)
        told["missed"] = sum(row["missed"] for row in rows)
    return told


def _timed(previewer: Previewer, edit: Edit, files: FaqFiles, everything: bool) -> dict[str, Any]:
    after = apply(edit, files)
    worked = time.process_time()
    measured = previewer.measured(after, files)
    told = {
        "processor": time.process_time() - worked,
        "asked": measured.preview.asked,
        "known": measured.known,
        "seconds": dict(measured.seconds),
    }
    if not everything:
        return told
    whole = previewer.measured(after, files, everything=True).preview.changes
    found = {change.question for change in measured.preview.changes}
    missed = [change for change in whole if change.question not in found]
    return {**told, "changes": len(whole), "missed": len(missed)}


def _spread(edits: Sequence[Edit], count: int) -> list[Edit]:
    """Take edits of all kinds, those of one kind far apart."""
    step = max(len(edits) // count, 1)
    return list(edits[::step][:count])


def _mean(values: Any) -> float:
    found = list(values)
    return float(sum(found) / len(found))


def edits(settings: Settings, half: str | None, progress: Callable[[int], None]) -> list[Outcome]:
    """Preview every planted edit of a half, or of both.

    Raises:
        ContentError: a line of the planted edits is wrong.
        SearchIndexError: there is no index in use.
    """
    previewer, files = Previewer.open(settings), FaqFiles.read(settings.data_dir)
    chosen = [edit for edit in read_edits(PLANTED) if half in {None, edit.half}]
    if not chosen:
        raise KommunbotError(f"{PLANTED} has no edits of the half «{half}».")
    found = list[Outcome]()
    for edit in chosen:
        try:
            found.append(Outcome(edit, previewer.preview(apply(edit, files), files)))
        except PlantedError:
            found.append(Outcome(edit, None))
        progress(1)
    return found


def write(found: Sequence[Outcome], out: Path) -> None:
    """Fill in the table of planted edits on the page of figures.

    Raises:
        PageError: the page lacks the marks of the table.
        SettingError: there is no page.
    """
    text = read_page(out)
    out.write_text(page.fill(text, {"edits": table(summary(found))}), encoding="utf-8")


def table(told: Mapping[str, Any]) -> str:
    """Return the table of a summary: a row for each kind of edit, all of a half first."""
    lines = [
        (half, name, kind.replace("_", " "), str(row["edits"]), _stopped(row))
        for half, parts in told.items()
        if isinstance(parts, dict)
        for name, kinds in parts.items()
        for kind, row in kinds.items()
    ]
    heads = ("Half", "Edits", "Kind", "Number", "Stopped, % (95 % interval)")
    return page.dated(page.table(heads, lines), f"; {told['left_out']} edits did not fit")


def _stopped(row: Mapping[str, Any]) -> str:
    low, high = (100 * end for end in row["interval"])
    return f"{100 * row['share']:.1f} ({low:.1f}–{high:.1f})"
