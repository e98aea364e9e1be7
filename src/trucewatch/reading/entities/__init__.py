"""Who is named: every noun phrase and pronoun of a page, and the entity it stands for.

Order of trust: the lexicon, names as the page writes them, common nouns with their owners ("Ukraine's
military"), what the page has named before ("the envoy"), and last the pronouns. Whoever nobody could
name stays without a name.
"""

from __future__ import annotations

from trucewatch.language import Paragraph, Parsed
from trucewatch.reading.entities.cast import Cast
from trucewatch.reading.entities.naming import page_names
from trucewatch.reading.entities.nominals import read_nominal
from trucewatch.reading.entities.pronouns import read_pronoun, read_quoted_speakers
from trucewatch.reading.shared import Mentions
from trucewatch.rules.lexicon import lexicon

__all__ = ["find_mentions"]

_ARGUMENTS = {"nsubj", "nsubjpass", "dobj", "pobj", "iobj", "dative", "attr", "conj", "agent", "appos", "ROOT"}


def find_mentions(parsed: Parsed) -> Mentions:
    """Every noun-phrase head and pronoun of the page with its entity; ids in order of first mention."""
    index = lexicon()
    cast = Cast(parsed, index, page_names(parsed, index))
    for paragraph in parsed.paragraphs:
        for sentence in paragraph.doc.sents:
            cast.next_sentence()
            for token in sentence:
                if token.pos_ == "PRON" or (token.dep_ == "poss" and token.tag_ == "PRP$"):
                    read_pronoun(cast, paragraph, token)
                elif _heads_phrase(cast, paragraph, token.i):
                    read_nominal(cast, paragraph, token)
    read_quoted_speakers(cast)
    return cast.mentions()


def _heads_phrase(cast: Cast, paragraph: Paragraph, i: int) -> bool:
    token = paragraph.doc[i]
    if (paragraph.index, i) in cast.names.roots or (paragraph.index, i) in cast.names.written:
        return True
    if (paragraph.index, i) in cast.names.covers or token.is_punct or token.ent_type_ in ("DATE", "TIME"):
        return False
    if token.pos_ in ("NOUN", "PROPN"):
        return token.dep_ not in ("compound", "npadvmod", "punct")
    return token.pos_ in ("NUM", "ADJ", "DET") and token.dep_ in _ARGUMENTS and token.dep_ not in ("ROOT", "attr")
