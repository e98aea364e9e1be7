"""Words of a page in their context, for the eye; the offsets stay those of the quoted words."""

from __future__ import annotations

from trucewatch.briefs.values import Evidence, Voice
from trucewatch.incidents import Page
from trucewatch.model import Because, Claim, Event, Span
from trucewatch.rules.words import find

CONTEXT = 90  # characters shown on either side
LONGEST = 420  # characters of a quotation
OWN_VOICE = "the page itself"
NOBODY = "somebody not named"


def voice(page: Page | None, claim: Claim, side: str | None, *, copied: bool) -> Voice:
    """What a claim says, quoted from its statement; from the event's sentence where there is none."""
    if page is None:
        return Voice(
            source_name(claim.source), claim.stance, claim.document, "", "", "", "", 0, 0, side=side, copied=copied)
    span, via = _span(page, claim)
    before, quote, after = in_context(page, span)
    return Voice(
        source_name(claim.source), claim.stance, claim.document, publisher(page), before, quote, after,
        span.start, span.end, via, side, claim.killed, claim.injured, copied,
    )


def own_voice(page: Page, event: Event, *, copied: bool) -> Voice:
    """A report that the page makes in its own voice."""
    span = page.sentence(event.trigger.start)
    before, quote, after = in_context(page, span)
    harm = event.harm
    return Voice(
        OWN_VOICE, "asserts", page.id, publisher(page), before, quote, after, span.start, span.end,
        killed=harm.killed if harm else None, injured=harm.injured if harm else None, copied=copied,
    )


def source_name(words: str) -> str:
    """A source as a reader can make sense of it: a pronoun is nobody's name."""
    return f"{NOBODY} (“{words}”)" if find("pronoun", words) else words


def publisher(page: Page) -> str:
    return page.reading.document.publisher or ""


def in_context(page: Page, span: Span) -> tuple[str, str, str]:
    """The words before in the same paragraph, the words themselves, the words after."""
    text = page.text
    top = max(text.rfind("\n", 0, span.start) + 1, span.start - CONTEXT)
    bottom = text.find("\n", span.end)
    bottom = min(len(text) if bottom < 0 else bottom, span.end + CONTEXT)
    before, after = text[top : span.start], text[span.end : bottom]
    if top and text[top - 1] != "\n":
        before = "… " + before.partition(" ")[2]
    if bottom < len(text) and text[bottom] != "\n":
        after = after.rpartition(" ")[0] + " …"
    quote = text[span.start : span.end]
    if len(quote) > LONGEST:
        quote, after = quote[:LONGEST].rpartition(" ")[0] + " …", ""
    return before, quote, after


def evidence(page: Page | None, document: str, because: Because) -> Evidence:
    words = page.text[because.start : because.end] if page else ""
    if len(words) > LONGEST:
        words = words[:LONGEST] + " …"
    return Evidence(document, because.id, because.start, because.end, words)


def _span(page: Page, claim: Claim) -> tuple[Span, tuple[str, ...]]:
    statement = page.statements.get(claim.statement or "")
    if statement is not None and statement.content:
        via = tuple(name for e in statement.via if (name := _name(page, e)))
        return Span(min(c.start for c in statement.content), max(c.end for c in statement.content)), via
    event = next((e for e in page.events if e.id == claim.event), None)
    return (page.sentence(event.trigger.start) if event else Span(0, 0)), ()


def _name(page: Page, entity: str) -> str | None:
    found = page.entities.get(entity)
    if found is None:
        return None
    mention = found.mentions[0] if found.mentions else None
    return found.name or (page.text[mention.start : mention.end] if mention else None)
