"""What a term speaks of: PLOVER types with or without a mode, and tags, held against an event."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from trucewatch.model import Act
from trucewatch.rules.loader import load


class TagAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A PLOVER type; a mode, `none` for events without one, or nothing for any."""

    type: str
    mode: str | None = None


class TagRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    acts: tuple[TagAct, ...]
    trigger: str = ""
    near: str = ""
    unless: str = ""


class TagExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    type: str
    mode: str | None = None


class Tag(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tag: str
    text: str
    rules: tuple[TagRule, ...]
    examples: tuple[TagExample, ...]
    nots: tuple[TagExample, ...]


@cache
def tags() -> dict[str, Tag]:
    """The act patterns that the package defines, by name."""
    return {tag.tag: tag for tag in load("act_tags", tuple[Tag, ...])}


@cache
def tag_names() -> tuple[str, ...]:
    return tuple(sorted(tags()))


def speaks_of(act: Act, type_: str, mode: str | None, trigger: str, sentence: str) -> str | None:
    """The id of what makes `act` fit an event of this type and mode with these words; None if it does not.

    An act with a mode also fits an event whose mode is unknown only through a tag, never by itself.
    """
    if act.tag is None:
        fits = act.type == type_ and act.mode in (None, mode)
        return f"act.{type_}{'.' + mode if mode and act.mode else ''}" if fits else None
    return next(
        (rule.id for rule in tags()[act.tag].rules if _holds(rule, type_, mode, trigger, sentence)), None
    )


def closeness(act: Act, rule: str) -> int:
    """How closely an act fits where `speaks_of` named `rule`: by type, by mode, by tag, by a tag's words."""
    if act.tag is None:
        return 1 if act.mode else 0
    found = next(r for r in tags()[act.tag].rules if r.id == rule)
    return 3 if found.near or found.trigger else 2


def _holds(rule: TagRule, type_: str, mode: str | None, trigger: str, sentence: str) -> bool:
    listed = any(a.type == type_ and (a.mode is None or a.mode == (mode or "none")) for a in rule.acts)
    return (
        listed
        and (not rule.trigger or re.search(rule.trigger, trigger.lower()) is not None)
        and (not rule.near or re.search(rule.near, sentence.lower()) is not None)
        and not (rule.unless and re.search(rule.unless, sentence.lower()))
    )
