"""Marks what belongs to the page and not to the article: share bars, adverts, captions, related headlines.

Nothing is cut: a mark is a span with a reason. Lines are judged in passes. Each line by itself (rules from
`rules/data/furniture.yaml`, its build: bars, buttons, dates, bylines, and whether the page speaks of itself in
it: `pagetalk`); what stands under a heading such as "Most read"; what stands above the article's headline, which
is told by its kinship with the article, or after its end; scraps between marks; and what hangs on a paragraph.
"""

from __future__ import annotations

import re
from functools import cache

from trucewatch.model import Furniture
from trucewatch.sources.lines import Line, lines_of, sentence_breaks
from trucewatch.sources.pagetalk import has_deed, reason_of_contact, reason_of_talk, speaks_to_reader, tells
from trucewatch.sources.published import (
    date_in,
    has_labelled_date,
    is_date_line,
    is_place_and_date,
    leading_date,
)
from trucewatch.sources.words import FurnitureRule, furniture_rules, weekday_numbers

_HEAD_LINES = 12
_FOOT_LINES = 6
_EDGE_PARAGRAPHS = 2
_LONGEST_BAR = 200
_LONGEST_PIECE = 40
_BAR = re.compile(r"\s*[|¦•·»›▸►]\s*|\s+[/–—>]\s+|\t+|\s{3,}")
_BUTTONS = re.compile(r"[^\[\]]{0,80}(?:\[[^\[\]]{1,40}\]\s*){2,}")
_WEB_NAME = re.compile(
    r"(?:www\.)?[\w-]+\.(?:com|org|net|info|news|co|tv|[a-z]{2})(?:\.[a-z]{2})?|(?-i:[a-z0-9-]{3,}\.[a-z]{3,8})", re.I
)
_LABEL = re.compile(r"(?:as of|[\w’' -]{2,24}:) (?=\S)", re.I)
_SPACED_LETTERS = re.compile(r"[^\W\d_](?: +[^\W\d_]){3,}")
_CLOCK_FIRST = re.compile(r"\d{1,2}[:.h]\d\d(?!\d)")
_LINK_MARK = re.compile(r"(?:»|>>|[←→⇒➤➜])\s*(?=\w)")
_ARABIC_ARTICLE = re.compile(r"(?:al|el|a[dnrstz]|as?h|e[drsz])-[A-Z]")
_BYLINE = re.compile(r"(?:by|por|par|von|от|بقلم)\s*:?\s+(?=\S)", re.IGNORECASE)
_ADVERT_GLUED = re.compile(r"(?:advertisement|ADVERTISEMENT|Advertisement|Publicidad)\s*(?=[“\"‘«]?[A-Z])")
_SMALL = ("of", "the", "and", "in", "for", "on", "at", "&", "de", "del", "la", "el", "du", "des", "der")
# "(HW)", "/rga", "(AFP/Reuters)" after the last stop; at the end of the article also "R.J/H. Said" or "SSH 11".
_SIGN_OFF = re.compile(r"/\w{2,5}|[–—-]{0,2} ?[(\[]?(?:[A-Z]{2,6}(?:[/&, -]+[A-Z]{2,6}){0,3})[)\]]?")
_SIGNED = re.compile(
    r"(?:[A-Z]{2,4} )?\d{1,4}|(?:[A-Z]\.? ?){1,3}(?:/ ?(?:[A-Z]\.? ?){1,3})*(?:[A-Z][\w’'-]+)?|"
    r"[A-Z][\w.’'-]*(?: ?/ ?| )[A-Z][\w.’'-]+(?: ?/ ?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]+)?)?"
)
# "rs/msh (NWS, Interwire)"
_INITIALS = re.compile(r"[a-z]{2,3}/[a-z]{2,4}(?:/[a-z]{2,4})*(?: \([\w ,./-]{2,60}\))?")
_HANDLE = re.compile(r"@\w{2,30}")
_NAME_END = re.compile(r"\s*[:|–—•·]\s*|\s+-\s+")
_STEM = 5
# A headline shares at least so much of its content words with its article.
_AKIN = 0.5
_KIN_OF_TAIL = 0.25
_LONGEST_SCRAP = 14
_FULL_NAME = re.compile(r"[^\W\d_a-z][\w.’'-]+(?: (?:al-|el-|de |van |bin )?[^\W\d_a-z][\w.’'-]+){1,2}")


