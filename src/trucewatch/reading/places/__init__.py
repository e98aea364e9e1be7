"""Where: the places that a page names, which of their namesakes is meant, and where an event is.

A name is looked up whatever the named-entity tagger said. Among namesakes the page's countries and other
places decide, population last; where they do not, the place stays ambiguous and has no coordinates.
The place of an event is the one that the tree hangs on its trigger, its clause or the clauses that share
its scene; a place that merely stands in the page is none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from trucewatch.gazetteer import Gazetteer
from trucewatch.language import Parsed
from trucewatch.reading.places.anaphora import nominals_in, resolve_nominals
from trucewatch.reading.places.binding import place_of
from trucewatch.reading.places.chains import Chain, chains
from trucewatch.reading.places.mention import PlaceMention, exact
from trucewatch.reading.places.names import names_in, no_places, put_on_map
from trucewatch.reading.places.namesakes import FAINT, Page, choose, lies_by, resembled, vouched, well_known
from trucewatch.reading.shared import Mentions

_FEW = 4  # countries that share a name and may yet vote for one another

_OUTLET = 2.0
_ADJECTIVE = 0.5  # "Russian": of whom it speaks, more than of where
_RESEMBLED = 0.5  # the vote of a name that only resembles places of one country

__all__ = ["PlaceMention", "find_places", "place_of"]


def find_places(
    parsed: Parsed, gazetteer: Gazetteer, mentions: Mentions | None = None, outlet: str | None = None
) -> tuple[PlaceMention, ...]:
    """Every toponym of the page in the order of the text, with its candidates and the one chosen.

    `mentions`: who is named on the page, which says of some names that they are no places, and of which countries it
    speaks. `outlet`: the country that the page is published in, ISO alpha-3.
    """
    actors = _actors(mentions)
    persons = no_places(parsed.paragraphs)
    named = [
        m for p in parsed.paragraphs for m in names_in(p, gazetteer, persons)
        if not _is_actor(m, actors) or put_on_map(m, p.doc)
    ]
    page = Page(_votes(parsed, named, gazetteer, mentions, outlet))
    wider = chains(named, [p.doc for p in parsed.paragraphs])
    chosen = _chosen(named, named, wider, page)
    page.settle([m for m in chosen if m is not None])
    chosen = _chosen(named, [m or n for m, n in zip(chosen, named, strict=True)], wider, page)
    kept = _linked(chosen, wider)
    nominals = [n for p in parsed.paragraphs for n in nominals_in(p, kept)]
    return resolve_nominals(sorted(kept + nominals, key=lambda m: m.span), parsed, page, gazetteer)


def _chosen(
    named: list[PlaceMention], known: list[PlaceMention], wider: dict[int, Chain], page: Page
) -> list[PlaceMention | None]:
    """Each name with its place chosen, the wider ones of a chain first, with what is `known` of the finer ones."""
    finer: defaultdict[int, list[PlaceMention]] = defaultdict(list)
    for i, behind in wider.items():
        for j, _ in behind:
            finer[j].append(known[i])
    now = list(known)
    found: list[PlaceMention | None] = [None] * len(named)
    for i in range(len(named) - 1, -1, -1):
        behind = wider.get(i, ())
        around = [now[j] for j, _ in behind]
        sure = bool(behind) and behind[0][1] in ("in", "bracketed") and any(exact(m.candidates) for m in around)
        found[i] = choose(named[i], around, page, strict=sure, finer=finer.get(i, ()))
        now[i] = found[i] or named[i]
    return found


def _linked(chosen: list[PlaceMention | None], wider: dict[int, Chain]) -> list[PlaceMention]:
    """The names that are kept, each with those that say where it lies."""
    kept = []
    for i, mention in enumerate(chosen):
        behind = [(m, tie) for j, tie in wider.get(i, ()) if (m := chosen[j]) is not None and m.placing]
        if mention is not None and behind and lies_by(mention, [m for m, _ in behind]):
            mention = replace(mention, wider=tuple(m for m, _ in behind), tied=behind[0][1])
        if mention is not None:
            kept.append(mention)
    return kept


_PERSONS_AND_GROUPS = ("person", "armed_group", "political_group", "military")


def _actors(mentions: Mentions | None) -> dict[int, set[tuple[int, int]]]:
    """The spans of names that the lexicon knows for persons or groups, by paragraph."""
    found: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for (paragraph, _), m in (mentions.by_head.items() if mentions else ()):
        if m.form == "name" and m.actor is not None and m.kind in _PERSONS_AND_GROUPS:
            found[paragraph].add((m.span.start, m.span.end))
    return dict(found)


def _is_actor(mention: PlaceMention, actors: dict[int, set[tuple[int, int]]]) -> bool:
    """Whether the words are those of an actor, or the last of them: "Hamas", "Abbas" of "Mahmoud Abbas"."""
    span = mention.span
    return any(
        start <= span.start and span.end == end and (span.end - span.start) * 3 > end - start
        for start, end in actors.get(mention.paragraph, ())
    )


def _votes(
    parsed: Parsed, named: list[PlaceMention], gazetteer: Gazetteer, mentions: Mentions | None, outlet: str | None
) -> dict[str, float]:
    """How much the page speaks of each country: by its people, its own name, the places it alone could hold, the
    actors that belong to it, and, least, where the page is published.

    A name that a few countries share gives each a part of a vote, so that two such names may decide each other.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    if outlet is not None:
        votes[outlet] += _OUTLET
    for m in mentions.by_head.values() if mentions else ():
        if m.form == "name" and m.actor and m.country and m.kind in _FIGHTERS:
            votes[m.country] += 1
    for paragraph in parsed.paragraphs:
        for token in paragraph.doc:
            if token.text[:1].isupper() and (country := gazetteer.country_of(token.text)):
                votes[country] += _ADJECTIVE
    page = Page(dict(votes))
    strangers: list[tuple[str, set[str]]] = []  # of a country, and the countries where a near name may be meant
    for mention in named:
        sure = [] if mention.weak or not mention.placing else exact(mention.candidates)
        countries = {c.country for c in sure}
        alone = len(countries) == 1 and any(vouched(c, mention, page) for c in sure)
        states = [c for c in sure[1:] if c.kind == "admin1" and c.country != sure[0].country]
        if alone or (sure and sure[0].kind == "country" and not states):
            votes[sure[0].country] += 2
            others = {c.country for c in mention.candidates if c.score >= FAINT} - countries
            if others and not any(well_known(c) for c in sure):
                strangers.append((sure[0].country, others))
        elif states:  # "Georgia", the country or the state
            for country in (sure[0].country, states[0].country):
                votes[country] += 1
        elif not sure and mention.placing and (near := resembled(mention)):
            votes[near] += _RESEMBLED
        elif 1 < len(countries) <= _FEW:
            for country in sorted(countries):
                votes[country] += 1 / len(countries)
    for country, others in strangers:  # one small town is no page about its country, where another is spoken of
        if votes[country] <= 2 <= max(votes[c] for c in others):
            votes[country] = 0.0
    return dict(votes)


_FIGHTERS = ("armed_group", "political_group")
