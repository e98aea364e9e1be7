"""Values that the siblings of this room hand to one another; none of them imports another sibling."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token

from trucewatch.model import Entity, Span
from trucewatch.model.reading import EntityKind


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A noun phrase or pronoun of the page and the entity it stands for."""

    entity: str
    kind: EntityKind
    form: Literal["name", "nominal", "pronoun"]
    span: Span
    name: str | None = None
    country: str | None = None
    sector: str | None = None
    actor: str | None = None
    resolved: bool = False
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Mentions:
    """Every noun phrase of the page by the place of its head: (paragraph index, token index)."""

    by_head: dict[tuple[int, int], Mentioned] = field(default_factory=dict)
    entities: tuple[Entity, ...] = ()

    def at(self, paragraph: int, token: int) -> Mentioned | None:
        return self.by_head.get((paragraph, token))


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an event stands, for those who date and place it.

    `token` is the trigger's head in the paragraph's doc; `status` and `negated` what has been
    decided of it; `arguments` the token indices of the heads of its actors and recipients;
    `content` the span of the innermost statement that tells of it, if any.
    """

    paragraph: int
    token: int
    status: str = "occurred"
    negated: bool = False
    arguments: tuple[int, ...] = ()
    content: Span | None = None


def sentence_at(doc: Doc, token: int) -> int:
    """The first token of the sentence that a token stands in. (`Token.sent` walks the doc; it is asked often.)"""
    starts = doc.user_data.get(_STARTS)
    if starts is None:
        starts = doc.user_data[_STARTS] = [s.start for s in doc.sents for _ in s]
    return int(starts[token])


_STARTS = "trucewatch.sentence_starts"


def of_which(noun: Token) -> list[Token]:
    """The verbs of the clause that tells on of a noun: "are", "open" of "a round of talks, which are due to open"."""
    nouns = [noun, noun.head.head] if noun.dep_ == "pobj" and noun.head.lower_ == "of" else [noun]
    clauses = [c for n in nouns for c in n.children if c.dep_ == "relcl"]
    told = [c for c in clauses if any(s.dep_ in ("nsubj", "nsubjpass") and s.tag_ in ("WDT", "WP") for s in c.children)]
    return [v for c in told for v in (c, *(x for x in c.subtree if x.dep_ == "xcomp" and x.head in (c, *c.children)))]
