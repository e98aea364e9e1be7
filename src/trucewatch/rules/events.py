"""Trigger rules: what words tell of an act, and who its grammatical parts are."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from trucewatch.errors import RuleError
from trucewatch.rules.loader import load

Part = Literal["actor", "recipient", "theme", "none", "addressee"]


class EventRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One family of triggers. The head of `data/events.yaml` says how triggers and conditions are written."""

    id: str
    type: str
    examples: tuple[str, ...]
    nots: tuple[str, ...]
    mode: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    subject: Part = "actor"
    object: Part = "recipient"
    subjects: tuple[str, ...] = ()
    not_subjects: tuple[str, ...] = ()
    not_bearing: tuple[str, ...] = ()        # words in what describes the subject
    objects: tuple[str, ...] = ()
    not_objects: tuple[str, ...] = ()
    object_role: dict[str, Part] = {}
    preps: dict[str, Part] = {}
    both: bool = False
    dative: Part = "none"
    person_object: Part = "none"
    passive_recipient: bool = False
    harm: Literal["killed", "injured", "arrested", "displaced"] | None = None
    needs_object: tuple[str, ...] = ()
    transitive: bool = False
    intransitive: tuple[str, ...] = ()
    needs_subject: bool = False
    needs_war: tuple[str, ...] = ()
    needs_clause: tuple[str, ...] = ()
    needs_of: tuple[str, ...] = ()
    needs_prep: dict[str, str | tuple[str, ...]] = {}
    needs_speaker: bool = False
    bare_object: tuple[str, ...] = ()
    needs_agent: bool = False
    needs_negative: bool = False
    needs_hostile: bool = False
    needs_cooperative: bool = False
    needs_aim: tuple[str, ...] = ()
    needs_act: dict[str, str] = {}
    reaches: bool = False
    needs_beside: dict[str, str] = {}
    not_beside: dict[str, str] = {}
    infinitive_only: bool = False
    finite_only: bool = False
    in_words: tuple[str, ...] = ()
    not_in_words: tuple[str, ...] = ()
    obliges: bool = False
    not_nouns: tuple[str, ...] = ()
    not_prep: tuple[str, ...] = ()
    not_particle: dict[str, tuple[str, ...]] = {}
    needs_modifier: dict[str, str] = {}
    passive_only: bool = False
    status: Literal["planned"] | None = None


class EventRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sets: dict[str, tuple[str, ...]]
    events: tuple[EventRule, ...]


class VerbPattern(msgspec.Struct, frozen=True):
    """`verb`, the particles or prepositions behind it, the noun it governs, the adjective that completes it."""

    rule: EventRule
    text: str
    verb: str
    words: tuple[str, ...] = ()
    noun: str | None = None
    adjective: str | None = None

    @property
    def weight(self) -> int:
        return len(self.words) + 2 * (self.noun is not None) + 2 * (self.adjective is not None)


@cache
def rules() -> EventRules:
    return load("events", EventRules)


@cache
def words(name: str) -> frozenset[str]:
    """A named set of words of the file, without its @."""
    try:
        return frozenset(rules().sets[name])
    except KeyError as problem:
        raise RuleError(
            "rule_set", f"no set {name!r}", place="rules/data/events.yaml", mend=f"known: {sorted(rules().sets)}"
        ) from problem


@cache
def verb_patterns() -> dict[str, tuple[VerbPattern, ...]]:
    """Patterns by verb lemma, the most particular first; among equals, in the file's order."""
    found: dict[str, list[VerbPattern]] = {}
    for rule in rules().events:
        for text in rule.verbs:
            parts = text.split()
            nouns = [p[1:] for p in parts if p.startswith("~")]
            adjectives = [p[1:] for p in parts if p.startswith("=")]
            middle = tuple(p for p in parts[1:] if p[0] not in "~=")
            pattern = VerbPattern(
                rule, text, parts[0], middle, nouns[0] if nouns else None, adjectives[0] if adjectives else None
            )
            found.setdefault(parts[0], []).append(pattern)
    return {verb: tuple(sorted(each, key=lambda p: -p.weight)) for verb, each in found.items()}


@cache
def noun_patterns() -> dict[str, tuple[tuple[str, EventRule], ...]]:
    """Rules by the noun's text as written in the file ("air raid", "build-up")."""
    found: dict[str, list[tuple[str, EventRule]]] = {}
    for rule in rules().events:
        for text in rule.nouns:
            found.setdefault(text, []).append((text, rule))
    return {text: tuple(each) for text, each in found.items()}
