"""Whether the stated confidence is what it says: of events said to be right 8 times in 10, are 8 in 10 right?

Every set that tells of a type gives its share: an event is right when the set's own rule of matching finds its type
right. The picture is plain SVG, drawn from the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.metrics import Scores, plain_metric, share_metric
from trucewatch.model import Event

SET = "confidence"
BINS = 10


@dataclass(slots=True)
class Outcomes:
    """Events with whether their type was right, in the order of the run."""

    judged: list[tuple[Event, bool]] = field(default_factory=list)

    def __call__(self, event: Event, right: bool) -> None:
        self.judged.append((event, right))


@dataclass(frozen=True, slots=True)
class Bin:
    """Events whose confidence lies in one tenth: how many, the mean that was stated, the share that was right."""

    events: int
    stated: float
    right: float


def bins(judged: Sequence[tuple[float, bool]]) -> list[Bin]:
    """The tenths that hold any event, from the least to the most sure."""
    found = []
    for tenth in range(BINS):
        inside = [(c, r) for c, r in judged if min(int(c * BINS), BINS - 1) == tenth]
        if inside:
            count = len(inside)
            found.append(Bin(count, sum(c for c, _ in inside) / count, sum(r for _, r in inside) / count))
    return found


def scores(outcomes: Outcomes) -> Scores:
    """`right`: the share that was right; `brier`: the mean square of what was stated less what came;
    `calibration_error`: the mean distance of stated from right over the tenths, weighted by their events."""
    judged = [(e.confidence, r) for e, r in outcomes.judged]
    if not judged:
        return {}
    error = sum(b.events * abs(b.stated - b.right) for b in bins(judged)) / len(judged)
    return {
        "right": share_metric([r for _, r in judged]),
        "brier": share_metric([((c - r) ** 2, 1.0) for c, r in judged]),
        "calibration_error": plain_metric(error, len(judged)),
    }


def table(outcomes: Outcomes) -> str:
    """The tenths as a table for people."""
    lines = [f"{'events':>8}{'stated':>9}{'right':>9}"]
    lines += [
        f"{b.events:>8}{b.stated * 100:>9.1f}{b.right * 100:>9.1f}"
        for b in bins([(e.confidence, r) for e, r in outcomes.judged])
    ]
    return "\n".join(lines)


def draw(outcomes: Outcomes, path: Path) -> None:
    """The reliability diagram: what was stated across, what was right upwards; the larger a dot the more events."""
    found = bins([(e.confidence, r) for e, r in outcomes.judged])
    side, edge = 320, 44
    most = max((b.events for b in found), default=1)

    def at(share: float) -> float:
        return edge + share * side

    def up(share: float) -> float:
        return edge / 2 + (1 - share) * side

    marks = "".join(
        f'<line x1="{at(t / 5):.1f}" y1="{up(0):.1f}" x2="{at(t / 5):.1f}" y2="{up(1):.1f}" stroke="#ddd"/>'
        f'<line x1="{at(0):.1f}" y1="{up(t / 5):.1f}" x2="{at(1):.1f}" y2="{up(t / 5):.1f}" stroke="#ddd"/>'
        f'<text x="{at(t / 5):.1f}" y="{up(0) + 16:.1f}" text-anchor="middle">{t * 20}</text>'
        f'<text x="{edge - 6}" y="{up(t / 5) + 4:.1f}" text-anchor="end">{t * 20}</text>'
        for t in range(6)
    )
    dots = "".join(
        f'<circle cx="{at(b.stated):.1f}" cy="{up(b.right):.1f}" r="{3 + 9 * (b.events / most) ** 0.5:.1f}">'
        f"<title>{b.events} events: stated {b.stated * 100:.1f} %, right {b.right * 100:.1f} %</title></circle>"
        for b in found
    )
    width, height = side + edge + 20, side + edge / 2 + 44
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" font-family="sans-serif" '
        f'font-size="11"><rect width="100%" height="100%" fill="#fff"/>{marks}'
        f'<line x1="{at(0):.1f}" y1="{up(0):.1f}" x2="{at(1):.1f}" y2="{up(1):.1f}" stroke="#888" '
        f'stroke-dasharray="4 3"/><g fill="#1f6f8b" fill-opacity="0.8">{dots}</g>'
        f'<text x="{at(0.5):.1f}" y="{height - 10:.0f}" text-anchor="middle">stated confidence, per cent '
        f"({len(outcomes.judged)} events)</text>"
        f'<text x="12" y="{up(0.5):.1f}" text-anchor="middle" transform="rotate(-90 12 {up(0.5):.1f})">'
        f"right, per cent</text></svg>\n",
        encoding="utf-8",
    )
