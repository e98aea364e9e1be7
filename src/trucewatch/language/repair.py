"""Mends what the small parser gets wrong in ways that the tags give away."""

from __future__ import annotations

import re
from itertools import groupby

from spacy.tokens import Doc, Span, Token

_ONE_CONSONANT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
_FINITE = {"VBD", "VBZ", "VBP"}
# What is changed of a word, and with it what has to be known to take that back.
_MENDED: list[int | str] = ["HEAD", "DEP", "TAG", "POS", "LEMMA"]
# Past tenses that the tagger now and then takes for an infinitive.
_PAST = {
    "froze": "freeze", "fled": "flee", "fought": "fight", "struck": "strike", "drove": "drive", "broke": "break",
    "took": "take", "withdrew": "withdraw", "swore": "swear", "stole": "steal", "shot": "shoot", "sought": "seek",
    "rang": "ring", "spoke": "speak", "slew": "slay", "tore": "tear", "threw": "throw", "gave": "give",
    "retook": "retake", "overran": "overrun", "overtook": "overtake", "undertook": "undertake", "shook": "shake",
    "drew": "draw", "blew": "blow", "began": "begin", "forbade": "forbid", "oversaw": "oversee", "foresaw": "foresee",
    "dug": "dig", "won": "win", "sank": "sink", "rode": "ride", "hid": "hide", "flew": "fly", "grew": "grow",
    "led": "lead", "brought": "bring", "caught": "catch", "met": "meet", "held": "hold", "withheld": "withhold",
}
# Headline verbs that look like plural nouns.
_HARMS = {"kills": "kill", "wounds": "wound", "injures": "injure", "hurts": "hurt", "maims": "maim"}
# Words that are verbs as well as nouns, as headlines in the present tense have them behind a plural.
_BOTH = {
    "fire", "shell", "attack", "trade", "swap", "raid", "bomb", "storm", "ambush", "target", "clash", "strike", "block",
    "release", "blame", "vow", "slam", "plan", "hit", "protest", "march", "demand", "order", "request", "claim",
    "support", "assault", "torch", "loot", "mortar", "rocket", "pound", "rout", "siege", "battle", "fight", "down",
    "exchange", "harvest", "visit", "host", "ransom", "riot", "rally", "picket", "boycott", "stab", "blast", "seal",
    "shield", "guard", "test", "train", "arm", "aid", "ship", "stock", "trap", "jail", "ban", "force", "face", "offer",
    "pledge", "promise", "reply", "report", "return", "signal", "mass", "move", "advance", "push", "cross", "mark",
    "mourn", "bury", "welcome", "open", "shoot", "kill", "wound", "hold", "take", "seize", "free", "back",
}
_COMING = {"gather", "assemble", "march", "rally", "protest", "demonstrate", "arrive", "stand", "sit", "camp"}
# Forms that are participles and nothing else.
_PARTICIPLES = {"taken", "driven", "stolen", "hidden", "seen", "given", "shown", "slain", "torn", "chosen", "written"}
_CAUGHT = {"prisoner", "hostage", "captive"}
_AIMING = {"use", "try", "want", "seek", "begin", "start", "threaten", "order", "plan"}
_ALONE = {
    "resume", "stall", "clash", "collapse", "march", "rally", "protest", "strike", "riot", "retreat", "halt", "pause",
    "flee", "advance", "battle", "fight", "return", "withdraw", "surrender", "split", "talk", "falter", "drag",
}
_SAYING = {"allege", "claim", "say", "announce", "declare", "warn", "insist", "charge", "argue", "report", "deny"}
_SPEECH = _SAYING | {
    "tell", "add", "blame", "accuse", "urge", "condemn", "voice", "express", "state", "confirm", "acknowledge", "admit",
    "call", "demand", "ask", "appeal", "denounce", "criticise", "criticize", "promise", "pledge", "vow", "reject",
    "dismiss", "welcome", "praise", "thank", "reiterate", "stress", "describe", "complain", "threaten", "deplore",
}
_OVER = {"hand", "turn", "give"}
_TEMPORAL = {"as", "after", "before", "since", "until"}
_BEARINGS = {"north", "south", "east", "west", "north-east", "north-west", "south-east", "south-west"}


def repair(doc: Doc) -> Doc:
    """Moves coordinated verbs whose tense does not fit the verb they were joined to, gives sentences
    without a finite verb the one that was taken for a participle, and mends lemmas that lost an "e".

    Mends that together make no tree any more are all taken back.
    """
    before = doc.to_array(_MENDED)
    _mend(doc)
    if not _is_tree(doc):
        doc.from_array(_MENDED, before)  # type: ignore[arg-type]  # the stubs take whole numbers alone
    return doc


