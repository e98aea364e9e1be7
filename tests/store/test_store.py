from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from trucewatch.errors import StoreError
from trucewatch.model import (
    Document,
    Event,
    EventTime,
    Finding,
    Incident,
    Published,
    Reading,
    ReportRef,
    Span,
)
from trucewatch.store import Kept, Store, migrations, tables


def reading(document_id: str = "a", text: str = "Guns fell silent at dawn.", **more: object) -> Reading:
    sha = hashlib.sha256(text.encode()).hexdigest()
    document = Document(id=document_id, text=text, sha256=sha, **more)  # type: ignore[arg-type]
    return Reading(document=document, versions={"rules": "1"})


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store.open(place) as opened:
        yield opened


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
readings = st.builds(
    lambda name, text, title, events: Reading(
        document=Document(
            id=name, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), title=title,
            published=Published("2016-03-01", "given"),
        ),
        events=tuple(Event(f"v{n}", "ASSAULT", Span(n, n + 1)) for n in range(events)),
    ),
    texts.filter(bool), texts, st.none() | texts, st.integers(0, 3),
)


@given(readings)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_goes_in_comes_out(value: Reading) -> None:
    with Store.open(":memory:") as store:
        kept = store.add(value)
        assert store.reading(kept.id) == value
        assert list(store.readings()) == [value]


def test_a_store_in_memory_is_one_store_for_all_threads() -> None:
    with Store.open(":memory:") as store, ThreadPoolExecutor(2) as threads:
        store.add(reading())
        assert list(threads.map(lambda _: store.count(), range(4))) == [1, 1, 1, 1]


def test_it_is_still_there_after_closing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db") as store:
        store.add(reading())
    with Store.open(tmp_path / "s.db", create=False) as store:
        assert store.reading("a") == reading()


def test_readings_come_in_the_order_of_adding(store: Store) -> None:
    names = [f"d{n}" for n in (3, 1, 2)] + [f"x{n}" for n in range(60)]
    for name in names:
        store.add(reading(name, f"text of {name}"))
    assert [r.document.id for r in store.readings()] == names
    assert [r.document.id for r in store.readings(skip=61)] == names[61:]
    assert list(store.readings(skip=63)) == []
    assert store.count() == 63


def test_the_same_text_is_kept_once_and_its_second_id_is_an_alias(store: Store) -> None:
    store.add(reading("a"))
    assert store.add(reading("b", publisher="Another Paper")) == Kept("a", "alias")
    assert store.add(reading("b")) == Kept("a", "same")
    assert store.reading("b").document.id == "a"
    assert [(row.id, row.also) for row in store.documents()] == [("a", ("b",))]


def test_another_text_under_a_taken_id_is_kept_beside_the_first(store: Store) -> None:
    store.add(reading("a", "first"))
    kept = store.add(reading("a", "second"))
    assert kept.how == "added"
    assert kept.id.startswith("a@")
    assert store.reading(kept.id).document.text == "second"
    assert store.reading("a").document.text == "first"


def test_an_id_of_another_text_met_again_as_an_alias_loses_nothing(store: Store) -> None:
    store.add(reading("a", "first"))
    store.add(reading("b", "second"))
    store.add(reading("a", "second"))
    store.add(reading("a", "second"))
    first, second = store.documents()
    assert first.also == ()
    assert len(second.also) == 1


def test_replacing_keeps_the_id_and_takes_the_new_reading(store: Store) -> None:
    store.add(reading("a"))
    newer = Reading(document=reading("b").document, versions={"rules": "2"})
    assert store.add(newer, replace=True) == Kept("a", "replaced")
    assert store.reading("a").versions == {"rules": "2"}


def test_has_asks_for_the_text_and_if_wanted_for_the_versions(store: Store) -> None:
    store.add(reading())
    sha = reading().document.sha256
    assert store.has(sha)
    assert store.has(sha, {"rules": "1"})
    assert not store.has(sha, {"rules": "2"})
    assert not store.has("0" * 64)


