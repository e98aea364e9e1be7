"""Where: the places that a page names, which of their namesakes is meant, and where an event is.

A name is looked up whatever the named-entity tagger said. Among namesakes the page's countries and other
places decide, population last; where they do not, the place stays ambiguous and has no coordinates.
The place of an event is the one that the tree hangs on its trigger, its clause or the clauses that share
its scene; a place that merely stands in the page is none.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import Literal

import msgspec
from spacy.tokens import Doc, Token

from trucewatch.gazetteer import EXACT, Candidate, Gazetteer
from trucewatch.language import Paragraph, Parsed
from trucewatch.model import Place, Relation, Span
from trucewatch.reading.shared import Anchor
from trucewatch.rules.loader import load

Precision = Literal["point", "town", "near", "district", "province", "country", "unknown"]
_LONGEST = 6            # tokens of a name
_INNER = {
    "al", "el", "an", "ar", "as", "ash", "ad", "az", "at", "ez", "es", "de", "del", "la", "las", "los", "of", "da",
    "do", "dos", "di", "le", "-", "'", "’", "‘", "`", "bin", "sur", "und", "i",
}
_OBJECTS = {"dobj", "pobj", "nsubjpass"}
_LARGE = 50_000         # from so many on a name is taken for the place it names in the news
_SMALL = 15_000         # below so many inhabitants a name needs a sign that a place is meant
_APART_KM = 50.0        # candidates nearer than this are one place for our purpose
_PROVINCE = 100_000
_DOMINANT = 8           # times as many inhabitants as the next namesake
_MARGIN = 0.08
_NEAR_SPELLING = 0.75
_TELLING = 8            # letters of a name that is hardly borne by chance
_DEGREE_KM = 111.2
_PRECISION: dict[str, Precision] = {
    "country": "country", "admin1": "province", "region": "district", "town": "town", "village": "town",
    "camp": "town", "quarter": "district", "site": "point", "road": "near", "water": "near", "mountain": "near",
}
_FINE = {"quarter": 0, "site": 0, "camp": 0, "road": 0, "village": 1, "town": 1, "mountain": 1, "water": 2, "region": 2,
         "admin1": 3, "country": 4}


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kinds: dict[str, list[str]]
    anaphors: set[str]
    roads: set[str]
    lines: set[str]
    locative: set[str]
    placing: set[str]
    near: set[str]
    vicinity: set[str]
    bearings: dict[str, str]
    titles: set[str]
    bodies: set[str]
    common: set[str]
    abstract: set[str]
    carrying: set[str]
    other_scene: set[str]
    speech: set[str]


@cache
def _words() -> _Words:
    return load("toponyms", _Words)


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A toponym, or a noun that stands for one ("the city"): `first`..`last` are its tokens (inclusive) in
    the paragraph. `chosen` is None while ambiguous or unresolved. A `weak` one has no sign of a place beside
    its name, and is kept only in a country that the page is about."""

    span: Span
    paragraph: int
    first: int
    last: int
    form: Literal["name", "nominal"]
    candidates: tuple[Candidate, ...] = ()
    chosen: Candidate | None = None
    noun: str | None = None
    weak: bool = False

    @property
    def resolution(self) -> Literal["resolved", "ambiguous", "unresolved"]:
        if self.chosen is not None:
            return "resolved"
        return "ambiguous" if self.candidates else "unresolved"


@dataclass(slots=True)
class _Page:
    """What has been gathered of a page while its places are chosen."""

    votes: Counter[str] = field(default_factory=Counter)

    def share(self, country: str) -> float:
        total = sum(self.votes.values())
        return self.votes[country] / total if total else 0.0


