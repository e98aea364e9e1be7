"""What an expression of time stands for: days of the calendar, and its TIMEX3 value.

TIMEX3 values follow ISO-TimeML (ISO 24617-1). Islamic dates are tabular, within a day
or two of those announced.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from trucewatch.reading.times.expression import Precision, TimeExpression
from trucewatch.reading.times.patterns import rules

_UNIT_LETTERS = {
    "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "weekend": "W", "fortnight": "W", "month": "M",
    "year": "Y", "decade": "DE", "century": "CE",
}
ANCHORED = ("anchored", "eve")  # kinds that are counted from an event
_CLOSE = timedelta(days=10)  # of two readings of "7/8/07" the one so near to publication is meant
_HIJRI_EPOCH = date(622, 7, 18).toordinal()  # proleptic Gregorian; the astronomical epoch


@dataclass(frozen=True, slots=True)
class _Days:
    first: date | None
    last: date | None
    precision: Precision
    value: str | None = None


def resolved(
    expression: TimeExpression, published: date | None, ahead: bool, earlier: Iterable[TimeExpression]
) -> TimeExpression:
    """The expression with its days and value. `ahead`: its clause looks forward; `earlier`: what stood before it."""
    if expression.kind in ANCHORED and expression.from_ is not None:
        return expression  # counted from another event of the page already
    earlier = tuple(earlier)
    days = _days(expression, published, ahead, earlier)
    timeless = _timeless(expression.kind, dict(expression.parts)) or _clock(expression, days, published, earlier)
    if days is None:
        return replace(expression, from_=None, to=None, precision="unknown", value=timeless)
    first = None if expression.lead == "before" else days.first
    last = None if expression.lead == "after" else days.last
    return replace(
        expression, from_=first.isoformat() if first else None, to=last.isoformat() if last else None,
        precision=days.precision, value=timeless or days.value,
    )


def _days(
    expression: TimeExpression, published: date | None, ahead: bool, earlier: Iterable[TimeExpression]
) -> _Days | None:
    parts = dict(expression.parts)
    kind = expression.kind
    try:
        if kind == "offset":
            return _offset(parts, expression, earlier)
        if kind == "part":
            return _part(parts, expression, earlier)
        if kind in _DATED:
            return _DATED[kind](parts, published, ahead)
        return _relative(kind, parts, published, ahead) if published else None
    except (ValueError, OverflowError):  # 31 June, the year 0
        return None


def _relative(kind: str, parts: Mapping[str, str], published: date, ahead: bool) -> _Days | None:
    if kind == "weekday":
        return _weekday(parts, published, ahead)
    if kind == "deictic":
        return _deictic(parts, published)
    if kind == "unit":
        return _unit(parts["unit"].lower(), _step(parts.get("rel", "this")), published)
    if kind == "weekend":
        return _weekend(published, 0 if ahead or published.weekday() > 4 else -1)
    if kind == "ago":
        sign = 1 if "ahead" in parts else -1
        return _shifted(published, sign * _number(parts["n"]), parts["unit"].lower())
    return _stretch(parts, published) if kind == "span" else None


def _one(day: date, value: str | None = None) -> _Days:
    return _Days(day, day, "day", value)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else rules().numbers[word.lower()]


def _month_number(word: str) -> int:
    return next(i for i, names in enumerate(rules().months, 1) if word.rstrip(".") in names.split("|"))


def _step(word: str) -> int:
    """-1 for last, 1 for next, 0 for this."""
    return {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(word.lower(), 0)


# ----------------------------------------------------------------------------------------- dates


def _date(parts: Mapping[str, str], published: date | None, ahead: bool) -> _Days | None:
    month = int(parts["monthno"]) if "monthno" in parts else _month_number(parts["month"])
    day = int(parts["day"])
    if "year" in parts:
        return _one(date(int(parts["year"]), month, day))
    if published is None:
        return None
    return _one(_nearest(published, ahead, lambda year: date(year, month, day)))


def _several_days(parts: Mapping[str, str], published: date | None, ahead: bool) -> _Days | None:
    """"2-5 April": the last day decides on the year."""
    whole = _date({**parts, "day": parts["until"]}, published, ahead)
    if whole is None or whole.last is None:
        return None
    first = whole.last.replace(day=int(parts["day"]))
    return _Days(first, whole.last, "day") if first <= whole.last else None


def _slashes(parts: Mapping[str, str], published: date | None, _: bool) -> _Days | None:
    """Day and month in either order: the one that can be, or the outlet's, or that lies close to publication; else
    none."""
    if "year" not in parts and published is None:
        return None
    year = int(parts["year"]) if "year" in parts else published.year if published else 0
    if year < 100:
        year += 1900 if year >= 70 else 2000
    one, two = int(parts["day"]), int(parts["monthno"])
    found = {date(year, m, d) for d, m in ((one, two), (two, one)) if m <= 12 and d <= calendar.monthrange(year, m)[1]}
    if len(found) > 1 and "order" in parts:
        found = {date(year, one, two) if parts["order"] == "month" else date(year, two, one)}
    if len(found) > 1 and published:
        found = {day for day in found if abs(day - published) <= _CLOSE}
    if len(found) != 1:
        return None
    day = found.pop()
    return _one(day if "year" in parts or published is None or day <= published else day.replace(year=year - 1))


def _nearest(published: date, ahead: bool, day_in: Callable[[int], date]) -> date:
    """The last such day up to publication, or the first one from it on."""
    days = []
    for year in range(published.year - 4, published.year + 5):  # 29 February comes every four years
        try:
            days.append(day_in(year))
        except ValueError:
            continue
    return min(d for d in days if d >= published) if ahead else max(d for d in days if d <= published)


def _feast(parts: Mapping[str, str], published: date | None, ahead: bool) -> _Days | None:
    name = parts["feast"].lower()
    year = int(parts["year"]) if "year" in parts else None
    if year is None and published is None:
        return None
    if name in rules().feasts:
        month, day = rules().feasts[name]
        if year is not None or published is None:
            return _one(date(year or 1, month, day))
        return _one(_nearest(published, ahead, lambda y: date(y, month, day)))
    month, day, length = rules().lunar[name]
    near = year or (published.year if published else 0)
    hijri = round((near - 622) * 1.0307)  # Islamic years are shorter by some eleven days
    starts = [_islamic(y, month, day) for y in range(max(hijri - 1, 1), hijri + 4)]
    if year is not None:
        starts = [s for s in starts if s.year == year]
    elif published is not None:
        starts = [s for s in starts if s >= published] if ahead else [s for s in starts if s <= published][::-1]
    if not starts:
        return None
    last = starts[0] + timedelta(days=length - 1)
    return _Days(starts[0], last, "month" if length > 20 else "day")


def _islamic(year: int, month: int, day: int) -> date:
    """The Gregorian day of one of the tabular Islamic calendar."""
    days = day - 1 + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(_HIJRI_EPOCH + days)


# ------------------------------------------------------------------------ months, seasons, years


def _month(parts: Mapping[str, str], published: date | None, ahead: bool) -> _Days | None:
    number = _month_number(parts["month"])
    if "year" in parts:
        return _whole_month(int(parts["year"]), number)
    if published is None:
        return None
    step = _step(parts.get("rel", ""))
    year = published.year
    if step > 0 or ahead:
        year += number < published.month or (step > 0 and number == published.month)
    else:
        year -= number > published.month or (step < 0 and number == published.month)
    return _whole_month(year, number)


def _whole_month(year: int, month: int) -> _Days:
    return _Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def _season(parts: Mapping[str, str], published: date | None, ahead: bool) -> _Days | None:
    first = rules().seasons[parts["season"].lower()]
    if "year" in parts:
        year = int(parts["year"])
    elif published is None:
        return None
    else:
        rel = parts.get("rel", "").lower()
        year = published.year
        started = date(year, first, 1) <= published
        if (ahead or rel == "next") and started:
            year += 1
        elif not ahead and (not started or (rel == "last" and published < _season_end(year, first))):
            year -= 1
    return _Days(date(year, first, 1), _season_end(year, first), "season")


def _season_end(year: int, first: int) -> date:
    year, month = (year + 1, first - 10) if first > 10 else (year, first + 2)
    return date(year, month, calendar.monthrange(year, month)[1])


def _quarter(parts: Mapping[str, str], published: date | None, ahead: bool) -> _Days | None:
    """A quarter of the year named, or the last one to end before publication (the next one, looking ahead)."""
    word = parts["nth"].lower()
    number = int(word[0]) if word[0].isdigit() else rules().ordinals[word]
    if "year" in parts:
        year = int(parts["year"])
    elif published is None:
        return None
    elif "rel" in parts:
        year = published.year + _step(parts["rel"])
    else:
        begun = published.month > 3 * number
        year = published.year + (begun if ahead else begun - 1)
    first, last = _whole_month(year, 3 * number - 2).first, _whole_month(year, 3 * number).last
    return _Days(first, last, "season", f"{year:04d}-Q{number}")


def _year(parts: Mapping[str, str], *_: object) -> _Days:
    year = int(parts["year"])
    return _whole_year(year if year > 99 else 1900 + year)


def _whole_year(year: int) -> _Days:
    return _Days(date(year, 1, 1), date(year, 12, 31), "year")


def _decade(parts: Mapping[str, str], *_: object) -> _Days:
    if "century" in parts:
        number = int(parts["century"]) - 1
        return _Days(date(100 * number + 1, 1, 1), date(100 * number + 100, 12, 31), "year", f"{number}")
    first = int(parts["decade"])
    first += 1900 if first < 100 else 0
    return _Days(date(first, 1, 1), date(first + 9, 12, 31), "year", f"{first // 10}")


_DATED: Mapping[str, Callable[[Mapping[str, str], date | None, bool], _Days | None]] = {
    "date": _date, "days": _several_days, "slashes": _slashes, "feast": _feast, "month": _month, "season": _season,
    "quarter": _quarter, "year": _year, "decade": _decade,
}


# ------------------------------------------------------------------ counted from the publication


def _weekday(parts: Mapping[str, str], published: date, ahead: bool) -> _Days:
    number = _weekday_number(parts["weekday"])
    rel = parts.get("rel", "").lower()
    back = (published.weekday() - number) % 7
    if "night" in parts:
        end = published + timedelta(days=-back % 7 if ahead else -back)
        begin = end - timedelta(days=1) if "into" in parts else end
        return _Days(begin, begin + timedelta(days=1), "day")
    if rel in ("next", "coming", "following"):
        day = published + timedelta(days=7 - back)
    elif rel in ("last", "past", "previous"):
        day = published - timedelta(days=back or 7)
    else:
        day = published + timedelta(days=-back % 7 if ahead else -back)
    return _one(day, _with_part(day, parts.get("part")))


def _weekday_number(word: str) -> int:
    return next(i for i, full in enumerate(rules().weekdays) if full.startswith(word[:3]))


def _with_part(day: date, part: str | None) -> str | None:
    return f"{day.isoformat()}T{rules().parts[part.lower()]}" if part else None


def _deictic(parts: Mapping[str, str], published: date) -> _Days:
    word = parts["word"].lower()
    if word == "overnight":
        return _Days(published - timedelta(days=1), published, "day")
    if word in ("the day before yesterday", "the day after tomorrow"):
        return _one(published + timedelta(days=2 if word.endswith("tomorrow") else -2))
    day = published + timedelta(days=-1 if word in ("yesterday", "last night") else word == "tomorrow")
    last = word.split()[-1]
    part = parts.get("part") or ("night" if last in ("tonight", "night") else last if last in rules().parts else None)
    return _one(day, _with_part(day, part))


def _unit(unit: str, step: int, published: date) -> _Days | None:
    if unit == "week":
        monday = published + timedelta(days=7 * step - published.weekday())
        return _Days(monday, monday + timedelta(days=6), "week")
    if unit == "weekend":
        return _weekend(published, step)
    if unit == "month":
        month = published.year * 12 + published.month - 1 + step
        return _whole_month(month // 12, month % 12 + 1)
    if unit == "year":
        return _whole_year(published.year + step)
    if unit == "decade" and step:
        far = published.replace(year=published.year + 10 * step, day=min(published.day, 28))
        near, far = sorted((published, far))
        return _Days(near, far, "year", f"{published.year // 10 + step}")
    if unit in ("day", "night"):
        near, far = sorted((published, published + timedelta(days=step)))
        return _Days(near, far, "day")
    return None


def _weekend(published: date, step: int) -> _Days:
    """The weekend of the publication's week, or the one before or after."""
    saturday = published + timedelta(days=5 - published.weekday() + 7 * step)
    year, week, _ = saturday.isocalendar()
    return _Days(saturday, saturday + timedelta(days=1), "day", f"{year:04d}-W{week:02d}-WE")


