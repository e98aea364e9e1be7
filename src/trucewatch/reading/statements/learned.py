"""What the encoder sees beside the rules: further statements, attitudes, other bounds. Of all that is proposed, the
likeliest stands.

A proposal is a statement when it is told as speech: the cue is a known one, or brings in a clause or a quotation. The
others of the encoder are attitudes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec
from spacy.tokens import Token

from trucewatch.language import Parsed
from trucewatch.language.attributions import Attribution, Sight, Stretch
from trucewatch.language.clauses import is_passive, surface_subjects
from trucewatch.model import Attitude, Span
from trucewatch.model.reading import Stance
from trucewatch.reading.quotes import find_quotes
from trucewatch.reading.shared import Mentions
from trucewatch.reading.statements.assemble import because, reference
from trucewatch.reading.statements.bounds import Bounds, Seen, bounds
from trucewatch.reading.statements.cues import not_said
from trucewatch.reading.statements.draft import OPEN_MARKS, Draft, cue_rules, is_finite, own_subject, words
from trucewatch.reading.statements.likely import Curve, Eye, likelihood
from trucewatch.reading.statements.quotations import fit_quotes
from trucewatch.reading.statements.whose import Owner, Owners, nominal_of, owners

MODEL = "learned.tagger"
# What says that the encoder has bounded what a rule found, or told its source, and that the curve chose it.
BOUNDS, SOURCE, CHOICE = "learned.bounds", "learned.source", "learned.choice"
# The least likelihood of what rules tell of, of what the encoder takes for a statement, and for an attitude: the best F
# on articles that the curves were not fitted to, but for the rules. These are made for war reports, the curves are
# fitted to politics: what a rule found falls only where it is most unlikely.
RULE, STATEMENT, ATTITUDE = 0.1, 0.35, 0.45
# By so much likelier another must be to come before what a rule found.
AHEAD = 0.5
# By so much likelier other bounds must be to come before the rules', where those are a finite clause and elsewhere.
CLAUSE, PHRASE = 0.5, 0.2
# By so much likelier another source must be to come before one of the rules, before that of the tree or none.
OWN_RULE, OWN_TREE = 0.5, 0.0
_SAYING = {"cue.say", "cue.allege"}
_OBJECTS = {"dobj", "pobj", "dative", "attr", "oprd", "npadvmod"}
# Contents that share this much of the longer are the same.
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft, or an attitude in the form of one (its rule is empty), and what is seen of it."""

    draft: Draft
    signs: dict[str, float]

    @property
    def by_rule(self) -> bool:
        return self.draft.model is None


def choose(
    parsed: Parsed, drafts: Sequence[Draft], sight: Sight, mentions: Mentions
) -> tuple[list[Draft], list[Attitude]]:
    """The statements and the attitudes of a page: of those of the rules and of the encoder the likeliest, so that
    no two share a cue or say the same."""
    judged = [(likelihood(c.signs), c) for c in candidates(parsed, drafts, sight, mentions)]
    statements: list[Draft] = []
    attitudes: list[Attitude] = []
    for chance, candidate in best(judged):
        candidate.draft.mended = (*candidate.draft.mended, CHOICE)
        if candidate.draft.rule:
            statements.append(candidate.draft)
        else:
            attitudes.append(_attitude(candidate.draft, chance, mentions))
    return statements, attitudes


def best(judged: Iterable[tuple[float, Candidate]]) -> Iterator[tuple[float, Candidate]]:
    """Of candidates with their likelihood those that are likely enough, the likelier of those that clash."""
    taken: list[Candidate] = []
    for chance, candidate in sorted(judged, key=lambda j: -j[0] - (AHEAD if j[1].by_rule else 0.0)):
        least = RULE if candidate.by_rule else STATEMENT if candidate.draft.rule else ATTITUDE
        if chance >= least and not any(_clash(candidate, other) for other in taken):
            taken.append(candidate)
            yield chance, candidate


def candidates(
    parsed: Parsed, drafts: Sequence[Draft], sight: Sight, mentions: Mentions,
    curves: tuple[Curve | None, Curve | None] = (None, None),
) -> Iterator[Candidate]:
    """All that might be an attribution: what the rules found, with the encoder's bounds and source where those are
    likelier, and what the encoder proposes. `curves`, when they are given, bound them and tell their sources instead
    of the shipped ones."""
    eye = Eye(parsed, sight, mentions)
    found = list(bounded(drafts, sight, eye, curves[0]))
    for draft, _, _ in found:
        _sourced(draft, owners(draft, eye, sight, mentions), curves[1])
    for draft, sure, quoted in found:
        signs = eye.signs(draft)
        signs["bounds sure"] = sure
        if quoted:
            signs["cue quoted"] = 1.0
        others = [d for d, _, _ in found if d is not draft]
        signs |= dict.fromkeys(_beside(draft, others), 1.0)
        yield Candidate(draft, signs)


