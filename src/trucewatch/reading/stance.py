"""Stances that only the events inside a statement give away: charges, denials and threats in plain words."""

from __future__ import annotations

import msgspec

from trucewatch.language import Parsed
from trucewatch.model import Entity, Event, Statement
from trucewatch.model.reading import Stance
from trucewatch.reading.shared import Mentions
from trucewatch.rules.events import words

_PARTISAN = {"government", "military", "armed_group", "political_group"}
_HOSTILE = {"ASSAULT", "COERCE", "SANCTION"}
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
    parsed: Parsed, statement: Statement, events: tuple[Event, ...], entities: dict[str, Entity], before: list[Statement]
) -> Stance:
    told = [e for e in events if e.stated_by[:1] == (statement.id,)]
    cue = statement.because[0].id
    text = " ".join(parsed.document.text[c.start : c.end] for c in statement.content).lower()
    if cue in ("cue.promise", "cue.warn") and (
        any(e.status == "threatened" for e in told) or set(text.replace('"', " ").split()) & words("hostile")
    ):
        return "threatens"
    if statement.stance not in ("asserts",) or cue not in ("cue.say", "cue.according-to", "cue.tell-of"):
        return statement.stance
    if _answers_charge(text, told, statement, before):
        return "denies"
    if _charges_another(statement, told, entities):
        return "alleges"
    return statement.stance


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


def _charges_another(statement: Statement, told: list[Event], entities: dict[str, Entity]) -> bool:
    """A side of the conflict, or its media, lays a hostile act at somebody else's door."""
    if statement.source is None or statement.source.entity is None:
        return False
    source = entities.get(statement.source.entity)
    if source is None or not _takes_sides(source):
        return False
    for event in told:
        if event.type not in _HOSTILE and event.type != "REQUEST" or event.polarity == "negated":
            continue
        if any(r.entity is not None and r.entity != source.id and not _same_side(source, entities.get(r.entity)) for r in event.actors):
            return True
    return False


def _takes_sides(entity: Entity) -> bool:
    if entity.kind in _PARTISAN:
        return True
    if entity.sector in ("GOV", "MIL", "REB", "UAF", "SPY", "COP"):
        return True
    return entity.kind == "media" and entity.actor is not None and any(s in entity.actor for s in ("GOV", "REB", "MIL"))


def _same_side(source: Entity, other: Entity | None) -> bool:
    """The same country's army and government are one side; so is whoever bears the same actor code."""
    if other is None:
        return False
    if source.actor is not None and source.actor == other.actor:
        return True
    state = {"government", "military"}
    return source.kind in state and other.kind in state and source.country == other.country
