"""Links lead somewhere, commands exist, diagrams and decisions follow the code."""

import ast
import inspect
import re
import shlex
from pathlib import Path

import pytest

from bot.faq import repository
from connectors.conversation.model import MOVES, MOVES_OF
from tests.docs.reading import DOCS, ROOT, anchors, blocks, links, page, pages, section, table
from tests.docs.test_reference import COMMANDS

PAGES = pages()
GROUPS = {name.split()[1] for name in COMMANDS if len(name.split()) > 2}
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_link_within_the_project_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for link in links(text):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), link


def test_every_page_can_be_reached_from_the_map() -> None:
    found = {DOCS / "index.md"}
    waiting = list(found)
    while waiting:
        here = waiting.pop()
        for link in links(here.read_text(encoding="utf-8")):
            target = (here.parent / link.partition("#")[0]).resolve()
            if target.suffix == ".md" and DOCS in target.parents and target not in found:
                found.add(target)
                waiting.append(target)
    assert found == set(DOCS.rglob("*.md"))


def told_commands(path: Path) -> list[list[str]]:
    """Return the commands of make and of ours in the page's shell blocks."""
    lines = [
        line
        for block in blocks(path.read_text(encoding="utf-8"), "sh")
        for line in block.splitlines()
    ]
    words = [
        shlex.split(line, comments=True) for line in lines if re.match(r"make |\S*kommunbot ", line)
    ]
    return [[Path(first).name, *rest] for first, *rest in words]


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_command_that_a_page_shows_exists(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for program, *words in told_commands(path):
        if program == "make":
            assert all(re.search(rf"^{word}:", makefile, re.MULTILINE) for word in words)
            continue
        name = " ".join(["kommunbot", *words[: 2 if words[0] in GROUPS else 1]])
        known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= known


def test_the_state_diagram_is_the_table_of_moves() -> None:
    (diagram,) = blocks(page("explanation/handing-over.md"), "mermaid")
    drawn = set(re.findall(r"^\s*(\w+) --> (\w+): (\w+)$", diagram, re.MULTILINE))
    assert drawn == {(str(start), str(end), str(move)) for (start, move), end in MOVES.items()}


def test_the_told_moves_are_the_table_of_moves() -> None:
    rows = table(section(page("explanation/handing-over.md"), "## The moves"))
    told = {(start, move, end): set(who.split(", ")) for start, move, end, who, _ in rows}
    assert told == {
        (str(start), str(move), str(end)): {str(a) for a, own in MOVES_OF.items() if move in own}
        for (start, move), end in MOVES.items()
    }


def sentences() -> list[str]:
    """Return everything that the reader of FAQ files can say, without the parts it fills in."""
    tree = ast.parse(inspect.getsource(repository))
    docstrings = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
    }
    strings = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    said = {text.lstrip("0123456789 :»").strip(" ({})\"'.") for text in strings - docstrings}
    return sorted(text for text in said if " " in text)


@pytest.mark.parametrize("sentence", sentences())
def test_every_message_to_an_editor_is_explained(sentence: str) -> None:
    assert sentence in page("redaktor/felmeddelanden.md")


@pytest.mark.parametrize("path", DECISIONS, ids=named)
def test_a_decision_has_its_parts_in_order(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(rf"# {path.name[:4]} · ", text)
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences", "Kept true by"]


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=named)
def test_what_keeps_a_decision_true_exists(path: Path) -> None:
    kept = section(path.read_text(encoding="utf-8"), "## Kept true by")
    tests = re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", kept)
    rules = re.findall(r"«([^»]+)»", kept)
    assert tests or rules
    for file, test in tests:
        assert (ROOT / file).exists(), file
        assert not test or f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), test
    for rule in rules:
        assert f'name = "{rule}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_every_button_that_the_tutorial_presses_has_that_name() -> None:
    files = sorted((ROOT / "web/src/texts").glob("sv*.ts"))
    shown = "".join(file.read_text(encoding="utf-8") for file in files)
    pressed = re.findall(r"Press «([^»]+)»", page("tutorial/first-answer.md"))
    assert pressed
    assert all(f'"{name}"' in shown for name in pressed)
