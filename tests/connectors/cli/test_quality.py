import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.errors import SettingError
from bot.quality.baselines import Postgres
from bot.quality.calibration import LabelledQuestion
from bot.quality.comparison import Ours
from bot.quality.index_bench import Scale
from bot.quality.own import own_content
from bot.quality.remembering import Remembering
from bot.settings import get_settings
from connectors.cli.main import app
from connectors.cli.quality import Figures, Measuring, foreign_content, made, parts, write
from connectors.cli.telling import flat
from tests.support.assistant import BY_COVERAGE
from tests.support.content import DOCUMENTS
from tests.support.encoder import LetterEncoder

PAGE = Path("docs/reference/quality.md")
BY_BENCH = (  # what `kommunbot bench` writes
    *("confusions", "confusions-final"),
    *("edits", "emergencies", "emergencies-final", "emergencies-ordinary"),
    *("people-development", "people-final", "people-times", "masking", "masking-final"),
)


def asked() -> list[LabelledQuestion]:
    answerable = [
        {"id": f"{d.id} {n}", "text": variant, "entry": d.id, "kind": "in", "register": f"r{n}"}
        for d in DOCUMENTS
        for n, variant in enumerate(d.variants)
    ]
    without = [
        {"id": "n", "text": "får jag bygga en koja", "kind": "near"},
        {"id": "f1", "text": "vem vann matchen", "kind": "far"},
        {"id": "f2", "text": "spela musik", "kind": "far"},
    ]
    return [LabelledQuestion.model_validate(row) for row in (*answerable, *without)]


@pytest.fixture(scope="module")
def figures() -> Figures:
    """One run over the test content, as own content, as final questions and as a collection."""
    own = own_content(DOCUMENTS, asked())
    with pytest.MonkeyPatch.context() as environment, Postgres() as postgres:
        environment.delenv("PGHOST", raising=False)
        ours = Ours(Remembering(LetterEncoder()), BY_COVERAGE)
        measuring = Measuring(ours, postgres, 2, lambda _: None)
        return {
            "made": made(ours),
            "own": measuring.measure(own, labels=None),
            "final": measuring.measure(own, labels=0, noise=False),
            "collections": {"en-samling": measuring.measure(own, labels=10)},
            "dialogue": {
                "dev": [{"name": "ett", "number": 3, "of": 4}],
                "final": [{"name": "två", "number": 1, "of": 2}],
            },
            "size": {
                "rows": [asdict(Scale(1000, 0.9995, 1.0, 1.0, 2.0, 3.0, 4.0))],
                "passages": {"passages": 300.0, "p50_ms": 1.0, "p95_ms": 2.0},
                "change": {
                    "first_s": 2.3,
                    "later_s": 1.5,
                    "cpu_s": 1.4,
                    "other_s": 0.9,
                    "other_cpu_s": 0.8,
                },
            },
        }


def test_the_page_has_a_place_for_everything_that_is_measured(
    figures: Figures, tmp_path: Path
) -> None:
    page, kept = tmp_path / "quality.md", tmp_path / "kept" / "figures.json"
    page.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    write(figures, kept, page, tmp_path / "pictures")
    filled = page.read_text(encoding="utf-8")
    for text in parts(figures).values():
        assert text in filled
    assert "### en-samling" in filled
    assert "| ett | 3 of 4 |" in filled and "| två | 1 of 2 |" in filled
    assert "| 1,000 | 99.95 % | 1.0 | 2.0 | 3.0 | 4 |" in filled
    assert "live 1.5 seconds" in filled
    assert json.loads(kept.read_text(encoding="utf-8")) == json.loads(json.dumps(figures))
    drawn = {picture.name for picture in (tmp_path / "pictures").iterdir()}
    assert drawn == {"coverage.svg", "reliability.svg", "registers.svg", "collections.svg"}


def test_every_table_of_the_page_stands_between_marks(figures: Figures) -> None:
    """A figure outside them would have been written by hand."""
    text = PAGE.read_text(encoding="utf-8")
    for name in (*parts(figures), *BY_BENCH):
        text = re.sub(rf"<!-- {name} -->.*?<!-- /{name} -->", "", text, flags=re.S)
    assert "|---" not in text and "| ---" not in text