def _stretch(parts: Mapping[str, str], published: date) -> _Days | None:
    """"the past two weeks", "the next three days", "for the third day": up to publication, or from it on."""
    if "some" in parts:
        return None
    unit = parts["unit"].lower()
    if "nth" in parts:
        return _Days(published - timedelta(days=rules().ordinals[parts["nth"].lower()] - 1), published, "day")
    sign = 1 if _step(parts.get("rel", "past")) > 0 else -1
    far = _shifted(published, sign * _number(parts["n"]), unit)
    if far is None:
        return None
    return _Days(published, far.last, "day") if sign > 0 else _Days(far.first, published, "day")


# ------------------------------------------------------------------- counted from another expression


def _offset(parts: Mapping[str, str], expression: TimeExpression, earlier: Iterable[TimeExpression]) -> _Days | None:
    """A day counted from the last day that the text named before, in this paragraph or the one above it."""
    way = next(parts[k] for k in ("way", "way2", "way3") if k in parts).lower()
    unit = next(parts[k] for k in ("unit", "next2", "next") if k in parts).lower()
    day = _last_day(expression, earlier)
    if day is None:
        return None
    if way in ("same", "that"):
        return _unit(unit, 0, day)
    sign = -1 if way in ("earlier", "previously", "before", "previous") else 1
    return _shifted(day, sign * (_number(parts["n"]) if "n" in parts else 1), unit)