def mark_furniture(
    text: str, title: str | None = None, publisher: str | None = None
) -> tuple[Furniture, ...]:
    """The furniture of a page, in order and without overlaps.

    `title`, when known, is never marked where it stands near the top; `publisher`, when known,
    helps to tell a masthead. Reasons: share, advert, related, caption, byline, navigation, legal,
    newsletter, comments, masthead.
    """
    lines = lines_of(text)
    if not lines:
        return ()
    marks = [_reason_alone(line, {"any"}) for line in lines]
    places = _places(lines, marks)
    marks = [
        mark or (_reason_alone(line, where) if where != {"any"} else None)
        for line, mark, where in zip(lines, marks, places, strict=True)
    ]
    for index, line in enumerate(lines[:8]):
        if title and _same(line.shown, title):
            marks[index] = None
    _mark_under_headings(lines, marks, places)
    _mark_head(lines, marks, title, publisher)
    _mark_foot(lines, marks, title)
    _mark_strays(lines, marks, title)
    _mark_after_end(lines, marks)
    _mark_beside_marks(lines, marks)
    _mark_authors(lines, marks)
    spans = [
        Furniture(line.start, line.end, reason) for line, reason in zip(lines, marks, strict=True) if reason
    ]
    body = [line for line, reason in zip(lines, marks, strict=True) if not reason]
    for line in body:
        spans.extend(_inline(text, line, first=line is body[0], last=line is body[-1]))
    return tuple(sorted(spans, key=lambda span: span.start))


# One line by itself


def reason_of_line(shown: str) -> str | None:
    """Why a line by itself would be furniture, wherever it stood; None for prose."""
    return _reason_alone(Line(0, len(shown), shown), {"any", "head", "foot", "edge"})


def _reason_alone(line: Line, places: set[str]) -> str | None:
    """Why this line is furniture, judged by its own words and build, or None."""
    rule = _rule_for(line.shown, places) or _rule_for(line.core, places)
    if rule:
        return rule.reason
    if _BUTTONS.fullmatch(line.shown):
        return "navigation"
    if not line.words or line.core.isdigit() or _is_code(line):
        return "navigation"
    if _INITIALS.fullmatch(line.shown):
        return "byline"
    if "head" in places and _SPACED_LETTERS.fullmatch(line.core):
        return "masthead"
    if places & {"head", "foot"} and (
        is_date_line(line.core)
        or is_place_and_date(line.core)
        or _is_byline(line)
        or is_date_line(_LABEL.sub("", line.core))
        or _HANDLE.fullmatch(line.core)
        or (len(line.words) <= 16 and not line.ends and has_labelled_date(line.shown))
    ):
        return "byline"
    if _WEB_NAME.fullmatch(line.core) and len(line.words) <= 2:
        return "masthead"
    return _word_bar(line) or _bar(line, places) or reason_of_contact(line) or reason_of_talk(line)


def _places(lines: list[Line], marks: list[str | None]) -> list[set[str]]:
    """Where on the page each line stands: a few lines of text from its top or its foot; `edge` is either."""
    places: list[set[str]] = [{"any"} for _ in lines]
    for order, longest, name in ((range(len(lines)), _HEAD_LINES, "head"),
                                 (reversed(range(len(lines))), _FOOT_LINES, "foot")):
        passed = paragraphs = 0
        for index in order:
            if passed >= longest or paragraphs > _EDGE_PARAGRAPHS:
                break
            places[index] |= {name, "edge"}
            passed += not marks[index]
            paragraphs += not marks[index] and lines[index].is_paragraph
    return places


