"""What has been read, kept: documents with their readings, and what was found of them under each truce.

SQLite by default, any database that SQLAlchemy knows by URL. See `Store`.
"""

from trucewatch.store.store import Kept, Row, Store

__all__ = ["Kept", "Row", "Store"]
