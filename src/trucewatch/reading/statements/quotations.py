"""Quotation marks: how far contents reach, and whose words stand without a cue in the tree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from trucewatch.language import Paragraph
from trucewatch.language.clauses import surface_subjects
from trucewatch.language.phrases import noun_phrase
from trucewatch.model import Span
from trucewatch.reading.quotes import Quote
from trucewatch.reading.shared import Mentions
from trucewatch.reading.statements.draft import (
    CLOSE_MARKS,
    OPEN_MARKS,
    QUOTE_MARKS,
    SPEAKERS,
    Draft,
    cue_rules,
    is_denied,
    source_span,
    speaks,
    trimmed_spans,
    words,
)
from trucewatch.reading.statements.source import outwards

_SIGNATURE = re.compile(r"[.,!?]*[”\"]\s*[—–―]\s*(?=[^\W\d_a-z])(?=\w+\s\w).")
_SEAM = re.compile(r"[^.;:!?“”\"]{0,60},\s*(?:(?:but|and|or|that|as|in|to)\s+)?[\"“„«'`]*\s*")


def signed(paragraph: Paragraph, quotes: tuple[Quote, ...]) -> list[Draft]:
    """A quotation with its author behind a dash: “…” — Jane Roe."""
    found = []
    for quote in quotes:
        tokens = paragraph.tokens(quote.inner)
        dash = _SIGNATURE.match(paragraph.doc.text, quote.inner.end - paragraph.start)
        if tokens is None or dash is None:
            continue
        name = next((t for t in paragraph.doc[tokens.end :] if t.idx >= dash.end() - 1), None)
        if name is None:
            continue
        while name.dep_ == "compound" and name.head.i > name.i:
            name = name.head
        found.append(
            Draft(
                paragraph, name, None, [quote.inner], "asserts", "cue.signed", [], paragraph.doc[tokens.end],
                content_head=tokens.root,
            )
        )
    return found


def part_of_talk(draft: Draft, quotes: tuple[Quote, ...]) -> bool:
    """A cue inside somebody's quotation is a part of what that somebody says ("I think", "they told us")."""
    cue = draft.cue
    return cue is not None and any(q.inner.start <= cue.start < q.inner.end for q in quotes)


def from_colon(paragraph: Paragraph, mentions: Mentions) -> list[Draft]:
    """A headline "Mayor: the bridge is gone", or a transcript's "SMITH: If I may"."""
    doc = paragraph.doc
    colon = next((t for t in doc if t.text == ":"), None)
    if colon is None or not 0 < colon.i <= 6 or colon.i + 2 >= len(doc):
        return []
    named = [t for t in doc[: colon.i] if not t.is_punct and t.text not in QUOTE_MARKS]
    if not named or not all(t.is_upper or t.is_title or t.pos_ == "ADP" for t in named):
        return []
    head = next((t for t in reversed(named) if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "pobj"), None)
    mention = mentions.at(paragraph.index, head.i) if head is not None else None
    if head is None or mention is None or mention.kind not in SPEAKERS:
        return []
    if any(t.lower_ in words("compass.words") for t in named):
        return []
    if mention.form != "name" and not paragraph.headline:
        return []
    spans = trimmed_spans(paragraph, [(colon.i + 1, len(doc) - 1)])
    said = doc[colon.i + 1 :].root
    return [
        Draft(
            paragraph, head, None, spans, "asserts", "cue.colon", [], colon, content_head=said,
            source_span=paragraph.span(doc[named[0].i : head.i + 1]),
        )
    ]


def fit_quotes(draft: Draft, quotes: tuple[Quote, ...]) -> None:
    """Widens a content to the quotation that it is a part of, and tells direct from mixed."""
    fitted = []
    for span in draft.content:
        for quote in quotes:
            inner = quote.inner
            shared = min(span.end, inner.end) - max(span.start, inner.start)
            if shared <= 0:
                continue
            cue = draft.cue
            if cue is not None and inner.start <= cue.start < inner.end:
                continue
            if span.start == inner.start and span.end > inner.end and _stopped(draft.paragraph, inner):
                span = inner
            elif shared >= 0.6 * (span.end - span.start) or span.start == inner.start:
                span = Span(min(span.start, inner.start), max(span.end, inner.end))
        fitted.append(span)
    draft.content = _merged(fitted)
    draft.kind = _kind(draft.content, quotes)


def _stopped(paragraph: Paragraph, inner: Span) -> bool:
    """The quotation ends with its own comma or stop, so what follows is no part of it."""
    at = inner.end - paragraph.start
    return paragraph.doc.text[at : at + 1] in (",", ".", "?", "!") or paragraph.doc.text[at - 1] in "?!"


