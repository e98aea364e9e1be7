"""What a brief holds: numbers, each with the cases that make it up, ready to be set as HTML or Markdown."""

from __future__ import annotations

import msgspec

from trucewatch.briefs.wording import days
from trucewatch.model import Figure


class Voice(msgspec.Struct, frozen=True):
    """One source's account, quoted from its page in context; offsets count code points of the page."""

    source: str
    stance: str
    document: str
    publisher: str  # empty when not known
    before: str
    quote: str
    after: str
    start: int
    end: int
    via: tuple[str, ...] = ()
    side: str | None = None  # id of the party that the source belongs to
    killed: Figure | None = None
    injured: Figure | None = None
    copied: bool = False  # the passage copies another page


class Evidence(msgspec.Struct, frozen=True):
    document: str
    rule: str
    start: int
    end: int
    words: str


class Rung(msgspec.Struct, frozen=True):
    """One test of the ladder with its outcome and what it rests on."""

    name: str
    outcome: str
    note: str
    evidence: tuple[Evidence, ...]


class Case(msgspec.Struct, frozen=True):
    """One incident with its verdict. `number` names it throughout the brief."""

    number: int
    incident: str
    title: str
    verdict: str
    grade: str
    term: str | None
    reason: str
    missing: tuple[str, ...]
    other_verdicts: tuple[str, ...]
    excluded: bool
    parties: tuple[str, ...]  # ids of the parties said to have acted
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    first_day: str | None
    last_day: str | None
    place: str | None
    province: str | None
    lat: float | None
    lon: float | None
    precision: str
    killed: Figure | None
    injured: Figure | None
    victims: str  # civilian, combatant, both or unknown
    claims: tuple[Voice, ...]
    denials: tuple[Voice, ...]
    rungs: tuple[Rung, ...]
    documents: tuple[str, ...]
    earlier: bool = False  # of the period before the brief's

    @property
    def label(self) -> str:
        """What the case is called in the brief's lists."""
        return f"P{self.number}" if self.earlier else str(self.number)

    @property
    def anchor(self) -> str:
        return f"{'earlier' if self.earlier else 'case'}-{self.number}"


class Count(msgspec.Struct, frozen=True):
    verdict: str
    number: int
    cases: tuple[Case, ...]


class Sided(msgspec.Struct, frozen=True):
    """The charges against one party, and what became of them."""

    party: str
    name: str
    charged: tuple[Case, ...]
    by_rivals: tuple[Case, ...]  # told by another party, among others
    borne_out: tuple[Case, ...]
    denied: tuple[Case, ...]
    owned: tuple[Case, ...]  # done in claimed self-defence


class Exchange(msgspec.Struct, frozen=True):
    """What one side lays at another's door, and what that side says to it. `accuser` is a party's name, or that of all
    who are no party."""

    accuser: str
    accused: str
    alleged: tuple[Case, ...]
    confirmed: tuple[Case, ...]  # by a source of the accused side
    denied: tuple[Case, ...]
    silent: tuple[Case, ...]


class Trend(msgspec.Struct, frozen=True):
    """One verdict in the period and in the one of equal length before it."""

    verdict: str
    now: tuple[Case, ...]
    before: tuple[Case, ...]

    @property
    def change(self) -> int:
        return len(self.now) - len(self.before)


class Previous(msgspec.Struct, frozen=True):
    """The period of equal length before the brief's, with its cases."""

    since: str
    until: str
    cases: tuple[Case, ...]
    trends: tuple[Trend, ...]

    @property
    def period(self) -> str:
        return days(self.since, self.until)


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a page's text, from `start` on; `quoted` where the brief quotes it."""

    start: int
    text: str
    quoted: bool


class Row(msgspec.Struct, frozen=True):
    """A line of the table of parties, terms and provinces."""

    party: str
    term: str
    term_text: str
    province: str
    breaches: tuple[Case, ...]
    kept: tuple[Case, ...]


class Toll(msgspec.Struct, frozen=True):
    """Harm to one kind of people over all cases: sums of the lowest and of the highest figures."""

    victims: str
    killed: Figure | None
    injured: Figure | None
    cases: tuple[Case, ...]


class Day(msgspec.Struct, frozen=True):
    date: str
    counts: tuple[Count, ...]


class Sentence(msgspec.Struct, frozen=True):
    """A line of the summary and the anchor of the list behind its figure."""

    text: str
    anchor: str


class Page(msgspec.Struct, frozen=True):
    """A document read for the brief."""

    id: str
    anchor: str
    title: str
    publisher: str  # empty when not known
    url: str | None
    published: str | None
    basis: str
    sha256: str
    length: int
    furniture: int  # per cent of the characters
    events: int
    notices: tuple[str, ...]
    error: str | None  # why it could not be read
    pieces: tuple[Piece, ...] = ()  # its text, where the brief quotes it

    def at(self, start: int) -> str:
        """The anchor of the characters that begin at an offset."""
        return f"{self.anchor}-{start}"


class Brief(msgspec.Struct, frozen=True):
    truce: str
    title: str
    effective: str
    ends: str | None
    parties: tuple[tuple[str, str], ...]
    terms: tuple[tuple[str, str], ...]
    references: tuple[tuple[str, str | None], ...]
    excluded_names: tuple[str, ...]
    countries: tuple[str, ...]
    since: str | None
    until: str | None
    cases: tuple[Case, ...]
    counts: tuple[Count, ...]
    sides: tuple[Sided, ...]
    rows: tuple[Row, ...]
    tolls: tuple[Toll, ...]
    days: tuple[Day, ...]
    summary: tuple[Sentence, ...]
    pages: tuple[Page, ...]
    versions: tuple[tuple[str, str], ...]
    undated: tuple[Case, ...]
    unjudged: int  # incidents of the period that no finding speaks of
    outside_period: int
    exchanges: tuple[Exchange, ...] = ()
    previous: Previous | None = None

    def words(self, document: str, start: int) -> str | None:
        """The anchor of quoted characters of a document; None where its text is not in the brief."""
        page = self._by_id.get(document)
        return page.at(start) if page and any(p.start == start for p in page.pieces) else None

    @property
    def _by_id(self) -> dict[str, Page]:
        return {p.id: p for p in self.pages}

    @property
    def anchors(self) -> dict[str, str]:
        """Document id → the anchor of its line."""
        return {p.id: p.anchor for p in self.pages}

    @property
    def period(self) -> str:
        """The period in words: as asked for, else the days that the incidents span."""
        if self.since or self.until:
            return days(self.since, self.until)
        if self.days:
            return days(self.days[0].date, self.days[-1].date)
        return "no period given"

    @property
    def names(self) -> dict[str, str]:
        """Party id → its name."""
        return dict(self.parties)
