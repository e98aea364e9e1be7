"""Where a page is published."""

from __future__ import annotations

import pytest

from trucewatch import gazetteer
from trucewatch.model import Document
from trucewatch.reading.outlet import outlet_country


@pytest.mark.parametrize(
    ("publisher", "url", "country"),
    [
        ("SANA", None, "SYR"),
        ("Reuters", None, None),  # a world-wide agency reports from everywhere
        ("Nobody's Gazette", "https://www.example.ye/news/1", "YEM"),
        (None, "https://news.example.co.uk/1", "GBR"),
        (None, "https://example.tv/1", None),
        (None, "https://example.com.co/1", "COL"),
        (None, "https://example.org/1", None),
        (None, "no address", None),
        (None, None, None),
    ],
)
def test_the_country_of_an_outlet(publisher: str | None, url: str | None, country: str | None) -> None:
    page = Document("d", "Text.", "0", url=url, publisher=publisher)
    assert outlet_country(page, gazetteer.open()) == country
