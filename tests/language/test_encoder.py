from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.language import encoder

TEXT = "The mayor of Tarvin said on Tuesday that two bridges had been mined.\nNobody was hurt."


@given(
    st.lists(st.sampled_from(["word", "end.", "“Stop!”", "line\n"]), max_size=60), st.integers(1, 9), st.integers(0, 9)
)
def test_windows_cover_every_piece_once(words: list[str], longest: int, first: int) -> None:
    text, offsets = "", []
    for word in words:
        offsets.append((len(text), len(text) + len(word)))
        text += word + " "
    ranges = encoder.windows(text, offsets, longest, min(first, longest))
    assert [i for a, b in ranges for i in range(a, b)] == list(range(len(words)))
    assert all(b - a <= longest for a, b in ranges)


def test_a_window_ends_with_a_sentence_where_one_ends_in_reach() -> None:
    text = "One two. Three four five."
    offsets = [(0, 3), (4, 7), (7, 8), (9, 14), (15, 19), (20, 24), (24, 25)]
    assert encoder.windows(text, offsets, longest=5) == [(0, 3), (3, 7)]


def words(window: encoder.Window, chosen: list[bool]) -> list[str]:
    return [TEXT[start:end] for (start, end), take in zip(window.offsets, chosen, strict=True) if take]


def test_source_cue_and_content_stand_out() -> None:
    (window,) = encoder.tag(TEXT)
    best = dict(zip(words(window, [True] * len(window.offsets)), window.scores[:, :3].argmax(1), strict=True))
    assert [encoder.PARTS[best[w]] for w in ("mayor", "said", "bridges")] == ["source", "cue", "content"]


def test_a_cue_knows_its_source_and_content() -> None:
    (window,) = encoder.tag(TEXT)
    said = words(window, [True] * len(window.offsets)).index("said")
    source, content = window.arcs([said])
    assert "mayor" in words(window, list(source > 0.5))
    assert {"two", "bridges", "mined"} <= set(words(window, list(content > 0.5)))


@pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
def test_a_text_without_words_has_no_pieces(text: str) -> None:
    assert sum(len(window.offsets) for window in encoder.tag(text)) == 0


def test_a_long_text_is_seen_whole() -> None:
    text = "The mayor said that the road was open. " * 100
    seen = np.concatenate([window.offsets for window in encoder.tag(text)])
    assert "".join(text[a:b] for a, b in seen) == text.replace(" ", "")


def test_a_relation_is_a_share_for_each_type() -> None:
    sentence = "Norvia condemned Sulland over the border incident."
    shares = encoder.relation(sentence, [(0, 6)], [(17, 24)])
    assert max(shares, key=shares.__getitem__) == "ACCUSE"
    assert sum(shares.values()) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(("source", "target"), [([(0, 0)], [(17, 24)]), ([(0, 6)], [(40, 400)])])
def test_spans_that_are_none_are_refused(source: list[tuple[int, int]], target: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="must be spans"):
        encoder.relation("Norvia condemned Sulland over the border incident.", source, target)
