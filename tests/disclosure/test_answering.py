"""Languages and signs of carelessness are numbers of people too: what is printed never counts a few."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from hrkit.answers.responses import Responses
from hrkit.disclosure.kept.snapshot import from_snapshot, to_snapshot
from hrkit.disclosure.released import COMPARED_FROM, LanguageCount, Released, Why, comparable
from hrkit.disclosure.tables import Made, make

from .offices import RATINGS, Somebody, issue, office, people, responses


def told(crowd: list[Somebody], spoken: dict[str, str], *kept: Made) -> Made:
    given = responses(crowd)
    said = given.people["respondent"].map(lambda key: spoken.get(key)).astype(object)
    table = given.people.assign(language=said.where(said.notna(), None))
    records = [one.record for one in kept]
    return make(Responses(table, given.answers), office(), "w1", texts=None, kept=records)


def speaking(**counts: int) -> tuple[list[Somebody], dict[str, str]]:
    crowd, spoken = [], {}
    for language, n in counts.items():
        drawn = people(n, name=language)
        crowd += drawn
        spoken |= {one.key: language for one in drawn if language != "none"}
    return crowd, spoken


def test_everything_is_told_or_nothing() -> None:
    def rows(**counts: int) -> tuple[LanguageCount, ...]:
        return told(*speaking(**counts)).released.languages

    assert [(r.id, r.n) for r in rows(da=20, nl=10)] == [("da", 20), ("nl", 10)]
    assert [(r.id, r.n) for r in rows(da=20, none=10)] == [("da", 20), ("", 10)]
    for few in range(1, 10):
        assert rows(da=20, nl=few) == rows(da=20, none=few) == (LanguageCount("", Why.SMALL),)
    assert rows(none=20) == ()


def test_languages_do_not_count_a_group_that_is_not_counted() -> None:
    crowd, spoken = speaking(da=20, nl=12)
    other = people(3, "hr")
    spoken |= {one.key: "da" for one in other}
    released = told([*crowd, *other], spoken).released
    assert next(t for t in released.turnout if t.group == "hr").answered is None
    assert released.languages == (LanguageCount("", Why.PROTECTED),)


def briefly(crowd: list[Somebody]) -> list[Somebody]:
    """The same people, who were asked about two dimensions."""
    asked = ("trust.", "roles.")
    return [
        replace(one, answers={k: v for k, v in one.answers.items() if k.startswith(asked)})
        for one in crowd
    ]


@pytest.mark.parametrize("lives", [3, pytest.param(24, marks=pytest.mark.soak)])
def test_two_versions_count_no_few_of_a_language(lives: int) -> None:
    """Random lives of a wave: between any two printed tables each language moved by none or ten.

    A few lives of people who were asked about two dimensions; `make soak` asks about all.
    """
    rng = random.Random(5)
    for _ in range(lives):
        crowd, spoken = speaking(da=rng.randint(10, 25), nl=rng.randint(8, 20))
        if lives < 10:
            crowd = briefly(crowd)
        kept = [told(crowd, spoken)]
        for step in range(3):
            late = people(rng.choice((3, 6, 14)), name=f"late{step}")
            spoken = spoken | {one.key: rng.choice(("da", "nl", "en")) for one in late}
            crowd = [*crowd, *(briefly(late) if lives < 10 else late)]
            kept.append(told(crowd, spoken, *kept))
        shown = [
            Counter({r.id: r.n or 0 for r in one.released.languages})
            for one in kept
            if one.released.languages and one.released.languages[0].n is not None
        ]
        for i, before in enumerate(shown):
            for after in shown[i + 1 :]:
                for id in {*before, *after}:
                    assert not 0 < abs(before[id] - after[id]) < 10


def test_a_comparison_needs_a_hundred_of_two_languages() -> None:
    enough, few = (LanguageCount(id, Why.SHOWN, COMPARED_FROM) for id in ("da", "nl"))
    assert comparable((enough, few))
    assert not comparable((enough, replace(few, n=COMPARED_FROM - 1)))
    assert not comparable((enough, replace(few, id="")))


# ------------------------------------------------------------------------------ carelessness


def straight(n: int, value: str = "5", name: str = "straight") -> list[Somebody]:
    keys = [key for key, item, _ in RATINGS if item.role == "score"]
    return [
        replace(one, answers={k: value if k in keys else v for k, v in one.answers.items()})
        for one in people(n, name=name)
    ]


def cared(*crowds: list[Somebody], kept: tuple[Made, ...] = ()) -> Made:
    return told([one for crowd in crowds for one in crowd], {}, *kept)


def number(released: Released, kind: str) -> int | None:
    return next(s.n for s in released.signs if s.kind == kind)


def test_signs_are_counted_and_the_means_without_stand_beside() -> None:
    released = cared(people(40), straight(20)).released
    assert (number(released, "any"), number(released, "long")) == (20, 20)
    alone = cared(people(40)).released
    for row in released.without:
        assert row.n == 40
        assert row.mean == alone.score(row.measure, row.group, "root").mean
        assert row.mean != released.score(row.measure, row.group, "root").mean
    assert {row.group for row in released.without} == {"leader"}
    assert from_snapshot(to_snapshot(released)).without == released.without


@pytest.mark.parametrize("few", [1, 2, 3, 4])
def test_a_few_marked_rows_are_not_counted_nor_said_to_matter(few: int) -> None:
    released = cared(people(40), straight(few)).released
    assert number(released, "any") is None
    assert (released.without, released.levels_hold) == ((), None)
    # Nor the few who are not marked.
    released = cared(people(few), straight(40)).released
    assert number(released, "any") is None and released.levels_hold is None


def test_nine_marked_rows_are_counted_and_no_mean_is_given_without_them() -> None:
    released = cared(people(40), straight(9)).released
    assert number(released, "any") == 9
    assert released.without == () and released.levels_hold is not None


def test_one_person_many_times_over_is_not_printed_as_a_difference() -> None:
    """Of thirteen rows that are one person's, the mean with and without would tell their answers."""
    (one, *others) = people(30)
    copies = [replace(one, key=f"copy-{i}") for i in range(12)]
    released = cared([one, *others], copies).released
    assert number(released, "identical") == 13
    assert released.without == ()


