"""The server draws answers by the browser's rules, and nobody can write HTML into them."""

import json
import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.widget.plain.markup import link, mail_address, markup, phone_address, web_address
from tests.support.gateway import ROOT

TABLES = {"div", "table", "thead", "tbody", "tr", "th", "td"}
ALLOWED = {"p", "br", "ul", "ol", "li", "strong", "a", *TABLES}
CORPUS = json.loads((ROOT / "web/tests/xss-corpus.json").read_text(encoding="utf-8"))
SPECIMENS = [text for texts in CORPUS.values() for text in texts]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Ett\ntvå\n\ntre", "<p>Ett<br>två</p>\n<p>tre</p>"),
        ("Ta med:\n- **mått**", "<p>Ta med:</p>\n<ul><li><strong>mått</strong></li></ul>"),
        ("2. Mät\n3. Sök", '<ol start="2"><li>Mät</li><li>Sök</li></ol>'),
        ("Se [a](https://a.se/).", '<p>Se <a href="https://a.se/">a</a>.</p>'),
        ("[a](javascript:x)", "<p>[a](javascript:x)</p>"),
        ("1 < 2 & **3", "<p>1 &lt; 2 &amp; **3</p>"),
        ("", ""),
    ],
)
def test_the_marks_that_are_known(text: str, html: str) -> None:
    assert markup(text) == html


def assert_harmless(html: str) -> None:
    for element in lxml.html.fragments_fromstring(f"<div>{html}</div>")[0].iter():
        assert element.tag in ALLOWED
        assert set(element.attrib) <= {"href", "scope", "start", "class", "tabindex"}
        assert re.match(r"https?://", element.get("href", "https://"))


def test_there_are_specimens_of_hostile_text() -> None:
    assert len(SPECIMENS) > 200


@pytest.mark.parametrize("hostile", SPECIMENS)
def test_hostile_text_stays_text(hostile: str) -> None:
    for text in (hostile, f"- {hostile}", f"| {hostile} |", f"**{hostile}**", f"[x]({hostile})"):
        assert_harmless(markup(text))
    assert_harmless(markup(f"[{hostile}](https://a.example)"))
    assert_harmless(link(hostile, hostile))


@given(st.text(st.sampled_from("ab12 \n*[]()|-.<>&\"'https:/")))
def test_any_text_can_be_drawn(text: str) -> None:
    assert_harmless(markup(text))


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("https://kommun.example@evil.example/", None),
        ("//evil.example", None),
        ("https://[", None),
        ("https://a.example/ x", None),
        ("data:text/html,x", None),
    ],
)
def test_only_whole_web_addresses_are_followed(raw: str, address: str | None) -> None:
    assert web_address(raw) == address


def test_numbers_and_mail_addresses_carry_nothing_else() -> None:
    assert phone_address("031-390 06 00") == "tel:0313900600"
    assert [phone_address(raw) for raw in ("", "1", "112;ext=1", "ring")] == [None] * 4
    assert mail_address("a.b@c.se") == "mailto:a.b@c.se"
    assert [mail_address(raw) for raw in ("a@b", "a@b.se?bcc=c@d.se")] == [None] * 2
