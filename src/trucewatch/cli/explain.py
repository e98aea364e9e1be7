"""Say why a value is what it is: the characters it came from, the rules that fired, the tests of its
findings. ID is a document's, or with a colon one of its values: DOC:v3 an event with its findings, DOC:s2 a
statement, DOC:e1 an entity."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping

from trucewatch.cli.arguments import add_store
from trucewatch.cli.output import console, printable
from trucewatch.cli.show import heading
from trucewatch.errors import StoreError, UsageError
from trucewatch.model import Because, Entity, Event, Figure, Finding, Harm, Reading, Reference, Statement
from trucewatch.store import Store

NAME = "explain"
HELP = "say why an event, a statement or a finding is what it is"
_LONGEST = 160


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="DOC, DOC:v3, DOC:s2 or DOC:e1")
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    with Store.open(args.store, create=False) as store:
        reading, part = _found(store, args.id)
        findings = store.findings_of(reading.document.id, part) if part else []
        pages = {name for f in findings for test in f.tests for b in test.because if (name := _page_of(b))}
        others = {name: store.effective_reading(name).document.text for name in pages}
    page = _Page(reading, others)
    lines = page.part(part, findings) if part else page.whole()
    console().print(printable("\n".join(lines)))
    return 0


def _found(store: Store, name: str) -> tuple[Reading, str | None]:
    """The reading that `name` means, and the id inside it, if any; ids of documents may have colons."""
    try:
        return store.effective_reading(name), None
    except StoreError as error:
        document, colon, part = name.rpartition(":")
        if error.code != "no_document" or not colon:
            raise
    return store.effective_reading(document), part


class _Page:
    """One reading, told to a person line by line; `others` are the texts of pages on which its findings rest too."""

    def __init__(self, reading: Reading, others: Mapping[str, str]) -> None:
        self._reading = reading
        self._others = others
        self._text = reading.document.text
        self._entities = {e.id: e for e in reading.entities}

    def whole(self) -> Iterator[str]:
        reading = self._reading
        yield heading(reading.document)
        yield f"sha256 {reading.document.sha256}"
        yield "read with " + ", ".join(f"{name} {version}" for name, version in reading.versions.items())
        yield from (f"notice: {n.message} [{n.code}]" for n in reading.notices)
        for f in reading.document.furniture:
            yield f"furniture, {f.reason}: {self._quoted(f.start, f.end)}"
        for statement in reading.statements:
            yield ""
            yield from self._statement(statement)
        for event in reading.events:
            yield ""
            yield from self._event(event)

    def part(self, name: str, findings: Iterable[Finding]) -> Iterator[str]:
        reading = self._reading
        known: dict[str, Entity | Statement | Event] = {}
        known.update({e.id: e for e in reading.entities})
        known.update({s.id: s for s in reading.statements})
        known.update({v.id: v for v in reading.events})
        if name not in known:
            raise UsageError(
                "no_such_part", f"no {name!r} in {reading.document.id!r}",
                mend=f"there are {', '.join(known) or 'none'}",
            )
        wanted = known[name]
        if isinstance(wanted, Event):
            yield from self._event(wanted)
        elif isinstance(wanted, Statement):
            yield from self._statement(wanted)
        else:
            yield from self._entity(wanted)
        for finding in findings:
            yield ""
            yield from self._finding(finding)

    def _event(self, v: Event) -> Iterator[str]:
        kind = f"{v.type}/{v.mode}" if v.mode else v.type
        background = ", told as background" if v.background else ""
        words = self._quoted(v.trigger.start, v.trigger.end)
        yield f"{v.id} {kind}, {v.polarity}, {v.status}{background}: {words}"
        yield f"  in: {self._around(v.trigger.start, v.trigger.end)}"
        for word, parts in (("actor", v.actors), ("recipient", v.recipients), ("ordered by", v.ordered_by)):
            yield from (f"  {word}: {self._reference(p)}" for p in parts)
        yield "  stated by: " + (", ".join(v.stated_by) or "the article itself")
        yield f"  when: {self._when(v)}"
        yield f"  where: {self._where(v)}"
        if v.harm:
            yield f"  harm: {_harm(v.harm)}"
            yield from (f"    {w.role}: {self._quoted(w.start, w.end)}" for w in v.harm.who)
        yield f"  confidence: {v.confidence:.2f}"
        yield from self._because(v.because)

    def _statement(self, s: Statement) -> Iterator[str]:
        inside = f", inside {s.within}" if s.within else ""
        yield f"{s.id} {s.kind} statement, {s.stance}{inside}"
        if s.source:
            who = self._reference(Reference(s.source.entity, s.source.start, s.source.end))
            also = "".join(f" and {self._named(e)}" for e in s.source.also)
            yield f"  source: {who}{also}"
        else:
            yield "  source: none named"
        if s.via:
            yield f"  via: {', '.join(map(self._named, s.via))}"
        if s.cue:
            yield f"  cue: {self._quoted(s.cue.start, s.cue.end)}"
        yield from (f"  content: {self._quoted(c.start, c.end)}" for c in s.content)
        yield from self._because(s.because)

    def _entity(self, e: Entity) -> Iterator[str]:
        codes = ", ".join(filter(None, (e.country, e.sector, e.actor)))
        told = f" ({codes})" if codes else ""
        yield f"{e.id} {e.name or 'no name known'}: {e.kind}, {e.resolution}{told}"
        yield from (f"  {m.form}: {self._quoted(m.start, m.end)}" for m in e.mentions)
        yield from self._because(e.because)

    def _finding(self, f: Finding) -> Iterator[str]:
        term = f", term {f.term}" if f.term else ""
        yield f"under {f.truce}: {f.verdict}{term}; the claim is {f.grade} (incident {f.incident})"
        if f.reason:
            yield f"  {f.reason}"
        if f.missing:
            yield f"  unknown: {', '.join(f.missing)}"
        for number, test in enumerate(f.tests, 1):
            note = f": {test.note}" if test.note else ""
            yield f"  {number}. {test.name}? {test.outcome}{note}"
            for b in test.because:
                text = self._others.get(_page_of(b), self._text)
                yield f"       {b.id} {_quoted(text, b.start, b.end)}"

    def _because(self, reasons: Iterable[Because]) -> Iterator[str]:
        yield from (f"  because: {b.id} on {self._quoted(b.start, b.end)}" for b in reasons)

    def _reference(self, part: Reference) -> str:
        words = self._quoted(part.start, part.end)
        return f"{words} = {self._named(part.entity)}" if part.entity else f"{words}, nobody known"

    def _named(self, entity: str) -> str:
        e = self._entities.get(entity)
        return f"{entity} {e.name or e.resolution}" if e else entity

    def _when(self, v: Event) -> str:
        t = v.time
        words = f" from {self._quoted(t.start, t.end)}" if t.start is not None and t.end is not None else ""
        days = t.from_ or "?" if t.from_ == t.to else f"{t.from_ or '?'} to {t.to or '?'}"
        return f"{days if t.from_ or t.to else 'unknown'} ({t.precision}, {t.basis}){words}"

    def _where(self, v: Event) -> str:
        p = v.place
        if p is None:
            return "unknown"
        at = f" at {p.lat:.3f}, {p.lon:.3f}" if p.lat is not None and p.lon is not None else ""
        area = ", ".join(filter(None, (p.name, p.admin1, p.country)))
        either = f"; perhaps {', '.join(p.candidates)}" if p.candidates and p.resolution != "resolved" else ""
        known = f"{area or 'nothing known'} ({p.resolution}, {p.precision})"
        return f"{self._quoted(p.start, p.end)} = {known}{at}{either}"

    def _quoted(self, start: int, end: int) -> str:
        return _quoted(self._text, start, end)

    def _around(self, start: int, end: int) -> str:
        first = max(self._text.rfind("\n", 0, start) + 1, start - _LONGEST)
        stop = self._text.find("\n", end)
        last = min(stop if stop >= 0 else len(self._text), end + _LONGEST)
        return f"“{' '.join(self._text[first:last].split())}”"


def _page_of(because: Because) -> str:
    """The other page that evidence stands on (`rule@page`); empty for the page at hand."""
    return because.id.partition("@")[2]


def _quoted(text: str, start: int, end: int) -> str:
    words = " ".join(text[start:end].split())
    short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    return f"“{short}” [{start}:{end}]"


def _harm(harm: Harm) -> str:
    told = []
    for word in ("killed", "injured", "arrested", "displaced"):
        figure = getattr(harm, word)
        if figure:
            told.append(f"{_range(figure)} {word}")
    return ", ".join(told) or "without figures"


def _range(figure: Figure) -> str:
    low, high = figure.min, figure.max
    if high is None:
        return f"{low or 0} or more"
    if low is None:
        return f"up to {high}"
    return str(low) if low == high else f"{low} to {high}"
