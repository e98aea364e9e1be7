"""The cast of a page while it is being read: entities so far, who was spoken of when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Token

from trucewatch.language import Paragraph, Parsed
from trucewatch.language.phrases import noun_phrase
from trucewatch.model import Because, Entity, Mention, Span
from trucewatch.model.reading import EntityKind
from trucewatch.reading.entities.naming import PageNames
from trucewatch.reading.shared import Mentioned, Mentions
from trucewatch.rules.lexicon import Entry, Lexicon

Form = Literal["name", "nominal", "pronoun"]
Number = Literal["singular", "plural", "either"]


@dataclass(slots=True)
class Figure:
    """An entity in the making."""

    id: str
    kind: EntityKind
    name: str | None = None
    country: str | None = None
    sector: str | None = None
    actor: str | None = None
    resolution: Literal["resolved", "ambiguous", "unresolved"] = "unresolved"
    gender: str | None = None
    number: Number = "singular"
    key: str = ""
    nouns: set[str] = field(default_factory=set)       # common nouns that have been said of it
    body: str | None = None                            # which body of a state it is
    mentions: list[Mention] = field(default_factory=list)
    because: list[Because] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention, for those who look back: where it stood and whether it was a clause's subject."""

    figure: Figure
    paragraph: int
    sentence: int
    token: int
    subject: bool
    form: Form


class Cast:
    def __init__(self, parsed: Parsed, lexicon: Lexicon, names: PageNames) -> None:
        self.parsed = parsed
        self.lexicon = lexicon
        self.names = names
        value = parsed.document.published.value
        self.year = int(value[:4]) if value and value[:4].isdigit() else None
        self.figures: list[Figure] = []
        self.seen: list[Seen] = []
        self.by_head: dict[tuple[int, int], tuple[Figure, Form, Span, bool, EntityKind]] = {}
        self.sentence = 0
        self._by_key: dict[str, Figure] = {}
        self._latest: dict[str, Figure] = {}

    def next_sentence(self) -> None:
        self.sentence += 1

    # -- entities
    def figure(self, key: str, kind: EntityKind, **given: object) -> Figure:
        """The entity under this key, made when there is none; an empty key makes a new one."""
        found = self._by_key.get(key) if key else None
        if found is None:
            found = Figure(f"e{len(self.figures) + 1}", kind, key=key, **given)  # type: ignore[arg-type]
            self.figures.append(found)
            if key:
                self._by_key[key] = found
        return found

    def known(self, key: str) -> Figure | None:
        return self._by_key.get(key)

    def entry(self, entry: Entry) -> Figure:
        """The entity of a lexicon entry."""
        figure = self.figure(
            f"lexicon:{entry.id}", entry.kind, name=entry.name, country=entry.country, sector=entry.sector,
            actor=entry.actor, resolution="resolved", gender=entry.gender or ("m" if entry.kind == "person" else None),
            number="plural" if entry.plural else "singular" if entry.kind == "person" else "either")
        figure.body = figure.body or self.lexicon.body_of(entry.id)
        for post in entry.posts:
            if post.held(self.year):
                figure.nouns.add(post.words[-1])
        return figure

    def force(self, country: str, body: str) -> Figure:
        """The entity of one body of a state."""
        figure = self.entry(self.lexicon.force(country, body))
        figure.body = figure.body or body
        return figure

    def country(self, code: str) -> Figure:
        return self.figure(f"country:{code}", "place", name=self.lexicon.country_name(code), country=code,
                           sector="GOV", actor=f"{code} GOV", resolution="resolved", number="either")

    # -- mentions
    def mention(
        self, paragraph: Paragraph, token: Token, figure: Figure, form: Form, because: str,
        kind: EntityKind | None = None,
    ) -> None:
        """Notes that `token` stands for `figure`; `kind` when this mention's differs (a state as a place)."""
        span = paragraph.span(token) if form == "pronoun" else paragraph.span(noun_phrase(token))
        plural = token.tag_ in ("NNS", "NNPS") or token.lower_ in ("they", "them", "their", "we", "us", "our")
        self.by_head[paragraph.index, token.i] = (figure, form, span, plural, kind or figure.kind)
        figure.mentions.append(Mention(span.start, span.end, form))
        if not any(b.id == because for b in figure.because):
            own = paragraph.span(token)
            figure.because.append(Because(because, own.start, own.end))
        if form != "pronoun":
            self._latest.pop(figure.id, None)
            self._latest[figure.id] = figure
        self.seen.append(Seen(figure, paragraph.index, self.sentence, token.i,
                              token.dep_ in ("nsubj", "nsubjpass", "ROOT"), form))

    def latest(self) -> Iterator[Figure]:
        """Entities by name or noun, the one spoken of last first."""
        return iter(reversed(self._latest.values()))

    def at(self, paragraph: Paragraph, token: Token) -> Figure | None:
        found = self.by_head.get((paragraph.index, token.i))
        return found[0] if found else None

    def mentions(self) -> Mentions:
        """The finished result."""
        used = [f for f in self.figures if f.mentions]
        used.sort(key=lambda f: (min(m.start for m in f.mentions), f.id))
        ids = {f.id: f"e{n}" for n, f in enumerate(used, 1)}
        by_head = {
            place: Mentioned(ids[f.id], kind, form, span, f.name, f.country, f.sector, f.actor,
                             f.resolution == "resolved", plural)
            for place, (f, form, span, plural, kind) in self.by_head.items()}
        entities = tuple(
            Entity(ids[f.id], f.name, f.kind, f.country, f.sector, f.actor,
                   tuple(sorted(f.mentions, key=lambda m: (m.start, m.end))), f.resolution, tuple(f.because))
            for f in used)
        return Mentions(by_head, entities)
