"""Is it so: what the grammar round an act says of whether it happened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import msgspec
from spacy.tokens import Token

from trucewatch.language.clauses import is_negated, is_passive, negative_noun
from trucewatch.rules.events import words
from trucewatch.rules.loader import load


class StatusRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words above an act (governing verbs, nouns, adjectives) and what they make of it."""

    id: str
    effect: str
    words: tuple[str, ...]
    examples: tuple[str, ...]
    nots: tuple[str, ...]


class StatusRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rules: tuple[StatusRule, ...]
    modals: dict[str, tuple[str, ...]]
    markers: dict[str, tuple[str, ...]]
    adjectives: dict[str, tuple[str, ...]]
    nouns: dict[str, tuple[str, ...]]
    adverbs: dict[str, tuple[str, ...]]
    telling: dict[str, tuple[str, ...]]
    told: dict[str, tuple[str, ...]]
    ending: dict[str, tuple[str, ...]]
    texts: dict[str, tuple[str, ...]]
    behind: dict[str, tuple[str, ...]]
    held: dict[str, tuple[str, ...]]
    doubted: dict[str, tuple[str, ...]]
    proofs: dict[str, tuple[str, ...]]


# Verbs whose past has the form of the present: the tagger's guess of the tense says nothing.
_SAME_IN_PAST = {"quit", "hit", "put", "cut", "set", "shut", "let", "split", "spread", "beat", "hurt", "burst", "cast"}


