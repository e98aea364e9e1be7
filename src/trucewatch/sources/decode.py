"""Bytes into text: nothing is stripped, and whatever had to be guessed or replaced is noticed."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from trucewatch.errors import SourceError
from trucewatch.model import Notice

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_STRAY = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]+")
_DIRECTION = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def decode(raw: bytes, declared: str | None = None) -> tuple[str, tuple[Notice, ...]]:
    """The text of `raw`, and notices.

    In order: byte order mark, UTF-8, the declared encoding, UTF-8 with some bytes of another
    encoding in it, a guess by charset-normalizer, and UTF-8 with replacement characters. A byte
    order mark stays in the text as U+FEFF. Raises SourceError `binary_file` for what is no text.
    """
    text, notices = _decode(raw, declared)
    return text, (*notices, *text_notices(text))


def text_notices(text: str) -> tuple[Notice, ...]:
    """Notices of characters that a reader of the page does not see."""
    notices = []
    if text.startswith("\ufeff"):
        notices.append(Notice("byte_order_mark", "a byte order mark, kept as U+FEFF", 0, 1))
    for code, pattern, what in (
        ("control_characters", _CONTROL, "control characters"),
        ("direction_marks", _DIRECTION, "characters that turn the direction of writing"),
    ):
        found = pattern.search(text)
        if found:
            count = sum(1 for _ in pattern.finditer(text))
            message = f"the text holds {count} {what}, kept as they are"
            notices.append(Notice(code, message, found.start(), found.end()))
    return tuple(notices)


def _decode(raw: bytes, declared: str | None) -> tuple[str, tuple[Notice, ...]]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _with_replacement(raw, encoding)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        _refuse_binary(raw)
        return text, ()
    if declared and _known(declared):
        try:
            return raw.decode(declared), ()
        except UnicodeDecodeError:
            pass
    _refuse_binary(raw)
    mixed = _mixed(raw)
    if mixed:
        text, count, first = mixed
        message = f"{count} bytes are not UTF-8 and were read as Windows-1252"
        return text, (Notice("mixed_encoding", message, first, first + 1),)
    best = from_bytes(raw[:_SAMPLE]).best()
    if best and best.encoding not in ("ascii", "utf_8"):
        try:
            guessed = Notice("guessed_encoding", f"read as {best.encoding}, by guess")
            return raw.decode(best.encoding), (guessed,)
        except UnicodeDecodeError:
            pass
    return _with_replacement(raw, "utf-8")


def _with_replacement(raw: bytes, encoding: str) -> tuple[str, tuple[Notice, ...]]:
    text = raw.decode(encoding, errors="replace")
    count = text.count("\ufffd")
    if not count:
        return text, ()
    first = text.index("\ufffd")
    message = f"{count} characters could not be decoded as {encoding}"
    return text, (Notice("bad_encoding", message, first, first + 1),)


def _mixed(raw: bytes) -> tuple[str, int, int] | None:
    """UTF-8 with its stray bytes read as Windows-1252, how many there are and where the first is.

    None when it is not UTF-8 in the main: fewer good characters beyond ASCII than stray bytes.
    """
    escaped = raw.decode("utf-8", errors="surrogateescape")
    first = _STRAY.search(escaped)
    text, count = _STRAY.subn(_as_windows, escaped)
    beyond = sum(map(len, _BEYOND_ASCII.findall(escaped)))
    return (text, count, first.start()) if first and beyond > count else None


def _as_windows(stray: re.Match[str]) -> str:
    return bytes([ord(stray.group()) - 0xDC00]).decode("cp1252", errors="replace")


def _known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def _refuse_binary(raw: bytes) -> None:
    """Refuses what is no text: more than one byte in fifty of its beginning is a control character."""
    sample = raw[:_SAMPLE]
    if sample and len(_CONTROL_BYTES.findall(sample)) > len(sample) / 50 and len(sample) > 16:
        raise SourceError("binary_file", "this is binary data, not text", mend="give text or HTML")
