"""One report of a happening, with what it says of time, place, actors, harm and number."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

from trucewatch.incidents.page import Page, iso_day
from trucewatch.model import Event, Figure, Place, Reference, Span
from trucewatch.rules.words import find

Sides = Callable[[Page, Event], frozenset[str]]

# Reports of one family may be of one happening; of two families never.
_FAMILY: dict[tuple[str, str | None], str] = {
    ("ASSAULT", "abduct"): "capture",
    ("ASSAULT", "beat"): "abuse",
    ("ASSAULT", "torture"): "abuse",
    ("ASSAULT", "sexual"): "abuse",
    ("RETREAT", "access"): "access",
    ("RETREAT", "release"): "release",
    ("RETREAT", "withdraw"): "withdrawal",
}
# Weapons that one happening may be told with. A mode that is not listed agrees with itself alone.
_ALIKE = (
    {"aerial", "drone"},
    {"explosives", "suicide-attack"},
    {"firearms", "targeted"},
    {"heavy-weapons", "firearms"},
    {"beat", "torture"},
)
_RESULTS = frozenset(("destroy",))  # what comes of an act, with any weapon
# How far, in km, two places of unlike names may lie apart and still be one, by the looser of the two
# precisions: room for two gazetteers and two spellings, not for two villages. On one page unlike names are
# two places.
_REACH = {"point": 2.0, "town": 5.0, "near": 8.0, "district": 12.0, "unknown": 5.0}
_UNLIKE_REACH = 2.5  # where the names are no two spellings of one
_ALIKE_NAMES = 0.6
_ONE_PAGE_REACH = 1.5
_PROVINCES_APART = 60.0  # a city and the province round it lie closer
_A_WAR = 5000  # killed; no one act of those told of in a truce
_OPENING = 40  # characters of a sentence that may say of when all of it is told
CLAUSE = 110  # characters on either side of a trigger
_NUMBERS = {
    word: number
    for number, word in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
        )
    )
}
# After these a number counts people or hours, not acts.
_COUNTED_ELSE = frozenset(
    (
        "people",
        "civilians",
        "soldiers",
        "fighters",
        "men",
        "women",
        "children",
        "dead",
        "killed",
        "wounded",
        "injured",
        "by",
        "hours",
        "days",
        "in",
        "at",
        "on",
        "of",
        "were",
        "was",
        "been",
        "being",
        "others",
    )
)


@dataclass(frozen=True, slots=True)
class Report:
    """An event of a page and what it pins down itself; None where it pins down nothing. `spots` are the names of
    places, finer than a province, that stand in its clause, found on the map or not, `quarters` those that are said to
    be parts of a town."""

    page: Page
    event: Event
    family: str
    days: tuple[str, str] | None
    place: Place | None
    sides: frozenset[str]
    count: int | None
    paragraph: int
    headline: bool
    sums_up: bool = False
    spots: frozenset[str] = frozenset()
    quarters: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, str]:
        return self.page.id, self.event.id

    @property
    def killed(self) -> Figure | None:
        return self.event.harm.killed if self.event.harm else None

    @property
    def bare(self) -> bool:
        """It pins down neither day, place nor actor: a re-telling, if anything."""
        return self.days is None and self.place is None and not self.event.actors

    @property
    def actors(self) -> tuple[Reference, ...]:
        """Who acts; media tell of acts."""
        known = ((a, self.page.entity(a)) for a in self.event.actors)
        return tuple(a for a, entity in known if entity is None or entity.kind != "media")

    @property
    def objects(self) -> frozenset[str]:
        """The last words of what was hit: "bakery" of "the main bakery"; no people."""
        words = (self.page.words(r).lower().split() for r in self.event.recipients if r.end > r.start)
        return frozenset(w[-1].rstrip("s") for w in words if w and find("civil_object", w[-1]))

    @property
    def heads(self) -> frozenset[str]:
        """The last words of its actors' mentions: "rebels" of "the rebels"."""
        return frozenset(self.page.words(a).lower().split()[-1] for a in self.actors if a.end > a.start)


def family(event: Event) -> str:
    return _FAMILY.get((event.type, event.mode), event.type.lower())