def _rule_for(shown: str, places: set[str], *, inline: bool = False) -> FurnitureRule | None:
    for rule, pattern in _compiled():
        if rule.where in places and (rule.inline or not inline) and len(shown) <= rule.longest:
            found = pattern.fullmatch(shown)
            if found and (rule.then != "list" or _may_follow(rule, found)) and not (rule.silent and _is_quoting(shown)):
                return rule
    return None


def _is_quoting(shown: str) -> bool:
    return tells(Line(0, len(shown), shown))


def _may_follow(rule: FurnitureRule, found: re.Match[str]) -> bool:
    """Whether what follows a lead-in is a headline or a list: after a mark, or after a phrase in capitals."""
    shout, rest = found["shout"], (found["marked"] or found["shouted"] or "").strip()
    if shout and not (shout.isupper() and rest[0].isupper() and not rest.isupper()):
        return False
    if found["marked"] and rule.reason == "related" and rest[:1].islower():  # "Listen: that was her first word."
        return False
    is_sentence = rest.endswith(".") and Line(0, len(rest), rest).prose_words > 1
    return len(rest.split()) <= 60 and not (rule.reason == "related" and is_sentence)


@cache
def _compiled() -> tuple[tuple[FurnitureRule, re.Pattern[str]], ...]:
    return tuple((rule, re.compile(_pattern(rule), re.IGNORECASE)) for rule in furniture_rules().rules)


def _pattern(rule: FurnitureRule) -> str:
    phrase = f"(?:{'|'.join(rule.phrases)})"
    if rule.then == "end":
        return rf"{phrase}[\s:.!»›>→▼▾↓↑…]*"
    if rule.then == "rest":
        return rf"{phrase}.*"
    marked = rf"{phrase}(?:\W*|(?:\s*[:|–—»>•·→]|\s-)(?P<marked>.*))"
    return rf"{marked}|(?P<shout>{phrase})\s+(?P<shouted>\S.*)"


def _is_code(line: Line) -> bool:
    """Whether it is a document's sign or page number: mostly digits, no words: "S/2019/44", "2/14"."""
    signs = [char for char in line.shown if char.isalnum()]
    digits = sum(char.isdigit() for char in signs)
    return (
        digits >= len(signs) / 2
        and not line.shown.startswith("|")
        and any(char in "/-*()" for char in line.shown)
        and not re.search(r"[^\W\d_]{3}", line.shown)
        and not is_date_line(line.core)
    )


def _is_byline(line: Line) -> bool:
    """Whether it is "By Jane Doe in Aden": after "by" names, dates and staff words, no clause."""
    found = _BYLINE.match(line.core)
    if not found or len(line.words) > 22 or (line.ends and len(line.words) > 8):
        return False
    rest = line.core[found.end():]
    allowed = furniture_rules().words.byline | furniture_rules().words.dates | furniture_rules().words.outlets
    words = re.findall(r"[^\W_][\w.'’-]*", rest)
    if not words or words[0].casefold() in weekday_numbers() or words[0][0].isdigit():
        return False
    return all(
        not word[0].islower() or word.casefold().strip(".") in allowed or _ARABIC_ARTICLE.match(word) for word in words
    )


def _word_bar(line: Line) -> str | None:
    """Share words, or section names, and nothing else."""
    words = furniture_rules().words
    tokens = [t.casefold().strip(".,:") for t in re.findall(r"[^\s|/•·»,]+", line.core)]
    tokens = [t for t in tokens if any(char.isalnum() for char in t)]
    tokens = [t for t in tokens if not re.fullmatch(r"\(?\d[\d.,]*k?\)?", t)]
    if not 2 <= len(tokens) <= 30:
        return None
    if all(t in words.share for t in tokens):
        return "share"
    is_phrase = tokens[0] == "in" or tokens[0] in words.prose  # "In the south" is a heading
    if len(tokens) >= 3 and not is_phrase and all(t in words.sections for t in tokens):
        return "navigation"
    return None


