"""Paragraphs, datelines and offsets of the parse."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.language import parse, parse_many
from trucewatch.language.pipeline import LONGEST, paragraph_spans
from trucewatch.model import Document, Furniture


def document(text: str, *furniture: Furniture) -> Document:
    return Document(id="page", text=text, sha256="", furniture=furniture)


def test_furniture_is_left_out_of_the_parse() -> None:
    text = "Share\n\nThe bridge was shelled."
    parsed = parse(document(text, Furniture(0, 5, "share")))
    assert [p.doc.text for p in parsed.paragraphs] == ["The bridge was shelled."]


def test_every_paragraph_is_parsed_by_itself() -> None:
    parsed = parse(document("The bridge\nThe road was shelled."))
    assert [p.doc.text for p in parsed.paragraphs] == ["The bridge", "The road was shelled."]


def test_furniture_glued_to_a_paragraph_ends_it() -> None:
    text = "The bridge was shelled. Cup final tonight"
    parsed = parse(document(text, Furniture(24, len(text), "related")))
    assert [p.doc.text for p in parsed.paragraphs] == ["The bridge was shelled."]


def test_a_dateline_is_a_paragraph_of_its_own() -> None:
    parsed = parse(document("AMMAN, 3 May 2016 (Wire) – Two shells fell on the bridge."))
    assert [(p.doc.text, p.dateline) for p in parsed.paragraphs] == [
        ("AMMAN, 3 May 2016 (Wire) –", True),
        ("Two shells fell on the bridge.", False),
    ]


def test_a_sentence_with_a_dash_is_no_dateline() -> None:
    parsed = parse(document("Villagers fled – all of them – at dawn."))
    assert [p.dateline for p in parsed.paragraphs] == [False]


@pytest.mark.parametrize(("line", "parsed_as"), [
    ("• Two shells fell.", ["Two shells fell."]),
    ("(b) Two shells fell.", ["Two shells fell."]),
    ("2. Two shells fell.", ["Two shells fell."]),
    ("• 14:05 – Two shells fell.", ["14:05 –", "Two shells fell."]),
    ("7.30pm: Two shells fell.", ["7.30pm:", "Two shells fell."]),
    ("14:05 was when two shells fell.", ["14:05 was when two shells fell."]),
    ("2.5 million fled.", ["2.5 million fled."]),
])
def test_what_stands_before_an_entry_of_a_list_is_no_part_of_its_sentence(line: str, parsed_as: list[str]) -> None:
    assert [p.doc.text for p in parse(document(line)).paragraphs] == parsed_as


def test_a_byte_order_mark_is_no_part_of_the_first_paragraph() -> None:
    parsed = parse(document("\ufeffTwo shells fell."))
    assert parsed.paragraphs[0].start == 1


def test_the_first_line_without_a_stop_is_a_headline() -> None:
    parsed = parse(document("Shells fall on bridge\n\nTwo shells fell on the bridge."))
    assert [p.headline for p in parsed.paragraphs] == [True, False]


def test_documents_keep_their_order() -> None:
    texts = ["One shell fell.", "", "Two shells fell."]
    parsed = list(parse_many([document(t) for t in texts]))
    assert [p.document.text for p in parsed] == texts
    assert [len(p.paragraphs) for p in parsed] == [1, 0, 1]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab A.\n\r\t–-\ufeff'\"“”", max_size=80))
def test_paragraphs_lie_in_order_inside_the_text(text: str) -> None:
    spans = paragraph_spans(document(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_no_letter_is_lost_between_paragraphs() -> None:
    text = "word " * 5_000 + "\n\nlast one."
    spans = paragraph_spans(document(text))
    assert sum(len(text[a:b].split()) for a, b in spans) == len(text.split())
    assert max(b - a for a, b in spans) <= LONGEST
