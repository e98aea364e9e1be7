from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from brief_values import FINDINGS, HOSTILE, INCIDENTS, READINGS, TEXT, TRUCE

from trucewatch.briefs import Brief, build, render_html, render_markdown
from trucewatch.briefs.summing import total
from trucewatch.errors import UsageError
from trucewatch.model import Figure


def whole(**period: str) -> Brief:
    return build(TRUCE, READINGS, INCIDENTS, FINDINGS, **period)


def numbers(brief: Brief) -> dict[str, int]:
    return {c.verdict: c.number for c in brief.counts if c.number}


class _Page(HTMLParser):
    """What a browser would fetch, what it would jump to, and which tags there are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.jumps: set[str] = set()
        self.fetches: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and (value or "").startswith("#"):
                self.jumps.add((value or "")[1:])
            elif name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in ("src", "srcset", "href", "data", "action", "poster"):
                self.fetches.append(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def test_counts_are_one_an_incident_and_of_this_truce_alone() -> None:
    assert numbers(whole()) == {"breach_contested": 1, "undetermined": 1, "compliance": 1, "not_covered": 1}


def test_other_verdicts_on_one_incident_are_told_beside() -> None:
    case = next(c for c in whole().cases if c.incident == "i1")
    assert case.other_verdicts == ("breach_alleged",)


def test_accounts_are_counted_by_side() -> None:
    north, south = whole().sides
    assert [len(x) for x in (north.charged, north.borne_out, north.denied, north.owned)] == [1, 0, 1, 0]
    assert south.charged == ()


def test_the_table_is_party_by_term_by_province() -> None:
    found = [(r.party, r.term, r.province, len(r.breaches), len(r.kept)) for r in whole().rows]
    assert found == [("Northern side", "T1", "Homs", 1, 0), ("Southern side", "T2", "place not known", 0, 1)]


def test_harm_is_a_range_by_who_was_hit() -> None:
    found = {t.victims: (t.killed, t.injured) for t in whole().tolls}
    assert found == {
        "civilian": (Figure(4, 7), Figure(20, None)), "unknown": (Figure(2, 3), None)}


def test_an_open_bound_stays_open_in_a_sum() -> None:
    assert total([Figure(1, 2), None, Figure(3, None)]) == Figure(4, None)


def test_excluded_groups_stand_apart() -> None:
    assert [c.incident for c in whole().cases if c.excluded] == ["i3"]


def test_the_period_keeps_what_falls_in_it() -> None:
    brief = whole(since="2016-04-11", until="2016-04-30")
    assert "i1" not in {c.incident for c in brief.cases}
    assert "i2" in {c.incident for c in brief.cases}
    assert brief.outside_period == 1


def test_incidents_of_undated_pages_are_kept_and_named() -> None:
    brief = whole(since="2016-04-11", until="2016-04-30")
    assert {c.incident for c in brief.undated} == {"i3", "i4"}


@pytest.mark.parametrize(("since", "until"), [("2016-02-31", None), ("2016-04-02", "2016-04-01")])
def test_a_period_that_is_none_is_refused(since: str, until: str | None) -> None:
    with pytest.raises(UsageError):
        build(TRUCE, READINGS, INCIDENTS, FINDINGS, since=since, until=until)


def test_quotes_stand_at_their_offsets() -> None:
    for case in whole().cases:
        for voice in case.claims + case.denials:
            assert TEXT[voice.start : voice.end] == voice.quote


def test_copies_are_marked() -> None:
    case = next(c for c in whole().cases if c.incident == "i1")
    assert [v.copied for v in case.claims] == [False, True]


def test_happenings_without_a_finding_are_counted() -> None:
    assert whole().unjudged == 1


def test_the_page_text_is_escaped() -> None:
    html = render_html(whole())
    assert HOSTILE not in html
    assert not _Page(html).tags & {"script", "iframe", "object", "img", "link"}


def test_markdown_carries_no_live_tags() -> None:
    assert "<script" not in re.sub(r"\\<", "", render_markdown(whole()))


def test_nothing_is_fetched() -> None:
    html = render_html(whole())
    assert _Page(html).fetches == []
    assert "url(" not in html
    assert "@import" not in html


def test_only_web_addresses_become_links() -> None:
    assert set(_Page(render_html(whole())).links) == {"https://paper.example/1"}


@pytest.mark.parametrize("brief", [whole(), build(TRUCE, (), (), ())])
def test_every_jump_lands(brief: Brief) -> None:
    page = _Page(render_html(brief))
    assert page.jumps <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_every_jump_of_the_markdown_lands() -> None:
    text = render_markdown(whole())
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= set(re.findall(r'<a id="([\w-]+)">', text))


def test_documents_show_their_furniture_and_date_basis() -> None:
    first = whole().pages[0]
    assert first.furniture == round(100 * 5 / len(TEXT))
    assert (first.published, first.basis) == ("2016-04-10", "given")


def test_right_to_left_quotes_find_their_own_direction() -> None:
    html = render_html(whole())
    assert re.search(r'<blockquote dir="auto">[^<]*<mark>إنه', html)


def test_both_forms_have_the_same_sections() -> None:
    html, text = render_html(whole()), render_markdown(whole())
    for heading in ("Where", "When", "Parties, terms, provinces", "Harm to people", "Incidents",
                    "Method and limits"):
        assert f">{heading}</h2>" in html
        assert f"\n## {heading}\n" in text


def test_a_brief_of_nothing_says_so() -> None:
    empty = build(TRUCE, (), (), ())
    assert "Nothing has been read yet" in render_html(empty)
    assert "Nothing has been read yet" in render_markdown(empty)


def test_a_brief_without_findings_says_so() -> None:
    assert "none tells of an incident" in render_html(build(TRUCE, READINGS, INCIDENTS, ()))


def test_the_same_values_give_the_same_page() -> None:
    assert render_html(whole()) == render_html(whole())


def test_without_both_ends_there_is_no_period_before() -> None:
    assert whole().previous is None
    assert whole(since="2016-04-10").previous is None


def test_the_period_before_is_as_long_and_counted_apart() -> None:
    brief = whole(since="2016-04-10", until="2016-04-12")
    assert brief.previous is not None
    assert (brief.previous.since, brief.previous.until) == ("2016-04-07", "2016-04-09")
    here = {c.incident for c in brief.cases}
    assert not here & {c.incident for c in brief.previous.cases}
    for trend in brief.previous.trends:
        assert set(trend.now) <= set(brief.cases)
        assert set(trend.before) <= set(brief.previous.cases)
        assert trend.change == len(trend.now) - len(trend.before)


def test_what_a_side_alleges_is_confirmed_denied_or_unanswered() -> None:
    for exchange in whole().exchanges:
        answered = {*exchange.confirmed, *exchange.denied}
        assert answered | set(exchange.silent) == set(exchange.alleged)
        assert not answered & set(exchange.silent)
    assert whole().exchanges


def test_each_quotation_leads_to_its_characters() -> None:
    brief = whole()
    html = render_html(brief)
    page = _Page(html)
    for case in brief.cases:
        for voice in case.claims:
            anchor = brief.words(voice.document, voice.start)
            assert anchor in page.ids
            assert anchor in page.jumps
    for line in brief.pages:
        if line.pieces:
            text = "".join(p.text for p in line.pieces)
            assert text == next(r.document.text for r in READINGS if r.document.id == line.id)
            assert all(text[p.start : p.start + len(p.text)] == p.text for p in line.pieces)
