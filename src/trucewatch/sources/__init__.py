"""Every input becomes a document: the text as it stood, furniture marked, nothing thrown away."""

from __future__ import annotations

from trucewatch.sources.documents import from_html, from_record, from_text
from trucewatch.sources.files import load
from trucewatch.sources.furniture import mark_furniture
from trucewatch.sources.published import find_published

__all__ = ["find_published", "from_html", "from_record", "from_text", "load", "mark_furniture"]