def bounded(
    drafts: Sequence[Draft], sight: Sight, eye: Eye, curve: Curve | None = None
) -> Iterator[tuple[Draft, float, bool]]:
    """What the rules found and what the encoder proposes, with the likeliest bounds, how likely these are, and whether
    the cue stands in quotation marks."""
    proposed = [*drafts, *proposals(sight)]
    paragraphs = {d.paragraph.index: d.paragraph for d in proposed}
    quotes = {index: find_quotes(p.doc.text, p.start) for index, p in paragraphs.items()}
    for draft in proposed:
        marks = quotes[draft.paragraph.index]
        made, sure = _bounded(draft, spans(draft, eye, sight), curve)
        fit_quotes(made, marks)
        if made.content:
            cue = made.cue
            quoted = cue is not None and any(q.inner.start <= cue.start < q.inner.end for q in marks)
            yield made, sure, quoted


def _beside(draft: Draft, others: Sequence[Draft]) -> Iterator[str]:
    """How a draft stands to the others of its paragraph."""
    cue = draft.cue
    for other in others:
        if other.paragraph is not draft.paragraph:
            continue
        by_rule = other.model is None
        if cue is not None and other.cue is not None and cue.start < other.cue.end and other.cue.start < cue.end:
            yield "same cue by a rule" if by_rule else "same cue by the encoder"
        elif _share(draft.content, other.content) >= _HALF:
            yield "same content by a rule" if by_rule else "same content by the encoder"
        elif cue is not None and any(c.start <= cue.start < c.end for c in other.content):
            yield "inside of a rule's" if by_rule else "inside of the encoder's"
        elif other.cue is not None and any(c.start <= other.cue.start < c.end for c in draft.content):
            yield "round a rule's" if by_rule else "round the encoder's"


def spans(draft: Draft, eye: Eye, sight: Sight) -> Bounds | None:
    """What the content of a draft may be, where it is of one piece and its cue is in sight."""
    cue = eye.stretch(draft.cue) if draft.cue is not None else None
    word = draft.cue_token
    if cue is None or word is None or cue.paragraph is not draft.paragraph or len(draft.content) > 1:
        return None
    answer = sight.ask(cue)
    own = eye.stretch(draft.content[0])
    if answer is None or own is None or own.paragraph is not cue.paragraph:
        return None
    whole = [Stretch(cue.paragraph, 0, len(cue.paragraph.doc))]
    seen = Seen(
        sight.within(answer, answer.content, whole), sight.firsts("content", whole), sight.inside("cue", whole)
    )
    other = sight.content(answer) if draft.model is None else ()
    rule = (own.start, own.end) if draft.model is None else None
    encoder = (own.start, own.end) if draft.model is not None else None
    if len(other) == 1 and other[0].paragraph is cue.paragraph:
        encoder = (other[0].start, other[0].end)
    return bounds(cue.paragraph.doc, (cue.start, cue.end), word, seen, rule, encoder)


def proposals(sight: Sight) -> Iterator[Draft]:
    """What the encoder takes for attributions."""
    return map(_draft, sight.proposals())


def _bounded(draft: Draft, found: Bounds | None, curve: Curve | None) -> tuple[Draft, float]:
    """The draft with its likeliest bounds, and how likely those are."""
    if found is None:
        return draft, 0.0
    chances = found.likelihoods(curve)
    own, least, choice = found.spans.index(found.own), 0.0, list(range(len(chances)))
    if draft.model is None:             # one end of the rules' stays
        least = CLAUSE if draft.content_head is not None and is_finite(draft.content_head) else PHRASE
        choice = [i for i in choice if found.spans[i][0] == found.own[0] or found.spans[i][1] == found.own[1]]
    likeliest = max(choice, key=lambda i: chances[i])
    if chances[likeliest] - chances[own] <= least:
        return draft, chances[own]
    start, end = found.spans[likeliest]
    content = draft.paragraph.span(draft.paragraph.doc[start:end])
    head = draft.paragraph.doc[start:end].root
    mended = (*draft.mended, BOUNDS)
    return replace(draft, content=[content], content_head=head, mended=mended), chances[likeliest]


