"""Toponyms and where they are: corpora in the XML of LGL and of GeoWebNews.

LGL: every toponym of an article, those with coordinates resolved. GeoWebNews: the names of places,
in literal or associative use, with coordinates; its common nouns, demonyms, languages and namesakes
that are no places are not wanted. A found name is right when it has the same words as a wanted one.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.metrics import (
    Errors,
    Miss,
    Offsets,
    Scores,
    Words,
    bootstrap,
    f_of,
    median_metric,
    pair_off,
    ratio_of,
    share_metric,
    share_of_longer,
)
from benchmarks.points import kilometres, point_of
from benchmarks.probes import toponyms
from benchmarks.reader import document, progress, sentence_at
from trucewatch.model import Place

ACCURATE_KM = 161.0  # 100 miles, the field's customary radius


@dataclass(frozen=True, slots=True)
class Toponym:
    at: Offsets
    point: tuple[float, float] | None
    geonameid: str | None


@dataclass(frozen=True, slots=True)
class Article:
    name: str
    text: str
    toponyms: tuple[Toponym, ...]


def run(path: Path, *, limit: int | None, errors: Errors) -> Scores:
    """Spans over all toponyms; distances over those found that have coordinates on both sides."""
    articles = list(read_articles(path))[:limit]
    spans: list[tuple[float, float, float]] = []
    near: list[tuple[float, float]] = []
    unresolved: list[tuple[float, float]] = []
    distances: list[float] = []
    for article in progress(articles, len(articles), path.stem):
        found = toponyms(document(article.name, article.text))
        pairs = match(article, found)
        spans.append((len(pairs), len(found), len(article.toponyms)))
        _report(path.stem, article, found, pairs, errors)
        placed = [distance(article.toponyms[g], found[p]) for g, p in pairs if article.toponyms[g].point]
        km = [d for d in placed if d is not None]
        distances += km
        near.append((sum(d <= ACCURATE_KM for d in km), len(km)))
        unresolved.append((len(placed) - len(km), len(placed)))
    n = int(sum(row[2] for row in spans))
    return {
        "span_p": bootstrap(spans, lambda s: ratio_of(s[:, [0, 1]]), int(sum(row[1] for row in spans))),
        "span_r": bootstrap(spans, lambda s: ratio_of(s[:, [0, 2]]), n),
        "span_f": bootstrap(spans, f_of, n),
        "within_161km": share_metric(near),
        "median_km": median_metric(distances),
        "unresolved_share": share_metric(unresolved),
    }


def match(article: Article, found: list[Place]) -> list[tuple[int, int]]:
    """Pairs of wanted and found names with the same words."""
    words = Words(article.text)
    want = [words.within([t.at]) for t in article.toponyms]
    got = [words.within([(p.start, p.end)]) for p in found]
    at = {w: number for number, w in reversed(list(enumerate(got)))}
    return pair_off({(g, at[w]): share_of_longer(w, got[at[w]]) for g, w in enumerate(want) if w in at})


def distance(want: Toponym, found: Place) -> float | None:
    """Kilometres between them; 0 for the same GeoNames entry, None where one has no point.

    A country's or province's entry says which one is meant better than the point that stands for it.
    """
    point = point_of(found)
    if want.point is None or point is None:
        return None
    same = found.geonameid is not None and str(found.geonameid) == want.geonameid
    return 0.0 if same else kilometres(want.point, point)


def _report(
    corpus: str, article: Article, found: list[Place], pairs: list[tuple[int, int]], errors: Errors
) -> None:
    paired = dict(pairs)
    for g, want in enumerate(article.toponyms):
        name = article.text[slice(*want.at)]
        sentence = sentence_at(article.text, *want.at)
        if g not in paired:
            errors(Miss(corpus, article.name, "missed", sentence, name, None))
            continue
        place = found[paired[g]]
        km = distance(want, place)
        if want.point and (km is None or km > ACCURATE_KM):
            kind = "unresolved" if km is None else "far"
            errors(Miss(corpus, article.name, kind, sentence, [name, want.point], [place.name, point_of(place)]))
    for p, place in enumerate(found):
        if p not in paired.values():
            errors(Miss(
                corpus, article.name, "extra", sentence_at(article.text, place.start, place.end), None,
                place.text,
            ))


def read_articles(path: Path) -> Iterator[Article]:
    """The articles of a file; toponyms whose offsets fall outside of the text are left out."""
    for number, article in enumerate(ET.parse(path).getroot().iter("article")):
        text = article.findtext("text") or ""
        marks = (_toponym(t) for t in article.iter("toponym"))
        yield Article(
            article.get("docid") or article.get("file") or str(number), text,
            tuple(t for t in marks if t and 0 <= t.at[0] < t.at[1] <= len(text)),
        )


def _toponym(mark: ET.Element) -> Toponym | None:
    at = int(mark.findtext("start") or -1), int(mark.findtext("end") or -1)
    if mark.find("extractedName") is not None:
        point = _point(mark, "latitude", "longitude")
        return Toponym(at, point, mark.findtext("geonamesID") or None) if point else None
    gaztag = mark.find("gaztag")
    known = gaztag.get("geonameid") if gaztag is not None else None
    return Toponym(at, _point(mark, "gaztag/lat", "gaztag/lon"), known)


def _point(mark: ET.Element, lat: str, lon: str) -> tuple[float, float] | None:
    a, b = mark.findtext(lat), mark.findtext(lon)
    return (float(a), float(b)) if a and b else None
