"""A document: the text as it stood, with its furniture marked."""

from __future__ import annotations

from typing import Literal

import msgspec


class Furniture(msgspec.Struct, frozen=True):
    """A stretch `[start, end)` of the text that is no part of the article, and why."""

    start: int
    end: int
    reason: str


class Published(msgspec.Struct, frozen=True):
    """When the document was published: an ISO date or date-time, and how that is known."""

    value: str | None = None
    basis: Literal["given", "metadata", "text", "none"] = "none"


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something a person should know about a document that was read all the same."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


class ReadError(msgspec.Struct, frozen=True):
    """Why a document could not be read."""

    code: str
    message: str


class Document(msgspec.Struct, frozen=True):
    """One page. Offsets everywhere count code points of `text`, half-open."""

    id: str
    text: str
    sha256: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    language: str | None = None
    published: Published = Published()
    furniture: tuple[Furniture, ...] = ()


class Sourced(msgspec.Struct, frozen=True):
    """What one input became: a document, with notices, or with the error that stopped it."""

    document: Document
    notices: tuple[Notice, ...] = ()
    error: ReadError | None = None
