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
    # It is the note that tells them from others, who may come in their numbers.
    third = issue(engagement, everybody, undone(first, LEADERS, noted=False)).released
    assert any(s.shown for s in third.scores if s.group == "leader")


def test_while_nobody_comes_the_rest_is_not_shown_either(engagement, first) -> None:  # type: ignore[no-untyped-def]
    """Eight went at once: two means would tell theirs, and nothing says any more where they were."""
    gone, rest = LEADERS[:8], LEADERS[8:]
    told = [
        issue(engagement, [*rest, *HR], undone(first, gone, noted=noted)).released.scores
        for noted in (True, False)
    ]
    shown = [{s.group for s in scores if s.shown} for scores in told]
    assert "leader" not in shown[0] and "hr" in shown[0]
    # As after an erasure, of which each is one person who is known to be gone.
    assert {"leader", "hr"} <= shown[1]
