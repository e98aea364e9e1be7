"""When: expressions of time, what they stand for, and which of them dates an event.

Intervals are whole days, both ends included. A weekday looks back from the publication date or forward
by the tense of its verb and the event's status; without a publication date it stands for no date.
A time that hangs on a verb of saying dates the saying. The publication date itself is never given to
an event.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

import msgspec
from spacy.tokens import Token

from trucewatch.language import Paragraph, Parsed
from trucewatch.model import EventTime, Span
from trucewatch.reading.shared import Anchor
from trucewatch.rules.loader import load

Precision = Literal["hour", "day", "week", "month", "season", "year", "unknown"]
_AHEAD = ("planned", "ordered", "threatened")


class _Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    kind: str
    pattern: str
    examples: list[str]
    nots: list[str]


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    weekdays: list[str]
    weekday_short: list[str]
    months: list[str]
    seasons: dict[str, int]
    units: list[str]
    numbers: dict[str, int]
    slots: dict[str, str]
    patterns: list[_Pattern]
    leads: dict[str, str]
    forward: list[str]
    future_auxiliaries: list[str]
    reporting: list[str]
    other_time: list[str]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of time: where they stand, what sort they are, and the days they stand for (ISO, or None).

    `kind` names the pattern's family (date, weekday, unit, offset …); `lead` is "after" or "before" when
    one end is open ("since", "until"). `root` is the token of the paragraph that the words hang from.
    """

    span: Span
    kind: str
    paragraph: int
    root: int
    lead: str | None = None
    precision: Precision = "unknown"
    from_: str | None = None
    to: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class _Days:
    first: date | None
    last: date | None
    precision: Precision


@cache
def _rules() -> _Rules:
    return load("times", _Rules)


@cache
def _patterns() -> tuple[tuple[_Pattern, re.Pattern[str]], ...]:
    """The rules' patterns with their slots filled. A slot's group may stand once in a pattern, so a second
    one is left without its name."""
    rules = _rules()
    lists = {
        "weekdays": "|".join(rules.weekdays + [f"(?:{s})\\b\\.?" for s in rules.weekday_short]),
        "months": "|".join(rules.months),
        "units": "|".join(rules.units),
        "numbers": "|".join(sorted(rules.numbers, key=len, reverse=True)),
    }
    slots = lists | {name: _filled(slot, lists) for name, slot in rules.slots.items()}
    return tuple((rule, _compile(_filled(rule.pattern, slots))) for rule in rules.patterns)


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda match: words[match.group(1)], pattern)


def _compile(pattern: str) -> re.Pattern[str]:
    seen: dict[str, int] = {}

    def name(match: re.Match[str]) -> str:
        word = match.group(1)
        seen[word] = seen.get(word, 0) + 1
        return match.group() if seen[word] == 1 else f"(?P<{word}_{seen[word]}>"

    return re.compile(re.sub(r"\(\?P<(\w+)>", name, pattern))


def find_times(parsed: Parsed) -> tuple[TimeExpression, ...]:
    """Every expression of time, in the order of the text, with its days where they can be known."""
    published = _published(parsed)
    found: list[TimeExpression] = []
    for paragraph in parsed.paragraphs:
        for expression in _in_paragraph(paragraph):
            ahead = _looks_ahead(paragraph.doc[expression.root])
            found.append(_resolved(expression, published, ahead, found))
    return tuple(found)


def _published(parsed: Parsed) -> date | None:
    value = parsed.document.published.value
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _in_paragraph(paragraph: Paragraph) -> list[TimeExpression]:
    """The longest matches that do not overlap; two dates joined by "between … and" or "from … to" are one."""
    text = paragraph.doc.text
    spots = []
    for order, (rule, pattern) in enumerate(_patterns()):
        for match in pattern.finditer(text):
            start, end = match.span("at") if match.groupdict().get("at") is not None else match.span()
            spots.append((start, -end, order, rule, match))
    taken: list[TimeExpression] = []
    at = -1
    for start, minus_end, _, rule, match in sorted(spots, key=lambda spot: spot[:3]):
        if start < at:
            continue
        expression = _expression(paragraph, start, -minus_end, rule, match)
        if expression is not None:
            at = -minus_end
            taken.append(expression)
    return taken