_GOING_ON = {"go", "keep", "continue", "persist"}
_WEEKDAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
_STOPS = {"stop", "end", "cease", "halt", "suspend", "pause"}
_HARMING = {"kill", "injure", "wound", "hurt", "harm", "maim", "hit", "strike", "claim"}
_DEFINITE = {"the", "this", "that", "these", "those"}
_ARGUMENT = {"dobj", "nsubj", "nsubjpass", "attr", "oprd", "appos", "compound"}
# Prepositions whose clause is no complement of the verb above.
_BESIDE = {"after", "before", "since", "despite", "by", "while", "upon", "besides", "when", "because", "until"}
# Verbs by which somebody takes part in an act that stands behind "in" or "into".
_PARTAKING = {"draw", "drag", "engage", "involve", "participate", "take", "pull", "lure"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """`status` of READING.md; or "requested", "purpose", "unrealised" for acts that are only asked for, aimed at
    or put under a condition, and "ended" for those that are named because they stop."""

    status: str
    negated: bool
    rules: tuple[tuple[str, Token], ...] = ()
    governor: Token | None = None


@cache
def rules() -> StatusRules:
    return load("status", StatusRules)


@cache
def _effects() -> dict[str, tuple[str, str]]:
    return {w: (r.effect, r.id) for r in reversed(rules().rules) for w in r.words}


@cache
def _turned(table: str) -> dict[str, str]:
    mapping: dict[str, tuple[str, ...]] = getattr(rules(), table)
    return {w: effect for effect, words in mapping.items() for w in words}


def judge(act: Token, *, headline: bool, verbal: bool, durative: bool = False, speech: bool = False) -> Judgement:
    """Status and polarity of the act at `act`. `verbal` acts are judged from their own verb upwards; nouns from
    the verb that governs them. `durative` nouns ("fighting") go on unless something says otherwise. A present tense
    tells of what is done at once in the saying (`speech`), or is over when told, as of an act that goes on."""
    state = _State()
    if verbal:
        _climb(act, state, headline, speech)
    else:
        _noun(act, state, headline, durative)
    return Judgement(state.status or "occurred", state.negated, tuple(state.rules), state.governor)


class _State:
    """What has been found on the way up; the first decisive word wins, negations add up once."""

    def __init__(self) -> None:
        self.status: str | None = None
        self.negated = False
        self.rules: list[tuple[str, Token]] = []
        self.governor: Token | None = None

    def settle(self, status: str, rule: str, token: Token) -> None:
        if self.status is None or (self.status == "planned" and status == "ordered"):
            self.status = status
            self.rules.append((rule, token))
            self.governor = token

    def deny(self, token: Token, rule: str = "status.negated") -> None:
        self.negated = True
        self.rules.append((rule, token))


def _climb(verb: Token, state: _State, headline: bool, speech: bool = False) -> None:
    token = verb
    _held(verb, state)
    for _ in range(8):
        _own_clause(token, state, headline, first=token == verb, speech=speech)
        head = token.head
        if head == token:
            break
        gone_on = head.lemma_ == "go" and any(c.lower_ == "on" and c.dep_ == "prt" for c in head.children)
        if token.dep_ == "advcl" and gone_on:
            if head.tag_ in ("VBZ", "VBP"):
                state.settle("ongoing", "status.ongoing", head)     # "go on shelling the town"
            token = head
            continue
        if token.dep_ in ("xcomp", "ccomp", "pcomp", "acl", "advcl", "dobj") and (
            not _finite(token) or _subjunctive(token)
        ):
            if token.dep_ == "acl" and token.tag_ == "VBN":
                break               # "the pause agreed in May": told of the noun, not governed by it
            above = head
            if token.dep_ == "pcomp" and head.dep_ == "prep":
                if _of_terms(head, _holder(head)):
                    state.settle("unrealised", "status.terms", head)
                    break
                if head.lower_ == "of" and head.head.lower_ == "instead":
                    state.settle("unrealised", "status.instead", head.head)
                    break
                if head.lower_ == "without":
                    state.deny(head)
                    break
                if head.lower_ in _BESIDE:
                    break           # "voted down after failing a test": told beside, not of, the verb above
                above = _holder(head)
            if token.dep_ == "advcl" and _whoever(head):
                state.settle("unrealised", "status.condition", head)    # "anyone caught firing in the air"
                break
            if token.dep_ == "advcl":
                if _has_to(token):
                    state.settle("purpose", "status.purpose", token)
                break
            if token.dep_ == "acl" and _called_off(above):
                state.deny(above, "status.adjective")
            if not _apply(above, state, token):
                if token.dep_ == "acl" and _has_to(token) and above.pos_ == "NOUN":
                    state.settle("purpose", "status.purpose", token)
                break
            token = above
            continue
        if token.dep_ == "conj" and head.pos_ in ("VERB", "AUX") and _shares_auxiliary(token):
            token = head
            continue
        if token.dep_ == "advcl" or any(c.dep_ == "mark" for c in token.children):
            _marked(token, state)
        break


def _held(verb: Token, state: _State) -> None:
    """A finite clause under a word of doubt: "fear that they will bomb it", "no evidence that they bombed it"."""
    if verb.dep_ not in ("ccomp", "acl") or not _finite(verb):
        return
    above = verb.head
    if above.pos_ == "NOUN" and above.lemma_.lower() in _turned("proofs") and negative_noun(above):
        state.deny(above)
    if _turned("doubted").get(above.lemma_.lower()) == "possible":
        state.settle("possible", "status.doubted", above)


def _holder(preposition: Token) -> Token:
    """The word a preposition hangs on; "of" hangs on the noun before it, a quotation mark between or not."""
    at = preposition.i - 1
    if preposition.lower_ == "of" and at > preposition.sent.start:
        before = preposition.doc[at - 1] if preposition.doc[at].is_quote else preposition.doc[at]
        if before.pos_ == "NOUN":
            return before
    return preposition.head


def _shares_auxiliary(verb: Token) -> bool:
    """"will attack and seize", "seek to divide and to destroy": the second verb has no subject and no auxiliary of
    its own, or "to" once more."""
    if _has_to(verb) and _has_to(verb.head):
        return not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    return verb.tag_ in ("VB", "VBG", "VBN") and not any(
        c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for c in verb.children
    )


def _finite(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBZ", "VBP"):
        return True
    return any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in verb.children)


def _subjunctive(verb: Token) -> bool:
    """"demanded that the government suspend the talks", whose verb the tagger takes for a present."""
    effect, _ = _effects().get(verb.head.lemma_.lower(), ("", ""))
    return (
        verb.dep_ == "ccomp" and (verb.tag_ == "VBP" or verb.lower_ in _SAME_IN_PAST) and effect == "requested"
        and verb.head.tag_ in ("VBD", "VBN") and any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children)
    )


