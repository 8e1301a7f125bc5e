"""Units that live: what a wave's tree was, and where answers count that were given under another id."""

from __future__ import annotations

import pytest

from hrkit.model.lineage import Unit, place, units_in

WAVES = ("w1", "w2", "w3")


def tree(units: tuple[Unit, ...], wave: str) -> dict[str, str | None]:
    return {unit.id: unit.parent for unit in units_in(units, WAVES, wave)}


def places(units: tuple[Unit, ...], id: str) -> tuple[str | None, ...]:
    return tuple(place(units, WAVES, id, wave) for wave in WAVES)


ORG = Unit("org", "Org")


def test_a_unit_that_nothing_is_said_of_is_there_in_every_wave() -> None:
    units = (ORG, Unit("north", "North", "org"))
    assert places(units, "north") == ("north", "north", "north")
    assert places(units, "org") == ("org", "org", "org")


def test_a_unit_that_is_not_written_down_has_no_place() -> None:
    assert places((ORG,), "south") == (None, None, None)


def test_a_closed_unit_is_there_up_to_its_last_wave() -> None:
    units = (ORG, Unit("south", "South", "org", until="w1"))
    assert tree(units, "w1") == {"org": None, "south": "org"}
    assert tree(units, "w2") == {"org": None}
    assert places(units, "south") == ("south", None, None)


def test_a_new_unit_is_there_from_its_first_wave() -> None:
    units = (ORG, Unit("east", "East", "org", since="w2"))
    assert "east" not in tree(units, "w1")
    assert places(units, "east") == (None, "east", "east")


def test_a_renamed_unit_holds_what_was_stored_under_its_old_ids() -> None:
    units = (ORG, Unit("care", "Care", "org", was=("health", "elderly")))
    assert places(units, "health") == places(units, "elderly") == ("care", "care", "care")


def test_a_renamed_whole_is_the_whole() -> None:
    assert places((Unit("group", "Group", was=("org",)),), "org") == ("group",) * 3


def test_merged_units_are_their_own_before_and_the_new_one_after() -> None:
    units = (
        ORG,
        Unit("a", "A", "org", until="w1", merged_into="c"),
        Unit("b", "B", "org", until="w2", merged_into="c"),
        Unit("c", "C", "org", since="w2"),
    )
    assert places(units, "a") == ("a", "c", "c")
    assert places(units, "b") == ("b", "b", "c")


def test_a_merger_without_a_wave_holds_in_every_wave() -> None:
    units = (ORG, Unit("south", "South", "org", merged_into="north"), Unit("north", "N", "org"))
    assert places(units, "south") == ("north", "north", "north")
    assert tree(units, "w1") == {"org": None, "north": "org"}


def test_was_of_a_merger_says_the_same_as_merged_into() -> None:
    units = (
        ORG,
        Unit("a", "A", "org", until="w1"),
        Unit("b", "B", "org", until="w1"),
        Unit("c", "C", "org", was=("a", "b"), since="w2"),
    )
    assert places(units, "a") == ("a", "c", "c")


def test_what_a_split_unit_was_counts_in_the_nearest_unit_that_holds_its_parts() -> None:
    units = (
        ORG,
        Unit("north", "North", "org"),
        Unit("n", "N", "north", until="w1"),
        Unit("n1", "N1", "north", was=("n",), since="w2"),
        Unit("n2", "N2", "north", was=("n",), since="w2"),
    )
    assert places(units, "n") == ("n", "north", "north")
    apart = (*units[:4], Unit("n2", "N2", "org", was=("n",), since="w2"))
    assert places(apart, "n") == ("n", "org", "org")


def test_chains_of_changes_are_followed_and_circles_end() -> None:
    units = (
        ORG,
        Unit("a", "A", "org", until="w1", merged_into="b"),
        Unit("b", "B", "org", until="w2", merged_into="c"),
        Unit("c", "C", "org", was=("old-c",)),
    )
    assert places(units, "a") == ("a", "b", "c")
    circle = (ORG, Unit("a", "A", "org", until="w1", merged_into="b"),
              Unit("b", "B", "org", until="w1", merged_into="a"))  # fmt: skip
    assert places(circle, "a") == ("a", None, None)


def test_names_and_parents_are_those_of_the_wave() -> None:
    units = (
        ORG,
        Unit("east", "East", "org"),
        Unit("west", "West", "org"),
        Unit("lab", "Laboratory", "west", names={"w2": "Lab"}, parents={"w1": "east"}),
    )
    said = {w: next(u for u in units_in(units, WAVES, w) if u.id == "lab") for w in WAVES}
    assert [said[w].name for w in WAVES] == ["Lab", "Lab", "Laboratory"]
    assert [said[w].parent for w in WAVES] == ["east", "west", "west"]


@pytest.mark.parametrize(
    ("closed", "above"),
    [
        (Unit("area", "Area", "org", until="w1"), "org"),
        (Unit("area", "Area", "org", until="w1", merged_into="new"), "new"),
        (Unit("area", "Area", "org", until="w1", merged_into="team"), "org"),
    ],
)
def test_a_unit_whose_parent_was_closed_lies_below_what_came_of_it(
    closed: Unit, above: str
) -> None:
    units = (ORG, closed, Unit("team", "Team", "area"), Unit("new", "New", "org"))
    assert tree(units, "w1")["team"] == "area"
    assert tree(units, "w2")["team"] == above
