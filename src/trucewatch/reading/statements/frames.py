"""What is said under a cue's frames: clauses, objects, infinitives, prepositions."""

from __future__ import annotations

from spacy.tokens import Token

from trucewatch.language.clauses import is_passive, surface_subjects
from trucewatch.language.phrases import conjuncts, noun_phrase
from trucewatch.reading.statements.content import TRAILING, beside_quote, clause, token_range
from trucewatch.reading.statements.draft import OPEN_MARKS, QUOTE_MARKS, Found, has_to, words
from trucewatch.rules.types import CueRule


def _tail(verb: Token, end: int) -> int:
    """How far the content runs on over the cue's later dependents, to the first comma, new clause or channel."""
    for child in verb.children:
        if child.i <= end or child.dep_ not in TRAILING or _is_channel(child):
            continue
        gap = verb.doc[end + 1 : child.left_edge.i]
        if any(t.is_punct and t.text not in QUOTE_MARKS for t in gap) or len(gap) > 2:
            break
        end = child.right_edge.i
    return end


def _relative(pronoun: Token) -> bool:
    before = pronoun.head.dep_ == "relcl" and pronoun.i < pronoun.head.i and pronoun.lower_ in ("that", "which")
    return before or pronoun.tag_ in ("WP", "WDT")


def _direct_object(verb: Token) -> Token | None:
    own = next((c for c in verb.children if c.dep_ in ("dobj", "obj") and not _relative(c)), None)
    if own is not None:
        return own
    if is_passive(verb) and any(c.dep_ == "agent" for c in verb.children):
        return next(iter(t for t in surface_subjects(verb)), None)
    return None


def _object(verb: Token, rule: CueRule) -> Found | None:
    obj = _direct_object(verb)
    if obj is None:
        clauses = [c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i]
        named = next((c for c in clauses if c.left_edge.lower_ == "what"), None)
        if named is not None and not rule.objects:
            return [token_range(named)], named
        antecedent = _antecedent(verb)
        if antecedent is None or (rule.objects and antecedent.lemma_.lower() not in rule.objects):
            return None
        phrase = noun_phrase(antecedent)
        return [(phrase.start, phrase.end - 1)], antecedent
    if rule.stance == "denies" and obj.lower_ in _DENIED and obj.i > verb.i:
        return [(obj.i, obj.i)], obj
    if rule.objects and not any(t.lemma_.lower() in rule.objects for t in conjuncts(obj)):
        return None
    if obj.pos_ == "PRON" or obj.lower_ in ("nothing", "reporters"):
        return None
    start, end = token_range(obj)
    if rule.id == "cue.concern":
        inner = next((c for c in obj.children if c.dep_ in ("prep", "acl", "relcl") and c.i > obj.i), None)
        outer = next((c for c in verb.children if c.dep_ == "prep" and c.i > obj.i), None)
        said = inner or outer
        if said is None:
            return [(start, end)], obj
        inside = [t for t in said.subtree if t != said] if said.dep_ == "prep" else list(said.subtree)
        return ([(inside[0].i, inside[-1].i)], obj) if inside else None
    if start < verb.i:
        return [(start, end)], obj
    channel = next((c for c in obj.subtree if c.i > obj.i and _is_channel(c) and c.right_edge.i == end), None)
    if channel is not None:
        return [(start, channel.i - 1)], obj
    return [(start, _tail(verb, end))], obj


# What was said before, taken up by a pronoun: "denied it", "dismissed that".
_DENIED = {"it", "that", "this"}


def _is_channel(preposition: Token) -> bool:
    """"in a statement", "at a news conference": where it was said, not what."""
    return preposition.dep_ == "prep" and preposition.lower_ in ("in", "on", "at", "during", "through", "via") and any(
        c.dep_ == "pobj" and c.lemma_.lower() in words("channel.words") for c in preposition.children
    )


def _antecedent(verb: Token) -> Token | None:
    if verb.dep_ != "relcl":
        return None
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    return verb.head if own and own[-1].tag_ not in ("WDT", "WP") else None


def _infinitive(verb: Token, _rule: CueRule) -> Found | None:
    comp = _to_clause(verb, ("xcomp", "ccomp"))
    return ([token_range(comp)], comp) if comp is not None else None


def _to_clause(verb: Token, labels: tuple[str, ...]) -> Token | None:
    return next((c for c in verb.children if c.dep_ in labels and c.i > verb.i and has_to(c)), None)


def _person_infinitive(verb: Token, _rule: CueRule) -> Found | None:
    comp = _to_clause(verb, ("xcomp", "ccomp", "advcl"))
    if comp is None:
        return None
    obj = next((c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i < comp.i), None)
    if obj is None and not any(c.dep_ == "nsubj" for c in comp.children):
        return None
    return [(obj.left_edge.i if obj is not None and obj.i > verb.i else comp.left_edge.i, comp.right_edge.i)], comp


