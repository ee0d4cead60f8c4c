from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.quality.beir import Collection, CollectionError, read_collection, read_texts

Rewrite = Callable[[str, list[dict[str, Any]]], Path]


def test_questions_that_nobody_judged_are_left_out(collection: Path) -> None:
    found = read_collection(collection)
    assert list(found.questions) == list(found.right) == ["q1", "q2"]
    assert [document.kind for document in found.documents] == ["entry", "entry", "page"]


@pytest.mark.parametrize(
    "more", [{"variants": ["sopbil", "tunna"]}, {"metadata": {"variants": ["sopbil", "tunna"]}}]
)
def test_other_ways_to_ask_become_the_entrys_variants(
    rewrite: Rewrite, more: dict[str, Any]
) -> None:
    row = {"_id": "a", "title": "När töms soporna?", "text": "Snart."}
    (document,) = read_collection(rewrite("corpus.jsonl", [row | more])).documents
    assert document.variants == ("sopbil", "tunna")


def test_numbers_as_ids_missing_titles_and_other_keys_are_read(rewrite: Rewrite) -> None:
    rewrite("corpus.jsonl", [{"_id": 1, "text": "Snart.", "url": "x"}])
    folder = rewrite("queries.jsonl", [{"_id": 7, "text": "när", "metadata": {}}])
    (folder / "qrels.tsv").write_text("7\t1\t2\n", encoding="utf-8")
    found = read_collection(folder)
    assert found.questions == {"7": "när"}
    assert found.right == {"7": {"1": 2}}
    assert found.documents[0].title == ""


@pytest.mark.parametrize(
    "written",
    [
        "query-id\tcorpus-id\tscore\nq1\ta\t1\n",
        "q1\ta\t1\n",
        "q1\t0\ta\t1\n",  # TREC's four columns
        "\ufeffquery-id\tcorpus-id\tscore\r\nq1\ta\t1.0\r\n\r\n",
    ],
)
def test_judgements_are_read_however_they_are_written(collection: Path, written: str) -> None:
    (collection / "qrels.tsv").write_text(written, encoding="utf-8")
    assert read_collection(collection).right == {"q1": {"a": 1}}


def test_judgements_may_lie_in_a_folder_of_their_own(collection: Path) -> None:
    (collection / "qrels").mkdir()
    (collection / "qrels.tsv").rename(collection / "qrels" / "test.tsv")
    assert read_collection(collection).right == {"q1": {"a": 1}, "q2": {"b": 1}}


def test_a_line_separator_inside_a_text_does_not_end_the_line(collection: Path) -> None:
    row = '{"_id": "a", "title": "", "text": "ett\u2028två"}\n'
    (collection / "corpus.jsonl").write_text(row, encoding="utf-8")
    assert read_collection(collection).documents[0].text == "ett\u2028två"


def test_what_a_question_is_like_is_kept(rewrite: Rewrite) -> None:
    rows: list[dict[str, Any]] = [
        {"_id": "q1", "text": "x", "register": "typo", "lang": None},
        {"_id": "q2", "text": "y", "metadata": {"lang": "fi"}},
    ]
    assert read_collection(rewrite("queries.jsonl", rows)).traits == {
        "q1": {"register": "typo"},
        "q2": {"lang": "fi"},
    }


def test_duplicates_and_judgements_without_a_document_are_counted(collection: Path) -> None:
    with (collection / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "d", "title": "När töms soporna?", "text": "Varannan vecka."}\n')
    with (collection / "qrels.tsv").open("a", encoding="utf-8") as file:
        file.write("q2\tborta\t1\n")
    found = read_collection(collection)
    assert found.exact_duplicates == 1
    assert found.judged_outside == {"borta"}


def test_what_belongs_to_the_right_document_is_as_right() -> None:
    found = Collection((), {}, {"q": {"svar": 1}}, belonging={"svar": frozenset({"sida"})})
    assert found.credited("q", ["sida", "annan", "svar"]) == ("svar", "annan")
    assert found.credited("annat", ["sida"]) == ("sida",)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("corpus.jsonl", "{}", r"corpus\.jsonl:1: .*_id"),
        ("corpus.jsonl", "[]", r"corpus\.jsonl:1: .*object"),
        ("corpus.jsonl", '{"_id": "a"}', r"corpus\.jsonl:1: .*text"),
        ("corpus.jsonl", '{"_id": "a", "text": "", "variants": "x"}', r"corpus\.jsonl:1: variants"),
        ("corpus.jsonl", '{"_id": "a", "text": ""}\n' * 2, r"more than one document 'a'"),
        ("corpus.jsonl", '{"_id": "x", "text": ""}', r"no right document .*'a'"),
        ("queries.jsonl", "no json", r"queries\.jsonl:1"),
        ("qrels.tsv", "a\tb\t1\nbara en", r"qrels\.tsv:2"),
        ("qrels.tsv", "a\tb\t0", r"no judged questions"),
    ],
)
def test_a_broken_collection_is_told(collection: Path, name: str, content: str, told: str) -> None:
    (collection / name).write_text(content, encoding="utf-8")
    with pytest.raises(CollectionError, match=told):
        read_collection(collection)


def test_a_missing_file_is_told(collection: Path) -> None:
    (collection / "qrels.tsv").unlink()
    with pytest.raises(CollectionError, match=r"qrels\.tsv cannot be read"):
        read_collection(collection)


def test_far_questions_come_plain_or_as_objects(tmp_path: Path) -> None:
    path = tmp_path / "far.txt"
    path.write_text('tänd lampan\n\n{"text": "vem vann?", "id": 3}\n', encoding="utf-8")
    assert read_texts(path) == ("tänd lampan", "vem vann?")
