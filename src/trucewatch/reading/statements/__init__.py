"""Who says what: sources, cues and contents, found by the tree, by quotation marks and by a learned tagger."""

from __future__ import annotations

from trucewatch.language import Paragraph, Parsed
from trucewatch.language.attributions import Sight
from trucewatch.model import Attitude, Statement
from trucewatch.reading.quotes import find_quotes
from trucewatch.reading.shared import Mentions
from trucewatch.reading.statements.assemble import finish, without_repeats
from trucewatch.reading.statements.cues import from_token
from trucewatch.reading.statements.draft import Draft
from trucewatch.reading.statements.learned import choose, numbered
from trucewatch.reading.statements.quotations import (
    announced,
    fit_quotes,
    from_colon,
    loose_quotes,
    part_of_talk,
    signed,
)


def find_statements(
    parsed: Parsed, mentions: Mentions, sight: Sight | None = None
) -> tuple[tuple[Statement, ...], tuple[Attitude, ...]]:
    """The statements and the attitudes of a page, each in order of their first character, with ids s1, s2 … and a1 …

    `sight` is the page as the encoder sees it; without it all that the rules find stands, and there are no attitudes.
    """
    drafts = by_rules(parsed, mentions)
    attitudes: list[Attitude] = []
    if sight is not None:
        drafts, attitudes = choose(parsed, drafts, sight, mentions)
    return finish(drafts, mentions), tuple(numbered(attitudes))


def by_rules(parsed: Parsed, mentions: Mentions) -> list[Draft]:
    """What the rules alone find."""
    drafts: list[Draft] = []
    previous = None
    for paragraph in parsed.paragraphs:
        if not paragraph.dateline:
            drafts += _of_paragraph(paragraph, previous, mentions, drafts)
        previous = paragraph
    return drafts


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


__all__ = ["by_rules", "find_statements"]
