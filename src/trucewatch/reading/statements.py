"""Who says what: sources, cues and contents, found by the tree and by quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from trucewatch.language import Paragraph, Parsed
from trucewatch.language.clauses import is_negated, is_passive, surface_subjects
from trucewatch.language.phrases import conjuncts, noun_phrase
from trucewatch.model import Because, Source, Span, Statement
from trucewatch.model.reading import Stance
from trucewatch.reading.quotes import Quote, find_quotes
from trucewatch.reading.shared import Mentions
from trucewatch.rules.loader import load
from trucewatch.rules.types import CueRule, CueRules

SPEAKERS = {"person", "government", "military", "armed_group", "political_group", "organization", "media", "population"}
# The stance of a noun's content by the list of words that the noun is in; the last list holds them all.
_NOUN_STANCES: dict[Stance, str] = {
    "alleges": "noun.charge", "promises": "noun.promise", "threatens": "noun.threat", "denies": "noun.denial",
    "believes": "noun.belief", "demands": "noun.demand", "asserts": "cue.noun",
}
_SIGNATURE = re.compile(r"[.,!?]*[”\"]\s*[—–―]\s*(?=[^\W\d_a-z])(?=\w+\s\w).")
# Cues whose infinitive of purpose ("came to say") tells of no speech that took place.
_TOLD = {"cue.say", "cue.tell-of", "cue.believe", "cue.confirm", "cue.show"}
# What saying "I …" does: "we deny", "I promise", "we demand".
_PERFORMED = ("denies", "promises", "threatens", "demands")
_SEAM = re.compile(r"\s*,\s*(?:(?:but|and|or|that|as|in|to)\s+)?[\"“„«'`]*\s*")
_TRAILING = {"prep", "npadvmod", "advmod", "oprd", "acl", "xcomp", "dative", "prt"}
_OPEN_MARKS = frozenset(("\"", "“", "„", "«", "''", "``"))
_CLOSE_MARKS = frozenset(("\"", "”", "»", "''"))
_QUOTE_MARKS = _OPEN_MARKS | _CLOSE_MARKS | {"‘", "’", "'"}


@dataclass(slots=True, eq=False)
class Draft:
    """A statement on the way: token heads instead of entity ids."""

    paragraph: Paragraph
    source: Token | None
    cue: Span | None
    content: list[Span]
    stance: Stance
    rule: str
    via: list[Token] = field(default_factory=list)
    cue_token: Token | None = None
    kind: str = "indirect"
    source_span: Span | None = None
    content_head: Token | None = None


@cache
def _rules() -> CueRules:
    return load("cues", CueRules)


@cache
def _by_lemma() -> dict[str, tuple[CueRule, ...]]:
    found: dict[str, tuple[CueRule, ...]] = {}
    for rule in _rules().cues:
        for lemma in rule.lemmas:
            found[lemma] = (*found.get(lemma, ()), rule)
    return found


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(next(rule.words for rule in _rules().words if rule.id == name))


def find_statements(parsed: Parsed, mentions: Mentions) -> tuple[Statement, ...]:
    """The statements of a page in order of their first character, with ids s1, s2 …"""
    drafts: list[Draft] = []
    for paragraph in parsed.paragraphs:
        if not paragraph.dateline:
            drafts += _of_paragraph(paragraph, mentions, drafts)
    return _finish(drafts, mentions)


def _of_paragraph(paragraph: Paragraph, mentions: Mentions, before: list[Draft]) -> list[Draft]:
    quotes = find_quotes(paragraph.doc.text, paragraph.start)
    drafts: list[Draft] = []
    for token in paragraph.doc:
        drafts += _from_token(paragraph, token, mentions)
    drafts += _from_colon(paragraph, mentions)
    drafts += _signed(paragraph, quotes)
    drafts = [d for d in _without_repeats(drafts) if not _part_of_talk(d, quotes, mentions)]
    for draft in drafts:
        _fit_quotes(draft, quotes)
    drafts += _loose_quotes(paragraph, quotes, drafts, mentions, before)
    return drafts


# ------------------------------------------------------------------ one cue


def _from_token(paragraph: Paragraph, token: Token, mentions: Mentions) -> Iterator[Draft]:
    if token.lower_ == "according":
        yield from _according(paragraph, token)
    elif token.lower_ in _words("cue.adverb"):
        yield from _adverb(paragraph, token)
    elif token.pos_ == "NOUN" and token.lemma_.lower() in _words("cue.noun"):
        yield from _noun(paragraph, token, mentions)
    elif token.pos_ == "ADJ" and token.lower_ in _words("cue.feeling"):
        yield from _feeling(paragraph, token, mentions)
    elif token.pos_ in ("VERB", "AUX") and token.dep_ != "compound" and token.lemma_.lower() in _by_lemma():
        yield from _verb(paragraph, token, mentions)


def _verb(paragraph: Paragraph, verb: Token, mentions: Mentions) -> Iterator[Draft]:
    if _not_said(verb):
        return
    for rule in _by_lemma()[verb.lemma_.lower()]:
        if rule.id == "cue.quote" or (rule.id in _TOLD and verb.dep_ == "advcl" and _has_to(verb)):
            continue
        found = _content(verb, rule)
        if found is None:
            continue
        pieces, head = found
        source, via, rule_id = _source(paragraph, verb, mentions, rule)
        if source is None and not _impersonal(verb):
            continue
        if rule.id == "cue.cite" and _speaks(paragraph, head, mentions):
            continue
        if rule.subjects and (source is None or source.lemma_.lower() not in rule.subjects):
            continue
        if rule.stance in ("promises", "threatens", "believes", "demands") and not _speaker(paragraph, source, mentions):
            continue
        spans = _spans(paragraph, verb, source, pieces)
        if not spans:
            continue
        yield Draft(
            paragraph, source, _cue_span(paragraph, verb, rule), spans, rule.stance, rule_id, via, verb, content_head=head
        )
        return


def _speaker(paragraph: Paragraph, source: Token | None, mentions: Mentions) -> bool:
    """Somebody who can promise, threaten or believe, as far as is known."""
    if source is None:
        return False
    mention = mentions.at(paragraph.index, source.i)
    if source.pos_ == "PRON":
        return source.lower_ not in ("that", "this", "which", "what")
    return mention is None or mention.kind not in ("other",) or mention.form == "name"


def _not_said(verb: Token) -> bool:
    """Denied, refused or merely possible speech is no statement."""
    if is_negated(verb):
        return True
    if verb.tag_ != "VB":
        return False
    if any(c.tag_ == "MD" for c in verb.children):
        return True
    if verb.dep_ == "conj":
        return _not_said(verb.head)
    if verb.dep_ == "xcomp":
        return verb.head.lemma_.lower() not in _words("cue.phase") or is_negated(verb.head)
    return verb.dep_ == "ccomp" and not any(c.dep_ == "aux" and c.lower_ in ("do", "did", "does") for c in verb.children)


def _impersonal(verb: Token) -> bool:
    """"It is reported that": somebody says it, nobody is named."""
    return is_passive(verb) and any(c.dep_ == "ccomp" for c in verb.children)


def _cue_span(paragraph: Paragraph, verb: Token, rule: CueRule) -> Span:
    if rule.id == "cue.concern":
        obj = next((c for c in verb.children if c.dep_ == "dobj"), None)
        if obj is not None and obj.i > verb.i:
            return Span(paragraph.span(verb).start, paragraph.span(obj).end)
    return paragraph.span(verb)


# ------------------------------------------------------------------ content


def _content(verb: Token, rule: CueRule) -> tuple[list[tuple[int, int]], Token] | None:
    """Token ranges (closed) of the content under one rule, and the head of what is said."""
    for frame in rule.frames:
        found = _FRAMES[frame](verb, rule)
        if found is not None:
            return found
    return _beside_quote(verb) if "clause" in rule.frames else None


def _range(token: Token) -> tuple[int, int]:
    return token.left_edge.i, token.right_edge.i


def _clause(verb: Token, rule: CueRule) -> tuple[list[tuple[int, int]], Token] | None:
    holder = verb.head.head if _is_quoted_as(verb) else verb
    comps = [
        c for side in {verb, holder} for c in side.children
        if (c.dep_ == "ccomp" and not _small_clause(c) and not _parenthesis(c)) or (rule.stance == "asks" and _question(c))
    ]
    if comps:
        comp = _main_complement(verb, comps)
        pieces = _pieces(comp, verb)
        pieces += _carried_on(verb, comp)
        other = [c for c in comps if c != comp and _quoted(c) and _quoted(comp)]
        for extra in other:
            pieces += _pieces(extra, verb)
        return sorted(pieces), comp
    if verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children):
        return _main_clause(verb) if not any(c.dep_ in ("dobj", "xcomp") for c in verb.children) else None
    if verb.dep_ in ("parataxis", "dep", "advcl", "ccomp") and _set_off(verb):
        head = verb.head
        if head.pos_ in ("VERB", "AUX", "NOUN", "PROPN", "ADJ") and (verb.dep_ == "parataxis" or head.i < verb.i):
            return _round(verb, head), head
    if rule.id not in ("cue.say", "cue.allege"):
        return None
    return _after_colon(verb) or _beside_quote(verb) or _next_clause(verb)


def _round(verb: Token, head: Token) -> list[tuple[int, int]]:
    """The clause that "…, the army said, …" stands in: before it, and after it where it goes on."""
    own = {t.i for t in verb.subtree}
    words = [t for t in head.subtree if t.i not in own]
    if head.i < verb.i:
        later = [c for c in head.children if c.left_edge.i > verb.i and c.dep_ in ("conj", "advcl", "cc", "appos")]
        dropped = {t.i for c in later for t in c.subtree}
        words = [t for t in words if t.i not in dropped]
    elif head.dep_ == "relcl":
        words = [t for t in words if t.i > verb.i]
    return _runs([t.i for t in words], head.doc)


def _main_clause(verb: Token) -> tuple[list[tuple[int, int]], Token] | None:
    """"As the daily reported, …": all of the clause that the parenthesis hangs on."""
    head = verb.head
    edge = verb.left_edge if verb.i < head.i else verb.right_edge
    beside = verb.right_edge.i + 1 if verb.i < head.i else edge.i
    if head.pos_ not in ("VERB", "AUX") or beside >= len(verb.doc) or (verb.i < head.i and verb.doc[beside].text != ","):
        return None
    own = {t.i for t in verb.subtree}
    return _runs([t.i for t in head.subtree if t.i not in own], verb.doc), head


def _question(clause: Token) -> bool:
    """"asked the mayor if …", hung as a condition."""
    return clause.dep_ == "advcl" and clause.i > clause.head.i and any(
        c.dep_ == "mark" and c.lower_ in ("if", "whether") for c in clause.children
    )


def _parenthesis(comp: Token) -> bool:
    """", the daily reported" hung as a complement on the verb of what it reports."""
    return (
        comp.lemma_.lower() in _by_lemma() and _set_off(comp) and comp.i > comp.head.i
        and not any(c.dep_ in ("ccomp", "dobj", "xcomp", "mark") for c in comp.children)
    )


def _main_complement(verb: Token, comps: list[Token]) -> Token:
    right = [c for c in comps if c.i > verb.i]
    left = [c for c in comps if c.i < verb.i]
    if left and right:
        marked = any(t.dep_ == "mark" for t in right[0].children)
        broken = any(t.text in ";:" for t in verb.doc[left[-1].right_edge.i : verb.i])
        return right[0] if marked or broken else left[-1]
    return right[0] if right else left[-1]


def _small_clause(comp: Token) -> bool:
    return comp.tag_ in ("WRB", "WP")


def _quoted(token: Token) -> bool:
    edge = token.left_edge
    return edge.text in _QUOTE_MARKS or (edge.i > 0 and edge.nbor(-1).text in _QUOTE_MARKS)


def _pieces(comp: Token, verb: Token) -> list[tuple[int, int]]:
    """The complement's words, less the cue, its subject and the word that brings it in."""
    outside = {verb.i}
    for child in verb.children:
        if child != comp and child.dep_ in ("nsubj", "nsubjpass", "agent", "dative", "advmod", "punct"):
            outside.update(t.i for t in child.subtree)
    outside.update(c.i for c in comp.children if c.dep_ == "mark" and c.lower_ == "that")
    for subject in surface_subjects(verb)[:1]:
        if comp.i < subject.i < verb.i:
            outside.update(t.i for t in subject.subtree)
    outside.update(t.i for c in comp.children if _speaker_goes_on(c) or _aside(c) for t in c.subtree)
    return _runs([t.i for t in comp.subtree if t.i not in outside], comp.doc)


