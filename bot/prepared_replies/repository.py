"""Reading `data/svarsmallar.yml`, and keeping up with it while it is edited."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.live_file import LiveFile
from bot.municipality import Municipality
from bot.prepared_replies.model import PreparedReply
from bot.yaml_faults import Faults, read_items, read_list

FILE = "svarsmallar.yml"
_KEY = "svarsmallar"


@dataclass(frozen=True)
class Replies:
    """The replies in the order of the file, where each begins, and what fills their variables."""

    all: tuple[PreparedReply, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)  # by id, from 1
    facts: Mapping[str, str] = field(default_factory=dict)

    def filled(self, agent: str) -> tuple[PreparedReply, ...]:
        """Return every reply as `agent`, by name, would send it."""
        return tuple(one.filled(self.facts, agent) for one in self.all)


def load_replies(data_dir: Path) -> Replies:
    """Read every prepared reply; without a file there is none.

    Raises:
        ContentError: one line a fault, as `file:line: what to do`.
    """
    path = data_dir / FILE
    if not path.exists():
        return Replies()
    facts = Municipality.load(data_dir)
    faults, found, lines = Faults(path), list[PreparedReply](), dict[str, int]()
    for reply, line in read_items(read_list(path, _KEY)[_KEY], PreparedReply, faults):
        if reply.id in lines:
            faults.tell(line, f"Id {reply.id} finns redan. Ge svarsmallen ett eget id.")
        for variable in reply.unknown(facts):
            faults.tell(line, _unknown(variable, reply.id))
        lines[reply.id] = line
        found.append(reply)
    faults.raise_any()
    return Replies(tuple(found), lines, facts)


def live_replies(data_dir: Path) -> LiveFile[Replies]:
    """Return the replies as the file says now; one that is wrong leaves those before in use."""
    paths = [data_dir / FILE, data_dir / "kommun.yml"]
    return LiveFile(paths, lambda: load_replies(data_dir), Replies(), "prepared_replies_unusable")


def _unknown(variable: str, reply_id: str) -> str:
    return (
        f"«text» i {reply_id} har {variable}, som inte finns. Skriv {{agent}}, eller {{kommun.…}}"
        " med ett namn ur data/kommun.yml."
    )
