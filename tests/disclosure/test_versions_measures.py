"""What two versions say together: who is the same person, measure by measure."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from hrkit.answers.codes import token
from hrkit.disclosure.released import Released
from hrkit.disclosure.since import EarlierWave
from hrkit.disclosure.tables import Made, make
from hrkit.model.instrument import DONT_KNOW

from .offices import INSTRUMENT, Somebody, issue, office, people, responses

STATEMENTS = [s.measure(i) for s in INSTRUMENT.dimensions for i in s.scored if "leader" in i.ask]
DIMENSIONS = [s.id for s in INSTRUMENT.dimensions]


def means(found: Released, group: str = "leader", unit: str = "root") -> dict[str, float | None]:
    return {s.measure: s.mean for s in found.scores if s.group == group and s.unit == unit}


def counts(found: Released, group: str = "leader", unit: str = "root") -> dict[str, int | None]:
    return {s.measure: s.n for s in found.scores if s.group == group and s.unit == unit}


@pytest.mark.parametrize("late", [1, 2, 3])
def test_who_changes_another_answer_is_the_same_person_here(late: int) -> None:
    """Bystanders: some finish a last page while fewer than five join; nothing of those is shown."""
    before = people(9)
    first = issue(office(), before)
    after = [one.says(renewal_09="1") for one in before[: 4 - late]] + before[4 - late :]
    second = issue(office(), [*after, *people(late, name="late")], first)
    assert means(second.released) == means(first.released)
    assert counts(second.released) == counts(first.released)
    assert second.released.waiting == 4
    # Five in all: what they changed may move on, and nothing else.
    third = issue(office(), [*after[:1], *before[1:], *people(4, name="late")], first)
    assert all(
        n == 9 for m, n in counts(third.released).items() if n and not m.startswith("renewal")
    )


def test_somebody_who_changes_an_answer_counts_once() -> None:
    before = people(9)
    first = issue(office(), before)
    changed = [one.says(roles_01="1" if one.answers["roles.01"] != "1" else "5") for one in before]
    # Four changers are eight rows and four people.
    second = issue(office(), [*changed[:4], *before[4:]], first)
    assert means(second.released) == means(first.released)
    # Five may show: on what they changed, and nowhere else.
    third = issue(office(), [*changed[:5], *before[5:]], first)
    told = means(third.released)
    assert {m for m in told if told[m] != means(first.released)[m]} <= {
        "roles.01",
        "roles",
        "pillar.backing",
    }
    assert third.released.waiting == 0


@pytest.mark.parametrize("late", [1, 4])
def test_who_completes_a_form_and_who_joins_are_no_difference_of_a_few_by_number(late: int) -> None:
    """Five people differ by what they answered; by number only those who joined do."""
    everybody = people(14)
    half = [
        replace(
            one, answers={k: v for k, v in one.answers.items() if k not in ("trust.04", "trust.05")}
        )
        for one in everybody[: 5 - late]
    ]
    first = issue(office(), [*half, *everybody[len(half) :]])
    n = counts(first.released)
    assert n["trust"] == n["trust.01"] == 14
    second = issue(office(), [*everybody, *people(late, name="late")], first)
    assert counts(second.released)["trust"] in (14, None)
    assert means(second.released)["trust"] == means(first.released)["trust"]
    # One more of those who join would do.
    third = issue(office(), [*everybody, *people(5, name="late")], first, second)
    assert counts(third.released)["trust"] in (19, None)
    assert counts(third.released)["roles"] == 19


def test_a_unit_shown_again_has_as_many_answers_or_five_more_or_fewer() -> None:
    """Nine come to a unit and six go to another: fifteen people, and three answers by number."""
    tree = (("root", None), ("a", "root"), ("b", "root"))
    here, there = people(14, unit="a"), people(14, unit="b")
    first = issue(office(tree), [*here, *there])
    shown = [d for d in DIMENSIONS if means(first.released, unit="a")[d] is not None]
    assert shown
    late = people(9, unit="a", name="late")
    gone = [replace(one, unit="b") for one in here[:6]]
    second = issue(office(tree), [*here[6:], *gone, *late, *there], first)
    assert {counts(second.released, unit="a")[d] for d in shown} == {None}
    far = issue(office(tree), [*here, *there, *people(9, unit="a", name="far")], first)
    assert any(counts(far.released, unit="a")[d] == 23 for d in shown)


def test_a_total_that_was_shown_rests_on_as_many_answers_or_five_more_or_fewer() -> None:
    """Nine leaders come; six of HR find that they do not know: each side moves on, the sum by three."""
    leaders, hr = people(20), people(20, "hr")
    first = issue(office(), [*leaders, *hr])
    key = next(k for k in STATEMENTS if k in hr[0].answers)
    before = {s.group: s.n for s in first.released.scores if s.measure == key and s.unit == "root"}
    unsure = [one.says(**{key.replace(".", "_"): "dk"}) for one in hr[:6]]
    second = issue(office(), [*leaders, *people(9, name="late"), *unsure, *hr[6:]], first)
    after = {s.group: s.n for s in second.released.scores if s.measure == key and s.unit == "root"}
    assert (after["leader"], after["hr"]) == (29, 14)
    assert before["all"] is not None and after["all"] is None


def test_one_dont_know_among_five_late_people_holds_one_statement_back() -> None:
    before = people(12)
    first = issue(office(), before)
    late = people(5, name="late")
    late[0] = late[0].says(roles_01="dk")
    second = issue(office(), [*before, *late], first)
    n = counts(second.released)
    assert n["roles.01"] == 12
    assert n["roles.02"] == n["roles"] == n["trust.01"] == 17
    assert second.released.waiting == 0


def test_every_earlier_version_counts_not_only_the_last() -> None:
    before = people(9)
    first = issue(office(), before)
    five = people(5, name="late")
    second = issue(office(), [*before, *five], first)
    assert counts(second.released)["trust"] == 14
    # Four of the five leave again and one more comes: five from the last, but two from the first.
    third = issue(office(), [*before, five[0], *people(1, name="more")], first, second)
    assert counts(third.released)["trust"] in (14, None)


def test_people_who_go_and_come_back_with_the_same_answers_are_the_same() -> None:
    before = people(9)
    first = issue(office(), before)
    changed = [one.says(roles_01="1") for one in before[:3]]
    back = issue(office(), before, first, issue(office(), [*changed, *before[3:]], first))
    assert back.released.scores == first.released.scores


def moved(parent: str) -> tuple[tuple[str, str | None], ...]:
    return (
        ("root", None), ("north", "root"), ("n1", "north"), ("south", "root"), ("s1", "south"),
        ("n2", parent),
    )  # fmt: skip


@pytest.mark.parametrize("small", [1, 3, 4])
def test_a_unit_that_moves_in_the_tree_shows_nothing_of_itself(small: int) -> None:
    everybody = people(7, unit="n1") + people(small, unit="n2") + people(9, unit="s1")
    first = issue(office(moved("north")), everybody)
    assert means(first.released, unit="north")["trust"] is not None
    second = issue(office(moved("south")), everybody, first)
    for unit in ("north", "n1", "south"):
        for dimension in DIMENSIONS:
            assert means(second.released, unit=unit)[dimension] is None, (unit, dimension)
    assert means(second.released)["trust"] == means(first.released)["trust"]


def test_people_who_move_between_units_are_no_newcomers() -> None:
    tree = (("root", None), ("a", "root"), ("b", "root"))
    everybody = people(8, unit="a") + people(8, unit="b")
    first = issue(office(tree), everybody)
    after = [replace(one, unit="b") if i < 2 else one for i, one in enumerate(everybody)]
    second = issue(office(tree), after, first)
    assert means(second.released) == means(first.released)
    assert means(second.released, unit="a")["trust"] is None
    assert means(second.released, unit="b")["trust"] is None


def test_a_pool_stays_while_the_wave_is_open() -> None:
    """Two pay partners were shown with five of HR: shown apart later, their sum would follow."""
    hr, pay = people(6, "hr"), people(2, "pay")
    leaders = people(9)
    first = issue(office(), [*leaders, *hr, *pay])
    (pool,) = [g for g in first.released.groups if g.id == "hr"]
    assert pool.perspectives == ("hr", "pay")
    second = issue(office(), [*leaders, *hr, *pay, *people(5, "pay", name="late")], first)
    assert second.released.groups == first.released.groups
    assert counts(second.released, "hr")["direction"] == 13


def test_a_pool_that_was_never_shown_may_still_be_made() -> None:
    leaders = people(9)
    first = issue(office(), [*leaders, *people(3, "hr")])
    second = issue(office(), [*leaders, *people(3, "hr"), *people(3, "pay")], first)
    assert [g.perspectives for g in second.released.groups if g.id == "hr"] == [("hr", "pay")]
    assert counts(second.released, "hr")["direction"] == 6


def test_thresholds_never_sink_after_a_version() -> None:
    everybody = people(9) + people(6, "hr")
    first = issue(office(scores=8, details=12), everybody)
    assert means(first.released, "hr")["trust"] is None
    second = issue(office(), everybody, first)
    assert (second.released.threshold, second.released.details) == (8, 12)
    assert means(second.released, "hr")["trust"] is None


def test_an_interval_rests_on_a_groups_own_spread_only_after_ten_changes() -> None:
    before = people(12)
    first = issue(office(), before)
    five = people(5, name="late", spread=1.6)
    second = issue(office(), [*before, *five], first)
    assert ["trust.01", "leader"] in first.record["own"]
    assert counts(second.released)["trust.01"] == 17
    assert not [row for row in second.record["own"] if row in first.record["own"]]
    assert not second.released.distributions
    assert not second.released.agreements
    third = issue(office(), [*before, *five, *people(6, name="more")], first, second)
    assert ["trust.01", "leader"] in third.record["own"]


def test_the_width_of_a_small_groups_interval_says_nothing_of_its_answers() -> None:
    """Whatever a small group answers beside the same mean, its interval is the same; alone too."""
    same = people(6)
    narrow = [one.says(trust_01="3", trust_08="3") for one in same]
    wide = [
        one.says(trust_01="1" if i < 3 else "5", trust_08="1" if i < 3 else "5")
        for i, one in enumerate(same)
    ]
    for others in ([], people(25, "hr")):
        one, two = (issue(office(), [*group, *others]).released for group in (narrow, wide))
        for measure in ("trust.01", "trust"):
            first, second = (found.score(measure, "leader", "root") for found in (one, two))
            assert first.n == 6
            assert (first.mean, first.low, first.high) == (second.mean, second.low, second.high)


def test_ends_of_an_interval_are_reckoned_from_the_printed_mean() -> None:
    """So they say nothing that the mean did not: the same printed mean has the same ends."""
    base = people(7)
    ends: dict[float, set[tuple[float | None, float | None]]] = {}
    for seed in range(12):
        found = issue(office(), people(7, seed=seed) if seed else base).released
        for dimension in DIMENSIONS:
            score = found.score(dimension, "leader", "root")
            if score.mean is not None:
                ends.setdefault(score.mean, set()).add((score.low, score.high))
    assert len(ends) > 5
    assert all(len(found) == 1 for found in ends.values())


def test_somebody_erased_is_missed_without_being_kept() -> None:
    everybody = people(12)
    first = issue(office(), everybody)
    record = dict(first.record)
    gone = token(everybody[0].key)
    record["people"] = [p for p in record["people"] if p["id"] != gone]
    assert gone not in json.dumps(record)
    erased = Made(first.released, record)
    # The group without them would show what they were; it cannot be put back either.
    second = issue(office(), everybody[1:], erased)
    assert set(means(second.released).values()) == {None}
    fourth = issue(office(), [*everybody[1:], *people(3, name="late")], erased)
    assert set(means(fourth.released).values()) == {None}
    # Five people differ, and twelve answers would be fifteen.
    fifth = issue(office(), [*everybody[1:], *people(4, name="late")], erased)
    assert set(means(fifth.released).values()) == {None}
    sixth = issue(office(), [*everybody[1:], *people(6, name="late")], erased)
    assert counts(sixth.released)["trust"] == 17


def test_a_record_of_the_first_format_is_read_with_care() -> None:
    """It kept no tree: units are compared only where today's tree gives what was printed."""
    everybody = people(7, unit="n1") + people(3, unit="n2") + people(9, unit="s1")
    first = issue(office(moved("north")), everybody)
    old = Made(first.released, as_first_format(first, everybody))
    again = issue(office(moved("north")), everybody, old)
    assert again.released.scores == first.released.scores
    after = issue(office(moved("south")), everybody, old)
    assert all(
        not s.shown for s in after.released.scores if s.unit in ("north", "south", "n1", "n2")
    )
    # Its people are known again, measure by measure.
    changed = [one.says(renewal_09="1") for one in everybody[:2]]
    late = issue(
        office(moved("north")), [*changed, *everybody[2:], *people(2, name="late", unit="n1")], old
    )
    assert means(late.released) == means(first.released)


