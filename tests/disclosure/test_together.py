"""What statements, dimensions, pillars, differences and totals say together about a few people.

The reader here solves for every single answer as a whole number, from what a version prints (and
from who left which question out), with other means than `hrkit.disclosure.proof.joint`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from hrkit.disclosure.released import ALL, Released, tidy

from .offices import INSTRUMENT, Somebody, issue, office, people

SECTIONS = {s.id: [s.measure(i) for i in INSTRUMENT.scored_items(s)] for s in INSTRUMENT.dimensions}
ENOUGH = 0.6


def answered(one: Somebody, keys: Sequence[str]) -> list[str]:
    return [k for k in keys if one.answers.get(k, "dk") != "dk"]


def widths(
    found: Released,
    side: list[Somebody],
    others: list[Somebody],
    section: str,
    group: str,
    other: str,
) -> dict[str, float]:
    """How far apart the mean of each incomplete person's answers may lie; wide where nothing binds."""
    asked = [k for k in SECTIONS[section] if group in INSTRUMENT.keys[k].item.ask]
    place = {
        (i, k): n
        for n, (i, k) in enumerate((i, k) for i, p in enumerate(side) for k in answered(p, asked))
    }
    rows, low, high = [], [], []

    def printed(row: np.ndarray, value: float, shift: float = 0.0, parts: float = 1.0) -> None:
        rows.append(row)
        low.append(shift + parts * (value - 0.05) - 1e-9)
        high.append(shift + parts * (value + 0.05) + 1e-9)

    for k in asked:
        score = found.score(k, group, "root")
        if score.mean is None:
            continue
        who = [i for i in range(len(side)) if (i, k) in place]
        row = np.zeros(len(place))
        row[[place[i, k] for i in who]] = 1 / len(who)
        printed(row, score.mean)
    need = math.ceil(ENOUGH * len(asked) - 1e-9)
    row = np.zeros(len(place))
    scored = [i for i, p in enumerate(side) if len(answered(p, asked)) >= need]
    for i in scored:
        mine = answered(side[i], asked)
        row[[place[i, k] for k in mine]] = 1 / len(mine) / len(scored)
    score = found.score(section, group, "root")
    if score.mean is not None:
        printed(row, score.mean)
        total, gap = found.score(section, ALL, "root"), found.gap(section, "root")
        beside = found.score(section, other, "root").mean
        if beside is not None:
            # Both follow from what is printed of the sides, and say nothing more.
            if gap is not None and gap.difference is not None:
                sign = 1.0 if gap.second == group else -1.0
                assert sign * gap.difference == pytest.approx(score.mean - beside)
            if total.mean is not None:
                # Whoever rates its own work does not weigh.
                own = next(d.self_raters for d in INSTRUMENT.dimensions if d.id == section)
                weigh = [m for g, m in ((group, score.mean), (other, beside)) if g not in own]
                assert total.mean == tidy(sum(weigh) / len(weigh))
    if not rows:
        return {}
    found_widths = {}
    for i, one in enumerate(side):
        mine = answered(one, asked)
        if len(mine) == len(asked) or not mine:
            continue
        cost = np.zeros(len(place))
        cost[[place[i, k] for k in mine]] = 1.0
        ends = []
        for sign in (1.0, -1.0):
            result = milp(
                sign * cost,
                integrality=np.ones(len(place)),
                bounds=Bounds(1, 5),
                constraints=LinearConstraint(np.array(rows), low, high),
            )
            assert result.status == 0, result.message
            ends.append(float(cost @ result.x))
        found_widths[one.key] = (ends[1] - ends[0]) / len(mine)
    return found_widths


@pytest.mark.parametrize("n", [5, 6, 8])
def test_a_dont_know_in_a_small_side_gives_no_ones_other_answers_away(n: int) -> None:
    narrow, dimensions, statements = 0, 0, 0
    leaders = people(20)
    for seed in range(4):
        side = people(n, "hr", seed=seed, silent=0.04, centre=3.8, spread=0.8)
        found = issue(office(), [*leaders, *side]).released
        for section in SECTIONS:
            by = widths(found, side, leaders, section, "hr", "leader")
            narrow += sum(width < 1 - 1e-6 for width in by.values())
            dimensions += found.score(section, "hr", "root").shown
            statements += sum(found.score(k, "hr", "root").shown for k in SECTIONS[section])
    assert narrow == 0
    # And the report is still a report.
    assert dimensions >= 0.8 * 4 * len(SECTIONS)
    assert statements >= 0.55 * 4 * sum(map(len, SECTIONS.values()))


def test_a_withheld_statement_of_four_does_not_follow_from_the_dimension() -> None:
    leaders = people(20)
    for seed in range(6):
        side = people(5, "hr", seed=seed + 50, centre=4.2, spread=0.7)
        side[0] = side[0].says(trust_01="dk")
        found = issue(office(), [*leaders, *side]).released
        assert found.score("trust.01", "hr", "root").mean is None
        by = widths(found, side, leaders, "trust", "hr", "leader")
        assert all(width >= 1 - 1e-6 for width in by.values())


def test_nobody_is_withheld_where_everybody_answered() -> None:
    """A dimension is the sum of its statements then, and says nothing that they did not."""
    found = issue(office(), people(20) + people(6, "hr")).released
    own = [s for s in found.scores if s.group in ("leader", "hr") and s.unit == "root"]
    asked = [s for s in own if s.why != "nobody"]
    assert sum(s.shown for s in asked) >= 0.95 * len(asked)


@pytest.mark.parametrize("value", ["1", "2", "3", "4", "5"])
@pytest.mark.parametrize("odd", [0, 1])
def test_ten_of_one_mind_are_not_shown_at_any_value(value: str, odd: int) -> None:
    """Nor all but one, who would know everybody's: no mean, no bar, no interval, no way round."""
    side = [one.says(roles_01=value) for one in people(12)]
    other = "2" if value != "2" else "4"
    side = [one.says(roles_01=other) for one in side[:odd]] + side[odd:]
    found = issue(office(), side).released
    score = found.score("roles.01", "leader", "root")
    assert (score.mean, score.low, score.n) == (None, None, None)
    assert found.score("roles.01", ALL, "root").mean is None
    assert found.distribution("roles.01", "leader") is None
    # Its mean does not follow from the dimension and the others either.
    keys = SECTIONS["roles"]
    known = [found.score(k, "leader", "root").mean for k in keys if k != "roles.01"]
    dimension = found.score("roles", "leader", "root").mean
    assert dimension is None or None in known


def test_two_of_another_mind_are_shown() -> None:
    side = [one.says(roles_01="4") for one in people(12)]
    side = [one.says(roles_01="2") for one in side[:2]] + side[2:]
    found = issue(office(), side).released
    assert found.score("roles.01", "leader", "root").mean == 3.7


def test_below_ten_only_the_ends_tell() -> None:
    side = people(6)
    three = issue(office(), [one.says(roles_01="3") for one in side]).released
    five = issue(office(), [one.says(roles_01="5") for one in side]).released
    assert three.score("roles.01", "leader", "root").mean == 3.0
    assert five.score("roles.01", "leader", "root").mean is None


def test_a_unanimous_end_does_not_follow_from_the_dimension() -> None:
    side = [one.says(roles_01="5") for one in people(6)]
    found = issue(office(), side).released
    known = [found.score(k, "leader", "root").mean for k in SECTIONS["roles"][1:]]
    assert found.score("roles", "leader", "root").mean is None or None in known
