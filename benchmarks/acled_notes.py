"""Coder's notes in ACLED's format: type, fatalities and place of the one event each note describes.

A note is one event: the most violent act of the first sentence that tells of any, and the mapping
of PLOVER types and modes to ACLED's event and sub-event types below.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.confidence import Outcomes
from benchmarks.metrics import Errors, Miss, Scores, share_metric
from benchmarks.numbers import iso_date, states
from benchmarks.points import NEAR_KM, kilometres, place_scores, point_of
from benchmarks.reader import document, readings
from trucewatch.model import Event, Reading, Reference

SET = "acled_notes"
BATTLES, REMOTE, CIVILIANS = "Battles", "Explosions/Remote violence", "Violence against civilians"
PROTESTS, RIOTS, STRATEGIC = "Protests", "Riots", "Strategic developments"

# ASSAULT modes that say by themselves what ACLED calls the event.
_BY_MODE = {
    "aerial": (REMOTE, "Air/drone strike"),
    "drone": (REMOTE, "Air/drone strike"),
    "heavy-weapons": (REMOTE, "Shelling/artillery/missile attack"),
    "explosives": (REMOTE, "Remote explosive/landmine/IED"),
    "suicide-attack": (REMOTE, "Suicide bomb"),
    "unconventional": (REMOTE, "Chemical weapon"),
    "abduct": (CIVILIANS, "Abduction/forced disappearance"),
    "sexual": (CIVILIANS, "Sexual violence"),
    "destroy": (STRATEGIC, "Looting/property destruction"),
    "crowd-control": (PROTESTS, "Protest with intervention"),
}
# PLOVER types of ACLED's event types, where one can tell: strategic developments may be anything.
_COUNTERPARTS = {
    BATTLES: {"ASSAULT"}, REMOTE: {"ASSAULT"}, CIVILIANS: {"ASSAULT"}, PROTESTS: {"PROTEST"},
    RIOTS: {"PROTEST", "ASSAULT"},
}
_VIOLENCE = ("ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "SANCTION", "RETREAT")
_ARMED_KINDS = {"military", "armed_group"}
_ARMED_SECTORS = {"MIL", "REB", "UAF", "PRM", "SPY", "COP", "CRM"}
# An actor of these words is no crowd, whatever else the reader knows of it.
_ARMED_WORDS = re.compile(
    r"\b(armed|gunm[ae]n|police\w*|officers?|soldiers?|forces?|guards?|assailants?|hitm[ae]n|unidentified|unknown|gang|militia\w*)\b",
    re.IGNORECASE,
)
# Crowds: what they do with others who are armed is a riot; what they say, they say in protest.
_CROWD_WORDS = re.compile(
    r"\b(rioters?|protest[eo]rs?|demonstrators?|villagers?|supporters|students|cadres|residents|locals|mob|fans|settlers)\b",
    re.IGNORECASE,
)
# What is armed by its name, unless its holder is off duty or was so once.
_ARMED_TARGET = re.compile(
    r"\b(police station|policem[ae]n|soldiers?|troops?|barracks|militants?|rebels?|forces|checkpoint|outpost|military"
    r"|army)\b",
    re.IGNORECASE,
)
_UNARMED = re.compile(r"off-duty|former|retired|civilian|ex-", re.IGNORECASE)
_FOUGHT = re.compile(r"clash|fighting|shoot-?out|gun-?fight|gun-?battle|firefight|exchang|battle|repel|repuls|skirmish")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\[\d])")


@dataclass(frozen=True, slots=True)
class Note:
    number: str
    text: str
    date: str
    event_type: str
    sub_event_type: str
    fatalities: int
    at: tuple[float, float]


def run_events(
    path: Path, *, limit: int | None, errors: Errors, outcomes: Outcomes | None = None
) -> Scores:
    """Types, and fatalities where the note states their number."""
    types: list[bool] = []
    subtypes: list[bool] = []
    exact: list[bool] = []
    near: list[bool] = []
    for note, reading in _read(path, limit):
        event = main_event(reading)
        wanted = (note.event_type, note.sub_event_type)
        got = acled_type(reading, event) if event else ("", "")
        types.append(wanted[0] == got[0])
        if outcomes is not None and event is not None and note.event_type in _COUNTERPARTS:
            outcomes(event, event.type in _COUNTERPARTS[note.event_type])
        subtypes.append(wanted == got)
        if wanted != got:
            errors(Miss(SET, note.number, f"{wanted[1]} as {got[1]}", note.text, wanted, _shown(reading)))
        if states(note.text, note.fatalities):
            count = fatalities(reading)
            exact.append(count == note.fatalities)
            near.append(count is not None and abs(count - note.fatalities) <= 1)
            if count != note.fatalities:
                errors(Miss(SET, note.number, "fatalities", note.text, note.fatalities, count))
    return {
        "event_type_accuracy": share_metric(types),
        "sub_event_type_accuracy": share_metric(subtypes),
        "fatalities_exact": share_metric(exact),
        "fatalities_within_1": share_metric(near),
    }


def run_places(path: Path, *, limit: int | None, errors: Errors) -> Scores:
    """The place of each note's event: right within 30 km, wrong, or left unresolved."""
    right: list[bool] = []
    wrong: list[bool] = []
    for note, reading in _read(path, limit):
        event = main_event(reading)
        place = (event and event.place) or next((e.place for e in reading.events if e.place), None)
        point = point_of(place) if place else None
        right.append(point is not None and kilometres(point, note.at) <= NEAR_KM)
        wrong.append(point is not None and not right[-1])
        if not right[-1]:
            kind = "unresolved" if point is None else "wrong place"
            shown = place and [place.text, place.name, point, place.resolution]
            errors(Miss(SET, note.number, kind, note.text, note.at, shown))
    return place_scores(right, wrong)


