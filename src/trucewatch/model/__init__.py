"""Frozen values that flow through the house, and their JSON form.

Every value is a `msgspec.Struct`: immutable, strict about types, with unknown fields refused
where people write files by hand (truces) and ignored where newer versions may add some (readings).
"""

from trucewatch.model.document import Document, Furniture, Notice, Published, ReadError, Sourced
from trucewatch.model.finding import Basis, Finding, Test
from trucewatch.model.incident import Claim, Grouping, Incident, ReportAt, ReportRef
from trucewatch.model.json_form import dumps, from_json, loads_reading, to_json
from trucewatch.model.reading import (
    ENTITY_KINDS,
    EVENT_STATUSES,
    PLOVER_TYPES,
    STANCES,
    Attitude,
    Because,
    Entity,
    Event,
    EventTime,
    Figure,
    Harm,
    Harmed,
    Mention,
    Place,
    Reading,
    Reference,
    Relation,
    Source,
    Span,
    Statement,
)
from trucewatch.model.truce import (
    Act,
    Amendment,
    Area,
    Body,
    Party,
    Term,
    Truce,
)
from trucewatch.model.truce import (
    Reference as TruceReference,
)

__all__ = [
    "ENTITY_KINDS",
    "EVENT_STATUSES",
    "PLOVER_TYPES",
    "STANCES",
    "Act",
    "Amendment",
    "Area",
    "Attitude",
    "Basis",
    "Because",
    "Body",
    "Claim",
    "Document",
    "Entity",
    "Event",
    "EventTime",
    "Figure",
    "Finding",
    "Furniture",
    "Grouping",
    "Harm",
    "Harmed",
    "Incident",
    "Mention",
    "Notice",
    "Party",
    "Place",
    "Published",
    "ReadError",
    "Reading",
    "Reference",
    "Relation",
    "ReportAt",
    "ReportRef",
    "Source",
    "Sourced",
    "Span",
    "Statement",
    "Term",
    "Test",
    "Truce",
    "TruceReference",
    "dumps",
    "from_json",
    "loads_reading",
    "to_json",
]
