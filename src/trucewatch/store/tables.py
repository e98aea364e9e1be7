"""The tables, in SQL that SQLite and PostgreSQL share. Values stand in `body` as their JSON text.

    documents   one row a text: its reading, and the columns that lists need
    aliases     the same text met again under another id or address: points at its document
    findings    what each incident is under one truce, in order
    decisions   what people decided, one row a record; rows are added and never changed
    incidents   the happenings those findings are about
    bases       what the findings of one truce rest on: the truce and the pages as they were
    about       one row: the version of this schema
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

about = Table(
    "trucewatch_about", metadata, Column("schema_version", Integer, primary_key=True, autoincrement=False)
)

documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("title", Text),
    Column("publisher", Text),
    Column("published", Text),
    Column("url", Text),
    Column("language", Text),
    Column("statements", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("versions", Text, nullable=False),
    Column("body", Text, nullable=False),
)

aliases = Table(
    "aliases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document", Text, ForeignKey("documents.id"), nullable=False, index=True),
    Column("title", Text),
    Column("publisher", Text),
    Column("published", Text),
    Column("url", Text),
)

incidents = Table(
    "incidents",
    metadata,
    Column("truce", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("body", Text, nullable=False),
)

findings = Table(
    "findings",
    metadata,
    Column("truce", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("incident", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("findings_by_event", "document", "event"),
)

bases = Table("bases", metadata, Column("truce", Text, primary_key=True), Column("body", Text, nullable=False))

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("document", Text, nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("reason", Text, nullable=False),
    Column("supersedes", Integer),
)