def find_places(parsed: Parsed, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Every toponym of the page in the order of the text, with its candidates and the one chosen."""
    named = [m for p in parsed.paragraphs for m in _names(p, gazetteer)]
    page = _Page()
    for paragraph in parsed.paragraphs:
        for token in paragraph.doc:
            if token.text[:1].isupper() and (country := gazetteer.country_of(token.text)):
                page.votes[country] += 1
    votes: Counter[str] = Counter()
    for mention in named:
        exact = [] if mention.weak else _exact(mention.candidates)
        alone = len({c.country for c in exact}) == 1 and any(_vouched(c, mention, page) for c in exact)
        if alone or (exact and exact[0].kind == "country"):
            votes[exact[0].country] += 2
    page.votes.update(votes)
    chosen = [_choose(m, named, page) for m in named]
    kept = [m for m in chosen if m is not None]
    nominals = [n for p in parsed.paragraphs for n in _nominals(p, kept)]
    return _resolve_nominals(sorted(kept + nominals, key=lambda m: m.span), parsed, page, gazetteer)


# ------------------------------------------------------------------------------------------- names


def _names(paragraph: Paragraph, gazetteer: Gazetteer) -> Iterator[PlaceMention]:
    doc = paragraph.doc
    at = 0
    while at < len(doc):
        mention = _name_at(paragraph, at, gazetteer) if _starts(doc, at) else None
        if mention is None:
            at += 1
        else:
            yield mention
            at = mention.last + 1


def _starts(doc: Doc, at: int) -> bool:
    token = doc[at]
    if token.text[:1].isupper():
        return True
    return token.lower_ in _INNER and token.is_alpha and at + 2 < len(doc) and doc[at + 1].text == "-" and (
        doc[at + 2].text[:1].isupper()
    )


def _name_at(paragraph: Paragraph, at: int, gazetteer: Gazetteer) -> PlaceMention | None:
    """The longest name of a place that begins at a token, its own spelling before a near one; a name in the
    place of a place that no index knows comes back without candidates."""
    doc = paragraph.doc
    loose: PlaceMention | None = None
    for last in _ends(doc, at):
        text = doc[at : last + 1].text
        found = gazetteer.find(text)
        if not found or (gazetteer.country_of(text) and found[0].kind != "country"):
            continue
        if (sure := _is_toponym(doc, at, last, found)) is None:
            continue
        mention = replace(_mention(paragraph, at, last, found), weak=not sure)
        if _exact(found):
            return mention
        loose = loose or mention
    return loose or _unknown(paragraph, at)


def _ends(doc: Doc, at: int) -> Iterator[int]:
    """The tokens on which a name from `at` may end, the farthest first."""
    ends = []
    for i in range(at, min(at + _LONGEST, len(doc))):
        token = doc[i]
        if token.text[:1].isupper() or (i > at and token.text[:1].isdigit()):
            ends.append(i)
        elif token.lower_ not in _INNER or (i > at and doc[i - 1].whitespace_ and token.text in "'’‘`"):
            if token.lower_ == "camp" and i > at:
                ends.append(i)
            break
    return reversed(ends)


def _mention(paragraph: Paragraph, first: int, last: int, found: tuple[Candidate, ...]) -> PlaceMention:
    span = paragraph.span(paragraph.doc[first : last + 1])
    noun = _noun_beside(paragraph.doc, first, last)
    return PlaceMention(span, paragraph.index, first, last, "name", found, noun=noun)


def _noun_beside(doc: Doc, first: int, last: int) -> str | None:
    """The common noun that says what the name names: "Nihm district", "the town of Anadan", "Aleppo city"."""
    kinds = _words().kinds
    after = doc[last + 1] if last + 1 < len(doc) else None
    if after is not None and after.lower_ in kinds:
        return after.lower_
    if first >= 2 and doc[first - 1].lower_ == "of" and doc[first - 2].lemma_.lower() in kinds:
        return doc[first - 2].lemma_.lower()
    if first >= 1 and doc[first - 1].lower_ in kinds:
        return doc[first - 1].lower_
    return None


def _is_toponym(doc: Doc, first: int, last: int, found: tuple[Candidate, ...]) -> bool | None:
    """Whether the words are a place here: True, or None for a part of a longer name, a person, a common word;
    False when it takes the page's country to tell."""
    words = _words()
    sign = _sign(doc, first, last, found)
    types = {t.ent_type_ for t in doc[first : last + 1]} - {""}
    geo = bool(types & {"GPE", "LOC", "FAC"})
    if first == last and not (_proper(doc[first]) or sign or geo):
        return None
    if doc[first : last + 1].text.lower() in _INNER | words.common:
        return None
    if first and doc[first - 1].lower_ == "the" and not _noun_beside(doc, first, last) and all(
        c.kind in ("town", "village") for c in found
    ):
        return None  # "the Turkistan": short for some body
    if types & {"DATE", "TIME"}:
        return None
    acronym = first == last and doc[first].is_upper and len(doc[first]) <= 4
    if acronym and found[0].kind not in ("country", "region"):
        return None
    if _part_of_longer(doc, first, last):
        return None
    if first and doc[first - 1].lower_.rstrip(".") in words.titles and not sign:
        return None
    if "PERSON" in types and not sign:
        return False if doc[first : last + 1].root.dep_ in _OBJECTS else None
    strong = any(c.score >= EXACT and (c.kind in ("country", "admin1") or c.population >= _SMALL) for c in found)
    if "NORP" in types and not (sign or strong):
        return None
    return sign or geo or strong


def _proper(token: Token) -> bool:
    """A proper name by its tag, or by its capital in the midst of a sentence in small letters."""
    if token.pos_ == "PROPN":
        return True
    small = sum(t.is_alpha and t.is_lower for t in token.sent)
    capital = token.pos_ != "ADJ" and not token.is_sent_start and token.text[:1].isupper()
    return capital and small * 2 > len(token.sent)


def _sign(doc: Doc, first: int, last: int, found: tuple[Candidate, ...] = ()) -> bool:
    """A word beside the name that makes it a place: "in", "near", "the town of", "district"."""
    noun = _noun_beside(doc, first, last)
    if noun and (not found or any(c.kind in _words().kinds[noun] for c in found)):
        return True
    before = doc[first - 1].lower_ if first else ""
    if before in ("of", "from") and first >= 2:
        return _geographic(doc[first - 2])
    return before in _words().locative - {"of", "to", "from", "against", "on"}


def _part_of_longer(doc: Doc, first: int, last: int) -> bool:
    """Whether capitalised proper names go on at either side: "Aleppo Media Centre", "Salma Hayek"."""
    words = _words()
    before = doc[first - 1] if first else None
    after = doc[last + 1] if last + 1 < len(doc) else None
    head = doc[first : last + 1].root.head
    after_is_body = after is not None and after.lower_ in words.bodies
    if after_is_body or (head.i > last and head.lemma_.lower() in words.bodies):
        return True
    if after is not None and after.text == "-" and not after.whitespace_ and last + 2 < len(doc):
        return doc[last + 2].text[:1].islower()  # "Damascus-based"
    if after is not None and after.pos_ == "PROPN" and after.text[:1].isupper() and after.lower_ not in words.kinds:
        modifies = doc[last].dep_ in ("compound", "nmod", "amod", "poss")
        if modifies and doc[last].whitespace_:
            return True
    if before is None or before.pos_ != "PROPN" or not before.text[:1].isupper() or before.lower_ in words.kinds:
        return False
    return before.dep_ in ("compound", "nmod") and before.head.i in range(first, last + 1) and (
        before.lower_ not in words.bearings and not before.is_sent_start
    )


def _unknown(paragraph: Paragraph, at: int) -> PlaceMention | None:
    """A capitalised name in the place of a place that no index knows: "in Foobar", "the village of Foobar"."""
    doc = paragraph.doc
    if doc[at].pos_ != "PROPN" or doc[at].ent_type_ in ("PERSON", "DATE", "NORP"):
        return None
    last = at
    while last + 1 < len(doc) and doc[last + 1].pos_ == "PROPN" and doc[last + 1].lower_ not in _words().kinds:
        last += 1
    head = doc[last]
    places = {"GPE", "LOC", "FAC"}
    if head.dep_ != "pobj" and not _noun_beside(doc, at, last):
        return None
    geo = bool({t.ent_type_ for t in doc[at : last + 1]} & places)
    if _part_of_longer(doc, at, at) and at != last and not geo:
        return None
    if not (geo and _sign(doc, at, last)) and not (_noun_beside(doc, at, last) and head.ent_type_ != "ORG"):
        return None
    if not _sign(doc, at, last):
        return None
    return _mention(paragraph, at, last, ())


def _exact(found: tuple[Candidate, ...]) -> list[Candidate]:
    return [c for c in found if c.score >= EXACT]


# -------------------------------------------------------------------------------------- namesakes


def _choose(mention: PlaceMention, named: list[PlaceMention], page: _Page) -> PlaceMention | None:
    """The mention with its place chosen; None when no candidate is near enough to be taken for a place."""
    if not mention.candidates:
        return mention
    provinces = {
        c.admin1 for m in named if m is not mention and m.paragraph == mention.paragraph
        for c in _exact(m.candidates) if c.kind == "admin1"
    }
    pool = _exact(mention.candidates)
    here = [c for c in mention.candidates if page.share(c.country) >= 0.2]
    if mention.weak and not any(c.score >= EXACT for c in here):
        return None
    if not any(c in here for c in pool):
        pool = here or pool
    if not pool:  # a near spelling: only where all that come near lie in one country
        pool = [c for c in mention.candidates if c.score >= _NEAR_SPELLING]
        if not pool or len({c.country for c in pool}) > 1:
            return None
    ranked = sorted(((_fit(c, mention, pool, provinces, page), c) for c in pool), key=lambda pair: -pair[0])
    best_fit, best = ranked[0]
    if best.kind == "admin1" and "admin1" not in _words().kinds.get(mention.noun or "", [])[:1]:
        best = next((c for _, c in ranked if c.kind == "town" and _seat(c, best)), best)
    rivals = [
        c for fit, c in ranked
        if best_fit - fit < _MARGIN and kilometres(best, c) > _APART_KM
        and not _dwarfs(best, c) and not _seat(best, c)
    ]
    if (rivals and best.kind != "country") or not _vouched(best, mention, page):
        return replace(mention, candidates=(best, *rivals))
    return replace(mention, candidates=tuple(c for _, c in ranked), chosen=best)


def _vouched(best: Candidate, mention: PlaceMention, page: _Page) -> bool:
    """Whether anything beside the name speaks for a place: the page's country, its size, or that the world
    has no other of the name. A hamlet on another continent is no answer."""
    if best.kind in ("country", "admin1") or page.share(best.country) > 0.1 or best.population >= _LARGE:
        return True
    if best.population >= _SMALL and {c.country for c in _exact(mention.candidates)} == {best.country}:
        return True
    alone = len({c.country for c in mention.candidates if c.score >= _NEAR_SPELLING}) == 1
    return alone and (best.source != "GeoNames" or len(best.name) >= _TELLING)


def _fit(
    candidate: Candidate, mention: PlaceMention, pool: list[Candidate], provinces: set[str | None], page: _Page
) -> float:
    # Squared: a country named in passing says little, one that the page is about nearly all.
    fit = candidate.score + 0.6 * page.share(candidate.country) ** 2 + 0.03 * math.log10(1 + _size(candidate))
    if candidate.kind == "country":
        fit += 0.5
    kinds = _words().kinds.get(mention.noun or "", [])
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


# -------------------------------------------------------------------------------------- "the city"


def _nominals(paragraph: Paragraph, named: list[PlaceMention]) -> Iterator[PlaceMention]:
    """Definite nouns that stand for a place named elsewhere, and lines ("the Russian border")."""
    words = _words()
    taken = {i for m in named if m.paragraph == paragraph.index for i in range(m.first, m.last + 1)}
    for token in paragraph.doc:
        noun = token.lower_
        if token.pos_ != "NOUN" or noun not in words.anaphors | words.lines:
            continue
        determiner = next((c for c in token.children if c.dep_ == "det" and c.lower_ in ("the", "that", "this")), None)
        if determiner is None:
            continue
        if noun == "capital" and not _plain_capital(token):
            continue
        inside = range(determiner.i, token.i + 1)
        if any(i in taken for i in inside) or _names_itself(token, taken):
            continue
        span = paragraph.span(paragraph.doc[determiner.i : token.i + 1])
        yield PlaceMention(span, paragraph.index, determiner.i, token.i, "nominal", noun=noun)


def _plain_capital(noun: Token) -> bool:
    """Not "the former capital", "the capital of the caliphate"."""
    return not any(
        (c.dep_ == "amod" and not c.text[:1].isupper()) or (c.dep_ == "prep" and c.lower_ == "of")
        for c in noun.children
    )


def _names_itself(noun: Token, taken: set[int]) -> bool:
    """"the town of Anadan", "the Castello road": the name is beside the noun."""
    if noun.i + 1 in taken or noun.i - 1 in taken:
        return True
    return any(c.dep_ == "prep" and c.lower_ == "of" and any(p.i in taken for p in c.subtree) for c in noun.children)


def _resolve_nominals(
    mentions: list[PlaceMention], parsed: Parsed, page: _Page, gazetteer: Gazetteer
) -> tuple[PlaceMention, ...]:
    words = _words()
    done: list[PlaceMention] = []
    for mention in mentions:
        if mention.form == "nominal" and mention.noun not in words.lines:
            found = _antecedent(mention, done, parsed, page, gazetteer)
            if found is None:
                continue
            mention = replace(mention, candidates=(found,), chosen=found)
        done.append(mention)
    return tuple(done)


def _antecedent(
    mention: PlaceMention, before: list[PlaceMention], parsed: Parsed, page: _Page, gazetteer: Gazetteer
) -> Candidate | None:
    doc = parsed.paragraphs[mention.paragraph].doc
    inside = doc[mention.first : mention.last + 1]
    peoples = [c for t in inside if (c := gazetteer.country_of(t.text))]
    if mention.noun == "capital":
        country = peoples[0] if peoples else _main_country(page)
        return gazetteer.capital(country) if country else None
    if mention.noun == "country" and peoples and peoples[0] != "":
        return gazetteer.country(peoples[0])
    kinds = set(_words().kinds[mention.noun or ""])
    if mention.noun in ("area", "region", "district"):
        kinds |= {"town", "village", "quarter", "camp", "region"}
        before = [m for m in before if m.paragraph == mention.paragraph]
    for earlier in reversed(before):
        if earlier.chosen is not None and earlier.chosen.kind in kinds:
            return earlier.chosen
    if mention.noun == "country" and (country := _main_country(page)):
        return gazetteer.country(country)
    return None


def _main_country(page: _Page) -> str | None:
    return page.votes.most_common(1)[0][0] if page.votes else None


# ------------------------------------------------------------------------------- the event's place


def place_of(
    anchor: Anchor, parsed: Parsed, found: tuple[PlaceMention, ...], *, previous: Place | None = None
) -> Place | None:
    """The place of the event at `anchor`, or None when nothing says where it was.

    `previous` is the place of the event told right before, which a sentence that opens on "there" or
    "then" carries on.
    """
    paragraph = parsed.paragraphs[anchor.paragraph]
    trigger = paragraph.doc[anchor.token]
    ranked = []
    for mention in found:
        if mention.paragraph != anchor.paragraph or not _in_scope(mention, trigger, anchor, paragraph):
            continue
        rank = _rank(mention, trigger, anchor, paragraph)
        if rank is not None:
            fine = _FINE[mention.chosen.kind] if mention.chosen else 5
            relative = _relation(mention, paragraph.doc)[1]
            ranked.append((rank, fine, relative, abs(mention.first - trigger.i), mention))
    if not ranked:
        return previous if previous is not None and _carries_on(trigger) else None
    best = min(ranked, key=lambda r: r[:4])[4]
    return _place(best, found, paragraph)


def _carries_on(trigger: Token) -> bool:
    return any(c.lower_ == "there" and c.dep_ == "advmod" for c in _verb(trigger).children)


def _in_scope(mention: PlaceMention, trigger: Token, anchor: Anchor, paragraph: Paragraph) -> bool:
    if paragraph.doc[mention.first].sent != trigger.sent or mention.first <= trigger.i <= mention.last:
        return False
    if anchor.content is None:
        return True
    return anchor.content.start <= mention.span.start and mention.span.end <= anchor.content.end


def _verb(token: Token) -> Token:
    while token.head != token and (token.pos_ not in ("VERB", "AUX") or token.dep_ in ("amod", "aux", "auxpass")):
        token = token.head
    return token


def _root(mention: PlaceMention, doc: Doc) -> Token:
    return doc[mention.first : mention.last + 1].root


_CLIMB = {"pobj", "compound", "appos", "conj", "poss", "nmod", "amod", "npadvmod", "advmod", "prep", "dep", "nsubj",
          "nsubjpass", "dobj", "attr", "pcomp", "oprd", "agent", "dative", "quantmod", "parataxis"}


def _climb(token: Token, trigger: Token) -> tuple[list[Token], Token]:
    """The tokens from a name up to the trigger or to the nearest verb above it, and that end."""
    path = [token]
    while token != trigger and token.head != token and not (token.pos_ in ("VERB", "AUX") and token.dep_ != "amod"):
        token = token.head
        path.append(token)
    return path, token


def _rank(mention: PlaceMention, trigger: Token, anchor: Anchor, paragraph: Paragraph) -> int | None:
    """How closely the tree binds a place to an event, 0 the closest; None when it is no place of it."""
    doc = paragraph.doc
    path, end = _climb(_root(mention, doc), trigger)
    kind = _bond(path, end, trigger)
    if kind is None or (mention.chosen and mention.chosen.kind == "country" and _qualifies(path)):
        return None
    if mention.noun in _words().lines:
        kind += 30
    if end == trigger:
        return kind
    verb = _verb(trigger)
    if end == verb:
        return 3 + kind
    for steps, above in enumerate(_shared(verb)):
        if end == above:
            return 8 + kind + steps
    if kind == 0 and _fronted(mention, paragraph, anchor):
        return 12
    if any(end == below for below in _under(verb)):
        return 14 + kind
    if anchor.content is not None and not _inside(end, anchor.content, paragraph):
        return 20 + kind
    return None


def _bond(path: list[Token], end: Token, trigger: Token) -> int | None:
    """0 a phrase of place on the end of the path, 1 in its object, 2 in its subject; None when the name plays
    another part: an actor, an origin, a topic, somebody's office or outlet."""
    words = _words()
    placed = False
    for child, head in pairwise(path):
        if child.dep_ in ("pobj", "pcomp"):
            carried = placed and head.lower_ in words.carrying
            if not (carried or head.lower_ in words.placing or _bearing(head)):
                return None
            if head.lower_ == "of" and not placed and head.head.pos_ == "NOUN" and _is_person(head.head):
                return None
            placed = placed or head.lower_ != "of" or _geographic(head.head) or head.head == trigger
        elif child.dep_ in ("compound", "nmod", "amod") and child == path[0]:
            if head != trigger and not _geographic(head) and (head.ent_type_ or _is_person(head)):
                return None
            if head.lemma_.lower() in words.abstract and head != trigger:
                return None
            placed = placed or head == trigger or _geographic(head)
        elif child.dep_ == "poss" and not (_geographic(head) or head == trigger or _in_it(head)):
            return None
    last = path[-2] if len(path) > 1 else path[-1]
    if last.dep_ in ("nsubj", "csubj"):
        return 2 if placed and end.pos_ in ("VERB", "AUX") else None
    if last.dep_ == "agent":
        return 2 if placed else None
    if last.dep_ in ("dobj", "nsubjpass", "attr", "oprd"):
        named = last == path[0] and end.lemma_ not in words.speech
        if named:
            return 0
        return 1 if placed or _geographic(last) else None
    if last.dep_ in ("dative",) or last.pos_ == "ADP" or last.dep_ in ("prep", "advmod", "npadvmod"):
        return 0
    return 1 if placed or end == trigger else None


def _qualifies(path: list[Token]) -> bool:
    """A country's name before a noun tells whose, not where: "a US convoy", "the Turkey strikes"."""
    return len(path) > 1 and path[0].dep_ in ("compound", "nmod", "amod") and not _geographic(path[1])


def _fronted(mention: PlaceMention, paragraph: Paragraph, anchor: Anchor) -> bool:
    """A phrase of place that opens the sentence, or the words reported, sets the scene for all of it."""
    doc = paragraph.doc
    opening = doc[mention.first].sent.start
    if anchor.content is not None and (inside := paragraph.tokens(anchor.content)) is not None:
        opening = max(opening, inside.start)
    lead = doc[opening]
    end = next((t.i for t in doc[opening : opening + 14] if t.text == ","), opening)
    return lead.lower_ in _words().placing - {"of", "to", "against"} and opening < mention.first <= end


def _in_it(noun: Token) -> bool:
    """"in Syria's conflict", "at Tripoli's markets"."""
    return noun.dep_ == "pobj" and noun.head.lower_ in _words().placing - {"of", "to", "against", "between", "upon"}


def _is_person(token: Token) -> bool:
    return token.ent_type_ == "PERSON" or token.lower_ in _words().titles


def _geographic(token: Token) -> bool:
    words = _words()
    lemma = token.lemma_.lower()
    return lemma in words.kinds or lemma in words.roads or lemma in words.vicinity or token.lower_ in words.bearings


def _bearing(token: Token) -> bool:
    return token.lower_ in _words().bearings


def _inside(token: Token, span: Span, paragraph: Paragraph) -> bool:
    return span.start <= paragraph.start + token.idx < span.end


def _shared(verb: Token) -> Iterator[Token]:
    """The verbs above whose scene a clause shares."""
    for _ in range(3):
        if verb.dep_ not in ("xcomp", "advcl", "conj", "pcomp", "acl", "ccomp") or verb.head == verb:
            return
        if verb.dep_ == "advcl" and _opens_with(verb, _words().other_scene | {"as"}):
            return
        verb = _verb(verb.head)
        yield verb


def _under(verb: Token) -> Iterator[Token]:
    """The verbs below that tell on with the same scene: "killed when rockets hit X", "tried to take X"."""
    if verb.lemma_ in _words().speech:
        return
    for child in verb.children:
        if child.dep_ in ("advcl", "xcomp") and child.pos_ in ("VERB", "AUX"):
            if not _opens_with(child, _words().other_scene):
                yield child
                yield from (c for c in child.children if c.dep_ == "xcomp")
        elif child.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children):
            yield child


