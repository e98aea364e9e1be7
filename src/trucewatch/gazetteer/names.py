"""One key for the many spellings of a name.

`fold` is what a careful reader would still call the same spelling: case, diacritics, apostrophes and
hyphens aside. `bare` also drops the Arabic article. `key` goes further and joins the usual
transliterations (ou/u/o, q/k, ei/ay/i, -a/-ah/-eh, doubled letters), but never drops a vowel between
consonants: Salma and Salamiyah keep different keys.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ı": "i", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "đ": "d", "ə": "a", "ð": "d", "þ": "th",
        "ً": None, "ـ": None, "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ё": "е",
    }
)
_SILENT = re.compile(r"['’‘`´ʿʾʼ′ʹʺ″\".]")
_OTHER = re.compile(r"[^\w]+|_")
_ARTICLE = r"(?:al|el|il|ul|ad|ed|an|en|ar|er|as|es|ash|esh|at|et|ath|eth|az|ez|adh|edh)"
_ARTICLES = re.compile(rf"(?<!\S){_ARTICLE} (?=\S)")
_ASSIMILATED = re.compile(r"\b[aeu](sh|[dnrstz])(?=\1\w{2,})")
_GLUED = re.compile(r"\bal(?=[a-z]{6,})")
_ARABIC_ARTICLE = re.compile(r"(?<!\S)ال(?=\w{2,})")
# The commonest first words of place names, whose vowels every transliteration writes anew.
_FIRST_WORDS = {
    "tel": "tl", "tell": "tl", "tal": "tl", "tall": "tl", "jabal": "jbl", "jebel": "jbl", "jabel": "jbl",
    "djebel": "jbl", "gebel": "jbl", "kafr": "kfr", "kafar": "kfr", "kefr": "kfr", "kafer": "kfr",
    "bayt": "bt", "beit": "bt", "bet": "bt", "bait": "bt", "khirbat": "krbt", "khirbet": "krbt",
    "kherbet": "krbt", "hayy": "hi", "saint": "st", "st": "st", "mount": "mt", "mt": "mt",
}
_STEPS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"(?:iy+|y+|ij|i)[aeo]h?\b", "ia"),     # -iyah, -iyya, -ieh, -ia, -ija
        (r"[ae]h?\b", "a"),                      # -ah, -eh, -a, -e
        (r"sch|tch|sh|ch", "S"),
        (r"dzh|dj|zh|j", "j"),
        (r"kh|q|ck", "k"),
        (r"gh", "g"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"ph", "f"),
        (r"x", "ks"),
        (r"aw|au|ou|oo|ow|w|o", "u"),
        (r"ay|ai|ey|ei|ie|ee|y|e", "i"),
        (r"(.)\1+", r"\1"),
        (r"ii+", "i"),
    )
)


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Lower case without diacritics, apostrophes and punctuation; words by single spaces."""
    text = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    text = "".join(ch for ch in text if not unicodedata.combining(ch))
    text = _SILENT.sub("", text.translate(_LETTERS))
    return " ".join(_OTHER.sub(" ", text).split())


def bare(folded: str) -> str:
    """A folded name less its articles: "al bab" and "bab" are one."""
    text = _ARABIC_ARTICLE.sub("", folded)
    return _ARTICLES.sub("", text) or folded


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """What all spellings of a name have in common."""
    text = bare(fold(name))
    if not text.isascii():
        return text
    text = bare(_ASSIMILATED.sub("", _GLUED.sub("", text)))
    return " ".join(_word_key(word) for word in text.split())


@lru_cache(maxsize=65_536)
def skeleton(name: str) -> str:
    """The consonants of a name, for scripts that leave vowels unwritten: "Menbej" and "Manbij" have the same.

    Empty for a name with fewer than three of them, or in another script.
    """
    text = key(name).replace(" ", "")
    bones = _VOWELS.sub("", text)
    if len(bones) < _FEWEST_BONES or not text.isascii():
        return ""
    return ("a" if text[0] in "aiu" else "") + bones


_VOWELS = re.compile("[aiu]")
_FEWEST_BONES = 3


def _word_key(word: str) -> str:
    if word in _FIRST_WORDS:
        return _FIRST_WORDS[word]
    for pattern, put in _STEPS:
        word = pattern.sub(put, word)
    return word
