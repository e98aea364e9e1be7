"""Tells lines in which a page speaks of itself, or to its reader, from lines that speak of the world.

No list of phrases can hold what every page says of its newsletters, apps, comments and rights. But such lines are
made of a small stock of words, and news is not: the words of `rules/data/furniture.yaml` under `page` are
weighed against the length of the line. Lines that quote or report somebody are never the page's own.
"""

from __future__ import annotations

import re
from functools import cache

from trucewatch.sources.lines import Line
from trucewatch.sources.published import date_in
from trucewatch.sources.words import any_of, furniture_rules, weekday_numbers

# What a line needs: so much, and so much more for each of its words.
_LEAST = 2.0
_LEAST_OF_EACH = 0.2
_LEAST_ON_A_PARAGRAPH = 3.0
# "Their website has been down since": of others than the page and its reader, if it does not name itself.
_MORE_OF_OTHERS = 2.0
_OTHERS = frozenset(["he", "she", "his", "her", "him", "its", "they", "their", "them"])
_MOST_WORDS = 90
_LONGEST_COMMAND = 6
_FEWEST_DIGITS = 7  # of a number to ring
_LEAST_OF_STOCK = 4
_SHARE_OF_STOCK = 0.7
_READER = frozenset(["you", "your", "yours", "us", "our"])
_SMALL = frozenset((
    "a", "an", "the", "to", "of", "on", "in", "for", "by", "with", "and", "or", "all", "only", "past", "my", "it",
    "this", "off",
))
_QUOTE = re.compile(r"[“”„«»]|(?<!\w)[\"'‘](?=\w)|\"")
_SAID = re.compile(r"“[^”]*(?:”|$)|„[^“]*(?:“|$)|«[^»]*(?:»|$)|\"[^\"]*(?:\"|$)|(?<!\w)['‘].*?['’](?!\w)")
_MAIL = r"[\w.+-]+ ?(?:@|\(at\)|\[at\]) ?[\w-]+(?:\.[\w-]+)+"
_LINK = r"https?://\S+|www\.\S+|(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,8}/\S*|(?<!\S)/[\w-]+(?:/[\w.-]+)+"
_PHONE = r"(?<!\w)\+\d[\d ()/.-]{6,}\d|\(?\b0\d{2,4}\)?[ -]\d{3,4}[ -]?\d{3,4}\b"
_TAG = r"(?<!\w)[#@][^\W\d]\w+"
_CONTACT = re.compile(f"(?P<mail>{_MAIL})|(?P<phone>{_PHONE})|(?P<link>{_LINK})|(?P<tag>{_TAG})")
# "A post shared by Hill Lens (@hilllens)"
_OWNER = re.compile(r"\(@\w+\)")
_BESIDE_TAG, _BESIDE_LINK, _BESIDE_MAIL = 0, 6, 16


def reason_of_talk(line: Line, *, hangs: bool = False) -> str | None:
    """Why a line is the page's own talk, or None; `hangs` asks for more, of the end of a paragraph."""
    page = furniture_rules().page
    if len(line.words) > _MOST_WORDS or not page.told.isdisjoint(line.folded) or _is_news(line):
        return None
    if _is_command(line) or _is_appeal(line):
        return "navigation"
    if _QUOTE.search(line.shown) and not _this_page().search(" ".join(_SAID.sub(" ", line.shown).split()[:8])):
        return None
    rest, named = _this_page().subn(" ", line.shown)
    words = Line(0, len(rest), rest).folded
    strong = ["byline"] * named + [reason for reason, own in page.strong.items() for word in words if word in own]
    if not strong:
        return None
    weight = 2 * len(strong) + named + sum(word in page.weak and not _is_strong(word) for word in words)
    least = _LEAST_ON_A_PARAGRAPH if hangs else _LEAST
    least += _MORE_OF_OTHERS * (not named and not _OTHERS.isdisjoint(line.folded))
    if weight < least + _LEAST_OF_EACH * len(line.words):
        return None
    return max(page.strong, key=strong.count)


def _is_strong(word: str) -> bool:
    return word in _all_strong()


@cache
def _all_strong() -> frozenset[str]:
    return frozenset().union(*furniture_rules().page.strong.values())


def _is_news(line: Line) -> bool:
    """Whether something is done in it, or on a weekday: "our inbox was hit on Sunday" is told as news."""
    on_weekday = any(len(word) > 3 and word in weekday_numbers() for word in line.folded)
    return has_deed(line) or (on_weekday and not date_in(line.shown))


def _is_command(line: Line) -> bool:
    """Whether a few words without a stop are all of the page's stock: "Suggest a correction", "Top 10 stories"."""
    words = [word for word in line.folded if word not in _SMALL and not word.isdigit()]
    least = 2 - any(_is_strong(word) for word in words)
    return not line.ends and least <= len(words) <= _LONGEST_COMMAND and all(_is_stock(word) for word in words)


def _is_appeal(line: Line) -> bool:
    """Whether the reader is spoken to, in words that are nearly all of the page's stock: "Your stories live here."."""
    words = [word for word in line.folded if word not in _SMALL]
    stock = sum(_is_stock(word) for word in words)
    return stock >= _LEAST_OF_STOCK and stock >= _SHARE_OF_STOCK * len(words) and speaks_to_reader(line)


def _is_stock(word: str) -> bool:
    return word in furniture_rules().page.weak or _is_strong(word)


def reason_of_contact(line: Line) -> str | None:
    """Whether a line is an address, a number to ring, a link or tags, with few words beside them."""
    if len(line.words) > _MOST_WORDS or not (
        any(sign in line.shown for sign in ("@", "(at)", "#", "/", "www."))
        or sum(char.isdigit() for char in line.shown) >= _FEWEST_DIGITS
    ):
        return None
    found = list(_CONTACT.finditer(line.shown))
    if not found or tells(line):
        return None
    if _OWNER.search(line.shown) and len(line.words) <= _BESIDE_MAIL:
        return "share"
    kinds = {match.lastgroup for match in found}
    beside = len(re.findall(r"[^\W\d_]+", _CONTACT.sub(" ", line.shown)))
    if kinds & {"mail", "phone"}:
        return "byline" if beside <= _BESIDE_MAIL else None
    return "navigation" if beside <= (_BESIDE_LINK if "link" in kinds else _BESIDE_TAG) else None


def tells(line: Line) -> bool:
    """Whether a line quotes somebody or says that somebody said something."""
    return bool(_QUOTE.search(line.shown)) or not furniture_rules().page.told.isdisjoint(line.folded)


def has_deed(line: Line) -> bool:
    """Whether a word for a deed of war stands in the line."""
    return not furniture_rules().page.deeds.isdisjoint(line.folded)


def speaks_to_reader(line: Line) -> bool:
    """Whether a line says "you", or "us" of the page."""
    return not _READER.isdisjoint(line.folded)


@cache
def _this_page() -> re.Pattern[str]:
    """ "This article", "a version of this story", "our site": what a page calls itself."""
    media = any_of(sorted(furniture_rules().page.media))
    return re.compile(
        rf"(?<!for )\b(?:this|our|the full|the author['’]s|entire|part of (?:an?|the)) (?:[\w-]+ )?{media}\b", re.I
    )
