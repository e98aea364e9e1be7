"""Which of its namesakes a name means: the page's countries and other places decide, population last."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from trucewatch.gazetteer import EXACT, Candidate
from trucewatch.reading.places.mention import PlaceMention, exact
from trucewatch.reading.places.words import words

_LARGE = 50_000         # from so many on a name is taken for the place it names in the news
_SMALL = 15_000         # below so many inhabitants a name needs a sign that a place is meant
_APART_KM = 50.0        # candidates nearer than this are one place for our purpose
_PROVINCE = 100_000
_DOMINANT = 8           # times as many inhabitants as the next namesake
_MARGIN = 0.08
_NEAR_SPELLING = 0.75
_SHORT = 7              # letters below which a name resembles some other by chance
_SPOKEN_OF = 0.1        # share of the page's votes from which it speaks of a country
_TELLING = 8            # letters of a name that is hardly borne by chance


@dataclass(slots=True)
class Page:
    """What has been gathered of a page while its places are chosen."""

    votes: dict[str, float] = field(default_factory=dict)

    def share(self, country: str) -> float:
        total = sum(self.votes.values())
        return self.votes.get(country, 0.0) / total if total else 0.0


def choose(mention: PlaceMention, named: list[PlaceMention], page: Page) -> PlaceMention | None:
    """The mention with its place chosen; None for a weak one that no candidate is near enough to vouch for."""
    if not mention.candidates or mention.chosen is not None:
        return mention
    if mention.candidates[0].kind == "continent":
        return replace(mention, chosen=mention.candidates[0])
    provinces = {
        c.admin1 for m in named if m is not mention and m.paragraph == mention.paragraph
        for c in exact(m.candidates) if c.kind == "admin1"
    }
    pool = exact(mention.candidates)
    here = [c for c in mention.candidates if page.share(c.country) >= 0.2]
    if mention.weak and not any(c.score >= EXACT for c in here):
        return None
    known = any(c.kind in ("country", "admin1") or c.population >= _LARGE for c in pool)
    if not known and not any(c in here for c in pool):
        pool = here or pool
    if not pool:  # a near spelling: only where all that come near lie in one country
        pool = [c for c in mention.candidates if c.score >= _NEAR_SPELLING]
        if not pool or len({c.country for c in pool}) > 1 or _by_chance(pool[0], mention, page):
            return None if mention.weak or not mention.placing else replace(mention, candidates=())
    ranked = sorted(((_fit(c, mention, pool, provinces, page), c) for c in pool), key=lambda pair: -pair[0])
    best_fit, best = ranked[0]
    if best.kind == "admin1" and "admin1" not in words().kinds.get(mention.noun or "", [])[:1]:
        best = next((c for _, c in ranked if c.kind == "town" and _seat(c, best)), best)
    rivals = [
        c for fit, c in ranked
        if best_fit - fit < _MARGIN and kilometres(best, c) > _APART_KM
        and not _dwarfs(best, c) and not _seat(best, c)
    ]
    if (rivals and best.kind != "country") or not vouched(best, mention, page):
        return replace(mention, candidates=(best, *rivals))
    return replace(mention, candidates=tuple(c for _, c in ranked), chosen=best)


def resembled(mention: PlaceMention) -> str | None:
    """The one country in which all places lie that a name comes near to; None where there are several or none."""
    countries = {c.country for c in mention.candidates if c.score >= _NEAR_SPELLING}
    long = mention.span.end - mention.span.start >= _SHORT
    return countries.pop() if long and len(countries) == 1 else None


def _by_chance(best: Candidate, mention: PlaceMention, page: Page) -> bool:
    """Whether a short name may resemble another by chance ("Bostan", Boston): its country is not spoken of."""
    return mention.span.end - mention.span.start < _SHORT and page.share(best.country) < _SPOKEN_OF


def vouched(best: Candidate, mention: PlaceMention, page: Page) -> bool:
    """Whether anything beside the name speaks for a place: the page's country, its size, or that the world
    has no other of the name. A hamlet on another continent is no answer."""
    if best.kind in ("country", "admin1") or page.share(best.country) > 0.1 or best.population >= _LARGE:
        return True
    if best.population >= _SMALL and {c.country for c in exact(mention.candidates)} == {best.country}:
        return True
    alone = len({c.country for c in mention.candidates if c.score >= _NEAR_SPELLING}) == 1
    return alone and (best.source != "GeoNames" or len(best.name) >= _TELLING)


def _fit(
    candidate: Candidate, mention: PlaceMention, pool: list[Candidate], provinces: set[str | None], page: Page
) -> float:
    # Squared: a country named in passing says little, one that the page is about nearly all.
    fit = candidate.score + 0.6 * page.share(candidate.country) ** 2 + 0.03 * math.log10(1 + _size(candidate))
    if candidate.kind == "country":
        fit += 0.5
    kinds = words().kinds.get(mention.noun or "", [])
    if candidate.kind in kinds:
        fit += 0.25 - 0.05 * kinds.index(candidate.kind)
    if candidate.kind != "admin1" and candidate.admin1 in provinces:
        fit += 0.15
    others = [_size(c) for c in pool if kilometres(candidate, c) > _APART_KM and not _seat(c, candidate)]
    if _size(candidate) >= 100_000 and _size(candidate) >= _DOMINANT * max(others, default=0):
        fit += 0.15
    return fit


def _size(candidate: Candidate) -> int:
    """Inhabitants; a province, for which none are given, counts as a large town."""
    return _PROVINCE if candidate.kind == "admin1" else candidate.population


def _seat(one: Candidate, other: Candidate) -> bool:
    """A province and the town that it is called after."""
    return one.country == other.country and "admin1" in (one.kind, other.kind) and one.admin1 == other.admin1


def _dwarfs(best: Candidate, other: Candidate) -> bool:
    """A town beside a hamlet, or beside a province elsewhere, of the same country and name."""
    if best.country != other.country:
        return False
    if other.kind == "admin1" and best.kind != "admin1":
        return True
    return best.population >= _DOMINANT * max(_size(other), 500)


def kilometres(a: Candidate, b: Candidate) -> float:
    """Great-circle distance (haversine, mean radius 6371 km)."""
    p1, p2 = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
