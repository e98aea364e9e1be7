"""The brief as a Word document: the same numbers, and every jump arrives."""

from __future__ import annotations

import io
import sys
import zipfile
from xml.etree import ElementTree

import pytest
from brief_values import FINDINGS, INCIDENTS, READINGS, TRUCE

from trucewatch.briefs import build, render_docx
from trucewatch.errors import UsageError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body(**period: str) -> ElementTree.Element:
    made = render_docx(build(TRUCE, READINGS, INCIDENTS, FINDINGS, **period))
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        return ElementTree.fromstring(parts.read("word/document.xml"))


def texts(root: ElementTree.Element) -> str:
    return "\n".join(t.text or "" for t in root.iter(f"{_W}t"))


def test_title_incidents_and_quotations_are_told() -> None:
    told = texts(body())
    brief = build(TRUCE, READINGS, INCIDENTS, FINDINGS)
    assert brief.title in told
    for case in brief.cases:
        assert f"{case.label}. {case.title}" in told
        assert all(voice.quote in told for voice in case.claims)


def test_every_jump_arrives() -> None:
    root = body()
    jumps = {link.get(f"{_W}anchor") for link in root.iter(f"{_W}hyperlink")}
    marks = [mark.get(f"{_W}name") for mark in root.iter(f"{_W}bookmarkStart")]
    assert jumps
    assert jumps <= set(marks)
    assert len(set(marks)) == len(marks)


def test_without_the_library_the_mend_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(UsageError, match="python-docx") as caught:
        render_docx(build(TRUCE, READINGS, INCIDENTS, FINDINGS))
    assert caught.value.code == "no_docx"
