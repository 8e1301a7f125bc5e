"""People who answered in two waves under the same code: how far their two answers go together.

**What it is for.**  The change that is printed is, and stays, the difference of the two printed
means.  Where many of the people are the same, that difference is less uncertain than two groups of
strangers would make it: by twice the covariance of the two means,
``r · SE₁ · SE₂ · m / √(n₁ n₂)`` with m people linked and r the correlation of their two answers.
So of all that links could tell only r is released, rounded *down* to a tenth, with m.

**Why not the mean of their differences.**  It would be a mean about the linked alone.  Beside the
means of everybody it gives, by subtraction, what those who are not linked have answered: three
newcomers, or the one who forgot the code.  An estimate that mixes both groups has the same fault.
The difference of the printed means is known already, r is no sum of anybody's answers, and no
figure about a part of the group is made at all.

**When.**  Both waves' intervals rest on the group's own spread already, so that it has ten answers
or more in each and ten have changed, or nobody, since it was last shown
(`hrkit.disclosure.together.hidden.spreads`).  At least thirty are linked: r says how far from a
line through all of them anybody's two answers can lie, about the root of their number times what is
left of the spread, and that holds for each of them.  Of ten or twenty it cuts corners off what the
joint proof of either wave leaves open (a person's score that could lie a whole point apart lies two
thirds of one apart); no proof joins the waves, so what is small is not said.  Those who are not
linked, in either wave, are nobody or ten: m beside n would count a few; for the same reason nothing
is said where "at least so many" stands beside a mean (`hrkit.disclosure.derived.told`).  And the answers of the
earlier wave are still those that were printed: where somebody was erased since, two versions of r
would differ by that person.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.cells import inside
from hrkit.disclosure.drafts import Draft
from hrkit.disclosure.measures import values_of
from hrkit.disclosure.released import Group, Released, tidy
from hrkit.disclosure.wave import WaveAnswers

__all__ = ["Again", "Linked", "Links", "linked"]

#: Closest that two waves' answers are ever said to go together.
MOST = 0.9
#: Of fewer nothing is said.
FEWEST = 30

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linked:
    """How many of a group are linked, and their correlation, rounded down to a tenth."""

    people: int
    together: float


#: Measure and group to what may be said of those who are linked.
Links = Mapping[tuple[str, str], Linked]


@dataclass(frozen=True)
class Again:
    """The earlier wave's raw answers, for those who are linked.

    Attributes
    ----------
    wave
        The answers.
    pairs
        Token of now to token of then.
    own
        Measures and groups whose own spread the earlier wave's intervals rest on.
    """

    wave: WaveAnswers
    pairs: Mapping[str, str]
    own: frozenset[tuple[str, str]]


def linked(
    drafts: Mapping[str, Draft],
    now: WaveAnswers,
    then: Again,
    before: Released,
    groups: Sequence[Group],
    alike: Sequence[tuple[str, str]],
    roots: tuple[str, str],
    details: int,
) -> Links:
    """What may be said of those who are linked, by dimension and group.

    Parameters
    ----------
    drafts
        Of the present wave, as decided.
    now, then
        The answers of both waves.
    before
        What was released of the earlier wave.
    groups
        The groups that are the same in both.
    alike
        Dimensions and groups that were asked the same in both.
    roots
        The whole organisation, as it is called now and then.
    details
        From so many people more than a mean is shown; fewer than these are not left over.
    """
    values = values_of(then.wave)
    row = {token: i for i, token in enumerate(then.wave.token)}
    printed = {(s.measure, s.group): s for s in before.scores if s.shown and s.unit == roots[1]}
    by = {group.id: group for group in groups}
    found = {}
    for measure, id in alike:
        draft, score = drafts[measure], printed.get((measure, id))
        if id not in by or (roots[0], id) not in draft.own or (measure, id) not in then.own:
            continue
        members = inside(then.wave, by[id]) & np.isfinite(values[measure])
        mean = float(values[measure][members].mean()) if members.any() else math.nan
        if score is None or score.n != int(members.sum()) or tidy(mean) != score.mean:
            continue  # somebody was erased since, or waited when the wave was frozen
        here = np.flatnonzero(draft.rows((roots[0], id)))
        pairs = [
            (draft.measure.values[i], values[measure][j])
            for i in here.tolist()
            if (j := row.get(then.pairs.get(now.token[i], ""), -1)) >= 0 and members[j]
        ]
        rest = (len(here) - len(pairs), score.n - len(pairs))
        if len(pairs) < max(FEWEST, details) or any(0 < n < details for n in rest):
            continue
        r = _correlation(np.array(pairs))
        if r is not None:
            found[measure, id] = Linked(len(pairs), r)
    return found


def _correlation(pairs: Floats) -> float | None:
    """Pearson's r, rounded down to a tenth; None where a wave has one answer only."""
    apart = pairs - pairs.mean(axis=0)
    squares = (apart**2).sum(axis=0)
    if (squares < 1e-9).any():
        return None
    r = float((apart[:, 0] * apart[:, 1]).sum() / np.sqrt(squares.prod()))
    return min(MOST, max(-MOST, math.floor(r * 10 + 1e-9) / 10))