def _bar(line: Line, places: set[str]) -> str | None:
    """Short pieces between bars, arrows or dots; the pieces that are known say what kind of bar."""
    if len(line.shown) > _LONGEST_BAR or line.ends or line.shown.startswith("|"):  # a table's row is none
        return None
    pieces = [piece for piece in _BAR.split(line.core) if piece.strip()]
    long = [p for p in pieces if len(p) > _LONGEST_PIECE or len(p.split()) > 6 or p[-1] in ".,;"]
    if len(pieces) < 2:
        return None
    known = [_piece_reason(piece, places) for piece in pieces if piece not in long]
    reasons = [reason for reason in known if reason and (reason != "masthead" or places & {"head", "foot"})]
    if long and (len(long) > 1 or len(reasons) < max(2, len(pieces) / 2)):
        return None
    if None in known and _CLOCK_FIRST.match(line.core):  # an entry of a running report
        return None
    if "byline" in reasons:
        return "byline"
    if reasons and len(reasons) >= len(pieces) / 3:
        if "masthead" in reasons and "head" in places:
            return "masthead"
        return max(("navigation", "share", "comments", "legal", *reasons), key=reasons.count)
    strong = len(re.findall(r"[|¦»›•·▸►]|\s>\s", line.shown)) >= len(pieces) - 1
    is_table = not places & {"head", "foot"} and any(char.isdigit() for char in line.shown)
    return "navigation" if len(pieces) >= 3 and strong and line.prose_words == 0 and not is_table else None


def _piece_reason(piece: str, places: set[str]) -> str | None:
    words = furniture_rules().words
    rule = _rule_for(piece, places)
    tokens = [token.casefold().strip(".,") for token in piece.split()]
    if rule:
        return rule.reason
    if is_date_line(piece):
        return "byline"
    if all(token in words.share for token in tokens):
        return "share"
    if all(token in words.sections for token in tokens) or (len(piece) == 2 and piece.isupper()):
        return "navigation"
    if _is_outlet(piece) or _WEB_NAME.fullmatch(piece):
        return "masthead"
    return "byline" if _is_byline(Line(0, len(piece), piece)) else None


def _is_outlet(name: str) -> bool:
    """Whether a short capitalised name holds a word that outlets are named with."""
    words = name.split()
    return (
        1 <= len(words) <= 5
        and any(word.casefold().strip(".,") in furniture_rules().words.outlets for word in words)
        and all(word[0].isupper() or word in _SMALL for word in words)
    )


# What stands under a heading


def _mark_under_headings(lines: list[Line], marks: list[str | None], places: list[set[str]]) -> None:
    """Headline-like lines under a heading that stands alone ("Most read") share its reason."""
    under: str | None = None
    for index, line in enumerate(lines):
        if marks[index]:
            if line.words and not is_date_line(line.core):
                under = _opened_by(line, places[index])
            elif under and line.words:  # when the other story, or the comment, was published
                marks[index] = under
        elif under and _is_under(line, under, index / len(lines)):
            marks[index] = under
        else:
            under = None


def _opened_by(line: Line, places: set[str]) -> str | None:
    rule = _rule_for(line.core, places)
    if not rule or not rule.opens or (rule.reason == "comments" and len(line.words) > 3):
        return None
    alone = re.fullmatch(rf"(?:{'|'.join(rule.phrases)})\W*", line.core, re.IGNORECASE)
    return rule.reason if alone else None


