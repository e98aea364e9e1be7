"""MEANTIME: Wikinews articles as numbered tokens with times and events (CAT XML, one file an article).

Only the first sentences of an article are annotated; the rest is left out. The text is put together
again from the tokens, headline and dateline as paragraphs of their own, so that every token has offsets.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.metrics import Errors, Miss, Offsets, Scores, Tally, macro_f_metric
from benchmarks.probes import Judged, judge
from benchmarks.reader import document, progress, sentence_at
from benchmarks.timex import Dated, Finder, Timex, created, score

SET = "meantime"
_QUOTES = {"``": "“", "''": "”"}
_TIGHT_BEFORE = re.compile(r"^([.,;:!?)\]%”’]|'s|n't|'(re|ve|ll|m|d))$")
_TIGHT_AFTER = re.compile(r"^[(\[“$]$")
_UNCERTAIN = {"POSSIBLE", "PROBABLE"}
# Statuses under which an act is not told as certain. Plans are: "will open in May" is CERTAIN.
_UNCERTAIN_STATUS = {"possible", "threatened", "requested", "purpose"}


@dataclass(frozen=True, slots=True)
class Happening:
    """An event mention: where, whether it is negated, and CERTAIN, PROBABLE, POSSIBLE or UNDERSPECIFIED."""

    at: Offsets
    polarity: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Article:
    dated: Dated
    events: tuple[Happening, ...]


def run_times(path: Path, *, limit: int | None, errors: Errors, find: Finder, name: str = SET) -> Scores:
    """Strict, relaxed and value F of what `find` finds."""
    articles = list(read_articles(path))[:limit]
    tally = Tally()
    for article in progress(articles, len(articles), f"{name} times"):
        score(article.dated, find(article.dated), tally, errors, name)
    return tally.scores()


def run_events(path: Path, *, limit: int | None, errors: Errors) -> Scores:
    """What the status reader says of each annotated event word: F of "negated", macro-F of certainty.

    UNDERSPECIFIED polarity or certainty is not scored. Certainty has two classes, since a reading
    does not tell probable from possible.
    """
    articles = list(read_articles(path))[:limit]
    negation = Tally()
    certainty: list[tuple[str, str | None]] = []
    for article in progress(articles, len(articles), f"{SET} events"):
        dated = article.dated
        right = given = wanted = 0
        spans = [e.at for e in article.events]
        judged = judge(document(dated.name, dated.text, dated.published), spans)
        for event, came in zip(article.events, judged, strict=True):
            if event.polarity in ("POS", "NEG"):
                negated = event.polarity == "NEG"
                right += negated and came.negated
                given += came.negated
                wanted += negated
                if negated != came.negated:
                    _report(errors, dated, event, "negation", event.polarity, came)
            if event.certainty == "CERTAIN" or event.certainty in _UNCERTAIN:
                want = "uncertain" if event.certainty in _UNCERTAIN else "certain"
                got = "uncertain" if came.status in _UNCERTAIN_STATUS else "certain"
                certainty.append((want, got))
                if want != got:
                    _report(errors, dated, event, "certainty", event.certainty, came)
        negation.add("negation_f", right, given, wanted)
    return {
        **negation.scores(), "certainty_macro_f": macro_f_metric(certainty, ["certain", "uncertain"]),
    }


def _report(errors: Errors, dated: Dated, event: Happening, kind: str, wanted: str, came: Judged) -> None:
    start, end = event.at
    trigger = dated.text[start:end]
    errors(Miss(
        SET, dated.name, kind, sentence_at(dated.text, start, end), [trigger, wanted],
        [came.status, "negated" if came.negated else "affirmed"],
    ))


def read_articles(path: Path) -> Iterator[Article]:
    """The articles under a folder, at any depth, by name."""
    for file in sorted(path.rglob("*.xml")):
        root = ET.parse(file).getroot()
        if root.find("token") is not None:
            yield read_article(file.stem, root)


def read_article(name: str, root: ET.Element) -> Article:
    """An article of one parsed file."""
    tokens = list(root.iter("token"))
    sentence_of = {t.get("t_id"): int(t.get("sentence", "0")) for t in tokens}
    anchors = (a.get("t_id") for a in root.iterfind("Markables/*/token_anchor"))
    last = max((sentence_of[a] for a in anchors), default=0)
    text, where = put_together([t for t in tokens if sentence_of[t.get("t_id")] <= last])
    times: list[Timex] = []
    published: str | None = None
    aside: list[Offsets] = []
    for timex in root.iter("TIMEX3"):
        span = _span(timex, where)
        if timex.get("functionInDocument") == "CREATION_TIME":
            published = created(timex.get("value"))
            aside += [span] if span else []
        elif span:
            times.append(Timex(*span, timex.get("value") or None))
    events = tuple(
        Happening(span, e.get("polarity", ""), e.get("certainty", ""))
        for e in root.iter("EVENT_MENTION")
        if (span := _span(e, where))
    )
    return Article(Dated(name, text, published, tuple(times), tuple(aside)), events)


def put_together(tokens: list[ET.Element]) -> tuple[str, dict[str, Offsets]]:
    """The text of the tokens and the offsets of each token's id."""
    text = ""
    where: dict[str, Offsets] = {}
    previous: ET.Element | None = None
    for token in tokens:
        word = _word(token)
        text += _gap(previous, token, word)
        where[token.get("t_id", "")] = (len(text), len(text) + len(word))
        text += word
        previous = token
    return text, where


def _word(token: ET.Element) -> str:
    return _QUOTES.get(token.text or "", token.text or "")


def _gap(previous: ET.Element | None, token: ET.Element, word: str) -> str:
    if previous is None:
        return ""
    here, before = int(token.get("sentence", "0")), int(previous.get("sentence", "0"))
    if here != before and before < 2:  # headline and dateline
        return "\n\n"
    tight = _TIGHT_BEFORE.match(word) or _TIGHT_AFTER.match(_word(previous))
    return "" if tight and here == before else " "


def _span(markable: ET.Element, where: dict[str, Offsets]) -> Offsets | None:
    anchors = [where[i] for a in markable.iter("token_anchor") if (i := a.get("t_id", "")) in where]
    return (min(a[0] for a in anchors), max(a[1] for a in anchors)) if anchors else None
