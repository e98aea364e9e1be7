"""Word pieces of the uncased BERT vocabulary, with their places in the text.

The same pieces as the reference (Devlin et al. 2019: clean, lower-case, strip accents, split at
punctuation, greedy longest match), without a dependency.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

UNKNOWN = "[UNK]"
LONGEST_WORD = 100
_CHUNK = re.compile(r"\S+")
_ASCII_WORDS = re.compile(r"[a-z0-9]+|[\x21-\x7e]")
Piece = tuple[int, int, int]


class WordPieces:
    """Splits texts by the vocabulary of a file with one piece a line."""

    def __init__(self, vocabulary: Path) -> None:
        lines = vocabulary.read_text(encoding="utf-8").split("\n")
        self._ids: Mapping[str, int] = {piece: number for number, piece in enumerate(lines) if piece}
        # Texts repeat their words: most chunks are split once.
        self._chunk = lru_cache(maxsize=50_000)(self._split)

    def __call__(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Ids of the pieces, and the (start, end) of each in `text`."""
        ids, offsets = [], []
        for chunk in _CHUNK.finditer(text):
            at = chunk.start()
            for number, start, end in self._chunk(chunk[0]):
                ids.append(number)
                offsets.append((at + start, at + end))
        return ids, offsets

    def _split(self, chunk: str) -> tuple[Piece, ...]:
        if chunk.isascii() and chunk.isprintable():
            words = ((m[0], range(m.start(), m.end())) for m in _ASCII_WORDS.finditer(chunk.lower()))
            return tuple(p for word, places in words for p in self._pieces(word, places))
        return tuple(p for word, places in _words(chunk) for p in self._pieces(word, places))

    def _pieces(self, word: str, places: range | list[int]) -> list[Piece]:
        whole = [(self._ids[UNKNOWN], places[0], places[-1] + 1)]
        if len(word) > LONGEST_WORD:
            return whole
        found, at = [], 0
        while at < len(word):
            for end in range(len(word), at, -1):
                number = self._ids.get(word[at:end] if at == 0 else "##" + word[at:end])
                if number is not None:
                    break
            else:
                return whole
            found.append((number, places[at], places[end - 1] + 1))
            at = end
        return found


def _words(chunk: str) -> Iterator[tuple[str, list[int]]]:
    """Words and single marks of a chunk, lower-case without accents, with the place of every letter."""
    word, places = "", list[int]()
    for place, raw in enumerate(chunk):
        for letter in unicodedata.normalize("NFD", raw.lower()):
            kind = unicodedata.category(letter)
            if kind == "Mn" or kind[0] == "C" or letter == "\ufffd":
                continue
            alone = kind[0] == "P" or (letter.isascii() and not letter.isalnum()) or _is_ideograph(letter)
            if alone and word:
                yield word, places
                word, places = "", list[int]()
            if alone:
                yield letter, [place]
            else:
                word += letter
                places.append(place)
    if word:
        yield word, places


def _is_ideograph(letter: str) -> bool:
    """A Chinese character, which stands for itself."""
    at = ord(letter)
    return 0x3400 <= at <= 0x4DBF or 0x4E00 <= at <= 0x9FFF or 0xF900 <= at <= 0xFAFF or 0x20000 <= at <= 0x2FA1F