def _is_under(line: Line, heading: str, depth: float) -> bool:
    """Whether a line, so far down the page, belongs to the heading: a comment, a tag, or a link's headline."""
    if heading == "comments":
        return depth > 0.6
    if heading == "navigation":
        return depth > 0.5 and len(line.words) <= 3 and not line.ends
    if len(line.words) == 1:
        return not line.ends and (line.shown.isupper() or depth > 0.5)
    return 2 <= len(line.words) <= 20 and (not line.shown.endswith((".", ".”", '."')) or len(line.words) <= 6)


# The head of the page


def _mark_head(lines: list[Line], marks: list[str | None], title: str | None, publisher: str | None) -> None:
    """Mastheads and kickers above the headline, and names between headline and article."""
    first = next((i for i, line in enumerate(lines) if not marks[i] and line.is_paragraph), len(lines))
    article = [line for line, mark in zip(lines[first:], marks[first:], strict=True) if not mark]
    body = _stems([word for line in article for word in line.folded])
    if not any(not marks[i] and len(lines[i].words) >= 4 and _kinship(lines[i], body) >= _AKIN for i in range(first)):
        _spare_headline(lines, marks, first, body)
    candidates = [i for i in range(first) if not marks[i]][:_HEAD_LINES]
    if not candidates:
        return
    headline = _headline(lines, candidates, title, body)
    is_sure = _kinship(lines[headline], body) >= _AKIN
    marked = [line.shown for line, reason in zip(lines, marks, strict=True) if reason]
    furniture_words = " ".join(marked).casefold()
    for i in candidates:
        line = lines[i]
        if i == headline and not _is_publisher(line, publisher):
            continue
        is_strange = is_sure and _is_strange(line, body)
        if i <= headline and (is_strange or _is_masthead(line, publisher, furniture_words)):
            marks[i] = "masthead"
        elif i < headline and len(line.words) <= 3 and len(line.shown) <= _LONGEST_PIECE:
            marks[i] = "masthead" if line.shown.isupper() and i == 0 else "navigation"
        elif i > headline and is_strange and date_in(line.shown):
            marks[i] = "byline"
    for i in (*reversed(candidates), *candidates):
        is_name = i > headline and not marks[i] and _is_signature(lines[i], publisher)
        if is_name and _beside_mark(marks, i, None if _is_strange(lines[i], body) else "byline"):
            marks[i] = "byline"


def _kinship(line: Line, body: set[str]) -> float:
    """The share of a line's content words that stand in the article, 0 where fewer than two do."""
    own = _stems(line.folded)
    shared = len(own & body)
    return shared / len(own) if shared > 1 else 0.0


def _is_strange(line: Line, body: set[str]) -> bool:
    """Whether a short line without a full stop says next to nothing of what the article is about."""
    own = _stems([word for word in line.folded if not is_date_line(f"1 {word}")])
    is_name = all(not word[0].islower() or word in _SMALL for word in line.words)
    longest = 9 if is_name or date_in(line.shown) else 4
    is_akin = len(own & body) > len(own) / 3
    return len(line.words) <= longest and not is_akin and not line.ends and not tells(line)


def _spare_headline(lines: list[Line], marks: list[str | None], first: int, body: set[str]) -> None:
    """Frees the page's own headline when it was marked with what stands above the first paragraph.

    It is the last line akin to the article, or the last at all, that stands under a heading ("Breaking
    news") or begins as a link would ("WATCH: Smoke over the old port").
    """
    eligible = [i for i in range(first) if marks[i] == "related" and _may_be_headline(lines[i])]
    akin = [i for i in eligible if _kinship(lines[i], body) >= _AKIN]
    if not any(not marks[i] and len(lines[i].words) >= 4 for i in range(first)):
        akin = akin or eligible
    if akin:
        marks[akin[-1]] = None
        for i in range(akin[-1] + 1, first):
            if marks[i] and is_date_line(lines[i].core):
                marks[i] = "byline"


