"""Reports along one page, gathered into groups: what the page itself tells as one happening."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from trucewatch.incidents.decided import Decided
from trucewatch.incidents.page import Page
from trucewatch.incidents.report import CLAUSE, Report, Sides, conflict, fold, report, same_place
from trucewatch.model import Event
from trucewatch.rules.words import find

BESIDE = 1  # sentence; further on in a paragraph another act may be told of
FAR = 4  # paragraphs; further on, a page that names the place again tells of something new
# Words that hark back to a happening already told of.
_BACK = re.compile(r"\b(the|that|this|those|these|its) (?:\w+ ){0,2}$", re.I)


@dataclass
class Group:
    """Reports joined so far, with the reasons. What a person joined across contradictions keeps its `parts`: a further
    report must agree with all of one part, not with what contradicts it in another."""

    reports: list[Report]
    reasons: list[str] = field(default_factory=list)
    parts: list[list[Report]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parts = self.parts or [list(self.reports)]

    def copy(self) -> Group:
        """The same, to go on with."""
        return Group(list(self.reports), list(self.reasons), [list(p) for p in self.parts])

    def conflict(self, other: Group) -> str | None:
        """What forbids that the two are one happening; None when a part of each agrees with the other."""
        return None if self._agreeing(other) else _conflict(self.parts[0], other.parts[0])

    def _agreeing(self, other: Group) -> tuple[int, int] | None:
        pairs = ((i, j) for i in range(len(self.parts)) for j in range(len(other.parts)))
        return next(((i, j) for i, j in pairs if not _conflict(self.parts[i], other.parts[j])), None)

    def take(self, other: Group, reason: str) -> None:
        """Make the other a part of this, or parts of it where it contradicts what is there."""
        agreeing = self._agreeing(other)
        for number, part in enumerate(other.parts):
            if agreeing and number == agreeing[1]:
                self.parts[agreeing[0]] += part
            else:
                self.parts.append(part)
        self.reports = sorted([*self.reports, *other.reports], key=lambda r: (r.key[0], r.event.trigger))
        self.reasons += [*other.reasons, reason]

    @property
    def page(self) -> str:
        """The page of its first report; before any join across pages, of all of them."""
        return self.reports[0].page.id

    @property
    def name(self) -> str:
        return "/".join(self.key)

    @property
    def key(self) -> tuple[str, str]:
        return min(r.key for r in self.reports)


def _conflict(some: list[Report], others: list[Report]) -> str | None:
    return next((c for a in some for b in others if (c := conflict(a, b))), None)


# ----------------------------------------------------------------------------------------- along a page


def along_page(page: Page, sides: Sides, decided: Decided) -> list[Group]:
    groups: list[Group] = []
    headlines: list[Group] = []
    for event in page.events:
        one = Group([report(page, event, sides)])
        if not told_as_fact(event):
            groups.append(one)
        elif one.reports[0].headline:
            headlines.append(one)
        else:
            open_ = [g for g in groups if not decided.any_apart(one.reports, g.reports)]
            home, reason = _home(one.reports[0], open_)
            if home:
                home.take(one, reason)
            else:
                groups.append(one)
    for headline in headlines:
        home = next(
            (
                g
                for g in groups
                if told_as_fact(g.reports[0].event)
                and _headline_of(headline, g)
                and not decided.any_apart(headline.reports, g.reports)
            ),
            None,
        )
        if home:
            home.take(headline, f"{page.id}: the headline tells of it")
        else:
            groups.append(headline)
    return groups


def told_as_fact(event: Event) -> bool:
    return event.polarity == "affirmed" and event.status in ("occurred", "ongoing")


def _home(new: Report, groups: list[Group]) -> tuple[Group | None, str]:
    """The happening told of before, nearest first, that a report goes on about."""
    for group in reversed(groups):
        last = group.reports[-1]
        gap = new.paragraph - last.paragraph
        if gap > FAR or not told_as_fact(last.event) or any(conflict(new, r) for r in group.reports):
            continue
        where = f"{new.page.id}: {new.event.id} with {last.event.id}: "
        shared = [r for r in group.reports if _share_place(new, r)]
        beside = _is_beside(new, last)
        if not _harks_back(new) and (_is_another(new, last) or _is_elsewhere(new, group)):
            continue
        # A district is wide: two happenings of a page may lie in it.
        if shared and (beside or _harks_back(new) or any(_same_weapon_there(r, new) for r in shared)):
            return group, where + "same place on one page"
        if not _same_telling(new, last) or new.sums_up:
            continue
        pinned = (new.place and last.place) or (new.days and last.days)
        if beside and (not pinned or _in_one_breath(new, last)):
            return group, where + "told on in one paragraph"
        near = gap == 1 or (gap == 2 and _harks_back(new) and new.event.harm and new.event.mode is None)
        if near and new.bare and (_harks_back(new) or (new.event.harm and not new.event.recipients)):
            return group, where + "told again without a day, place or actor of its own"
    return None, ""


def _is_beside(new: Report, last: Report) -> bool:
    """In one paragraph, at most a sentence on; on a page without paragraphs only a toll told next belongs there."""
    page, here, there = new.page, last.event.trigger.start, new.event.trigger.start
    is_toll = new.bare and new.event.mode is None and new.event.harm is not None and "\n" not in page.text[here:there]
    return (new.paragraph == last.paragraph or is_toll) and page.sentences_between(here, there) <= BESIDE


def _in_one_breath(new: Report, last: Report) -> bool:
    """In one sentence of one teller, at no two places."""
    sentence = new.page.sentence(last.event.trigger.start)
    inside = sentence.start <= new.event.trigger.start < sentence.end
    return inside and new.event.stated_by == last.event.stated_by and (new.place is None or last.place is None)


def _is_another(new: Report, last: Report) -> bool:
    """Words between the two reports say that it is another act ("elsewhere"), or words beside it that it was on another
    day ("the day before")."""
    page, at = new.page, new.event.trigger
    sentence = page.sentence(at.start)
    start = max(last.event.trigger.end, sentence.start)
    between, clause = page.text[start : at.end], page.text[start : min(sentence.end, at.end + CLAUSE)]
    return find("another_act", between) is not None or find("another_day", clause) is not None


def _is_elsewhere(new: Report, group: Group) -> bool:
    """Its clause names places, and none of those that the others name or were at."""
    at = {fold(n) for r in group.reports if r.place for n in (r.place.name, r.place.text) if n}
    others = {name for r in group.reports for name in r.spots} | at
    own = {fold(n) for n in ((new.place.name, new.place.text) if new.place else ()) if n}
    # The place that all share tells nothing apart; beside it there may be others.
    spots, others = (new.spots - own - at, others - own - at) if own & at else (new.spots, others)
    return bool(spots and others) and not spots & others


def _same_telling(new: Report, last: Report) -> bool:
    """Neither history beside news, nor a state beside an act, nor another actor's act."""
    one, other = new.event, last.event
    actors = not new.actors or not last.actors or bool(new.heads & last.heads or new.sides & last.sides)
    return one.background == other.background and one.status == other.status and actors


def _share_place(one: Report, other: Report) -> bool:
    return bool(one.place and other.place and same_place(one.place, other.place, one_page=True))


def _same_weapon_there(one: Report, other: Report) -> bool:
    """With one weapon, at a place no wider than a town."""
    exact = all(r.place and r.place.precision in ("point", "town", "near") for r in (one, other))
    return exact and one.event.mode is not None and one.event.mode == other.event.mode


def _harks_back(new: Report) -> bool:
    before = new.page.text[max(0, new.event.trigger.start - 40) : new.event.trigger.start]
    return _BACK.search(before) is not None


def _headline_of(headline: Group, body: Group) -> bool:
    one = headline.reports[0]
    if headline.conflict(body) or one.event.status != body.reports[0].event.status:
        return False
    return not one.event.actors or any(one.sides & r.sides or one.heads & r.heads for r in body.reports)
