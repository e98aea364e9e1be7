"""What a change of rules does to real text: statements and events gained and lost, sentence by sentence.

    trucewatch read PAGES > before.jsonl        # with the old rules
    trucewatch read PAGES > after.jsonl         # with the new ones
    python -m benchmarks.diff before.jsonl after.jsonl
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.reader import sentence_at
from trucewatch.model import Event, Reading, Span, Statement, loads_reading

Line = tuple[str, int, str]


def changes(before: Reading, after: Reading) -> Iterator[str]:
    """Lines "- …" and "+ …" for what only one of two readings of a document holds, each with its sentence."""
    old, new = Counter(_lines(before)), Counter(_lines(after))
    marked = [("-", line) for line in (old - new)] + [("+", line) for line in (new - old)]
    for sign, (kind, at, told) in sorted(marked, key=lambda m: (m[1][1], m[0] == "+")):
        yield f"{sign} {kind} {told}\n      | {sentence_at(after.document.text, at, at + 1)}"


def _lines(reading: Reading) -> Iterator[Line]:
    text = reading.document.text
    for statement in reading.statements:
        yield "statement", statement.content[0].start, _statement(statement, text)
    for event in reading.events:
        yield "event", event.trigger.start, _event(event, text)


def _statement(statement: Statement, text: str) -> str:
    source = text[statement.source.start : statement.source.end] if statement.source else "nobody named"
    content = " … ".join(text[c.start : c.end] for c in statement.content)
    return f"[{source}] {statement.stance}, {statement.kind}: “{content}”"


def _event(event: Event, text: str) -> str:
    def words(parts: Sequence[Span]) -> str:
        return "; ".join(text[p.start : p.end] for p in parts) or "–"

    actors = words([Span(a.start, a.end) for a in event.actors])
    recipients = words([Span(r.start, r.end) for r in event.recipients])
    head = f"{event.type}/{event.mode}" if event.mode else event.type
    return f"“{words([event.trigger])}” {head} {event.status}, {event.polarity}: {actors} → {recipients}"


def _load(path: str) -> dict[str, Reading]:
    with Path(path).open("rb") as lines:
        return {r.document.id: r for line in lines if line.strip() for r in [loads_reading(line)]}


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    before, after = _load(arguments[0]), _load(arguments[1])
    counts: Counter[str] = Counter()
    for document, reading in after.items():
        found = list(changes(before[document], reading)) if document in before else []
        if found:
            print(f"== {document}", *found, sep="\n")
        counts.update(" ".join(line.split(" ", 2)[:2]) for line in found)
    print(", ".join(f"{what}: {n}" for what, n in sorted(counts.items())) or "no difference")
    missing = sorted(set(before) ^ set(after))
    if missing:
        print(f"only in one of the files: {', '.join(missing[:5])}{' …' if len(missing) > 5 else ''}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
