import json
from pathlib import Path

from typer.testing import CliRunner

from connectors.cli.main import app

PAGE = "".join(
    f"<!-- {name} -->\n<!-- /{name} -->\n"
    for name in ("emergencies", "emergencies-final", "emergencies-ordinary")
)


def test_figures_are_printed_and_the_page_is_filled_but_for_the_half_kept_apart(
    tmp_path: Path,
) -> None:
    page = tmp_path / "quality.md"
    page.write_text(PAGE, encoding="utf-8")
    found = CliRunner().invoke(
        app, ["bench", "emergencies", "--write", "--out", str(page), "--json"]
    )
    assert found.exit_code == 0
    told = json.loads(found.stdout)
    assert told["development"]["sv"]["missed"] == 0
    assert "final" not in told
    text = page.read_text(encoding="utf-8")
    assert "| Language | Messages | Dangers |" in text and "min man slår mig" in text
    assert "<!-- emergencies-final -->\n<!-- /emergencies-final -->" in text
