"""The gate of every tool that asks groups, attacked alike: four, five, nine, ten; one mind; one late answer; a name.

What a tool's own tests attack is its own; this is what holds for each of them, and for the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hrkit.answers.responses import tables
from hrkit.answers.store import open_store
from hrkit.disclosure.release import issue
from hrkit.disclosure.released import ALL, Released
from hrkit.model import engagement_file as engagements
from hrkit.model.ballot import ballot
from hrkit.model.engagement import Engagement
from hrkit.model.tool import available
from tests.tools.played import engaged

ASKING = tuple(one.id for one in available() if one.asks)
NAME = "Mette Planted Holm"


def values(
    part: Engagement, rng: np.random.Generator, *, alike: bool
) -> Iterator[tuple[str, str, str]]:
    """One leader's answers to everything; where all are alike, the same as everybody's."""
    for question in part.instrument.questions("leader"):
        scale = question.facet.scale
        if scale.kind == "rating":
            value = str(scale.high if alike else rng.integers(scale.low, scale.high + 1))
        elif scale.kind == "category":
            value = scale.choices[0 if alike else int(rng.integers(len(scale.choices)))].value
        elif scale.kind == "pick":
            few = scale.options[:2] if alike else rng.choice(scale.options, 2, replace=False)
            value = ballot(scale.options, set(few))
        else:
            value = f"Ring til {NAME} om det"
        yield question.item.id, question.facet.id, value


def answered(folder: Path, n: int, *, first: int = 0, alike: bool = False) -> Released:
    """So many leaders more, and the version that is issued then."""
    part = engagements.load(folder)
    rng = np.random.default_rng([n, first])
    people, given = [], []
    for i in range(first, first + n):
        people.append((f"{i:04d}", "w1", part.root.id, "leader", None, None))
        given += [(f"{i:04d}", *one) for one in values(part, rng, alike=alike)]
    with open_store(part) as store:
        store.add(tables(people, given), doubles="other")
    return issue(part, "w1")


def part_of(tmp_path: Path, tool: str) -> Path:
    return engaged(tmp_path / "nordby", tool) / tool


def shares(released: Released) -> list[float]:
    rows = (*released.shares, *released.ballots)
    return [share for row in rows if row.shown for share in row.shares]


@pytest.mark.parametrize("tool", ASKING)
def test_four_show_nothing_and_nine_no_share(tool: str, tmp_path: Path) -> None:
    folder = part_of(tmp_path, tool)
    told = answered(folder, 4)
    assert not told.any_figure and not told.distributions
    for more, n in ((1, 5), (4, 9)):
        told = answered(folder, more, first=n - more)
        assert not shares(told) and not told.distributions
        assert not any(s.shown and s.n is not None and s.n < 5 for s in told.scores)


@pytest.mark.parametrize("tool", ASKING)
def test_five_have_means_and_ten_shares_where_they_are_asked_for(tool: str, tmp_path: Path) -> None:
    """A gate that shows nothing would pass every attack."""
    instrument = engagements.load(part_of(tmp_path, tool)).instrument
    released_as = {question.facet.release for question in instrument.measured.values()}
    told = answered(tmp_path / "nordby" / tool, 5)
    assert any(s.shown for s in told.scores) is ("means" in released_as)
    again = engaged(tmp_path / "other" / "nordby", tool) / tool
    assert bool(shares(answered(again, 24))) is bool({"shares", "picks"} & released_as)


@pytest.mark.parametrize("tool", ASKING)
def test_of_one_mind_no_share_is_shown(tool: str, tmp_path: Path) -> None:
    """That all of twelve chose the same says it of each of them."""
    told = answered(part_of(tmp_path, tool), 12, alike=True)
    assert shares(told) == []
    assert not any(max(d.shares) == 1 for d in told.distributions)


@pytest.mark.parametrize("tool", ASKING)
def test_one_late_answer_moves_no_figure(tool: str, tmp_path: Path) -> None:
    folder = part_of(tmp_path, tool)
    first, then = answered(folder, 14), answered(folder, 1, first=14)
    kept = 0
    for old in first.scores:
        new = then.score(old.measure, old.group, old.unit)
        if old.shown and new.shown:
            kept += 1
            assert (old.n, old.mean) == (new.n, new.mean)
    for tables_ in ("shares", "ballots"):
        later = {(r.measure, r.group): r for r in getattr(then, tables_)}
        for old in getattr(first, tables_):
            new = later[old.measure, old.group]
            if old.shown and new.shown and old.group != ALL:
                kept += 1
                assert (old.n, old.values, old.shares) == (new.n, new.values, new.shares)
    assert kept


@pytest.mark.parametrize("tool", ASKING)
def test_a_name_that_somebody_wrote_leaves_only_when_a_person_passes_it(
    tool: str, tmp_path: Path
) -> None:
    told = answered(part_of(tmp_path, tool), 14)
    assert NAME not in repr(told) and told.comments == ()