def _of(verb: Token, _rule: CueRule) -> Found | None:
    return _with_preposition(verb, ("of",), needed=True)


def _for(verb: Token, _rule: CueRule) -> Found | None:
    return _with_preposition(verb, ("for",), needed=verb.lemma_ != "blame")


def _at(verb: Token, rule: CueRule) -> Found | None:
    obj = _direct_object(verb)
    if obj is None or obj.lemma_.lower() not in rule.objects:
        return None
    return _with_preposition(verb, ("at",), needed=True)


def _with_preposition(
    verb: Token, names: tuple[str, ...], *, needed: bool
) -> Found | None:
    obj = _direct_object(verb)
    if obj is None:
        return None
    preposition = next(
        (c for c in [*verb.children, *obj.children] if c.dep_ == "prep" and c.lower_ in names and c.i > obj.i), None
    )
    if preposition is None:
        return None if needed else ([token_range(obj)], obj)
    start = obj.left_edge.i if obj.i > verb.i else preposition.i
    return [(start, _tail(verb, preposition.right_edge.i))], obj


def _as(verb: Token, rule: CueRule) -> Found | None:
    obj = _direct_object(verb) or _antecedent(verb)
    names = rule.preps or ("as",)
    if obj is not None:
        found = _with_preposition(verb, names, needed=True) if obj.head == verb else None
        if found is not None:
            return found
        second = next((c for c in verb.children if c.dep_ in ("oprd", "xcomp", "acomp") and c.i > obj.i), None)
        if second is not None and obj.i > verb.i and not has_to(second):
            return [(obj.left_edge.i, second.right_edge.i)], second
        if obj.i > verb.i and any(t.text in OPEN_MARKS for t in verb.doc[obj.left_edge.i : obj.right_edge.i + 1]):
            return [token_range(obj)], obj
        after = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in names]
        if obj.head != verb and after and obj.tag_ in ("WP",):
            inside = [t for t in after[0].subtree if t != after[0]]
            return ([(inside[0].i, inside[-1].i)], obj) if inside else None
        return None
    asked = any(c.tag_ == "WP" and c.i < verb.i for c in verb.children)
    second = next((c for c in verb.children if c.dep_ in ("oprd", "attr") and c.i > verb.i), None)
    if asked and second is not None:            # "in what it called the gravest breach"
        return [token_range(second)], second
    small = next(
        (c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i and c.pos_ in ("NOUN", "ADJ", "PROPN")), None
    )
    if small is not None and rule.id == "cue.describe-as":
        return [token_range(small)], small
    after = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in names]
    if after and any(c.tag_ == "WP" and c.i < verb.i for c in [*verb.children, verb.left_edge]):
        inside = [t for t in after[0].subtree if t != after[0]]
        return ([(inside[0].i, inside[-1].i)], inside[0]) if inside else None
    return None


def _gerund(verb: Token, _rule: CueRule) -> Found | None:
    labels = ("xcomp", "ccomp", "pcomp")
    comp = next((c for c in verb.children if c.dep_ in labels and c.tag_ == "VBG" and c.i > verb.i), None)
    return ([token_range(comp)], comp) if comp is not None else None


def _about(verb: Token, rule: CueRule) -> Found | None:
    for child in verb.children:
        if child.dep_ != "prep" or child.lower_ not in rule.preps or child.i < verb.i:
            continue
        said = [t for t in child.subtree if t != child]
        if not said or said[-1].ent_type_ in ("DATE", "TIME"):
            continue
        end = said[-1].i
        order = next((c for c in verb.children if c.dep_ in ("xcomp", "advcl") and c.i > end and has_to(c)), None)
        asked = order is not None or any(has_to(t) for t in said)
        if child.lower_ in ("on", "to") and rule.stance == "asks" and not asked:
            continue
        return [(said[0].i, order.right_edge.i if order is not None else end)], order or said[0]
    wish = _to_clause(verb, ("ccomp", "advcl", "xcomp"))
    mark = next((c for c in wish.children if c.lower_ == "for" and c.i < wish.i), None) if wish is not None else None
    if wish is not None and mark is not None and "for" in rule.preps:
        return [(mark.i + 1, wish.right_edge.i)], wish
    return None


_FRAMES = {
    "clause": clause, "object": _object, "infinitive": _infinitive, "person_infinitive": _person_infinitive,
    "of": _of, "for": _for, "as": _as, "gerund": _gerund, "at": _at, "about": _about,
}


def find_content(verb: Token, rule: CueRule) -> Found | None:
    """Token ranges (closed) of the content under one rule, and the head of what is said."""
    for frame in rule.frames:
        found = _FRAMES[frame](verb, rule)
        if found is not None:
            return found
    return beside_quote(verb) if "clause" in rule.frames else None