def _may_be_headline(line: Line) -> bool:
    lead = re.match(r"[\w ]+?(?=\s*[:|–—]|\s[A-Z0-9“‘\"'][^A-Z])", line.shown)
    is_kicker = lead is not None and lead.group().casefold().strip() in furniture_rules().words.kickers
    return len(line.words) >= 3 and (is_kicker or not _rule_for(line.core, {"any", "head", "edge"}))


def _headline(lines: list[Line], candidates: list[int], title: str | None, body: set[str]) -> int:
    """Which line is the article's own headline: the title, the first akin to the article, or the first no name."""
    for i in candidates:
        if title and _same(lines[i].shown, title):
            return i
    long = [i for i in candidates if len(lines[i].words) >= 4]
    likely = [i for i in long if not _is_outlet(lines[i].shown) and not _is_slogan(lines[i])]
    akin = [i for i in likely if _kinship(lines[i], body) >= _AKIN]
    if akin:
        return akin[0]
    if likely:  # a name is all in capitals, a headline seldom
        return max(likely, key=lambda i: (any(word.islower() and word not in _SMALL for word in lines[i].words), -i))
    return max(candidates, key=lambda i: (not _is_outlet(_NAME_END.split(lines[i].core)[0]), len(lines[i].words)))


def _is_masthead(line: Line, publisher: str | None, furniture_words: str) -> bool:
    name = _NAME_END.split(line.shown)[0]
    has_slogan = name != line.shown
    if _is_publisher(line, publisher) or (_is_outlet(name) and (name.isupper() or not has_slogan)):
        return True
    if not has_slogan and len(line.words) <= 5 and (_shouts(name) or name.casefold() in furniture_words):
        return True
    return _is_slogan(line)


def _is_slogan(line: Line) -> bool:
    """Whether it is a slogan, mostly after the outlet's name and a mark: "HARBOUR POST: news you can trust"."""
    if len(line.words) <= 8 and len(furniture_rules().words.slogans.intersection(line.folded)) >= 2:
        return True
    name = _NAME_END.split(line.shown)[0]
    slogan = {word.casefold() for word in re.findall(r"[\w'’]+", line.shown[len(name):])}
    known = len(slogan & furniture_rules().words.slogans)
    named = _is_outlet(name) or _shouts(name)
    return 1 <= len(slogan) <= 10 and known >= (1 if named else 2)


def _is_publisher(line: Line, publisher: str | None) -> bool:
    name = _NAME_END.split(line.shown)[0]
    return bool(publisher) and _same(name, publisher or "") and len(line.words) <= 14


def _shouts(name: str) -> bool:
    return name.isupper() and len(name.split()) <= 5


def _is_signature(line: Line, publisher: str | None) -> bool:
    """A name alone, such as "Jane Doe in Aden" or an agency's."""
    words = line.core.split()
    named = all(word[0].isupper() or word.casefold() in furniture_rules().words.byline for word in words)
    return _is_publisher(line, publisher) or _is_outlet(line.core) or (named and 2 <= len(words) <= 5)


def _beside_mark(marks: list[str | None], index: int, mark: str | None = None) -> bool:
    """Whether a line next to this one is marked, as `mark` when that is given."""
    return any(marks[i] and mark in (None, marks[i]) for i in (index - 1, index + 1) if 0 <= i < len(marks))


# The foot of the page


def _mark_foot(lines: list[Line], marks: list[str | None], title: str | None) -> None:
    """Headlines of other stories after the last paragraph: no full stop, another subject."""
    if not _is_punctuated(lines, marks):
        return
    paragraphs = [i for i, line in enumerate(lines) if not marks[i] and line.is_paragraph and line.ends]
    stops = [i for i, line in enumerate(lines) if not marks[i] and line.shown.endswith(".") and len(line.words) > 2]
    foot = [i for i in range(max(paragraphs[-1:] + stops[-1:]) + 1, len(lines)) if not marks[i]]
    last = lines[paragraphs[-1]]
    for i in foot:
        own = title and _same(lines[i].shown, title)
        is_item = lines[i].is_item and not _LINK_MARK.match(lines[i].shown)
        if lines[i].is_headline_like and not is_item and not _shares_subject(lines[i], last) and not own:
            marks[i] = "related"


