"""Stretches of a paragraph that stand between quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trucewatch.model import Span

_PAIRS = {"“": "”", "„": "“”", "«": "»"}
_STRAIGHT = '"'
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
        char = text[at]
        if char in _PAIRS:
            end = next((i for i in range(at + 1, len(text)) if text[i] in _PAIRS[char]), -1)
        elif char == _STRAIGHT and (at == 0 or not text[at - 1].isalnum()):
            end = text.find(_STRAIGHT, at + 1)
        else:
            at += 1
            continue
        closed = end >= 0
        stop = end if closed else len(text)
        inner = _trim(text, at + 1, stop)
        if inner is not None:
            found.append(Quote(Span(offset + inner[0], offset + inner[1]), closed))
        at = stop + 1
    if not found:
        for match in _SINGLE.finditer(text):
            inner = _trim(text, match.start() + 1, match.end() - 1)
            if inner is not None:
                found.append(Quote(Span(offset + inner[0], offset + inner[1]), True))
    return tuple(found)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",.;:"):
        end -= 1
    return (start, end) if start < end else None