def _expression(
    paragraph: Paragraph, start: int, end: int, rule: _Pattern, match: re.Match[str]
) -> TimeExpression | None:
    tokens = paragraph.doc.char_span(start, end, alignment_mode="expand")
    if tokens is None:
        return None
    before = paragraph.doc[tokens.start - 1].lower_ if tokens.start else ""
    parts = tuple((re.sub(r"_\d+$", "", k), v) for k, v in match.groupdict().items() if v and k != "at")
    return TimeExpression(
        Span(paragraph.start + start, paragraph.start + end), rule.kind, paragraph.index, tokens.root.i,
        _rules().leads.get(before), parts=parts, rule=f"time.{rule.id}",
    )


# ------------------------------------------------------------------------------------ what they stand for


def _resolved(
    expression: TimeExpression, published: date | None, ahead: bool, earlier: Iterable[TimeExpression]
) -> TimeExpression:
    days = _days(expression, published, ahead, earlier)
    if days is None:
        return replace(expression, from_=None, to=None, precision="unknown")
    first = None if expression.lead == "before" else days.first
    last = None if expression.lead == "after" else days.last
    return replace(
        expression, from_=first.isoformat() if first else None, to=last.isoformat() if last else None,
        precision=days.precision,
    )


def _days(
    expression: TimeExpression, published: date | None, ahead: bool, earlier: Iterable[TimeExpression]
) -> _Days | None:
    parts = dict(expression.parts)
    try:
        if expression.kind == "date":
            return _date(parts, published, ahead)
        if expression.kind == "month":
            return _month(parts, published, ahead)
        if expression.kind == "season":
            return _season(parts, published, ahead)
        if expression.kind == "year":
            return _year(int(parts["year"]))
        if expression.kind == "offset":
            return _offset(parts, expression, earlier)
        return _relative(expression.kind, parts, published, ahead) if published else None
    except (ValueError, OverflowError):  # 31 June, the year 0
        return None


def _relative(kind: str, parts: Mapping[str, str], published: date, ahead: bool) -> _Days | None:
    if kind == "weekday":
        return _weekday(parts, published, ahead)
    if kind == "deictic":
        return _deictic(parts["word"].lower(), published)
    if kind == "unit":
        return _unit(parts["unit"].lower(), _step(parts["rel"]), published)
    if kind == "weekend":
        return _weekend(published, 0 if ahead or published.weekday() > 4 else -1)
    if kind == "ago":
        return _shifted(published, -_number(parts["n"]), parts["unit"].lower())
    if kind == "span":
        start = _shifted(published, -_number(parts["n"]), parts["unit"].lower())
        return _Days(start.first, published, "day") if start else None
    return None


def _one(day: date) -> _Days:
    return _Days(day, day, "day")


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _rules().numbers[word.lower()]


def _month_number(word: str) -> int:
    return next(i for i, names in enumerate(_rules().months, 1) if word.rstrip(".") in names.split("|"))