def _part(parts: Mapping[str, str], expression: TimeExpression, earlier: Iterable[TimeExpression]) -> _Days | None:
    """A part of the day that the text spoke of last: "in the afternoon"."""
    day = _last_day(expression, earlier)
    return _one(day, _with_part(day, parts["part"])) if day else None


def _last_day(expression: TimeExpression, earlier: Iterable[TimeExpression]) -> date | None:
    """The last single day that the text named before, in this paragraph or the one above it."""
    known = [e for e in earlier if e.paragraph >= expression.paragraph - 1 and e.from_ and e.from_ == e.to]
    return date.fromisoformat(known[-1].from_) if known and known[-1].from_ else None


def on_last_day(expression: TimeExpression, earlier: Iterable[TimeExpression]) -> TimeExpression:
    """Words such as "hours later" and "by midday" with the day that the text named last, where it named one."""
    day = _last_day(expression, earlier)
    return replace(expression, from_=day.isoformat(), to=day.isoformat(), precision="day") if day else expression


def counted_from(expression: TimeExpression, first: str, last: str) -> TimeExpression:
    """The expression with its days, counted from an event that is known to lie between these days.

    "on the eve of the vote" is the day before; "two days before the vote" that many. What is counted in hours
    stays unknown.
    """
    parts = dict(expression.parts)
    if expression.kind == "eve":
        sign, count, unit = -1, 1, "day"
    else:
        sign = {"before": -1, "from": 1, "after": 1, "into": 1}[parts["from"].lower()]
        count, unit = _number(parts["n"]), parts["unit"].lower()
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    one, other = _shifted(begin, sign * count, unit), _shifted(end, sign * count, unit)
    if one is None or other is None or one.first is None or other.last is None:
        return expression
    precision = one.precision if first == last else "day"
    return replace(expression, from_=one.first.isoformat(), to=other.last.isoformat(), precision=precision)


