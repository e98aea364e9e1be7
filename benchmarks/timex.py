"""Time expressions: what a corpus and the reader call the same time, and how they are scored.

TempEval-3's measures (UzZaman et al. 2013): strict F asks for the same words, relaxed F for a shared
word, value F for a shared word and the same normalised value. The document's creation time is given
to the reader and not scored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.metrics import Errors, Miss, Offsets, Tally, Words, pair_off, share_of_longer
from benchmarks.reader import sentence_at


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression and its TIMEX3 value (None where the corpus or the reader gives none)."""

    start: int
    end: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Dated:
    """A text of a corpus with its creation date (ISO), its expressions, and stretches not to be scored."""

    name: str
    text: str
    published: str | None
    times: tuple[Timex, ...]
    aside: tuple[Offsets, ...] = ()


Finder = Callable[[Dated], Sequence[Timex]]


def score(item: Dated, found: Iterable[Timex], tally: Tally, errors: Errors, corpus: str) -> None:
    """Add one text's counts to the tally."""
    words = Words(item.text)
    aside = words.within(item.aside)
    want = [(t, words.within([(t.start, t.end)])) for t in item.times]
    got = [(t, w) for t in found if (w := words.within([(t.start, t.end)])) and not w & aside]
    weights = {
        (g, p): (share_of_longer(a, b), float(same_value(x.value, y.value)))
        for g, (x, a) in enumerate(want)
        for p, (y, b) in enumerate(got)
        if a & b
    }
    pairs = pair_off(weights)
    strict = sum(want[g][1] == got[p][1] for g, p in pairs)
    value = sum(same_value(want[g][0].value, got[p][0].value) for g, p in pairs)
    for name, right in (("strict_f", strict), ("relaxed_f", len(pairs)), ("value_f", value)):
        tally.add(name, right, len(got), len(want))
    _report(item, [t for t, _ in want], [t for t, _ in got], dict(pairs), errors, corpus)


def _report(
    item: Dated, want: list[Timex], got: list[Timex], pairs: dict[int, int], errors: Errors, corpus: str
) -> None:
    def miss(kind: str, at: Timex, wanted: Timex | None, came: Timex | None) -> None:
        shown = [t and [item.text[t.start : t.end], t.value] for t in (wanted, came)]
        errors(Miss(corpus, item.name, kind, sentence_at(item.text, at.start, at.end), *shown))

    for g, wanted in enumerate(want):
        came = got[pairs[g]] if g in pairs else None
        if came is None:
            miss("missed", wanted, wanted, None)
        elif not same_value(wanted.value, came.value):
            miss("value", wanted, wanted, came)
    for p, came in enumerate(got):
        if p not in pairs.values():
            miss("extra", came, None, came)


def created(value: str | None) -> str | None:
    """The day of a creation time's value, which some files write day first; None where it is no date."""
    if value and (backwards := re.fullmatch(r"(\d\d)-(\d\d)-(\d{4})", value)):
        return "-".join(reversed(backwards.groups()))
    return value[:10] if value and re.match(r"\d{4}-\d\d-\d\d", value) else None


def same_value(wanted: str | None, came: str | None) -> bool:
    """Equal TIMEX3 values, less time zones, modifiers of precision ("2010-07-16TMO") kept."""
    return wanted is not None and came is not None and _plain(wanted) == _plain(came)


def _plain(value: str) -> str:
    value = value.strip().upper().removesuffix("Z")
    return re.sub(r"(T\d\d:\d\d):\d\d$", r"\1", value)


def value_of(first: str | None, last: str | None, precision: str) -> str | None:
    """The TIMEX3 value of the days `first`..`last` (ISO, inclusive) at a reading's precision.

    Where one bound is open ("until October"), the other is what the words name.
    """
    named = first or last
    if named is None:
        return None
    start = date.fromisoformat(named[:10])
    if precision == "year":
        return f"{start.year:04d}"
    if precision == "month":
        return f"{start:%Y-%m}"
    if precision == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02d}"
    if precision == "season":
        return f"{start.year:04d}-{_season(start)}"
    if precision == "hour" and len(named) > 10:
        return named[:16]
    return start.isoformat() if named[:10] == (last or named)[:10] else None


def _season(start: date) -> str:
    """The northern season that a quarter's or a season's first month opens."""
    return {12: "WI", 3: "SP", 6: "SU", 9: "FA"}.get(start.month, f"Q{(start.month - 1) // 3 + 1}")
