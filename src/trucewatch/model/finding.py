"""A finding: an incident held against a truce, with every test and its outcome."""

from __future__ import annotations

from typing import Literal

import msgspec

from trucewatch.model.reading import Because
from trucewatch.model.truce import Truce

SCHEMA = "trucewatch.finding/1"

Verdict = Literal[
    "breach_alleged", "breach_corroborated", "breach_contested", "defence_claimed", "not_covered",
    "not_prohibited", "compliance", "intent_only", "undetermined",
]
Grade = Literal["confirmed", "fair", "weak", "contested", "discounted"]


class Test(msgspec.Struct, frozen=True):
    """One test of the ladder; `because` names the event reports and characters it rests on."""

    name: str
    outcome: Literal["yes", "no", "unknown"]
    because: tuple[Because, ...] = ()
    note: str = ""


class Finding(msgspec.Struct, frozen=True):
    document: str
    event: str
    incident: str
    truce: str
    term: str | None
    verdict: Verdict
    missing: tuple[str, ...] = ()
    grade: Grade = "weak"
    tests: tuple[Test, ...] = ()
    reason: str = ""
    parties: tuple[str, ...] = ()  # ids of the parties that are said to act
    schema: str = SCHEMA


class Basis(msgspec.Struct, frozen=True):
    """What kept findings rest on: the truce as it was, the pages as they were read (digests by id), and the versions
    of what judged them."""

    truce: Truce
    pages: dict[str, str]
    versions: dict[str, str]
