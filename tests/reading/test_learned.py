from __future__ import annotations

import numpy as np
import pytest

from trucewatch.language import encoder, parse
from trucewatch.language.encoder import TAGS
from trucewatch.model import Document
from trucewatch.reading.learned import Shares, candidate_spans, of_paragraph, propose, token_scores, unfound

TEXT = "The ferrymen of Lower Anstey grumbled that the harbour would stay shut.\n\nNobody was hurt."
PARSED = parse(Document(id="d", text=TEXT, sha256=""))
FIRST = PARSED.paragraphs[0]
learned = pytest.mark.skipif(not encoder.available(), reason="onnxruntime or the model file is not there")


def marked(**parts: tuple[int, int]) -> Shares:
    """Scores of the first paragraph: 0.9 inside of the token ranges given, 0.05 outside."""
    scores = np.full((len(FIRST.doc), len(TAGS)), 0.05, dtype=np.float32)
    for part, (start, end) in parts.items():
        scores[start:end, TAGS.index(part)] = 0.9
    return scores


def test_runs_of_likely_tokens_are_candidates_without_the_full_stop() -> None:
    scores = marked(source=(0, 5), cue=(5, 6), content=(7, 13))
    assert [(c.part, c.start, c.end) for c in of_paragraph(FIRST, scores)] == [
        ("source", 0, 5), ("cue", 5, 6), ("content", 7, 12),
    ]


def test_a_first_word_parts_two_contents() -> None:
    scores = marked(content=(0, 8))
    scores[4, TAGS.index("first of content")] = 0.9
    assert [(c.start, c.end) for c in of_paragraph(FIRST, scores)] == [(0, 4), (4, 8)]


def test_a_content_is_linked_to_its_cue_and_the_cues_subject() -> None:
    found = unfound(FIRST, marked(source=(0, 5), cue=(5, 6), content=(7, 12)), [])
    assert [(p.source, p.cue, p.content) for p in found] == [((0, 5), (5, 6), (7, 12))]


def test_what_is_known_is_not_proposed_again() -> None:
    scores = marked(source=(0, 5), cue=(5, 6), content=(7, 12))
    assert not list(propose(FIRST, scores, [[(7, 12)]]))


@learned
def test_every_token_of_every_paragraph_has_its_scores() -> None:
    assert [len(s) for s in token_scores(PARSED)] == [len(p.doc) for p in PARSED.paragraphs]


@learned
def test_the_tagger_finds_a_cue_that_no_list_holds() -> None:
    assert "grumbled" in [c.paragraph.doc[c.start : c.end].text for c in candidate_spans(PARSED) if c.part == "cue"]