def _mark_strays(lines: list[Line], marks: list[str | None], title: str | None) -> None:
    """Headlines of other stories between two paragraphs that speak of something else."""
    body = [i for i, line in enumerate(lines) if not marks[i]]
    if not _is_punctuated(lines, marks):
        return
    first = next(i for i in body if lines[i].is_paragraph)
    for before, i, after in zip(body, body[1:], body[2:], strict=False):
        line = lines[i]
        around = (lines[before], lines[after])
        if i > first and _is_link(line) and not any(_LINK_MARK.match(n.shown) for n in around):
            marks[i] = "related"
            continue
        if i <= first or len(line.words) < 7 or not line.is_headline_like or line.prose_words or line.is_item:
            continue
        if all(n.is_paragraph and n.ends and not _shares_subject(line, n) for n in around) and not (
            title and _same(line.shown, title)
        ):
            marks[i] = "related"


def _mark_after_end(lines: list[Line], marks: list[str | None]) -> None:
    """What follows rights, comments, tags or a reporting credit, from where no line speaks of the article's matter."""
    body = [line for line, mark in zip(lines, marks, strict=True) if not mark and line.is_paragraph]
    stems = _stems([word for line in body for word in line.folded if line is not body[-1]])
    end = len(lines)
    for i in reversed(range(len(lines))):
        line = lines[i]
        is_news = line.is_item or has_deed(line) or tells(line) or _kinship(line, stems) > _KIN_OF_TAIL
        if is_news and not marks[i]:
            break
        if marks[i] and _closes(line, marks[i]):
            end = i
    for i in range(end + 1, len(lines)):
        marks[i] = marks[i] or "navigation"


def _closes(line: Line, mark: str | None) -> bool:
    rule = _rule_for(line.shown, {"any", "foot", "edge"})
    return mark in ("legal", "comments") or (rule is not None and rule.id in ("byline-credit", "byline-label", "tags"))


def _mark_beside_marks(lines: list[Line], marks: list[str | None]) -> None:
    """Scraps with furniture on both sides, and a label ("For more, please write to:") above its furniture."""
    first = next((i for i, mark in enumerate(marks) if not mark and lines[i].is_paragraph), len(lines))
    for i in reversed(range(first + 1, len(lines))):
        line, before, after = lines[i], marks[i - 1], marks[i + 1] if i + 1 < len(lines) else None
        if marks[i] or line.is_item or line.ends or tells(line) or has_deed(line) or len(line.words) > _LONGEST_SCRAP:
            continue
        if line.is_paragraph or sentence_breaks(line.shown, 0, len(line.shown)):
            continue
        is_label = line.shown.endswith(":") and after in ("byline", "navigation", "newsletter", "comments")
        is_between = before and (after or i == len(lines) - 1) and (line.prose_words <= 1 or speaks_to_reader(line))
        is_scrap = len(line.words) == 1 and line.shown[0].islower() and lines[i - 1].ends and _begins_anew(lines, i + 1)
        if is_label or is_scrap or (is_between and not _is_akin(line, lines, marks)):
            marks[i] = after if is_label or (after and after == before) else "navigation"


def _begins_anew(lines: list[Line], index: int) -> bool:
    return index == len(lines) or not lines[index].shown[0].islower()


def _mark_authors(lines: list[Line], marks: list[str | None]) -> None:
    """Lines at the foot that begin with a name from the byline: who the author is, where she was."""
    names = {
        name
        for line, mark in zip(lines[:_HEAD_LINES * 2], marks, strict=False) if mark == "byline"
        for name in _FULL_NAME.findall(_BYLINE.sub("", line.core, count=1))
    }
    for i, where in enumerate(_places(lines, marks)):
        line = lines[i]
        if not marks[i] and "foot" in where and line.ends and not _is_said(line):
            found = _FULL_NAME.match(line.shown)
            if found and found.group() in names:
                marks[i] = "byline"


