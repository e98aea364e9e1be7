"""Candidates: which words of a paragraph tell of an act, by which rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from trucewatch.language.clauses import Roles, prepositions, roles
from trucewatch.language.phrases import conjuncts
from trucewatch.reading.shared import Mentioned, Mentions
from trucewatch.reading.status import told_by_a_text
from trucewatch.rules.events import EventRule, VerbPattern, noun_patterns, verb_patterns, words

_PARTICLES = {"off", "up", "down", "out", "back", "away", "over"}
SPEAKERS = {
    "person", "government", "military", "armed_group", "political_group", "organization", "media", "population",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that tells of an act: its head, the words that make it up, the rule, its arguments."""

    token: Token
    span: tuple[int, int]
    rule: EventRule
    verbal: bool
    roles: Roles
    pattern: str
    noun: Token | None = None       # the noun that a verbal trigger takes up: "imposed a curfew"


def candidates(paragraph_index: int, sentence: TokenSpan, mentions: Mentions, war: bool) -> Iterator[Candidate]:
    """The candidates of a sentence; `war` says whether the page so far has spoken of armed things."""
    war = war or war_words(sentence)
    found = list(_each(paragraph_index, sentence, mentions, war))
    taken = {c.noun for c in found}
    yield from (c for c in found if c.verbal or c.token not in taken)      # "imposed a curfew" is told once


def _each(paragraph_index: int, sentence: TokenSpan, mentions: Mentions, war: bool) -> Iterator[Candidate]:
    for token in sentence:
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("compound", "amod"):
            found = _verb(paragraph_index, token, mentions, war)
            if found is not None:
                yield found
                continue
        found = _noun(paragraph_index, token, mentions, war)
        if found is not None:
            yield found


def _warlike(index: int, verb: Token, rule: EventRule, parts: Roles, mentions: Mentions, war: bool) -> bool:
    """Armed things in the sentence besides the trigger; or on the page, when people are the verb's parts.

    Who dies or is hurt has violence beside it, not only ministers and police.
    """
    if _beside(verb, "violent" if rule.harm is not None else "war"):
        return True
    people = [mentions.at(index, _counted(t).i) for t in (*parts.agents, *parts.patients)]
    return war and any(m is not None and m.kind in SPEAKERS for m in people)


def _beside(token: Token, name: str) -> bool:
    """Whether another word of the sentence is in the set of this name."""
    return any(t != token and t.lemma_.lower() in words(name) for t in token.sent)


def _in_good_company(token: Token, key: str, rule: EventRule) -> bool:
    """A trigger that has two lives ("strike", "march", "beat") is told by the words of its sentence."""
    if key in rule.needs_beside and not _beside(token, rule.needs_beside[key]):
        return False
    return key not in rule.not_beside or not _beside(token, rule.not_beside[key])


def war_words(sentence: TokenSpan) -> bool:
    """Whether a sentence speaks of armed violence."""
    return any(t.lemma_.lower() in words("violent") for t in sentence)


# ------------------------------------------------------------------ verbs


def _verb(index: int, verb: Token, mentions: Mentions, war: bool) -> Candidate | None:
    patterns = verb_patterns().get(verb.lemma_.lower())
    if patterns is None or told_by_a_text(verb) or _scored(verb):
        return None
    parts = _cut_short(verb, roles(verb))
    for pattern in patterns:
        matched = _matches(verb, pattern, parts)
        if matched is None or not _allowed(index, verb, pattern, parts, mentions, war):
            continue
        if not _in_good_company(verb, pattern.text, pattern.rule):
            continue
        end, noun = matched
        parts = _what_of_it(index, verb, pattern.rule, parts, mentions)
        if pattern.noun is not None:
            parts = _with_noun_preps(parts, pattern.noun)
        elif pattern.words and not parts.patients and not parts.passive:
            parts = replace(parts, patients=_behind_particle(verb, pattern.words[-1]))
        return Candidate(verb, (verb.i, end), pattern.rule, True, parts, pattern.text, noun)
    return None


def _cut_short(verb: Token, parts: Roles) -> Roles:
    """"Monitors turned away at checkpoint", "Market bombed": a past tense without an object, in a line without a full
    stop, is a passive whose auxiliary a headline leaves out."""
    if verb.tag_ not in ("VBD", "VBN") or verb.lemma_.lower() not in words("cut_short") or parts.passive:
        return parts
    if parts.patients or not parts.agents or verb.sent[-1].is_punct:
        return parts
    if verb.dep_ not in ("ROOT", "conj", "ccomp", "dep"):
        return parts
    if any(c.dep_ in ("aux", "ccomp", "xcomp", "dobj", "oprd") for c in verb.children):
        return parts
    if verb.lemma_ in ("hit", "strike", "shoot") and any(c.lower_ == "back" for c in verb.children):
        return parts                # "rebels hit back"
    return replace(parts, agents=parts.preps.get("by", ()), patients=parts.agents, passive=True)


