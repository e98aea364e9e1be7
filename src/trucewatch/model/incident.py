"""An incident: one happening, put together from the event reports of one or more documents."""

from __future__ import annotations

from typing import Literal

import msgspec

from trucewatch.model.reading import EventTime, Figure, Place


class ReportRef(msgspec.Struct, frozen=True, order=True):
    """An event of a document, by ids. `independent` is false where the passage copies another page."""

    document: str
    event: str
    independent: bool = True


class ReportAt(msgspec.Struct, frozen=True, order=True):
    """An event of a document by where its trigger stands, `[start, end)`: it is found again when the page is read
    anew, whatever ids that gives. `sha256` is that of the page's text; another text has no such characters."""

    document: str
    sha256: str
    start: int
    end: int
    type: str


class Grouping(msgspec.Struct, frozen=True):
    """What a person decided on the joining of reports: those of one set are of one happening, those of two sets
    are not. One set merges, several split. Of two groupings that name the same reports the greater number holds."""

    number: int
    happenings: tuple[tuple[ReportAt, ...], ...]


class Claim(msgspec.Struct, frozen=True):
    """What one source says of the incident."""

    document: str
    event: str | None
    statement: str | None
    source: str
    actor: str | None
    stance: str
    killed: Figure | None = None
    injured: Figure | None = None


class Incident(msgspec.Struct, frozen=True):
    """`rivals` are the ids of other accounts of the same harm, with another weapon or another author;
    `decisions` the numbers of the groupings that its reports were joined or kept apart by."""

    id: str
    reports: tuple[ReportRef, ...]
    type: str
    mode: str | None
    time: EventTime
    place: Place | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    killed: Figure | None
    injured: Figure | None
    claims: tuple[Claim, ...]
    denials: tuple[Claim, ...]
    grade: Literal["confirmed", "fair", "weak", "contested", "discounted"]
    joined_because: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    decisions: tuple[int, ...] = ()
