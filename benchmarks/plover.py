"""What PLOVER corpora share: names of types, quads, and a reading's events as PLOVER would code them."""

from __future__ import annotations

from benchmarks.metrics import Offsets, overlap
from trucewatch.model import Event, Reading, Reference

# PLOVER 2.0's quads: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
QUADS = {
    "AGREE": "1", "CONSULT": "1", "SUPPORT": "1",
    "COOPERATE": "2", "AID": "2", "YIELD": "2",
    "REQUEST": "3", "ACCUSE": "3", "REJECT": "3", "THREATEN": "3",
    "PROTEST": "4", "SANCTION": "4", "MOBILIZE": "4", "COERCE": "4", "ASSAULT": "4",
}
# Names of PLOVER before 2.0.
OLD_NAMES = {
    "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT",
}
# PLOVER codes the promise of these as AGREE and the announcement of those as THREATEN; a reading keeps the type,
# with status `planned`.
_PROMISED = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT"}
_ANNOUNCED = {"SANCTION", "COERCE", "PROTEST", "REJECT"}
_ARGUMENT_ONLY = {"threatened", "ordered", "possible"}


def type_of(event: Event) -> str:
    """The event's type as PLOVER has it: what somebody will do is promised, what they will not do is refused."""
    if event.status == "planned" and event.polarity == "negated":
        return "REJECT"
    if event.status == "planned" and event.mode != "resign":
        return "AGREE" if event.type in _PROMISED else "THREATEN" if event.type in _ANNOUNCED else event.type
    return event.type


def root_of(event: Event) -> str:
    """The type in PLV's fifteen roots, where CONCEDE and RETREAT are one: YIELD."""
    name = type_of(event)
    return "YIELD" if name in ("CONCEDE", "RETREAT") else name


def coded(reading: Reading) -> list[Event]:
    """The events PLOVER codes: what is done or said, or refused ("will not lift the ban"), not the
    negated, threatened, ordered or possible act inside it. Where there is nothing else, those. A promise and the
    act promised ("agreed to send food") are one."""
    plain = [
        e for e in reading.events
        if (e.polarity == "affirmed" and e.status not in _ARGUMENT_ONLY) or type_of(e) == "REJECT"
    ]
    kept = plain or list(reading.events)
    first = {type_of(e): e for e in reversed(kept) if type_of(e) in ("AGREE", "THREATEN")}
    return [e for e in kept if e.status != "planned" or first.get(type_of(e), e) is e]


def touches(references: tuple[Reference, ...], spans: list[Offsets]) -> bool:
    """Whether any of the mentions shares a character with any of the spans."""
    return any(overlap((r.start, r.end), s) for r in references for s in spans)
