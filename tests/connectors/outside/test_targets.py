import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentError
from connectors.outside.repository import load_targets, secret_names
from connectors.outside.targets import Retries
from tests.connectors.outside.events import every_event
from tests.support.gateway import ROOT

WEBHOOK = """\
kopplingar:
  - id: arendesystem
    typ: webhook
    adress: https://arenden.example/kommunbot
    hemlighet: KOPPLING_ARENDEN
    handelser: [errand.created]
"""
SECRETS = {"KOPPLING_ARENDEN": "x" * 43}


def written(folder: Path, text: str) -> Path:
    (folder / "kopplingar.yml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_nobody_is_told(tmp_path: Path) -> None:
    assert load_targets(tmp_path, {}) == ()


def test_a_target_has_no_text_and_no_private_network_unless_the_file_says_so(
    tmp_path: Path,
) -> None:
    (target,) = load_targets(written(tmp_path, WEBHOOK), SECRETS)
    assert not target.has_text
    assert target.networks == ()  # type: ignore[union-attr]  # a webhook


def test_the_sample_is_off_and_each_of_its_targets_can_be_used() -> None:
    assert load_targets(ROOT / "data", {}) == ()


def test_the_commented_targets_of_the_sample_can_be_used_as_they_stand(tmp_path: Path) -> None:
    sample = (ROOT / "data/kopplingar.yml").read_text(encoding="utf-8")
    _, _, commented = sample.partition("# kopplingar:\n")
    text = "kopplingar:\n" + re.sub(r"^# ?", "", commented, flags=re.MULTILINE)
    targets = load_targets(written(tmp_path, text), {})
    assert [target.kind for target in targets] == ["webhook", "epost", "notis", "notis"]
    assert not any(target.on for target in targets)
    on = load_targets(written(tmp_path, text.replace("aktiv: false", "aktiv: true")), Everything())
    assert sum(len(secret_names(target)) for target in on) == 4


@pytest.mark.parametrize(
    ("department", "hears"), [("bygglov", True), ("vatten", False), (None, False)]
)
def test_a_departments_target_hears_only_of_what_is_for_it(
    tmp_path: Path, department: str | None, hears: bool
) -> None:
    text = WEBHOOK.replace("[errand.created]", "[conversation.waiting, errand.created]")
    (target,) = load_targets(written(tmp_path, f"{text}    avdelning: bygglov\n"), SECRETS)
    told = {one.type: one for one in every_event("Hej")}
    waiting = told["conversation.waiting"].model_copy(update={"department": department})
    assert target.hears(waiting) is hears
    assert not target.hears(told["errand.created"]), "it is for everybody"


class Everything(dict[str, str]):
    def __contains__(self, name: object) -> bool:
        return True


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("typ: webhook", "typ: fax", ":3: «typ» i arendesystem ska vara webhook, epost"),
        ("https://", "ftp://", ":4: «adress» i arendesystem ska vara en hel adress"),
        ("https://", "https://anna:hemligt@", ":4: «adress» i arendesystem ska vara en hel"),
        ("KOPPLING_ARENDEN", "mitt lösenord", ":5: «hemlighet» i arendesystem ska vara namnet"),
        ("errand.created", "errand.eaten", ":6: «handelser» i arendesystem har ett värde"),
        ("[errand.created]", "[]", ":6: «handelser» i arendesystem är tom"),
        ("    handelser", "    nat: [10.0.0]\n    handelser", ":6: «nat» i arendesystem ska vara"),
        ("    handelser", "    forsok: 0\n    handelser", ":6: «forsok» i arendesystem ska vara"),
        ("    handelser", "    hej: 1\n    handelser", ":6: «hej» i arendesystem känns inte igen"),
        ("- id: arendesystem\n    typ", "- typ", ":2: «id» i en post utan id saknas"),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_do(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    with pytest.raises(ContentError, match=re.escape(told)):
        load_targets(written(tmp_path, WEBHOOK.replace(old, new)), SECRETS)


def test_a_fault_never_shows_what_stands_where_a_secret_was_put_by_mistake(
    tmp_path: Path,
) -> None:
    text = WEBHOOK.replace("KOPPLING_ARENDEN", "hunter2-hunter2")
    with pytest.raises(ContentError) as caught:
        load_targets(written(tmp_path, text), SECRETS)
    assert "hunter2" not in str(caught.value)


def test_a_secret_that_is_not_set_is_told_of_unless_the_target_is_off(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="Miljövariabeln KOPPLING_ARENDEN"):
        load_targets(written(tmp_path, WEBHOOK), {})
    off = WEBHOOK.replace("    typ", "    aktiv: false\n    typ")
    (target,) = load_targets(written(tmp_path, off), {})
    assert not target.on


def test_an_id_is_given_once(tmp_path: Path) -> None:
    twice = WEBHOOK + WEBHOOK.removeprefix("kopplingar:\n")
    with pytest.raises(ContentError, match=r":7: Id arendesystem finns redan"):
        load_targets(written(tmp_path, twice), SECRETS)


def test_a_notice_cannot_be_given_text(tmp_path: Path) -> None:
    text = """\
kopplingar:
  - id: teams
    typ: notis
    adress: KOPPLING_ARENDEN
    handelser: [errand.created]
    text: true
"""
    with pytest.raises(ContentError, match=r":6: «text» i teams känns inte igen"):
        load_targets(written(tmp_path, text), SECRETS)


@given(
    tries=st.integers(1, 100),
    chance=st.floats(0, 1),
    first=st.integers(1, 3600),
    longest=st.integers(1, 86400),
)
def test_rests_grow_up_to_the_longest_and_chance_takes_at_most_half(
    tries: int, chance: float, first: int, longest: int
) -> None:
    retries = Retries(first_s=first, longest_s=longest)
    rest, longer = retries.wait_s(tries, chance), retries.wait_s(tries + 1, chance)
    assert 0 < rest <= longer <= longest
    assert rest >= retries.wait_s(tries, 0) / 2