def _has_to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _own_clause(verb: Token, state: _State, headline: bool, *, first: bool, speech: bool) -> None:
    """The clause's own auxiliaries, negation, tense and conjunction."""
    if is_negated(verb) or any(c.dep_ == "dobj" and _none_of(c) for c in verb.children):
        state.deny(verb)
    modals = _turned("modals")
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass") and child.tag_ == "MD" and child.lower_ in modals:
            state.settle(modals[child.lower_], "status.modal", child)
        if child.dep_ == "aux" and child.lower_ == "to" and verb.dep_ in ("ROOT", "ccomp") and headline:
            state.settle("planned", "status.headline-infinitive", child)
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and _has_to(verb):
        state.settle("planned", "status.is-to", verb.head)
    adverbs = _turned("adverbs")
    for child in verb.children:
        if child.dep_ == "advmod" and child.lower_ in adverbs and child.i < verb.i:
            if adverbs[child.lower_] == "negated":
                state.deny(child)
            else:
                state.settle(adverbs[child.lower_], "status.adverb", child)
    _marked(verb, state)
    if state.status is None and first and not headline and _on_a_day(verb):
        state.settle("planned", "status.futurate", verb)
    if state.status is None and _goes_on(verb, headline, first=first, speech=speech):
        state.settle("ongoing", "status.ongoing", verb)


def _on_a_day(verb: Token) -> bool:
    """"meets in Minsk on Wednesday", "begins tomorrow": a present tense with a day to come."""
    if verb.tag_ not in ("VBZ", "VBP") or verb.lower_ in _SAME_IN_PAST:
        return False
    days = [
        t for c in verb.children if c.dep_ in ("npadvmod", "advmod", "prep", "tmod")
        for t in ((c,) if c.dep_ != "prep" else tuple(p for p in c.children if p.dep_ == "pobj" and c.lower_ == "on"))
    ]
    ahead = [d for d in days if any(c.lower_ == "next" for c in d.children) or d.lower_ == "tomorrow"]
    return bool(ahead) or any(d.tag_ == "NNP" and d.lower_ in _WEEKDAYS for d in days)


def _none_of(thing: Token) -> bool:
    """"dropped no bombs", "threatened nobody"; whom a blow killed, hurt or hit is told as harm: "hurt nobody"."""
    if thing.lower_ in ("nobody", "none") and thing.head.lemma_ not in _HARMING:
        return True
    return thing.pos_ == "NOUN" and any(c.dep_ in ("det", "neg") and c.lower_ == "no" for c in thing.children)


def _goes_on(verb: Token, headline: bool, *, first: bool, speech: bool) -> bool:
    if verb.tag_ == "VBG":
        return any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children) and not is_passive(verb)
    if verb.tag_ == "VBP" and (verb.lower_ in _SAME_IN_PAST or _subjunctive(verb)):
        return False
    return verb.tag_ in ("VBZ", "VBP") and not headline and first and not speech


def _marked(verb: Token, state: _State) -> None:
    if _whoever(verb):
        state.settle("unrealised", "status.condition", verb.head)
    if verb.dep_ == "relcl" and _would_suffer(verb):
        state.settle("unrealised", "status.condition", verb.head)
    if _waited_for(verb):
        state.settle("unrealised", "status.condition", verb)
    markers = _turned("markers")
    if verb.dep_ == "advcl" and any(
        c.dep_ == "aux" and c.lower_ in ("had", "were", "should") and c.i == verb.left_edge.i for c in verb.children
    ):
        state.settle("unrealised", "status.condition", verb)    # "had they attacked, it would have failed"
    for child in verb.children:
        if child.dep_ in ("mark", "advmod") and child.lower_ in markers:
            state.settle("unrealised", "status.condition", child)


