"""Which act a denial denies: the one told last before it that the denier could have been charged with."""

from __future__ import annotations

from collections.abc import Callable

from trucewatch.incidents.page import Page
from trucewatch.model import Event, Statement

# Acts that somebody could deny, own up to, or be blamed for.
HOSTILE = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "REJECT"))
NEAR = 2  # paragraphs within which a denial or a rival account belongs to the act told before it

CouldDeny = Callable[[Page, Statement, Event], bool]


def anyone(page: Page, statement: Statement, event: Event) -> bool:  # noqa: ARG001 - the shape of CouldDeny
    """Anyone could deny anything: what holds when nothing is known of sides."""
    return True


def denials_on(page: Page, could_deny: CouldDeny = anyone) -> dict[str, list[Statement]]:
    """Event id → the statements of the page that deny it."""
    found: dict[str, list[Statement]] = {}
    for statement in page.reading.statements:
        if statement.stance == "denies" and statement.content:
            for event in _denied_events(page, statement, could_deny):
                found.setdefault(event.id, []).append(statement)
    return found


def _denied_events(page: Page, denial: Statement, could_deny: CouldDeny) -> list[Event]:
    """The act told last before the denial; behind a bare charge also the act that the charge is about."""
    start = min(s.start for s in (*denial.content, *([denial.cue] if denial.cue else [])))
    paragraph = page.paragraph(start)
    found: list[Event] = []
    for event in reversed(page.events):
        if event.trigger.start >= start or event.type == "ACCUSE" or _told_by_denier(page, event, denial):
            continue
        if paragraph - page.paragraph(event.trigger.start) > NEAR:
            break
        told_as_fact = event.polarity == "affirmed" and event.status in ("occurred", "ongoing")
        if event.type not in HOSTILE or not told_as_fact:
            if _side_by_side(page, event, start):
                break  # it is this, no hostile act, that is denied
        elif could_deny(page, denial, event):
            found.append(event)
            if not _bare_charge(page, event):
                break
    return found


def _bare_charge(page: Page, event: Event) -> bool:
    """Words of abuse in a charge, with no day, place or harm of their own: "they burn the truce"."""
    told = page.claimant(event)
    pinned = event.time.from_ or event.place or event.harm or event.mode in ("aerial", "heavy-weapons")
    return told is not None and told.stance == "alleges" and not pinned


def _told_by_denier(page: Page, event: Event, denial: Statement) -> bool:
    told = page.claimant(event)
    return denial.id in event.stated_by or bool(
        told
        and told.source
        and denial.source
        and told.source.entity
        and told.source.entity == denial.source.entity
    )


def _side_by_side(page: Page, event: Event, start: int) -> bool:
    """The event stands in the sentence of `start` or in the one before."""
    sentence = page.sentence(start)
    before = page.previous_sentence(start)
    return event.trigger.start >= (before or sentence).start
