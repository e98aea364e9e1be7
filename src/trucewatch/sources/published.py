"""When a page was published, as far as its input, its address or its own text says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from trucewatch.model import Furniture, Published
from trucewatch.sources.words import (
    any_of,
    furniture_rules,
    month_numbers,
    publication_words,
    weekday_numbers,
)

# Reasons of furniture whose dates are those of something else than the page.
_OF_OTHERS = ("related", "comments", "caption", "advert", "newsletter")
# The day of the visit, which some pages show at their top.
_NOW = re.compile(r"(?:today|now)\b(?: is)?[:, ]", re.I)
_SHORTEST_HEADLINE = 4
_HEAD_LINES = 12
_FOOT_LINES = 4
_LONGEST_LINE = 200
_LINE = re.compile(r"[^\r\n]+")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d|[Tt]?\d\d:\d\d:\d\d\S*")
_AS_OF = re.compile(r"\bas (?:of|at) ", re.I)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=[/_.-]|$)|((?:19|20)\d\d)-(\d\d)-(\d\d)")


@cache
def _full_date() -> re.Pattern[str]:
    month = any_of(list(month_numbers()))
    year = r"(?P<y{0}>(?:19|20)\d\d)(?!\d)"
    day = r"(?P<d{0}>\d{{1,2}})(?:st|nd|rd|th|º|er|\.)?"
    return re.compile(
        "|".join((
            rf"\b{day.format(1)}[ -]?(?:de |of )?(?P<m1>{month})\b\.?,?[ -]?(?:de |del )?{year.format(1)}",
            rf"\b(?P<m2>{month})\b\.? {day.format(2)},? {year.format(2)}",
            rf"\b{year.format(3)}-(?P<m3>\d\d)-(?P<d3>\d\d)(?!\d)",
            rf"\b{year.format(4)}/(?P<m4>\d\d)/(?P<d4>\d\d)(?!\d)",
            r"\b(?P<d5>\d{1,2})\.(?P<m5>\d{1,2})\." + year.format(5),
            r"\b(?P<a6>\d{1,2})[/-](?P<b6>\d{1,2})[/-]" + year.format(6),
        )),
        re.IGNORECASE,
    )


@cache
def _day_and_month() -> re.Pattern[str]:
    month = any_of(list(month_numbers()))
    return re.compile(
        rf"\b(?:(?P<d1>\d{{1,2}}) (?P<m1>{month})|(?P<m2>{month})\.? (?P<d2>\d{{1,2}}))\b", re.I
    )


@cache
def _labelled() -> re.Pattern[str]:
    words = publication_words()
    return re.compile(
        rf"(?:^|[|·•(,/–—-] ?)(?:(?P<label>{any_of(words.labels)})|(?P<revised>{any_of(words.revised)}))\b"
        r"(?: by [^\d|·–—]{2,50}?(?= on |, ))?,?(?: (?:on|at|by|le|el|am|في))* ?[:|·–—-]? ?",
        re.IGNORECASE,
    )


# "KYIV, 17 June 2016 –", "BEIRUT (Wire) -", "ADEN, Yemen, April 3, 2018 (NWS) --": up to the dash.
_DATELINE = re.compile(r"(?P<head>[^\W\d_][^\n]{2,90}?)\s?(?:[–—]|--|(?<=[\s)])-)\s*(?=\S)")


def find_published(text: str, furniture: Sequence[Furniture] = ()) -> Published | None:
    """The date that the text itself gives: a date line, a labelled date, or a dateline with a year.

    A date without a year counts only when its weekday and a copyright line's year agree; one whose
    day and month cannot be told apart (12/04/2016) never does. Dates inside `furniture` that belongs to
    something else (other stories, comments, pictures, adverts) are passed over. The basis is `text`.
    """
    others = [(mark.start, mark.end) for mark in furniture if mark.reason in _OF_OTHERS]
    marked = {mark.start for mark in furniture}
    lines: list[str] = []
    headline = 0
    for m in _LINE.finditer(text):
        line = m.group().strip(" \t\ufeff\xa0")
        start = m.start() + len(m.group()) - len(m.group().lstrip(" \t\ufeff\xa0"))
        if not line or _NOW.match(line) or any(begin <= start < end for begin, end in others):
            continue
        if not headline and marked and start not in marked and len(line.split()) >= _SHORTEST_HEADLINE:
            headline = len(lines)
        lines.append(line)
    head, foot = lines[:_HEAD_LINES], lines[_HEAD_LINES:][-_FOOT_LINES:]
    found = (
        next(_labelled_dates(head, revised=False, whole=True), None)
        or next(_dates_of_head(head[headline:]), None)
        or next(_dates_of_head(head), None)
        or next(_labelled_dates([*head, *foot], revised=False), None)
        or next(_labelled_dates([*head, *foot], revised=True), None)
        or next(_closing_dates(head), None)
        or _with_copyright_year(head, lines)
    )
    return Published(found.isoformat(), "text") if found else None


def published_in_address(url: str | None) -> Published | None:
    """The full date in an address such as `…/2016/04/12/…`; the basis is `metadata`."""
    found = _IN_ADDRESS.search(url or "")
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    when = _calendar(year, month, day)
    return Published(when.isoformat(), "metadata") if when else None


def read_given(value: str) -> str | None:
    """The ISO date or date-time that `value` stands for, or None when no such day exists."""
    value = value.strip()
    for parse in (_iso_date, _iso_moment, _mail_moment):
        found = parse(value)
        if found:
            return found
    when = date_in(value) if len(value) <= 60 else None
    return when.isoformat() if when else None


def date_in(text: str) -> date | None:
    """The first full date in `text` that exists and can be read in one way only."""
    for found in _full_date().finditer(text):
        when = _of_match(found)
        if when:
            return when
    return None


def is_date_line(line: str) -> bool:
    """Whether a line is nothing but a date or a time: "Sunday 11 August 2019 - 10:20", "2 hours ago"."""
    rest = _CLOCK.sub(" 0 ", line.casefold())
    tokens = [t.strip(".") for t in re.findall(r"[\w.']+", rest) if t.strip(".")]
    if not tokens or len(tokens) > 16 or not any(t[0].isdigit() for t in tokens):
        return False
    if not all(_is_date_token(t) for t in tokens):
        return False
    named = any(t in month_numbers() or t in weekday_numbers() for t in tokens)
    return named or bool(_CLOCK.search(line)) or date_in(line) is not None or tokens[-1] in ("ago", "read")


def has_labelled_date(line: str) -> bool:
    """Whether a full date stands after a word such as "Published" or "Updated" in the line."""
    return any(next(_labelled_dates([line], revised=revised), None) for revised in (False, True))


def leading_date(text: str) -> tuple[int, date] | None:
    """Where a date glued to the very start of a text ends ("Published July 5, 2015 Aircraft hit …")."""
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    weekday = any_of(list(weekday_numbers()))
    label = any_of([*publication_words().labels, *publication_words().revised])
    lead = re.compile(rf"(?:{label}\b(?: on)?:? ?)?(?:{weekday}\b[.,]? ?)?", re.I).match(text, start)
    found = _full_date().match(text, lead.end() if lead else start)
    when = _of_match(found) if found else None
    return (found.end(), when) if found and when else None


def _dates_of_head(lines: list[str]) -> Iterator[date]:
    """Dates of date lines, bylines and datelines near the top, in order."""
    for line in lines:
        dateline = _DATELINE.match(line)
        if len(line) <= _LONGEST_LINE and _is_byline_with_date(line):
            when = date_in(line)
            if when and not _is_revised(line):
                yield when
        elif dateline and dateline["head"].split(",")[0].isupper():
            when = date_in(dateline["head"])
            if when:
                yield when
    if lines:
        glued = leading_date(lines[0])
        if glued:
            yield glued[1]


def _is_byline_with_date(line: str) -> bool:
    """Whether a line that holds a date is the page's own: a date alone, or beside a name."""
    if is_date_line(_AS_OF.sub("", line)) or is_place_and_date(line):
        return True
    pieces = re.split(r"\s[|·•–—-]\s|\s?[|•·]\s?|(?<=\d{4})\.\s", line)
    return len(pieces) > 1 and len(line.split()) <= 20 and any(
        is_date_line(re.sub(_labelled(), "", piece)) and date_in(piece) for piece in pieces
    )