def _what_of_it(index: int, verb: Token, rule: EventRule, parts: Roles, mentions: Mentions) -> Roles:
    """"a barracks in the district, seized by rebels": behind a comma, the thing and not the place it is in."""
    place = verb.head
    if verb.dep_ != "acl" or not parts.passive or verb.i == 0 or verb.nbor(-1).text != "," or place.dep_ != "pobj":
        return parts
    thing, mention = place.head.head, mentions.at(index, place.i)
    if place.head.lower_ not in ("in", "at", "near", "of") or thing.pos_ != "NOUN" or mention is None:
        return parts
    if mention.kind != "place" or (rule.objects and not _in(index, thing, rule.objects, mentions)):
        return parts
    return replace(parts, patients=(thing,))


def _matches(verb: Token, pattern: VerbPattern, parts: Roles) -> tuple[int, Token | None] | None:
    """The last token of the trigger and the noun it takes up, or None when the pattern's words are not there."""
    end = verb.i
    hit = None
    for word in pattern.words:
        particles = (c for c in verb.children if c.lower_ == word and c.i > verb.i)
        found = next((c for c in particles if word == "until" or not _of_time(c)), None)
        if found is None or (word in _PARTICLES and parts.patients and _governs(found)):
            return None
        if found.i <= end + 3 and found.dep_ in ("prt", "advmod", "xcomp", "ccomp"):
            end = found.i
    if pattern.noun is not None:
        if pattern.words:
            governed = [
                t for c in verb.children if c.lower_ == pattern.words[-1] for t in c.children if t.dep_ == "pobj"
            ]
            governed += [c for c in verb.children if c.dep_ == "dobj"]
        else:
            governed = list(parts.patients)
        hit = next((t for t in governed if pattern.noun in _told_nouns(t)), None)
        if hit is None or (hit == verb.head and verb.dep_ == "acl" and pattern.noun == "hostage"):
            return None             # "the hostages held in the camp": a state
        if verb.i < hit.i <= end + 4:
            end = hit.i
    if pattern.adjective is not None:
        behind = [*verb.children, *(g for p in parts.patients for g in p.children)]
        adjective = next((c for c in behind if c.lower_ == pattern.adjective and c.i > verb.i), None)
        if adjective is None:
            return None
        end = max(end, adjective.i)
    return end, hit


def _told_nouns(head: Token) -> set[str]:
    """What an object is, by its own words or by those it holds: "part of its aid", "an aid programme"."""
    counted = _counted(head)
    if counted.lemma_.lower() in ("day", "week", "hour", "session"):      # "a second day of talks"
        counted = next((p for p in prepositions(counted).get("of", ())), counted)
    names = {head.lemma_.lower(), _joined_lemma(head), counted.lemma_.lower()}
    if counted.lemma_.lower() in words("container"):
        names |= {c.lemma_.lower() for c in counted.children if c.dep_ in ("compound", "nmod")}
    return names


def _behind_particle(verb: Token, particle: str) -> tuple[Token, ...]:
    """"flew in forty tonnes of food", where the parser took the particle for a preposition: the tonnes."""
    if particle not in _PARTICLES | {"in", "on", "through", "for"}:
        return ()
    return tuple(
        t for c in verb.children if c.lower_ == particle and c.dep_ == "prep" and c.i == verb.i + 1
        for p in c.children if p.dep_ == "pobj" for t in conjuncts(p)
    )


def _with_noun_preps(parts: Roles, noun: str) -> Roles:
    """"imposed sanctions on the bank": what hangs on the trigger's noun counts as hung on its verb."""
    preps = dict(parts.preps)
    governed = [t for objects in parts.preps.values() for t in objects]     # "laid it at the door of the junta"
    for head in (*parts.patients, *governed):
        if noun in _told_nouns(head):
            for name, objects in (*prepositions(head).items(), *prepositions(_counted(head)).items()):
                preps.setdefault(name, objects)
    return replace(parts, preps=preps)


