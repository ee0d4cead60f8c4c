import re
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.people.directory import Directory
from bot.registry.repository import load_e_services

DATA = Path(__file__).parents[3] / "data"
ADDRESS = re.compile(r"https://e-tjanster\.skarvinge\.example/[\w-]+")
FORM = """\
  - id: bygglov
    namn: Ansök om bygglov
    url: https://e-tjanster.testby.example/bygglov
    agare: Bygglovsenheten
    legitimation: ja
"""
FAULT = FORM.replace("bygglov", "felanmalan").replace("legitimation: ja", "legitimation: nej")


def write(folder: Path, text: str) -> Path:
    (folder / "e-tjanster.yml").write_text(text, encoding="utf-8")
    return folder


def test_services_are_read_in_the_order_of_the_file(tmp_path: Path) -> None:
    form, fault = load_e_services(write(tmp_path, "tjanster:\n" + FORM + FAULT))
    assert (form.id, form.owner, form.needs_identification) == ("bygglov", "Bygglovsenheten", True)
    assert (fault.id, fault.needs_identification) == ("felanmalan", False)


FAULTS = {
    "a missing line": (
        FORM.replace("    agare: Bygglovsenheten\n", ""),
        2,
        "«agare» i bygglov saknas. Lägg till raden.",
    ),
    "a misspelled key": (
        FORM.replace("agare:", "ägare:"),
        5,
        "«ägare» i bygglov känns inte igen. Ta bort raden eller rätta stavningen.",
    ),
    "an id with a capital": (FORM.replace("id: b", "id: B"), 2, "«id» i Bygglov har fel form."),
    "an address without https": (
        FORM.replace("https:", "http:"),
        4,
        "«url» i bygglov har fel form.",
    ),
    "an answer that is neither yes nor no": (
        FORM.replace("legitimation: ja", "legitimation: kanske"),
        6,
        "«legitimation» i bygglov har ett värde som inte finns (välj 'ja' eller 'nej').",
    ),
    "an empty name": (
        FORM.replace("namn: Ansök om bygglov", 'namn: ""'),
        3,
        "«namn» i bygglov är tom. Skriv en text.",
    ),
    "an id that another service has": (
        FORM + FORM.replace("/bygglov", "/annat"),
        7,
        "Id bygglov finns redan. Ge e-tjänsten ett eget id.",
    ),
    "an address that another service has": (
        FORM + FORM.replace("id: bygglov", "id: annat"),
        7,
        "Adressen finns redan i bygglov. Ta bort den ena.",
    ),
    "no list of rows": ("  - bygglov\n", 2, "Varje post ska börja med «- id:»."),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_file_line_and_what_to_do(tmp_path: Path, fault: str) -> None:
    text, line, told = FAULTS[fault]
    with pytest.raises(ContentError) as error:
        load_e_services(write(tmp_path, "tjanster:\n" + text))
    assert f"e-tjanster.yml:{line}: {told}" in str(error.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ":1: Filen ska börja med «tjanster:»."),
        ("tjanst: []\n", ":1: «tjanst» överst i filen känns inte igen."),
        ("tjanster: bygglov\n", ":1: Listan «tjanster:» saknas. Lägg till den."),
        ("tjanster: [\n", "Raden går inte att läsa som YAML"),
    ],
)
def test_a_file_that_is_no_list_of_services_says_why(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ContentError) as error:
        load_e_services(write(tmp_path, text))
    assert told in str(error.value)


def test_a_missing_file_says_which(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"e-tjanster\.yml: Filen saknas"):
        load_e_services(tmp_path)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = "tjanster:\n" + FORM.replace("https:", "http:") + FAULT.replace(": nej", ": ibland")
    with pytest.raises(ContentError) as error:
        load_e_services(write(tmp_path, text))
    assert len(str(error.value).splitlines()) == 2


def test_every_e_service_that_an_answer_or_a_page_links_to_is_registered() -> None:
    known = {service.url for service in load_e_services(DATA)}
    pages = [*(DATA / "site").rglob("*.html"), *(DATA / "faq").glob("*.yml")]
    linked = {
        (address, str(page.relative_to(DATA)))
        for page in pages
        for address in ADDRESS.findall(page.read_text(encoding="utf-8", errors="replace"))
    }
    assert linked
    assert sorted((address, page) for address, page in linked if address not in known) == []


def test_every_owner_is_a_unit_of_the_staff_list() -> None:
    staff = Directory.load(DATA)
    units = {one.unit for one in staff.people} | {one.unit for one in staff.functions}
    assert {service.owner for service in load_e_services(DATA)} <= units
