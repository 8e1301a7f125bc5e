"""Tables of shares as an engagement issues them, one version after the other, and what they tell together."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.disclosure.release import issue
from hrkit.disclosure.released import ALL, Released, Share, Why
from hrkit.model.engagement import Engagement
from hrkit.model.engagement_file import load
from tests.disclosure.test_shares_attack import between, given_away
from tests.report.own import INSTRUMENTS, write

KEY = "work.1"
ANSWERS = ("daily", "weekly", "never", "dk")


class Office:
    """An engagement that asks one choice of one group; people come one after the other."""

    def __init__(self, folder: Path) -> None:
        write("only choices", folder)
        self.engagement: Engagement = load(folder)
        self.people: list[str] = []

    def come(self, *answers: str) -> None:
        first = len(self.people)
        names = [f"p{first + i}" for i in range(len(answers))]
        given = [(who, KEY, "often", said) for who, said in zip(names, answers, strict=True)]
        with open_store(self.engagement) as store:
            people = [(who, "w1", "own-client", "crew", None, None) for who in names]
            store.add(tables(people, given), doubles="other")
        self.people += answers

    def issued(self) -> Released:
        return issue(self.engagement, "w1")

    def table(self) -> Share:
        return self.issued().share(KEY, "crew")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_what_is_printed_is_what_was_answered(office: Office) -> None:
    office.come(*["daily"] * 6, *["weekly"] * 10, *["dk"] * 4)
    table = office.table()
    assert (table.n, table.values, table.together) == (20, ANSWERS, ())
    assert table.shares == (0.3, 0.5, 0.0, 0.2)
    assert office.issued().share(KEY, ALL).shares == table.shares


def test_a_few_are_given_together(office: Office) -> None:
    office.come(*["daily"] * 9, *["weekly"] * 10, "never")
    table = office.table()
    assert table.values == ("weekly",)
    assert set(table.together) == {"daily", "never", "dk"}
    assert table.rest == 0.5


@pytest.mark.parametrize("others", [0, 1, 2])
def test_a_group_of_one_mind_is_withheld(office: Office, others: int) -> None:
    office.come(*["daily"] * (14 - others), *["never"] * others)
    assert office.table() == Share(KEY, "crew", Why.PROTECTED)
    assert office.issued().share(KEY, ALL) == Share(KEY, ALL, Why.PROTECTED)


def test_nine_are_too_few(office: Office) -> None:
    office.come(*["daily"] * 5, *["never"] * 4)
    assert office.table() == Share(KEY, "crew", Why.SMALL)


def test_newcomers_of_one_mind_cannot_be_taken_from_two_versions(office: Office) -> None:
    office.come(*["daily"] * 6, *["weekly"] * 6)
    assert office.table().shown
    office.come(*["never"] * 11)
    assert not office.table().shown


def test_newcomers_who_differ_are_shown(office: Office) -> None:
    office.come(*["daily"] * 6, *["weekly"] * 6)
    assert office.table().n == 12
    office.come(*["never"] * 6, *["daily"] * 6)
    assert office.table().n == 24


def test_a_few_newcomers_change_nothing(office: Office) -> None:
    office.come(*["daily"] * 6, *["weekly"] * 6)
    first = office.table()
    office.come("never", "never", "never")
    assert office.table() in (first, Share(KEY, "crew", Why.PROTECTED))


def test_a_table_is_kept_as_it_was_shown(office: Office) -> None:
    from hrkit.disclosure.kept.snapshot import from_snapshot, to_snapshot

    office.come(*["daily"] * 6, *["weekly"] * 6, *["never"] * 2)
    released = office.issued()
    kept = from_snapshot(to_snapshot(released))
    assert (kept.shares, kept.counts) == (released.shares, released.counts)
    # A version from before there were shares is read all the same.
    before = to_snapshot(released)
    del before["shares"], before["counts"]
    assert from_snapshot(before).shares == ()


def test_versions_issued_at_random_give_nobody_away(tmp_path: Path) -> None:
    rng = random.Random(3)
    shown = 0
    for number in range(6):
        office = Office(tmp_path / str(number))
        versions: list[int] = []
        for _ in range(4):
            mind = rng.choice((1, 1, 3))
            office.come(*(rng.choice(ANSWERS[:mind]) for _ in range(rng.choice((2, 11, 12, 14)))))
            table = office.table()
            if table.shown and (not versions or table.n != versions[-1]):
                versions.append(table.n or 0)
        shown += len(versions)
        place = {answer: i for i, answer in enumerate(ANSWERS)}
        said = [place[answer] for answer in office.people]
        for i, now in enumerate(versions):
            for then in versions[:i]:
                # Only those who came in between are new: the first ones of a version are the earliest.
                pair = [dict(enumerate(said[:n])) for n in (now, then)]
                assert between(pair[0], pair[1], len(ANSWERS)) == []
    assert shown > 3


def test_the_instrument_is_what_the_attacker_thinks() -> None:
    scale = INSTRUMENTS["only choices"]["scales"]["choice"]
    assert [c["value"] for c in scale["values"]] == list(ANSWERS[:3])
    assert given_away([], lambda table: None) == []
