"""The guide to other systems shows files and code that work, every key and every event."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.outside.model import KINDS, Told
from connectors.outside.repository import load_targets
from connectors.outside.targets import KINDS as TARGETS
from connectors.outside.webhook import DELIVERY, FRESH_SECONDS, SIGNATURE, TIMESTAMP, sign, verify
from tests.docs.reading import blocks, codes, column, page, section, table

GUIDE = "how-to/connect-other-systems.md"
COMMON = {"type", "at"}


def test_every_key_is_told_and_for_which_targets() -> None:
    told = {row[0]: row[1] for row in table(section(page(GUIDE), "## Keys"))}
    known: dict[str, list[str]] = {}
    for name, kind in TARGETS.items():
        for field, info in kind.model_fields.items():
            known.setdefault(info.alias or field, []).append(name)
    everybody = len(TARGETS)
    assert told == {
        key: "all" if len(names) == everybody else ", ".join(names) for key, names in known.items()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_event_and_its_fields_are_told(kind: type[Told]) -> None:
    rows = {row[0]: row for row in table(section(page(GUIDE), "## Events"))}
    assert set(rows) == {one.model_fields["type"].default for one in KINDS}
    _, _, always, with_text = rows[kind.model_fields["type"].default]
    assert set(codes(with_text)) == kind.words()
    assert set(codes(always)) == kind.model_fields.keys() - kind.words() - COMMON


def test_the_example_can_be_read(tmp_path: Path) -> None:
    (example,) = blocks(page(GUIDE), "yaml")
    (tmp_path / "kopplingar.yml").write_text(example, encoding="utf-8")
    assert len(load_targets(tmp_path, {"KOPPLING_ARENDESYSTEM": "x" * 43})) == 1


def test_the_headers_are_told() -> None:
    rows = table(section(page(GUIDE), "## A case system: webhook"))
    assert set(column(rows)) >= {SIGNATURE, TIMESTAMP, DELIVERY}


@pytest.mark.parametrize("late_s", [0, FRESH_SECONDS + 60])
@pytest.mark.parametrize("secret", ["right", "wrong"])
def test_the_receivers_code_judges_as_ours(secret: str, late_s: int) -> None:
    (code,) = blocks(page(GUIDE), "python")
    names: dict[str, Any] = {}
    exec(code, names)
    timestamp = str(int(time.time()) - late_s)
    headers = {TIMESTAMP: timestamp, SIGNATURE: sign("right", timestamp, b"{}")}
    judged = names["is_from_kommunbot"](secret, headers, b"{}")
    assert judged is verify(secret, headers, b"{}", datetime.now(UTC))
    assert judged is (secret == "right" and not late_s)
