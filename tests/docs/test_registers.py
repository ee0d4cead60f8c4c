"""The guides to e-services and opening hours show files that can be read, with every key."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.opening_hours import repository as hours
from bot.opening_hours.calendar import Eve
from bot.registry.model import EService
from bot.registry.repository import load_e_services
from connectors.cli.retaining import line as written_as
from connectors.conversation.rules import DeskRules, load_rules
from connectors.now import utc_now
from connectors.retention.model import Days, Decision
from connectors.retention.model import load_rules as load_retention
from connectors.storage.record_tables import DisposalRow
from tests.docs.reading import ROOT, blocks, column, page, section, table


def keys(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


@pytest.mark.parametrize(
    ("name", "model"), [("e-tjanster", EService), ("oppettider", hours._Place)]
)
def test_the_guide_tells_every_key(name: str, model: type[BaseModel]) -> None:
    assert set(column(table(page(f"redaktor/{name}.md")))) == keys(model)


def test_the_guide_to_deleting_tells_every_key_and_how_long_without_it() -> None:
    text = page("redaktor/gallring.md")
    assert set(column(table(section(text, "## Beslutet")))) == keys(Decision)
    days = {field.alias: field.default for field in Days.model_fields.values()}
    rows = table(section(text, "## Klasserna"))
    assert {row[0]: int(row[3]) for row in rows} == days


def test_the_example_of_deleting_can_be_read_and_is_what_is_shipped(tmp_path: Path) -> None:
    (example,) = blocks(page("redaktor/gallring.md"), "yaml")
    (tmp_path / "gallring.yml").write_text(example, encoding="utf-8")
    shipped = load_retention(ROOT / "data")
    assert load_retention(tmp_path) == shipped
    told = table(section(page("how-to/keep-and-delete.md"), "## The classes"))
    days = shipped.days.model_dump(by_alias=True)
    assert {row[0]: int(row[2]) for row in told} == days


def test_the_protocol_is_told_as_it_is_printed() -> None:
    told = column(table(section(page("redaktor/gallring.md"), "## Protokollet")))
    row = DisposalRow(at=utc_now(), category="", cause="", decision={})
    assert told == list(written_as(row))


def test_the_guide_to_the_queue_tells_every_key() -> None:
    assert set(column(table(page("redaktor/chattkon.md")))) == keys(DeskRules)


def test_the_example_of_a_rollout_can_be_read(tmp_path: Path) -> None:
    _, example = blocks(page("redaktor/chattkon.md"), "yaml")
    before, _, _ = (ROOT / "data/desk.yml").read_text(encoding="utf-8").partition("utrullning:")
    _, _, after = (ROOT / "data/desk.yml").read_text(encoding="utf-8").partition("\narendetyper:")
    rules = before + example + "\narendetyper:" + after
    (tmp_path / "desk.yml").write_text(rules, encoding="utf-8")
    found = load_rules(tmp_path)
    assert found.in_use("https://x.example/foretag/lov", "foretag").bot
    assert not found.in_use("https://x.example/foretag/lov", "privat").bot
    assert not found.in_use("https://x.example/", "foretag").chat


def test_the_example_of_departments_can_be_read(tmp_path: Path) -> None:
    example, _ = blocks(page("redaktor/chattkon.md"), "yaml")
    before, _, rest = (ROOT / "data/desk.yml").read_text(encoding="utf-8").partition("avdelningar:")
    _, _, after = rest.partition("\noppettider:")
    (tmp_path / "desk.yml").write_text(f"{before}{example}\noppettider:{after}", encoding="utf-8")
    found = load_rules(tmp_path).department("bygglov")
    assert found is not None and found.title == "Bygglov"


def test_the_example_of_e_services_can_be_read(tmp_path: Path) -> None:
    (example,) = blocks(page("redaktor/e-tjanster.md"), "yaml")
    (tmp_path / "e-tjanster.yml").write_text(example, encoding="utf-8")
    assert [service.id for service in load_e_services(tmp_path)] == ["felanmalan"]


def test_the_example_of_opening_hours_can_be_read(tmp_path: Path) -> None:
    (example,) = blocks(page("redaktor/oppettider.md"), "yaml")
    (tmp_path / "oppettider.yml").write_text(example, encoding="utf-8")
    assert list(hours.load_opening_hours(tmp_path)) == ["bibliotek-skarvinge"]


def test_every_eve_that_can_be_chosen_is_told() -> None:
    assert all(f"`{eve}`" in page("redaktor/oppettider.md") for eve in Eve)


def test_the_files_themselves_say_where_their_guide_is() -> None:
    for name in ("e-tjanster", "oppettider"):
        text = (ROOT / f"data/{name}.yml").read_text(encoding="utf-8")
        assert f"docs/redaktor/{name}.md" in text


def test_the_guide_to_the_staff_lists_tells_every_column() -> None:
    text = page("redaktor/personkatalogen.md")
    for heading, name in (("## Personer", "katalog"), ("## Funktioner", "funktioner")):
        told = set(column(table(section(text, heading))))
        first = (ROOT / f"data/staff/{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert told == set(first.split(";"))
