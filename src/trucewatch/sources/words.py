"""The word lists of this room, loaded once from the rule files."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import msgspec

from trucewatch.rules import loader

Then = Literal["end", "list", "rest"]
Where = Literal["any", "head", "foot", "edge"]


class FurnitureRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of line that belongs to the page; the rule file's head says what the fields mean."""

    id: str
    reason: str
    then: Then
    phrases: tuple[str, ...]
    examples: tuple[str, ...]
    nots: tuple[str, ...]
    where: Where = "any"
    inline: bool = False
    opens: bool = False
    silent: bool = False
    longest: int = 260


class FurnitureWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Closed word lists; see the rule file for the part each plays."""

    share: frozenset[str]
    sections: frozenset[str]
    outlets: frozenset[str]
    slogans: frozenset[str]
    kickers: frozenset[str]
    prose: frozenset[str]
    byline: frozenset[str]
    dates: frozenset[str]


class PageWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What pages speak of themselves with: `strong` by reason, `weak`, names of `media`; what news tells of."""

    strong: dict[str, frozenset[str]]
    weak: frozenset[str]
    media: frozenset[str]
    told: frozenset[str]
    deeds: frozenset[str]


class FurnitureRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rules: tuple[FurnitureRule, ...]
    words: FurnitureWords
    page: PageWords


class PublicationWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of months (1 to 12) and weekdays (0 is Monday), labels of dates, stop words by language."""

    months: dict[int, tuple[str, ...]]
    weekdays: dict[int, tuple[str, ...]]
    labels: tuple[str, ...]
    revised: tuple[str, ...]
    stop_words: dict[str, frozenset[str]]


@cache
def furniture_rules() -> FurnitureRules:
    return loader.load("furniture", FurnitureRules)


@cache
def publication_words() -> PublicationWords:
    return loader.load("publication", PublicationWords)


@cache
def month_numbers() -> dict[str, int]:
    return {name: number for number, names in publication_words().months.items() for name in names}


@cache
def weekday_numbers() -> dict[str, int]:
    return {name: number for number, names in publication_words().weekdays.items() for name in names}


def any_of(words: tuple[str, ...] | list[str]) -> str:
    """A pattern that matches any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
