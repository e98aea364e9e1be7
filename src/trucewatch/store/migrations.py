"""The schema's version, and the steps from each version to the next.

A step is a function of a connection, run inside the transaction that opens the store. A new store is made
from `tables.metadata`; a later version adds its step to `STEPS` under the version it starts from.
Version 2 added the decisions, version 3 what findings rest on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, Engine, inspect, select, update

from trucewatch.errors import StoreError
from trucewatch.store import tables

VERSION = 3

Step = Callable[[Connection], None]
STEPS: Mapping[int, Step] = {1: tables.decisions.create, 2: tables.bases.create}


def make_current(
    engine: Engine, place: str, *, steps: Mapping[int, Step] = STEPS, version: int = VERSION
) -> None:
    """Make the tables where there are none, and bring older ones to `version`.

    Raises StoreError: `not_a_store` for a database of another program, `store_newer` for one that a
    newer version of this package has written.
    """
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
        found = None
        if tables.about.name in names:
            found = connection.scalar(select(tables.about.c.schema_version))
    if found == version:
        return
    if found is None and names:
        raise StoreError(
            "not_a_store",
            "this database belongs to something else",
            place=place,
            mend="name another file with --store",
        )
    if found is not None and found > version:
        raise StoreError(
            "store_newer",
            f"written by a newer version (schema {found}, this one knows {version})",
            place=place,
            mend="update trucewatch",
        )
    with engine.begin() as connection:
        if found is None:
            tables.metadata.create_all(connection)
            connection.execute(tables.about.insert().values(schema_version=version))
            return
        for old in range(found, version):
            steps[old](connection)
        connection.execute(update(tables.about).values(schema_version=version))
