"""What can go wrong, as one tree.

    TrucewatchError
    ├── SourceError        an input cannot become a document
    ├── RuleError          a rule file does not load or contradicts itself
    ├── TruceError         a truce file does not load
    ├── GazetteerError     the place index is missing or broken
    ├── StoreError         the store cannot be read or written
    └── UsageError         a command was asked for something that does not exist

Each carries a stable `code`, the `place` (file, line, document, column), what is wrong
(`message`) and what to do about it (`mend`).
"""

from __future__ import annotations


class TrucewatchError(Exception):
    """Base of every error raised on purpose."""

    def __init__(self, code: str, message: str, *, place: str = "", mend: str = "") -> None:
        self.code = code
        self.message = message
        self.place = place
        self.mend = mend
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        tail = f" ({self.mend})" if self.mend else ""
        return f"{head}{tail} [{self.code}]"


class SourceError(TrucewatchError):
    """An input cannot become a document."""


class RuleError(TrucewatchError):
    """A rule file does not load, or contradicts itself."""


class TruceError(TrucewatchError):
    """A truce file does not load."""


class GazetteerError(TrucewatchError):
    """The place index is missing or broken."""


class StoreError(TrucewatchError):
    """The store cannot be read or written."""


class UsageError(TrucewatchError):
    """A command was asked for something that does not exist."""
