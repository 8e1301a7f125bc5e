"""How many answered is a number about people too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hrkit import synthetic
from hrkit.answers.store import open_store
from hrkit.disclosure import release
from hrkit.model.engagement import Invited

from .offices import issue, office, people

TREE = (("root", None), ("a", "root"), ("b", "root"))


def test_no_number_stands_beside_what_is_withheld() -> None:
    """Ten in all less seven in a unit would count, and show to have answered, all three of three."""
    everybody = people(7, unit="a") + people(3, unit="b")
    found = issue(office(TREE), everybody).released
    assert all(score.n is None for score in found.scores if not score.shown)
    shown = {(s.unit, s.group): s.n for s in found.scores if s.measure == "trust" and s.shown}
    assert ("root", "leader") in shown
    assert not {("a", "leader"), ("b", "leader")} & set(shown)


def test_a_few_late_people_are_not_counted() -> None:
    before = people(12)
    first = issue(office(), before)
    second = issue(office(), before + people(3, name="late"), first)
    assert second.released.turnout == first.released.turnout
    third = issue(office(), before + people(5, name="late"), first, second)
    assert third.released.turnout[0].answered == 17


def test_a_few_are_not_counted_and_those_invited_are_no_way_round() -> None:
    invited = (Invited("w1", "root", "leader", 14), Invited("w1", "root", "hr", 3))
    found = issue(office(invited=invited), people(12) + people(3, "hr")).released
    by = {one.group: (one.answered, one.invited) for one in found.turnout}
    assert by == {"leader": (12, 14), "hr": (None, 3)}


def test_an_instrument_without_dimensions_is_issued_too(tmp_path: Path) -> None:
    """Shares by choice stand as before while fewer than ten have changed."""
    engagement = synthetic.build(synthetic.client("blueprint"), tmp_path / "blueprint")
    first = release.issue(engagement, "w1")
    assert release.issue(engagement, "w1") == first
    with open_store(engagement) as store:
        extra = replace(synthetic.client("blueprint"), seed=7)
        few = {u: {p: (1, n) for p, (_, n) in by.items()} for u, by in extra.people.items()}
        store.add(synthetic.answers(engagement, replace(extra, people=few), "w1"))
    second = release.issue(engagement, "w1")
    assert second.shares == first.shares
    assert second.waiting > 0


def test_a_unit_beside_two_small_ones_that_answered_in_full_is_not_counted() -> None:
    """Eleven less five leaves six; four and two were invited: then four and two have answered."""
    tree = (*TREE, ("a1", "a"), ("a2", "a"), ("a3", "a"))
    everybody = people(5, unit="a1") + people(4, unit="a2") + people(2, unit="a3")
    everybody += people(9, unit="b")
    numbers = {"a1": 8, "a2": 4, "a3": 2, "b": 9}
    invited = tuple(Invited("w1", unit, "leader", n) for unit, n in numbers.items())

    def shown(*known: Invited) -> set[str]:
        found = issue(office(tree, invited=known), everybody).released
        return {s.unit for s in found.scores if s.measure == "trust" and s.shown}

    assert {"a", "a1"} <= shown()
    assert not {"a", "a1"} <= shown(*invited)
