"""What a database's complaint means to a person: one table from its error names to codes and mends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from trucewatch.errors import StoreError

# SQLite's result codes (https://www.sqlite.org/rescode.html), longest prefix first.
_FAULTS = (
    ("SQLITE_FULL", "disk_full", "the disk is full", "free some space and run the same command again"),
    ("SQLITE_IOERR", "store_io", "the disk refused to read or write", "check the disk and its free space"),
    ("SQLITE_BUSY", "store_locked", "another program is writing to it", "wait for it to end"),
    ("SQLITE_LOCKED", "store_locked", "another program is writing to it", "wait for it to end"),
    ("SQLITE_READONLY", "store_read_only", "it may not be written to", "allow writing, or name another"),
    ("SQLITE_CANTOPEN", "store_cannot_open", "it cannot be opened", "make its folder, or allow writing"),
    ("SQLITE_NOTADB", "not_a_store", "the file is not a database", "name another file with --store"),
    ("SQLITE_CORRUPT", "store_damaged", "the database is damaged", "restore a copy, or make a new store"),
)


@contextmanager
def as_store_errors(place: str) -> Iterator[None]:
    """Turn what the database raises inside into a StoreError that names the `place` and the mend."""
    try:
        yield
    except DBAPIError as error:
        name = getattr(error.orig, "sqlite_errorname", "")
        for prefix, code, message, mend in _FAULTS:
            if name.startswith(prefix):
                raise StoreError(code, message, place=place, mend=mend) from error
        raise StoreError("store_failed", str(error.orig), place=place) from error
