"""Expressions of time, what they stand for, and which event they date."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.language import Parsed, parse
from trucewatch.model import Document, EventTime, Published, Span
from trucewatch.reading.shared import Anchor
from trucewatch.reading.times import find_times, patterns, time_of

TUESDAY = "2017-05-09"


def page(text: str, published: str | None = TUESDAY) -> Parsed:
    basis = "given" if published else "none"
    return parse(Document("d", text, "0", published=Published(published, basis)))


def when(text: str, trigger: str, published: str | None = TUESDAY, **anchor: object) -> EventTime:
    parsed = page(text, published)
    paragraph = next(p for p in parsed.paragraphs if trigger in p.doc.text)
    token = next(t for t in paragraph.doc if t.text == trigger)
    content = anchor.pop("content", None)
    span = Span(text.index(str(content)), text.index(str(content)) + len(str(content))) if content else None
    where = Anchor(paragraph.index, token.i, content=span, **anchor)  # type: ignore[arg-type]
    return time_of(where, parsed, find_times(parsed))


def days(text: str, published: str | None = TUESDAY) -> list[tuple[str | None, str | None]]:
    return [(e.from_, e.to) for e in find_times(page(text, published))]


@pytest.mark.parametrize("rule", [rule for rule, _ in patterns.patterns()], ids=lambda rule: rule.id)
def test_every_pattern_fits_its_examples_and_not_its_nots(rule: patterns.Pattern) -> None:
    pattern = next(p for r, p in patterns.patterns() if r.id == rule.id)
    assert rule.examples
    assert rule.nots
    assert all(pattern.search(example) for example in rule.examples)
    assert not any(pattern.search(no) for no in rule.nots)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Shells hit the port on 3 May 2015.", "2015-05-03", "2015-05-03"),
        ("Shells hit the port on May 3.", "2017-05-03", "2017-05-03"),
        ("Shells hit the port on Dec. 30.", "2016-12-30", "2016-12-30"),
        ("Shells hit the port yesterday.", "2017-05-08", "2017-05-08"),
        ("Shells hit the port overnight.", "2017-05-08", "2017-05-09"),
        ("Shells hit the port last week.", "2017-05-01", "2017-05-07"),
        ("Shells hit the port this week.", "2017-05-08", "2017-05-14"),
        ("Shells hit the port last month.", "2017-04-01", "2017-04-30"),
        ("Shells hit the port last year.", "2016-01-01", "2016-12-31"),
        ("Shells hit the port in March.", "2017-03-01", "2017-03-31"),
        ("Shells hit the port in November.", "2016-11-01", "2016-11-30"),
        ("Shells hit the port in 2014.", "2014-01-01", "2014-12-31"),
        ("Shells hit the port two days ago.", "2017-05-07", "2017-05-07"),
        ("Shells hit the port at the weekend.", "2017-05-06", "2017-05-07"),
        ("Shells hit the port late on Sunday.", "2017-05-07", "2017-05-07"),
        ("Shells hit the port on Monday night.", "2017-05-08", "2017-05-08"),
        ("Shells hit the port overnight on Thursday.", "2017-05-04", "2017-05-05"),
        ("Shells hit the port overnight into Friday.", "2017-05-04", "2017-05-05"),
        ("The group meets in town on Thursday.", "2017-05-11", "2017-05-11"),
        ("They recalled Bloody Sunday.", None, None),
        ("They have fought since '94.", "1994-01-01", None),
        ("Shells hit the port last winter.", "2016-12-01", "2017-02-28"),
        ("The port has been shut since Friday.", "2017-05-05", None),
        ("Envoys will meet next month.", "2017-06-01", "2017-06-30"),
        ("Envoys will meet on Friday.", "2017-05-12", "2017-05-12"),
        ("Envoys will meet tomorrow.", "2017-05-10", "2017-05-10"),
        ("The truce will end on June 2.", "2017-06-02", "2017-06-02"),
    ],
)
def test_an_expression_stands_for_its_days(text: str, first: str | None, last: str | None) -> None:
    assert days(text) == [(first, last)]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("for two and a half years", "P2.5Y"),
        ("during a 12-hour march", "PT12H"),
        ("for decades", "PXDE"),
        ("every week", "P1W"),
        ("recently", "PAST_REF"),
        ("on Monday night", "2017-05-08TNI"),
        ("this morning", "2017-05-09TMO"),
        ("at 4 p.m. yesterday", "2017-05-08T16:00"),
        ("in the first quarter of this year", "2017-Q1"),
        ("at the weekend", "2017-W18-WE"),
        ("in the 1990s", "199"),
        ("in the past decade", "200"),
    ],
)
def test_an_expression_has_its_timex_value(words: str, value: str) -> None:
    assert [e.value for e in find_times(page(f"They fought {words}."))] == [value]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Shells hit the port between 27 February and 3 March.", "2017-02-27", "2017-03-03"),
        ("Shells hit the port from March to April.", "2017-03-01", "2017-04-30"),
        ("Shells hit the port on April 2-5.", "2017-04-02", "2017-04-05"),
        ("Shells hit the port for the third day.", "2017-05-07", "2017-05-09"),
        ("Shells hit the port on 4/12/2016.", None, None),
        ("Shells hit the port on 8/5/17.", "2017-05-08", "2017-05-08"),
        ("Shells hit the port on 31.12.2016.", "2016-12-31", "2016-12-31"),
        ("Shells hit the port during Ramadan 2016.", "2016-06-06", "2016-07-05"),
        ("Shells hit the port for two days.", None, None),
        ("Envoys met on Sunday, hours before shells hit the port.", "2017-05-07", "2017-05-07"),
    ],
)
def test_an_event_has_the_days_of_its_expression(text: str, first: str | None, last: str | None) -> None:
    found = when(text, "hit")
    assert (found.from_, found.to) == (first, last)


def test_a_weekday_on_an_undated_page_stands_for_no_date() -> None:
    found = when("Shells hit the port on Monday.", "hit", None)
    assert (found.from_, found.to, found.basis, found.precision) == (None, None, "none", "unknown")
    assert found.start is not None


def test_a_modal_is_no_month_and_a_number_no_day() -> None:
    assert days("They may send the 65th battalion to march 2000 men.") == []


def test_a_planned_event_looks_forward() -> None:
    assert when("The convoy is due to arrive Friday.", "arrive", status="planned").from_ == "2017-05-12"


def test_a_report_of_the_past_looks_back() -> None:
    assert when("Gunmen attacked the convoy on Friday.", "attacked").from_ == "2017-05-05"


def test_a_time_that_hangs_on_saying_dates_the_report() -> None:
    text = "The agency reported Monday that three guards were killed near the gate."
    assert when(text, "killed", content="three guards were killed near the gate") == EventTime()


def test_a_day_earlier_counts_from_the_day_named_before() -> None:
    text = "The council met on Friday. The army had shelled the town a day earlier."
    found = when(text, "shelled")
    assert (found.from_, found.basis) == ("2017-05-04", "event_anchored")


def test_an_event_without_an_expression_has_no_time() -> None:
    assert when("Gunmen attacked the convoy.", "attacked") == EventTime()


def test_another_clauses_time_is_not_taken() -> None:
    text = "The group, which joined the accord in 2014, burned two trucks."
    assert when(text, "burned") == EventTime()
    assert when(text, "joined").from_ == "2014-01-01"


def test_a_superlative_since_is_no_time_of_the_event() -> None:
    text = "Rockets killed nine people in the deadliest attack since March."
    assert when(text, "killed") == EventTime()


WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@settings(max_examples=25, deadline=None)
@given(
    published=st.dates(date(1990, 1, 1), date(2035, 12, 31)),
    weekday=st.sampled_from(WEEKDAYS),
    frame=st.sampled_from(
        ["Troops attacked on {}.", "Envoys will meet on {}.", "Troops attacked last {}.", "Envoys will meet next {}."]
    ),
)
def test_a_weekday_lies_within_a_week_of_publication(published: date, weekday: str, frame: str) -> None:
    (expression,) = find_times(page(frame.format(weekday), published.isoformat()))
    assert expression.from_ == expression.to
    day = date.fromisoformat(expression.from_ or "")
    assert abs(day - published) <= timedelta(days=7)
    assert WEEKDAYS[day.weekday()] == weekday
    assert (day >= published) if "will" in frame else (day <= published)


PIECES = [
    "on Monday", "last week", "31 June", "in April", "since 2011", "Feb. 29", "two weeks ago", "overnight", "the",
    "a day later", "next spring", "12 May 2016", "in the past 3 days", "99 years ago", "troops", "fired", ".", "\n",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.dates(date(1950, 1, 1), date(2050, 1, 1)))
def test_spans_lie_in_the_text_and_intervals_run_forward(pieces: list[str], published: date) -> None:
    text = " ".join(pieces)
    if not text.strip():
        return
    before = 0
    for e in find_times(page(text, published.isoformat())):
        assert before <= e.span.start < e.span.end <= len(text)
        assert re.search(r"\w", text[e.span.start : e.span.end])
        before = e.span.end
        assert e.from_ is None or e.to is None or e.from_ <= e.to


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Shells hit the port the day before yesterday.", "2017-05-07", "2017-05-07"),
        ("Shells hit the port on the night of 3 May.", "2017-05-03", "2017-05-03"),
        ("Shells hit the port in the early hours of Sunday.", "2017-05-07", "2017-05-07"),
        ("Shells hit the port at dawn on Saturday.", "2017-05-06", "2017-05-06"),
        ("Shells hit the port early Tuesday.", "2017-05-09", "2017-05-09"),
        ("Shells hit the port in the spring of 2012.", "2012-03-01", "2012-05-31"),
        ("Shells hit the port by mid-2014.", "2014-01-01", "2014-12-31"),
        ("The port has been shut since the start of the year.", "2017-01-01", None),
        ("The port reopens three months from now.", "2017-08-01", "2017-08-31"),
        ("Shells hit the port during Ramadan 2016.", "2016-06-06", "2016-07-05"),
        ("Shells hit the port at dawn.", None, None),
        ("Shells hit the port hours later.", None, None),
    ],
)
def test_more_forms_of_time_stand_for_their_days(text: str, first: str | None, last: str | None) -> None:
    assert days(text)[-1] == (first, last)


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Members will vote on 12 June. Gunmen burned an office two days before the vote.", "burned", "2017-06-10"),
        ("The talks opened on Monday. On the eve of the talks, shells hit the port.", "hit", "2017-05-07"),
        ("The raid took place on 3 May. Envoys left two days after the raid.", "left", "2017-05-05"),
    ],
)
def test_a_time_is_counted_from_another_event_of_the_page(text: str, trigger: str, day: str) -> None:
    found = when(text, trigger)
    assert (found.from_, found.to, found.basis) == (day, day, "event_anchored")


@pytest.mark.parametrize(
    "text",
    [
        "On the eve of the talks, shells hit the port.",
        "Shells hit the port two days before the vote.",
        "A vote on 3 May failed and a vote on 5 May passed. Shells hit the port two days before the vote.",
        "The talks opened on Monday. Shells hit the port three hours before the talks.",
    ],
)
def test_an_event_that_the_page_does_not_date_once_anchors_nothing(text: str) -> None:
    found = when(text, "hit")
    assert (found.from_, found.to) == (None, None)


@pytest.mark.parametrize(
    ("outlet", "day"), [("USA", "2016-12-04"), ("GBR", "2016-04-12"), (None, None)]
)
def test_of_two_numbers_the_outlets_country_says_which_is_the_month(outlet: str | None, day: str | None) -> None:
    (found,) = find_times(page("Shells hit the port on 12/4/2016."), outlet)
    assert found.from_ == day


def test_two_numbers_without_a_year_are_of_the_last_such_day() -> None:
    (found,) = find_times(page("Shells hit the port on 25/11."))
    assert found.from_ == "2016-11-25"


def test_every_friday_is_no_friday() -> None:
    (found,) = find_times(page("They march every Friday."))
    assert (found.from_, found.value) == (None, "XXXX-WXX-5")


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Envoys signed a truce on Friday, two days after rebels took the port.", "took", "2017-05-03"),
        ("Troops raided a base on Sunday, a guard said, a day after the ceasefire.", "ceasefire", "2017-05-06"),
        ("Shells hit the port on Friday. In the afternoon rockets fell on a school.", "fell", "2017-05-05"),
        ("Shells hit the port on Friday. By midday the commanders had met.", "met", "2017-05-05"),
        ("Guards seized on 5 May were let go two days later.", "let", "2017-05-07"),
        ("Monitors counted 300 blasts on Friday, half as many as the day before.", "counted", "2017-05-05"),
        ("Unrest grew on Saturday in the port, where growers blocked a road.", "blocked", "2017-05-06"),
    ],
)
def test_an_event_is_dated_by_what_is_told_with_it(text: str, trigger: str, day: str) -> None:
    found = when(text, trigger)
    assert (found.from_, found.to) == (day, day)


def test_talks_are_dated_by_the_clause_that_tells_on_of_them() -> None:
    found = when("They spoke of talks, which are due to open on Thursday.", "talks", status="planned")
    assert (found.from_, found.to) == ("2017-05-11", "2017-05-11")


def test_an_order_is_not_given_when_it_is_to_be_kept() -> None:
    assert when("The chief ordered all units to cease fire tomorrow.", "ordered").from_ != "2017-05-10"


def test_a_part_of_the_day_on_a_page_that_named_none_stands_for_no_date() -> None:
    assert when("In the afternoon shells hit the port.", "hit").from_ is None


def test_an_event_is_not_dated_by_the_sentence_before() -> None:
    assert when("Shells hit the port on Friday. Rebels took a bridge.", "took").from_ is None


@pytest.mark.parametrize("rule", [r for r, _ in patterns.patterns() if r.needs], ids=lambda rule: rule.id)
def test_an_expression_has_what_its_pattern_needs(rule: patterns.Pattern) -> None:
    assert all(patterns.needs()[rule.needs].search(example) for example in rule.examples)