def is_place_and_date(line: str) -> bool:
    """A place or a name, a comma and a full date, and nothing else: "Amman, 3 May 2016"."""
    commas = [m.end() for m in re.finditer(",", line)]
    return any(
        len(line[:at].split()) <= 6
        and all(_is_name_word(word.strip(",.:")) for word in line[:at].split())
        and is_date_line(line[at:])
        and date_in(line[at:]) is not None
        for at in commas
    )


def _is_name_word(word: str) -> bool:
    return not word[:1].islower() or "-" in word or word in furniture_rules().words.byline


def _is_revised(line: str) -> bool:
    """Whether the first date of a line is that of a revision."""
    full = _full_date().search(line)
    labels = [m.lastgroup for m in _labelled().finditer(line[:full.start()])] if full else []
    return bool(labels) and labels[-1] == "revised"


def _labelled_dates(lines: list[str], *, revised: bool, whole: bool = False) -> Iterator[date]:
    """Dates after a label; with `whole`, only of lines that are nothing but label and date."""
    for line in lines:
        if whole and not is_date_line(_labelled().sub("", line)):
            continue
        for found in _labelled().finditer(line[:_LONGEST_LINE]):
            if bool(found["revised"]) == revised:
                after = line[found.end():found.end() + 60]
                full = _full_date().search(after)
                when = _of_match(full) if full and len(after[:full.start()].split()) <= 2 else None
                if when:
                    yield when


