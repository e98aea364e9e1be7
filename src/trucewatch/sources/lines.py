"""The lines of a page, each with the few features by which furniture is told from prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from trucewatch.sources.words import furniture_rules

_EDGE = " \t\ufeff\xa0\u200b\u200e\u200f"
_DECORATION = _EDGE + "-–—*_~=•·|►▶▸→»«›‹#+<>[](){}▼▲▾↓↑←→➤➜…:"
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]+")
_BLANK = re.compile(r"\s*\n\s*\n\s*")
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_ENDS = re.compile(r"[.!?…؟。][\"'”’»)\]]*$")
_QUOTED = re.compile(r"[\"“„«].*[\"”“»]")
_ITEM = re.compile(r"[^\w\s\"'“”‘’«»()\[\]>→⇒➤➜|]|\d{1,2}[.):]")
_BREAK = re.compile(
    r"(?:(?<=[a-zß-ÿ0-9)\]”’\"'»]{2}[.!?…])|(?<=[.!?][”’\"'»)\]]))\s*(?=[A-Z0-9À-Þ©“‘\"(\[«Ѐ-Яء-ي▶►/—-])"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:mr|mrs|ms|dr|gen|col|lt|maj|capt|sgt|brig|adm|st|gov|sen|rep|prof|rev|hon|jan|feb|mar|apr|jun|jul|"
    r"aug|sept?|oct|nov|dec|no|vs|etc|al|inc|ltd|co|corp|km|approx|art|ave|ft|mt|fr|[a-z])\.$",
    re.IGNORECASE,
)
_WRAP_LONGEST = 110
_WRAP_SHORTEST = 45


@dataclass(frozen=True)
class Line:
    """`text[start:end]`, without the white space round it; `shown` is the same on one line."""

    start: int
    end: int
    shown: str

    @cached_property
    def core(self) -> str:
        """The line without the dashes, brackets and asterisks round it."""
        return self.shown.strip(_DECORATION)

    @cached_property
    def words(self) -> list[str]:
        return _WORD.findall(self.shown)

    @cached_property
    def folded(self) -> list[str]:
        return [word.casefold() for word in self.words]

    @cached_property
    def ends(self) -> bool:
        """Whether the line ends as a sentence does."""
        return bool(_ENDS.search(self.shown))

    @cached_property
    def prose_words(self) -> int:
        """How many of its words are articles, auxiliaries and pronouns, which headlines leave out."""
        prose = furniture_rules().words.prose
        return sum(word in prose for word in self.folded)

    @property
    def is_item(self) -> bool:
        """Whether it opens as an item of a list does: a sign such as a bullet, a number and a stop, or a clock time."""
        return bool(_ITEM.match(self.shown))

    @property
    def is_paragraph(self) -> bool:
        """Whether the line reads as running prose."""
        return len(self.words) >= 20 or (len(self.words) >= 8 and self.ends)

    @property
    def is_headline_like(self) -> bool:
        """A few words without a full stop, beginning with a capital, with next to no function words."""
        opening = self.core.lstrip("\"'“”‘’«")
        return (
            4 <= len(self.words) <= 18
            and not self.ends
            and self.shown[-1] not in ",;:-–—"
            and not _QUOTED.fullmatch(self.shown)
            and (opening[:1].isupper() or opening[:1].isdigit() or not opening[:1].isascii())
            and not sentence_breaks(self.shown, 0, len(self.shown))
            and self.prose_words <= max(1, len(self.words) // 7)
        )


def sentence_breaks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The gaps between sentences of `text[start:end]`: where one ends and where the next begins."""
    found = (m.span() for m in _BREAK.finditer(text, start, end) if m.start() > start)
    return [span for span in found if not _ABBREVIATION.search(text[max(start, span[0] - 10):span[0]])]


def lines_of(text: str) -> list[Line]:
    """The lines of a text that hold something; where the text is hard-wrapped, its paragraphs."""
    pieces = [m.span() for m in _LINE.finditer(text)]
    if _is_wrapped(text, pieces):
        cuts = [0, *(i for m in _BLANK.finditer(text) for i in m.span()), len(text)]
        pieces = list(zip(cuts[::2], cuts[1::2], strict=True))
    lines = []
    for start, end in pieces:
        while start < end and (text[start].isspace() or text[start] in _EDGE):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in _EDGE):
            end -= 1
        if start < end:
            lines.append(Line(start, end, " ".join(text[start:end].split())))
    return lines


def _is_wrapped(text: str, pieces: list[tuple[int, int]]) -> bool:
    """Whether line ends stand inside sentences: lines of even length that go on in lower case."""
    joined = followed = 0
    for (start, end), (after, stop) in pairwise(pieces):
        line, following = text[start:end].strip(), text[after:stop].strip()
        if not line or not following or text.count("\n", end, after) > 1:
            continue
        followed += 1
        long_enough = _WRAP_SHORTEST <= len(line) <= _WRAP_LONGEST
        joined += long_enough and not _ENDS.search(line) and following[0].islower()
    return joined >= 3 and joined >= followed / 4
