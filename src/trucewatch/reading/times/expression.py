"""The value that stands for words of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trucewatch.model import Span

Precision = Literal["hour", "day", "week", "month", "season", "year", "unknown"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of time: where they stand, what sort they are, and the days they stand for (ISO, or None).

    `kind` names the pattern's family (date, weekday, unit, offset …); `lead` is "after" or "before" when
    one end is open ("since", "until"). `root` is the token of the paragraph that the words hang from.
    `value` is the TIMEX3 value (ISO-TimeML) where the days alone do not tell it: "P4Y", "PAST_REF",
    "2010-Q3", "2010-07-16TMO". A duration, a repetition or a pointer stands for no days.
    """

    span: Span
    kind: str
    paragraph: int
    root: int
    lead: str | None = None
    precision: Precision = "unknown"
    from_: str | None = None
    to: str | None = None
    value: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    rule: str = ""
