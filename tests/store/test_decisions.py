from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest

from trucewatch.errors import StoreError
from trucewatch.model import Document, Event, Grouping, Reading, Reference, ReportAt, Span, to_json
from trucewatch.store import Decision, Laid, Store, effective, grouping

TEXT = "Shells hit the mill. Nobody was hurt. Shots were heard at the bridge."
SHELLING = Event("v1", "ASSAULT", Span(7, 10), mode="heavy-weapons", actors=(Reference("e1", 0, 6),))
SHOTS = Event("v2", "ASSAULT", Span(38, 43), mode="firearms")


def page(*events: Event, text: str = TEXT) -> Reading:
    return Reading(document=Document("a", text, hashlib.sha256(text.encode()).hexdigest()), events=events)


def decision(action: str = "accept", event: Event = SHELLING, **more: Any) -> Decision:
    sha = hashlib.sha256(TEXT.encode()).hexdigest()
    return Decision("a", sha, "event", event.id, action, "Ada", before=to_json(event), **more)  # type: ignore[arg-type]


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store.open(place) as opened:
        opened.add(page(SHELLING, SHOTS))
        yield opened


def laid(store: Store, reading: Reading | None = None) -> Laid:
    return effective(reading or store.reading("a"), store.decisions.all("a"))


def test_the_reading_itself_never_changes(store: Store) -> None:
    store.decisions.add(decision("edit", after={"status": "possible"}))
    assert laid(store).reading.events[0].status == "possible"
    assert store.reading("a").events[0].status == "occurred"


def test_a_rejected_event_is_gone_and_kept_aside(store: Store) -> None:
    store.decisions.add(decision("reject"))
    assert [e.id for e in laid(store).reading.events] == ["v2"]
    assert [e.id for e in laid(store).rejected] == ["v1"]


def test_a_later_decision_supersedes_and_undo_brings_the_earlier_back(store: Store) -> None:
    store.decisions.add(decision("edit", after={"status": "possible"}))
    second = store.decisions.add(decision("reject"))
    assert second.supersedes == 1
    back = store.decisions.undo(second.number, "Ben")
    assert (back.action, back.who, back.supersedes) == ("undo", "Ben", 2)
    assert laid(store).reading.events[0].status == "possible"
    store.decisions.undo(1, "Ben")
    assert laid(store).decided == {}
    assert [d.action for d in store.decisions.all()] == ["edit", "reject", "undo", "undo"]
    assert [d.action for d in store.decisions.all(after=2)] == ["undo", "undo"]


def test_what_holds_no_longer_cannot_be_undone(store: Store) -> None:
    store.decisions.add(decision())
    store.decisions.undo(1, "Ada")
    with pytest.raises(StoreError, match="superseded"):
        store.decisions.undo(1, "Ada")
    with pytest.raises(StoreError, match="no_decision"):
        store.decisions.undo(9, "Ada")


def test_two_people_at_once_lose_nothing(store: Store) -> None:
    store.decisions.add(decision("accept"), seen=0)
    with pytest.raises(StoreError, match=r"Ada decided on this meanwhile.*decided_meanwhile"):
        store.decisions.add(decision("reject"), seen=0)
    assert [d.action for d in store.decisions.all()] == ["accept"]
    store.decisions.add(decision("reject"), seen=1)
    assert laid(store).decided["v1"].action == "reject"


def test_of_many_at_once_who_saw_the_same_one_is_kept(store: Store) -> None:
    def decide(number: int) -> bool:
        try:
            store.decisions.add(decision("accept" if number % 2 else "reject"), seen=0)
        except StoreError as error:
            assert error.code == "decided_meanwhile"  # noqa: PT017 - in a thread of its own
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(decide, range(8))) == 1
    assert store.decisions.count() == 1


def test_an_added_event_stands_in_its_place(store: Store) -> None:
    missed = Event("h30", "ASSAULT", Span(28, 32))
    store.decisions.add(Decision("a", "x" * 64, "event", "h30", "add", "Ada", after=to_json(missed)))
    assert [e.id for e in laid(store).reading.events] == ["v1", "v2"], "another text's event is not laid over this one"
    added = decision("add", missed)
    store.decisions.add(msgspec.structs.replace(added, before=None, after=to_json(missed)))
    assert [e.id for e in laid(store).reading.events] == ["v1", "h30", "v2"]