def _governs(particle: Token) -> bool:
    """"cut two years off the term": with an object on either side, the word is no part of the verb."""
    return any(c.dep_ == "pobj" for c in particle.children)


def _of_time(preposition: Token) -> bool:
    """"called on Sunday": the preposition brings in a date, not a part of the verb."""
    return any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in preposition.children)


def _allowed(
    index: int, verb: Token, pattern: VerbPattern, parts: Roles, mentions: Mentions, war: bool
) -> bool:
    rule = pattern.rule
    key = pattern.text
    if key in rule.needs_war and not _warlike(index, verb, rule, parts, mentions, war):
        return False
    if key in rule.in_words and not _with_words(index, verb, parts, mentions, war):
        return False
    if key in rule.not_in_words and _with_words(index, verb, parts, mentions, war):
        return False
    if _retort(verb):
        return False
    agents, patients = parts.agents, parts.patients or tuple(_small_clause_subject(verb))
    if pattern.words and not patients and not parts.passive:
        patients = _behind_particle(verb, pattern.words[-1])
    if rule.transitive and not patients:
        return False
    if rule.passive_only and not parts.passive:
        return False
    if rule.not_prep and any(name in parts.preps for name in rule.not_prep):
        return False
    if any(c.lower_ in rule.not_particle.get(key, ()) for c in verb.children):
        return False
    if rule.type == "SUPPORT" and verb.dep_ == "acl" and (not agents or pattern.noun is None):
        return False
    if key in rule.intransitive and any(c.dep_ in ("dobj", "ccomp") for c in verb.children):
        return False
    if rule.not_subjects and any(_in(index, t, rule.not_subjects, mentions) for t in agents[:1]):
        return False
    if rule.not_bearing and any(_bears(t, rule.not_bearing) for t in agents[:1]):
        return False
    if rule.type == "CONSULT" and any(t.lower_.endswith(("self", "selves")) for t in patients):
        return False
    if rule.type == "CONSULT" and parts.passive and "with" in parts.preps and verb.lemma_.lower() == "meet":
        return False                # "was met with protests"
    aimed = (*patients[:1], *parts.preps.get("with", ()))
    if verb.dep_ in ("relcl", "acl") and not patients and agents:
        aimed = (verb.head, *aimed)     # "a claim that they brush aside"
    if rule.not_objects and any(_in(index, t, rule.not_objects, mentions) for t in aimed):
        return False
    if rule.type == "REQUEST" and any(t.lower_ in ("nobody", "nothing") for t in parts.preps.get("for", ())):
        return False                # "asked for nothing in return"
    if any(t.lemma_.lower() in words("idle") for name in ("on", "over") for t in parts.preps.get(name, ())):
        return False                # "fired on all cylinders", "traded shots over a recipe"
    if rule.harm in ("killed", "injured") and _mishap(verb, parts):
        return False
    if rule.type == "ASSAULT" and verb.lemma_ in words("collide") and agents and _is_traffic(agents[0], verb):
        return False                # "the lorry broke through a rail and hit a bus"
    if rule.subjects and agents and not any(_in(index, t, rule.subjects, mentions) for t in agents):
        return False
    if rule.subjects and not agents and (rule.needs_subject or not parts.passive):
        return False
    if key in rule.needs_object and not any(_in(index, t, rule.objects, mentions) for t in patients):
        return False
    if not rule.needs_object and rule.objects and patients and pattern.noun is None and not any(
        _in(index, t, rule.objects, mentions) for t in patients
    ):
        return False
    wanted = rule.needs_prep.get(pattern.verb)
    if wanted is not None and not _has_preposition(parts, (wanted,) if isinstance(wanted, str) else wanted):
        return False
    if key in rule.bare_object and any(
        c.dep_ in ("oprd", "acomp", "ccomp", "xcomp") and c.tag_ not in ("VB", "VBG") for c in verb.children
    ):
        return False                # "called him a liar" is no call
    if rule.needs_agent and not _speaks(index, agents, mentions):
        return False
    if rule.needs_hostile and verb.lemma_.lower() in ("warn", "caution") and _of_others(index, verb, agents, mentions):
        return False
    if rule.needs_speaker and not parts.passive and not _speaks(index, agents, mentions):
        return False
    return _clause_conditions(verb, key, rule)


def _scored(verb: Token) -> bool:
    """"were slaughtered 5-0 by Ghana": a score stands behind the verb."""
    behind = verb.doc[verb.i + 1 : verb.i + 5].text
    return re.match(r"\d{1,2}\s?[-–]\s?\d{1,2}(?= (by|in|to|at)\b|[,.])", behind) is not None


