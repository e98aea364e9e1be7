"""Whether a text states a number, and dates as corpora write them."""

from __future__ import annotations

import re
from datetime import date, timedelta

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_DEATH = re.compile(
    r"\b(kill|fatal|death|dead|died|dies|dying|lives|bod(y|ies)|murder|execut|martyr|assassinat)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{4})?\b"
)


def in_words(number: int) -> str | None:
    """An English numeral below one hundred."""
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    if number >= 100:
        return None
    return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")


def states(text: str, deaths: int) -> bool:
    """Whether a sentence that speaks of death states this number above zero, in digits or in words.

    Days of the month do not count; for one, an article does ("killed a man").
    """
    if deaths < 1:
        return False
    forms = [str(deaths), f"{deaths:,}", in_words(deaths), "an?" if deaths == 1 else None]
    number = re.compile(
        rf"(?<![\w.,])(?:{'|'.join(f for f in forms if f)})(?!\w|[.,]\d)", re.IGNORECASE
    )
    sentences = re.split(r"(?<=[.!?])\s+|\n+", text)
    return any(_DEATH.search(s) and number.search(_DATE.sub(" ", s)) for s in sentences)


def iso_date(written: str) -> str:
    """An ISO date from days since 1970 ("19133.0"), month/day/year ("4/16/17"), or an ISO date."""
    if re.fullmatch(r"\d+(\.0)?", written):
        return (date(1970, 1, 1) + timedelta(days=int(float(written)))).isoformat()
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})", written):
        month, day, year = (int(part) for part in found.groups())
        return date(year + 2000 if year < 100 else year, month, day).isoformat()
    return date.fromisoformat(written[:10]).isoformat()