def test_a_new_reading_with_other_ids_keeps_decisions(store: Store) -> None:
    store.decisions.add(decision("edit", after={"mode": "aerial"}))
    again = msgspec.structs.replace(SHELLING, id="v7")
    found = laid(store, page(SHOTS, again))
    assert {e.id: e.mode for e in found.reading.events} == {"v2": "firearms", "v7": "aerial"}
    assert set(found.decided) == {"v7"}


def test_what_was_accepted_stays_though_a_new_reading_does_not_draw_it(store: Store) -> None:
    store.decisions.add(decision("accept"))
    kept = laid(store, page(SHOTS)).reading.events[0]
    assert kept.trigger == SHELLING.trigger
    assert kept.actors == (Reference(None, 0, 6),), "ids that the new reading does not have are let go"


def test_it_is_asked_again_only_if_text_and_what_was_drawn_both_changed(store: Store) -> None:
    store.decisions.add(decision("accept"))
    other = TEXT + " Later it was calm."
    changed = msgspec.structs.replace(SHELLING, mode="aerial")
    assert laid(store, page(changed)).decided, "the text is the same"
    assert laid(store, page(SHELLING, text=other)).decided, "what was drawn is the same"
    both = laid(store, page(changed, text=other))
    assert not both.decided
    assert both.again == {"v1"}


def test_dump_and_load(store: Store, tmp_path: Path) -> None:
    store.decisions.add(decision("edit", after={"status": "possible"}, reason="“perhaps”"))
    store.decisions.add(decision("reject"))
    store.decisions.undo(2, "Ben")
    lines = list(store.decisions.dump())
    with Store.open(tmp_path / "t.db") as other:
        assert other.decisions.load(lines) == 3
        assert other.decisions.all() == store.decisions.all()
        with pytest.raises(StoreError, match=r"line 2: .*bad_decision"):
            other.decisions.load([lines[0], "no json"])
        assert other.decisions.count() == 3


def reports(*events: Event) -> list[ReportAt]:
    sha256 = page().document.sha256
    return [ReportAt("a", sha256, e.trigger.start, e.trigger.end, e.type) for e in events]


def test_a_grouping_is_kept_and_held_until_it_is_taken_back(store: Store) -> None:
    kept = store.decisions.add(grouping([reports(SHELLING, SHOTS)], "Ada", incidents=["i1", "i2"], reason="one raid"))
    assert (kept.action, kept.before) == ("merge", {"incidents": ["i1", "i2"]})
    assert store.decisions.groupings() == (Grouping(kept.number, (tuple(reports(SHELLING, SHOTS)),)),)
    store.decisions.undo(kept.number, "Ben")
    assert store.decisions.groupings() == ()


def test_a_split_of_the_same_reports_supersedes_their_merge(store: Store) -> None:
    store.decisions.add(grouping([reports(SHELLING, SHOTS)], "Ada"))
    split = store.decisions.add(grouping([reports(SHELLING), reports(SHOTS)], "Ben"))
    assert (split.action, split.supersedes) == ("split", 1)
    assert [len(g.happenings) for g in store.decisions.groupings()] == [2]
    store.decisions.undo(split.number, "Ben")
    assert [len(g.happenings) for g in store.decisions.groupings()] == [1]


@pytest.mark.parametrize("sets", [[], [[]], [reports(SHELLING)], [reports(SHELLING), reports(SHELLING)]])
def test_a_grouping_that_decides_nothing_is_refused(sets: list[list[ReportAt]]) -> None:
    with pytest.raises(StoreError) as caught:
        grouping(sets, "Ada")
    assert caught.value.code == "bad_grouping"


def test_groupings_survive_a_dump(store: Store, tmp_path: Path) -> None:
    store.decisions.add(grouping([reports(SHELLING), reports(SHOTS)], "Ada"))
    with Store.open(tmp_path / "other.db") as other:
        other.decisions.load(list(store.decisions.dump()))
        assert other.decisions.groupings() == store.decisions.groupings()