def _is_said(line: Line) -> bool:
    return not furniture_rules().page.told.isdisjoint(line.folded)


def _is_akin(line: Line, lines: list[Line], marks: list[str | None]) -> bool:
    return any(not mark and other is not line and other.is_paragraph and _shares_subject(line, other)
               for other, mark in zip(lines, marks, strict=True))


def _is_link(line: Line) -> bool:
    """Whether it is an arrow and a headline: "» Flour grows dear in the hills"."""
    return bool(_LINK_MARK.match(line.shown)) and 2 <= len(line.words) <= 18 and not line.ends


def _is_punctuated(lines: list[Line], marks: list[str | None]) -> bool:
    """Whether the page's paragraphs end as sentences do, so that a line that does not stands out."""
    body = [line for line, reason in zip(lines, marks, strict=True) if not reason]
    long = [line for line in body if len(line.words) >= 19]
    long = long if len(long) > 1 else [line for line in body if line.is_paragraph]
    ended = sum(line.ends for line in long)
    return ended >= 2 and ended >= 0.7 * len(long)


def _shares_subject(line: Line, other: Line) -> bool:
    """Whether at least two in five of the line's content words stand in the other line too."""
    own, others = _stems(line.folded), _stems(other.folded)
    return len(own & others) >= max(2, 0.4 * len(own))


def _stems(words: list[str]) -> set[str]:
    return {word[:_STEM] for word in words if len(word) > 3}


# What hangs on a paragraph


def _inline(text: str, line: Line, *, first: bool, last: bool) -> list[Furniture]:
    """Furniture at either end of a paragraph, with no line break between."""
    if len(line.words) < 8:
        return []
    found = []
    start, end = line.start, line.end
    glued = _ADVERT_GLUED.match(text, start, end)
    if glued:
        found.append(Furniture(start, start + len(glued.group().rstrip()), "advert"))
        start = glued.end()
    dated = leading_date(text[:line.end][:200]) if first and line.start <= 2 else None
    if dated and dated[0] < end:
        found.append(Furniture(start, dated[0], "byline"))
        start = dated[0]
    breaks = sentence_breaks(text, start, end)
    while breaks:
        stop, cut = breaks.pop()
        tail = Line(cut, end, " ".join(text[cut:end].split()))
        reason = _reason_of_tail(tail, Line(start, stop, " ".join(text[start:stop].split())), last=last)
        if not reason:
            break
        found.append(Furniture(cut, end, reason))
        end = stop
    return found


def _reason_of_tail(tail: Line, before: Line, *, last: bool) -> str | None:
    """Why the last sentence of a paragraph, or what is left without a stop, is no part of it."""
    places = {"any", "foot", "edge"}
    rule = _rule_for(tail.shown, places, inline=True) or _rule_for(tail.core, places, inline=True)
    if rule:
        return rule.reason
    if _SIGN_OFF.fullmatch(tail.shown) or (last and _SIGNED.fullmatch(tail.shown)):
        return "byline"
    if len(tail.words) > 1 and not tail.ends and _is_outlet(tail.shown):
        return "byline"
    if last and _hangs(tail, before):
        return "related"
    return reason_of_contact(tail) or reason_of_talk(tail, hangs=True)


def _hangs(tail: Line, before: Line) -> bool:
    """Whether the unfinished last words of a paragraph are another story's headline."""
    return (
        tail.is_headline_like
        and len(tail.words) >= 5
        and tail.prose_words == 0
        and before.ends
        and not _shares_subject(tail, before)
    )


def _same(one: str, other: str) -> bool:
    def fold(s: str) -> str:
        return " ".join(re.findall(r"\w+", s.casefold()))

    return fold(one) == fold(other)
