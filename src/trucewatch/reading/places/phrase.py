"""The value of an event's place: its words, its bearing and distance, its point and how precise that is."""

from __future__ import annotations

import math
import re
from typing import Literal

from spacy.tokens import Doc

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


def place_value(
    mention: PlaceMention, found: tuple[PlaceMention, ...], paragraph: Paragraph, *, opening: int | None = None
) -> Place:
    """The place that a mention stands for. `opening` is the token of a name that no index knows and that the
    mention's phrase only explains ("Ashmi, south of Kobane"): the words begin there."""
    doc = paragraph.doc
    span, near, relation = _phrase(mention, paragraph)
    if opening is not None:
        span = Span(paragraph.start + doc[opening].idx, span.end)
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
        if (before == "between" and joint == ["and"]) or (joint == ["-"] and after in words().roads):
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