def _whoever(clause: Token) -> bool:
    """"anyone who fires", "any unit entering the camp", "to shell those who shell us": if somebody does."""
    noun = clause.head
    if any(c.lower_ == "whoever" and c.dep_ == "nsubj" for c in clause.children):
        return True
    if clause.dep_.startswith("csubj") and any(c.lower_ in ("anyone", "anybody") for c in clause.children):
        return True
    if clause.dep_ not in ("relcl", "acl"):
        return False
    if noun.lower_ in ("anyone", "anybody", "whoever", "anything"):
        return True
    if any(c.dep_ == "det" and c.lower_ in ("any", "every", "whichever") for c in noun.children):
        return clause.tag_ in ("VBZ", "VBP", "VBG")
    return noun.lower_ == "those" and clause.dep_ == "relcl" and (
        clause.tag_ in ("VBZ", "VBP") or (noun.head.tag_ == "VB" and not is_negated(noun.head))
    )


def _would_suffer(clause: Token) -> bool:
    """"any group which shelled it would be erased", "officers who broke the truce would be jailed": whoever does."""
    noun = clause.head
    open_ = not any(c.dep_ in ("det", "poss", "nummod") and c.lower_ != "any" for c in noun.children)
    above = noun.head
    return (
        noun.pos_ in ("NOUN", "PRON") and open_ and noun.dep_ in ("nsubj", "nsubjpass") and clause.tag_ == "VBD"
        and any(c.tag_ == "MD" and c.dep_ == "aux" for c in above.children)
    )


def _waited_for(clause: Token) -> bool:
    """"would not sit down until they gave the camp back": a term that is set."""
    if clause.dep_ != "advcl" or not any(c.lower_ == "until" and c.i < clause.i for c in clause.children):
        return False
    around = [clause.head, *(c for c in clause.head.children if c.dep_ == "ccomp")]
    return any(is_negated(v) and any(c.tag_ == "MD" for c in v.children) for v in around)


def _apply(above: Token, state: _State, act: Token) -> bool:
    """What the word above makes of the act; false when it says nothing and the climb ends."""
    lemma = _with_particle(above)
    effect, rule = _effects().get(lemma, ("", ""))
    if told_by_a_text(above):
        state.settle("unrealised", "status.terms", above)       # "the deal obliges them to withdraw"
    if lemma in _GOING_ON and above.tag_ in ("VBZ", "VBP") and act.dep_ == "xcomp":
        state.settle("ongoing", "status.ongoing", above)        # "go on arming them"
    if lemma == "close" and above.pos_ in ("ADV", "ADJ"):
        effect, rule = "possible", "status.possible"    # "came close to striking"
    if lemma in _turned("held") and _has_to(act):
        effect, rule = _turned("held")[lemma], "status.held"
    if lemma == "go" and above.tag_ == "VBG" and _has_to(act):
        effect, rule = "planned", "status.planned"
    if lemma == "use" and not is_passive(above) and any(c.dep_ == "dobj" and c.i < act.i for c in above.children):
        effect, rule = "carried", "status.carried"      # "used the lull to move tanks"
    if lemma == "able" and _past(above.head):
        effect, rule = "carried", "status.carried"      # "was able to flee": and did
    if lemma == "have" and any(c.lower_ == "yet" for c in above.children) and _has_to(act):
        state.deny(above)           # "has yet to pull back"
        return True
    if not effect and not (above.pos_ == "NOUN" and lemma in _turned("nouns")):
        if above.pos_ == "VERB" and _has_to(act) and act.dep_ == "xcomp":
            state.settle("purpose", "status.purpose", above)
            return False
        return lemma == "be" or above.pos_ in ("VERB", "AUX")
    if effect == "negated" and lemma in _STOPS and act.tag_ == "VBG":
        state.settle("ended", rule, above)
    if effect == "negated":
        state.deny(above, rule)
        return True
    if above.pos_ == "NOUN" and not effect:
        of_noun = _turned("nouns")[lemma]
        state.settle("ended" if of_noun == "negated" else of_noun, "status.noun", above)    # "a pause in fighting"
        return True
    if effect == "ordered" and above.pos_ == "NOUN" and negative_noun(above):
        state.settle("unrealised", rule, above)     # "had no orders to let them pass"
    if effect == "planned" and lemma in ("hope", "wish", "want") and _had(above):
        state.settle("unrealised", rule, above)     # "had hoped to open the talks"
    if effect != "carried":
        state.settle(effect, rule, above)
    if above.pos_ == "NOUN" and negative_noun(above):
        state.deny(above)
    return True