def _retort(verb: Token) -> bool:
    """"shot back: …", "fired back that …": answered in words."""
    back = next((c for c in verb.children if c.lower_ == "back" and c.i == verb.i + 1), None)
    if back is None or back.i + 1 >= len(verb.doc):
        return False
    told = any(c.dep_ == "ccomp" and any(g.lower_ == "that" for g in c.children) for c in verb.children)
    return told or back.nbor().text == ":"


def _with_words(index: int, verb: Token, parts: Roles, mentions: Mentions, war: bool) -> bool:
    """"attacked the senator for hoarding wealth": what one named speaker does to another, nothing armed being told."""
    held = ("@settlement", "@place", "@troop")
    if _beside(verb, "violent") or any(_in(index, t, held, mentions) for t in parts.patients):
        return False
    for_what = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("for", "over", "as")]
    if any(g.dep_ == "pcomp" for c in for_what for g in c.children):
        return True
    speakers = [m for t in parts.agents if (m := mentions.at(index, t.i)) is not None]
    named = any(m.kind == "person" and m.form != "nominal" and m.sector != "MIL" for m in speakers)
    official = any(t.lemma_.lower() in words("politician") for t in parts.agents)
    return not war and (named or official) and not parts.passive


def _has_preposition(parts: Roles, names: tuple[str, ...]) -> bool:
    """On the verb, or on its object, where the parser hung it: "returned the skulls to Peru"."""
    inner = [g for p in parts.patients for c in p.children if c.dep_ == "prep" for g in c.children]
    hung = {name for head in (*parts.patients, *inner) for name in prepositions(head)}
    return any(name in parts.preps or name in hung for name in names)


def _mishap(token: Token, parts: Roles) -> bool:
    """Death and injury by a cause that is no violence: "died of cancer", "killed when a bus overturned"."""
    causes = list(parts.agents if token.lemma_.lower() not in ("die", "perish") else ())
    for name in ("of", "with", "from", "in", "by", "after", "during", "to", "due to", "because of"):
        causes += parts.preps.get(name, ())
    if any(_harmless(c) for c in causes):
        return True
    if token.lemma_.lower() in ("die", "perish", "death") and _of_nature(parts):
        return True
    clauses = [c for c in token.children if c.dep_ == "advcl"]
    if token.dep_ in ("advcl", "xcomp") and token.tag_ == "VBG":
        clauses.append(token.head)
    own = {t.i for t in token.subtree}
    return any(
        c.lemma_.lower() in words("mishap_act")
        and not {t.lemma_.lower() for t in c.subtree if t.i not in own or c in token.children} & words("violent")
        for c in clauses
    )


def _of_nature(parts: Roles) -> bool:
    """What people die of is an illness unless it speaks of violence: "died of a rare disorder", "of his wounds"."""
    causes = parts.preps.get("of", ())
    violent = words("violent") | words("wounds")
    return bool(causes) and all(
        c.tag_ in ("NN", "NNS") and c.lemma_.lower() not in words("person") | words("quantity")
        and not {t.lemma_.lower() for t in c.subtree} & violent for c in causes
    )


def _is_traffic(cause: Token, verb: Token) -> bool:
    """A vehicle or whoever drives it, in a sentence that speaks of nothing armed but by the verb itself."""
    armed = words("violent") - {"kill", "wound", "massacre"}
    return cause.lemma_.lower() in words("traffic") and not any(
        t.lemma_.lower() in armed for t in cause.sent if t != verb
    )


def _harmless(cause: Token) -> bool:
    """"a fire", but not "mortar fire"; "a heart attack", but not "an attack"."""
    told = {c.lemma_.lower() for c in cause.children if c.dep_ in ("compound", "amod", "nmod")}
    if any(c.ent_type_ in ("NORP", "GPE") for c in cause.children if c.dep_ in ("compound", "amod", "nmod")):
        return False                # "killed by Israeli fire"
    if "heart" in told and cause.lemma_.lower() == "attack":
        return True
    if cause.lower_ == "fire" and not told and {"from", "by"} & {c.lower_ for c in cause.children} and not any(
        c.dep_ in ("det", "poss") for c in cause.children
    ):
        return False                # "fire from the ridge", but not "a fire from a stove"
    if _is_traffic(cause, cause):
        return True                 # "killed by a drunk driver"
    return cause.lemma_.lower() in words("mishap") and not told & (
        words("projectile") | words("platform") | words("side") | words("troop")
        | {"small-arms", "friendly", "return", "heavy", "enemy", "hostile"}
    )


