"""Toponyms, event places, headlines."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hand_made import at, happened, misses, reader, reading, span

from benchmarks import event_location, ged_headlines, toponyms
from benchmarks.points import kilometres

TEXT = "Flood water left Ghent for Bruges, the Belgian press said."


def lgl(name: str, lat: float | None, lon: float | None) -> str:
    where = span(TEXT, name)
    point = "" if lat is None else f"<gaztag><lat>{lat}</lat><lon>{lon}</lon></gaztag>"
    return f"<toponym><start>{where.start}</start><end>{where.end}</end>{point}</toponym>"


def gwn(name: str, kind: str, point: str) -> str:
    where = span(TEXT, name)
    return (
        f"<toponym><extractedName>{name}</extractedName><type>{kind}</type>"
        f"<start>{where.start}</start><end>{where.end}</end>{point}</toponym>"
    )


def corpus(folder: Path, *marks: str) -> Path:
    file = folder / "made.xml"
    article = f"<article docid='1'><text>{TEXT}</text><toponyms>{''.join(marks)}</toponyms></article>"
    file.write_text(f"<articles>{article}</articles>", encoding="utf-8")
    return file


def test_toponyms_found_placed_and_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = corpus(tmp_path, lgl("Ghent", 51.05, 3.72), lgl("Bruges", 51.21, 3.22), lgl("Belgian", None, None))
    found = [at(TEXT, "Ghent", 42.3, -73.6), at(TEXT, "Bruges"), at(TEXT, "Flood")]
    monkeypatch.setattr(toponyms, "toponyms", lambda _document: found)
    errors, add = misses()
    scores = toponyms.run(file, limit=None, errors=add)
    assert scores["span_p"].value == pytest.approx(2 / 3)
    assert scores["span_r"].value == pytest.approx(2 / 3)
    assert scores["within_161km"].value == 0.0
    assert scores["unresolved_share"].value == 0.5
    assert sorted(m.kind for m in errors) == ["extra", "far", "missed", "unresolved"]


def test_geowebnews_wants_names_with_a_point(tmp_path: Path) -> None:
    point = "<latitude>51.05</latitude><longitude>3.72</longitude>"
    file = corpus(tmp_path, gwn("Ghent", "Literal", point), gwn("press", "Non_Lit_Expression", ""))
    (article,) = toponyms.read_articles(file)
    assert [TEXT[slice(*t.at)] for t in article.toponyms] == ["Ghent"]


def test_distance_is_great_circle() -> None:
    assert kilometres((36.2, 37.16), (33.51, 36.29)) == pytest.approx(310, abs=5)


LINE = "Farmers marched through New Ross and Wexford on Friday."


def located(*spans: dict[str, object]) -> str:
    return json.dumps({"text": LINE, "spans": list(spans), "answer": "accept"}) + "\n"


VERB = {"start": 8, "end": 15, "label": "VERB"}


def test_places_are_given_in_characters_or_in_tokens(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    wexford = span(LINE, "Wexford")
    file.write_text(
        located(VERB, {"start": wexford.start, "end": wexford.end, "label": "LOCATION"})
        + located(VERB, {"start": 3, "end": 4, "label": "LOCATION"})
        + located(VERB, {"start": 6, "end": 6, "label": "LOCATION"})
        + located(),
        encoding="utf-8",
    )
    sentences = event_location.read_sentences(file)
    assert [[LINE[s:e] for s, e in s.places] for s in sentences] == [["Wexford"], ["New Ross"], ["Wexford"]]


@pytest.mark.parametrize(("answer", "score"), [("New Ross", 1.0), ("Friday", 0.0), (None, 0.0)])
def test_place_of_the_verb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str | None, score: float
) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(located(VERB, {"start": 3, "end": 4, "label": "LOCATION"}), encoding="utf-8")
    place = at(LINE, answer) if answer else None
    monkeypatch.setattr(event_location, "event_place", lambda _document, _verb: place)
    assert event_location.run(file, limit=None, errors=misses()[1])["place_f"].value == score


@pytest.mark.parametrize(
    ("text", "place", "named"),
    [
        ("Shells hit Khan al-Shih again", "Khan ash Shih town", True),
        ("Clashes near Ain Issa", "Ein Issa town", True),
        ("Raids on Al-Raqqah", "Ar Raqqah town", True),
        ("Shelling of Saraqeb market", "Saraqib town", True),
        ("Raids on Homs", "Hama town", False),
        ("Fighting goes on in the east", "Duma town", False),
        ("Clashes renew", "", False),
    ],
)
def test_whether_a_headline_names_a_place(text: str, place: str, named: bool) -> None:
    assert ged_headlines.names(text, place) is named


GED = (
    "id,source_headline,source_office,source_date,where_coordinates,where_prec,adm_1,adm_2,latitude,longitude\n"
    "1.0,Shells fall on Saraqeb,SOHR;SOHR,2016-01-02;2016-01-03,Saraqib town,1.0,Idlib Governorate,"
    "Markaz Idlib district,35.86,36.80\n"
    "2.0,Shells fall on Saraqeb,SOHR,2016-01-02,Idlib Governorate,4.0,Idlib Governorate,,35.9,36.6\n"
)


@pytest.mark.parametrize(
    ("lat", "lon", "outcome"),
    [(35.9, 36.8, [1.0, 0.0, 0.0]), (33.5, 36.3, [0.0, 1.0, 0.0]), (None, None, [0.0, 0.0, 1.0])],
)
def test_headlines_right_wrong_unresolved(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lat: float | None,
    lon: float | None,
    outcome: list[float],
) -> None:
    file = tmp_path / "ged.csv"
    file.write_text(GED, encoding="utf-8")
    text = "Shells fall on Saraqeb"
    made = reading(text, events=[happened(text, "fall", "ASSAULT", place=at(text, "Saraqeb", lat, lon))])
    monkeypatch.setattr(ged_headlines, "readings", reader(made))
    monkeypatch.setattr(ged_headlines, "toponyms", lambda *_, **__: [])
    scores = ged_headlines.run(file, limit=None, errors=misses()[1])
    assert list(scores) == ["named_right_30km", "named_wrong", "named_unresolved", "placed_right_30km"]
    assert [m.value for m in scores.values()][:3] == outcome


@pytest.mark.parametrize(("precision", "outcome"), [("province", [0.0, 0.0, 1.0]), ("town", [0.0, 1.0, 0.0])])
def test_the_province_of_a_headlines_event_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, precision: str, outcome: list[float]
) -> None:
    file = tmp_path / "ged.csv"
    file.write_text(GED, encoding="utf-8")
    text = "Shells fall on Saraqeb"
    place = msgspec.structs.replace(at(text, "Saraqeb", 35.0, 36.0), name="Idlib", admin1="Idlib", precision=precision)
    made = reading(text, events=[happened(text, "fall", "ASSAULT", place=place)])
    monkeypatch.setattr(ged_headlines, "readings", reader(made))
    monkeypatch.setattr(ged_headlines, "toponyms", lambda *_, **__: [])
    scores = ged_headlines.run(file, limit=None, errors=misses()[1])
    assert [m.value for m in scores.values()][:3] == outcome


def test_a_headline_that_places_no_event_answers_with_the_places_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "ged.csv"
    file.write_text(GED, encoding="utf-8")
    text = "Shells fall on Saraqeb"
    monkeypatch.setattr(ged_headlines, "readings", reader(reading(text, events=[])))
    monkeypatch.setattr(ged_headlines, "toponyms", lambda *_, **__: [at(text, "Saraqeb", 35.9, 36.8)])
    scores = ged_headlines.run(file, limit=None, errors=misses()[1])
    assert scores["named_right_30km"].value == 1.0
    assert scores["placed_right_30km"].n == 0
