"""Versions of one wave, in real stores: late, changed and erased answers between two reports."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from hrkit import synthetic
from hrkit.answers.codes import token
from hrkit.answers.store import open_store
from hrkit.disclosure.release import issue
from hrkit.disclosure.released import Released, Score
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement

CLIENT = synthetic.client("municipality")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Released]:
    """A folder of which a first version was issued, and that version."""
    engagement = synthetic.build(CLIENT, tmp_path_factory.mktemp("once") / "fjordby")
    return engagement.folder, issue(engagement, "w1")


@pytest.fixture
def engagement(once: tuple[Path, Released], tmp_path: Path) -> Engagement:
    """A copy of it for one test."""
    return engagements.load(shutil.copytree(once[0], tmp_path / "fjordby"))


@pytest.fixture
def first(once: tuple[Path, Released]) -> Released:
    return once[1]


def someone(engagement: Engagement, perspective: str, count: int = 1) -> list[str]:
    with open_store(engagement) as store:
        people = store.read("w1").people
    return people[people["perspective"] == perspective]["respondent"].tolist()[:count]


def change(engagement: Engagement, keys: list[str]) -> None:
    """Each of them gives the first statement another answer."""
    with open_store(engagement) as store:
        answers = store.read("w1").answers
        for key in keys:
            mine = answers[(answers["respondent"] == key) & (answers["item"] == "roles.01")]
            old = mine["value"].iloc[0] if len(mine) else ""
            store.save(key, "roles.01", "agree", "1" if old != "1" else "5")


def late(engagement: Engagement, count: int, perspective: str = "leader") -> None:
    unit = "stab" if perspective == "hr" else "skole-nord"
    extra = replace(CLIENT, people={unit: {perspective: (count, count)}}, seed=77, comments=())
    with open_store(engagement) as store:
        store.add(synthetic.answers(engagement, extra, "w1"), doubles="other")


def kept(engagement: Engagement) -> str:
    with open_store(engagement) as store:
        return json.dumps([one.audit for one in store.releases("w1")])


def still(score: Score) -> Score:
    """What is said of a group itself."""
    return replace(score, reach=None)


def without_waiting(found: Released) -> Released:
    return replace(found, waiting=0, issued=1)


def test_the_same_answers_are_the_same_version(engagement: Engagement, first: Released) -> None:
    assert issue(engagement, "w1") == first
    with open_store(engagement) as store:
        assert len(store.releases("w1")) == 1


@pytest.mark.parametrize("perspective", ["leader", "hr"])
def test_a_changed_answer_waits_and_the_group_is_shown_as_it_was(
    engagement: Engagement, first: Released, perspective: str
) -> None:
    change(engagement, someone(engagement, perspective))
    second = issue(engagement, "w1")
    assert second.waiting == 1
    assert without_waiting(second) == first


def test_late_answers_wait(engagement: Engagement, first: Released) -> None:
    late(engagement, 4)
    second = issue(engagement, "w1")
    assert second.waiting == 4
    assert without_waiting(second) == first


def test_one_group_waits_while_another_moves_on(engagement: Engagement, first: Released) -> None:
    change(engagement, someone(engagement, "hr"))
    late(engagement, 30)
    second = issue(engagement, "w1")
    assert second.waiting == 1
    root = engagement.root.id
    # How far its band reaches depends on the other side.
    assert still(second.score("trust", "hr", root)) == still(first.score("trust", "hr", root))
    leaders = second.score("trust", "leader", root)
    assert leaders.shown
    assert (leaders.n or 0) > (first.score("trust", "leader", root).n or 0) + 20


def test_what_waits_is_left_out_for_good_once_the_wave_is_frozen(
    engagement: Engagement, first: Released
) -> None:
    change(engagement, someone(engagement, "hr"))
    last = issue(engagement, "w1")
    with open_store(engagement) as store:
        store.freeze("w1", "digest", dt.date(2026, 11, 22))
    assert issue(engagement, "w1").scores == last.scores == first.scores


def test_spread_needs_more_changes_than_a_mean(engagement: Engagement, first: Released) -> None:
    assert first.distribution("roles.01", "leader")
    late(engagement, 7)
    second = issue(engagement, "w1")
    assert second.score("roles.01", "leader", engagement.root.id).shown
    assert second.distribution("roles.01", "leader") is None
    late(engagement, 30, "leader")
    third = issue(engagement, "w1")
    assert third.distribution("roles.01", "leader")


def test_what_is_kept_of_people_goes_when_they_are_erased_or_the_wave_is_frozen(
    engagement: Engagement,
) -> None:
    (gone,) = someone(engagement, "leader")
    (stays,) = someone(engagement, "hr")
    assert gone not in kept(engagement)
    assert token(gone) in kept(engagement)
    with open_store(engagement) as store:
        store.erase([gone])
    assert token(gone) not in kept(engagement)
    assert token(stays) in kept(engagement)
    with open_store(engagement) as store:
        store.freeze("w1", "digest", dt.date(2026, 11, 22))
    assert token(stays) not in kept(engagement)
    assert '"answers"' not in kept(engagement)
    path = engagement.folder / "answers.sqlite"
    assert gone.encode() not in path.read_bytes()


def test_somebody_who_is_erased_takes_the_group_along(engagement: Engagement) -> None:
    # Their old answers are gone, and the group without them would show what they were.
    with open_store(engagement) as store:
        store.erase(someone(engagement, "hr"))
    second = issue(engagement, "w1")
    assert not second.score("trust", "hr", engagement.root.id).shown
    assert second.score("trust", "leader", engagement.root.id).shown