def uncounted(expression: TimeExpression, day: str) -> TimeExpression:
    """The expression with the day of the event that it is counted from, where what it dates was on `day`."""
    parts = dict(expression.parts)
    sign = -1 if parts["from"].lower() in ("after", "from", "into") else 1
    found = _shifted(date.fromisoformat(day), sign * _number(parts["n"]), parts["unit"].lower())
    if found is None or found.first is None or found.last is None:
        return expression
    return replace(
        expression, from_=found.first.isoformat(), to=found.last.isoformat(), precision=found.precision
    )


def _shifted(day: date, count: int, unit: str) -> _Days | None:
    if unit in ("day", "night"):
        return _one(day + timedelta(days=count))
    if unit in ("hour", "minute"):
        hours = count if unit == "hour" else count // 60
        return _one(day + timedelta(hours=hours)) if abs(hours) >= 24 else None
    if unit in ("week", "fortnight"):
        middle = day + timedelta(days=count * (7 if unit == "week" else 14))
        monday = middle - timedelta(days=middle.weekday())
        return _Days(monday, monday + timedelta(days=6), "week")
    if unit == "month":
        month = day.year * 12 + day.month - 1 + count
        return _whole_month(month // 12, month % 12 + 1)
    return _whole_year(day.year + count) if unit == "year" else None


# --------------------------------------------------------------------------- values without days


def _timeless(kind: str, parts: Mapping[str, str]) -> str | None:
    """The value of a duration, a repetition or a pointer; None for what is a date."""
    words = rules()
    if kind == "pointer":
        return words.pointers[parts["word"].lower()]
    if kind == "repeated" and "weekday" in parts:
        return f"XXXX-WXX-{_weekday_number(parts['weekday']) + 1}"
    if kind == "repeated":
        return words.repeated[parts["word"].lower()]
    if kind in ("duration", "anchored", "span") and "unit" in parts:
        return _length(parts)
    return None


def _length(parts: Mapping[str, str]) -> str:
    unit = parts["unit"].lower()
    count = str(rules().ordinals[parts["nth"].lower()]) if "nth" in parts else (
        "X" if "n" not in parts else f"{_number(parts['n']) * (2 if unit == 'fortnight' else 1)}"
    )
    if "half" in parts:
        count += ".5"
    letters = _UNIT_LETTERS[unit]
    return f"PT{count}{letters[1:]}" if letters[0] == "T" else f"P{count}{letters}"


def _clock(
    expression: TimeExpression, days: _Days | None, published: date | None, earlier: Iterable[TimeExpression]
) -> str | None:
    """The hour of a day: that of the expression itself, of one before it in the paragraph, or of publication."""
    clock = dict(expression.parts).get("clock")
    if clock is None or (hour := _hour(clock)) is None:
        return None
    if days is not None and days.first:
        return f"{days.first.isoformat()}T{hour}"
    named = [e.from_ for e in earlier if e.paragraph == expression.paragraph and e.from_ and e.from_ == e.to]
    day = named[-1] if named else published.isoformat() if published else None
    return f"{day}T{hour}" if day else None


def _hour(clock: str) -> str | None:
    numbers = re.findall(r"\d+", clock)
    if len(numbers) == 1 and len(numbers[0]) == 4:
        numbers = [numbers[0][:2], numbers[0][2:]]
    hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
    if re.search(r"p\.?m", clock, re.IGNORECASE) and hour < 12:
        hour += 12
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