def _step(word: str) -> int:
    """-1 for last, 1 for next, 0 for this."""
    return {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(word.lower(), 0)


def _date(parts: Mapping[str, str], published: date | None, ahead: bool) -> _Days | None:
    month = int(parts["monthno"]) if "monthno" in parts else _month_number(parts["month"])
    day = int(parts["day"])
    if "year" in parts:
        return _one(date(int(parts["year"]), month, day))
    if published is None:
        return None
    return _one(_nearest(published, ahead, lambda year: date(year, month, day)))


def _nearest(published: date, ahead: bool, day_in: Callable[[int], date]) -> date:
    """The last such day up to publication, or the first one from it on."""
    days = []
    for year in range(published.year - 4, published.year + 5):  # 29 February comes every four years
        try:
            days.append(day_in(year))
        except ValueError:
            continue
    return min(d for d in days if d >= published) if ahead else max(d for d in days if d <= published)


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
    first = _rules().seasons[parts["season"].lower()]
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


def _year(year: int) -> _Days:
    return _Days(date(year, 1, 1), date(year, 12, 31), "year")


def _weekday(parts: Mapping[str, str], published: date, ahead: bool) -> _Days:
    rules = _rules()
    word = parts["weekday"].rstrip(".")
    number = next(i for i, full in enumerate(rules.weekdays) if full.startswith(word[:3]))
    rel = parts.get("rel", "").lower()
    back = (published.weekday() - number) % 7
    if rel in ("next", "coming", "following"):
        return _one(published + timedelta(days=7 - back))
    if rel in ("last", "past", "previous"):
        return _one(published - timedelta(days=back or 7))
    return _one(published + timedelta(days=-back % 7 if ahead else -back))


def _deictic(word: str, published: date) -> _Days:
    if word == "overnight":
        return _Days(published - timedelta(days=1), published, "day")
    if word in ("yesterday", "last night"):
        return _one(published - timedelta(days=1))
    return _one(published + timedelta(days=word == "tomorrow"))


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
        return _year(published.year + step)
    if unit in ("day", "night"):
        near, far = sorted((published, published + timedelta(days=step)))
        return _Days(near, far, "day")
    return None


def _weekend(published: date, step: int) -> _Days:
    """The weekend of the publication's week, or the one before or after."""
    saturday = published + timedelta(days=5 - published.weekday() + 7 * step)
    return _Days(saturday, saturday + timedelta(days=1), "day")


def _offset(parts: Mapping[str, str], expression: TimeExpression, earlier: Iterable[TimeExpression]) -> _Days | None:
    """A day counted from the last day that the text named before, in this paragraph or the one above it."""
    way = next(parts[k] for k in ("way", "way2", "way3") if k in parts).lower()
    unit = next(parts[k] for k in ("unit", "next", "next2") if k in parts).lower()
    if way in ("before", "after") and "n" in parts:
        return None  # "two days after the vote": the event it counts from has no date of its own here
    known = [e for e in earlier if e.paragraph >= expression.paragraph - 1 and e.from_ and e.from_ == e.to]
    if not known or known[-1].from_ is None:
        return None
    sign = -1 if way in ("earlier", "previously", "before", "previous") else 1
    return _shifted(date.fromisoformat(known[-1].from_), sign * (_number(parts["n"]) if "n" in parts else 1), unit)


def _shifted(day: date, count: int, unit: str) -> _Days | None:
    if unit in ("day", "night"):
        return _one(day + timedelta(days=count))
    if unit == "hour":
        return _one(day + timedelta(hours=count)) if abs(count) >= 24 else None
    if unit in ("week", "fortnight"):
        middle = day + timedelta(days=count * (7 if unit == "week" else 14))
        monday = middle - timedelta(days=middle.weekday())
        return _Days(monday, monday + timedelta(days=6), "week")
    if unit == "month":
        month = day.year * 12 + day.month - 1 + count
        return _whole_month(month // 12, month % 12 + 1)
    return _year(day.year + count) if unit == "year" else None


# --------------------------------------------------------------------------------------- in the tree


def _looks_ahead(token: Token) -> bool:
    """Whether the clause that the token hangs in speaks of what is to come."""
    verb = _verb(token)
    for _ in range(3):
        if _future(verb):
            return True
        if verb.dep_ not in ("xcomp", "ccomp", "pcomp", "conj", "advcl", "acl") or _reporting(verb.head):
            return False
        verb = _verb(verb.head)
    return False


def _future(verb: Token) -> bool:
    rules = _rules()
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if auxiliaries & set(rules.future_auxiliaries):
        return True
    if verb.lemma_ == "go" and verb.tag_ == "VBG" and any(c.dep_ == "xcomp" for c in verb.children):
        return True
    tells = verb.lemma_ in rules.forward or any(
        c.lemma_ in rules.forward and c.dep_ == "acomp" for c in verb.children
    )
    be_to = verb.lemma_ == "be" and any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in verb.children)
    return tells or be_to


def _verb(token: Token) -> Token:
    """The nearest verb at or above the token, or the root."""
    while token.head != token and (token.pos_ not in ("VERB", "AUX") or token.dep_ in ("amod", "aux", "auxpass")):
        token = token.head
    return token


def _reporting(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and token.lemma_ in _rules().reporting


def time_of(anchor: Anchor, parsed: Parsed, found: tuple[TimeExpression, ...]) -> EventTime:
    """The time of the event at `anchor`: its own expression, then its clause's, then that of the clauses
    above it within the same statement. With none, an EventTime whose basis is "none"."""
    paragraph = parsed.paragraphs[anchor.paragraph]
    trigger = paragraph.doc[anchor.token]
    near = [e for e in found if e.paragraph == anchor.paragraph and paragraph.doc[e.root].sent == trigger.sent]
    ranked = sorted(
        (rank, e.kind in ("offset", "vague"), abs(e.root - anchor.token), e.span)
        for e in near
        if (rank := _closeness(e, anchor, paragraph)) is not None
    )
    if not ranked:
        return EventTime()
    chosen = next(e for e in near if e.span == ranked[0][3])
    ahead = anchor.status in _AHEAD or (anchor.status == "possible" and _looks_ahead(paragraph.doc[chosen.root]))
    return _event_time(_resolved(chosen, _published(parsed), ahead, found[: found.index(chosen)]))


def _event_time(expression: TimeExpression) -> EventTime:
    known = expression.from_ is not None or expression.to is not None
    basis: Literal["explicit", "relative", "event_anchored", "none"] = "relative"
    if not known:
        basis = "none"
    elif expression.kind == "offset":
        basis = "event_anchored"
    elif expression.kind in ("date", "month", "year", "season") and "rel" not in dict(expression.parts):
        basis = "explicit"
    return EventTime(
        expression.span.start, expression.span.end, expression.from_, expression.to, expression.precision, basis
    )


def _closeness(expression: TimeExpression, anchor: Anchor, paragraph: Paragraph) -> int | None:
    """How many steps of the tree lie between an event and an expression; None when it dates something else."""
    doc = paragraph.doc
    trigger, root = doc[anchor.token], doc[expression.root]
    if expression.lead is not None and _superlative(root):
        return None
    inside = anchor.content is None or (
        anchor.content.start <= expression.span.start and expression.span.end <= anchor.content.end
    )
    holder = _holder(root)
    if not inside:
        return 9 if _performed(trigger) and _reporting(holder) else None
    if holder == trigger or trigger in _above(root, until_verb=True):
        return 0
    event_verb = _verb(trigger)
    if holder == event_verb:
        return 1 if _dates_object(root, trigger, event_verb) else None
    for steps, verb in enumerate(_upward(event_verb), 2):
        if verb == holder:
            return steps
    if _reporting(holder) and anchor.content is not None and not _in(holder, anchor.content, paragraph):
        return 6  # inside the words reported, though the parser hangs it on the verb of saying
    if any(holder == c and _same_time(c) for c in event_verb.children if c.dep_ == "advcl"):
        return 7
    return None


def _in(token: Token, span: Span, paragraph: Paragraph) -> bool:
    return span.start <= paragraph.start + token.idx < span.end


def _holder(root: Token) -> Token:
    """The verb whose clause the expression stands in."""
    return _verb(root.head if root.pos_ in ("VERB", "AUX") and root.head != root else root)


def _above(token: Token, *, until_verb: bool) -> Iterator[Token]:
    while token.head != token:
        token = token.head
        yield token
        if until_verb and token.pos_ in ("VERB", "AUX"):
            return


def _upward(verb: Token) -> Iterator[Token]:
    """The verbs whose time an event's clause shares: up through complements and coordination, never through
    a relative clause or a verb of saying."""
    for _ in range(4):
        shares = verb.dep_ in ("xcomp", "conj", "pcomp", "prep", "aux") or (verb.dep_ == "advcl" and _same_time(verb))
        shares = shares or (verb.dep_ == "ccomp" and not _reporting(verb.head))
        if not shares or verb.head == verb:
            return
        above = _verb(verb.head)
        if verb.dep_ != "conj" and _reporting(above) and verb.dep_ != "xcomp":
            return
        yield above
        verb = above


def _same_time(verb: Token) -> bool:
    return not any(
        c.lower_ in _rules().other_time and c.dep_ in ("mark", "advmod", "prep") for c in verb.children
    )


def _dates_object(root: Token, trigger: Token, verb: Token) -> bool:
    """For a noun under a verb of saying ("reported a build-up on Monday"): only a time that follows the noun."""
    return trigger == verb or not _reporting(verb) or root.i > trigger.i or trigger.dep_ in ("nsubj", "nsubjpass")


def _performed(trigger: Token) -> bool:
    """An act done by saying it in the first person ("I order all units to …"): it is as old as its saying."""
    return trigger.tag_ in ("VBP", "VB") and any(
        c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in trigger.children
    )


def _superlative(root: Token) -> bool:
    """"the first time since …", "the deadliest since …": a measure of the news, not its time."""
    verb = _holder(root)
    between = root.doc[min(verb.i, root.i) : root.i]
    return any(t.tag_ in ("JJS", "RBS") or (t.lower_ == "first" and t.pos_ == "ADJ") for t in between)
