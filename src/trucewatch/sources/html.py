"""HTML pages: their main text and metadata by trafilatura, within bounds of size, depth and time.

trafilatura 2 (Barbaresi, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and
Extraction", ACL 2021 demonstrations) is asked for precision, without comments; where it finds nothing, all
text of the page is taken. lxml's `huge_tree` stays off.
"""

from __future__ import annotations

import logging
import re
import subprocess
import sys

import msgspec

from trucewatch.errors import SourceError
from trucewatch.model import Published

LARGEST_HTML = 20_000_000
DEEPEST_HTML = 250
# Larger pages are extracted in a process of their own, which can be stopped.
_LARGE_HTML = 1_000_000
_SECONDS = 60
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(/?)>")
_SILENT = re.compile(r"<!--.*?-->|<(script|style|noscript|textarea|svg)\b.*?</\1\s*>", re.S | re.I)
# Elements that nest without being closed, or are never closed.
_FLAT = frozenset({
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html", "img",
    "input", "li", "link", "meta", "optgroup", "option", "p", "param", "source", "tbody", "td", "tfoot", "th",
    "thead", "tr", "track", "wbr",
})
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_SUFFIX = re.compile(r"\s+[|–—-]\s+(?P<name>[^|–—]{2,40})$")


class Page(msgspec.Struct, frozen=True):
    """What was found on a page before it became a document."""

    text: str = ""
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: Published | None = None
    language: str | None = None
    whole: bool = False  # all text of the page, because no main text could be told apart


def declared_encoding(html: bytes) -> str | None:
    """The encoding that the page's own head names, if any."""
    found = _CHARSET.search(html[:4096])
    return found.group(1).decode("ascii", "replace") if found else None


def extract(html: str, url: str | None = None) -> Page:
    """The main text and metadata of a page.

    Raises SourceError: `html_too_large` (over 20 million characters), `html_too_deep` (over 250 elements
    inside one another), `html_too_slow` (over a minute), `html_without_text`, `html_unreadable`.
    """
    if len(html) > LARGEST_HTML:
        raise SourceError("html_too_large", f"{len(html)} characters of HTML, more than {LARGEST_HTML}")
    deepest = depth(html)
    if deepest > DEEPEST_HTML:
        raise SourceError("html_too_deep", f"{deepest} elements inside one another, more than {DEEPEST_HTML}")
    page = _extract_apart(html, url) if len(html) > _LARGE_HTML else extract_here(html, url)
    if not page.text.strip():
        raise SourceError("html_without_text", "no main text was found", mend="give the text itself")
    return page


def depth(html: str) -> int:
    """How many elements are open at once at most, counted over the tags in one pass.

    Stops counting a little beyond the limit. A closing tag closes one element, whichever it is.
    """
    deepest = level = 0
    for found in _TAG.finditer(_SILENT.sub(" ", html)):
        closing, name, self_closed = found.groups()
        if name.casefold() in _FLAT or self_closed:
            continue
        level = max(0, level - 1) if closing else level + 1
        deepest = max(deepest, level)
        if deepest > 4 * DEEPEST_HTML:
            break
    return deepest


def extract_here(html: str, url: str | None) -> Page:
    """`extract` without its bounds."""
    from trafilatura import (  # half a second, which plain text need not spend
        bare_extraction,
        html2txt,
    )

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(
            html,
            url=url,
            favor_precision=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except RecursionError as problem:
        raise SourceError("html_too_deep", "the page's elements are too deep inside one another") from problem
    if found is None or isinstance(found, dict) or not found.text:
        return Page(text=html2txt(html), url=url, language=_language_of(html), whole=True)
    title = found.title or None
    publisher = found.sitename or None
    suffix = _SUFFIX.search(title) if title else None
    if title and suffix and publisher and suffix["name"].casefold() == publisher.casefold():
        title = title[:suffix.start()]
    return Page(
        text=found.text,
        title=title,
        publisher=publisher,
        url=url or found.url or None,
        published=Published(found.date, "metadata") if found.date else None,
        language=_language_of(html),
    )


def _language_of(html: str) -> str | None:
    found = re.search(r"<html[^>]{0,300}?\blang\s*=\s*[\"']?([a-zA-Z]{2})\b", html[:4096], re.IGNORECASE)
    return found.group(1).casefold() if found else None


def _extract_apart(html: str, url: str | None) -> Page:
    """`extract_here` in a process of its own, for at most a minute."""
    question = msgspec.json.encode((html, url))
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "trucewatch.sources.html"], input=question, capture_output=True,
            timeout=_SECONDS, check=True,
        )
    except subprocess.TimeoutExpired as problem:
        raise SourceError("html_too_slow", f"no main text within {_SECONDS} seconds") from problem
    except subprocess.CalledProcessError as problem:
        raise SourceError("html_unreadable", "the main text could not be taken from the HTML") from problem
    return msgspec.json.decode(answer.stdout, type=Page)


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(extract_here(*msgspec.json.decode(
        sys.stdin.buffer.read(), type=tuple[str, str | None]))))