def _opens_with(verb: Token, words: set[str]) -> bool:
    return any(c.lower_ in words and c.dep_ in ("mark", "advmod", "prep") for c in verb.children)


# ------------------------------------------------------------------------------------ the value


def _place(mention: PlaceMention, found: tuple[PlaceMention, ...], paragraph: Paragraph) -> Place:
    doc = paragraph.doc
    span, near, relation = _phrase(mention, paragraph)
    text = doc.text[span.start - paragraph.start : span.end - paragraph.start]
    if mention.chosen is None:
        return Place(
            span.start, span.end, text, relation=relation, resolution=mention.resolution,
            candidates=tuple(f"{c.name}, {c.admin1 or ''}, {c.country}" for c in mention.candidates),
        )
    chosen = mention.chosen
    other = _between(mention, found, doc)
    lat, lon = _point(chosen, relation, other)
    return Place(
        span.start, span.end, text, chosen.name, chosen.geonameid, lat, lon, chosen.country, chosen.admin1, relation,
        "near" if near or other else _PRECISION[chosen.kind], "resolved",
    )


def _phrase(mention: PlaceMention, paragraph: Paragraph) -> tuple[Span, bool, Relation | None]:
    """The words of place with their relation, and whether the place is only near the one named."""
    doc = paragraph.doc
    start, near, relation = _relation(mention, doc)
    end = mention.last + 1
    if end < len(doc) and mention.noun == doc[end].lower_:
        end += 1
    return paragraph.span(doc[start:end]), near, relation