def _clash(one: Candidate, other: Candidate) -> bool:
    """They share the cue or at least half of the longer content. What a rule found inside of another's content is the
    rules' own matter."""
    cue, taken = one.draft.cue, other.draft.cue
    if one.by_rule and other.by_rule and (_holds(one.draft, cue=taken) or _holds(other.draft, cue=cue)):
        return False
    if cue is not None and taken is not None and cue.start < taken.end and taken.start < cue.end:
        return True
    return _share(one.draft.content, other.draft.content) >= _HALF


def _holds(outer: Draft, cue: Span | None) -> bool:
    return cue is not None and any(c.start <= cue.start and cue.end <= c.end for c in outer.content)


def _draft(attribution: Attribution) -> Draft:
    """The attribution as a statement, when it is told as speech, else with an empty rule."""
    word = _cue_word(attribution.cue)
    head = _head(attribution.content[0])
    stance, rule = _as_speech(word, attribution, head)
    who, where = _source(attribution)
    return Draft(
        attribution.cue.paragraph, who, _span(attribution.cue), [_span(c) for c in attribution.content], stance,
        rule or "", cue_token=word, source_at=where, content_head=head, model=MODEL,
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
    head = nominal_of(who) if who is not None else None
    return (head, who.paragraph.index) if who is not None and head is not None else (None, None)


def _sourced(draft: Draft, found: Owners | None, curve: Curve | None) -> None:
    """Has another source stand where that one is likelier."""
    if found is None or draft.source_at not in (None, draft.paragraph.index):
        return
    own = next(i for i, o in enumerate(found.owners) if "own" in o.ways)
    if draft.model is None and _settled(draft, found.owners[own]):
        return
    chances = found.likelihoods(curve)
    likeliest = max(range(len(chances)), key=chances.__getitem__)
    by_rule = draft.model is None and draft.source is not None
    if chances[likeliest] - chances[own] <= (OWN_RULE if by_rule else OWN_TREE):
        return
    owner = found.owners[likeliest]
    draft.source, draft.source_span, draft.source_at = owner.head, None, None
    draft.mended = (*draft.mended, SOURCE)
    if owner.where is not None and owner.where.paragraph is not draft.paragraph:
        draft.source_at, draft.source_span = owner.where.paragraph.index, _span(owner.where)
    elif owner.where is not None and owner.ways == {"encoder's"}:
        draft.source_span = _span(owner.where)


def _settled(draft: Draft, owner: Owner) -> bool:
    """The rules have a source, outside of the content, and the cue is a verb with a subject of its own."""
    if owner.where is None or draft.cue_token is None or not own_subject(draft.cue_token):
        return False
    where = _span(owner.where)
    return not any(c.start < where.end and where.start < c.end for c in draft.content)


def _as_speech(word: Token, attribution: Attribution, head: Token) -> tuple[Stance, str | None]:
    """The stance, and the rule that has it, of a cue that is told as speech: it brings in a quotation or a clause;
    a word of saying also what is no object of it ("two dead, say doctors")."""
    quoted = _quoted(attribution.content)
    if word.pos_ not in ("VERB", "AUX"):
        noun = word.lemma_.lower() in words("cue.noun")
        told = quoted or (noun and is_finite(head))
        return "asserts", ("cue.noun" if noun else "cue.say") if told else None
    if not_said(word):
        return "asserts", None
    rules = cue_rules().get(word.lemma_.lower(), ())
    stance, rule = (rules[0].stance, rules[0].id) if rules else ("asserts", "cue.say")
    if quoted or (is_finite(head) and (rules or head.dep_ == "ccomp" or word.head == head)):
        return stance, rule
    loose = bool(rules) and rule in _SAYING and not (head.dep_ in _OBJECTS and word in (head.head, head.head.head))
    return stance, rule if loose else None


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


def _attitude(draft: Draft, chance: float, mentions: Mentions) -> Attitude:
    assert draft.cue is not None
    return Attitude(
        id="", source=reference(draft, mentions), cue=draft.cue, content=tuple(draft.content),
        confidence=round(chance, 3), because=because(draft),
    )


def numbered(attitudes: Sequence[Attitude]) -> Iterator[Attitude]:
    """The attitudes in order of their first character, with ids a1, a2 …"""
    for number, attitude in enumerate(sorted(attitudes, key=lambda a: a.content[0]), 1):
        yield msgspec.structs.replace(attitude, id=f"a{number}")


def _span(stretch: Stretch) -> Span:
    return stretch.paragraph.span(stretch.paragraph.doc[stretch.start : stretch.end])


def _share(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Characters in common, as a share of the longer."""
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return common / max(sum(a.end - a.start for a in one), sum(b.end - b.start for b in other), 1)
