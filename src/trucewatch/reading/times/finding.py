"""Finds expressions of time in a page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from trucewatch.language import Paragraph, Parsed
from trucewatch.model import Span
from trucewatch.reading.times.anchors import anchored
from trucewatch.reading.times.days import resolved
from trucewatch.reading.times.expression import TimeExpression
from trucewatch.reading.times.patterns import Pattern, needs, parts_of, patterns, rules
from trucewatch.reading.times.tree import looks_ahead


def find_times(parsed: Parsed, outlet: str | None = None) -> tuple[TimeExpression, ...]:
    """Every expression of time, in the order of the text, with its days where they can be known.

    `outlet`: the country that the page is published in, ISO alpha-3; it says which of 4/12 is the month.
    """
    published = publication_day(parsed)
    found: list[TimeExpression] = []
    order = () if outlet is None else (("order", "month" if outlet in rules().month_first else "day"),)
    for paragraph in parsed.paragraphs:
        for expression in _in_paragraph(paragraph):
            if expression.kind == "slashes":
                expression = replace(expression, parts=(*expression.parts, *order))
            ahead = looks_ahead(paragraph.doc[expression.root])
            found.append(resolved(expression, published, ahead, found))
    return anchored(found, parsed)


def publication_day(parsed: Parsed) -> date | None:
    """The day on which the page was published, if that is known."""
    value = parsed.document.published.value
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _in_paragraph(paragraph: Paragraph) -> list[TimeExpression]:
    """The longest matches that do not overlap, the first of them where two begin together."""
    text = paragraph.doc.text
    spots = []
    stretches = {name: _stretches(pattern, text) for name, pattern in needs().items()}
    everywhere = [(0, len(text))]
    for order, (rule, pattern) in enumerate(patterns()):
        for first, last in stretches.get(rule.needs, everywhere):
            for match in pattern.finditer(text, first, last):
                start, end = _kept(match)
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


_ROUND = 80  # characters to either side of a word within which all of its expression lies


def _stretches(needed: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """The parts of a text that lie round words of a kind, in order and apart."""
    found: list[tuple[int, int]] = []
    for match in needed.finditer(text):
        start, end = max(match.start() - _ROUND, 0), min(match.end() + _ROUND, len(text))
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _kept(match: re.Match[str]) -> tuple[int, int]:
    for name, value in match.groupdict().items():
        if value is not None and re.fullmatch(r"at(_\d)?", name):
            return match.span(name)
    return match.span()


def _expression(
    paragraph: Paragraph, start: int, end: int, rule: Pattern, match: re.Match[str]
) -> TimeExpression | None:
    tokens = paragraph.doc.char_span(start, end, alignment_mode="expand")
    if tokens is None:
        return None
    before = paragraph.doc[tokens.start - 1].lower_ if tokens.start else ""
    return TimeExpression(
        Span(paragraph.start + start, paragraph.start + end), rule.kind, paragraph.index, tokens.root.i,
        rules().leads.get(before), parts=parts_of(match), rule=f"time.{rule.id}",
    )
