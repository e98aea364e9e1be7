"""How fast the workbench answers over made-up incidents, and how much it sends: see docs/benchmarks.md."""

from __future__ import annotations

import csv
import hashlib
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from benchmarks.metrics import Scores, plain_metric
from trucewatch import truces
from trucewatch.model import Document, Entity, Event, EventTime, Figure, Harm, Mention, Place, Reading, Reference, Span
from trucewatch.model.document import Published
from trucewatch.store import Store
from trucewatch.workbench import create_app

TRUCE = "syria-coh-2016"
_BASE = "http://127.0.0.1:8000"
_REPEATS = 7
_PER_PAGE = 3
_SIDES = ("Syrian army", "rebels", "Islamic State", "gunmen")
_PROVINCES = ("Aleppo", "Idlib", "Homs", "Hama", "Latakia", "Damascus", "Daraa")
_FILTERS = ("province=Homs", "verdict=breach_alleged", "since=2016-05-01&until=2016-06-15", "party=opposition",
            "source=Paper+7", "")


def pages(incidents: int, seed: int = 1) -> Iterator[Reading]:
    """Pages of three reports each, which tell of about so many happenings; one in five is told twice. The sentences
    are too short to be taken for copies of one another."""
    chance = random.Random(seed)
    places = [(f"Town {n}", round(32.5 + n % 71 * 0.06, 3), round(35.8 + n // 71 * 0.09, 3),
               _PROVINCES[n % len(_PROVINCES)]) for n in range(4_000)]
    told = [(chance.choice(places), chance.randrange(180), chance.choice(_SIDES), chance.randint(0, 9))
            for _ in range(incidents)]
    told += chance.choices(told, k=incidents // 5)
    for number in range(0, len(told), _PER_PAGE):
        yield _page(f"p{number:06}", told[number : number + _PER_PAGE], f"Paper {chance.randrange(40)}")


def _page(name: str, told: list[tuple[tuple[str, float, float, str], int, str, int]], publisher: str) -> Reading:
    text, events, entities = "", [], []
    for at, ((town, lat, lon, province), day, side, killed) in enumerate(told):
        start = len(text)
        text += f"Fighters of the {side} shelled {town}, killing {killed}.\n\n"
        actor = Mention(start + 16, start + 16 + len(side), "name")
        entities.append(Entity(f"e{at}", side, "military", mentions=(actor,)))
        trigger, where = text.index("shelled", start), text.index(town, start)
        date = f"2016-{3 + day // 30:02}-{1 + day % 28:02}"
        events.append(Event(
            f"v{at}", "ASSAULT", Span(trigger, trigger + 7), "heavy-weapons", confidence=0.5 + killed / 20,
            actors=(Reference(f"e{at}", actor.start, actor.end),), time=EventTime(None, None, date, date, "day"),
            place=Place(where, where + len(town), town, town, None, lat, lon, "SYR", province, precision="town",
                        resolution="resolved"),
            harm=Harm(killed=Figure(killed, killed)),
        ))
    sha256 = hashlib.sha256((name + text).encode()).hexdigest()
    document = Document(name, text, sha256, publisher=publisher, published=Published("2016-09-01", "given"))
    return Reading(document, tuple(entities), (), tuple(events))


def run(incidents: int) -> Scores:
    """Medians of processor time, and bytes, with what the standard library takes to filter a CSV file with a row a
    report: what a spreadsheet's export would cost. Pages are made in this process, without a browser."""
    with tempfile.TemporaryDirectory() as folder, Store.open(":memory:") as store:
        readings = list(pages(incidents))
        for reading in readings:
            store.add(reading)
        app = create_app(store, truces.get(TRUCE), who="Ada")
        with TestClient(app, base_url=_BASE) as client:
            first = _timed(lambda: client.get("/"))
            page = client.get("/").text
            total = int(re.findall(r"of (\d+) incidents", page)[0])
            view = [_timed(lambda: client.get("/")) for _ in range(_REPEATS)]
            asked = [f"/?{query}" for query in _FILTERS]
            changes = [_timed(lambda at=at: client.get(at)) for at in asked for _ in range(_REPEATS)]
            sent = [len(client.get(at).content) for at in asked]
            decided = _decide(client)
        beside = _csv(Path(folder) / "rows.csv", _rows(readings))
    middle = statistics.median
    return {
        "incidents": plain_metric(total, total),
        "start_s": plain_metric(first, 1),
        "view_ms": plain_metric(1e3 * middle(view), len(view)),
        "filter_ms": plain_metric(1e3 * middle(changes), len(changes)),
        "decision_to_overview_ms": plain_metric(1e3 * middle(decided), len(decided)),
        "filter_ratio_to_csv": plain_metric(middle(changes) / beside, len(changes)),
        "kb_sent_at_most": plain_metric(max(sent) / 1e3, len(sent)),
    }


def _decide(client: TestClient) -> list[float]:
    """Seconds from giving a decision to having the overview that it changed, for decisions of each kind."""
    secret = re.findall(r'name="secret" value="([^"]+)"', client.get("/add").text)[0]
    edit = {"action": "edit", "lat": "36.2", "lon": "37.16", "place": "Aleppo"}
    fields: list[dict[str, str]] = [{"action": "accept"}, {"action": "reject"}, edit]

    def give(number: int) -> None:
        data = {"secret": secret, "document": f"p{number * 30:06}", "target": "v0", **fields[number % len(fields)]}
        answer = client.post("/decide", data=data, headers={"origin": _BASE}, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        client.get("/")

    return [_timed(lambda n=n: give(n)) for n in range(1, 1 + _REPEATS)]


_HEAD = ("page", "publisher", "event", "day", "type", "mode", "status", "place", "province", "lat", "lon", "actors")


def _rows(readings: Iterable[Reading]) -> Iterator[tuple[Any, ...]]:
    """One row a report, as an export would hold it."""
    for reading in readings:
        for entity, event in zip(reading.entities, reading.events, strict=True):
            assert event.place
            yield (reading.document.id, reading.document.publisher, event.id, event.time.from_, event.type, event.mode,
                   event.status, event.place.name, event.place.admin1, event.place.lat, event.place.lon, entity.name)


def _csv(path: Path, rows: Iterable[tuple[Any, ...]]) -> float:
    """Seconds in which the csv module reads these rows and keeps those of one province, newest first."""
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([_HEAD, *rows])

    def keep() -> None:
        with path.open(newline="", encoding="utf-8") as lines:
            kept = [row for row in csv.DictReader(lines) if row["province"] == "Homs"]
        kept.sort(key=lambda row: row["day"], reverse=True)

    return statistics.median(_timed(keep) for _ in range(_REPEATS))


def _timed(do: Callable[[], object]) -> float:
    """Seconds of processor time, which other work of the machine does not lengthen."""
    began = time.process_time()
    do()
    return time.process_time() - began