def _closing_dates(head: list[str]) -> Iterator[date]:
    """Dates up to which a report says that it goes, at the end of a heading that is no sentence."""
    for line in head:
        as_of = list(_AS_OF.finditer(line)) if len(line) <= _LONGEST_LINE else []
        if as_of and not line.endswith((".", "!", "?", "…")):
            last = line[as_of[-1].end():]
            full = _full_date().search(last)
            when = _of_match(full) if full and is_date_line(last.rstrip(")]")) else None
            if when:
                yield when


def _with_copyright_year(head: list[str], lines: list[str]) -> date | None:
    """A weekday with day and month near the top, in the year of the copyright line when the two agree."""
    years = {int(y) for line in lines if "©" in line or "copyright" in line.casefold()
             for y in re.findall(r"\b(?:19|20)\d\d\b", line)}
    for line in head:
        found = _day_and_month().search(line) if len(line) <= _LONGEST_LINE else None
        weekday = next((weekday_numbers()[w] for w in re.findall(r"\w+", line.casefold())
                        if w in weekday_numbers()), None)
        if not found or weekday is None or date_in(line):
            continue
        month = month_numbers()[(found["m1"] or found["m2"]).casefold()]
        for year in sorted(years):
            when = _calendar(year, month, int(found["d1"] or found["d2"]))
            if when and when.weekday() == weekday:
                return when
    return None


def _of_match(found: re.Match[str]) -> date | None:
    for shape in "12345":
        if found[f"y{shape}"]:
            month = found[f"m{shape}"].casefold()
            number = month_numbers()[month] if month in month_numbers() else int(month)
            return _calendar(int(found[f"y{shape}"]), number, int(found[f"d{shape}"]))
    first, second = int(found["a6"]), int(found["b6"])
    if first <= 12 and second <= 12 and first != second:
        return None
    day, month_number = (first, second) if first > 12 or first == second else (second, first)
    return _calendar(int(found["y6"]), month_number, day)


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_date_token(token: str) -> bool:
    return (
        token in month_numbers()
        or token in weekday_numbers()
        or token in furniture_rules().words.dates
        or bool(re.fullmatch(r"\d{1,4}(?:st|nd|rd|th|am|pm|h|hrs|º)?", token))
        or bool(re.fullmatch(r"\d{1,4}\.\d{1,2}(?:\.\d{2,4})?", token))
    )


def _iso_date(value: str) -> str | None:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return None


def _iso_moment(value: str) -> str | None:
    try:
        return datetime.fromisoformat(value).isoformat()
    except ValueError:
        return None


def _mail_moment(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).isoformat() if "," in value[:5] else None
    except (ValueError, TypeError):
        return None
