"""What the encoder sees and the rules do not: further statements, and attitudes.

The rules go first. Of what the encoder adds, that is a statement which is told as speech: the cue is a known one, or
brings in a clause or a quotation. The rest are attitudes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from spacy.tokens import Token

from trucewatch.language.attributions import Attribution, Stretch
from trucewatch.language.clauses import is_passive, surface_subjects
from trucewatch.model import Attitude, Because, Span
from trucewatch.model.reading import Stance
from trucewatch.reading.shared import Mentions
from trucewatch.reading.statements.assemble import reference
from trucewatch.reading.statements.cues import not_said
from trucewatch.reading.statements.draft import OPEN_MARKS, Draft, cue_rules, words

MODEL = "learned.tagger"
# The least score of a statement and of an attitude: chosen on articles kept out of the training, and with half of the
# development articles in sight.
STATEMENT, ATTITUDE = 0.6, 0.65
_SAYING = {"cue.say", "cue.allege"}
_OBJECTS = {"dobj", "pobj", "dative", "attr", "oprd", "npadvmod"}
# From this score on the encoder's content, where the rules' is but its beginning, is the better one.
SURE = 0.8
# Contents that share this much of the longer are the same.
_HALF = 0.5


def learned(
    found: Sequence[Attribution], drafts: Sequence[Draft], mentions: Mentions
) -> tuple[list[Draft], list[Attitude]]:
    """The statements and the attitudes that `drafts` lack, likeliest first."""
    for known_draft in drafts:
        _lengthen(known_draft, found, drafts)
    known = [[(c.start, c.end) for c in d.content] for d in drafts]
    cues = {(d.cue.start, d.cue.end) for d in drafts if d.cue is not None}
    statements: list[Draft] = []
    attitudes: list[Attitude] = []
    for attribution in sorted(found, key=lambda a: -a.score):
        content = [_span(c) for c in attribution.content]
        ranges = [(c.start, c.end) for c in content]
        if any(_share(ranges, other) >= _HALF for other in known):
            continue
        cue = _span(attribution.cue)
        if any(cue.start < end and start < cue.end for start, end in cues):
            continue                    # where the two disagree on what a cue brings in, the rules are mostly right
        draft = _draft(attribution, content, cue)
        if draft is not None and attribution.score >= STATEMENT:
            statements.append(draft)
            cues.add((cue.start, cue.end))
        elif attribution.score >= ATTITUDE:
            attitudes.append(_attitude(attribution, content, cue, mentions))
        else:
            continue
        known.append(ranges)
    return statements, attitudes


def _lengthen(draft: Draft, found: Sequence[Attribution], drafts: Sequence[Draft]) -> None:
    """Where the parse cuts short what follows a cue, and the encoder is sure, its longer content stands, unless
    another cue begins in it."""
    for attribution in found:
        cue = _span(attribution.cue)
        if attribution.score < SURE or len(attribution.content) > 1 or draft.cue is None or len(draft.content) > 1:
            continue
        whole, part = _span(attribution.content[0]), draft.content[0]
        if any(d.cue is not None and part.end <= d.cue.start < whole.end for d in drafts):
            continue
        same = cue.start < draft.cue.end and draft.cue.start < cue.end
        if same and cue.end <= whole.start <= part.start and part.end < whole.end and part.start - whole.start <= 5 \
                and 2 * (part.end - part.start) < whole.end - whole.start:
            draft.content, draft.model = [Span(part.start, whole.end)], MODEL
            return


def _draft(attribution: Attribution, content: list[Span], cue: Span) -> Draft | None:
    """The attribution as a statement, when it is told as speech."""
    word = _cue_word(attribution.cue)
    head = _head(attribution.content[0])
    stance, rule = _as_speech(word, attribution, head)
    if rule is None:
        return None
    who, where = _source(attribution)
    return Draft(
        attribution.cue.paragraph, who, cue, content, stance, rule, cue_token=word, source_at=where, content_head=head,
        model=MODEL,
    )


def _source(attribution: Attribution) -> tuple[Token | None, int | None]:
    """The head of the source and its paragraph's index: the cue's subject by the tree, else whom the encoder sees."""
    word, paragraph = _cue_word(attribution.cue), attribution.cue.paragraph
    if word.pos_ in ("VERB", "AUX"):
        agents = [p for c in word.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
        heads = agents if is_passive(word) else surface_subjects(word)
    else:
        heads = [c for c in word.children if c.dep_ == "poss"]
    if heads:
        return heads[0], paragraph.index
    who = attribution.source
    return (_head(who), who.paragraph.index) if who else (None, None)


def _as_speech(word: Token, attribution: Attribution, head: Token) -> tuple[Stance, str | None]:
    """The stance, and the rule that has it, of a cue that is told as speech: it brings in a quotation or a clause;
    a word of saying also what is no object of it ("two dead, say doctors")."""
    quoted = _quoted(attribution.content)
    if word.pos_ not in ("VERB", "AUX"):
        noun = word.lemma_.lower() in words("cue.noun")
        told = quoted or (noun and _finite(head))
        return "asserts", ("cue.noun" if noun else "cue.say") if told else None
    if not_said(word):
        return "asserts", None
    rules = cue_rules().get(word.lemma_.lower(), ())
    stance, rule = (rules[0].stance, rules[0].id) if rules else ("asserts", "cue.say")
    if quoted or (_finite(head) and (rules or head.dep_ == "ccomp" or word.head == head)):
        return stance, rule
    loose = bool(rules) and rule in _SAYING and not (head.dep_ in _OBJECTS and word in (head.head, head.head.head))
    return stance, rule if loose else None


def _finite(head: Token) -> bool:
    return head.pos_ in ("VERB", "AUX") and any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in head.children)


def _cue_word(cue: Stretch) -> Token:
    """The word that bears the cue: its last verb that is no auxiliary, else its head."""
    inside = cue.paragraph.doc[cue.start : cue.end]
    verbs = [t for t in inside if t.pos_ == "VERB"]
    return verbs[-1] if verbs else inside.root


def _head(stretch: Stretch) -> Token:
    return stretch.paragraph.doc[stretch.start : stretch.end].root


def _quoted(content: Sequence[Stretch]) -> bool:
    """Whether every piece of the content begins with a quotation mark."""
    return all(
        any(t.text in OPEN_MARKS or t.text == "‘" for t in c.paragraph.doc[max(c.start - 1, 0) : c.start + 1])
        for c in content
    )


def _attitude(attribution: Attribution, content: list[Span], cue: Span, mentions: Mentions) -> Attitude:
    who, where = _source(attribution)
    draft = Draft(
        attribution.cue.paragraph, who, cue, content, "asserts", MODEL, cue_token=_cue_word(attribution.cue),
        source_at=where,
    )
    return Attitude(
        id="", source=reference(draft, mentions), cue=cue, content=tuple(content),
        confidence=round(attribution.score, 3), because=(Because(MODEL, cue.start, cue.end),),
    )


def numbered(attitudes: Sequence[Attitude]) -> Iterator[Attitude]:
    """The attitudes in order of their first character, with ids a1, a2 …"""
    for number, attitude in enumerate(sorted(attitudes, key=lambda a: a.content[0]), 1):
        yield msgspec.structs.replace(attitude, id=f"a{number}")


def _span(stretch: Stretch) -> Span:
    return stretch.paragraph.span(stretch.paragraph.doc[stretch.start : stretch.end])


def _share(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> float:
    """Characters in common, as a share of the longer."""
    common = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    return common / max(sum(b - a for a, b in one), sum(d - c for c, d in other), 1)