def report(page: Page, event: Event, sides: Sides) -> Report:
    time = event.time
    first = iso_day(time.from_) or iso_day(time.to)
    days = (first, iso_day(time.to) or first) if first and time.basis != "document" else None
    paragraph = page.paragraph(event.trigger.start)
    headline = not event.stated_by and first is None and page.opens(event.trigger.start)
    named = [(span, fold(name)) for span, name in page.toponyms(*_clause(page, event))]
    return Report(
        page=page,
        event=event,
        family=family(event),
        days=days,
        # Headlines name the next big town, not the place.
        place=None if headline else _informative(event.place) or _neighbouring_place(page, event),
        sides=sides(page, event),
        count=_count(page, event),
        paragraph=paragraph,
        headline=headline,
        sums_up=_sums_up(page, event),
        spots=frozenset(name for _, name in named),
        quarters=frozenset(name for span, name in named if _is_quarter(page, span)),
    )


def _is_quarter(page: Page, name: Span) -> bool:
    """Words beside the name say that it is a part of a town."""
    before, after = page.text[max(0, name.start - 30) : name.start], page.text[name.end : name.end + 30]
    return find("quarter_before", before) is not None or find("quarter_after", after) is not None


def _clause(page: Page, event: Event) -> tuple[int, int]:
    """The stretch of its sentence that is about the act: some way on either side of the trigger."""
    sentence = page.sentence(event.trigger.start)
    return max(sentence.start, event.trigger.start - CLAUSE), min(sentence.end, event.trigger.end + CLAUSE)


def _sums_up(page: Page, event: Event) -> bool:
    """Whether it tells of many happenings at once: a war's toll, raids of some weeks, what somebody often does. What
    says so stands in the sentence of the trigger, in the same clause or as its first words."""
    start, end = _clause(page, event)
    first = page.sentence(event.trigger.start).start
    killed = event.harm.killed if event.harm else None
    is_war = killed is not None and (killed.min or killed.max or 0) >= _A_WAR
    told = (page.text[start:end], page.text[first : min(start, first + _OPENING)])
    return is_war or any(find("sums_up", words) for words in told)


def _informative(place: Place | None) -> Place | None:
    """A place that can tell two happenings apart: finer than a province, with a name or coordinates, and named in so
    many words ("the area" may be any that was named before)."""
    if (
        place is None
        or (place.text and place.text == place.text.lower())
        or place.precision in ("country", "province")
        or not (place.name or place.lat is not None)
    ):
        return None
    return place


def _neighbouring_place(page: Page, event: Event) -> Place | None:
    """The one place that the sentence gives for another event, when this one is told in passing there; not
    that of a like act by somebody else."""
    if event.place is not None:
        return None
    sentence = page.sentence(event.trigger.start)
    found = [
        e.place
        for e in page.events
        if e.id != event.id
        and sentence.start <= e.trigger.start < sentence.end
        and e.stated_by == event.stated_by
        and _informative(e.place)
        and (
            e.type != event.type
            or not e.actors
            or not event.actors
            or {a.entity for a in e.actors} & {a.entity for a in event.actors}
        )
    ]
    return found[0] if len({p.name for p in found if p}) == 1 else None


def _count(page: Page, event: Event) -> int | None:
    """How many acts the words before the trigger speak of: "eleven air raids"."""
    before = page.text[max(0, event.trigger.start - 40) : event.trigger.start].lower()
    words = re.findall(r"[\w-]+", before)[-3:]
    for at in reversed(range(len(words))):
        word = words[at]
        if word in _COUNTED_ELSE:
            return None
        if word in _NUMBERS or (word.isdigit() and len(word) < 5):
            number = _NUMBERS.get(word) or int(word)
            return None if event.harm and number in _figures(event) else number
    return None


def _figures(event: Event) -> set[int | None]:
    harm = event.harm
    return {f.min for f in (harm.killed, harm.injured, harm.arrested, harm.displaced) if f} if harm else set()


# ------------------------------------------------------------------------------------------ comparing


