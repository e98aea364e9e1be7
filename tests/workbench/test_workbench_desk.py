"""What lies on the desk is the same, whether it was laid at once or bit by bit."""

from __future__ import annotations

from pathlib import Path

import msgspec
from workbench_pages import made, other_shelling

from trucewatch import truces
from trucewatch.model import to_json
from trucewatch.store import Decision, Store, grouping
from trucewatch.workbench.desk import Desk, Table

TRUCE = truces.get("syria-coh-2016")


def told(table: Table) -> tuple[object, ...]:
    return (
        [(c.incident, c.findings, c.publishers, c.actors, c.parties) for c in table.cases], table.queue,
        dict(table.laid), table.records, table.groupings, table.open,
    )


def decide(store: Store, document: str, event: str, action: str, who: str = "Ada", **after: object) -> None:
    reading = store.reading(document)
    shown = next(e for e in reading.events if e.id == event)
    sha256 = reading.document.sha256
    store.decisions.add(Decision(document, sha256, "event", event, action, who, to_json(shown), after or None))  # type: ignore[arg-type]


def test_bit_by_bit_or_at_once(tmp_path: Path) -> None:
    with Store.open(tmp_path / "w.db") as store:
        desk = Desk(store, TRUCE)
        assert desk.table().cases == ()
        for reading in (*made(), other_shelling()):
            store.add(reading)
            desk.table()
        before = told(desk.table())
        decide(store, "news/one.txt", "v1", "edit", mode="firearms")
        desk.table()
        decide(store, "news/one.txt", "v2", "reject")
        desk.table()
        at = [report for c in desk.table().cases[:2] for report in c.reports]
        store.decisions.add(grouping([at], "Ben"))
        assert told(desk.table()) == told(Desk(store, TRUCE).table())
        assert desk.table().open == len(desk.table().queue)
        for number in (3, 2, 1):
            store.decisions.undo(number, "Ben")
            assert told(desk.table()) == told(Desk(store, TRUCE).table())
        assert told(desk.table())[0] == before[0]


def test_another_wording_of_the_truce(tmp_path: Path) -> None:
    later = msgspec.structs.replace(TRUCE, effective="2016-04-13T00:00:00+02:00")
    with Store.open(tmp_path / "w.db") as store:
        for reading in (*made(), other_shelling()):
            store.add(reading)
        desk = Desk(store, TRUCE)
        desk.table()
        decide(store, "news/one.txt", "v2", "reject")
        desk.table()
        desk.judge_under(later)
        assert told(desk.table()) == told(Desk(store, later).table())
        assert "not_covered" in {c.verdict for c in desk.table().cases}


def test_a_table_is_made_anew_only_when_something_is_new(tmp_path: Path) -> None:
    with Store.open(tmp_path / "w.db") as store:
        for reading in made():
            store.add(reading)
        desk = Desk(store, TRUCE)
        table = desk.table()
        assert desk.table() is table
        decide(store, "news/one.txt", "v1", "accept")
        assert desk.table() is not table
        assert table.queue != desk.table().queue, "a table that somebody still reads stays as it was"


def test_what_others_decided_waits_for_a_second_reading(tmp_path: Path) -> None:
    with Store.open(tmp_path / "w.db") as store:
        for reading in made():
            store.add(reading)
        desk = Desk(store, TRUCE)
        decide(store, "news/one.txt", "v1", "accept")
        decide(store, "news/one.txt", "v2", "reject", "Ben")
        assert desk.table().second("Ada") == [("news/one.txt", "v2")]
        assert desk.table().second("Cy") == [("news/one.txt", "v2"), ("news/one.txt", "v1")]
        decide(store, "news/one.txt", "v2", "accept")
        assert desk.table().second("Ada") == []
        store.decisions.undo(3, "Ada")
        assert desk.table().second("Ben") == [("news/one.txt", "v1")]
