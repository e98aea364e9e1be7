"""Text, HTML and records into documents, good and bad."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.model import Sourced
from trucewatch.sources import from_html, from_record, from_text

PROSE = "The army said on Monday that two of its men had been killed near the mill, and that it would answer."
HTML = (
    '<html lang="en"><head><title>Shell hits the ferry | Hill Post</title>'
    '<meta property="og:site_name" content="Hill Post"><meta property="og:title" content="Shell hits the ferry">'
    '<meta property="article:published_time" content="2016-03-31T09:00:00Z"></head>'
    '<body><nav><a href="/">Home</a></nav>'
    f"<article><h1>Shell hits the ferry</h1>{''.join(f'<p>{PROSE}</p><p>{PROSE[:60]} again.</p>' for _ in range(3))}"
    "</article><footer>All rights reserved</footer></body></html>"
)


def codes(sourced: Sourced) -> list[str]:
    return [notice.code for notice in sourced.notices]


@settings(deadline=None)  # the first call loads the rules
@given(st.text())
def test_text_is_kept_as_it_is(text: str) -> None:
    document = from_text(text, id="a").document
    assert document.text == text
    assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_what_is_given_is_kept() -> None:
    document = from_text(
        PROSE, id="a", url="u", publisher="p", title="t", published="2016-01-02", language="en-GB"
    ).document
    assert (document.id, document.url, document.publisher, document.title) == ("a", "u", "p", "t")
    assert (document.published.value, document.published.basis, document.language) == ("2016-01-02", "given", "en")


def test_empty_text() -> None:
    sourced = from_text(" \n", id="a")
    assert sourced.error is not None
    assert sourced.error.code == "empty_text"
    assert sourced.document.text == " \n"


def test_nul_and_direction_marks_are_kept_with_a_notice() -> None:
    sourced = from_text(f"{PROSE}\x00\u202e{PROSE}", id="a")
    assert sourced.error is None
    assert codes(sourced) == ["control_characters", "direction_marks"]
    assert sourced.notices[0].start == len(PROSE)


def test_lone_surrogate_is_no_crash() -> None:
    assert from_text(PROSE + "\ud800", id="a").document.text.endswith("\ud800")


@pytest.mark.parametrize(("text", "language"), [
    ("قال الجيش إن الهدنة صامدة في المدينة وإن قواته لم تطلق النار.", "ar"),
    ("Армия заявила, что перемирие соблюдается на всей линии фронта.", "ru"),
    ("Армія заявила, що її підрозділи не відкривали вогонь.", "uk"),
    ("El ejército dijo que la tregua sigue en pie y que los soldados no han abierto fuego desde el lunes.", "es"),
    ("L'armée a dit que la trêve tient dans le nord et que les soldats ne sont pas sortis depuis lundi.", "fr"),
])
def test_other_languages_are_kept_and_noticed(text: str, language: str) -> None:
    sourced = from_text(text, id="a")
    assert sourced.document.language == language
    assert sourced.document.text == text
    assert codes(sourced) == ["unsupported_language"]


def test_english_with_arabic_names_is_english() -> None:
    assert from_text(f"{PROSE} (صنعاء)", id="a").document.language == "en"


def test_html_gives_main_text_and_metadata() -> None:
    document = from_html(HTML, id="a").document
    assert PROSE in document.text
    assert "rights reserved" not in document.text
    assert (document.title, document.publisher, document.language) == ("Shell hits the ferry", "Hill Post", "en")
    assert (document.published.value, document.published.basis) == ("2016-03-31", "metadata")


def test_given_outranks_metadata() -> None:
    document = from_html(HTML, id="a", title="T", publisher="P", published="2015-01-01", url="https://x.org/a").document
    assert (document.title, document.publisher, document.url) == ("T", "P", "https://x.org/a")
    assert document.published.value == "2015-01-01"


def test_html_in_its_declared_encoding() -> None:
    html = HTML.replace("<head>", '<head><meta charset="windows-1251">').replace("again.", "в Киеве.")
    assert "в Киеве." in from_html(html.encode("cp1251"), id="a").document.text


@pytest.mark.parametrize(("html", "code"), [
    ("<div>" * 100_000, "html_too_deep"),
    ("<html><body>" + "<b><i>" * 3000 + "x" + "</i></b>" * 3000, "html_too_deep"),
    ("<html><body><script>x()</script></body></html>", "html_without_text"),
    ("", "html_without_text"),
    (b"\x00\x01\x02\x03" * 100, "binary_file"),
    ("x" * 20_000_001, "html_too_large"),
])
def test_bad_html_is_an_error(html: str | bytes, code: str) -> None:
    sourced = from_html(html, id="a")
    assert sourced.error is not None
    assert sourced.error.code == code
    assert sourced.document.id == "a"


def test_unclosed_paragraphs_are_not_deep() -> None:
    assert from_html("<html><body>" + f"<p>{PROSE}" * 600, id="a").error is None


def test_large_html_is_read_in_a_process_of_its_own() -> None:
    html = HTML.replace("</head>", f"<style>{'a{}' * 400_000}</style></head>")
    assert PROSE in from_html(html, id="a").document.text


@pytest.mark.parametrize(("record", "code"), [
    ([1], "bad_record"), ("x", "bad_record"), (None, "bad_record"), (3, "bad_record"),
    ({}, "missing_text"), ({"text": None}, "missing_text"), ({"text": 3}, "bad_record"),
    ({"text": PROSE, "title": ["x"]}, "bad_record"), ({"text": ""}, "empty_text"),
])
def test_bad_records_are_errors(record: Any, code: str) -> None:
    sourced = from_record(record, id="f:1")
    assert sourced.error is not None
    assert sourced.error.code == code
    assert sourced.document.id == "f:1"


def test_record_with_a_wrong_field_keeps_its_text() -> None:
    assert from_record({"id": "k", "text": PROSE, "url": 3}, id="f:1").document.text == PROSE


@pytest.mark.parametrize(("own", "id"), [("k", "k"), (7, "7"), (None, "f:1"), ("", "f:1"), (True, "f:1")])
def test_id_of_a_record(own: Any, id: str) -> None:
    assert from_record({"id": own, "text": PROSE}, id="f:1").document.id == id


def test_record_with_html() -> None:
    assert from_record({"id": "k", "html": HTML}, id="f:1").document.title == "Shell hits the ferry"