def conflict(one: Report, other: Report) -> str | None:
    """What forbids that two reports are of one happening; None when nothing does."""
    if one.family != other.family:
        return "family"
    if one.sums_up != other.sums_up:
        return "extent"
    if one.days and other.days and not (one.days[0] <= other.days[1] and other.days[0] <= one.days[1]):
        return "time"
    if one.place and other.place and not same_place(one.place, other.place, one_page=one.page is other.page):
        return "place"
    if _regions_apart(one.event.place, other.event.place) or _unlike(one.quarters, other.quarters):
        return "place"
    if not _modes_agree(one.event.mode, other.event.mode):
        return "mode"
    if one.sides and other.sides and not one.sides & other.sides:
        return "actors"
    if one.count and other.count and one.count != other.count:
        return "number"
    if not _figures_agree(one.killed, other.killed, exactly=one.sums_up):
        return "harm"
    return None


def alike(one: Report, other: Report) -> bool:
    """Whether two reports share what tells one act from others of its place and time: the weapon, the toll, or what
    was hit."""
    same_mode = one.event.mode is not None and one.event.mode == other.event.mode
    return same_mode or same_toll(one, other) or bool(one.objects & other.objects)


def same_particulars(one: Report, other: Report) -> bool:
    """Whether two reports share what few acts of a place and time have: a toll, what was hit, a place within or beside
    the one where it was."""
    common = {fold(n) for r in (one, other) if r.place for n in (r.place.name, r.place.text) if n}
    return same_toll(one, other) or bool(one.objects & other.objects) or bool((one.spots & other.spots) - common)


def same_toll(one: Report, other: Report) -> bool:
    """Both give the same number of killed."""
    return one.killed is not None and other.killed is not None and one.killed.min == other.killed.min


def _modes_agree(one: str | None, other: str | None) -> bool:
    told = {one, other} - _RESULTS - {None}
    return len(told) < 2 or any(told <= alike for alike in _ALIKE)


def _figures_agree(one: Figure | None, other: Figure | None, *, exactly: bool) -> bool:
    """Tolls of one happening differ, but seldom by more than threefold (or by three, when small); sums grow."""
    if exactly:
        return one == other
    if one is None or other is None or one.min is None or other.min is None:
        return True
    low, high = sorted((one.min, other.min))
    return high <= 3 * low or high - low <= 3


def same_place(one: Place, other: Place, *, one_page: bool = False) -> bool:
    """One place, as far as its names, numbers and coordinates tell."""
    if one.geonameid is not None and one.geonameid == other.geonameid:
        return True
    if one.name and other.name and fold(one.name) == fold(other.name):
        return True
    apart = distance_km(one, other)
    if apart is None:
        return False
    if one_page:
        return apart <= _ONE_PAGE_REACH
    exact = "district" not in (one.precision, other.precision) and one.name and other.name
    if exact and SequenceMatcher(None, fold(one.name or ""), fold(other.name or "")).ratio() < _ALIKE_NAMES:
        return apart <= _UNLIKE_REACH
    return apart <= max(_REACH[one.precision], _REACH[other.precision])


def _unlike(some: frozenset[str], others: frozenset[str]) -> bool:
    """Both name something, and no name of the one is a spelling of one of the others."""
    alike = (SequenceMatcher(None, a, b).ratio() >= _ALIKE_NAMES for a in some for b in others)
    return bool(some and others) and not any(alike)


def _regions_apart(one: Place | None, other: Place | None) -> bool:
    """Two countries; or two provinces, where one of the places is no finer than that and they lie apart."""
    if one is None or other is None or one.resolution != "resolved" or other.resolution != "resolved":
        return False
    if one.country and other.country and one.country != other.country:
        return True
    coarse = "province" in (one.precision, other.precision)
    apart = distance_km(one, other)
    return bool(
        coarse and one.admin1 and other.admin1 and fold(one.admin1) != fold(other.admin1)
        and apart is not None and apart > _PROVINCES_APART
    )


def distance_km(one: Place, other: Place) -> float | None:
    """Great-circle distance; None without coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    a, b = math.radians(one.lat), math.radians(other.lat)
    h = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def fold(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.lower()).strip()


def named_sides(page: Page, event: Event) -> frozenset[str]:
    """Who acts, by canonical name or actor code: what can be compared when no truce says who is whose."""
    labels = set()
    for part in event.actors:
        entity = page.entity(part)
        label = (entity.actor or entity.name) if entity else None
        if label:
            labels.add(fold(label))
    return frozenset(labels)
