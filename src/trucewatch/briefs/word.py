"""A brief as a Word document (needs the extra `docx`): the same numbers, lists and quotations as the HTML, without its
drawings. Every number leads to its incidents, and every incident can be jumped to."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from trucewatch.briefs import wording as w
from trucewatch.briefs.render import lists
from trucewatch.briefs.values import Brief, Case, Voice
from trucewatch.errors import UsageError

_STAMP = dt.datetime(2000, 1, 1)  # the library asks for some moment; a brief knows no clock
_SAFE = str.maketrans(dict.fromkeys([*range(9), 11, 12, *range(14, 32)], " "))  # what XML cannot hold


def render_docx(brief: Brief) -> bytes:
    """The brief as the bytes of a .docx file; UsageError `no_docx` where the extra is not installed."""
    try:
        import docx
        from docx.shared import Mm
    except ImportError as error:
        mend = "pip install 'trucewatch[docx]'"
        raise UsageError("no_docx", "Word documents need the package python-docx", mend=mend) from error
    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
    document.core_properties.title = _safe(f"{brief.title}: monitoring brief, {brief.period}")
    document.core_properties.author = "trucewatch"
    document.core_properties.created = document.core_properties.modified = _STAMP
    _Writer(document, brief).write()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Writer:
    """Writes section after section. The Word library leaves bookmarks and jumps to XML; `_jump` and `_mark` are it."""

    def __init__(self, document: Any, brief: Brief) -> None:
        self._document = document
        self._brief = brief
        self._marks = 0

    def write(self) -> None:
        brief = self._brief
        self._document.add_heading(_safe(brief.title), 0)
        ends = f" to {w.day(brief.ends)}" if brief.ends else ""
        self._text(f"{brief.period}. In force from {w.day(brief.effective)}{ends}.")
        for sentence in brief.summary:
            self._text(sentence.text, style="List Bullet")
        if not brief.cases:
            self._text(f"{w.number(len(brief.pages), 'document')} read; none tells of an incident in this period.")
        else:
            self._numbers()
            for _, heading, explanation, cases in lists(brief):
                self._heading(f"{heading} ({len(cases)})")
                self._text(explanation)
                for case in cases:
                    self._case(case)
        self._method()

    def _numbers(self) -> None:
        brief = self._brief
        self._heading("Who accuses whom, and what is said in reply")
        self._table(
            ("Party accused", "Alleged", "by a rival party", "Corroborated", "Denied", "Defence claimed"),
            ((s.name, s.charged, s.by_rivals, s.borne_out, s.denied, s.owned) for s in brief.sides),
        )
        if brief.exchanges:
            self._heading("What one side alleges and the other confirms")
            self._table(
                ("Said by", "Of", "Alleged", "Accused side confirms", "Denied", "No answer"),
                ((x.accuser, x.accused, x.alleged, x.confirmed, x.denied, x.silent) for x in brief.exchanges),
            )
        if brief.previous:
            self._heading("Against the period before")
            self._text(f"{brief.previous.period}, of equal length.")
            self._table(
                ("Verdict", "This period", "Before", "Change"),
                ((w.VERDICTS[t.verdict][0], t.now, t.before, f"{t.change:+d}") for t in brief.previous.trends),
            )
            for case in brief.previous.cases:
                line = self._text("", style="List Bullet")
                self._mark(line, case.anchor)
                day = w.days(case.first_day, case.last_day)
                verdict = w.VERDICTS[case.verdict][0].lower()
                line.add_run(_safe(f"{case.label}: {case.title}, {day}: {verdict} ({', '.join(case.documents)})"))
        self._heading("Incidents a day")
        self._table(
            ("Day", "Incidents"),
            ((w.day(d.date), tuple(c for count in d.counts for c in count.cases)) for d in brief.days if d.counts),
        )
        self._heading("Parties, terms, provinces")
        self._table(
            ("Party said to act", "Term", "Province", "Breaches told", "Compliance told"),
            ((r.party, r.term, r.province, r.breaches, r.kept) for r in brief.rows),
        )
        self._heading("Harm to people")
        self._table(
            ("Who", "Killed", "Injured", "Incidents"),
            ((w.VICTIMS[t.victims], w.figure(t.killed), w.figure(t.injured), t.cases) for t in brief.tolls),
        )

    def _case(self, case: Case) -> None:
        heading = self._document.add_heading("", 3)
        self._mark(heading, case.anchor)
        heading.add_run(_safe(f"{case.label}. {case.title}"))
        facts = [w.days(case.first_day, case.last_day), case.province or ""]
        facts += [f"killed {w.figure(case.killed)}" if case.killed else ""]
        facts += [f"injured {w.figure(case.injured)}" if case.injured else ""]
        facts += [f"term {case.term}" if case.term else "", f"claim {w.GRADES.get(case.grade, case.grade)}"]
        self._text(" · ".join([w.VERDICTS[case.verdict][0], *filter(None, facts)]))
        if case.reason:
            self._text(case.reason)
        for voice in case.claims:
            self._voice(voice)
        for voice in case.denials:
            self._voice(voice)

    def _voice(self, voice: Voice) -> None:
        line = self._text("", style="List Bullet")
        line.add_run(_safe(voice.source)).bold = True
        side = f", side: {self._brief.names[voice.side]}" if voice.side in self._brief.names else ""
        copied = ", copied from another page" if voice.copied else ""
        line.add_run(_safe(f" {w.STANCES.get(voice.stance, voice.stance)}{side}{copied}: “{voice.quote}” "))
        where = f"({voice.publisher or voice.document}, {voice.document} [{voice.start}, {voice.end}))"
        anchor = self._brief.anchors.get(voice.document)
        if anchor:
            self._jump(line, anchor, where)
        else:
            line.add_run(_safe(where))

    def _method(self) -> None:
        brief = self._brief
        self._heading("Method and limits")
        self._text(
            "News pages were read by a program; reports of one happening were joined, and each incident was held"
            " against the terms of the truce by a fixed ladder of tests. Nothing was verified on the ground. What a"
            " page leaves open stays open. “Corroborated” asks for two sources of different sides that do not copy"
            " each other."
        )
        for term, text in brief.terms:
            self._text(f"{term}: {text}", style="List Bullet")
        self._heading(f"Documents read ({len(brief.pages)})")
        for page in brief.pages:
            line = self._text("", style="List Bullet")
            self._mark(line, page.anchor)
            published = w.day(page.published) if page.published else "not known"
            told = f"{page.title} ({page.publisher or 'publisher not known'}, {page.id}; published {published};"
            line.add_run(_safe(f"{told} sha256 {page.sha256[:12]})"))
        self._text("; ".join(f"{name} {version}" for name, version in brief.versions))

    # ------------------------------------------------------------------------------------------ parts

    def _heading(self, text: str) -> None:
        self._document.add_heading(_safe(text), 2)

    def _text(self, text: str, style: str | None = None) -> Any:
        return self._document.add_paragraph(_safe(text), style)

    def _table(self, head: Sequence[str], rows: Iterable[Sequence[str | tuple[Case, ...]]]) -> None:
        table = self._document.add_table(1, len(head), "Light Grid Accent 1")
        for cell, text in zip(table.rows[0].cells, head, strict=True):
            cell.text = text
        for row in rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                if isinstance(value, str):
                    cell.text = _safe(value)
                else:
                    self._counted(cell.paragraphs[0], value)

    def _counted(self, paragraph: Any, cases: Sequence[Case]) -> None:
        paragraph.add_run(str(len(cases))).bold = True
        for number, case in enumerate(cases):
            paragraph.add_run(", " if number else " (")
            self._jump(paragraph, case.anchor, case.label)
        if cases:
            paragraph.add_run(")")

    def _mark(self, paragraph: Any, anchor: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self._marks += 1
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            element = OxmlElement(tag)
            element.set(qn("w:id"), str(self._marks))
            if tag == "w:bookmarkStart":
                element.set(qn("w:name"), anchor)
            paragraph._p.append(element)

    def _jump(self, paragraph: Any, anchor: str, text: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), anchor)
        run = paragraph.add_run(_safe(text))
        run.font.underline = True
        link.append(run._r)
        paragraph._p.append(link)


def _safe(text: str) -> str:
    return text.translate(_SAFE)
