"""The names that others may use."""

from __future__ import annotations

from trucewatch import sources


def test_public_names() -> None:
    assert sources.__all__ == ["find_published", "from_html", "from_record", "from_text", "load", "mark_furniture"]
