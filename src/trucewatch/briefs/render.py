"""A brief as one self-contained HTML page, or as Markdown.

The HTML asks nothing of the network: style and drawings stand inside, and there is no script. Whatever comes
from a page is escaped by the template engine.
"""

from __future__ import annotations

import re
from functools import cache

import jinja2

from trucewatch.briefs import drawing, wording
from trucewatch.briefs.values import Brief, Case

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
_WEB = re.compile(r"https?://[^\s\"'<>]+\Z", re.I)


def render_html(brief: Brief) -> str:
    """The brief as one HTML file."""
    return _templates(html=True).get_template("brief.html").render(
        brief=brief, lists=lists(brief), map=drawing.country_map(brief), timeline=drawing.timeline(brief))


def render_markdown(brief: Brief) -> str:
    """The brief as Markdown with tables, without drawings."""
    text = _templates(html=False).get_template("brief.md").render(brief=brief, lists=lists(brief))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@cache
def _templates(*, html: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("trucewatch.briefs"), autoescape=html,
        trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "figure": wording.figure, "day": wording.day, "md": _escape, "web": _web,
    }
    environment.globals |= {"w": wording, "grades": wording.GRADES, "number": wording.number}
    return environment


def lists(brief: Brief) -> list[tuple[str, str, str, tuple[Case, ...]]]:
    """The lists of cases: anchor, heading, explanation, cases. Excluded groups' fighting has its own."""
    out = []
    for count in brief.counts:
        heading, explanation = wording.VERDICTS[count.verdict]
        cases = count.cases
        if count.verdict == "not_covered":
            apart = tuple(c for c in cases if c.excluded)
            names = ", ".join(brief.excluded_names)
            out.append((
                "excluded", "Fighting of and with excluded groups",
                f"The truce leaves out {names}; force by or against them is no breach." if names
                else "The truce leaves nobody out.", apart))
            cases = tuple(c for c in cases if not c.excluded)
            heading = "Otherwise not covered"
            explanation = "Outside the area or the time, or by those who never joined."
        out.append((f"v-{count.verdict}", heading, explanation, cases))
    return out


def _escape(text: object) -> str:
    """Text of a page as Markdown that shows it, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(str(text).split()))


def _web(url: str | None) -> str | None:
    """The address when it is one of the web: no other scheme becomes a link."""
    return url if url and _WEB.match(url) else None
