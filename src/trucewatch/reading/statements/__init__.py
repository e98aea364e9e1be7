"""Who says what: sources, cues and contents, found by the tree, by quotation marks and by a learned tagger."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.language import Paragraph, Parsed
from trucewatch.language.attributions import Attribution
from trucewatch.model import Attitude, Statement
from trucewatch.reading.quotes import find_quotes
from trucewatch.reading.shared import Mentions
from trucewatch.reading.statements.assemble import finish, without_repeats
from trucewatch.reading.statements.cues import from_token
from trucewatch.reading.statements.draft import Draft
from trucewatch.reading.statements.learned import learned, numbered
from trucewatch.reading.statements.quotations import (
    announced,
    fit_quotes,
    from_colon,
    loose_quotes,
    part_of_talk,
    signed,
)


def find_statements(
    parsed: Parsed, mentions: Mentions, found: Sequence[Attribution] = ()
) -> tuple[tuple[Statement, ...], tuple[Attitude, ...]]:
    """The statements and the attitudes of a page, each in order of their first character, with ids s1, s2 … and a1 …

    `found` is what the encoder takes for attributions; without it there are no attitudes.
    """
    drafts: list[Draft] = []
    previous = None
    for paragraph in parsed.paragraphs:
        if not paragraph.dateline:
            drafts += _of_paragraph(paragraph, previous, mentions, drafts)
        previous = paragraph
    more, attitudes = learned(found, drafts, mentions)
    places = {d.paragraph.index: d.paragraph for d in more}
    quoted = {index: find_quotes(p.doc.text, p.start) for index, p in places.items()}
    for draft in more:
        fit_quotes(draft, quoted[draft.paragraph.index])
    return finish([*drafts, *more], mentions), tuple(numbered(attitudes))


def _of_paragraph(
    paragraph: Paragraph, previous: Paragraph | None, mentions: Mentions, before: list[Draft]
) -> list[Draft]:
    quotes = find_quotes(paragraph.doc.text, paragraph.start)
    drafts: list[Draft] = []
    for token in paragraph.doc:
        drafts += from_token(paragraph, token, mentions)
    drafts += from_colon(paragraph, mentions)
    drafts += signed(paragraph, quotes)
    drafts += announced(paragraph, quotes, previous)
    drafts = [d for d in without_repeats(drafts) if not part_of_talk(d, quotes)]
    for draft in drafts:
        fit_quotes(draft, quotes)
    drafts += loose_quotes(paragraph, quotes, drafts, mentions, before)
    return drafts


__all__ = ["find_statements"]
