"""Files, folders and standard input into documents, one after the other, in bounded memory."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from trucewatch.errors import SourceError
from trucewatch.model import Notice, Sourced
from trucewatch.sources.decode import decode
from trucewatch.sources.documents import failed, from_html, from_record, from_text
from trucewatch.sources.html import LARGEST_HTML, Page

LONGEST_LINE = 64_000_000
LARGEST_TEXT = 80_000_000
_HTML = (".html", ".htm", ".xhtml")
_FEEDS = "RSS and Atom feeds"
_LATER = {".warc": "WARC archives", ".xml": _FEEDS, ".rss": _FEEDS, ".atom": _FEEDS}
_KNOWN = "give .txt, .html, .htm, .xhtml, .jsonl, each also with .gz, a folder of them, or - for JSON lines"
_PIECE = 1 << 20


def load(inputs: Iterable[str | Path], *, stdin: BinaryIO | None = None) -> Iterator[Sourced]:
    """Every document of the inputs, in their order; folders recursively, sorted by path.

    `-` reads JSON lines from `stdin`. Whatever cannot be read comes out in its place as a Sourced with an
    `error`: `missing_file`, `unreadable_file`, `unsupported_format`, `empty_folder`, `broken_gzip`,
    `file_too_large`, `line_too_long`, `bad_json`, and those of `from_text`, `from_html` and `from_record`.
    """
    for given in inputs:
        if str(given) == "-":
            yield from _guarded("stdin", _json_lines(_lines(stdin), "stdin") if stdin else iter(()))
        else:
            yield from _path(Path(given))


def _path(path: Path) -> Iterator[Sourced]:
    if path.is_dir():
        files = sorted(_files_under(path))
        if not files:
            yield failed(path.name or str(path), "empty_folder", f"{path}: there is no file in it ({_KNOWN})")
        for file in files:
            id = file.relative_to(path).as_posix()
            yield from _guarded(id, _file(file, id))
    else:
        yield from _guarded(path.name, _file(path, path.name))


def _files_under(folder: Path) -> Iterator[Path]:
    """Files at any depth, less those whose name, or whose folder's name, begins with a dot."""
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(root, name) for name in names if not name.startswith("."))


def _guarded(id: str, documents: Iterator[Sourced]) -> Iterator[Sourced]:
    """The documents; an error on the way becomes one more, with its code."""
    try:
        yield from documents
    except SourceError as problem:
        yield failed(id, problem.code, str(problem))
    except FileNotFoundError as problem:
        yield failed(id, "missing_file", f"{problem.filename}: there is no such file")
    except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
        yield failed(id, "broken_gzip", f"{id}: the gzip file is broken or cut short: {problem}")
    except OSError as problem:
        yield failed(id, "unreadable_file", f"{id}: {problem.strerror or problem}")


def _file(path: Path, id: str) -> Iterator[Sourced]:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    zipped = suffixes[-1:] == [".gz"]
    suffix = (suffixes[:-1] if zipped else suffixes)[-1:] or [""]
    kind = suffix[0]
    if kind != ".txt" and kind != ".jsonl" and kind not in _HTML:
        what = _LATER.get(kind)
        message = f"{what} are not read yet" if what else f"files ending in {kind!r} are not read"
        if path.exists():
            raise SourceError("unsupported_format", message, place=str(path), mend=_KNOWN)
    stream: BinaryIO
    with gzip.open(path, "rb") if zipped else path.open("rb") as stream:  # type: ignore[assignment]
        if kind == ".jsonl":
            yield from _json_lines(_lines(stream), id)
        elif kind in _HTML:
            raw, broken = _read(stream, LARGEST_HTML)
            yield _with(from_html(raw, id=id), broken)
        else:
            raw, broken = _read(stream, LARGEST_TEXT)
            try:
                text, notices = decode(raw)
            except SourceError as problem:
                raise SourceError(problem.code, problem.message, place=id, mend=problem.mend) from problem
            sourced = from_text(text, id=id)
            extra = tuple(notice for notice in notices if notice not in sourced.notices)
            yield _with(msgspec.structs.replace(sourced, notices=(*extra, *sourced.notices)), broken)


def _read(stream: BinaryIO, most: int) -> tuple[bytes, Notice | None]:
    """All of a stream; what a broken gzip file still gave comes with a notice."""
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > most:
                raise SourceError("file_too_large", f"more than {most} bytes", mend="split it")
            pieces.append(piece)
    except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
        if not pieces:
            raise
        return b"".join(pieces), Notice("broken_gzip", f"the gzip file is broken or cut short: {problem}")
    return b"".join(pieces), None


def _with(sourced: Sourced, notice: Notice | None) -> Sourced:
    return msgspec.structs.replace(sourced, notices=(*sourced.notices, notice)) if notice else sourced


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; None stands for one that is longer than 64 million bytes."""
    while line := stream.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_PIECE)
        yield None


def _json_lines(lines: Iterable[bytes | None], name: str) -> Iterator[Sourced]:
    for number, line in enumerate(lines, 1):
        id = f"{name}:{number}"
        if line is None:
            message = f"line {number} is longer than {LONGEST_LINE} bytes and was left out"
            yield failed(id, "line_too_long", message)
        elif line.strip():
            yield _json_line(line, id)


def _json_line(line: bytes, id: str) -> Sourced:
    try:
        text, notices = decode(line.strip(b" \t\r\n"))
        sourced = from_record(msgspec.json.decode(text.removeprefix("\ufeff")), id=id)
    except SourceError as problem:
        return failed(id, problem.code, problem.message)
    except (msgspec.DecodeError, RecursionError) as problem:
        return failed(id, "bad_json", f"{id}: this line is not JSON: {problem}", Page())
    encoding = tuple(notice for notice in notices if notice.code.endswith("_encoding"))
    return msgspec.structs.replace(sourced, notices=(*encoding, *sourced.notices)) if encoding else sourced