def test_the_same_figures_give_the_same_pictures(figures: Figures, tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    page.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    for folder in ("one", "other"):
        write(figures, tmp_path / "figures.json", page, tmp_path / folder)
    for picture in (tmp_path / "one").iterdir():
        assert picture.read_bytes() == (tmp_path / "other" / picture.name).read_bytes()


def test_what_was_not_measured_stays_on_the_page(figures: Figures) -> None:
    only = {name: figures[name] for name in ("made", "own")}
    assert parts(figures).keys() - parts(only).keys() == {
        "final",
        "collections",
        "dialogue",
        "kept-apart",
        "size",
    }


def test_the_final_questions_are_judged_by_the_confidence_as_shipped(figures: Figures) -> None:
    assert "refit" not in figures["final"]["ours"]


def test_each_part_tells_when_where_and_with_what_it_was_made(figures: Figures) -> None:
    for text in parts(figures).values():
        assert figures["made"]["date"] in text.splitlines()[0]
        assert figures["made"]["machine"] in text.splitlines()[0]


def test_rasa_as_it_comes_is_told(figures: Figures) -> None:
    assert "Rasa's FallbackClassifier with its own thresholds" in parts(figures)["own"]


def test_a_missing_page_is_told(figures: Figures, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"none\.md"):
        write(figures, tmp_path / "figures.json", tmp_path / "none.md", tmp_path)


def put_collection(folder: Path, text: str, question: str) -> None:
    folder.mkdir(parents=True)
    document = {"_id": "a", "title": "När töms soporna?", "text": text}
    (folder / "corpus.jsonl").write_text(json.dumps(document), encoding="utf-8")
    asked = {"_id": "q", "text": question}
    (folder / "queries.jsonl").write_text(json.dumps(asked), encoding="utf-8")
    (folder / "qrels.tsv").write_text("q\ta\t1\n", encoding="utf-8")


def test_questions_of_an_unrelated_collection_are_far(tmp_path: Path) -> None:
    put_collection(tmp_path / "sopor", "Snart.", "när")
    put_collection(tmp_path / "garbage", "Snart.", "when")
    put_collection(tmp_path / "historia", "År 1523.", "vilket år")
    found = foreign_content(tmp_path, ("spela musik",))
    assert found["sopor"].far == found["garbage"].far == ("spela musik", "vilket år")
    assert set(found["historia"].far) == {"spela musik", "när", "when"}


def test_a_folder_without_collections_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"corpus\.jsonl"):
        foreign_content(tmp_path, ())


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    """The command line, with its built artefacts in a folder of the test's own."""
    monkeypatch.setenv("KOMMUNBOT_MODELS_DIR", str(tmp_path / "models"))
    get_settings.cache_clear()
    yield CliRunner()
    get_settings.cache_clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The test content as a collection on disk, with variants among the documents' metadata."""
    rows = [
        {"_id": d.id, "title": d.title, "text": d.text, "metadata": {"variants": d.variants[1:]}}
        for d in DOCUMENTS
    ]
    queries = [{"_id": d.id, "text": d.title, "register": "plain"} for d in DOCUMENTS]
    qrels = "".join(f"{d.id}\t{d.id}\t1\n" for d in DOCUMENTS)
    for name, lines in (("corpus", rows), ("queries", queries)):
        text = "\n".join(json.dumps(line) for line in lines)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return tmp_path


def searched(command: CliRunner, *arguments: str) -> dict[str, Any]:
    result = command.invoke(app, ["bench", "search", *arguments, "--json"])
    assert result.exit_code == 0, result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def test_bench_search_prints_ranking_and_time(command: CliRunner, folder: Path) -> None:
    report = searched(command, str(folder))
    assert report["documents"] == report["questions"] == len(DOCUMENTS)
    assert report["accuracy_at_1"] == 1.0
    assert 0 < report["p50_ms"] <= report["p95_ms"]
    assert report["slices"]["register"]["plain"]["questions"] == len(DOCUMENTS)
    assert "auroc_near" not in report


def test_bench_search_prints_what_confidence_is_worth(
    command: CliRunner, folder: Path, tmp_path: Path
) -> None:
    far = tmp_path / "far.txt"
    far.write_text("vem vann matchen\nspela musik\n", encoding="utf-8")
    report = searched(command, str(folder), "--remove", "0.4", "--oos", str(far), "--seeds", "2")
    assert (report["questions_in"], report["questions_near"], report["questions_far"]) == (3, 2, 2)
    wanted = {"auroc_near", "auroc_far", "coverage_at_95", "area_under_risk"}
    wanted |= {"expected_calibration_error", "refit_expected_calibration_error"}
    assert wanted <= report.keys()


def test_judgements_without_a_document_are_told(command: CliRunner, folder: Path) -> None:
    with (folder / "qrels.tsv").open("a", encoding="utf-8") as file:
        file.write(f"{DOCUMENTS[0].id}\tborta\t1\n")
    result = command.invoke(app, ["bench", "search", str(folder), "--json"])
    assert json.loads(result.stdout)["judged_outside"] == 1
    assert "1 documents of the judgements are not in the corpus" in result.stderr


def test_bench_search_tells_what_is_wrong_with_a_collection(
    command: CliRunner, tmp_path: Path
) -> None:
    result = command.invoke(app, ["bench", "search", str(tmp_path / "none")])
    assert result.exit_code == 1
    assert "corpus.jsonl cannot be read" in " ".join(result.stderr.split())


def test_a_table_names_what_lies_deeper_by_all_its_names() -> None:
    deep = {"a": 1.0, "slices": {"typo": {"b": 2.0}}, "intervals": {"a": (0.5, 1.5)}}
    assert dict(flat(deep)) == {"a": 1.0, "slices typo b": 2.0, "intervals a": "0.500 to 1.500"}
