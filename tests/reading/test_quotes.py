"""Stretches between quotation marks, whatever marks the typist used."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.reading.quotes import find_quotes


def inner(text: str) -> list[str]:
    return [text[q.inner.start : q.inner.end] for q in find_quotes(text)]


@pytest.mark.parametrize("text", [
    "“The road is shut,” she said.", '"The road is shut," she said.', "''The road is shut,'' she said.",
    "``The road is shut,'' she said.", "«The road is shut», she said.", "„The road is shut“, she said.",
    "“The road is shut,\" she said.", "\"The road is shut,” she said.", "“The road is shut,“ she said.",
    "‘The road is shut,’ she said.",
])
def test_marks_of_many_typists(text: str) -> None:
    assert inner(text) == ["The road is shut"]


def test_two_quotations_in_order() -> None:
    assert inner('"Yes," he said. "But not now."') == ["Yes", "But not now"]


def test_a_quotation_that_is_not_closed_runs_to_the_end() -> None:
    (quote,) = find_quotes("“We left at dawn. We walked.")
    assert not quote.closed


def test_apostrophes_are_no_marks() -> None:
    assert inner("The soldiers' tents and the mayor's house burned.") == []


def test_an_inch_is_no_quotation() -> None:
    assert inner('A 6" pipe burst near the bridge.') == []


def test_offsets_are_moved() -> None:
    (quote,) = find_quotes("“Stop now,” he said.", 100)
    assert (quote.inner.start, quote.inner.end) == (101, 109)


@given(st.text(alphabet="ab ,.\"“”'’«»`„\n", max_size=60))
def test_quotations_lie_within_the_text_and_apart(text: str) -> None:
    spans = [q.inner for q in find_quotes(text)]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
