"""What was chosen of nine, as an engagement issues it, one version after the other."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.disclosure.chosen.shares import LEAST
from hrkit.disclosure.kept.snapshot import from_snapshot, to_snapshot
from hrkit.disclosure.release import issue
from hrkit.disclosure.released import ALL, Ballot, Released, Why
from hrkit.model.ballot import ballot, chosen
from hrkit.model.engagement_file import load
from tests.forms.conftest import make_folder

KEY = "matters.01"
NINE = ("roles", "trust", "presence", "expertise", "direction", "leadership", "across", "chain",
        "renewal")  # fmt: skip
EVERY = [" ".join(some) for some in combinations(NINE, 3)]


class Town:
    """An engagement whose leaders choose; they come one after the other."""

    def __init__(self, folder: Path) -> None:
        self.engagement = load(make_folder(folder / "acme"))
        self.count = 0
        self.said: list[str] = []

    def come(self, answers: Sequence[str], perspective: str = "leader") -> None:
        names = [f"p{self.count + i}" for i in range(len(answers))]
        self.count += len(answers)
        self.said += answers
        given = [(who, KEY, "chosen", said) for who, said in zip(names, answers, strict=True)]
        with open_store(self.engagement) as store:
            people = [(who, "w1", "all", perspective, None, None) for who in names]
            store.add(tables(people, given), doubles="other")

    def issued(self) -> Released:
        return issue(self.engagement, "w1")

    def row(self) -> Ballot:
        return self.issued().ballot(KEY, "leader")


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def even(people: int, seed: int = 1) -> list[str]:
    """People who choose so that every option has about as many."""
    rng = random.Random(seed)
    order = [NINE[i % 9] for i in range(3 * people)]
    picked = [set(order[3 * i : 3 * i + 3]) for i in range(people)]
    rng.shuffle(picked)
    return [ballot(NINE, one) for one in picked]


def test_what_is_printed_is_what_was_chosen(town: Town) -> None:
    town.come(even(30))
    row = town.row()
    assert (row.n, row.values, row.together) == (30, NINE, ())
    for name, share in zip(row.values, row.shares, strict=True):
        assert share == pytest.approx(sum(name in chosen(a) for a in town.said) / 30, abs=0.006)


def test_a_choice_that_is_not_done_counts_nowhere(town: Town) -> None:
    town.come([*even(30), "trust", "trust chain"])
    assert town.row().n == 30


def test_nine_are_too_few_and_of_one_mind_is_withheld(town: Town) -> None:
    town.come(even(9))
    assert town.row() == Ballot(KEY, "leader", Why.SMALL)
    town.come(["roles trust chain"] * 12, "hr")
    found = town.issued()
    assert found.ballot(KEY, "hr") == Ballot(KEY, "hr", Why.PROTECTED)
    assert found.ballot(KEY, ALL).why is Why.PROTECTED
    assert all(p.chosen is None for p in found.priorities)


def test_what_few_chose_is_given_together(town: Town) -> None:
    town.come([*even(24)[:20], "roles trust across", *["trust presence expertise"] * 8])
    row = town.row()
    assert row.shown and not any(0 < round(share * row.n) < LEAST for share in row.shares)


@pytest.mark.parametrize("late", [1, 4, 9])
def test_a_few_who_come_later_wait_and_enough_are_counted(town: Town, late: int) -> None:
    town.come(even(30))
    first = town.row()
    town.come(even(late, 3))
    assert town.row() == first
    town.come(even(24, 4))
    assert (town.row().n or 0) > 30 or not town.row().shown


def test_it_is_kept_as_it_was_shown_and_what_was_kept_before_had_none(town: Town) -> None:
    town.come(even(30))
    found = town.issued()
    kept = to_snapshot(found)
    assert from_snapshot(kept).ballots == found.ballots
    before = {k: v for k, v in kept.items() if k != "ballots"} | {"format": 3}
    before["priorities"] = [
        {k: v for k, v in one.items() if k != "chosen"} for one in kept["priorities"]
    ]
    assert from_snapshot(before).ballots == ()


# --------------------------------------------------------------------- read back over versions


def counted_back(rows: Sequence[Ballot]) -> Iterator[str]:
    """What somebody who keeps every version knows of a few: the counts, and how they moved."""
    for row in rows:
        counts = [round(share * (row.n or 0)) for share in row.shares]
        if any(0 < count < LEAST or (row.n or 0) - LEAST < count for count in counts):
            yield f"{counts} of {row.n}"
    for then, now in pairwise(rows):
        people = (now.n or 0) - (then.n or 0)
        if 0 < abs(people) < 10:
            yield f"{people} came"
        both = set(then.values) & set(now.values)
        for name in both if people else ():
            moved = round((now.share(name) or 0) * (now.n or 0))
            moved -= round((then.share(name) or 0) * (then.n or 0))
            # At most so many of those who came chose it, and at least so many.
            if moved > people:
                yield f"{moved} of {people} chose {name}"


@pytest.mark.parametrize("seed", range(6))
def test_nobody_is_counted_back_from_several_versions(tmp_path: Path, seed: int) -> None:
    rng, town, shown = random.Random(seed), Town(tmp_path), []
    liked = rng.sample(EVERY, 5)
    for size in (rng.randint(12, 40), rng.choice((1, 3, 12)), rng.choice((2, 8, 25))):
        town.come([rng.choice(EVERY if rng.random() < 0.7 else liked) for _ in range(size)])
        row = town.row()
        shown += [row] if row.shown else []
    assert not list(counted_back(shown))
