"""Which of its namesakes a name means: the page's words beside it, its countries and places; population last."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from trucewatch.gazetteer import EXACT, Candidate, key
from trucewatch.reading.places.mention import PlaceMention, exact
from trucewatch.reading.places.words import words

_LARGE = 50_000         # from so many on a name is taken for the place it names in the news
_CAPITAL = 300_000      # so many live in a city that is known the world over
_SMALL = 15_000         # below so many inhabitants a name needs a sign that a place is meant
_APART_KM = 50.0        # candidates nearer than this are one place for our purpose
_BESIDE_KM = 75.0       # places of one page are often as near as this
_TOWN_KM = 20.0         # from the middle of a large town to its last quarters
_PROVINCE_KM = 150.0    # from a province's point, where an entry does not say its province
_PROVINCE = 100_000
_DOMINANT = 8           # times as many inhabitants as the next namesake
_MARGIN = 0.08
_NEAR_SPELLING = 0.75
_SEAT = 0.9             # a town so near in spelling to its province's name is what the bare name means
FAINT = 0.55           # spellings that only a country much spoken of, or the place around, makes likely
_SHORT = 7              # letters below which a name resembles some other by chance
_SPOKEN_OF = 0.1        # share of the page's votes from which it speaks of a country
_OFTEN = 0.25
_MUCH = 0.5
_TELLING = 8            # letters of a name that is hardly borne by chance


@dataclass(slots=True)
class Page:
    """What has been gathered of a page while its places are chosen: votes for countries, for their provinces,
    and the places that are sure, by paragraph."""

    votes: dict[str, float] = field(default_factory=dict)
    provinces: dict[tuple[str, str], float] = field(default_factory=dict)
    sure: dict[int, list[PlaceMention]] = field(default_factory=dict)

    def share(self, country: str) -> float:
        """How much of what the page speaks of is this country. One vote alone says little: one is kept back."""
        return self.votes.get(country, 0.0) / (sum(self.votes.values()) + 1.0)

    def settle(self, chosen: Sequence[PlaceMention]) -> None:
        """Take the places chosen so far as what the page speaks of."""
        provinces: defaultdict[tuple[str, str], float] = defaultdict(float)
        sure: defaultdict[int, list[PlaceMention]] = defaultdict(list)
        for mention in chosen:
            place = mention.chosen
            if place is None or mention.form != "name" or place.kind in ("country", "continent"):
                continue
            sure[mention.paragraph].append(mention)
            if place.admin1:
                provinces[place.country, key(place.admin1)] += 1.0
        self.provinces, self.sure = dict(provinces), dict(sure)

    def province_share(self, candidate: Candidate) -> float:
        if not candidate.admin1 or not self.provinces:
            return 0.0
        votes = self.provinces.get((candidate.country, key(candidate.admin1)), 0.0)
        return votes / (sum(self.provinces.values()) + 1.0)


def choose(
    mention: PlaceMention, wider: Sequence[PlaceMention], page: Page, *, strict: bool = False,
    finer: Sequence[PlaceMention] = (),
) -> PlaceMention | None:
    """The mention with its place chosen; None for a weak one that no candidate is near enough to vouch for.

    `wider`: the names that say where it lies; `strict`: they leave no doubt that it does, so that a namesake
    elsewhere is no candidate. `finer`: the names that it says it of.
    """
    if not mention.candidates or mention.chosen is not None:
        return mention
    if mention.candidates[0].kind == "continent":
        return replace(mention, chosen=mention.candidates[0])
    part = mention.noun in words().quarters
    inside = _inside(mention, wider, part=part)
    here = [c for c in mention.candidates if page.share(c.country) >= _SPOKEN_OF]
    if mention.weak and not any(c.score >= EXACT for c in here):
        return None
    if strict and not inside and not _countries(mention.candidates) & _countries(c for m in wider for c in _meant(m)):
        return replace(mention, candidates=())
    if strict and not inside and (part or not exact(mention.candidates)):
        return replace(mention, candidates=())  # a spelling that only comes near, of a place that lies elsewhere
    pool = _pool(mention, inside, here, page)
    if not pool:
        return None if mention.weak or not mention.placing else replace(mention, candidates=())
    fits = ((_fit(c, mention, pool, inside, page) + _holds(c, finer), c) for c in pool)
    ranked = sorted(fits, key=lambda pair: -pair[0])
    best_fit, best = ranked[0]
    if best.kind == "admin1" and "admin1" not in words().kinds.get(mention.noun or "", [])[:1]:
        seats = (c for c in mention.candidates if c.kind == "town" and _seat(c, best) and c.score >= _SEAT)
        best = next(seats, best)
    rivals = [
        c for fit, c in ranked
        if best_fit - fit < _MARGIN and not within(best, c, _APART_KM)
        and not _dwarfs(best, c) and not _seat(best, c) and not _other_province(best, c)
    ]
    if (rivals and best.kind != "country") or not (best in inside or vouched(best, mention, page)):
        return replace(mention, candidates=(best, *rivals))
    fitting = tuple(c for _, c in ranked)
    province = (c for c in mention.candidates if c.kind == "admin1" and c not in fitting and _named_after(c, best))
    return replace(mention, candidates=(*fitting, *province), chosen=best)


def _pool(mention: PlaceMention, inside: list[Candidate], here: list[Candidate], page: Page) -> list[Candidate]:
    """Those of a name's candidates that it may mean: of its very spelling, else of a near one where one country
    has all that come near, else of a faint likeness in the country that the page is about."""
    pool = exact(mention.candidates)
    if words().kinds.get(mention.noun or "", [])[:1] == ["admin1"] and not any(c.kind == "admin1" for c in pool):
        # "Deir Ezzor governorate", a spelling that is known of its seat alone
        pool += [c for c in mention.candidates if c.kind == "admin1" and any(_named_after(c, seat) for seat in pool)]
    if inside and not any(c in inside for c in pool):
        pool = [c for c in inside if c.score >= _NEAR_SPELLING] or inside
    spoken = [c for c in mention.candidates if c.score >= FAINT and page.share(c.country) >= _MUCH]
    strange = not any(c in here or c in inside or well_known(c) for c in pool)
    if pool and spoken and strange:
        return spoken if mention.placing else []  # "Arima" on a page of Syria is Al-Arimah, not the one in Trinidad
    known = any(c.kind in ("country", "admin1") or c.population >= _LARGE for c in pool)
    if not known and not any(c in here or c in inside for c in pool):
        pool = ([] if spoken else [c for c in here if c.score >= _NEAR_SPELLING]) or pool
    if pool:
        return pool
    near = [c for c in mention.candidates if c.score >= _NEAR_SPELLING]
    near = [c for c in near if page.share(c.country) >= _MUCH] or ([] if spoken else near)
    if near and len({c.country for c in near}) == 1 and not _by_chance(near[0], mention, page):
        return near
    return spoken if mention.placing else []


def well_known(candidate: Candidate) -> bool:
    """A country, or a city that any page may name without a word of its country."""
    return candidate.kind == "country" or candidate.population >= _CAPITAL


def resembled(mention: PlaceMention) -> str | None:
    """The one country in which all places lie that a name comes near to; None where there are several or none."""
    countries = {c.country for c in mention.candidates if c.score >= _NEAR_SPELLING}
    long = mention.span.end - mention.span.start >= _SHORT
    return countries.pop() if long and len(countries) == 1 else None


def _by_chance(best: Candidate, mention: PlaceMention, page: Page) -> bool:
    """Whether a name may resemble another by chance ("Bostan", Boston): its country is not spoken of, and the name is
    short or comes near to places elsewhere too."""
    short = mention.span.end - mention.span.start < _SHORT
    elsewhere = any(c.country != best.country and c.score >= FAINT for c in mention.candidates)
    return (short or elsewhere) and page.share(best.country) < _SPOKEN_OF


def vouched(best: Candidate, mention: PlaceMention, page: Page) -> bool:
    """Whether anything beside the name speaks for a place: the page's country, its size, or that the world
    has no other of the name. A hamlet on another continent is no answer."""
    if best.kind in ("country", "admin1") or page.share(best.country) >= _SPOKEN_OF or best.population >= _LARGE:
        return True
    if best.population >= _SMALL and {c.country for c in exact(mention.candidates)} == {best.country}:
        return True
    alone = len({c.country for c in mention.candidates if c.score >= _NEAR_SPELLING}) == 1
    return alone and (best.source != "GeoNames" or len(best.name) >= _TELLING)


def _inside(mention: PlaceMention, wider: Sequence[PlaceMention], *, part: bool) -> list[Candidate]:
    """The candidates that lie in (or by) what the nearest of the wider names may stand for that has any of them; a
    `part` of a town lies within its reach."""
    for name in wider:
        found = [
            c for c in mention.candidates
            if c.score >= FAINT and any(
                _lies_in(c, w) and (not part or w.kind not in ("town", "village") or within(c, w, _TOWN_KM))
                for w in _meant(name)
            )
        ]
        if found:
            return found
    return []


def _meant(wider: PlaceMention) -> list[Candidate]:
    """What a name may stand for: once it is chosen, its namesakes in that country ("La Paz", town and province)."""
    chosen = wider.chosen
    if chosen is None:
        return exact(wider.candidates)
    found = [c for c in wider.candidates if c.score >= EXACT or _named_after(c, chosen)] or [chosen]
    return [c for c in found if c.country == chosen.country]


def _countries(places: Iterable[Candidate]) -> set[str]:
    return {c.country for c in places}


def lies_by(finer: PlaceMention, wider: Sequence[PlaceMention]) -> bool:
    """Whether the name may lie where the others say: it is not known to lie elsewhere, nor to be the wider one."""
    place = finer.chosen
    if place is None:
        return True
    return place.kind not in ("country", "continent") and all(
        m.chosen is None or any(_lies_in(place, c) for c in _meant(m)) for m in wider[:1]
    )


def _lies_in(one: Candidate, wider: Candidate) -> bool:
    if one.country != wider.country or one.kind == "country":
        return False
    if wider.kind == "country":
        return True
    if wider.kind == "admin1":
        if one.admin1:
            return one.kind != "admin1" and key(one.admin1) == key(wider.admin1 or wider.name)
        return within(one, wider, _PROVINCE_KM)
    return one.kind != "admin1" and within(one, wider, _BESIDE_KM)


def _fit(
    candidate: Candidate, mention: PlaceMention, pool: list[Candidate], inside: list[Candidate], page: Page
) -> float:
    # Squared: a country named in passing says little, one that the page is about nearly all.
    spelling, nearest = candidate.score, max(c.score for c in pool)
    if nearest < EXACT:  # of near spellings the nearest, before what else lies in the neighbourhood
        spelling -= 2 * (nearest - spelling)
    fit = spelling + 0.6 * page.share(candidate.country) ** 2 + 0.03 * math.log10(1 + _size(candidate))
    if page.share(candidate.country) >= _OFTEN:
        fit += 0.1
    if candidate.kind == "country":
        fit += 0.2 if any(c.kind == "admin1" and c.country != candidate.country for c in pool) else 0.5
    kinds = words().kinds.get(mention.noun or "", [])
    if candidate.kind in kinds:
        fit += 0.25 - 0.05 * kinds.index(candidate.kind)
    if kinds[:1] == ["admin1"] and candidate.kind == "admin1":
        fit += 0.25  # "Homs province" is not the town, whatever its size
    if candidate in inside:
        fit += 0.5
    fit += 0.3 * page.province_share(candidate)
    beside = [m.chosen for m in page.sure.get(mention.paragraph, ()) if m.span != mention.span]
    if any(c is not None and (_lies_in(candidate, c) if c.kind == "admin1" else within(c, candidate, _BESIDE_KM))
           for c in beside):
        fit += 0.15
    others = [_size(c) for c in pool if not within(candidate, c, _APART_KM) and not _seat(c, candidate)]
    if _size(candidate) >= 100_000 and _size(candidate) >= _DOMINANT * max(others, default=0):
        fit += 0.15
    return fit


def _holds(candidate: Candidate, finer: Sequence[PlaceMention]) -> float:
    """What speaks for a place by the names that the page puts into it: "Savannah (Georgia)"."""
    held = (c for m in finer for c in ([m.chosen] if m.chosen else _sizable(m)))
    return 0.5 if any(_lies_in(c, candidate) for c in held) else 0.0


def _sizable(mention: PlaceMention) -> list[Candidate]:
    return [c for c in exact(mention.candidates) if c.population >= _SMALL]


def _size(candidate: Candidate) -> int:
    """Inhabitants; a province, for which none are given, counts as a large town."""
    return _PROVINCE if candidate.kind == "admin1" else candidate.population


def _seat(one: Candidate, other: Candidate) -> bool:
    """A province and the town that it is called after."""
    return one.country == other.country and "admin1" in (one.kind, other.kind) and one.admin1 == other.admin1


def _named_after(province: Candidate, seat: Candidate) -> bool:
    return _seat(province, seat) and key(province.name) == key(seat.name)


def _other_province(best: Candidate, other: Candidate) -> bool:
    """Another province of the same country, which bears the name only besides its own."""
    return best.kind == other.kind == "admin1" and best.country == other.country and best.score > other.score


def _dwarfs(best: Candidate, other: Candidate) -> bool:
    """A town beside a hamlet, or beside a province elsewhere, of the same country and name."""
    if best.country != other.country:
        return False
    if other.kind == "admin1" and best.kind != "admin1":
        return True
    return best.population >= _DOMINANT * max(_size(other), 500)


def within(a: Candidate, b: Candidate, km: float) -> bool:
    """Whether two places lie no farther apart than that; most are told apart by their latitude alone."""
    return abs(a.lat - b.lat) * _DEGREE_KM <= km and kilometres(a, b) <= km


_DEGREE_KM = 111.0  # of latitude, a little less than the shortest


def kilometres(a: Candidate, b: Candidate) -> float:
    """Great-circle distance (haversine, mean radius 6371 km)."""
    p1, p2 = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