def _is_tree(doc: Doc) -> bool:
    """Whether every word hangs, by whatever words, on one that hangs on none."""
    sound = [token.head == token for token in doc]
    for token in doc:
        path = []
        while not sound[token.i] and token not in path:
            path.append(token)
            token = token.head
        if not sound[token.i]:
            return False
        for each in path:
            sound[each.i] = True
    return True


def _mend(doc: Doc) -> None:
    for sentence in list(doc.sents):
        root = sentence.root
        if root.pos_ in ("NOUN", "PROPN") and not any(t.tag_ in _FINITE or t.tag_ == "MD" for t in sentence):
            _revive(root)
        elif root.pos_ in ("NOUN", "PROPN"):
            _revive(root, inner=True)
        _main_participle(sentence)
        if sentence.root.pos_ in ("NOUN", "PROPN"):
            _present(sentence.root)
        elif sentence.root.tag_ == "VBP":
            _two_nouns(sentence.root)
    for is_time, run in groupby(doc, lambda token: token.ent_type_ in ("DATE", "TIME")):
        if is_time:
            _dated([*run])
    for token in doc:
        if token.lower_ in _PAST and token.lemma_ == token.lower_ and token.pos_ in ("VERB", "AUX"):
            token.lemma_, token.tag_ = _PAST[token.lower_], "VBD"     # taken for an infinitive
        if token.tag_ == "NNS" and token.lower_ in _HARMS:
            _harms(token)
        if token.lower_ in ("near", "outside", "around", "inside") and token.is_sent_start and token.dep_ == "compound":
            _near(token)
        if token.lower_ in ("between", "from") and token.dep_ == "prep":
            _between(token)
        if token.lower_ in ("injured", "wounded") and token.dep_ == "advcl" and token.nbor(-1).tag_ == "CD" and (
            not token.is_ancestor(token.nbor(-1))
        ):
            token.head, token.dep_ = token.nbor(-1), "acl"      # "counted two dead and four injured"
        if token.lower_ == "hurt" and token.tag_ == "NN" and token.dep_ == "conj":
            _hurt(token)
        if token.dep_ == "relcl" and token.head.dep_ == "ROOT":
            _listed(token)
        if token.dep_ == "ccomp" and token.pos_ in ("NOUN", "PROPN") and token.head.lemma_ == "let":
            _let(token)
        if token.tag_ in _FINITE and token.dep_ in ("conj", "advcl"):
            _temporal(token)
        if token.lower_ in _BOTH and token.tag_ == "NN" and token.dep_ in ("nmod", "compound"):
            _inner_present(token)
        if token.lower_ in ("taken", "held") and token.dep_ == "amod" and token.head.lower_ in _CAUGHT:
            _taken(token)
        if token.dep_ == "ROOT" and token.tag_ in ("VBD", "VBN"):
            _reduced(token)
        if token.dep_ == "nsubj" and token.i > token.head.i and token.head.tag_ in _FINITE and any(
            c.dep_ == "nsubj" and c.i < token.head.i for c in token.head.children
        ) and not any(c.dep_ == "dobj" for c in token.head.children):
            token.dep_ = "dobj"     # "Troops recaptured Adan Yabaal"
        if token.dep_ == "agent" and token.head.lemma_ in _COMING and not any(
            c.dep_ in ("auxpass", "nsubjpass") for c in token.head.children
        ):
            token.dep_, token.head.tag_ = "prep", "VBD"         # "gathered by the highway"
        if token.dep_ in ("nsubj", "nsubjpass") and token.tag_ == "JJ":
            _gerund(token)
        if token.dep_ == "csubj" and token.tag_ == "VBG" and not any(
            c.dep_ in ("dobj", "nsubj", "aux", "xcomp", "ccomp", "prt") for c in token.children
        ):
            token.dep_, token.tag_, token.pos_, token.lemma_ = "nsubj", "NN", "NOUN", token.lower_
        if token.lower_ == "over" and token.head.tag_ == "CD" and token.i > 0 and token.nbor(-1).lemma_ in _OVER:
            token.head, token.dep_, token.tag_ = token.nbor(-1), "prt", "RP"     # "will hand over ten prisoners"
        ending = token.lower_[len(token.lemma_) :]
        if token.pos_ == "VERB" and ending in ("ed", "ing", "es") and _ONE_CONSONANT.fullmatch(token.lemma_):
            token.lemma_ += "e"     # "staged": a verb "stag" would double its consonant
        if token.dep_ == "ccomp" and any(t.text == ";" for t in doc[token.i : token.head.i]):
            token.dep_ = "parataxis"    # what stands before a semicolon is no complement of what stands behind it
        if token.dep_ == "amod" and token.pos_ == "ADJ" and token.head.lower_ in _BEARINGS:
            _swap(token, token.head)
        if token.tag_ in _FINITE and token.dep_ in ("ROOT", "ccomp", "parataxis"):
            _front_subject(token)
        if token.lower_ == "dead" and token.i > 0 and token.nbor(-1).lower_ == "shot" and token.nbor(-1).tag_ == "NN":
            _shot(token.nbor(-1), token)
        if token.dep_ in ("conj", "npadvmod") and token.pos_ in ("NOUN", "PROPN", "NUM") and token.head.pos_ == "VERB":
            _more_objects(token)
        coordinated = token.dep_ == "conj" and token.pos_ in ("VERB", "AUX") and token.head.pos_ in ("VERB", "AUX")
        if coordinated and not _return_subject(token) and token.tag_ in _FINITE:
            _rejoin(token)