def _speaker_goes_on(clause: Token) -> bool:
    """"said that …, adding that …": the participle goes with who speaks, not with what is said."""
    above = clause.head
    tag = "VBD" if any(c.lower_ == "did" for c in clause.children) else clause.tag_
    if clause.dep_ == "conj" and above.dep_ == "ccomp" and above.head.tag_ == tag and not _own_subject(clause):
        told = any(c.dep_ in ("ccomp", "dobj", "xcomp") for c in clause.children)
        cues = clause.lemma_.lower() in _by_lemma() and above.lemma_.lower() not in _by_lemma()
        return cues and told and above.head.lemma_.lower() in _by_lemma()
    return (
        clause.dep_ in ("advcl", "conj") and clause.tag_ == "VBG" and clause.lemma_.lower() in _by_lemma()
        and clause.left_edge.i > 0 and clause.left_edge.nbor(-1).text in ",”\"" and clause.i > clause.head.i
    )


def _aside(clause: Token) -> bool:
    """"…, hours before a bomb killed three": time told by the page, set off behind what is said."""
    edge = clause.left_edge
    told = clause.tag_ == "VBD" and any(c.tag_ == "MD" for c in clause.head.children)
    return (
        told and clause.dep_ == "advcl" and clause.i > clause.head.i and edge.i > 0 and edge.nbor(-1).text == ","
        and any(c.dep_ == "mark" and c.lower_ in ("before", "after", "as") for c in clause.children)
    )