def _clause_conditions(verb: Token, key: str, rule: EventRule) -> bool:
    clauses = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl", "acl") and c.i > verb.i]
    if rule.finite_only:            # "the army has shelled the school, the council protested"
        clauses += [c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i]
    if key in rule.needs_clause:
        addressed = bool(roles(verb).patients)
        wanted = [c for c in clauses if _infinitive(c) and (addressed or any(g.dep_ == "nsubj" for g in c.children))]
        told = [c for c in clauses if c.dep_ == "ccomp" and not _is_question(c)]
        if rule.finite_only:
            wanted = []
        if not wanted and (rule.infinitive_only or not told):
            return False
    if rule.obliges and not any(_obliged(c) and not _of_oneself(c) for c in clauses):
        return False
    if rule.needs_cooperative and not any(
        g.lemma_.lower() in words("cooperative") for c in verb.children if c.dep_ == "acomp" for g in c.children
        if g.dep_ == "xcomp"
    ):
        return False
    if rule.id == "agree.accept" and any(c.dep_ == "ccomp" and _as_a_fact(c) for c in verb.children):
        return False                # "agreed that the book was dull": of one mind, bound to nothing
    if key in rule.needs_act and not any(c.lemma_.lower() in words(rule.needs_act[key]) for c in clauses):
        return False
    if key in rule.needs_aim and not _has_aim(verb):
        return False
    aside = rule.needs_hostile and verb.dep_ == "parataxis"     # "but, he warned, the army would crush them"
    text = {t.lemma_.lower() for t in (verb.head if aside else verb).subtree if t.i > verb.i}
    if rule.needs_hostile:          # "'We will crush them,' he warned"
        front = (c for c in verb.children if c.dep_ in ("ccomp", "parataxis") and c.i < verb.i)
        text |= {t.lemma_.lower() for c in front for t in c.subtree}
    if rule.needs_hostile and not aside and verb.lemma_.lower() in ("warn", "caution"):
        told_clauses = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp", "parataxis")]
        behind = {o.lemma_.lower() for o in prepositions(verb).get("of", ())}
        if not told_clauses and not behind & words("reprisal"):
            return False            # "warned of a civil war" foresees it
    if rule.needs_hostile and text & words("punitive"):
        return True
    if rule.needs_negative and any(c.lower_ == "what" for c in verb.children):
        return False                # "what it called a breach" names, and does not charge
    if rule.needs_negative and not text & words("negative"):
        return False
    return not (rule.needs_hostile and not text & words("hostile"))


def _has_aim(verb: Token) -> bool:
    """"gathered to protest", "gathered, demanding his release", "gathered for a rally"."""
    aims = [c for c in verb.children if c.dep_ in ("xcomp", "advcl", "conj", "ccomp", "dep", "acl")]
    aims += [c for c in verb.subtree if c.i > verb.i and c.tag_ == "VB" and _infinitive(c)]    # hung on a place
    if any(a.lemma_.lower() in words("protesting") for a in aims):
        return True
    nouns = words("crowd") | {"march", "rally", "sit-in", "vigil"}
    behind = prepositions(verb)
    if any(name in behind for name in ("in support", "in commemoration", "in solidarity", "in protest", "in favor")):
        return True
    if behind.get("against") or behind.get("in support"):
        return True
    names = ("for", "in", "in front")
    return any(o.lemma_.lower() in nouns for name in names for o in behind.get(name, ()))


def _is_question(clause: Token) -> bool:
    """"asked whether", "asked what"."""
    return any(c.lower_ in ("whether", "if", "what", "who", "how", "why", "when", "where") for c in clause.children)


def _infinitive(clause: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)


def _obliged(clause: Token) -> bool:
    if any(c.dep_ == "aux" and c.lower_ in ("must", "should", "ought") for c in clause.children):
        return True
    return clause.lemma_.lower() in ("need", "have") and any(c.dep_ == "xcomp" for c in clause.children)


def _as_a_fact(clause: Token) -> bool:
    """A finite clause about what is or was, rather than about what is to be done."""
    auxiliaries = [c for c in clause.children if c.dep_ in ("aux", "auxpass")]
    if any(c.lower_ in ("to", "will", "would", "should", "must", "shall", "'ll", "'d") for c in auxiliaries):
        return False
    return clause.tag_ in ("VBD", "VBZ", "VBP") or any(c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in auxiliaries)


