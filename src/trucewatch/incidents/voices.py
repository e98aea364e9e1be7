"""Who tells of a happening, counted so that one source under two names is one.

A source that nobody could name ("the source", "reports", "he" of whom nothing is known) is nobody. Two that share a
word of their names may be one body or its head: "the Hill Observatory" and "Observatory director Jo Field". A watch
without a name may be any that has one. What is told without a name ("a nurse", "residents") is known by its noun, so
that the nurse of two pages is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from trucewatch.incidents.page import Page
from trucewatch.model import Entity, Source
from trucewatch.rules.loader import load
from trucewatch.rules.words import find

_NAME = re.compile(r"\b[A-Z][\w'’-]+")
_HEAD = re.compile(r"^(.*?)(?:\s+(?:of|in|at|on|from|for|near|with|who|inside|close|to|among|and)\b.*)?$", re.S)
_ROLE = 60  # characters beside a name in which its post may stand
_WATCH = "a watch"  # what bodies that watch are known by where no name tells them apart


@dataclass(frozen=True, slots=True)
class Voice:
    """A source: what to call it, and the words by which it is known, in small letters."""

    label: str
    known_by: frozenset[str]

    def may_be(self, other: Voice) -> bool:
        """Whether the two may be one source."""
        return bool(self.known_by & other.known_by)


def voices(page: Page, source: Source) -> tuple[Voice, ...]:
    """The sources that a mention names, the others of a compound one too; none where it is nobody."""
    others = (page.entities[name] for name in source.also if name in page.entities)
    mentions = [(page.entity(source), page.words(source), source.start, source.end)]
    mentions += [
        (e, page.text[e.mentions[0].start : e.mentions[0].end], e.mentions[0].start, e.mentions[0].end)
        for e in others
        if e.mentions
    ]
    return tuple(v for m in mentions if (v := _voice(page, *m)) is not None)


def distinct(heard: Iterable[Voice]) -> list[Voice]:
    """One voice for each source: those that may be one are counted once, directly or through others."""
    groups: list[list[Voice]] = []
    for voice in heard:
        near = [g for g in groups if any(voice.may_be(v) for v in g)]
        groups = [g for g in groups if g not in near]
        groups.append([*(v for g in near for v in g), voice])
    return [g[0] for g in groups]


def _voice(page: Page, entity: Entity | None, words: str, start: int, end: int) -> Voice | None:
    if entity is not None and entity.kind in ("other", "place"):
        return None  # an act, a paper, a pause: what cannot speak
    mentions = [page.text[m.start : m.end] for m in entity.mentions if m.form != "pronoun"] if entity else []
    name = entity.name if entity else None
    told = next((t for t in (words, *mentions) if not find("pronoun", t)), None)
    if told is None and name is None:
        return None
    post = f"{page.text[max(0, start - _ROLE) : start]} | {page.text[end : end + _ROLE]}"
    # Where nobody is named the first capital is that of a sentence.
    own = {w for text in (words, *mentions) for w in _names(text if name else text[1:])} | _names(name or "")
    if name and entity and entity.kind == "person":
        own |= {w for role in _roles(post) for w in _names(role)}
    if own:
        watch = any(find("watch", t) for t in (words, name or "", *mentions))
        return Voice(name or words, frozenset(own | ({_WATCH} if watch else set())))
    if told is None or find("nobody_in_particular", told):
        return None
    if find("watch", told):
        return Voice(told, frozenset((_WATCH,)))
    head = _HEAD.match(told)
    plain = (head[1] if head else told).lower().split()
    last = " ".join(plain[-2:]) if plain and plain[-1].rstrip("s") in ("source", "official") else plain[-1]
    return Voice(told, frozenset((last.rstrip("s"),)))


def _names(text: str) -> set[str]:
    """The words of a text that a name is known by: with a capital, and no post, country or kind of body."""
    found = {m[0].lower().rstrip("s") for m in _NAME.finditer(text) if not find("common_in_names", m[0])}
    return found - _country_words()


@cache
def _country_words() -> frozenset[str]:
    """The words of the names of countries and of what is theirs."""
    countries = load("countries", dict[str, Any]).values()
    names = (name for c in countries for name in (*c["names"], *c["adjectives"]))
    return frozenset(word.lower().rstrip("s") for name in names for word in re.findall(r"[\w'’-]+", name))


def _roles(beside: str) -> list[str]:
    """The posts that stand right before or after a name."""
    before, _, after = beside.partition(" | ")
    found = (find("spokesman_before", before.rpartition(". ")[2]), find("spokesman_after", after.partition(". ")[0]))
    return [m[1] for m in found if m]