def _runs(indices: list[int], doc: object) -> list[tuple[int, int]]:
    """Contiguous stretches; lone punctuation does not break one."""
    runs: list[list[int]] = []
    for i in sorted(indices):
        if runs and i - runs[-1][1] <= 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    return [(a, b) for a, b in runs if any(t.is_alpha or t.like_num for t in doc[a : b + 1])]  # type: ignore[index]


def _carried_on(verb: Token, comp: Token) -> list[tuple[int, int]]:
    """"says it helps, but has no plan": a clause joined to the cue that belongs to what is said."""
    if comp.i < verb.i:
        return []
    found = []
    for child in verb.children:
        if child.dep_ != "conj" or child.pos_ not in ("VERB", "AUX") or child.i < comp.i:
            continue
        if child.lemma_.lower() in _by_lemma() and any(g.dep_ in ("ccomp", "dobj", "xcomp") for g in child.children):
            continue
        if _same_tense_as_said(child, verb):
            found.append(_range(child))
    return found


def _same_tense_as_said(clause: Token, verb: Token) -> bool:
    if clause.tag_ == "VBD":
        return False
    auxiliaries = {c.lower_ for c in clause.children if c.dep_ in ("aux", "auxpass")}
    if clause.tag_ in ("VBZ", "VBP") or auxiliaries & {"has", "have", "is", "are", "will", "had", "would", "could"}:
        return True
    return clause.tag_ == "VB" and verb.tag_ != "VB"


def _set_off(verb: Token) -> bool:
    """", the army said" — the clause stands between commas or at the end, with a subject of its own."""
    if not any(c.dep_ == "nsubj" for c in verb.children):
        return False
    first = next(t for t in verb.subtree if not t.is_punct)
    return first.i > 0 and first.nbor(-1).is_punct


def _after_colon(verb: Token) -> tuple[list[tuple[int, int]], Token] | None:
    sentence = verb.sent
    for token in sentence.doc[verb.i + 1 : sentence.end]:
        if token.text == ":" and token.i + 1 < sentence.end and token.i - verb.i < 8:
            return [(token.i + 1, sentence.end - 1)], sentence.doc[token.i + 1]
    return None


def _next_clause(verb: Token) -> tuple[list[tuple[int, int]], Token] | None:
    """"… the station reporting it had seen tanks": a clause right behind the cue that was hung elsewhere."""
    if verb.i + 1 >= verb.sent.end or any(c.dep_ in ("dobj", "dative", "prep") for c in verb.children):
        return None
    subject = next((t for t in verb.doc[verb.i + 1 : min(verb.i + 5, verb.sent.end)] if t.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.left_edge.i != verb.i + 1 or subject.head.i < verb.i:
        return None
    clause = subject.head
    return [(verb.i + 1, clause.right_edge.i)], clause


def _beside_quote(verb: Token) -> tuple[list[tuple[int, int]], Token] | None:
    """A quotation right before the cue's clause or right after it, that the parser hung elsewhere."""
    sentence = verb.sent
    left = next((t for t in reversed(sentence.doc[sentence.start : verb.i]) if t.text in _CLOSE_MARKS), None)
    if left is not None and verb.i - left.i < 12:
        start = next((t.i for t in reversed(sentence.doc[: left.i]) if t.text in _OPEN_MARKS), sentence.start)
        if left.i - start > 2:
            return [(start + 1, left.i - 1)], sentence.doc[left.i - 1]
    right = next((t for t in sentence.doc[verb.i + 1 : sentence.end] if t.text in _OPEN_MARKS), None)
    if right is not None and right.i - verb.i < 4 and right.i + 2 < sentence.end:
        end = next((t.i for t in sentence.doc[right.i + 1 :] if t.text in _CLOSE_MARKS), sentence.end)
        if end - right.i > 2:
            return [(right.i + 1, end - 1)], sentence.doc[right.i + 1]
    return None


def _tail(verb: Token, start: int, end: int) -> int:
    """How far the content runs on over the cue's later dependents, to the first comma, new clause or channel."""
    for child in verb.children:
        if child.i <= end or child.dep_ not in _TRAILING or _is_channel(child):
            continue
        gap = verb.doc[end + 1 : child.left_edge.i]
        if any(t.is_punct and t.text not in _QUOTE_MARKS for t in gap) or len(gap) > 2:
            break
        end = child.right_edge.i
    return end


def _direct_object(verb: Token) -> Token | None:
    own = next((c for c in verb.children if c.dep_ in ("dobj", "obj") and c.tag_ not in ("WP", "WDT")), None)
    if own is not None:
        return own
    if is_passive(verb) and any(c.dep_ == "agent" for c in verb.children):
        return next(iter(t for t in surface_subjects(verb)), None)
    return None


def _object(verb: Token, rule: CueRule) -> tuple[list[tuple[int, int]], Token] | None:
    obj = _direct_object(verb)
    if obj is None:
        antecedent = _antecedent(verb)
        if antecedent is None or (rule.objects and antecedent.lemma_.lower() not in rule.objects):
            return None
        phrase = noun_phrase(antecedent)
        return [(phrase.start, phrase.end - 1)], antecedent
    if rule.objects and not any(t.lemma_.lower() in rule.objects for t in conjuncts(obj)):
        return None
    if obj.pos_ == "PRON" or obj.lower_ in ("nothing", "reporters"):
        return None
    start, end = _range(obj)
    if rule.id == "cue.concern":
        inner = next((c for c in obj.children if c.dep_ in ("prep", "acl", "relcl") and c.i > obj.i), None)
        outer = next((c for c in verb.children if c.dep_ == "prep" and c.i > obj.i), None)
        said = inner or outer
        if said is None:
            return [(start, end)], obj
        words = [t for t in said.subtree if t != said] if said.dep_ == "prep" else list(said.subtree)
        return ([(words[0].i, words[-1].i)], obj) if words else None
    if start < verb.i:
        return [(start, end)], obj
    channel = next((c for c in obj.subtree if c.i > obj.i and _is_channel(c) and c.right_edge.i == end), None)
    if channel is not None:
        return [(start, channel.i - 1)], obj
    return [(start, _tail(verb, start, end))], obj


def _is_channel(preposition: Token) -> bool:
    """"in a statement", "at a news conference": where it was said, not what."""
    return preposition.dep_ == "prep" and preposition.lower_ in ("in", "on", "at", "during", "through", "via") and any(
        c.dep_ == "pobj" and c.lemma_.lower() in _words("channel.words") for c in preposition.children
    )


def _antecedent(verb: Token) -> Token | None:
    if verb.dep_ != "relcl":
        return None
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    return verb.head if own and own[-1].tag_ not in ("WDT", "WP") else None


def _infinitive(verb: Token, rule: CueRule) -> tuple[list[tuple[int, int]], Token] | None:
    comp = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i and _has_to(c)), None)
    return ([_range(comp)], comp) if comp is not None else None


