"""What an index must know of words to read a citizen's line: it keeps its own copy."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.language.colloquial import Colloquial
from bot.people.directory import Directory
from bot.safety.lexicon import Dangers
from bot.texts import SWEDISH


@dataclass(frozen=True)
class Wording:
    """Everyday words, names that are left as they are written, and words never corrected."""

    colloquial: Colloquial = field(default_factory=lambda: Colloquial((), {}))
    names: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()

    @classmethod
    def load(cls, data_dir: Path) -> "Wording":
        """Read the words of the municipality below `data_dir`.

        Raises:
            ContentError: an editor's file is wrong.
        """
        staffed = (data_dir / "staff").exists()
        guarded = (data_dir / "safety").exists()
        return cls(
            Colloquial.load(data_dir),
            tuple(sorted(Directory.load(data_dir).names())) if staffed else (),
            Dangers.load(data_dir, SWEDISH).words() if guarded else (),
        )
