"""The store: readings in, readings out, each document in a transaction of its own."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
from sqlalchemy import URL, Engine, create_engine, delete, event, func, insert, make_url, select, update
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from trucewatch.errors import StoreError
from trucewatch.model import Basis, Document, Finding, Incident, Reading, dumps, loads_reading
from trucewatch.store.decisions import Decision, Decisions, effective
from trucewatch.store.faults import as_store_errors
from trucewatch.store.migrations import make_current
from trucewatch.store.tables import aliases, bases, documents, findings, incidents

_AT_ONCE = 50
_WAIT_SECONDS = 10

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a reading: the id under which its text stands in the store, and how."""

    id: str
    how: Literal["added", "replaced", "alias", "same"]


@dataclass(frozen=True, slots=True)
class Row:
    """One document of the store, as a list shows it; `also` are its other ids."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    language: str | None
    statements: int
    events: int
    also: tuple[str, ...] = ()


class Store:
    """Documents, their readings, and what was found of them. Use `Store.open`, and as a context manager.

    Every method raises StoreError when the database cannot do what is asked.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._place = place

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True) -> Store:
        """The store at a path or a database URL; made there if there is none and `create` is true."""
        url = _url(where)
        place = url.render_as_string(hide_password=True) if "://" in str(where) else str(where)
        if not create and _is_file(url) and not Path(url.database or "").exists():
            mend = "trucewatch add FILE… makes one"
            raise StoreError("no_store", "there is no store here", place=place, mend=mend)
        engine = _engine(url, place)
        try:
            with as_store_errors(place):
                make_current(engine, place)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, place)

    @property
    def decisions(self) -> Decisions:
        """What people decided about the documents."""
        return Decisions(self._engine, self._place)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, reading: Reading, *, replace: bool = False) -> Kept:
        """Keep a reading. A text that is there already (same sha256) is kept once: the second's id and
        address become an alias, and the first's reading stands unless `replace` is true.

        An id that another text has already taken is lengthened by the first eight characters of the sha256.
        """
        document = reading.document
        with as_store_errors(self._place), self._engine.begin() as connection:
            known = connection.scalar(select(documents.c.id).where(documents.c.sha256 == document.sha256))
            if known is None:
                taken = select(documents.c.id).where(documents.c.id == document.id)
                if connection.scalar(taken) is not None or self._alias(connection, document.id) is not None:
                    reading = _renamed(reading, f"{document.id}@{document.sha256[:8]}")
                connection.execute(insert(documents).values(**_columns(reading)))
                return Kept(reading.document.id, "added")
            if replace:
                values = _columns(_renamed(reading, known))
                connection.execute(update(documents).where(documents.c.id == known).values(**values))
            if document.id == known or self._alias(connection, document.id) == known:
                return Kept(known, "replaced" if replace else "same")
            self._keep_alias(connection, document, known)
            return Kept(known, "replaced" if replace else "alias")

    def has(self, sha256: str, versions: Mapping[str, str] | None = None) -> bool:
        """Whether a text is kept; with `versions`, whether it was read with just those."""
        with as_store_errors(self._place), self._engine.connect() as connection:
            found = connection.scalar(select(documents.c.versions).where(documents.c.sha256 == sha256))
        return found is not None and (versions is None or json.loads(found) == dict(versions))

    def keep_alias(self, document: Document) -> Kept:
        """Note that a text which is kept was met again as `document`; raises StoreError if it is not kept."""
        with as_store_errors(self._place), self._engine.begin() as connection:
            known = connection.scalar(select(documents.c.id).where(documents.c.sha256 == document.sha256))
            if known is None:
                raise _unknown(document.id, self._place)
            if document.id == known or self._alias(connection, document.id) == known:
                return Kept(known, "same")
            self._keep_alias(connection, document, known)
            return Kept(known, "alias")

    def reading(self, document_id: str) -> Reading:
        """The reading of a document, by its id or an alias; raises StoreError `no_document`."""
        with as_store_errors(self._place), self._engine.connect() as connection:
            known = self._alias(connection, document_id) or document_id
            body = connection.scalar(select(documents.c.body).where(documents.c.id == known))
        if body is None:
            raise _unknown(document_id, self._place)
        return loads_reading(body)

    def readings(self, *, skip: int = 0) -> Iterator[Reading]:
        """Every reading but the first `skip`, in the order in which they were added, few in memory at a time."""
        last = 0
        if skip:
            nth = select(documents.c.number).order_by(documents.c.number).offset(skip - 1).limit(1)
            with as_store_errors(self._place), self._engine.connect() as connection:
                last = connection.scalar(nth) or 0
        while True:
            query = (
                select(documents.c.number, documents.c.body)
                .where(documents.c.number > last).order_by(documents.c.number).limit(_AT_ONCE)
            )
            with as_store_errors(self._place), self._engine.connect() as connection:
                rows = connection.execute(query).all()
            if not rows:
                return
            for number, body in rows:
                yield loads_reading(body)
                last = number

    def effective_reading(self, document_id: str) -> Reading:
        """The reading of a document as people left it; raises StoreError `no_document`."""
        reading = self.reading(document_id)
        return effective(reading, self.decisions.all(reading.document.id)).reading

    def effective_readings(self) -> Iterator[Reading]:
        """Every reading as people left it (see `effective`), in the order in which they were added."""
        by_page: dict[str, list[Decision]] = defaultdict(list)
        for record in self.decisions.all():
            by_page[record.document].append(record)
        for reading in self.readings():
            yield effective(reading, by_page.get(reading.document.id, ())).reading

    def documents(self) -> list[Row]:
        """The documents, in the order in which they were added."""
        listed = [documents.c[name] for name in Row.__slots__ if name != "also"]
        with as_store_errors(self._place), self._engine.connect() as connection:
            rows = connection.execute(select(*listed).order_by(documents.c.number)).all()
            also: dict[str, list[str]] = {}
            pairs = connection.execute(select(aliases.c.id, aliases.c.document).order_by(aliases.c.id))
            for alias, of in pairs:
                also.setdefault(of, []).append(alias)
        return [Row(**row._asdict(), also=tuple(also.get(row.id, ()))) for row in rows]

    def count(self) -> int:
        """How many documents there are."""
        with as_store_errors(self._place), self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(documents)) or 0

    def put_findings(
        self, truce: str, found: Iterable[Finding], joined: Iterable[Incident], basis: Basis | None = None
    ) -> None:
        """Keep what was found under a truce, and what that rests on, in place of what was found before."""
        finding_rows = [
            {
                "truce": truce, "number": number, "document": f.document, "event": f.event,
                "incident": f.incident, "verdict": f.verdict, "body": dumps(f),
            }
            for number, f in enumerate(found)
        ]
        incident_rows = [
            {"truce": truce, "number": number, "id": i.id, "body": dumps(i)}
            for number, i in enumerate(joined)
        ]
        with as_store_errors(self._place), self._engine.begin() as connection:
            for table, rows in ((findings, finding_rows), (incidents, incident_rows)):
                connection.execute(delete(table).where(table.c.truce == truce))
                if rows:
                    connection.execute(insert(table), rows)
            connection.execute(delete(bases).where(bases.c.truce == truce))
            if basis:
                connection.execute(insert(bases), {"truce": truce, "body": dumps(basis)})

    def findings(self, truce: str) -> list[Finding]:
        """What was found under a truce, in the order in which it was kept; empty before `put_findings`."""
        query = select(findings.c.body).where(findings.c.truce == truce).order_by(findings.c.number)
        return self._decoded(query, Finding)

    def basis(self, truce: str) -> Basis | None:
        """What the kept findings of a truce rest on; None where that was not kept."""
        found = self._decoded(select(bases.c.body).where(bases.c.truce == truce), Basis)
        return found[0] if found else None

    def findings_of(self, document_id: str, event_id: str) -> list[Finding]:
        """What one event was found to be, under every truce it was held against."""
        query = (
            select(findings.c.body)
            .where(findings.c.document == document_id, findings.c.event == event_id)
            .order_by(findings.c.truce)
        )
        return self._decoded(query, Finding)

    def incidents(self, truce: str) -> list[Incident]:
        """The incidents that a truce's findings are about, in the order in which they were kept."""
        query = select(incidents.c.body).where(incidents.c.truce == truce).order_by(incidents.c.number)
        return self._decoded(query, Incident)

    def _decoded(self, query: Any, kind: type[T]) -> list[T]:
        with as_store_errors(self._place), self._engine.connect() as connection:
            return [msgspec.json.decode(body, type=kind) for body in connection.scalars(query)]

    def _alias(self, connection: Any, document_id: str) -> str | None:
        found: str | None = connection.scalar(select(aliases.c.document).where(aliases.c.id == document_id))
        return found

    def _keep_alias(self, connection: Any, document: Document, known: str) -> None:
        taken = select(documents.c.id).where(documents.c.id == document.id)
        name = document.id
        if connection.scalar(taken) is not None or self._alias(connection, name) is not None:
            name = f"{name}@{document.sha256[:8]}"
            if self._alias(connection, name) is not None:
                return
        values = {
            "id": name, "document": known, "title": document.title, "publisher": document.publisher,
            "published": document.published.value, "url": document.url,
        }
        connection.execute(insert(aliases).values(**values))


