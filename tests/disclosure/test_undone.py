"""Whoever went with an undone import may come again under another token: one corrected row among them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hrkit.answers.codes import token
from hrkit.disclosure.released import Why
from hrkit.disclosure.tables import Made

from .offices import Somebody, issue, office, people

LEADERS, HR = people(20), people(12, "hr")


def undone(made: Made, gone: list[Somebody], *, noted: bool = True) -> Made:
    """What is kept of a version after the import by which some people came was undone."""
    tokens = {token(one.key) for one in gone}
    record = dict(made.record)
    record["people"] = [one for one in record["people"] if one["id"] not in tokens]
    if noted:
        record["undone"] = sorted({one.perspective for one in gone})
    return replace(made, record=record)


def again(everybody: list[Somebody]) -> list[Somebody]:
    """The same people as the next import brings them: the first has another answer."""
    fresh = [replace(one, key=f"again-{one.key}") for one in everybody]
    return [fresh[0].says(trust_01="5" if fresh[0].answers["trust.01"] != "5" else "1"), *fresh[1:]]


@pytest.fixture(scope="module")
def engagement():  # type: ignore[no-untyped-def]
    return office()


@pytest.fixture(scope="module")
def first(engagement) -> Made:  # type: ignore[no-untyped-def]
    return issue(engagement, [*LEADERS, *HR])


def test_who_comes_again_with_one_other_answer_gives_nobody_away(engagement, first) -> None:  # type: ignore[no-untyped-def]
    everybody = [*again(LEADERS), *HR]
    second = issue(engagement, everybody, undone(first, LEADERS)).released
    shown = {s.measure for s in first.released.scores if s.group == "leader" and s.shown}
    assert not any(s.shown for s in second.scores if s.group != "hr")
    now = {s.why for s in second.scores if s.group == "leader" and s.measure in shown}
    assert now == {Why.PROTECTED}
    assert any(s.shown for s in second.scores if s.group == "hr")
    assert "leader" not in {one.group for one in (*second.distributions, *second.agreements)}
    assert all(gap.difference is None for gap in second.gaps)
    assert all(row.n is None for row in second.silences if row.group == "leader")


@pytest.mark.parametrize("count", [3, 8])
def test_of_few_it_is_the_note_that_tells_and_of_many_the_number(engagement, first, count) -> None:  # type: ignore[no-untyped-def]
    """Three who were erased one by one are three people; eight are as an import that was undone."""
    gone, rest = LEADERS[:count], LEADERS[count:]
    everybody = [*rest, *people(20, name="late", seed=5), *HR]
    told = [
        issue(engagement, everybody, undone(first, gone, noted=noted)).released.scores
        for noted in (True, False)
    ]
    shown = ["leader" in {s.group for s in scores if s.shown} for scores in told]
    assert shown == [False, count < 5]


def test_while_nobody_comes_the_rest_is_not_shown_either(engagement, first) -> None:  # type: ignore[no-untyped-def]
    """Eight went at once: two means would tell theirs, and nothing says any more where they were."""
    gone, rest = LEADERS[:8], LEADERS[8:]
    told = [
        issue(engagement, [*rest, *HR], undone(first, gone, noted=noted)).released.scores
        for noted in (True, False)
    ]
    for scores in told:
        shown = {s.group for s in scores if s.shown}
        assert "leader" not in shown and "hr" in shown


@pytest.mark.parametrize(("late", "shown"), [(0, False), (8, True)])
def test_where_somebody_went_the_same_number_is_no_other_group(  # type: ignore[no-untyped-def]
    engagement, first, late, shown
) -> None:
    """Three went and three came, who may be the same but for one answer: six differ, and the number does not."""
    gone, rest = LEADERS[:3], LEADERS[3:]
    more = people(late, name="late", seed=5)
    found = issue(engagement, [*rest, *again(gone), *more, *HR], undone(first, gone, noted=False))
    scores = found.released.scores
    assert ("leader" in {s.group for s in scores if s.shown}) is shown
    assert any(s.shown for s in scores if s.group == "hr")


def test_no_word_of_units_is_told_once_somebody_went_unseen() -> None:
    """Who comes again is who went: words about the same people add up to their numbers."""
    engagement = office((("root", None), ("a", "root"), ("b", "root"), ("c", "root")))
    a, b, c = (people(n, unit=unit) for unit, n in (("a", 6), ("b", 3), ("c", 11)))
    first = issue(engagement, [*a, *b, *c])
    fresh = [replace(one, key=f"again-{one.key}") for one in (*a, *b, *c)]
    second = issue(engagement, fresh, undone(first, [*a, *b, *c])).released
    units = {s.unit: s.why for s in second.scores if s.measure == "trust" and s.unit != "root"}
    assert set(units.values()) == {Why.PROTECTED}, units
