"""A truce as data: who is bound, to what, where and from when. Unknown keys are refused."""

from __future__ import annotations

from typing import Literal

import msgspec


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    url: str | None = None


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where it holds: any one of these; empty means everywhere."""

    countries: tuple[str, ...] = ()
    admin1: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    geojson: str | None = None


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A force, a group or an office, under any of its names."""

    name: str
    also: tuple[str, ...] = ()
    country: str | None = None


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: str
    joined: str | None = None
    members: tuple[Body, ...] = ()
    supporters: tuple[Body, ...] = ()
    effective: str | None = None
    area: Area | None = None


class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a term speaks of: a PLOVER type with or without a mode, or a named act pattern."""

    type: str | None = None
    mode: str | None = None
    tag: str | None = None


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    text: str
    kind: Literal["prohibits", "requires"]
    acts: tuple[Act, ...]
    by: Literal["any_party"] | tuple[str, ...] = "any_party"
    against: Literal["protected", "anyone"] | tuple[str, ...] = "protected"
    defences: tuple[str, ...] = ()
    breached_by: tuple[Act, ...] = ()


class Amendment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What changed, and from when: a term of a known `id` takes the place of that one, a new `id` adds one,
    `lapsed` ids hold no more; `ends` and `area` replace what stood before."""

    date: str
    text: str
    ends: str | None = None
    area: Area | None = None
    terms: tuple[Term, ...] = ()
    lapsed: tuple[str, ...] = ()


class Truce(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal["trucewatch.truce/1"]
    id: str
    title: str
    effective: str
    parties: tuple[Party, ...]
    terms: tuple[Term, ...]
    signed: str | None = None
    ends: str | None = None
    brokers: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    area: Area = Area()
    excluded: tuple[Body, ...] = ()
    protected: tuple[str, ...] = ("parties", "civilians")
    amendments: tuple[Amendment, ...] = ()