def as_first_format(made: Made, everybody: list[Somebody]) -> dict[str, object]:
    """What the first format would have kept of a version."""
    keys = {token(one.key): one.key for one in everybody}
    new = made.record
    names = [name for name, _ in new["measures"]][1:]
    return {
        "released": new["released"],
        "measures": names,
        "keys": new["keys"],
        "people": [
            {
                "id": f"print {p['id']}",
                "key": keys[p["id"]],
                "unit": p["unit"],
                "perspective": p["perspective"],
                "level": p["level"],
                "valid": p["counts"][1:].replace("2", "0"),
                "answers": p["answers"],
            }
            for p in new["people"]
        ],
    }


def test_a_later_wave_is_compared_without_the_people_of_the_earlier() -> None:
    everybody = people(20) + people(8, "hr")
    first = issue(office(), everybody)
    frozen = {k: v for k, v in first.record.items() if k not in ("people", "keys")}
    again = responses(people(20, seed=2) + people(8, "hr", seed=2), "w2")
    since = EarlierWave(frozen, responses([]), "", office())
    later = make(again, office(), "w2", texts=None, since=since)
    assert {c.measure for c in later.released.changes} == set(DIMENSIONS)
    by = {(s.measure, s.group): s.mean for s in first.released.scores if s.unit == "root"}
    assert all(
        c.before == by[c.measure, c.group] for c in later.released.changes if c.group != "all"
    )


def test_the_same_answers_give_the_same_version() -> None:
    everybody = people(11, silent=0.05) + people(6, "hr", silent=0.05)
    first = issue(office(), everybody)
    second = issue(office(), everybody[::-1], first)
    assert second.record == first.record
    assert np.all(
        [a == b for a, b in zip(first.released.scores, second.released.scores, strict=True)]
    )


@pytest.mark.parametrize("silent", [0, 1])
def test_ten_who_came_and_one_who_does_not_know_are_nine_answers(silent: int) -> None:
    """Two distributions say how those between them answered: of nine, each bar of theirs."""
    before = people(20)
    first = issue(office(), before)
    came = people(10, name="late", spread=0.6)
    came = [*(one.says(roles_01=DONT_KNOW) for one in came[:silent]), *came[silent:]]
    second = issue(office(), [*before, *came], first)
    shown = {(d.measure, d.group): d.n for d in second.released.distributions}
    assert shown.get(("roles.01", "leader")) == (30 if not silent else None)
    assert shown["roles.02", "leader"] == 30
