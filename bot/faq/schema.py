"""The JSON Schema of `data/faq`, for programs that complete and check while an editor types."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot.faq.model import Entry
from bot.faq.repository import FILE_KEYS
from bot.texts import Texts

FILE = "faq.schema.json"
_TEXT = "faq_{}"  # keys in data/texts


def faq_schema(texts: Texts) -> dict[str, Any]:
    """Return the schema of one file, with what each key means in Swedish.

    An entry that overrides one of the national pack needs its `id` only, and a schema sees one
    file; so that is all it requires. `kommunbot faq check` tells what else is missing.
    """
    entry = TypeAdapter(Entry).json_schema(by_alias=True)
    definitions = entry.pop("$defs")
    entry["required"] = ["id"]
    _describe(entry["properties"], texts)
    _describe(definitions["EntryLink"]["properties"], texts)
    _describe(definitions["Translation"]["properties"], texts)
    shared = {key: entry["properties"][key] for key in FILE_KEYS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": texts["faq_fil"],
        "type": "object",
        "additionalProperties": False,
        "required": [*FILE_KEYS, "fragor"],
        "properties": {
            **shared,
            "fragor": {
                "type": "array",
                "description": texts["faq_fragor"],
                "items": {"$ref": "#/$defs/Entry"},
            },
        },
        "$defs": {**definitions, "Entry": entry},
    }


def written(schema: Mapping[str, Any]) -> str:
    """Return the schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_schema(data_dir: Path) -> Path:
    """Write the schema into the folder of the FAQ and return its path."""
    path = data_dir / "faq" / FILE
    path.write_text(written(faq_schema(Texts.load(data_dir))), encoding="utf-8")
    return path


def _describe(properties: dict[str, Any], texts: Texts) -> None:
    for key, told in properties.items():
        told.pop("title", None)
        told["description"] = texts[_TEXT.format(key)]