def _has_to(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _person_infinitive(verb: Token, rule: CueRule) -> tuple[list[tuple[int, int]], Token] | None:
    comp = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.i > verb.i and _has_to(c)), None)
    if comp is None:
        return None
    obj = next((c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i < comp.i), None)
    if obj is None and not any(c.dep_ == "nsubj" for c in comp.children):
        return None
    return [(obj.left_edge.i if obj is not None and obj.i > verb.i else comp.left_edge.i, comp.right_edge.i)], comp


def _of(verb: Token, rule: CueRule) -> tuple[list[tuple[int, int]], Token] | None:
    return _with_preposition(verb, ("of",), needed=True)


def _for(verb: Token, rule: CueRule) -> tuple[list[tuple[int, int]], Token] | None:
    return _with_preposition(verb, ("for",), needed=verb.lemma_ != "blame")


def _at(verb: Token, rule: CueRule) -> tuple[list[tuple[int, int]], Token] | None:
    obj = _direct_object(verb)
    if obj is None or obj.lemma_.lower() not in rule.objects:
        return None
    return _with_preposition(verb, ("at",), needed=True)


def _with_preposition(
    verb: Token, names: tuple[str, ...], *, needed: bool
) -> tuple[list[tuple[int, int]], Token] | None:
    obj = _direct_object(verb)
    if obj is None:
        return None
    preposition = next(
        (c for c in [*verb.children, *obj.children] if c.dep_ == "prep" and c.lower_ in names and c.i > obj.i), None
    )
    if preposition is None:
        return None if needed else ([_range(obj)], obj)
    start = obj.left_edge.i if obj.i > verb.i else preposition.i
    return [(start, _tail(verb, start, preposition.right_edge.i))], obj


def _as(verb: Token, rule: CueRule) -> tuple[list[tuple[int, int]], Token] | None:
    obj = _direct_object(verb) or _antecedent(verb)
    names = rule.preps or ("as",)
    if obj is not None:
        found = _with_preposition(verb, names, needed=True) if obj.head == verb else None
        if found is not None:
            return found
        second = next((c for c in verb.children if c.dep_ in ("oprd", "xcomp", "acomp") and c.i > obj.i), None)
        if second is not None and obj.i > verb.i and not _has_to(second):
            return [(obj.left_edge.i, second.right_edge.i)], second
        if obj.i > verb.i and any(t.text in _OPEN_MARKS for t in verb.doc[obj.left_edge.i : obj.right_edge.i + 1]):
            return [_range(obj)], obj
        after = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in names]
        if obj.head != verb and after and obj.tag_ in ("WP",):
            words = [t for t in after[0].subtree if t != after[0]]
            return ([(words[0].i, words[-1].i)], obj) if words else None
        return None
    small = next(
        (c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i and c.pos_ in ("NOUN", "ADJ", "PROPN")), None
    )
    if small is not None and rule.id == "cue.describe-as":
        return [_range(small)], small
    after = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in names]
    if after and any(c.tag_ == "WP" and c.i < verb.i for c in [*verb.children, verb.left_edge]):
        words = [t for t in after[0].subtree if t != after[0]]
        return ([(words[0].i, words[-1].i)], words[0]) if words else None
    return None


def _gerund(verb: Token, rule: CueRule) -> tuple[list[tuple[int, int]], Token] | None:
    comp = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "pcomp") and c.tag_ == "VBG" and c.i > verb.i), None)
    return ([_range(comp)], comp) if comp is not None else None