def _present(root: Token) -> None:
    """"Rebels shell camp", "Baku and Yerevan trade charges", "Gunmen fire mortars at a village": a headline's verb that
    was taken for a noun."""
    if any(c.dep_ in ("det", "aux") for c in root.children):
        return
    for other in root.children:     # "Soldier, two rebels slain in ambush"
        counted = other.dep_ == "appos" and any(c.dep_ == "nummod" for c in other.children)
        if counted and any(c.dep_ == "acl" and c.tag_ == "VBN" for c in other.children):
            other.dep_ = "conj"
            return
    kin = [c for c in root.children if c.dep_ in ("nsubj", "dobj")]
    if len(kin) == 2 and kin[0].i < root.i < kin[1].i and root.lower_ in _BOTH:
        root.tag_, root.pos_, root.lemma_ = "VBP", "VERB", root.lower_
        return
    before = next((c for c in root.children if c.dep_ == "compound" and c.i == root.i - 1), None)
    if before is not None and before.tag_ == "NNS" and root.lower_ in _ALONE and root.tag_ == "NN":
        root.tag_, root.pos_, root.lemma_ = "VBP", "VERB", root.lower_      # "Talks resume in the capital"
        before.dep_ = "nsubj"
        for child in list(root.children):
            if child.i < before.i and child.dep_ in ("amod", "compound", "nmod", "nummod"):
                child.head = before
        _first_of_two(before)
        return
    noun = next((c for c in root.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN")), root)
    verb = next((c for c in noun.children if c.dep_ == "compound" and c.lower_ in _BOTH and c.tag_ == "NN"), None)
    if verb is None or verb.i == verb.sent.start or any(c.i > verb.i for c in noun.lefts if c.dep_ in ("det", "poss")):
        return
    subject, first = verb.nbor(-1), root
    if subject.dep_ == "conj" and subject.head.head in (verb, noun) and subject.head.dep_ in ("nmod", "compound"):
        first, noun = subject.head, root        # "Baku and Yerevan" hung on "trade"
        joined = True
    elif subject.head not in (noun, verb) or subject.dep_ not in ("compound", "amod", "nmod"):
        return
    else:
        joined = noun != root and subject.i > 0 and subject.nbor(-1).dep_ == "cc" and subject.tag_ in (
            "NNP", "NN", "NNS"
        )
    if not joined and not (noun == root and subject.tag_ in ("NNS", "NNPS")):
        return
    if subject.lower_ in ("arms", "weapons", "goods", "drugs", "rights", "sports", "sales", "sanctions", "women"):
        return                      # "arms trade talks"
    verb.head, verb.dep_, verb.tag_, verb.pos_, verb.lemma_ = verb, "ROOT", "VBP", "VERB", verb.lower_
    for child in list(noun.children):
        if child.i < subject.i and child.dep_ in ("amod", "compound", "nmod", "nummod", "poss"):
            child.head = subject
        elif child.i > noun.i and child.lower_ != "of":
            child.head = verb
            if child.dep_ == "dobj":
                child.dep_ = "npadvmod"
    if joined:
        subject.head, subject.dep_ = first, "conj"
        first.head, first.dep_ = verb, "nsubj"
    else:
        subject.head, subject.dep_, subject.pos_ = verb, "nsubj", "NOUN"
        _first_of_two(subject)
    noun.head, noun.dep_ = verb, "dobj"


def _first_of_two(second: Token) -> None:
    """"Rebels, army clash": the headline's comma stands for "and"."""
    edge = second.left_edge.i
    if edge < 2 or second.doc[edge - 1].text != ",":
        return
    first = second.doc[edge - 2]
    if first.pos_ in ("NOUN", "PROPN") and first.dep_ in ("dep", "nmod", "compound", "appos", "npadvmod"):
        first.head, first.dep_ = second.head, "nsubj"
        second.head, second.dep_ = first, "conj"


def _two_nouns(root: Token) -> None:
    """"Rebels, army swap blame": the first of two words that may be verbs is the verb."""
    verb = next((c for c in root.children if c.dep_ == "nsubj" and c.i == root.i - 1), None)
    if verb is None or verb.tag_ != "NN" or verb.lower_ not in _BOTH or root.lower_ not in _BOTH:
        return
    before = next((c for c in verb.children if c.dep_ == "compound" and c.i == verb.i - 1), None)
    if before is None:
        return
    for child in list(root.children):
        child.head = verb
    verb.head, verb.dep_, verb.tag_, verb.pos_, verb.lemma_ = verb, "ROOT", "VBP", "VERB", verb.lower_
    root.head, root.dep_, root.tag_, root.pos_ = verb, "dobj", "NN", "NOUN"
    before.dep_ = "nsubj"
    _first_of_two(before)


def _more_objects(noun: Token) -> None:
    """"killing him and three of his escorts", "hurt him, his cousin and two others": further objects of the verb."""
    verb, edge = noun.head, noun.left_edge.i
    before = noun.doc[edge - 1] if edge > verb.i + 1 else None
    listed = before is not None and before.text == "," and any(c.dep_ == "conj" for c in noun.children)
    joined = before is not None and before.dep_ == "cc" and before.head == verb and noun.dep_ == "conj"
    if not (listed or joined) or any(c.dep_ in ("nsubj", "nsubjpass", "cop") for c in noun.children):
        return
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.right_edge.i == edge - 2), None)
    if thing is not None:
        if joined and before is not None:
            before.head = thing
        noun.head, noun.dep_ = thing, "conj"


