"""Where a page is published: what its day-month order and its unexplained place names are likely to follow."""

from __future__ import annotations

from urllib.parse import urlsplit

from trucewatch.gazetteer import Gazetteer
from trucewatch.model import Document
from trucewatch.rules.lexicon import lexicon

# Country domains that anybody takes for the sound of them, and one that is no ISO code.
_ANYBODYS = {"tv", "io", "co", "me", "ai", "fm", "cc", "ws", "to", "gg", "la", "st", "sh", "ac", "ag", "eu", "su"}
_OTHER_CODES = {"uk": "gb"}


def outlet_country(document: Document, gazetteer: Gazetteer) -> str | None:
    """The country of the page's publisher (ISO alpha-3): of an outlet that the lexicon knows, else of the address's
    country domain. None where neither tells."""
    if document.publisher:
        entries = lexicon().named(document.publisher)
        countries = {e.country for e in entries}
        if len(countries) == 1 and not any(e.worldwide for e in entries) and (country := countries.pop()):
            return country
    return _domain_country(document.url, gazetteer) if document.url else None


def _domain_country(url: str, gazetteer: Gazetteer) -> str | None:
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:  # no address at all
        return None
    last = labels[-1]
    if last in _ANYBODYS and labels[-2:-1] not in (["com"], ["gov"], ["org"], ["net"]):
        return None
    return gazetteer.alpha3(_OTHER_CODES.get(last, last)) if len(last) == 2 else None
