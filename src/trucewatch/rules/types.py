"""The types of rules that the readers share."""

from __future__ import annotations

from typing import Literal

import msgspec

from trucewatch.model.reading import Stance

Frame = Literal["clause", "object", "infinitive", "person_infinitive", "of", "for", "as", "gerund", "at", "about"]


class CueRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs that bring in what somebody says, and what may stand as the content.

    clause: "said that …", quotations · object: "denied any role" · infinitive: "vowed to …" ·
    person_infinitive: "urged X to …" · of: "accused X of …" · for: "blamed X for …" ·
    as: "described X as …", "called X …" · gerund: "denied hitting" · at: "put the toll at 14" ·
    about: a preposition named in `preps` brings in the content ("warned of", "complained about").
    """

    id: str
    stance: Stance
    lemmas: tuple[str, ...]
    frames: tuple[Frame, ...]
    examples: tuple[str, ...]
    nots: tuple[str, ...]
    objects: tuple[str, ...] = ()      # when given, the object frame holds only for these head nouns
    preps: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()     # when given, the rule holds only for these head nouns as sources
    things: bool = False               # when true, the object may be no person and no body that could speak


class WordRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A closed set of words that plays one part in the grammar of statements."""

    id: str
    words: tuple[str, ...]
    examples: tuple[str, ...] = ()
    nots: tuple[str, ...] = ()


class CueRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cues: tuple[CueRule, ...]
    words: tuple[WordRule, ...]
