"""Reading `data/e-tjanster.yml`. Every fault is told with file, line and what to do, in Swedish."""

from collections.abc import Iterable
from pathlib import Path

from bot.registry.model import EService
from bot.yaml_faults import Faults, read_items, read_list

FILE = "e-tjanster.yml"
_KEY = "tjanster"


def load_e_services(data_dir: Path) -> tuple[EService, ...]:
    """Read every e-service, in the order of the file.

    Raises:
        ContentError: one line a fault, as `file:line: what to do`.
    """
    path = data_dir / FILE
    rows = read_list(path, _KEY)[_KEY]
    faults = Faults(path)
    placed = list(read_items(rows, EService, faults))
    _tell_repeats(placed, faults)
    faults.raise_any()
    return tuple(service for service, _ in placed)


def _tell_repeats(placed: Iterable[tuple[EService, int]], faults: Faults) -> None:
    """Two services with one address could not be told apart in any count of clicks."""
    ids: set[str] = set()
    addresses: dict[str, str] = {}
    for service, line in placed:
        if service.id in ids:
            faults.tell(line, f"Id {service.id} finns redan. Ge e-tjänsten ett eget id.")
        ids.add(service.id)
        other = addresses.setdefault(service.url.rstrip("/"), service.id)
        if other != service.id:
            faults.tell(line, f"Adressen finns redan i {other}. Ta bort den ena.")
