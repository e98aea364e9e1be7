"""Stances that only the events inside a statement give away: charges, denials and threats in plain words."""

from __future__ import annotations

import re

import msgspec

from trucewatch.language import Parsed
from trucewatch.model import Entity, Event, Statement
from trucewatch.model.reading import Stance
from trucewatch.reading.shared import Mentions
from trucewatch.rules.events import words

_PARTISAN = {"government", "military", "armed_group", "political_group"}
_HOSTILE = {"ASSAULT", "COERCE", "SANCTION"}
_MOUTHPIECE = re.compile(
    r"(?<![\w-])(?:state(?:-\w+)?|official|pro-[\w-]+|[\w-]+-run|[\w-]+-controlled)\b", re.IGNORECASE
)
_NEGATIONS = {"no", "not", "never", "none", "nobody", "neither"}
_OWN = {"our", "we", "us", "my", "its", "their", "his", "such", "i"}


def settle_stances(
    parsed: Parsed, statements: tuple[Statement, ...], events: tuple[Event, ...], mentions: Mentions
) -> tuple[Statement, ...]:
    """The statements with the stance that their events and their neighbours tell."""
    entities = {e.id: e for e in mentions.entities}
    out: list[Statement] = []
    for statement in statements:
        stance = _settled(parsed, statement, events, entities, out)
        out.append(msgspec.structs.replace(statement, stance=stance) if stance != statement.stance else statement)
    return tuple(out)


def _settled(
    parsed: Parsed,
    statement: Statement,
    events: tuple[Event, ...],
    entities: dict[str, Entity],
    before: list[Statement],
) -> Stance:
    told = [e for e in events if e.stated_by[:1] == (statement.id,)]
    cue = statement.because[0].id
    text = " ".join(parsed.document.text[c.start : c.end] for c in statement.content).lower()
    source = entities.get(statement.source.entity) if statement.source and statement.source.entity else None
    if cue == "cue.promise" and (
        any(e.status == "threatened" for e in told) or set(re.findall(r"\w+", text)) & words("hostile")
    ):
        return "threatens"
    if cue == "cue.warn" and source is not None and _sides(source, parsed) and _threatens(source, told, entities):
        return "threatens"
    if statement.stance != "asserts" or cue not in ("cue.say", "cue.according-to", "cue.tell-of"):
        return statement.stance
    if _answers_charge(text, told, statement, before):
        return "denies"
    if source is not None and _sides(source, parsed) and _charges_another(source, told, entities):
        return "alleges"
    if _part_of_charge(statement, before):
        return "alleges"
    return statement.stance


def _threatens(source: Entity, told: list[Event], entities: dict[str, Entity]) -> bool:
    """"warned that its troops would crush anyone", "warned that looters would be shot": an attack to come by one's
    own side, or by nobody that is named."""
    return any(
        e.status in ("threatened", "planned", "possible") and e.polarity == "affirmed" and e.type in _HOSTILE
        and (not e.actors or any(a.entity is not None and _same_side(source, entities.get(a.entity)) for a in e.actors))
        for e in told
    )


def _part_of_charge(statement: Statement, before: list[Statement]) -> bool:
    """"It blamed militants who, it said, had …": words inside one's own charge."""
    return statement.source is not None and any(
        b.stance == "alleges" and b.source is not None and b.source.entity == statement.source.entity
        and any(o.start <= c.start and c.end <= o.end for o in b.content for c in statement.content)
        for b in before[-2:]
    )


def _answers_charge(text: str, told: list[Event], statement: Statement, before: list[Statement]) -> bool:
    """"Not one of our planes flew": a negation of one's own act, or behind a denial by the same side."""
    opening = text.split()[:4]
    negative = bool({"no", "not", "none", "never", "nobody"} & set(opening)) or (
        any(e.polarity == "negated" for e in told) and bool(_NEGATIONS & set(text.replace("n't", " not").split()))
    )
    if "no such" in text:
        return True
    if not negative:
        return False
    if before and before[-1].stance == "denies" and before[-1].content[0].start > statement.content[0].start - 400:
        return True
    return bool(_OWN & set(text.split()[:6])) and any(e.type == "ASSAULT" for e in told)


def _charges_another(source: Entity, told: list[Event], entities: dict[str, Entity]) -> bool:
    """A hostile act laid at somebody else's door, and no act of one's own beside it."""
    if any(a.entity == source.id for e in told for a in e.actors):
        return False
    return any(
        not _same_side(source, entities.get(actor.entity))
        for event in told if _is_wrong(event, entities) for actor in event.actors if actor.entity is not None
    )


def _is_wrong(event: Event, entities: dict[str, Entity]) -> bool:
    """Violence that happened, and more than the taking of ground or a clash."""
    if event.polarity == "negated" or event.type not in (*_HOSTILE, "REQUEST"):
        return False
    victims = [entities[r.entity] for r in event.recipients if r.entity in entities]
    return event.type != "ASSAULT" or event.mode is not None or any(v.kind != "place" for v in victims)


def _sides(entity: Entity, parsed: Parsed) -> bool:
    """A side of the conflict or its mouthpiece. Police and local officials are taken as witnesses."""
    if entity.sector == "COP":
        return False
    if entity.kind == "media":
        return any(_MOUTHPIECE.search(parsed.document.text[m.start : m.end]) for m in entity.mentions)
    if entity.kind in _PARTISAN:
        return True
    if entity.sector == "GOV":
        return entity.actor is not None
    return entity.sector in ("MIL", "REB", "UAF", "SPY")


def _same_side(source: Entity, other: Entity | None) -> bool:
    """The same country's army and government are one side; so is whoever bears the same actor code."""
    if other is None:
        return False
    if source.actor is not None and source.actor == other.actor:
        return True
    if other.name is None and other.actor is None and other.kind == "military" and source.sector == "MIL":
        return True
    state = {"government", "military"}
    return source.kind in state and other.kind in state and source.country == other.country