def _let(noun: Token) -> None:
    """"let observers into a camp": the observers are whom, not what is let happen."""
    verb = noun.head
    noun.dep_ = "dobj"
    for child in list(noun.children):
        if child.dep_ == "prep" and child.i > noun.i and child.lower_ in ("in", "into", "through", "past", "out"):
            child.head = verb


def _harms(noun: Token) -> None:
    """"Tank wounds two": a verb, when a number is its object."""
    after = noun.nbor() if noun.i + 1 < len(noun.doc) else None
    before = next((c for c in noun.children if c.dep_ == "compound" and c.i == noun.i - 1), None)
    if after is None or after.tag_ != "CD" or before is None or after.head != noun:
        return
    noun.tag_, noun.pos_, noun.lemma_ = "VBZ", "VERB", _HARMS[noun.lower_]
    after.dep_, before.dep_ = "dobj", "nsubj"
    for child in list(noun.children):
        if child.i < before.i and child.dep_ in ("amod", "compound", "det", "nmod", "nummod"):
            child.head = before


def _near(word: Token) -> None:
    """"Near Shusha, rebels freed two men": a preposition that was taken for the first word of a name."""
    name, verb = word.head, word.head.head
    if name.pos_ != "PROPN" or verb.pos_ not in ("VERB", "AUX") or name.i > verb.i:
        return
    word.head, word.dep_, word.tag_, word.pos_ = verb, "prep", "IN", "ADP"
    name.head, name.dep_ = word, "pobj"


def _between(preposition: Token) -> None:
    """"Between eight and eleven men were wounded": the men are the subject, the preposition goes with their number."""
    verb = preposition.head
    noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if noun is None or verb.pos_ not in ("VERB", "AUX") or noun.i > verb.i:
        return
    if preposition.i != verb.sent.start and preposition.nbor(-1).text not in (",", "and", "but"):
        return
    counted = next((c for c in noun.children if c.dep_ == "nummod" and c.i == preposition.i + 1), None)
    if counted is None or not any(c.dep_ == "conj" for c in counted.children):
        return
    if any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for c in verb.children):
        return
    noun.head, noun.dep_ = verb, "nsubjpass" if any(c.dep_ == "auxpass" for c in verb.children) else "nsubj"
    preposition.head, preposition.dep_ = counted, "quantmod"