def _merged(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end + 1:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _kind(content: list[Span], quotes: tuple[Quote, ...]) -> str:
    inside = sum(
        max(0, min(s.end, q.inner.end) - max(s.start, q.inner.start)) for s in content for q in quotes
    )
    total = sum(s.end - s.start for s in content)
    if inside >= 0.9 * total:
        return "direct"
    return "mixed" if inside else "indirect"


def announced(
    paragraph: Paragraph, quotes: tuple[Quote, ...], previous: Paragraph | None
) -> list[Draft]:
    """A quotation that opens its paragraph, after one that ends "…, the mayor wrote:"."""
    if previous is None or not quotes or quotes[0].inner.start > paragraph.start + 2:
        return []
    if previous.doc[-1].text != ":":
        return []
    cues = [t for t in previous.doc[-1].sent if t.pos_ == "VERB" and t.lemma_.lower() in _say_lemmas()]
    source = next(iter(surface_subjects(cues[-1])), None) if cues else None
    tokens = paragraph.tokens(quotes[0].inner)
    if source is None or tokens is None or is_denied(cues[-1]):
        return []
    return [
        Draft(
            paragraph, source, previous.span(cues[-1]), [quotes[0].inner], "asserts", "cue.say", kind="direct",
            source_span=previous.span(noun_phrase(source)), content_head=tokens.root, source_at=previous.index,
        )
    ]


def _covered(span: Span, drafts: Iterable[Draft]) -> bool:
    return any(
        min(span.end, c.end) - max(span.start, c.start) >= 0.5 * (span.end - span.start)
        for d in drafts for c in d.content
    )


def loose_quotes(
    paragraph: Paragraph, quotes: tuple[Quote, ...], drafts: list[Draft], mentions: Mentions, before: list[Draft]
) -> list[Draft]:
    """Quotations without a cue: a predicate of its subject, or the words of the neighbour's speaker."""
    found: list[Draft] = []
    for quote in quotes:
        if _covered(quote.inner, [d for d in (*drafts, *found) if not _quoted_cue(d, quotes)]):
            continue
        tokens = paragraph.tokens(quote.inner)
        if tokens is None or len(tokens) < 2 or _heading(paragraph, tokens):
            continue
        long = _sentence_long(paragraph, tokens)
        tagged = _tagged(paragraph, tokens, quote, mentions) if long or _led_by_colon(paragraph, tokens) else None
        if tagged is not None:
            split = next((d for d in drafts if d.cue is not None and d.cue == tagged.cue), None)
            if split is None:
                found.append(tagged)
            else:                           # “…,” X said, “…”
                split.content = _merged([*split.content, quote.inner])
                split.kind = _kind(split.content, quotes)
            continue
        if long:
            speaker = _neighbour(paragraph, quote, [d for d in (*drafts, *found) if not _quoted_cue(d, quotes)], before)
            if speaker is None:
                continue
            if speaker.paragraph is paragraph and speaker.kind in ("direct", "mixed"):
                speaker.content = _merged([*speaker.content, quote.inner])
                continue
            found.append(
                Draft(
                    paragraph, speaker.source, None, [quote.inner], "asserts", "cue.quotation", list(speaker.via),
                    kind="direct", source_span=source_span(speaker), content_head=tokens.root,
                    source_at=speaker.paragraph.index if speaker.source_at is None else speaker.source_at,
                )
            )
            continue
        told = next((d for d in drafts if _runs_on(paragraph, d, quote)), None)
        if told is not None and not _quoted_cue(told, quotes):
            told.content = _merged([*told.content, quote.inner])
            told.kind = _kind(told.content, quotes)
            continue
        draft = _predicate_quote(paragraph, tokens, mentions)
        if draft is not None:
            found.append(draft)
    return found


def _heading(paragraph: Paragraph, tokens: TokenSpan) -> bool:
    """A quotation that is all of its paragraph, with capitals as a title has them: “All Bets Are Off”."""
    named = [t for t in tokens if t.is_alpha]
    alone = not any(t.is_alpha for t in (*paragraph.doc[: tokens.start], *paragraph.doc[tokens.end :]))
    long = [t for t in named if len(t) > 3]
    return alone and 3 <= len(named) <= 10 and len(long) > 1 and all(t.text[0].isupper() for t in long)


def _runs_on(paragraph: Paragraph, draft: Draft, quote: Quote) -> bool:
    """"…, he said, “…”": nothing but a comma and a small word between the cue's clause and the quotation."""
    if draft.cue is None or draft.content[0].start > draft.cue.start:
        return False
    source = source_span(draft)
    end = max(draft.cue.end, source.end) if source is not None else draft.cue.end
    gap = paragraph.doc.text[end - paragraph.start : quote.inner.start - paragraph.start]
    return end < quote.inner.start and _SEAM.fullmatch(gap) is not None


def _tagged(paragraph: Paragraph, tokens: TokenSpan, quote: Quote, mentions: Mentions) -> Draft | None:
    """A quotation whose cue stands right beside it, whatever the parser made of the sentence:
    “…,” X said · “…,” said X · X said, “…” · X: “…”."""
    after = outwards(paragraph.doc[tokens.end :], CLOSE_MARKS | {","}, ".;:!?")
    before = outwards(list(reversed(paragraph.doc[: tokens.start])), OPEN_MARKS | {",", ":"}, ".;!?")
    if _led_by_colon(paragraph, tokens) and before and before[0].pos_ == "PROPN":
        return _of_name(paragraph, before[0], tokens, quote)
    for beside in (after, before):
        cue = next((t for t in beside if t.pos_ == "VERB" and t.lemma_.lower() in _say_lemmas()), None)
        if cue is None or is_denied(cue):
            continue
        source = _speaker_beside(cue, beside)
        if source is not None:
            return Draft(
                paragraph, source, paragraph.span(cue), [quote.inner], "asserts", "cue.say", cue_token=cue,
                kind="direct", content_head=tokens.root,
            )
    if _led_by_colon(paragraph, tokens) and before:
        named = next((t for t in before[:1] if speaks(paragraph, t, mentions)), None)
        source = named or next(iter(surface_subjects(before[0].sent.root)), None)
        if source is not None and speaks(paragraph, source, mentions):
            return Draft(
                paragraph, source, None, [quote.inner], "asserts", "cue.colon", kind="direct", content_head=tokens.root
            )
    return None


def _of_name(paragraph: Paragraph, name: Token, tokens: TokenSpan, quote: Quote) -> Draft:
    """A quotation that a name and a colon bring in."""
    start = name.i
    while start > 0 and paragraph.doc[start - 1].pos_ == "PROPN":
        start -= 1
    return Draft(
        paragraph, name, None, [quote.inner], "asserts", "cue.colon", kind="direct", content_head=tokens.root,
        source_span=paragraph.span(paragraph.doc[start : name.i + 1]),
    )


def _led_by_colon(paragraph: Paragraph, tokens: TokenSpan) -> bool:
    return tokens.start > 1 and paragraph.doc[tokens.start - 2].text == ":" and len(tokens) > 2


def _speaker_beside(cue: Token, window: list[Token]) -> Token | None:
    """The cue's subject by the tree, if it is in the window, else the noun right before the cue or right behind it."""
    near = {t.i for t in window}
    subject = next((t for t in surface_subjects(cue) if t.i in near), None)
    if subject is not None:
        return subject
    ordered = sorted(window, key=lambda t: t.i)
    nominal = [t for t in ordered if t.pos_ in ("PROPN", "NOUN", "PRON") and t.dep_ != "compound"]
    left = [t for t in nominal if t.i < cue.i]
    right = [t for t in nominal if t.i > cue.i]
    return left[-1] if left else right[0] if right else None


@cache
def _say_lemmas() -> frozenset[str]:
    return frozenset(lemma for lemma, rules in cue_rules().items() if any("clause" in r.frames for r in rules))


def _quoted_cue(draft: Draft, quotes: tuple[Quote, ...]) -> bool:
    return draft.cue is not None and any(q.inner.start <= draft.cue.start < q.inner.end for q in quotes)


def _sentence_long(paragraph: Paragraph, tokens: TokenSpan) -> bool:
    """The quotation is a sentence by itself, not a few words inside somebody else's."""
    start = tokens.sent.start if tokens.sent.start >= 0 else 0
    opening = paragraph.doc[start : tokens.start]
    before = paragraph.doc[: tokens.start].text.rstrip(" \t\"“„«'`")
    fresh = all(t.is_punct or t.is_space or t.text in QUOTE_MARKS for t in opening)
    if not fresh and before[-1:] not in (".", "!", "?", "”", ""):
        return False
    closing = paragraph.doc[tokens.end : tokens.sent.end] if tokens.sent.end >= tokens.end else ()
    alone = all(t.is_punct or t.text in QUOTE_MARKS for t in closing)
    return alone or any(t.pos_ in ("VERB", "AUX") for t in tokens)


def _neighbour(paragraph: Paragraph, quote: Quote, drafts: list[Draft], before: list[Draft]) -> Draft | None:
    same = [d for d in drafts if d.source is not None and d.kind in ("direct", "mixed")]
    earlier = [d for d in same if d.content[0].start < quote.inner.start]
    if earlier:
        return earlier[-1]
    if same:
        return same[0]
    told = [d for d in drafts if d.source is not None]
    if told:
        return told[-1]
    last = before[-1] if before else None
    if last is not None and last.paragraph.index == paragraph.index - 1 and last.kind in ("direct", "mixed"):
        return last
    return None


def _predicate_quote(paragraph: Paragraph, tokens: TokenSpan, mentions: Mentions) -> Draft | None:
    verb = tokens.root
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    if verb.lemma_.lower() not in words("cue.copular-quote"):
        return None
    subjects = surface_subjects(verb)
    if not subjects or subjects[0].i >= tokens.start:
        return None
    mention = mentions.at(paragraph.index, subjects[0].i)
    if mention is None or mention.kind not in SPEAKERS:
        return None
    if tokens.root.pos_ == "NOUN" or tokens.root.pos_ == "PROPN":
        return None
    complement = [c for c in verb.children if c.dep_ in ("acomp", "attr", "prep", "oprd") and c.i > verb.i]
    last = max([c.right_edge.i for c in complement] + [tokens.end - 1])
    spans = trimmed_spans(paragraph, [(tokens.start, last)])
    if not spans:
        return None
    return Draft(
        paragraph, subjects[0], None, spans, "asserts", "cue.copular-quote", kind="mixed", content_head=tokens.root
    )
