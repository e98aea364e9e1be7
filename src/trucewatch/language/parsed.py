"""A document's paragraphs with their parse, and the way back to the document's offsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from trucewatch.model import Document, Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One parsed paragraph. `start` is where its text begins in the document.

    A dateline ("KYIV, 17 June 2016 –") is a paragraph of its own, so that it cannot spoil the parse.
    """

    index: int
    start: int
    doc: Doc
    headline: bool = False
    dateline: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.doc.text)

    def span(self, part: Token | TokenSpan) -> Span:
        """The document offsets of a token or a token span of this paragraph."""
        if isinstance(part, Token):
            return Span(self.start + part.idx, self.start + part.idx + len(part))
        return Span(self.start + part.start_char, self.start + part.end_char)

    def tokens(self, span: Span) -> TokenSpan | None:
        """The tokens that a document span covers, widened to whole tokens; None when outside."""
        return self.doc.char_span(
            max(span.start - self.start, 0), min(span.end - self.start, len(self.doc.text)),
            alignment_mode="expand",
        )


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document and the parse of those of its paragraphs that are no furniture."""

    document: Document
    paragraphs: tuple[Paragraph, ...] = field(default=())

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The paragraph that holds a document offset."""
        for paragraph in self.paragraphs:
            if paragraph.start <= offset < paragraph.end:
                return paragraph
        return None

    def sentences(self) -> Iterator[tuple[Paragraph, TokenSpan]]:
        for paragraph in self.paragraphs:
            for sentence in paragraph.doc.sents:
                yield paragraph, sentence
