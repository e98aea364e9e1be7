"""Files, folders and standard input: order kept, one bad document stopping nothing."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path
from unittest.mock import patch

import pytest

from trucewatch.model import Sourced
from trucewatch.sources import files, load
from trucewatch.sources.decode import decode

PROSE = "The army said on Monday that two of its men had been killed near the mill, and that it would answer."


def errors(found: list[Sourced]) -> list[str | None]:
    return [sourced.error.code if sourced.error else None for sourced in found]


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def test_text_file_is_kept_byte_for_byte(tmp_path: Path) -> None:
    raw = "\ufeff" + PROSE + "\r\n\r\n" + PROSE + "\n "
    (tmp_path / "a.txt").write_bytes(raw.encode())
    (sourced,) = load([tmp_path / "a.txt"])
    assert sourced.document.text == raw
    assert sourced.document.id == "a.txt"
    assert [notice.code for notice in sourced.notices] == ["byte_order_mark"]


def test_folder_is_read_at_any_depth_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "b" / "1.txt").write_text(PROSE)
    (tmp_path / "a.html").write_text(f"<html><body><p>{PROSE}</p></body></html>")
    (tmp_path / "c.jsonl").write_bytes(lines({"id": "x", "text": PROSE}, {"text": PROSE}))
    (tmp_path / "d.txt.gz").write_bytes(gzip.compress(PROSE.encode(), mtime=0))
    (tmp_path / ".git" / "e.txt").write_text(PROSE)
    found = list(load([tmp_path]))
    assert [sourced.document.id for sourced in found] == ["a.html", "b/1.txt", "x", "c.jsonl:2", "d.txt.gz"]
    assert errors(found) == [None] * 5


def test_standard_input_goes_on_after_bad_lines() -> None:
    good = lines({"id": "x", "text": PROSE})
    raw = good + b"{not json}\n\n[1]\n" + b'{"id": "y"}\n' + b"\xff\xfe\x00\x01\x02\x03\x04\x05" * 9 + b"\n" + good
    found = list(load(["-"], stdin=io.BytesIO(raw)))
    assert errors(found) == [None, "bad_json", "bad_record", "missing_text", "bad_json", None]
    assert [sourced.document.id for sourced in found][1:4] == ["stdin:2", "stdin:4", "y"]


def test_line_too_long_is_left_out_in_bounded_memory() -> None:
    good = lines({"id": "x", "text": PROSE})
    with patch.object(files, "LONGEST_LINE", 1000):
        found = list(load(["-"], stdin=io.BytesIO(good + b'{"text": "' + b"a" * 5000 + b'"}\n' + good)))
    assert errors(found) == [None, "line_too_long", None]


def test_deeply_nested_json_is_an_error() -> None:
    found = list(load(["-"], stdin=io.BytesIO(b"[" * 100_000 + b"\n" + lines({"text": PROSE}))))
    assert errors(found) == ["bad_json", None]


@pytest.mark.parametrize(("name", "raw", "code"), [
    ("a.txt", b"", "empty_text"),
    ("a.txt", b"\x7fELF\x02\x01\x01" + bytes(200), "binary_file"),
    ("a.html", b"", "html_without_text"),
    ("a.warc", b"WARC/1.0", "unsupported_format"),
    ("a.xml.gz", b"", "unsupported_format"),
    ("a.pdf", b"%PDF", "unsupported_format"),
    ("a.txt.gz", b"no gzip", "broken_gzip"),
    ("a.jsonl.gz", gzip.compress(b'{"text": "x"}\n' * 9, mtime=0)[:-9], "broken_gzip"),
])
def test_bad_files_are_errors(tmp_path: Path, name: str, raw: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(raw)
    (tmp_path / "z.txt").write_text(PROSE)
    found = list(load([tmp_path / name, tmp_path / "z.txt"]))
    assert errors(found)[-2:] == [code, None]
    assert found[0].document.id.startswith(name)


def test_missing_file_and_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = list(load([tmp_path / "no.txt", tmp_path / "nothing", tmp_path / "empty"]))
    assert errors(found) == ["missing_file", "missing_file", "empty_folder"]


def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    with patch.object(Path, "open", side_effect=PermissionError(13, "Permission denied", os.fspath(path))):
        (sourced,) = load([path])
    assert errors([sourced]) == ["unreadable_file"]


def test_cut_gzip_keeps_what_it_gave(tmp_path: Path) -> None:
    text = "\n".join(f"{n}: {PROSE}" for n in range(30_000))
    whole = gzip.compress(text.encode(), mtime=0)
    (tmp_path / "a.txt.gz").write_bytes(whole[:len(whole) // 2])
    with patch.object(files, "_PIECE", 10_000):
        (sourced,) = load([tmp_path / "a.txt.gz"])
    assert sourced.document.text
    assert text.startswith(sourced.document.text)
    assert "broken_gzip" in [notice.code for notice in sourced.notices]


def test_gzip_bomb_is_refused(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.txt.gz", "wb") as out:
        out.write(b"a" * 3_000_000)
    with patch.object(files, "LARGEST_TEXT", 1_000_000):
        (sourced,) = load([tmp_path / "a.txt.gz"])
    assert errors([sourced]) == ["file_too_large"]


@pytest.mark.parametrize(("raw", "text", "code"), [
    ("caf\u00e9 ".encode() * 5 + b"l\x92eau", "café " * 5 + "l’eau", "mixed_encoding"),
    (PROSE.encode("utf-16"), "\ufeff" + PROSE, "byte_order_mark"),
    (b"\xff\xfea", "\ufeff\ufffd", "bad_encoding"),
])
def test_encodings(raw: bytes, text: str, code: str) -> None:
    found, notices = decode(raw)
    assert found == text
    assert notices[0].code == code


def test_encoding_by_guess() -> None:
    text = "Армия заявила, что перемирие соблюдается на всей линии фронта, а наблюдатели это подтвердили. " * 5
    found, notices = decode(text.encode("cp1251"))
    assert found == text
    assert [notice.code for notice in notices] == ["guessed_encoding"]