def _hurt(noun: Token) -> None:
    """"Twelve were killed and thirty hurt": a participle, whose number is its subject."""
    verb = noun.head
    number = next((c for c in noun.children if c.dep_ == "nummod"), None)
    if number is None or verb.tag_ not in ("VBN", "VBD"):
        return
    noun.tag_, noun.pos_ = "VBN", "VERB"
    number.dep_ = "nsubjpass"


def _listed(verb: Token) -> None:
    """"A farmer, his wife and their daughter died": the first of a list, whom the rest left standing as the root."""
    first = verb.head
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or first.pos_ not in ("NOUN", "PROPN") or subject.pos_ not in ("NOUN", "PROPN"):
        return
    if subject.left_edge.i < 1 or subject.left_edge.nbor(-1).text != "," or subject.left_edge.i - 2 != first.i:
        return
    if not any(c.dep_ == "conj" for c in subject.children) or verb.tag_ not in _FINITE | {"VBN"}:
        return
    for child in list(first.children):
        if child.i > verb.i:
            child.head = verb
    verb.head, verb.dep_ = verb, "ROOT"
    first.head, first.dep_ = verb, subject.dep_
    subject.head, subject.dep_ = first, "conj"


def _temporal(verb: Token) -> None:
    """"bombs fall as a truce begins", "a day after the pause came into force": a clause of time, whose subject was
    taken for the object of its conjunction."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in verb.children):
        return
    if verb.left_edge.i > 0 and verb.left_edge.nbor(-1).dep_ == "cc":
        return
    for conjunction in verb.doc[verb.sent.start : verb.i]:
        if conjunction.lower_ not in _TEMPORAL or conjunction.dep_ != "prep":
            continue
        noun = next((c for c in conjunction.children if c.dep_ == "pobj"), None)
        first = min([c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg") and c.i < verb.i] + [verb.i])
        if noun is not None and noun.right_edge.i in (verb.left_edge.i - 1, first - 1):
            noun.head, noun.dep_ = verb, "nsubjpass" if any(c.dep_ == "auxpass" for c in verb.children) else "nsubj"
            conjunction.head, conjunction.dep_ = verb, "mark"
            verb.dep_ = "advcl"
            return


def _gerund(adjective: Token) -> None:
    """"Fresh shelling has put the truce in doubt": the shelling is the subject."""
    after = adjective.nbor() if adjective.i + 1 < len(adjective.doc) else None
    if after is None or after.tag_ != "VBG" or after.head != adjective:
        return
    after.head, after.dep_, after.tag_, after.pos_ = adjective.head, adjective.dep_, "NN", "NOUN"
    after.lemma_ = after.lower_
    adjective.head, adjective.dep_ = after, "amod"


def _reduced(verb: Token) -> None:
    """"The pause agreed by both sides was observed": a participle that was taken for the main verb."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    behind = next(
        (c for c in verb.children if c.dep_ in ("conj", "ccomp") and c.i > verb.i and c.tag_ in _FINITE | {"VBN"}), None
    )
    doers = [c for c in verb.children if c.lower_ == "by" and c.dep_ in ("agent", "prep") and c.i > verb.i]
    if subject is not None and verb.lower_ in _PARTICIPLES and not any(c.dep_.startswith("aux") for c in verb.children):
        _participle(verb, subject)
        return
    if behind is not None and doers:
        _second_doer(verb, behind, doers[-1])
    if subject is None or behind is None or not doers or doers[-1].i > behind.i:
        return
    if any(c.dep_ == "mark" or c.is_punct for c in verb.doc[verb.i : behind.i]):
        return
    finite = behind.tag_ in _FINITE or any(c.tag_ in _FINITE for c in behind.children if c.dep_ in ("aux", "auxpass"))
    if not finite or any(c.dep_ in ("nsubj", "nsubjpass") for c in behind.children):
        return
    if any(c.dep_ == "cc" and verb.i < c.i < behind.i for c in verb.children):
        return
    behind.head, behind.dep_ = behind, "ROOT"
    subject.head = behind
    subject.dep_ = "nsubjpass" if any(c.dep_ == "auxpass" for c in behind.children) else "nsubj"
    for child in list(verb.children):
        if child.i > behind.i:
            child.head = behind
    doers[-1].dep_ = "agent"
    verb.head, verb.dep_, verb.tag_ = subject, "acl", "VBN"