def test_two_versions_without_do_not_differ_by_a_few() -> None:
    """From two means without marked rows, one person later, that person's score would follow."""
    first = cared(people(40), straight(20))
    more = cared(
        people(40), straight(20), people(1, name="late"), straight(3, name="more"), kept=(first,)
    )
    assert more.released.without in ((), first.released.without)
    assert all(
        s.n is None or s == t
        for s, t in zip(more.released.signs, first.released.signs, strict=True)
    )


TREE = (("root", None), ("a", "root"), ("b", "root"), ("c", "root"))


def in_three_units(seed: int) -> list[Somebody]:
    """Ten without signs in one unit and three in another; in a third ten who bear one."""
    rest = [replace(one, unit="b") for one in straight(10, name=f"straight {seed}")]
    return [*people(10, unit="a", seed=seed), *people(3, unit="c", seed=seed), *rest]


@pytest.mark.parametrize("seed", range(3))
def test_a_mean_without_marked_rows_beside_one_of_a_unit_tells_of_no_few(seed: int) -> None:
    """Of thirteen without signs ten are a unit: beside its mean the three others are known."""
    made = issue(office(TREE), in_three_units(seed))
    rows = {row.measure for row in made.released.without if row.n == 13}
    units = {s.measure for s in made.released.scores if s.shown and s.unit == "a"}
    assert units
    assert not rows & units


def test_a_unit_beside_an_earlier_mean_without_marked_rows_tells_of_no_few() -> None:
    """What was printed without marked rows last week counts when units are printed today."""
    crowd = in_three_units(1)
    whole = [replace(one, unit="root") for one in crowd]
    first = issue(office(TREE), whole)
    rows = {row.measure for row in first.released.without if row.n == 13}
    assert rows
    assert sum(one.get("marked", False) for one in first.record["people"]) == 10
    second = issue(office(TREE), crowd, first)
    units = {s.measure for s in second.released.scores if s.shown and s.unit == "a"}
    assert not rows & units
