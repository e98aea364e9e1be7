"""What is done in saying it: stances from cues, contents and the events inside."""

from __future__ import annotations

import pytest

from trucewatch.model import Document
from trucewatch.reading import read


def stances(text: str) -> list[str]:
    return [s.stance for s in read(Document(id="d", text=text, sha256="")).statements]


@pytest.mark.parametrize(("text", "stance"), [
    ("The agency said food was running out.", "asserts"),
    ("The Syrian army said rebels had shelled a school in Aleppo, killing two pupils.", "alleges"),
    ("A doctor said rebels had shelled a school in Aleppo, killing two pupils.", "asserts"),
    ("Police said rebels had shot two farmers in Aleppo.", "asserts"),
    ("State television said rebels had shelled the market of Aleppo, wounding six people.", "alleges"),
    ("The ministry denied any part in the raid.", "denies"),
    ("The spokesman called the report a fabrication.", "denies"),
    ("“I order all our units to hold their fire,” the commander said.", "demands"),
    ("“We deny any part in the raid,” the commander said.", "denies"),
    ("The army announced a two-day halt to its fire.", "promises"),
    ("The rebels vowed to crush the garrison.", "threatens"),
    ("The general warned that his troops would bomb the rebel towns.", "threatens"),
    ("The agency warned that food was running out.", "asserts"),
    ("The envoy urged both sides to hold their fire.", "asks"),
    ("The general has reportedly left the capital.", "unsure"),
    ("Diplomats believe that the truce will fail.", "believes"),
    ("The army confirmed the loss of two posts.", "confirms"),
])
def test_stance(text: str, stance: str) -> None:
    assert stances(text)[:1] == [stance]
