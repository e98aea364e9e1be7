"""The value of an event's place: its words, its bearing and distance, its point and how precise that is."""

from __future__ import annotations

import math
import re
from typing import Literal

from spacy.tokens import Doc, Token

from trucewatch.gazetteer import Candidate
from trucewatch.language import Paragraph
from trucewatch.model import Place, Relation, Span
from trucewatch.reading.places.mention import PlaceMention
from trucewatch.reading.places.words import words

Precision = Literal["point", "town", "near", "district", "province", "country", "unknown"]
_DEGREE_KM = 111.2
_PRECISION: dict[str, Precision] = {
    "country": "country", "admin1": "province", "region": "district", "town": "town", "village": "town",
    "camp": "town", "quarter": "district", "site": "point", "road": "near", "water": "near", "mountain": "near",
}


def place_value(mention: PlaceMention, found: tuple[PlaceMention, ...], paragraph: Paragraph) -> Place:
    """The place that a mention stands for.

    A name that no index knows keeps its words. Where a town beside it is named ("Ashmi, south of Kobane") the point
    is that of the phrase about the town; where a region is, the region's; else what is known is the province and
    country named with it.
    """
    if mention.chosen is None:
        town = next((m for m in mention.wider[:1] if m.chosen is not None and m.chosen.kind in _POINTS), None)
        if town is not None and mention.tied in ("in", "near"):
            return _resolved(town, found, paragraph, opening=mention.first, near=True)
        region = next((m for m in mention.wider[:1] if m.chosen is not None and m.chosen.kind == "region"), None)
        if region is not None and mention.tied == "in":
            return _resolved(region, found, paragraph, opening=mention.first, near=False)
        return _unresolved(mention, paragraph)
    return _resolved(mention, found, paragraph, opening=None, near=False)


_POINTS = ("town", "village", "quarter", "camp", "site")


def _unresolved(mention: PlaceMention, paragraph: Paragraph) -> Place:
    span, _, relation = _phrase(mention, paragraph)
    around = [m.chosen for m in mention.wider if m.chosen is not None]
    return Place(
        span.start, span.end, _text(span, paragraph), relation=relation, resolution=mention.resolution,
        country=next((c.country for c in around), None), admin1=next((c.admin1 for c in around if c.admin1), None),
        candidates=tuple(f"{c.name}, {c.admin1 or ''}, {c.country}" for c in mention.candidates),
    )


def _resolved(
    mention: PlaceMention, found: tuple[PlaceMention, ...], paragraph: Paragraph, *, opening: int | None, near: bool
) -> Place:
    chosen = mention.chosen
    assert chosen is not None
    span, beside, relation = _phrase(mention, paragraph)
    if opening is not None:
        span = Span(paragraph.start + paragraph.doc[opening].idx, span.end)
    other = _between(mention, found, paragraph.doc)
    lat, lon = _point(chosen, relation, other)
    if chosen.kind == "water" and relation is not None and relation.km is None:
        lat = lon = None  # "east of the Euphrates": a side of a river is as long as the river
    precision = _PRECISION[chosen.kind]
    if (near or beside or other) and precision not in ("province", "country"):
        precision = "near"  # beside a province is as wide as the province
    return Place(
        span.start, span.end, _text(span, paragraph), chosen.name, chosen.geonameid, lat, lon, chosen.country,
        chosen.admin1, relation, precision, "resolved",
    )


def _text(span: Span, paragraph: Paragraph) -> str:
    return paragraph.doc.text[span.start - paragraph.start : span.end - paragraph.start]


def _phrase(mention: PlaceMention, paragraph: Paragraph) -> tuple[Span, bool, Relation | None]:
    """The words of place with their relation, and whether the place is only near the one named."""
    doc = paragraph.doc
    start, near, relation = relation_of(mention, doc)
    end = mention.last + 1
    if end < len(doc) and mention.noun == doc[end].lower_:
        end += 1
    return paragraph.span(doc[start:end]), near, relation


_KM = re.compile(r"(\d+(?:[.,]\d+)?)$")