def _read(path: Path, limit: int | None) -> Iterator[tuple[Note, Reading]]:
    notes = read_notes(path)[:limit]
    documents = [document(n.number, n.text, n.date) for n in notes]
    yield from zip(notes, readings(documents, SET), strict=True)


def read_notes(path: Path) -> list[Note]:
    """The notes of a CSV file; `event_date` may be days since 1970 or an ISO date."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Note(
                row["event_id_cnty"], row["notes"], iso_date(row["event_date"]), row["event_type"],
                row["sub_event_type"], int(float(row["fatalities"])),
                (float(row["latitude"]), float(row["longitude"])),
            )
            for row in csv.DictReader(stream)
        ]


def main_event(reading: Reading) -> Event | None:
    """The most violent event of the first sentence with any that is told as news and as done."""
    done = [
        e for e in reading.events
        if e.polarity == "affirmed" and e.status in ("occurred", "ongoing") and not e.background
    ] or list(reading.events)
    text = reading.document.text
    ends = [m.start() for m in _SENTENCE_END.finditer(text)] + [len(text)]
    for end in ends:
        inside = [e for e in done if e.trigger.start < end]
        if inside:
            return min(inside, key=lambda e: (_violence(e), e.trigger.start))
    return None


def _violence(event: Event) -> tuple[int, bool]:
    order = _VIOLENCE.index(event.type) if event.type in _VIOLENCE else len(_VIOLENCE)
    return order, event.mode is None


def acled_type(reading: Reading, event: Event) -> tuple[str, str]:
    """ACLED's event and sub-event type of a reading's event."""
    kind, mode = event.type, event.mode
    if kind == "ASSAULT":
        return _assault(reading, event)
    if kind == "PROTEST":
        if any(e.type == "PROTEST" and e.mode in ("riot", "vandalize") and _beside(reading, event, e)
               for e in reading.events):
            return RIOTS, "Violent demonstration"
        return PROTESTS, _protest(reading)
    if kind in ("REQUEST", "ACCUSE", "REJECT") and _crowd(reading, event.actors):
        return PROTESTS, _protest(reading)
    if kind == "COERCE" and mode == "arrest":
        return STRATEGIC, "Arrests"
    if kind == "COERCE" and mode == "seize":
        return STRATEGIC, "Looting/property destruction"
    if kind in ("AGREE", "SUPPORT"):
        return STRATEGIC, "Agreement"
    if kind == "RETREAT" and mode == "disarm":
        return STRATEGIC, "Disrupted weapons use"
    if kind == "RETREAT" and mode == "withdraw":
        return STRATEGIC, "Non-violent transfer of territory"
    if kind == "MOBILIZE":
        return STRATEGIC, "Change to group/activity"
    return STRATEGIC, "Other"


def _assault(reading: Reading, event: Event) -> tuple[str, str]:
    trigger = reading.document.text[event.trigger.start : event.trigger.end].lower()
    if event.mode == "explosives" and "grenade" in reading.document.text.lower():
        return REMOTE, "Grenade"
    if event.mode in _BY_MODE:
        return _BY_MODE[event.mode]
    if _civilian(reading, event.actors) and not _armed(reading, event.actors):
        return RIOTS, "Mob violence"
    fought = _FOUGHT.search(trigger) is not None
    if fought and _crowd(reading, (*event.actors, *event.recipients)):
        return RIOTS, "Mob violence"
    if _armed(reading, event.recipients) or _armed_by_name(reading, event.recipients):
        return BATTLES, "Armed clash"
    if len(event.actors) > 1 or fought or _answered(reading, event):
        return BATTLES, "Armed clash"
    roles = {who.role for who in event.harm.who} if event.harm else set()
    if "combatant" in roles:
        return BATTLES, "Armed clash"
    return CIVILIANS, "Attack"


def _protest(reading: Reading) -> str:
    others = [e for e in reading.events if e.polarity == "affirmed" and e.status == "occurred"]
    if any(e.type == "ASSAULT" and e.mode in ("firearms", "beat") for e in others):
        return "Excessive force against protesters"
    if any(
        (e.type == "COERCE" and e.mode in ("arrest", "restrict") and _policed(reading, e)) or e.mode == "crowd-control"
        for e in others
    ):
        return "Protest with intervention"
    return "Peaceful protest"


def _policed(reading: Reading, event: Event) -> bool:
    """Whether those who hold somebody up or in are named and are no crowd."""
    return bool(event.actors) and not _crowd(reading, event.actors)


def _armed(reading: Reading, references: tuple[Reference, ...]) -> bool:
    entities = {e.id: e for e in reading.entities}
    return any(
        e.kind in _ARMED_KINDS or e.sector in _ARMED_SECTORS
        for r in references
        if r.entity and (e := entities.get(r.entity))
    )


def _beside(reading: Reading, first: Event, second: Event) -> bool:
    """Whether two events are told in one sentence."""
    low, high = sorted((first.trigger.start, second.trigger.start))
    return _SENTENCE_END.search(reading.document.text, low, high) is None


def _answered(reading: Reading, event: Event) -> bool:
    """Whether the sentence tells of a fight or a repulse besides the attack."""
    text = reading.document.text
    beside = (e for e in reading.events if e.type == "ASSAULT" and _beside(reading, event, e))
    return any(_FOUGHT.search(text[b.start : b.end].lower()) for e in beside for b in e.because)


def _armed_by_name(reading: Reading, references: tuple[Reference, ...]) -> bool:
    texts = [reading.document.text[r.start : r.end] for r in references]
    return any(_ARMED_TARGET.search(t) and not _UNARMED.search(t) for t in texts)


def _crowd(reading: Reading, references: tuple[Reference, ...]) -> bool:
    return any(_CROWD_WORDS.search(reading.document.text[r.start : r.end]) for r in references)


def _civilian(reading: Reading, references: tuple[Reference, ...]) -> bool:
    entities = {e.id: e for e in reading.entities}
    if any(_ARMED_WORDS.search(reading.document.text[r.start : r.end]) for r in references):
        return False
    return any(
        e.kind == "population" or e.sector == "CVL"
        for r in references
        if r.entity and (e := entities.get(r.entity))
    )


def fatalities(reading: Reading) -> int | None:
    """The note's toll: within a sentence figures add up, a later sentence tells the same toll again.

    A range counts by its lower bound, as ACLED's coders do.
    """
    text = reading.document.text
    cuts = [m.start() for m in _SENTENCE_END.finditer(text)]
    sums: dict[int, int] = {}
    for event in reading.events:
        killed = event.harm.killed if event.harm and event.polarity == "affirmed" else None
        if killed is None or (killed.min is None and killed.max is None):
            continue
        sentence = sum(cut <= event.trigger.start for cut in cuts)
        number = killed.min if killed.min is not None else killed.max
        sums[sentence] = sums.get(sentence, 0) + (number or 0)
    return max(sums.values(), default=None)


def _shown(reading: Reading) -> list[object]:
    text = reading.document.text
    return [[e.type, e.mode, text[e.trigger.start : e.trigger.end], e.status] for e in reading.events]