def _had(verb: Token) -> bool:
    return verb.tag_ == "VBN" and any(c.dep_ == "aux" and c.lower_ in ("had", "'d") for c in verb.children)


def _with_particle(verb: Token) -> str:
    """"rule out", "call off": the verb and its particle where a rule knows the two together."""
    lemma = verb.lemma_.lower()
    joined = (f"{lemma} {c.lower_}" for c in verb.children if c.dep_ in ("prt", "advmod") and c.i > verb.i)
    return next((j for j in joined if j in _effects()), lemma)


def _noun(noun: Token, state: _State, headline: bool, durative: bool) -> None:
    if negative_noun(noun):
        state.deny(noun)
    if _called_off(noun):
        state.deny(noun, "status.adjective")
    ahead = [c for c in noun.children if c.dep_ in ("acl", "relcl", "xcomp") and _has_to(c)]
    if noun.dep_ == "ROOT" and any(c.lemma_.lower() in words("holding") for c in ahead):
        state.settle("planned", "status.headline-infinitive", noun)     # "Talks to resume on Monday"
    adjectives = _turned("adjectives")
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "det", "nmod") and adjectives.get(child.lower_, "negated") != "negated":
            state.settle(adjectives[child.lower_], "status.adjective", child)
    head = noun.head
    token = noun
    if state.status == "ongoing" and noun.dep_ in ("nsubj", "nsubjpass") and _past(head):
        state.status = None         # "fierce clashes left forty dead": over
    while token.dep_ == "conj" and head.pos_ in ("NOUN", "PROPN"):
        token, head = head, head.head
    if state.status is not None and state.status != "ongoing":
        return
    if token.dep_ == "pobj":
        _behind_preposition(head, state)
        if state.status is None and durative and not state.negated:
            state.settle("ongoing", "status.durative", noun)
        return
    if token.dep_ in _ARGUMENT and head.pos_ in ("VERB", "AUX"):
        _governed(head, token, state, headline)
    if state.status is None and durative and not _past(head):
        state.settle("ongoing", "status.durative", noun)


def told_by_a_text(verb: Token) -> bool:
    """"the accord forbids …", "a truce that calls for …": what the words of a deal ask, bar or allow is no act."""
    if verb.lemma_.lower() not in words("providing"):
        return False
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    if verb.tag_ == "VBZ" and any(s.lower_ in ("it", "this") for s in subjects):
        return verb.lemma_.lower() in (
            "call", "provide", "oblige", "forbid", "prohibit", "stipulate", "bind", "require"
        )
    relative = verb.dep_ == "relcl" and all(s.lower_ in ("which", "that") for s in subjects)
    return any(h.lemma_.lower() in words("text") for h in ([verb.head] if relative else subjects))


def _called_off(noun: Token) -> bool:
    """"a foiled attack", "the now-cancelled visit"."""
    adjectives = _turned("adjectives")
    return any(c.dep_ == "amod" and adjectives.get(c.lower_) == "negated" for c in noun.children)


