"""Publication dates: what counts as one, and what does not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.model import Published
from trucewatch.sources import find_published, from_text
from trucewatch.sources.published import is_date_line, read_given

BODY = "Guards at the ferry were told on 3 January 2011 to leave their posts, an officer said."


def found(line: str) -> str | None:
    when = find_published(f"Shell hits the ferry\n\n{line}\n\n{BODY}")
    assert when is None or when.basis == "text"
    return when.value if when else None


@pytest.mark.parametrize(("line", "value"), [
    ("KYIV, 17 June 2016 – Shells fell on the town.", "2016-06-17"),
    ("ADEN, Yemen, April 3, 2018 (NWS) -- Shells fell on the town.", "2018-04-03"),
    ("Published: March 31, 2016", "2016-03-31"),
    ("Hill Post | Published 31 March 2016, 09:15", "2016-03-31"),
    ("Sunday 11 August 2019 - 10:20", "2019-08-11"),
    ("News of the patrols, with what was known as of 18:00, Tuesday, 24 May 2016", "2016-05-24"),
    ("Camp profile as at 3 May 2019", "2019-05-03"),
    ("Posted on 2016-06-01 by admin", "2016-06-01"),
    ("By Jane Doe - 13 April 2016, 09:15", "2016-04-13"),
    ("31.03.2016", "2016-03-31"),
    ("Updated: 25/12/2016 08:00", "2016-12-25"),
    ("12/25/2016", "2016-12-25"),
    ("Publicado el 4 de mayo de 2017", "2017-05-04"),
    ("Опубликовано: 4 мая 2017", "2017-05-04"),
    ("4 مايو 2017", "2017-05-04"),
    ("Friday, 3 May 2019. Almaty +11°C", "2019-05-03"),
    ("Posted by the editors on 22/11/2017 — 4 comments", "2017-11-22"),
    ("Dernière mise à jour : 4 mars 2024", "2024-03-04"),
    ("BEIRUT, June 20 - Shells fell on the town.", None),
    ("SURIN, July 3 (Hill Post) -- Shells fell on the town.", None),
    ("Posted by a guard on the gate, two notices of 22/11/2017 named the dead.", None),
    ("Posted on 12/04/2016", None),
    ("Posted on 31 February 2016", None),
    ("Sunday", None),
    ("The deal of 27 February 2016 | what it says", None),
])
def test_date_of_a_line(line: str, value: str | None) -> None:
    assert found(line) == value


def test_first_publication_before_update() -> None:
    assert found("Updated 5 May 2016\nPublished 4 May 2016") == "2016-05-04"


def test_day_without_year_takes_the_copyright_year_when_the_weekday_agrees() -> None:
    page = "Posted on Friday, April 1 by a writer\n\n" + BODY + "\n\n© {} Hill Post"
    assert find_published(page.format(2016)) == Published("2016-04-01", "text")
    assert find_published(page.format(2018)) is None


@pytest.mark.parametrize("line", ["Amman, 3 May 2016", "Gazette with agencies, 3 May 2016 21:14", "Amman, May 3, 2016"])
def test_a_name_and_a_date_alone_on_a_line(line: str) -> None:
    found = find_published(f"Shells fall on bridge\n\n{line}\n\nTwo shells fell.")
    assert found is not None
    assert found.value == "2016-05-03"


def test_date_in_the_body_is_none() -> None:
    assert find_published(BODY) is None


@pytest.mark.parametrize(("given_date", "value"), [
    ("2016-02-29", "2016-02-29"),
    ("2016-04-12T10:00:00Z", "2016-04-12T10:00:00+00:00"),
    ("Tue, 12 Apr 2016 10:00:00 +0300", "2016-04-12T10:00:00+03:00"),
    ("12 April 2016", "2016-04-12"),
    ("2016-02-31", None),
    ("2015-02-29", None),
    ("yesterday", None),
    ("04/05/2016", None),
])
def test_given_dates(given_date: str, value: str | None) -> None:
    assert read_given(given_date) == value


def test_bad_date_gives_a_notice_and_the_next_basis() -> None:
    sourced = from_text(f"Published 31 March 2016\n\n{BODY}", id="a", published="2016-02-31")
    assert sourced.document.published == Published("2016-03-31", "text")
    assert [notice.code for notice in sourced.notices] == ["bad_date"]


def test_address_before_text() -> None:
    sourced = from_text(f"Published 31 March 2016\n\n{BODY}", id="a", url="https://example.org/2016/03/30/ferry")
    assert sourced.document.published == Published("2016-03-30", "metadata")


def test_no_date_is_none() -> None:
    assert from_text(BODY, id="a").document.published == Published(None, "none")


SHAPES = ["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%A, %d %b %Y"]


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from(SHAPES))
def test_every_day_in_every_shape(day: date, shape: str) -> None:
    written = day.strftime(shape)
    assert is_date_line(written)
    assert found(written) == day.isoformat()


HEAD, LEDE = "Shells fall on the mill", "Shells fell on the mill at dawn, killing two, the governor said."


def of_page(*lines: str) -> str | None:
    """The date of a page with these lines in place of `...` for headline and article."""
    when = from_text("\n\n".join(lines), id="x").document.published
    assert when is not None
    return when.value


@pytest.mark.parametrize("lines", [
    (HEAD, LEDE, "Related stories", "Port reopens", "7 June 2014", "Mill sold", "2 days ago"),
    (HEAD, "Most read", "Port reopens to ferries", "7 June 2014", LEDE),
    (HEAD, "The mill before the war, 2 June 2014", LEDE),
    (HEAD, "FILE PHOTO: Traders near the mill, June 2, 2014. NWS/J. Doe", LEDE),
    (HEAD, "Updated 14:05", LEDE),
    (HEAD, "Correction 10 March 2016: The mill is in Aden.", LEDE),
    (HEAD, LEDE, "The next report will be issued on 25 May 2020."),
    (HEAD, "The camp held 400 people as of 25 May 2020.", LEDE),
    (HEAD, "As of 25 May 2020 the camp held 400 people", LEDE),
    (HEAD, "Share 214 Tweet 33 12/05/2016", LEDE),
    ("Today is Friday, 20 July 2018", HEAD, LEDE),
])
def test_date_of_something_else(lines: tuple[str, ...]) -> None:
    assert of_page(*lines) is None


@pytest.mark.parametrize("lines", [
    ("Friday, 20 July 2018", HEAD, "3 May 2016", LEDE),
    ("BREAKING", HEAD, "3 May 2016", LEDE),
    ("Hill Herald", HEAD, "Jammu, UPDATED: May 4, 2016, 14:05 IST", LEDE, LEDE, "First Published: May 3, 2016"),
    (HEAD, "Burak Tan | 03.05.2016 - Update : 04.05.2016", LEDE),
    (HEAD, "As of 3 May 2016, 17:00 hrs", LEDE),
    (HEAD, "2016-05-03T14:05:00+03:00", LEDE),
    (HEAD, "UPDATED: May 4, 2016, 10:31 AM", "PUBLISHED: May 3, 2016, 08:00 AM", LEDE),
])
def test_date_of_the_article_among_others(lines: tuple[str, ...]) -> None:
    assert of_page(*lines) == "2016-05-03"
