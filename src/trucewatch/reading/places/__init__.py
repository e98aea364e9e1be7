"""Where: the places that a page names, which of their namesakes is meant, and where an event is.

A name is looked up whatever the named-entity tagger said. Among namesakes the page's countries and other
places decide, population last; where they do not, the place stays ambiguous and has no coordinates.
The place of an event is the one that the tree hangs on its trigger, its clause or the clauses that share
its scene; a place that merely stands in the page is none.
"""

from __future__ import annotations

from collections import defaultdict

from trucewatch.gazetteer import Gazetteer
from trucewatch.language import Parsed
from trucewatch.reading.places.anaphora import nominals_in, resolve_nominals
from trucewatch.reading.places.binding import place_of
from trucewatch.reading.places.mention import PlaceMention, exact
from trucewatch.reading.places.names import names_in, persons_in
from trucewatch.reading.places.namesakes import Page, choose, resembled, vouched

_FEW = 4  # countries that share a name and may yet vote for one another

_RESEMBLED = 0.5  # the vote of a name that only resembles places of one country

__all__ = ["PlaceMention", "find_places", "place_of"]


def find_places(parsed: Parsed, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Every toponym of the page in the order of the text, with its candidates and the one chosen."""
    persons = {word for p in parsed.paragraphs for word in persons_in(p)}
    named = [m for p in parsed.paragraphs for m in names_in(p, gazetteer, persons)]
    page = Page(_votes(parsed, named, gazetteer))
    chosen = [choose(m, named, page) for m in named]
    kept = [m for m in chosen if m is not None]
    nominals = [n for p in parsed.paragraphs for n in nominals_in(p, kept)]
    return resolve_nominals(sorted(kept + nominals, key=lambda m: m.span), parsed, page, gazetteer)


def _votes(parsed: Parsed, named: list[PlaceMention], gazetteer: Gazetteer) -> dict[str, float]:
    """How much the page speaks of each country: by its people, its own name, and the places it alone could hold.

    A name that a few countries share gives each a part of a vote, so that two such names may decide each other.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    for paragraph in parsed.paragraphs:
        for token in paragraph.doc:
            if token.text[:1].isupper() and (country := gazetteer.country_of(token.text)):
                votes[country] += 1
    page = Page(dict(votes))
    for mention in named:
        sure = [] if mention.weak or not mention.placing else exact(mention.candidates)
        countries = {c.country for c in sure}
        alone = len(countries) == 1 and any(vouched(c, mention, page) for c in sure)
        if alone or (sure and sure[0].kind == "country"):
            votes[sure[0].country] += 2
        elif not sure and mention.placing and (near := resembled(mention)):
            votes[near] += _RESEMBLED
        elif 1 < len(countries) <= _FEW:
            for country in sorted(countries):
                votes[country] += 1 / len(countries)
    return dict(votes)
