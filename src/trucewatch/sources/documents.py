"""Text, HTML and JSON objects into documents: the three doors through which every input comes."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import msgspec

from trucewatch.errors import SourceError
from trucewatch.model import Document, Furniture, Notice, Published, ReadError, Sourced
from trucewatch.sources.decode import decode, text_notices
from trucewatch.sources.furniture import mark_furniture
from trucewatch.sources.html import Page, declared_encoding, extract
from trucewatch.sources.languages import detect_language
from trucewatch.sources.published import find_published, published_in_address, read_given

LONGEST_TEXT = 20_000_000
_DECODING = ("mixed_encoding", "guessed_encoding", "bad_encoding")


def from_text(
    text: str,
    *,
    id: str,
    url: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    published: str | None = None,
    language: str | None = None,
) -> Sourced:
    """The document that a plain text is. `document.text` is `text` itself, every character of it.

    `published`: an ISO date or date-time; one that does not exist gives the notice `bad_date` and the next
    basis is tried: the address, then the text, then none. `language`: ISO 639-1; found out when not given.
    Errors: `empty_text`, `text_too_long` (more than 20 million characters; nothing is marked).
    """
    page = Page(text=text, title=title, publisher=publisher, url=url)
    return _document(page, id=id, published=published, language=language, notices=text_notices(text))


def from_html(
    html: bytes | str,
    *,
    id: str,
    url: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    published: str | None = None,
    language: str | None = None,
) -> Sourced:
    """The document that an HTML page is: `document.text` is its main text, by trafilatura.

    Title, publisher, address, date and language come from the page's metadata where they are not given.
    Errors: those of `from_text`, `html_too_large`, `html_too_deep`, `html_too_slow`, `html_without_text`,
    `binary_file`; with each of them `document.text` is empty.
    """
    try:
        markup, notices = decode(html, declared_encoding(html)) if isinstance(html, bytes) else (html, ())
        page = extract(markup, url)
    except SourceError as problem:
        return failed(id, problem.code, problem.message, Page(title=title, publisher=publisher, url=url))
    notices = tuple(msgspec.structs.replace(n, start=None, end=None) for n in notices if n.code in _DECODING)
    if page.whole:
        notices = (*notices, Notice("whole_page", "no main text could be told apart: this is all of it"))
    page = msgspec.structs.replace(
        page, title=title or page.title, publisher=publisher or page.publisher, url=url or page.url
    )
    return _document(
        page, id=id, published=published, language=language, notices=(*notices, *text_notices(page.text))
    )


def from_record(obj: Any, *, id: str) -> Sourced:
    """The document that one JSON object is: `text` or `html`, and what is known besides; never raises.

    `id` is used when the object has none. Errors: `bad_record` (no object, or a field of a wrong type),
    `missing_text`, and those of `from_text` and `from_html`.
    """
    if not isinstance(obj, dict):
        return failed(id, "bad_record", f"a JSON object is needed, this is {_json_name(obj)}")
    own = obj.get("id")
    name = str(own) if isinstance(own, (str, int)) and not isinstance(own, bool) and own != "" else id
    fields = {key: obj.get(key) for key in ("url", "publisher", "title", "published", "language")}
    wrong = [key for key in (*fields, "text", "html") if not isinstance(obj.get(key), (str, type(None)))]
    text = obj.get("text") if isinstance(obj.get("text"), str) else None
    if wrong:
        message = f"{', '.join(wrong)}: a string is needed, not {_json_name(obj[wrong[0]])}"
        return failed(name, "bad_record", message, Page(text=text or ""))
    if text is not None:
        return from_text(text, id=name, **fields)
    if obj.get("html") is not None:
        return from_html(obj["html"], id=name, **fields)
    return failed(name, "missing_text", "the record has neither `text` nor `html`", Page(
        title=fields["title"], publisher=fields["publisher"], url=fields["url"]))


def failed(id: str, code: str, message: str, page: Page | None = None) -> Sourced:
    """A document that could not be read, with whatever is known of it."""
    page = page or Page()
    return Sourced(_plain(page, id), error=ReadError(code, message))


def _document(
    page: Page, *, id: str, published: str | None, language: str | None, notices: tuple[Notice, ...]
) -> Sourced:
    if not page.text.strip("\ufeff \t\r\n"):
        return Sourced(_plain(page, id), notices, ReadError("empty_text", "there is no text in it"))
    if len(page.text) > LONGEST_TEXT:
        message = f"{len(page.text)} characters, more than the {LONGEST_TEXT} that are read as one document"
        return Sourced(_plain(page, id), notices, ReadError("text_too_long", message))
    furniture = mark_furniture(page.text, page.title, page.publisher)
    when, date_notices = _published(page, published, furniture)
    spoken = re.split("[-_]", language or "")[0].casefold() or detect_language(page.text) or page.language
    notices = (*notices, *date_notices)
    if spoken and spoken != "en":
        message = f"the page is in {spoken}; only English is read for statements and events"
        notices = (*notices, Notice("unsupported_language", message))
    document = msgspec.structs.replace(
        _plain(page, id),
        language=spoken,
        published=when,
        furniture=furniture,
    )
    return Sourced(document, notices)


def _plain(page: Page, id: str) -> Document:
    digest = hashlib.sha256(page.text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(id, page.text, digest, url=page.url, publisher=page.publisher, title=page.title)


def _published(
    page: Page, given: str | None, furniture: tuple[Furniture, ...]
) -> tuple[Published, tuple[Notice, ...]]:
    notices: tuple[Notice, ...] = ()
    if given:
        value = read_given(given)
        if value:
            return Published(value, "given"), ()
        notices = (Notice("bad_date", f"the given publication date {given[:80]!r} is no date that exists"),)
    found = page.published or published_in_address(page.url) or find_published(page.text, furniture)
    return found or Published(), notices


def _json_name(value: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "a string", list: "a list"}
    return "null" if value is None else names.get(type(value), "an object")
