import json
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator, meta
from ruamel.yaml import YAML

from bot.faq.schema import FILE, faq_schema, written
from bot.texts import Texts

DATA = Path("data")
SCHEMA = faq_schema(Texts.load(DATA))


def test_the_published_schema_is_that_of_the_code() -> None:
    assert (DATA / "faq" / FILE).read_text(encoding="utf-8") == written(SCHEMA)


def test_it_is_a_schema() -> None:
    meta.validate(SCHEMA)


@pytest.mark.parametrize("path", sorted((DATA / "faq").rglob("*.yml")), ids=lambda path: path.stem)
def test_the_sample_content_fits_it(path: Path) -> None:
    content = json.loads(json.dumps(YAML(typ="safe").load(path), default=str))
    assert list(Draft202012Validator(SCHEMA).iter_errors(content)) == []


@pytest.mark.parametrize(
    "entry", [{"fraga": "utan id"}, {"id": "a", "sva": "fel"}, {"id": "a", "risk": "stor"}]
)
def test_it_refuses_what_the_loader_refuses(entry: dict[str, str]) -> None:
    content = {"amne": "a", "rubrik": "A", "agare": "B", "fragor": [entry]}
    assert list(Draft202012Validator(SCHEMA).iter_errors(content))


def test_every_key_is_explained_in_swedish() -> None:
    for name in ("Entry", "EntryLink", "Translation"):
        properties = SCHEMA["$defs"][name]["properties"]
        assert all(told["description"].endswith(".") for told in properties.values())
