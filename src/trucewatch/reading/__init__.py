"""From a parsed page to its reading: who is named, who says what, what happened, is it so, when, where, how many."""

from trucewatch.reading.read import read, read_many, versions

__all__ = ["read", "read_many", "versions"]
