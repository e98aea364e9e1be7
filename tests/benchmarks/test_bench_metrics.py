"""Figures, matching and intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.metrics import (
    Words,
    bootstrap,
    f_metric,
    f_of,
    macro_f_metric,
    median_metric,
    pair_off,
    share_metric,
    share_of_longer,
)

TEXT = "Guards fired twice, the mayor said on Monday."


def test_words_are_numbered_and_cut_words_count() -> None:
    words = Words(TEXT)
    assert words.within([(0, 12)]) == {0, 1}
    assert words.within([(9, 15)]) == {1, 2}
    assert words.within([(18, 20)]) == frozenset()


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_words_within_are_those_that_share_a_letter(text: str, start: int, end: int) -> None:
    words = Words(text)
    spans = enumerate(zip(words.starts, words.ends, strict=True))
    inside = {n for n, (s, e) in spans if s < end and start < e}
    assert words.within([(start, end)]) == (inside if start < end else set())


def test_share_is_of_the_longer() -> None:
    assert share_of_longer(frozenset({1, 2}), frozenset({1, 2, 3, 4})) == 0.5
    assert share_of_longer(frozenset(), frozenset()) == 0.0


def test_best_pair_goes_first_and_each_is_used_once() -> None:
    assert pair_off({(0, 0): 0.6, (0, 1): 0.9, (1, 1): 0.8, (1, 0): 0.5}) == [(0, 1), (1, 0)]


def test_ties_are_settled_by_the_second_weight() -> None:
    assert pair_off({(0, 0): (0.7, 0.0), (0, 1): (0.7, 1.0)}) == [(0, 1)]


def test_f_is_micro_over_items() -> None:
    metric = f_metric([(1, 2, 1), (1, 1, 3)])
    assert metric.value == pytest.approx(2 * 2 / (3 + 4))
    assert metric.n == 4
    assert metric.low is not None
    assert metric.high is not None
    assert metric.low <= metric.value <= metric.high


def test_no_answer_is_a_wrong_answer_in_macro_f() -> None:
    metric = macro_f_metric([("A", "A"), ("A", None), ("B", "A"), ("B", "B")], ["A", "B", "C"])
    assert metric.value == pytest.approx((2 / 4 + 2 / 3) / 2)


def test_interval_of_a_sure_thing_is_a_point() -> None:
    metric = share_metric([True] * 20)
    assert (metric.value, metric.low, metric.high, metric.n) == (1.0, 1.0, 1.0, 20)


def test_nothing_measured_has_no_value() -> None:
    assert f_metric([]).value is None
    assert bootstrap([(0.0, 0.0, 0.0)], f_of).value is None
    assert median_metric([]).value is None


def test_same_items_give_the_same_interval() -> None:
    rows = [(float(i % 2), 1.0, 1.0) for i in range(30)]
    assert f_metric(rows) == f_metric(rows)