_KM = re.compile(r"(\d+(?:[.,]\d+)?)$")


def _relation(mention: PlaceMention, doc: Doc) -> tuple[int, bool, Relation | None]:
    """Where the phrase begins, whether it only comes near, and its bearing: "15 km south of X"."""
    words = _words()
    at = mention.first
    while at and doc[at - 1].pos_ in ("DET", "ADJ"):
        at -= 1
    if at and doc[at - 1].lower_ in words.near:
        return at - 1, True, None
    if at >= 2 and doc[at - 1].lower_ in ("of", "from"):
        noun = doc[at - 2]
        if noun.lower_ in words.bearings:
            km, first = _kilometres_before(doc, at - 2)
            return first, True, Relation(words.bearings[noun.lower_], km)
        if noun.lemma_.lower() in words.vicinity or noun.lower_ in words.vicinity:
            return at - 2, True, None
        km, first = _kilometres_before(doc, at - 1)
        if km is not None:
            return first, True, Relation(None, km)
    return at, False, None


def _kilometres_before(doc: Doc, at: int) -> tuple[float | None, int]:
    """A distance that ends right before a token, in kilometres, and where it begins."""
    units = {"km": 1.0, "kilometre": 1.0, "kilometer": 1.0, "mile": 1.609, "m": 0.001, "metre": 0.001, "meter": 0.001}
    if at >= 2 and (unit := units.get(doc[at - 1].lemma_.lower())) and (number := _KM.match(doc[at - 2].text)):
        return round(float(number.group().replace(",", ".")) * unit, 1), at - 2
    return None, at


