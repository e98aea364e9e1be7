"""Headlines of UCDP GED events: the place of the event, where the headline names it.

A row holds one headline or several, which are read as one page, a line each. An answer is the set of places of their
events. A headline that places no event, most of them bare entries of a date and a place, answers with the places that
it names, less those that only say where another lies. An answer is right when one of its places is within 30 km of the
coded point or in the coded district, wrong when it holds only others, unresolved when it is empty. A province, where it
is the coded one, and the country claim no point and are no answer. The same is given for the headlines that place an
event alone.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks.metrics import Errors, Miss, Scores, share_metric
from benchmarks.points import NEAR_KM, kilometres, place_scores, point_of
from benchmarks.probes import toponyms
from benchmarks.reader import document, readings
from trucewatch.model import Document, Place, Reading

SET = "ged_headlines"
_EXACT_PLACE = 2.0  # `where_prec` 1 and 2: a town, or near one
_GENERIC = re.compile(
    r"\b(town|city|village|district|governorate|neighbou?rhood|area|suburb|camp|markaz|mintaqat|subdistrict|"
    r"al|el|an|ar|as|ash|at|ath|ad|az|ez|es|ed|the|of)\b"
)
_SAME_SOUND = str.maketrans({"q": "k", "e": "i", "o": "u", "w": "u", "y": "i", "j": "g", "z": "d"})


@dataclass(frozen=True, slots=True)
class Headline:
    number: str
    text: str
    date: str | None
    outlet: str | None
    place: str
    district: str
    province: str
    at: tuple[float, float]


def run(path: Path, *, limit: int | None, errors: Errors) -> Scores:
    """Score the reader on the headlines that name the place of their event."""
    headlines = [h for h in read_headlines(path) if names(h.text, h.place)][:limit]
    right: list[bool] = []
    wrong: list[bool] = []
    placed: list[bool] = []
    documents = [document(h.number, h.text, h.date, h.outlet) for h in headlines]
    for headline, reading in zip(headlines, readings(documents, SET), strict=True):
        told = [p for p in answers(reading) if not _coarse(headline, p)]
        places = [*told, *(p for p in _in_silent_lines(reading, told) if not _coarse(headline, p))]
        right.append(any(_right(headline, p) for p in places))
        wrong.append(bool(places) and not right[-1])
        if told:
            placed.append(right[-1])
        if not right[-1]:
            errors(Miss(
                SET, headline.number, "wrong" if places else "unresolved", headline.text,
                [headline.place, headline.district, headline.at],
                [[e.place.text, e.place.name, e.place.resolution] for e in reading.events if e.place],
            ))
    scores = place_scores(right, wrong)
    return {f"named_{name}": metric for name, metric in scores.items()} | {"placed_right_30km": share_metric(placed)}


def _coarse(headline: Headline, place: Place) -> bool:
    """Whether a place is no more than the country, or the province that the event was coded in."""
    return place.precision == "country" or (
        place.precision == "province" and names(place.admin1 or place.name or "", headline.province)
    )


def answers(reading: Reading) -> list[Place]:
    """The places of a reading's events that have a point."""
    told = (e.place for e in reading.events if e.place)
    return [p for place in told for p in (place, *place.also) if point_of(p)]


def _in_silent_lines(reading: Reading, told: list[Place]) -> Iterator[Place]:
    """The places that those headlines name which tell of none of the places `told`."""
    text, named = reading.document.text, named_places(reading.document)
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if not any(start <= p.start < end for p in told):
            yield from (p for p in named if start <= p.start < end)
        start = end + 1


def named_places(page: Document) -> list[Place]:
    """The places with a point that a text names, without those that only say where another lies."""
    return [p for p in toponyms(page, innermost=True) if point_of(p)]


def _right(headline: Headline, place: Place) -> bool:
    point = point_of(place)
    if point is not None and kilometres(point, headline.at) <= NEAR_KM:
        return True
    return place.precision == "district" and names(place.name or "", headline.district)


def names(text: str, place: str) -> bool:
    """Whether a text names a place, in any transliteration: as many words, of nearly the same letters.

    Articles and words such as "town" are left out on both sides. Independent of the reader's own index.
    """
    wanted, words = _sounds(place), _sounds(text)
    if not wanted or len("".join(wanted)) < 3:
        return False
    want = "".join(wanted)
    runs = (
        "".join(words[at : at + size])
        for size in {max(len(wanted) - 1, 1), len(wanted), len(wanted) + 1}
        for at in range(len(words) - size + 1)
    )
    return any(_alike(want, run) for run in runs)


def _alike(one: str, other: str) -> bool:
    if one[0] != other[0] and {one[0], other[0]} != {"a", "i"}:
        return False
    bare = [re.sub("[aiu]", "", w) for w in (one, other)]
    return bare[0] == bare[1] and SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.7


def _sounds(name: str) -> list[str]:
    """Words in small letters without marks, generic words and doubled letters; like-sounding letters one."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    letters = re.sub(r"['’‘`ʿʾ]", "", letters)
    words = re.findall(r"[a-z]+", _GENERIC.sub(" ", re.sub(r"[^a-z]+", " ", letters)))
    sounds = (re.sub(r"(.)\1+", r"\1", re.sub(r"(?<=.)h", "", w.translate(_SAME_SOUND))) for w in words)
    return [s for s in sounds if s]


def read_headlines(path: Path) -> list[Headline]:
    """The rows of a CSV file that are placed at a town or near one; each headline of a row is a line."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Headline(
                number=row["id"],
                text=row["source_headline"].replace(";", "\n"),
                date=row["source_date"].split(";")[0] or None,
                outlet=row["source_office"].split(";")[0] or None,
                place=row["where_coordinates"],
                district=row["adm_2"],
                province=row["adm_1"],
                at=(float(row["latitude"]), float(row["longitude"])),
            )
            for row in csv.DictReader(stream)
            if float(row["where_prec"]) <= _EXACT_PLACE
        ]
