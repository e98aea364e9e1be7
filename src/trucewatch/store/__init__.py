"""What has been read, kept: documents with their readings, and what was found of them under each truce,
and what people decided about them.

SQLite by default, any database that SQLAlchemy knows by URL. See `Store`.
"""

from trucewatch.store.decisions import Decision, Decisions, Laid, effective, grouping, groupings, holding
from trucewatch.store.store import Kept, Row, Store

__all__ = ["Decision", "Decisions", "Kept", "Laid", "Row", "Store", "effective", "grouping", "groupings", "holding"]