def _participle(verb: Token, subject: Token) -> None:
    """"Thirty men taken hostage that day were let go": a form that is never finite; the verb behind it is."""
    behind = next((
        c for c in verb.children if c.dep_ in ("advcl", "conj", "ccomp") and c.i > verb.i
        and (c.tag_ in _FINITE or any(a.tag_ in _FINITE for a in c.children if a.dep_ in ("aux", "auxpass")))
        and not any(a.dep_ in ("nsubj", "nsubjpass", "mark") for a in c.children)
    ), None)
    if behind is None:
        return
    behind.head, behind.dep_ = behind, "ROOT"
    passive = any(c.dep_ == "auxpass" for c in behind.children)
    subject.head, subject.dep_ = behind, "nsubjpass" if passive else "nsubj"
    for child in list(verb.children):
        if child.i > behind.i:
            child.head = behind
    verb.head, verb.dep_, verb.tag_ = subject, "acl", "VBN"


def _second_doer(verb: Token, behind: Token, by: Token) -> None:
    """"agreed by the government and the front was kept": both agreed; what was kept is the thing agreed."""
    other = next((c for c in behind.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    doer = next((c for c in by.children if c.dep_ == "pobj"), None)
    if other is None or doer is None or behind.dep_ != "conj":
        return
    joint = next((c for c in verb.children if c.dep_ == "cc" and c.i == other.left_edge.i - 1), None)
    if joint is None or joint.i != doer.right_edge.i + 1:
        return
    joint.head = doer
    other.head, other.dep_ = doer, "conj"


def _inner_present(verb: Token) -> None:
    """"City freezes as guns pound the line", "used the lull to mass tanks": a verb taken for a noun before its
    object."""
    noun = verb.head
    if noun.pos_ != "NOUN" or noun.i < verb.i or noun.dep_ not in ("dobj", "pobj"):
        return
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    mark = next((c for c in verb.children if c.dep_ == "mark"), None)
    if subject is not None and mark is not None:
        above, label, tag = noun.head, "advcl", "VBP"
    elif noun.head.lower_ == "to" and noun.head.i == verb.i - 1 and noun.head.head.lemma_ in _AIMING:
        above, label, tag = noun.head.head, "xcomp", "VB"
        noun.head.head, noun.head.dep_, noun.head.tag_ = verb, "aux", "TO"
    else:
        return
    verb.head, verb.dep_, verb.tag_, verb.pos_, verb.lemma_ = above, label, tag, "VERB", verb.lower_
    noun.head, noun.dep_ = verb, "dobj"


def _taken(verb: Token) -> None:
    """"thirty were killed and a dozen taken prisoner"."""
    caught, above = verb.head, verb.head.head
    number = next((c for c in verb.children if c.dep_ == "npadvmod" and c.i < verb.i), None)
    if number is None or caught.dep_ != "conj" or above.pos_ != "VERB":
        return
    verb.head, verb.dep_, verb.tag_, verb.pos_ = above, "conj", "VBN", "VERB"
    caught.head, caught.dep_ = verb, "dobj"
    number.dep_ = "nsubjpass"


def _return_subject(verb: Token) -> bool:
    """"freed seven women and the army has let nine go": `army` is no second object but the next subject."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in verb.children):
        return False
    auxiliaries = [c.i for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i]
    at = min([*auxiliaries, verb.i]) - 1
    if at < 1 or not (auxiliaries or verb.tag_ in ("VBD", "VBZ", "VBP")):
        return False
    noun = verb.doc[at]
    if noun.dep_ != "conj" or noun.pos_ not in ("NOUN", "PROPN", "PRON") or noun.head.pos_ not in ("NOUN", "PROPN"):
        return False
    if noun.head.dep_ not in ("dobj", "pobj") or noun.left_edge.nbor(-1).dep_ != "cc":
        return False
    conjunction = noun.left_edge.nbor(-1)
    if conjunction.head == noun.head:
        conjunction.head = verb.head
    noun.head, noun.dep_ = verb, "nsubj"
    return True


def _dated(when: list[Token]) -> None:
    """"On 11 July gunmen stormed it", "On Friday army tanks shelled it": the day is no name of theirs."""
    before = when[0].nbor(-1) if when[0].i > 0 else None
    above = {t.head for t in when if t.head not in when}
    noun = above.pop() if len(above) == 1 else None
    if before is None or before.pos_ != "ADP" or noun is None or noun.i < when[-1].i:
        return
    objects, verb = [c for c in before.children if c.dep_ == "pobj"], before.head
    if noun.pos_ not in ("NOUN", "PROPN") or verb.pos_ not in ("VERB", "AUX") or noun.i > verb.i:
        return
    if objects == [noun] and not any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for c in verb.children):
        passive = any(c.dep_ == "auxpass" for c in verb.children)
        noun.head, noun.dep_ = verb, "nsubjpass" if passive else "nsubj"
    elif objects or noun.dep_ not in ("nsubj", "nsubjpass"):
        return
    day = next((t for t in reversed(when) if t.pos_ in ("PROPN", "NOUN")), when[-1])
    day.head, day.dep_ = before, "pobj"
    for token in when:
        if token != day and token.head == noun:
            token.head = day


def _front_subject(verb: Token) -> None:
    """"In the capital, Guerrero, teachers blocked a road": `teachers` is no third place but the subject."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for c in verb.children):
        return
    fronts = [c for c in verb.children if c.dep_ == "prep" and c.i < verb.i]
    if not fronts or fronts[0].i != verb.left_edge.i:
        return
    label = "nsubjpass" if any(c.dep_ == "auxpass" for c in verb.children) else "nsubj"
    top = place = next((c for c in fronts[-1].children if c.dep_ == "pobj"), None)
    of = next((c for c in place.children if c.lower_ == "of"), None) if place is not None else None
    if of is not None:              # "In the direction of Mopti, army units advanced"
        place = next((c for c in of.children if c.dep_ == "pobj"), place)
    while place is not None:
        behind = [c for c in place.children if c.dep_ in ("conj", "appos") and place.i < c.i < verb.i]
        common = (c for c in behind if c.tag_ in ("NN", "NNS") and c.left_edge.nbor(-1).text == ",")
        after = next(common, None)
        if after is not None and place.tag_ in ("NNP", "NNPS"):
            after.head, after.dep_ = verb, label
            for child in list(top.children) if top is not None else []:
                if after.i < child.i < verb.i:
                    child.head = after      # "teachers and students from the schools"
            return
        place = behind[0] if behind else None


def _main_participle(sentence: Span) -> None:
    """"On Friday, in Jos, relatives of the dead protested at the gate": a sentence whose verb was taken for a
    participle behind a noun."""
    root = sentence.root
    gone = next((c for c in root.children if c.lower_ == "left" and c.dep_ == "acl" and c.i == root.i + 1), None)
    behind = {c.lower_ for c in gone.children} if gone is not None else set()
    if gone is not None and root.pos_ == "NOUN" and not behind & {"behind", "over", "out", "by", "with", "to"} and (
        not any(t.tag_ in _FINITE or t.tag_ == "MD" for t in sentence)
    ):                              # "The garrison left at night without a shot"
        for child in list(root.children):
            if child.i > gone.i:
                child.head = gone
        gone.head, gone.dep_, gone.tag_, gone.pos_ = gone, "ROOT", "VBD", "VERB"
        root.head, root.dep_ = gone, "nsubj"
        return
    verb = next((t for t in sentence if t.dep_ == "acl" and t.tag_ in ("VBN", "VBD") and t.head.i == t.i - 1), None)
    if root.pos_ in ("VERB", "AUX") or sentence[0].pos_ != "ADP" or verb is None:
        return
    if any(t.tag_ in _FINITE or t.tag_ == "MD" for t in sentence if t.i < verb.i):
        return
    if any((t.tag_ in _FINITE and t.dep_ not in ("relcl", "advcl", "ccomp", "conj")) for t in sentence):
        return
    if any(c.dep_ == "agent" for c in verb.children):
        return
    subject = verb.head
    while subject.dep_ == "pobj" and subject.head.lower_ in ("of", "from") and subject.head.head.pos_ == "NOUN":
        subject = subject.head.head
    while subject.dep_ == "conj" and subject.head.pos_ == "NOUN" and subject.head.i > sentence.start:
        subject = subject.head
    own = [c.left_edge.i for c in subject.children if c.i < subject.i and c.dep_ not in ("prep", "punct")]
    edge = min([*own, subject.i])
    if edge <= sentence.start or sentence.doc[edge - 1].text != ",":
        return
    if subject != root:
        root.head, root.dep_ = verb, "prep"
    for child in list(subject.children):
        if child.i < edge or (child.i > verb.i and child.dep_ in ("prep", "punct", "advcl")):
            child.head = verb
    verb.head, verb.dep_, verb.tag_, verb.pos_ = verb, "ROOT", "VBD", "VERB"
    for other in verb.children:
        if other.dep_ == "conj" and other.tag_ == "VBN" and not any(c.dep_.startswith("aux") for c in other.children):
            other.tag_ = "VBD"
    subject.head, subject.dep_ = verb, "nsubj"


def _shot(verb: Token, dead: Token) -> None:
    """"Gunmen on a motorcycle shot dead a guard", read without a verb."""
    if dead.dep_ != "ROOT":
        return
    above, modifiers = verb.head, [c for c in verb.children if c.dep_ == "compound"]
    label = verb.dep_
    verb.head, verb.dep_, verb.tag_, verb.pos_, verb.lemma_ = verb, "ROOT", "VBD", "VERB", "shoot"
    for child in list(dead.children):
        child.head = verb
    dead.head, dead.dep_ = verb, "acomp"
    if modifiers and above.pos_ == "ADP":
        modifiers[-1].head, modifiers[-1].dep_ = above, label


def _revive(root: Token, *, inner: bool = False) -> None:
    """"The station named the man as the killer.", read as a noun with a participle behind it."""
    for child in root.children:
        told = any(c.dep_ in ("dobj", "oprd", "ccomp", "xcomp") and c.i > child.i for c in child.children)
        if inner:                   # "The bloc, the committee, alleged in a letter that they had broken it"
            claimed = any(c.dep_ == "ccomp" and c.i > child.i for c in child.children)      # "The bloc alleged that …"
            told = (claimed or (child.i > 0 and child.nbor(-1).text == ",")) and child.lemma_ in _SAYING and not any(
                (t.tag_ in _FINITE or t.tag_ == "MD") and not child.is_ancestor(t) for t in root.sent
            )
        if child.dep_ == "acl" and child.tag_ == "VBN" and told:
            for other in list(root.children):
                if other != child and other.i > child.i:
                    other.head = child
            child.head = child
            child.dep_ = "ROOT"
            child.tag_ = "VBD"
            root.head = child
            root.dep_ = "nsubj"
            return


def _swap(noun: Token, bearing: Token) -> None:
    """"an offensive east of the river": the offensive is the noun, the bearing says where."""
    if noun.i + 1 != bearing.i or not any(c.dep_ == "prep" and c.lower_ == "of" for c in bearing.children):
        return
    above, label = bearing.head, bearing.dep_
    if above == bearing:
        return
    noun.head, noun.dep_, noun.pos_, noun.tag_ = above, label, "NOUN", "NN"
    for child in list(bearing.children):
        if child.i < noun.i:
            child.head = noun
    bearing.head, bearing.dep_ = noun, "advmod"


def _rejoin(verb: Token) -> None:
    """"urged them to vote and called it off": `called` goes with `urged`, not with `vote`."""
    partner = verb.head
    if _behind_comma(verb, partner) or _speaks_on(verb, partner):
        return
    if partner.tag_ == "VBN" and verb.tag_ == "VBD" and verb.lower_.endswith("ed"):
        return                      # "had counted and treated": the form may be a participle
    if _fits(partner, verb) or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return
    candidate = partner.head
    steps = 0
    while steps < 4 and not _fits(candidate, verb):
        if candidate.head == candidate:
            return
        candidate = candidate.head
        steps += 1
    if not _fits(candidate, verb) or candidate.i > verb.i:
        return
    for child in list(partner.children):
        if child.dep_ == "cc" and partner.i < child.i < verb.i:
            child.head = candidate
    verb.head = candidate


def _speaks_on(verb: Token, partner: Token) -> bool:
    """"told them that no shell had hit it and blamed the rebels", "voiced hope that it held, and accused them": a verb
    of speech goes on from the verb of speech above, not from what was said."""
    if verb.lemma_ not in _SPEECH or partner.lemma_ in _SPEECH or partner.dep_ not in ("ccomp", "acl"):
        return False
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return False
    outer = partner.head if partner.head.pos_ == "VERB" else partner.head.head
    if outer.pos_ != "VERB" or outer.lemma_ not in _SPEECH or not _fits(outer, verb) or outer.i > partner.i:
        return False
    for child in list(partner.children):
        if child.dep_ == "cc" and partner.i < child.i < verb.i:
            child.head = outer
    verb.head = outer
    return True


def _behind_comma(verb: Token, partner: Token) -> bool:
    """"denied that it fired, and accused the rebels": behind a comma the outer verb goes on."""
    outer = partner.head
    joined = verb.left_edge.i
    if partner.dep_ != "ccomp" or not _fits(outer, verb) or outer.i > partner.i:
        return False
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children) or joined < 2:
        return False
    conjunction = verb.doc[joined - 1]
    if conjunction.dep_ != "cc" or conjunction.i == 0 or conjunction.nbor(-1).text != ",":
        return False
    conjunction.head = verb.head = outer
    return True


def _fits(partner: Token, verb: Token) -> bool:
    """Two finite verbs that can be coordinated: the same kind of tense, no auxiliary of its own."""
    if partner.tag_ not in _FINITE:
        return False
    return (partner.tag_ == "VBD") == (verb.tag_ == "VBD")