def _about(verb: Token, rule: CueRule) -> tuple[list[tuple[int, int]], Token] | None:
    for child in verb.children:
        if child.dep_ != "prep" or child.lower_ not in rule.preps or child.i < verb.i:
            continue
        words = [t for t in child.subtree if t != child]
        if not words or words[-1].ent_type_ in ("DATE", "TIME"):
            continue
        end = words[-1].i
        order = next((c for c in verb.children if c.dep_ in ("xcomp", "advcl") and c.i > end and _has_to(c)), None)
        if child.lower_ in ("on", "to") and rule.stance == "asks" and order is None and not any(_has_to(w) for w in words):
            continue
        return [(words[0].i, order.right_edge.i if order is not None else end)], order or words[0]
    wish = next((c for c in verb.children if c.i > verb.i and c.dep_ in ("ccomp", "advcl", "xcomp") and _has_to(c)), None)
    mark = next((c for c in wish.children if c.lower_ == "for" and c.i < wish.i), None) if wish is not None else None
    if wish is not None and mark is not None and "for" in rule.preps:
        return [(mark.i + 1, wish.right_edge.i)], wish
    return None


_FRAMES = {
    "clause": _clause, "object": _object, "infinitive": _infinitive, "person_infinitive": _person_infinitive,
    "of": _of, "for": _for, "as": _as, "gerund": _gerund, "at": _at, "about": _about,
}


# ------------------------------------------------------------------ source