def test_an_unknown_document_is_an_error_with_a_mend(store: Store) -> None:
    with pytest.raises(StoreError, match=r"trucewatch list.*\[no_document\]"):
        store.reading("nobody")


def finding(event: str) -> Finding:
    return Finding("a", event, "i1", "t", "T1", "breach_alleged")


def incident(name: str) -> Incident:
    return Incident(
        name, (ReportRef("a", "v1"),), "ASSAULT", None, EventTime(), None, (), (), None, None, (), (), "weak"
    )


def test_findings_replace_those_of_the_same_truce_only(store: Store) -> None:
    store.put_findings("t", [finding("v1"), finding("v2")], [incident("i1")])
    store.put_findings("u", [finding("v9")], [])
    store.put_findings("t", [finding("v3")], [incident("i2"), incident("i1")])
    assert store.findings("t") == [finding("v3")]
    assert [i.id for i in store.incidents("t")] == ["i2", "i1"]
    assert store.findings("u") == store.findings_of("a", "v9") == [finding("v9")]


def test_no_store_is_made_where_only_reading_was_asked(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no_store"):
        Store.open(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("these are my notes, and there are many of them\n" * 50)
    with pytest.raises(StoreError, match=r"notes\.txt.*not_a_store"):
        Store.open(path)


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
    connection.close()
    with pytest.raises(StoreError, match="not_a_store"):
        Store.open(path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="store_cannot_open"):
        Store.open(tmp_path / "no" / "s.db")


def test_a_locked_store_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trucewatch.store.store._WAIT_SECONDS", 0)
    with Store.open(tmp_path / "s.db") as store:
        other = sqlite3.connect(tmp_path / "s.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="store_locked"):
            store.add(reading())
        other.close()
        assert store.add(reading()).how == "added"


def test_a_read_only_store_can_be_read_and_says_no_to_writing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db") as store:
        store.add(reading())
    with Store.open(f"sqlite:///file:{tmp_path}/s.db?mode=ro&uri=true") as store:
        assert store.count() == 1
        with pytest.raises(StoreError, match="store_read_only"):
            store.add(reading("b", "other"))


def test_a_full_store_keeps_what_it_had(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db") as store:
        store.add(reading())
        with store._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            connection.commit()
        with pytest.raises(StoreError, match="disk_full"):
            store.add(reading("big", "shells " * 20_000))
        assert [row.id for row in store.documents()] == ["a"]


def test_a_bad_url_and_a_missing_driver() -> None:
    with pytest.raises(StoreError, match="store_url"):
        Store.open("://")
    with pytest.raises(StoreError, match="store_driver"):
        Store.open("nosuch://host/db")


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db") as store, store._engine.begin() as connection:
        connection.execute(tables.about.update().values(schema_version=migrations.VERSION + 1))
    with pytest.raises(StoreError, match="store_newer"):
        Store.open(tmp_path / "s.db")


def test_steps_bring_an_older_store_up_to_date(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db") as store:
        ran: list[int] = []
        with store._engine.begin() as connection:
            connection.execute(tables.about.update().values(schema_version=1))
        steps = {1: lambda _: ran.append(1), 2: lambda _: ran.append(2)}
        migrations.make_current(store._engine, "s.db", steps=steps, version=3)
        migrations.make_current(store._engine, "s.db", steps=steps, version=3)
        assert ran == [1, 2]


def test_a_store_of_the_first_version_gains_the_later_tables(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db") as store:
        store.add(reading())
        with store._engine.begin() as connection:
            tables.decisions.drop(connection)
            tables.bases.drop(connection)
            connection.execute(tables.about.update().values(schema_version=1))
    with Store.open(tmp_path / "s.db") as store:
        assert store.decisions.all() == []
        assert store.basis("any") is None
        assert store.reading("a") == reading()


@pytest.mark.parametrize("table", tables.metadata.sorted_tables, ids=lambda t: t.name)
def test_the_tables_can_be_made_in_postgresql(table: tables.Table) -> None:
    statement = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
    assert f"CREATE TABLE {table.name}" in statement
