"""The patterns of `rules/data/assessment.yaml`, compiled."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from trucewatch.rules.loader import load


class WordRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    text: str
    pattern: str
    examples: tuple[str, ...]
    nots: tuple[str, ...]


@cache
def word_rules() -> dict[str, WordRule]:
    return {rule.id: rule for rule in load("assessment", tuple[WordRule, ...])}


@cache
def _compiled(rule: str) -> re.Pattern[str]:
    return re.compile(word_rules()[rule].pattern, re.I)


def find(rule: str, text: str) -> re.Match[str] | None:
    """Where a pattern first matches in a text."""
    return _compiled(rule).search(text)


def find_all(rule: str, text: str) -> list[re.Match[str]]:
    return list(_compiled(rule).finditer(text))