def _of_oneself(clause: Token) -> bool:
    """"argued that he should be excused": nothing is asked of another."""
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ in ("he", "she", "i", "we") for c in clause.children)


def _of_others(index: int, verb: Token, agents: tuple[Token, ...], mentions: Mentions) -> bool:
    """"warned that the republic could attack": foretold of another, no threat."""
    own = {m.entity for t in agents if (m := mentions.at(index, t.i)) is not None}
    for clause in (c for c in verb.children if c.dep_ == "ccomp"):
        subjects = [m for s in clause.children if s.dep_ == "nsubj" and (m := mentions.at(index, s.i)) is not None]
        could = any(c.lower_ in ("could", "may", "might") for c in clause.children)
        if any((m.form == "name" or could) and m.entity not in own for m in subjects):
            return True
    return False


def _small_clause_subject(verb: Token) -> list[Token]:
    """"helping the army fight": the army."""
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp") and child.i > verb.i and child.tag_ == "VB":
            return [g for g in child.children if g.dep_ == "nsubj"]
    return []


def objects_of(candidate: Candidate) -> list[Token]:
    found = list(candidate.roles.patients) or _small_clause_subject(candidate.token)
    if found or "=" not in candidate.pattern:
        return found
    words_behind = candidate.pattern.partition("=")[2]      # "leaving ten people dead": read as a clause of its own
    return [
        t for c in candidate.token.children if c.lower_ == words_behind for s in c.children if s.dep_ == "nsubj"
        for t in conjuncts(s)
    ]


def _speaks(index: int, agents: tuple[Token, ...], mentions: Mentions) -> bool:
    if not agents:
        return False
    return any(_can_speak(index, agent, mentions) for agent in agents)


def _can_speak(index: int, agent: Token, mentions: Mentions) -> bool:
    mention = mentions.at(index, agent.i)
    lemma = _counted(agent).lemma_.lower()
    if agent.pos_ == "PRON" or lemma in words("speaker") or lemma in words("person"):
        return True
    named = agent.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")
    if mention is None or mention.kind == "other":
        return named
    return mention.kind in SPEAKERS or (mention.kind == "place" and mention.form == "name")


def _bears(noun: Token, names: tuple[str, ...]) -> bool:
    """Whether what is said of a noun up to its clause's verb names one of these: "a convoy loaded with flour"."""
    return any(t != noun and t.lemma_.lower() in names for t in noun.subtree)


def _in(index: int, token: Token, names: tuple[str, ...], mentions: Mentions) -> bool:
    """Whether a head is one of the words of a rule, or of the sets and kinds that it names with @."""
    head, token = token, _counted(token)
    lemma = _joined_lemma(token)
    mention = mentions.at(index, token.i)
    for name in names:
        if not name.startswith("@"):
            if lemma == name or token.lower_ == name:
                return True
        elif name == "@number":
            if token.tag_ == "CD" or token.ent_type_ in ("ORDINAL", "CARDINAL"):
                return True
        elif name == "@place":
            if mention is not None and mention.kind == "place":
                return True
        elif name == "@name":
            if token.pos_ == "PROPN" and not (mention is not None and mention.kind == "place"):
                return True
        elif name == "@nationals":
            if token.ent_type_ == "NORP" and token.tag_ in ("NNS", "NNPS") and (head != token or any(
                c.dep_ == "nummod" for c in token.children
            )):
                return True
        elif name == "@person-name":
            if mention is not None and mention.kind == "person":
                return True
        elif lemma in words(name[1:]) or token.lower_ in words(name[1:]) or _kin(token, name, mention):
            return True
    return False


def _kin(token: Token, name: str, mention: Mentioned | None) -> bool:
    """People and forces that no list of nouns knows: numbers, pronouns, names."""
    if name == "@person":
        return (
            token.tag_ == "CD" or token.pos_ == "PRON" or token.ent_type_ in ("NORP", "PERSON")
            or (mention is not None and mention.kind in SPEAKERS)
        )
    return name == "@troop" and mention is not None and mention.kind in ("military", "armed_group")


def _counted(token: Token) -> Token:
    """"some of its troops": the troops."""
    if token.lemma_.lower() not in words("quantity"):
        return token
    inner = (p for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for p in c.children if p.dep_ == "pobj")
    return next(inner, token)


def _joined_lemma(token: Token) -> str:
    """"cease-fire", which the tokenizer takes apart, as one word."""
    if token.i > 1 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_:
        return f"{token.nbor(-2).lower_}-{token.lemma_.lower()}"
    return token.lemma_.lower()