def _behind_preposition(preposition: Token, state: _State) -> None:
    if preposition.lower_ == "without":
        state.deny(preposition)
        return
    above = preposition.head
    if _of_terms(preposition, above):
        state.settle("unrealised", "status.terms", above)
        return
    if preposition.lower_ == "of" and above.lower_ in ("short", "instead"):
        state.settle("unrealised", "status.instead", above)     # "stopped short of an attack"
        return
    if preposition.lower_ in ("into", "in") and above.pos_ == "VERB" and above.lemma_.lower() in _PARTAKING:
        _climb(above, state, headline=False, speech=True)
    nouns = _turned("nouns")
    if above.lower_ == "ahead" or preposition.lower_ == "before":
        state.settle("planned", "status.ahead", preposition)
    if above.pos_ == "NOUN" and above.lemma_.lower() in nouns:
        effect = nouns[above.lemma_.lower()]
        state.settle("ended" if effect == "negated" else effect, "status.noun", above)
    adjectives = _turned("adjectives")
    for child in above.children:
        if child.dep_ == "amod" and adjectives.get(child.lower_, "ongoing") not in ("ongoing", "negated"):
            state.settle(adjectives[child.lower_], "status.adjective", child)
    if above.pos_ in ("VERB", "AUX") and above.lemma_.lower() in ("call", "appeal", "press", "plead"):
        state.settle("requested", "status.requested", above)
    behind = f"{above.lemma_.lower()} {preposition.lower_}"
    if above.pos_ == "VERB" and behind in _turned("behind"):
        state.settle(_turned("behind")[behind], "status.behind", above)


def _of_terms(preposition: Token, above: Token) -> bool:
    """What a text provides for or is about: "the deal allows for aid deliveries", "a declaration on disarmament"."""
    if above.pos_ in ("VERB", "AUX"):
        signed = [c for c in above.children if c.dep_ == "dobj" and c.lemma_.lower() in _turned("texts")]
        if signed and preposition.lower_ in ("on", "about", "regarding", "concerning"):
            return True             # "signed a declaration on disarmament"
        return preposition.lower_ == "for" and above.lemma_.lower() in ("allow", "provide")
    return preposition.lower_ in ("on", "about", "regarding", "concerning", "for") and above.lemma_.lower() in (
        _turned("texts")
    )


def _governed(verb: Token, noun: Token, state: _State, headline: bool) -> None:
    """A noun that is the subject or object of a verb takes over what is said of that verb."""
    lemma = _with_particle(verb)
    effect, rule = _effects().get(lemma, ("", ""))
    as_object = noun.dep_ in ("dobj", "nsubjpass")
    if as_object and told_by_a_text(verb):
        state.settle("unrealised", "status.terms", verb)        # "the deal forbids attacks"
        return
    if as_object and lemma in _turned("ending"):
        state.settle("ended", "status.noun", verb)
        return
    if noun.dep_ == "nsubj" and lemma in ("stop", "end", "cease", "halt"):
        state.settle("ended", "status.noun", verb)
        return
    if lemma in _turned("telling"):
        return
    if lemma in _STOPS and as_object and verb.tag_ == "VBG" and verb.dep_ in ("advcl", "pcomp", "acl"):
        state.settle("ended", "status.purpose", verb)       # "a memorandum on ending hostilities"
        return
    if effect == "negated" and as_object and _has_to(verb) and verb.dep_ in ("advcl", "acl", "xcomp", "relcl"):
        state.settle("ended", "status.purpose", verb)       # "a bid to stop the shelling"
        return
    if effect == "negated" and lemma in ("reject", "veto", "refuse", "decline") and (
        noun.lemma_.lower() in _turned("told")
    ):
        return                      # a proposal that is turned down was made
    if effect and effect != "carried" and as_object and lemma not in (
        "call", "have", "need", "tell", "see", "undertake"
    ):
        if effect == "negated":
            state.deny(verb, rule)
        else:
            state.settle(effect, rule, verb)
        if is_negated(verb):
            state.deny(verb)
        return
    if noun.dep_ == "nsubj" and verb.lemma_ == "be" and any(
        c.dep_ == "xcomp" and _has_to(c) and c.lemma_.lower() in words("holding") for c in verb.children
    ):
        state.settle("planned", "status.is-to", verb)       # "talks are to open"
    known = noun.dep_ == "dobj" and _is_known(noun) and lemma not in words("light")
    before = state.negated
    _climb(verb, state, headline, speech=True)
    if known and not before and state.negated:
        state.negated = False       # "did not meet my duties": what is spoken of as known is there


def _is_known(noun: Token) -> bool:
    return any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in _DEFINITE) for c in noun.children)


def _past(verb: Token) -> bool:
    return verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in verb.children if c.dep_ in ("aux", "auxpass"))
