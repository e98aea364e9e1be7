"""The log of figures holds what the benchmarks wrote, newest first."""

from __future__ import annotations

from benchmarks.accuracy import added, section

RUN = {
    "gold": {"trigger": {"value": 0.912, "low": 0.9, "high": 0.93, "n": 180}},
    "speed": {"words_per_s": {"value": 1234.5, "low": None, "high": None, "n": 40}},
    "versions": {"rules": "abc"},
}


def test_a_share_is_shown_per_cent_and_a_speed_as_it_is() -> None:
    told = section("today", [RUN])
    assert "| gold | trigger | 91.2 | 90.0 to 93.0 | 180 |" in told
    assert "| speed | words_per_s | 1234.50 |  | 40 |" in told


def test_the_newest_section_stands_first_and_none_is_lost() -> None:
    log = added(added("", section("first", [RUN])), section("second", [RUN]))
    assert log.index("## second") < log.index("## first")
    assert log.count("# Accuracy, as measured") == 1