def relation_of(mention: PlaceMention, doc: Doc) -> tuple[int, bool, Relation | None]:
    """Where the phrase begins, whether it only comes near, and its bearing: "15 km south of X"."""
    lists = words()
    at = mention.first
    while at and doc[at - 1].pos_ in ("DET", "ADJ"):
        at -= 1
    if at and doc[at - 1].lower_ in lists.near:
        return at - 1, True, None
    if at >= 2 and doc[at - 1].lower_ in ("of", "from"):
        noun = doc[at - 2]
        if noun.lower_ in lists.bearings:
            km, first = _kilometres_before(doc, at - 2)
            return first, True, Relation(lists.bearings[noun.lower_], km)
        if noun.lemma_.lower() in lists.vicinity or noun.lower_ in lists.vicinity:
            side = _side(doc[at - 3]) if at >= 3 else None
            return at - 2 - (side is not None), True, side
        km, first = _kilometres_before(doc, at - 1)
        if km is not None:
            return first, True, Relation(None, km)
    return _round(mention, doc, at)


def _round(mention: PlaceMention, doc: Doc, at: int) -> tuple[int, bool, Relation | None]:
    """"Aleppo countryside", "the northern Aleppo countryside", "Aleppo's northern outskirts": the land round a name."""
    after = [t for t in doc[mention.last + 1 : mention.last + 4] if t.tag_ != "POS"]
    side = _side(after[0]) if after else None
    noun = after[side is not None] if len(after) > (side is not None) else None
    if noun is None or (noun.lemma_.lower() not in words().vicinity and noun.lower_ not in words().vicinity):
        return at, False, None
    return at, True, side or (_side(doc[mention.first - 1]) if mention.first else None)


def _side(token: Token) -> Relation | None:
    """"northern", "south-western": a bearing without a distance."""
    word = token.lower_
    bearing = words().bearings.get(word.removesuffix("ern")) if word.endswith("ern") else None
    return Relation(bearing, None) if bearing else None


def _kilometres_before(doc: Doc, at: int) -> tuple[float | None, int]:
    """A distance that ends right before a token, in kilometres, and where it begins."""
    units = {"km": 1.0, "kilometre": 1.0, "kilometer": 1.0, "mile": 1.609, "m": 0.001, "metre": 0.001, "meter": 0.001}
    if at >= 2 and (unit := units.get(doc[at - 1].lemma_.lower())) and (number := _KM.match(doc[at - 2].text)):
        return round(float(number.group().replace(",", ".")) * unit, 1), at - 2
    return None, at


def _between(mention: PlaceMention, found: tuple[PlaceMention, ...], doc: Doc) -> Candidate | None:
    """The other end of "between A and B" or of "the A-B road"."""
    for other in found:
        if other.paragraph != mention.paragraph or other.chosen is None or other.first != mention.last + 2:
            continue
        joint = doc[mention.last + 1].lower_
        before = doc[mention.first - 1].lower_ if mention.first else ""
        after = doc[other.last + 1].lower_ if other.last + 1 < len(doc) else ""
        if (before == "between" and joint == "and") or (joint == "-" and after in words().roads):
            return other.chosen
    return None


def _point(
    chosen: Candidate, relation: Relation | None, other: Candidate | None
) -> tuple[float | None, float | None]:
    """The named point, the middle between two, or the point at the distance and bearing given."""
    if other is not None:
        return round((chosen.lat + other.lat) / 2, 4), round((chosen.lon + other.lon) / 2, 4)
    if relation is None or relation.km is None or relation.bearing is None:
        return chosen.lat, chosen.lon
    turn = math.radians(("N", "NE", "E", "SE", "S", "SW", "W", "NW").index(relation.bearing) * 45)
    lat = chosen.lat + relation.km * math.cos(turn) / _DEGREE_KM
    lon = chosen.lon + relation.km * math.sin(turn) / (_DEGREE_KM * max(0.1, math.cos(math.radians(chosen.lat))))
    return round(lat, 4), round(lon, 4)
