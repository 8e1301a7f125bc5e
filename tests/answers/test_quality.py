"""Signs of rows nobody read: found where they are, and hardly ever on careful people."""

from __future__ import annotations

import random

import pytest

from hrkit.answers.quality import contradicts, longest_run, same_answers, signs, straight
from hrkit.answers.responses import tables
from hrkit.model import instrument_file

INSTRUMENT = instrument_file.load("partnership")
STATEMENTS = [
    (item, facet.id)
    for section in INSTRUMENT.dimensions
    for item in section.scored
    if "leader" in item.ask and (facet := section.scoring(item))
]


def careful(seed: int, centre: float = 3.3, noise: float = 0.75) -> dict[tuple[str, str], str]:
    """Somebody who reads: a view of their own, of each dimension, of each statement, and a slip."""
    rng = random.Random(seed)
    own, taste = rng.gauss(0, 0.45), {s.id: rng.gauss(0, 0.35) for s in INSTRUMENT.dimensions}
    said = {}
    for item, facet in STATEMENTS:
        at = centre + own + taste[item.section] + rng.gauss(0, 0.3) + rng.gauss(0, noise)
        value = min(5, max(1, round(at)))
        value = 6 - value if item.reversed else value
        said[item.id, facet] = "dk" if rng.random() < 0.05 else str(value)
    return said


@pytest.mark.parametrize(("centre", "noise"), [(2.2, 0.75), (3.3, 0.5), (4.2, 0.6)])
def test_careful_people_are_hardly_ever_marked(centre: float, noise: float) -> None:
    crowd = {str(seed): careful(seed, centre, noise) for seed in range(300)}
    for sign in (longest_run, straight, contradicts):
        assert sum(sign(said, INSTRUMENT) for said in crowd.values()) <= 3
    assert same_answers(crowd, {}) == []


@pytest.mark.parametrize("value", ["1", "3", "5"])
def test_one_answer_to_everything_is_a_long_string(value: str) -> None:
    said = {(item.id, facet): value for item, facet in STATEMENTS}
    assert longest_run(said, INSTRUMENT) and straight(said, INSTRUMENT)
    assert contradicts(said, INSTRUMENT) == (value != "3")


def test_one_answer_a_page_is_a_long_string_too() -> None:
    said = {}
    for item, facet in STATEMENTS:
        said[item.id, facet] = str(
            1 + [s.id for s in INSTRUMENT.dimensions].index(item.section) % 5
        )
    assert straight(said, INSTRUMENT) and not longest_run(said, INSTRUMENT)


def test_who_overlooks_that_statements_are_turned_contradicts_themselves() -> None:
    rng = random.Random(3)
    said = {(item.id, facet): rng.choice("45") for item, facet in STATEMENTS}
    assert contradicts(said, INSTRUMENT)


def test_rows_that_are_alike_are_told_from_people_who_agree() -> None:
    one = careful(1)
    near = dict(one)
    for pair in list(near)[:2]:
        near[pair] = "1" if near[pair] != "1" else "2"
    other = {f"o{i}": careful(100 + i) for i in range(30)}
    yes = {f"y{i}": {(item.id, facet): "4" for item, facet in STATEMENTS} for i in range(6)}
    found = same_answers({"a": one, "b": dict(one), "c": near, **other, **yes}, {})
    assert ("identical", ("a", "b")) in found
    assert not any(key in group for _, group in found for key in (*other, *yes))
    assert [kind for kind, group in found if "c" in group] == ["near"]


def test_signs_stand_with_respondents_and_speed_is_what_a_form_found() -> None:
    said = {"a": careful(1), "b": {(i.id, f): "5" for i, f in STATEMENTS}, "c": careful(2)}
    people = [
        (who, "w1", "root", "leader", None, None, None, "1" if who == "c" else None) for who in said
    ]
    rows = [(who, item, facet, v) for who, its in said.items() for (item, facet), v in its.items()]
    assert signs(tables(people, rows), INSTRUMENT) == {
        "b": frozenset({"long", "contradiction"}),
        "c": frozenset({"hasty"}),
    }
