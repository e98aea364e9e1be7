"""The rules of time: word lists and patterns, loaded and compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from trucewatch.rules.loader import load


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    kind: str
    pattern: str
    examples: list[str]
    nots: list[str]
    needs: str = ""


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    weekdays: list[str]
    weekday_short: list[str]
    months: list[str]
    seasons: dict[str, int]
    units: list[str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    parts: dict[str, str]
    pointers: dict[str, str]
    repeated: dict[str, str]
    feasts: dict[str, tuple[int, int]]
    lunar: dict[str, tuple[int, int, int]]
    slots: dict[str, str]
    needs: dict[str, str]
    patterns: list[Pattern]
    month_first: set[str]
    leads: dict[str, str]
    forward: list[str]
    scheduled: list[str]
    future_auxiliaries: list[str]
    open_auxiliaries: list[str]
    soon: list[str]
    reporting: list[str]
    other_time: list[str]


@cache
def rules() -> Rules:
    return load("times", Rules)


@cache
def patterns() -> tuple[tuple[Pattern, re.Pattern[str]], ...]:
    """The rules' patterns with their slots filled. A slot's group may stand twice in a pattern; the second
    one gets a number after its name."""
    words = rules()
    lists = {
        "weekdays": "|".join(words.weekdays + [f"(?:{s})\\b\\.?" for s in words.weekday_short]),
        "months": "|".join(words.months),
        "units": "|".join(words.units),
        "numbers": _longest_first(words.numbers),
        "feasts": _longest_first([*words.feasts, *words.lunar]),
        "pointers": _longest_first(words.pointers),
        "repeated": _longest_first(words.repeated),
    }
    slots = lists | {name: _filled(slot, lists) for name, slot in words.slots.items()}
    return tuple((rule, _compile(_filled(rule.pattern, slots))) for rule in words.patterns)


@cache
def needs() -> dict[str, re.Pattern[str]]:
    """What must stand in an expression for some patterns to be worth the trying, by name."""
    words = rules()
    lists = {"units": "|".join(words.units), "weekdays": "|".join(words.weekdays + words.weekday_short)}
    return {name: re.compile(_filled(pattern, lists)) for name, pattern in words.needs.items()}


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _filled(pattern: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda match: words[match.group(1)], pattern)


def _compile(pattern: str) -> re.Pattern[str]:
    seen: dict[str, int] = {}

    def name(match: re.Match[str]) -> str:
        word = match.group(1)
        seen[word] = seen.get(word, 0) + 1
        return match.group() if seen[word] == 1 else f"(?P<{word}_{seen[word]}>"

    return re.compile(re.sub(r"\(\?P<(\w+)>", name, pattern))


def parts_of(match: re.Match[str]) -> tuple[tuple[str, str], ...]:
    """The groups of a match that hold something, under their slots' names."""
    return tuple((re.sub(r"_\d+$", "", k), v) for k, v in match.groupdict().items() if v and not k.startswith("at"))