# ------------------------------------------------------------------ nouns


def _noun(index: int, token: Token, mentions: Mentions, war: bool) -> Candidate | None:
    if token.ent_type_ == "DATE":
        return None
    joined = token.i > 1 and token.nbor(-1).text == "-"
    if not joined and (token.is_punct or token.pos_ in ("PRON", "DET", "ADP", "CCONJ", "SCONJ", "AUX")):
        return None
    for text, start in _noun_texts(token):
        for key, rule in noun_patterns().get(text, ()):
            if key in rule.needs_war and not (
                _beside(token, "war" if rule.harm is None else "violent") or (war and rule.harm is not None)
            ):
                continue
            if rule.harm in ("killed", "injured") and _mishap(token, Roles(preps=_noun_preps(token))):
                continue
            if _names_something(token) or not _in_good_company(token, key, rule):
                continue
            if key in rule.needs_modifier and not any(
                c.lower_ in words(rule.needs_modifier[key]) for c in token.children if c.dep_ in ("amod", "compound")
            ):
                continue
            if rule.type in ("ASSAULT", "PROTEST") and _in_words_only(token, rule.type):
                continue
            if _in_contrast(token) or (rule.type == "PROTEST" and _manner(token)):
                continue
            if rule.type in ("ASSAULT", "COERCE") and _set_on_by(token, "natural"):
                continue
            if rule.type == "CONSULT" and any(c.lower_ in ("press", "news") for c in token.children):
                continue
            parts = Roles(preps=_noun_preps(token))
            if key in rule.not_nouns and not _takes_part(token, parts):
                continue
            if key in rule.needs_of and not _takes_part(token, parts):
                continue
            if key in rule.needs_of and rule.harm is None and rule.objects and not any(
                _in(index, t, rule.objects, mentions) for t in (*parts.preps.get("of", ()), *_possessors(token))
            ):
                continue
            act = token.doc[start] if " of " in key and rule.type == "RETREAT" else token   # "exchange of prisoners"
            return Candidate(act, (start, token.i), rule, False, parts, key)
    return None


def _noun_texts(token: Token) -> Iterator[tuple[str, int]]:
    doc, i = token.doc, token.i
    lemma = token.lemma_.lower()
    if i >= 2 and doc[i - 1].text == "-":
        joined = f"{doc[i - 2].lower_}-{token.lower_}"
        yield joined, i - 2
        if joined.endswith("s"):
            yield joined[:-1], i - 2
        yield f"{doc[i - 2].lower_} {lemma}", i - 2
    if i >= 2 and doc[i - 1].lower_ == "of":
        yield f"{doc[i - 2].lemma_.lower()} of {lemma}", i - 2
    if i >= 1:
        yield f"{doc[i - 1].lower_} {lemma}", i - 1
        yield f"{doc[i - 1].lower_} {token.lower_}", i - 1
    if token.lower_ == "dead" and token.dep_ == "amod" and token.head.tag_ == "CD" and token.head.i == i - 1:
        yield "dead", i             # "12 dead, 30 wounded in blasts"
    if token.tag_ == "VBG" and token.dep_ == "amod" and _denied(token):
        yield token.lower_, i
    if token.dep_ in ("oprd", "amod") or (token.dep_ == "ccomp" and token.pos_ == "NOUN"):
        return
    if token.lower_ == "dead" and i > 0 and doc[i - 1].tag_ == "CD":
        yield "dead", i             # "from four to seven dead"
    bare_adjective = token.pos_ == "ADJ" and token.dep_ in ("dobj", "ROOT", "acomp", "pobj", "advmod")
    if token.pos_ in ("NOUN", "PROPN") or bare_adjective or (token.tag_ in ("VBG", "NN", "NNS") and token.dep_ in (
        "pobj", "dobj", "nsubj", "nsubjpass", "attr", "conj", "ROOT", "appos"
    )):
        if token.tag_ != "VBG":
            yield lemma, i
        elif any(c.dep_ in ("nsubj", "aux") for c in token.children):
            return                  # "are pushing for": a verb, not a push
        if token.lower_ != lemma or token.tag_ == "VBG":
            yield token.lower_, i


