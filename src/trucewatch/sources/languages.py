"""Which language a page is in, cheaply: by script, then by the most common words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from trucewatch.sources.words import publication_words

_SAMPLE = 6_000
_FEWEST_WORDS = 20
_SCRIPTS = {
    "ARABIC": "ar", "CYRILLIC": "ru", "HEBREW": "he", "GREEK": "el", "CJK": "zh", "HIRAGANA": "ja",
    "KATAKANA": "ja", "HANGUL": "ko", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "THAI": "th",
    "ETHIOPIC": "am", "GEORGIAN": "ka", "ARMENIAN": "hy", "MYANMAR": "my",
}
# Letters that one language of a script has and its chief language has not.
_TELLTALES = {"ar": (("ur", "ٹڈڑےہ"), ("fa", "پچژگکی")), "ru": (("uk", "іїєґ"),)}


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the main language of `text`, or None when it is too short or too mixed to tell."""
    sample = text[:_SAMPLE]
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return None
    scripts = Counter(unicodedata.name(c, "").split(" ")[0].split("-")[0] for c in letters)
    script, count = scripts.most_common(1)[0]
    if count < len(letters) / 2:
        return None
    if script == "LATIN":
        return _latin_language(sample)
    language = "ja" if scripts["HIRAGANA"] + scripts["KATAKANA"] > count / 10 else _SCRIPTS.get(script)
    for other, telltale in _TELLTALES.get(language or "", ()):
        if sum(c in telltale for c in letters) > len(letters) / 50:
            return other
    return language


def _latin_language(sample: str) -> str | None:
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    if len(words) < _FEWEST_WORDS:
        return None
    shares = {
        language: sum(word in stops for word in words) / len(words)
        for language, stops in publication_words().stop_words.items()
    }
    best = max(shares, key=lambda language: shares[language])
    if shares["en"] >= 0.8 * shares[best] and shares["en"] > 0.08:
        return "en"
    return best if shares[best] > 0.12 else None