def _between(mention: PlaceMention, found: tuple[PlaceMention, ...], doc: Doc) -> Candidate | None:
    """The other end of "between A and B" or of "the A-B road"."""
    for other in found:
        if other.paragraph != mention.paragraph or other.chosen is None or other.first <= mention.last:
            continue
        joint = [t.lower_ for t in doc[mention.last + 1 : other.first]]
        before = doc[mention.first - 1].lower_ if mention.first else ""
        after = doc[other.last + 1].lower_ if other.last + 1 < len(doc) else ""
        if (before == "between" and joint == ["and"]) or (joint == ["-"] and after in _words().roads):
            return other.chosen
    return None


def _point(chosen: Candidate, relation: Relation | None, other: Candidate | None) -> tuple[float, float]:
    """The named point, the middle between two, or the point at the distance and bearing given."""
    if other is not None:
        return round((chosen.lat + other.lat) / 2, 4), round((chosen.lon + other.lon) / 2, 4)
    if relation is None or relation.km is None or relation.bearing is None:
        return chosen.lat, chosen.lon
    turn = math.radians(("N", "NE", "E", "SE", "S", "SW", "W", "NW").index(relation.bearing) * 45)
    lat = chosen.lat + relation.km * math.cos(turn) / _DEGREE_KM
    lon = chosen.lon + relation.km * math.sin(turn) / (_DEGREE_KM * max(0.1, math.cos(math.radians(chosen.lat))))
    return round(lat, 4), round(lon, 4)