def _names_something(token: Token) -> bool:
    """A noun inside another noun's name ("attack helicopter", "Strike Force") tells of no act."""
    if token.ent_type_ in ("ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "FAC", "PERSON", "LAW") and token.pos_ == "PROPN":
        return True
    inside = token.dep_ in ("compound", "nmod", "amod") and token.head.i > token.i
    acting = token.lower_.endswith("ing") and (_charged(token.head) or _denied(token))
    return inside and not acting


def _in_words_only(noun: Token, type_: str) -> bool:
    """"a scathing attack", "a charm offensive", "a war of words", "non-violence": fought with words or not at all."""
    if any(c.lower_ in words("verbal") for c in noun.children if c.dep_ in ("amod", "compound", "nmod")):
        return True
    if noun.i > 1 and noun.nbor(-1).text == "-" and noun.nbor(-2).lower_ in ("non", "anti", "post", "pre"):
        return True
    preps = prepositions(noun)
    if any(t.lemma_.lower() in words("figurative") for t in preps.get("of", ())):
        return True                 # "a bombardment of questions"
    names = ("of", "over", "for") if type_ == "ASSAULT" else ("of",)
    return any(t.lemma_.lower() in words("wordy") for name in names for t in preps.get(name, ()))


def _in_contrast(noun: Token) -> bool:
    """"an answer, not an attack": what the act is said not to be."""
    left = min((c.i for c in noun.children if c.dep_ in ("det", "amod", "compound")), default=noun.i)
    at = next((i for i in (left, left - 1) if i > noun.sent.start and noun.doc[i].lower_ == "not"), None)
    return at is not None and (noun.doc[at - 1].is_punct or noun.doc[at - 1].lower_ in ("and", "but"))


def _manner(noun: Token) -> bool:
    """"resigned in protest at the delays": how another act is meant."""
    bare = not any(c.dep_ in ("det", "poss", "amod", "nummod", "compound") for c in noun.children)
    return bare and noun.tag_ == "NN" and noun.dep_ == "pobj" and noun.head.lower_ in ("in", "as")


def _set_on_by(noun: Token, name: str) -> bool:
    """"locusts launched an assault on the fields"."""
    holder = noun.head
    if noun.dep_ == "pobj" and holder.lower_ == "under":
        return holder.head.lemma_.lower() in words(name) or any(     # "the currency, under siege for weeks"
            c.lemma_.lower() in words(name) for c in holder.head.children if c.dep_ in ("nsubj", "nsubjpass")
        )
    if noun.dep_ != "dobj" or holder.lemma_.lower() not in words("light"):
        return False
    return any(t.lemma_.lower() in words(name) for t in roles(holder).agents)


def _denied(word: Token) -> bool:
    """"denied shelling homes", where the tagger took "shelling" for a modifier of the homes."""
    head = word.head
    return head.dep_ == "dobj" and head.head.lemma_.lower() in ("deny", "admit") and word.i == head.head.i + 1


def _charged(head: Token) -> bool:
    """"accused the force of bombing farms", where the tagger took "bombing" for a noun's modifier."""
    return head.dep_ == "pobj" and head.head.lower_ in ("of", "for", "from", "after", "by") and head.head.dep_ == "prep"


def _noun_preps(token: Token) -> dict[str, tuple[Token, ...]]:
    found = dict(prepositions(token))
    holder = token.head
    light = holder.pos_ == "VERB" and holder.lemma_.lower() in words("light") and not laid_elsewhere(holder)
    if token.dep_ in ("dobj", "nsubjpass") and light:
        for name, objects in prepositions(holder).items():
            if name in ("on", "against", "at", "between", "with") and name not in found:
                found[name] = objects
    if token.dep_ == "nsubj" and holder.lemma_.lower() in words("breaking_out"):
        for name, objects in prepositions(holder).items():
            if name in ("between", "with", "involving"):
                found.setdefault(name, objects)
    return found


def laid_elsewhere(verb: Token) -> bool:
    """"laid the attack at the door of the junta": laid to somebody's charge, not carried out."""
    return verb.lemma_ == "lay" and any(c.lower_ in ("at", "on") for c in verb.children)


def _possessors(noun: Token) -> list[Token]:
    return [c for c in noun.children if c.dep_ == "poss"]


def _takes_part(token: Token, parts: Roles) -> bool:
    """A noun of speech tells of an act when it has an owner or an aim, or is launched, filed or made."""
    if any(c.dep_ == "poss" for c in token.children):
        return True
    if token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_.lower() in words("light") - words("unmade"):
        return True
    return any(p in parts.preps for p in ("of", "by", "from", "into", "against"))


__all__ = ["SPEAKERS", "Candidate", "candidates", "laid_elsewhere", "objects_of", "war_words"]
