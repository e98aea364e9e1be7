"""A reading: what one document says, every value with the characters it came from."""

from __future__ import annotations

from typing import Literal

import msgspec

from trucewatch.model.document import Document, Notice, ReadError

SCHEMA = "trucewatch.reading/1"

PLOVER_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)
ENTITY_KINDS = (
    "person", "government", "military", "armed_group", "political_group", "organization",
    "media", "population", "place", "other",
)
STANCES = (
    "asserts", "alleges", "confirms", "denies", "promises", "threatens", "demands", "asks",
    "believes", "unsure",
)
EVENT_STATUSES = ("occurred", "ongoing", "planned", "ordered", "threatened", "possible")

EntityKind = Literal[
    "person", "government", "military", "armed_group", "political_group", "organization",
    "media", "population", "place", "other",
]
Stance = Literal[
    "asserts", "alleges", "confirms", "denies", "promises", "threatens", "demands", "asks",
    "believes", "unsure",
]
Status = Literal["occurred", "ongoing", "planned", "ordered", "threatened", "possible"]
Role = Literal[
    "civilian", "combatant", "official", "journalist", "aid_worker", "child", "woman", "unknown",
]


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch `[start, end)` of the document's text."""

    start: int
    end: int


class Because(msgspec.Struct, frozen=True):
    """The rule or model that produced a value, and the span it fired on."""

    id: str
    start: int
    end: int


class Mention(msgspec.Struct, frozen=True):
    start: int
    end: int
    form: Literal["name", "nominal", "pronoun"]


class Entity(msgspec.Struct, frozen=True):
    """Somebody or something named on the page, with all its mentions."""

    id: str
    name: str | None = None
    kind: EntityKind = "other"
    country: str | None = None
    sector: str | None = None
    actor: str | None = None
    mentions: tuple[Mention, ...] = ()
    resolution: Literal["resolved", "ambiguous", "unresolved"] = "unresolved"
    because: tuple[Because, ...] = ()


class Source(msgspec.Struct, frozen=True):
    """Who says it: the mention, its entity, and the others of a compound source.

    `pronoun` is the word that stands for the mention in the cue's own clause, where that is a relative one: "who".
    """

    entity: str | None
    start: int
    end: int
    also: tuple[str, ...] = ()
    pronoun: Span | None = None


class Statement(msgspec.Struct, frozen=True):
    id: str
    kind: Literal["direct", "indirect", "mixed"]
    source: Source | None
    cue: Span | None
    content: tuple[Span, ...]
    stance: Stance
    via: tuple[str, ...] = ()
    within: str | None = None
    because: tuple[Because, ...] = ()


class Attitude(msgspec.Struct, frozen=True):
    """A stand that somebody is said to take without words of theirs being told: who backs, wants, doubts, regards what.

    No event rests on it. `confidence`: how likely it is right by the fitted curve, 0 to 1.
    """

    id: str
    source: Source | None
    cue: Span
    content: tuple[Span, ...]
    confidence: float
    because: tuple[Because, ...] = ()


class Reference(msgspec.Struct, frozen=True):
    """A mention that plays a part in an event."""

    entity: str | None
    start: int
    end: int


class EventTime(msgspec.Struct, frozen=True):
    """When: ISO dates `from`..`to` (inclusive days, either may be unknown) and how they are known."""

    start: int | None = None
    end: int | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    precision: Literal["hour", "day", "week", "month", "season", "year", "unknown"] = "unknown"
    basis: Literal["explicit", "relative", "event_anchored", "document", "none"] = "none"


class Relation(msgspec.Struct, frozen=True):
    """"15 km south of X": a bearing (compass letters) and a distance in kilometres."""

    bearing: str | None = None
    km: float | None = None


class Place(msgspec.Struct, frozen=True):
    """Where: the words, the place they name, WGS-84 degrees, and how surely.

    `also`: the places named side by side with it, in the order of the text: "in Idlib, Homs and Hama".
    """

    start: int
    end: int
    text: str
    name: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    relation: Relation | None = None
    precision: Literal["point", "town", "near", "district", "province", "country", "unknown"] = "unknown"
    resolution: Literal["resolved", "ambiguous", "unresolved"] = "unresolved"
    candidates: tuple[str, ...] = ()
    also: tuple[Place, ...] = ()


class Figure(msgspec.Struct, frozen=True):
    """A count as a closed range; a bound that the page leaves open is null."""

    min: int | None
    max: int | None


class Harmed(msgspec.Struct, frozen=True):
    entity: str | None
    start: int
    end: int
    role: Role = "unknown"


class Harm(msgspec.Struct, frozen=True):
    killed: Figure | None = None
    injured: Figure | None = None
    arrested: Figure | None = None
    displaced: Figure | None = None
    who: tuple[Harmed, ...] = ()


class Event(msgspec.Struct, frozen=True):
    """One report of one happening."""

    id: str
    type: str
    trigger: Span
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Reference, ...] = ()
    recipients: tuple[Reference, ...] = ()
    ordered_by: tuple[Reference, ...] = ()
    status: Status = "occurred"
    polarity: Literal["affirmed", "negated"] = "affirmed"
    background: bool = False
    stated_by: tuple[str, ...] = ()
    time: EventTime = EventTime()
    place: Place | None = None
    harm: Harm | None = None
    confidence: float = 0.5
    because: tuple[Because, ...] = ()


class Reading(msgspec.Struct, frozen=True):
    """All that one document says. `error` stands only where the document could not be read."""

    document: Document
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    notices: tuple[Notice, ...] = ()
    versions: dict[str, str] = {}
    attitudes: tuple[Attitude, ...] = ()
    schema: str = SCHEMA
    error: ReadError | msgspec.UnsetType = msgspec.UNSET