def _url(where: str | Path) -> URL:
    text = str(where)
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        return make_url(text)
    except ArgumentError as error:
        raise StoreError("store_url", "not a database URL", place=text, mend="give a path") from error


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _is_file(url: URL) -> bool:
    return _is_sqlite(url) and url.database not in (None, "", ":memory:")


def _in_memory(url: URL) -> Engine:
    """One connection, lent to one thread at a time: every further one would be an empty database of its own."""
    return create_engine(
        url, poolclass=QueuePool, pool_size=1, max_overflow=0, connect_args={"check_same_thread": False}
    )


def _engine(url: URL, place: str) -> Engine:
    try:
        engine = create_engine(url) if _is_file(url) or not _is_sqlite(url) else _in_memory(url)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            "store_driver",
            f"no driver for {url.drivername} is installed",
            place=place,
            mend="for PostgreSQL: pip install 'trucewatch[postgresql]' and postgresql+psycopg://…",
        ) from error
    if _is_sqlite(url):
        event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {_WAIT_SECONDS * 1000}")


def _columns(reading: Reading) -> dict[str, object]:
    document = reading.document
    return {
        "id": document.id, "sha256": document.sha256,
        "title": document.title, "publisher": document.publisher, "published": document.published.value,
        "url": document.url, "language": document.language,
        "statements": len(reading.statements), "events": len(reading.events),
        "versions": json.dumps(reading.versions, sort_keys=True), "body": dumps(reading),
    }


def _renamed(reading: Reading, document_id: str) -> Reading:
    document = msgspec.structs.replace(reading.document, id=document_id)
    return msgspec.structs.replace(reading, document=document)


def _unknown(document_id: str, place: str) -> StoreError:
    return StoreError(
        "no_document", f"no document {document_id!r}", place=place, mend="trucewatch list shows what there is"
    )
