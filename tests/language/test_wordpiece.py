from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.language.wordpiece import WordPieces


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> WordPieces:
    path: Path = tmp_path_factory.mktemp("words") / "vocab.txt"
    path.write_text("[PAD]\n[UNK]\nshell\n##ing\ncafe\n.\n,\n“\nit\n", encoding="utf-8")
    return WordPieces(path)


def test_a_word_is_split_into_the_longest_known_pieces(pieces: WordPieces) -> None:
    assert pieces("Shelling.") == ([2, 3, 5], [(0, 5), (5, 8), (8, 9)])


def test_accents_are_dropped_and_places_are_those_of_the_text(pieces: WordPieces) -> None:
    assert pieces("“Café, cafe\u0301") == ([7, 4, 6, 4], [(0, 1), (1, 5), (5, 6), (7, 11)])


def test_a_word_of_unknown_letters_is_one_unknown_piece(pieces: WordPieces) -> None:
    assert pieces("it zzz") == ([8, 1], [(0, 2), (3, 6)])


@given(st.text(max_size=200))
def test_places_are_in_order_and_inside_the_text(pieces: WordPieces, text: str) -> None:
    ids, places = pieces(text)
    assert len(ids) == len(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
