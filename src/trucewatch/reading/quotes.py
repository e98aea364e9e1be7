"""Stretches of a paragraph that stand between quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trucewatch.model import Span

# What opens a quotation and what closes it; typists write two apostrophes for a double mark.
_PAIRS = {
    "“": ("”", '"'), "„": ("“", "”"), "«": ("»",), "``": ("''",), "''": ("''",), '"': ('"', "”")
}
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=[\w…])([^‘'’\n]|(?<=\w)[’'](?=\w)){12,}?(?<=[\w.,!?…])[’'](?!\w)")


@dataclass(frozen=True, slots=True)
class Quote:
    """`inner` is the text between the marks; `closed` is false when the paragraph ends first."""

    inner: Span
    closed: bool


def find_quotes(text: str, offset: int = 0) -> tuple[Quote, ...]:
    """The quotations of a paragraph, in order; offsets are those of the paragraph plus `offset`."""
    found: list[Quote] = []
    at = 0
    while at < len(text):
        opening = _opening(text, at)
        if not opening:
            at += 1
            continue
        stop = _closing(text, at + len(opening), opening)
        closed = stop < len(text)
        inner = _trim(text, at + len(opening), stop)
        if inner is not None:
            found.append(Quote(Span(offset + inner[0], offset + inner[1]), closed))
        at = stop + len(opening)
    if not found:
        for match in _SINGLE.finditer(text):
            inner = _trim(text, match.start() + 1, match.end() - 1)
            if inner is not None:
                found.append(Quote(Span(offset + inner[0], offset + inner[1]), True))
    return tuple(found)


def _opening(text: str, at: int) -> str:
    """The opening mark at a place, or nothing. A mark that opens and closes alike opens at a word's start only."""
    mark = next((m for m in _PAIRS if text.startswith(m, at)), "")
    if mark in _PAIRS.get(mark, ()) and at and text[at - 1].isalnum():
        return ""
    return mark


def _closing(text: str, start: int, opening: str) -> int:
    """Where the quotation ends: at a mark that closes it, at one typed the wrong way round, or with the text."""
    ends = [text.find(mark, start) for mark in _PAIRS[opening]]
    wrong = text.find(opening, start)
    if wrong > start and not text[wrong - 1].isspace():
        ends.append(wrong)
    return min((e for e in ends if e >= 0), default=len(text))


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",.;:"):
        end -= 1
    return (start, end) if start < end else None
