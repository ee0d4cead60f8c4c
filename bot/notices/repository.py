"""Reading `data/meddelanden.yml`, and keeping up with it while it is edited."""

from pathlib import Path

from bot.live_file import LiveFile
from bot.notices.model import Notice
from bot.yaml_faults import Faults, read_items, read_list

FILE = "meddelanden.yml"
_KEY = "meddelanden"


def load_notices(data_dir: Path) -> tuple[Notice, ...]:
    """Read every notice; without a file there is none.

    Raises:
        ContentError: one line a fault, as `file:line: what to do`.
    """
    path = data_dir / FILE
    if not path.exists():
        return ()
    faults, notices = Faults(path), dict[str, Notice]()
    for notice, line in read_items(read_list(path, _KEY)[_KEY], Notice, faults):
        if notice.id in notices:
            faults.tell(line, f"Id {notice.id} finns redan. Ge meddelandet ett eget id.")
        notices[notice.id] = notice
    faults.raise_any()
    return tuple(notices.values())


class LiveNotices(LiveFile[tuple[Notice, ...]]):
    """Every notice as the file says now, whether it holds or not, with whole addresses."""

    def __init__(self, data_dir: Path, site_url: str) -> None:
        def load() -> tuple[Notice, ...]:
            return tuple(one.on_site(site_url) for one in load_notices(data_dir))

        super().__init__([data_dir / FILE], load, (), "notices_unusable")