def _source(
    paragraph: Paragraph, verb: Token, mentions: Mentions, rule: CueRule
) -> tuple[Token | None, list[Token], str]:
    """The head of the source, the outlets it comes through, and the rule that was used."""
    quoted = _quoted_as(verb)
    if quoted is not None:
        return quoted[0], quoted[1], "cue.quote"
    citing = _citing(verb)
    if citing is not None and _speaks(paragraph, citing, mentions):
        subjects = surface_subjects(verb)
        return citing, subjects[:1], rule.id
    if is_passive(verb):
        agents = [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
        return (agents[0] if agents else None), [], rule.id
    subjects = surface_subjects(_speaking(verb))
    source = subjects[0] if subjects else None
    if source is not None and source.left_edge.i > verb.i + 2:
        source = _named_before(verb) or source
    if source is not None and source.tag_ in ("WP", "WDT", "EX"):
        source = None
    via = _channels(paragraph, verb, mentions) + _relayed(source)
    return source, via, rule.id


def _named_before(verb: Token) -> Token | None:
    """The name between a closing mark and the cue: "…,” Roe, a teacher, said on the show"."""
    window = _until(list(reversed(verb.doc[: verb.i])), (), ".;:!?")
    name = next((t for t in reversed(window) if t.pos_ in ("PROPN", "PRON")), None)
    if name is None or window[-1].i == 0 or window[-1].nbor(-1).text not in _CLOSE_MARKS:
        return None
    while name.dep_ == "compound" and name.head.i > name.i:
        name = name.head
    return name


def _speaking(verb: Token) -> Token:
    """The verb whose subject speaks: the first cue for "said that …, stressing that …" and for "said that … and
    urged that …", the verb of uttering for "issued a statement saying that …"."""
    if verb.dep_ == "acl" and verb.head.lemma_.lower() in _words("channel.words") and verb.head.dep_ == "dobj":
        return verb.head.head
    at = verb
    while at.dep_ == "conj" and at.head.pos_ == "VERB" and not _own_subject(at):
        at = at.head
    outer = at.head
    if at != verb and at.dep_ == "ccomp" and outer.lemma_.lower() in _by_lemma():
        if outer.tag_ == verb.tag_ and at.lemma_.lower() not in _by_lemma():
            return outer
    at = verb
    while at.dep_ == "conj" and at.head.tag_ == "VBG":
        at = at.head
    if _speaker_goes_on(at):
        outer = at.head
        if outer.dep_ == "ccomp" and outer.head.lemma_.lower() in _by_lemma():
            return outer.head
    return verb


def _own_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _is_quoted_as(verb: Token) -> bool:
    return verb.dep_ in ("pcomp", "advcl") and verb.head.lower_ == "as" and verb.head.head.lemma_ in ("quote", "cite")


def _quoted_as(verb: Token) -> tuple[Token, list[Token]] | None:
    """"AFP quoted X as saying", "X was quoted as saying by TASS"."""
    if not _is_quoted_as(verb):
        return None
    quoting = verb.head.head
    if is_passive(quoting):
        subjects = surface_subjects(quoting)
        agents = [
            p for holder in (quoting, verb) for c in holder.children if c.dep_ in ("agent", "prep") and c.lower_ == "by"
            for p in c.children if p.dep_ == "pobj"
        ]
        return (subjects[0], agents[:1]) if subjects else None
    objects = [c for c in quoting.children if c.dep_ in ("dobj", "obj")]
    return (objects[0], surface_subjects(quoting)[:1]) if objects else None


def _citing(verb: Token) -> Token | None:
    """"X reported, citing Y": Y said it first."""
    holders = [verb, *[c for c in verb.children if c.dep_ == "nsubj"]]
    for holder in holders:
        for child in holder.children:
            if child.lemma_ in ("cite", "quote") and child.tag_ == "VBG" and child.dep_ in ("advcl", "acl"):
                obj = next((c for c in child.children if c.dep_ in ("dobj", "obj")), None)
                says = any(g.dep_ == "pcomp" for c in child.children for g in c.children)
                if obj is not None and not says:
                    return obj
    return None


def _channels(paragraph: Paragraph, verb: Token, mentions: Mentions) -> list[Token]:
    """Outlets that were told: "told AFP", "in an interview with the BBC"."""
    found = []
    for child in verb.children:
        if child.dep_ in ("dobj", "dative", "nsubj") and child.i > verb.i or child.dep_ == "dobj":
            mention = mentions.at(paragraph.index, child.i)
            outlet = mention is not None and (
                mention.kind == "media"
                or (mention.form == "name" and mention.kind in ("organization", "other") and child.pos_ == "PROPN")
            )
            if verb.lemma_ == "tell" and outlet:
                found.append(child)
    return found


def _relayed(source: Token | None) -> list[Token]:
    """"a Russian officer, quoted by Interfax, suggested"."""
    if source is None:
        return []
    return [
        p for c in source.children if c.dep_ == "acl" and c.lemma_ in ("quote", "cite")
        for a in c.children if a.dep_ == "agent" for p in a.children if p.dep_ == "pobj"
    ]


# ------------------------------------------------------------------ other cues


def _according(paragraph: Paragraph, token: Token) -> Iterator[Draft]:
    to = next((c for c in token.children if c.lower_ == "to"), None)
    if to is None and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to":
        to = token.nbor(1)
    source = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if source is None or to is None:
        return
    if source.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ") or source.lemma_ in ("rank", "law", "plan", "schedule"):
        return
    own = {t.i for t in token.subtree} | {t.i for t in to.subtree}
    sentence = token.sent
    rest = [t.i for t in sentence if t.i not in own]
    left = [i for i in rest if i < token.i]
    right = [i for i in rest if i > token.i]
    chosen = left if _has_verb(sentence, left) else right
    pieces = _runs(chosen, sentence.doc)
    if not pieces:
        return
    if chosen is left and len(pieces) > 1:
        pieces = [(pieces[0][0], pieces[-1][1])]
    cue = Span(paragraph.span(token).start, paragraph.span(to).end)
    yield Draft(
        paragraph, source, cue, _spans(paragraph, token, source, pieces), "asserts", "cue.according-to", [], token,
        content_head=sentence.root,
    )


def _has_verb(sentence: TokenSpan, indices: Iterable[int]) -> bool:
    return any(sentence.doc[i].pos_ in ("VERB", "AUX") for i in indices)


def _adverb(paragraph: Paragraph, token: Token) -> Iterator[Draft]:
    verb = token.head
    if verb.pos_ not in ("VERB", "AUX"):
        return
    subject = {t.i for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") for t in c.subtree}
    aux = {c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "punct") and c.i < token.i}
    stops = [c.left_edge.i for c in verb.children if c.dep_ in ("conj", "cc") and c.i > verb.i]
    words = [
        t.i for t in verb.subtree
        if t.i not in subject | aux and t != token and t.i > token.i and (not stops or t.i < min(stops))
    ]
    runs = _runs(words, verb.doc)
    if runs:
        yield Draft(
            paragraph, None, paragraph.span(token), _spans(paragraph, token, None, runs[:1]), "unsure", "cue.adverb",
            [], token, content_head=verb,
        )


def _noun(paragraph: Paragraph, noun: Token, mentions: Mentions) -> Iterator[Draft]:
    """"the rebels' claim that …", "his promise to …", "a report of … by the agency"."""
    clause = next((c for c in noun.children if c.i > noun.i and c.dep_ in ("acl", "ccomp", "relcl") and _said_by_noun(c)), None)
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    source = owner or _holder(paragraph, noun, mentions)
    if clause is None or (source is None and _has_to(clause)):
        return
    pieces = [(i, j) for i, j in [_range(clause)] if i > noun.i]
    spans = _spans(paragraph, noun, source, pieces)
    if spans:
        stance = next(s for s, words in _NOUN_STANCES.items() if noun.lemma_.lower() in _words(words))
        yield Draft(paragraph, source, paragraph.span(noun), spans, stance, "cue.noun", [], noun, content_head=clause)


def _said_by_noun(clause: Token) -> bool:
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    return marked or (clause.tag_ == "VB" and _has_to(clause))


def _holder(paragraph: Paragraph, noun: Token, mentions: Mentions) -> Token | None:
    """Who makes the claim: "X repeated its claim that", "claims by X that", "X has made a promise to"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in _words("cue.light"):
        return next((t for t in surface_subjects(noun.head) if _speaks(paragraph, t, mentions)), None)
    return None


def _feeling(paragraph: Paragraph, adjective: Token, mentions: Mentions) -> Iterator[Draft]:
    """"is confident that …", "were worried about …"."""
    verb = adjective.head
    if adjective.dep_ not in ("acomp", "oprd") or verb.pos_ not in ("VERB", "AUX") or is_negated(verb):
        return
    source = next(iter(surface_subjects(verb)), None)
    if source is None or not _speaks(paragraph, source, mentions):
        return
    clause = next((c for c in adjective.children if c.dep_ == "ccomp" and c.i > adjective.i), None)
    if clause is None:
        return
    spans = _spans(paragraph, adjective, source, [_range(clause)])
    if spans:
        yield Draft(
            paragraph, source, paragraph.span(adjective), spans, "believes", "cue.feeling", [], adjective,
            content_head=clause,
        )


def _signed(paragraph: Paragraph, quotes: tuple[Quote, ...]) -> list[Draft]:
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


def _part_of_talk(draft: Draft, quotes: tuple[Quote, ...], mentions: Mentions) -> bool:
    """A cue inside somebody's quotation is a part of what that somebody says ("I think", "tell them that …").

    Only a third party who is named there and is said to have spoken keeps a statement within it.
    """
    cue, token = draft.cue, draft.cue_token
    if cue is None or token is None or not any(q.inner.start <= cue.start < q.inner.end for q in quotes):
        return False
    mention = mentions.at(draft.paragraph.index, draft.source.i) if draft.source is not None else None
    named = mention is not None and mention.form == "name" and mention.kind in SPEAKERS
    return not (named and token.tag_ in ("VBD", "VBN", "VBZ"))


def _from_colon(paragraph: Paragraph, mentions: Mentions) -> list[Draft]:
    """A headline "Mayor: the bridge is gone", or a transcript's "SMITH: If I may"."""
    doc = paragraph.doc
    colon = next((t for t in doc if t.text == ":"), None)
    if colon is None or not 0 < colon.i <= 6 or colon.i + 2 >= len(doc):
        return []
    named = [t for t in doc[: colon.i] if not t.is_punct and t.text not in _QUOTE_MARKS]
    if not named or not all(t.is_upper or t.is_title or t.pos_ == "ADP" for t in named):
        return []
    head = next((t for t in reversed(named) if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "pobj"), None)
    mention = mentions.at(paragraph.index, head.i) if head is not None else None
    if head is None or mention is None or mention.kind not in SPEAKERS or any(t.lower_ in _words("compass.words") for t in named):
        return []
    if mention.form != "name" and not paragraph.headline:
        return []
    spans = _spans(paragraph, colon, head, [(colon.i + 1, len(doc) - 1)])
    return [Draft(paragraph, head, None, spans, "asserts", "cue.colon", [], colon, content_head=doc[colon.i + 1 :].root)]


# ------------------------------------------------------------------ spans, quotations


def _spans(paragraph: Paragraph, cue: Token, source: Token | None, pieces: list[tuple[int, int]]) -> list[Span]:
    """Document spans of token ranges, trimmed of punctuation and of a sentence's leading conjunction."""
    spans = []
    for first, last in _joined(pieces):
        doc = paragraph.doc
        while first < last and _strippable(doc[first], leading=True):
            first += 1
        while last > first and _strippable(doc[last], leading=False):
            last -= 1
        if any(t.is_alpha or t.like_num for t in doc[first : last + 1]):
            spans.append(paragraph.span(doc[first : last + 1]))
    return spans


def _joined(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for first, last in sorted(pieces):
        if out and first - out[-1][1] <= 3:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return out


def _strippable(token: Token, *, leading: bool) -> bool:
    if token.is_space or (token.is_punct and token.text not in "()%"):
        return True
    return leading and token.lower_ in ("that", "and", "but") and token.dep_ in ("mark", "cc")


def _fit_quotes(draft: Draft, quotes: tuple[Quote, ...]) -> None:
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


def _covered(span: Span, drafts: Iterable[Draft]) -> bool:
    return any(
        min(span.end, c.end) - max(span.start, c.start) >= 0.5 * (span.end - span.start)
        for d in drafts for c in d.content
    )


def _loose_quotes(
    paragraph: Paragraph, quotes: tuple[Quote, ...], drafts: list[Draft], mentions: Mentions, before: list[Draft]
) -> list[Draft]:
    """Quotations without a cue: a predicate of its subject, or the words of the neighbour's speaker."""
    found: list[Draft] = []
    for quote in quotes:
        if _covered(quote.inner, [d for d in (*drafts, *found) if not _quoted_cue(d, quotes)]):
            continue
        tokens = paragraph.tokens(quote.inner)
        if tokens is None or len(tokens) < 2:
            continue
        if _sentence_long(paragraph, tokens):
            tagged = _tagged(paragraph, tokens, quote, mentions)
            if tagged is not None:
                found.append(tagged)
                continue
            speaker = _neighbour(paragraph, quote, [d for d in (*drafts, *found) if not _quoted_cue(d, quotes)], before)
            if speaker is None:
                continue
            if speaker.paragraph is paragraph and speaker.kind in ("direct", "mixed"):
                speaker.content = _merged([*speaker.content, quote.inner])
                continue
            found.append(
                Draft(
                    paragraph, speaker.source, None, [quote.inner], "asserts", "cue.quotation", list(speaker.via),
                    kind="direct", source_span=_source_span(speaker), content_head=tokens.root,
                )
            )
            continue
        told = next((d for d in drafts if _runs_on(paragraph, d, quote)), None)
        if told is not None and not _quoted_cue(told, quotes):
            told.content = _merged([*told.content, quote.inner])
            told.kind = _kind(told.content, quotes)
            continue
        draft = _predicate_quote(paragraph, tokens, quote, mentions)
        if draft is not None:
            found.append(draft)
    return found


def _runs_on(paragraph: Paragraph, draft: Draft, quote: Quote) -> bool:
    """"…, he said, “…”": nothing but a comma and a small word between the cue's clause and the quotation."""
    if draft.cue is None or draft.content[0].start > draft.cue.start:
        return False
    source = _source_span(draft)
    end = max(draft.cue.end, source.end) if source is not None else draft.cue.end
    gap = paragraph.doc.text[end - paragraph.start : quote.inner.start - paragraph.start]
    return end < quote.inner.start and _SEAM.fullmatch(gap) is not None


def _tagged(paragraph: Paragraph, tokens: TokenSpan, quote: Quote, mentions: Mentions) -> Draft | None:
    """A quotation whose cue stands right beside it, whatever the parser made of the sentence:
    “…,” X said · “…,” said X · X said, “…” · X: “…”."""
    after = _until(paragraph.doc[tokens.end :], _CLOSE_MARKS | {","}, ".;:!?")
    before = _until(list(reversed(paragraph.doc[: tokens.start])), _OPEN_MARKS | {",", ":"}, ".;!?")
    for window in (after, before):
        cue = next((t for t in window if t.pos_ == "VERB" and t.lemma_.lower() in _say_lemmas()), None)
        if cue is None or is_negated(cue):
            continue
        source = _speaker_beside(cue, window)
        if source is not None:
            return Draft(
                paragraph, source, paragraph.span(cue), [quote.inner], "asserts", "cue.say", cue_token=cue, kind="direct",
                content_head=tokens.root,
            )
    lead = paragraph.doc[tokens.start - 2] if tokens.start > 1 else None
    if lead is not None and lead.text == ":" and before:
        named = next((t for t in before[:1] if _speaks(paragraph, t, mentions)), None)
        source = named or next(iter(surface_subjects(before[0].sent.root)), None)
        if source is not None and _speaks(paragraph, source, mentions):
            return Draft(
                paragraph, source, None, [quote.inner], "asserts", "cue.colon", kind="direct", content_head=tokens.root
            )
    return None


def _until(tokens: Iterable[Token], skipped: Iterable[str], stops: str) -> list[Token]:
    """Up to 24 tokens from the quotation outwards: past its marks, up to a sentence's end or another mark."""
    found: list[Token] = []
    for token in tokens:
        if not found and token.text in skipped:
            continue
        if token.text in stops or token.text in _OPEN_MARKS | _CLOSE_MARKS or len(found) == 24:
            break
        found.append(token)
    return found


def _speaker_beside(cue: Token, window: list[Token]) -> Token | None:
    """The cue's subject by the tree, if it is in the window, else the noun right before the cue or right behind it."""
    near = {t.i for t in window}
    subject = next((t for t in surface_subjects(cue) if t.i in near), None)
    if subject is not None:
        return subject
    nominal = [t for t in sorted(window, key=lambda t: t.i) if t.pos_ in ("PROPN", "NOUN", "PRON") and t.dep_ != "compound"]
    left = [t for t in nominal if t.i < cue.i]
    right = [t for t in nominal if t.i > cue.i]
    return left[-1] if left else right[0] if right else None


def _speaks(paragraph: Paragraph, token: Token, mentions: Mentions) -> bool:
    mention = mentions.at(paragraph.index, token.i)
    return mention is not None and mention.kind in SPEAKERS


@cache
def _say_lemmas() -> frozenset[str]:
    return frozenset(lemma for lemma, rules in _by_lemma().items() if any("clause" in r.frames for r in rules))


def _quoted_cue(draft: Draft, quotes: tuple[Quote, ...]) -> bool:
    return draft.cue is not None and any(q.inner.start <= draft.cue.start < q.inner.end for q in quotes)


def _sentence_long(paragraph: Paragraph, tokens: TokenSpan) -> bool:
    """The quotation is a sentence by itself, not a few words inside somebody else's."""
    start = tokens.sent.start if tokens.sent.start >= 0 else 0
    opening = paragraph.doc[start : tokens.start]
    if not all(t.is_punct or t.is_space or t.text in _QUOTE_MARKS for t in opening):
        return False
    closing = paragraph.doc[tokens.end : tokens.sent.end] if tokens.sent.end >= tokens.end else ()
    alone = all(t.is_punct or t.text in _QUOTE_MARKS for t in closing)
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


def _predicate_quote(
    paragraph: Paragraph, tokens: TokenSpan, quote: Quote, mentions: Mentions
) -> Draft | None:
    verb = tokens.root
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    if verb.lemma_.lower() not in _words("cue.copular-quote"):
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
    spans = _spans(paragraph, verb, subjects[0], [(tokens.start, last)])
    if not spans:
        return None
    return Draft(
        paragraph, subjects[0], None, spans, "asserts", "cue.copular-quote", kind="mixed", content_head=tokens.root
    )


# ------------------------------------------------------------------ putting together


def _without_repeats(drafts: list[Draft]) -> list[Draft]:
    """One statement a cue; where two cues bring in the same content, the nearer to the content stands."""
    kept: list[Draft] = []
    for draft in drafts:
        if not draft.content:
            continue
        twin = next((k for k in kept if k.content == draft.content and k.source == draft.source), None)
        if twin is None:
            kept.append(draft)
    return kept


def _source_span(draft: Draft) -> Span | None:
    if draft.source_span is not None:
        return draft.source_span
    if draft.source is None:
        return None
    return draft.paragraph.span(noun_phrase(draft.source))


def _finish(drafts: list[Draft], mentions: Mentions) -> tuple[Statement, ...]:
    drafts.sort(key=lambda d: (min(c.start for c in d.content), -max(c.end for c in d.content)))
    made: list[Statement] = []
    for number, draft in enumerate(drafts, 1):
        made.append(
            Statement(
                id=f"s{number}",
                kind=draft.kind,  # type: ignore[arg-type]
                source=_reference(draft, mentions),
                cue=draft.cue,
                content=tuple(draft.content),
                stance=_stance(draft),
                via=_via(draft, mentions),
                because=(_because(draft),),
            )
        )
    return tuple(replace_within(made))


def replace_within(statements: list[Statement]) -> Iterator[Statement]:
    """Sets `within`: the tightest statement whose content holds both the cue and the content."""
    import msgspec

    for inner in statements:
        outer = [
            s for s in statements
            if s is not inner and _inside(inner, s) and not (_inside(s, inner) and s.id > inner.id)
        ]
        tightest = min(outer, key=lambda s: sum(c.end - c.start for c in s.content), default=None)
        yield msgspec.structs.replace(inner, within=tightest.id if tightest else None)


def _inside(inner: Statement, outer: Statement) -> bool:
    spans = list(inner.content)
    if inner.cue is not None:
        spans.append(inner.cue)
    elif inner.source is not None:
        spans.append(Span(inner.source.start, inner.source.end))
    if inner.content == outer.content:
        return False
    return all(any(o.start <= s.start and s.end <= o.end for o in outer.content) for s in spans)


def _reference(draft: Draft, mentions: Mentions) -> Source | None:
    span = _source_span(draft)
    if draft.source is None or span is None:
        return None
    paragraph = draft.source.doc
    index = draft.paragraph.index if paragraph is draft.paragraph.doc else draft.paragraph.index - 1
    mention = mentions.at(index, draft.source.i)
    if mention is not None and draft.source_span is None:
        span = mention.span
    also = []
    for other in conjuncts(draft.source)[1:]:
        second = mentions.at(index, other.i)
        if second is not None:
            also.append(second.entity)
    return Source(mention.entity if mention else None, span.start, span.end, tuple(also))


def _via(draft: Draft, mentions: Mentions) -> tuple[str, ...]:
    found = []
    for token in draft.via:
        mention = mentions.at(draft.paragraph.index, token.i)
        if mention is not None and mention.entity not in found:
            found.append(mention.entity)
    return tuple(found)


def _because(draft: Draft) -> Because:
    span = draft.cue or draft.content[0]
    return Because(draft.rule, span.start, span.end)


def _stance(draft: Draft) -> Stance:
    """The cue's stance, turned by words of denial or duty in the content."""
    if draft.content_head is None:
        return draft.stance
    text = {t.lower_ for span in draft.content for t in (draft.paragraph.tokens(span) or ())}
    if draft.rule == "cue.describe-as" and text & _words("denial.words"):
        return "denies"
    if draft.rule == "cue.dismiss":
        return "denies"
    head = draft.content_head
    if draft.rule == "cue.say" and draft.stance == "asserts" and _obliges(head):
        return "demands"
    if draft.rule == "cue.say" and head.tag_ == "VBP" and any(t.lower_ in ("i", "we") for t in surface_subjects(head)):
        if head.lemma_.lower() in _words("performative.words"):
            return "demands"
        done = [r.stance for r in _by_lemma().get(head.lemma_.lower(), ()) if r.stance in _PERFORMED]
        if done:
            return done[0]
    if draft.rule == "cue.say" and _own_future(head, draft):
        return "promises"
    return draft.stance


def _obliges(head: Token) -> bool:
    if head.lemma_.lower() == "need" and any(c.dep_ == "xcomp" for c in head.children):
        return not any(s.lower_ in ("i", "we") for s in surface_subjects(head))
    return any(c.dep_ == "aux" and c.lower_ in _words("obligation.words") for c in head.children)


def _own_future(head: Token, draft: Draft) -> bool:
    """"they would hold their fire": the source's own act, to come."""
    modal = any(c.dep_ == "aux" and c.lower_ in ("will", "would", "shall", "'ll") for c in head.children)
    return modal and not is_negated(head) and any(s.lower_ in ("i", "we", "they", "it", "he", "she") for s in surface_subjects(head))


__all__ = ["find_statements"]
