"""What to take up, in one order that every page reads.

Importance × distance to the target, where the distance is that of the side that experiences the
subject and stands lower, and the importance that side's own.  Importance is a mean where it is
rated, and the share who chose the dimension where so many of all are chosen.  A dimension at its
target comes after every one that is not.  Ranks follow from printed figures: a reader can make them
again.

An order of nine is easily made and easily wrong.  So the figures are drawn anew, each from its own
uncertainty, and the report says how often a dimension is then among the first three.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from hrkit.disclosure.derived.frame import Estimate, estimate, signed
from hrkit.disclosure.derived.totals import mean_of_means
from hrkit.disclosure.released import ALL, Ballot, Group, Priority, Released, Score, tidy
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Section

__all__ = ["DRAWS", "UNSURE", "decisions", "weighed"]

#: Draws behind a share: an error of half a point at most.
DRAWS = 10_000
#: Places whose stability is told.
FIRST = 3
#: No place is surer than this where the weights are not known option by option: below what is called firm.
UNSURE = 0.95
#: Shares are printed in whole per cent.
CENT = 0.01

Shown = Mapping[tuple[str, str], Score]


def decisions(
    engagement: Engagement,
    groups: Sequence[Group],
    sides: Sequence[str],
    shown: Shown,
    ballots: Sequence[Ballot] = (),
) -> tuple[Priority, ...]:
    """Every dimension with a score, in the order in which to take things up.

    Without a target the distance is that to the upper end of the scale; without a stated
    importance, or where no group's choices may be shown, all weigh the same: the order is then that
    of the distances.  Where a group's choices are not shown, the mean of the others' stands in.

    Notes
    -----
    Importance-performance analysis: Martilla & James 1977, Journal of Marketing 41(1), 77-79; the
    product is our judgement.  Standard error of a share: Agresti & Coull 1998, The American
    Statistician 52, 119-126.  Uncertainty of ranks: Goldstein & Spiegelhalter 1996, JRSS A 159, 385-443.
    """
    found = []
    for section in engagement.instrument.dimensions:
        experienced = _experienced(section, groups, sides, shown)
        if not experienced:
            continue
        group, _ = min(experienced, key=lambda pair: pair[1].mean)
        found.append((section, group, experienced))
    if not found:
        return ()
    told = [ballot for ballot in ballots if ballot.shown and ballot.group != ALL]
    stated = [
        _chosen(section, group, told) if told else _importance(section, group, groups, shown)
        for section, group, _ in found
    ]
    known = [one.mean for one in stated if one]
    usual = sum(known) / len(known) if known else 1.0
    weights = np.array([one.mean if one else usual for one in stated])
    scores = np.array([min(e.mean for _, e in sides_) for *_, sides_ in found])
    targets = [engagement.target(section.id) for section, *_ in found]
    goals = np.array(
        [float(_end(s) if t is None else t) for (s, *_), t in zip(found, targets, strict=True)]
    )
    distance = np.round(goals - scores, 6)
    order = np.lexsort((np.arange(len(found)), -distance, -np.maximum(distance, 0) * weights))
    rank = np.empty(len(found), dtype=int)
    rank[order] = np.arange(1, len(found) + 1)
    among = _among([sides_ for *_, sides_ in found], stated, usual, goals)
    if told and not all(_whole(group, told) for _, group, _ in found):
        # What is given together is parted somehow, and another group's choices are not one's own.
        among = np.minimum(among, UNSURE)
    return tuple(
        Priority(
            section.id,
            one.mean if one and not told else None,
            float(scores[i]),
            signed(float(distance[i])),
            int(rank[i]),
            float(among[i]) if len(found) > FIRST else None,
            group,
            targets[i],
            one.mean if one and told else None,
        )
        for i in order.tolist()
        for (section, group, _), one in [(found[i], stated[i])]
    )


def _end(section: Section) -> float:
    assert section.score_facet is not None
    return float(section.score_facet.scale.high)


def _experienced(
    section: Section, groups: Sequence[Group], sides: Sequence[str], shown: Shown
) -> list[tuple[str, Estimate]]:
    """The sides that experience a subject; else those who rate themselves; else anybody shown."""
    own = {g.id for g in groups if set(g.perspectives) <= set(section.self_raters)}
    others = [g.id for g in groups if g.id not in sides]
    for ids in (
        [g for g in sides if g not in own],
        [g for g in others if g not in own],
        [g.id for g in groups],
    ):
        found = [(g, e) for g in ids if (e := estimate(shown.get((section.id, g))))]
        if found:
            return found
    return []


def _importance(
    section: Section, group: str, groups: Sequence[Group], shown: Shown
) -> Estimate | None:
    if section.importance is None:
        return None
    own = estimate(shown.get((section.importance.id, group)))
    if own:
        return own
    parts = [e for g in groups if (e := estimate(shown.get((section.importance.id, g.id))))]
    return mean_of_means(parts) if parts else None


def _chosen(section: Section, group: str, told: Sequence[Ballot]) -> Estimate | None:
    """The share of a group who chose a dimension; of all groups shown where its own is not."""
    own = [ballot for ballot in told if ballot.group == group]
    parts = [_share(ballot, section.id) for ballot in own or told]
    known = [one for one in parts if one]
    if not known:
        return None
    error = math.sqrt(sum(one.se**2 for one in known)) / len(known)
    share = tidy(sum(one.mean for one in known) / len(known), 2)
    return Estimate(share, error, math.inf, min(one.n for one in known))


def weighed(released: Released) -> bool:
    """Whether the weights of everything that ranks are known option by option, where they are chosen."""
    told = [ballot for ballot in released.ballots if ballot.shown and ballot.group != ALL]
    return not told or all(_whole(one.group, told) for one in released.priorities)


def _whole(group: str, told: Sequence[Ballot]) -> bool:
    """Whether a group's choices are printed option by option."""
    own = next((ballot for ballot in told if ballot.group == group), None)
    return own is not None and not own.together


def _share(ballot: Ballot, option: str) -> Estimate | None:
    """A printed share with its standard error: that of Agresti & Coull, as nobody of twelve is not never.

    Whoever chooses one of K leaves out another, so shares go against each other (by 1 / (K - 1) on
    average, since all add up to as many as are chosen), and their differences vary by K / (K - 1)
    times what shares drawn one by one would.
    """
    share, n = ballot.share(option), ballot.n
    if share is None or not n:
        return None
    middle, among = (share * n + 2) / (n + 4), len(ballot.values) + len(ballot.together)
    against = among / (among - 1) if among > 1 else 1.0
    error = math.sqrt(against * middle * (1 - middle) / (n + 4) + CENT**2 / 12)
    if option in ballot.together:
        # How they are parted is not told: anything from nothing to twice an equal part.
        error = math.hypot(error, share / math.sqrt(3))
    return Estimate(tidy(share, 2), error, math.inf, n)


def _among(
    sides: Sequence[Sequence[tuple[str, Estimate]]],
    stated: Sequence[Estimate | None],
    usual: float,
    goals: np.ndarray,
) -> np.ndarray:
    """Share of draws in which each is among the first, and below its target; rounded down.

    Drawn from t, as intervals are made: with normal draws eight people who are twice as divided as
    others think have an order called firm on one page of twelve where there is none.
    """
    rng = np.random.default_rng(0)
    scores = np.column_stack([np.min([_drawn(rng, e) for _, e in its], axis=0) for its in sides])
    weights = np.column_stack(
        [_drawn(rng, one) if one else np.full(DRAWS, usual) for one in stated]
    )
    product = np.maximum(weights, 0) * np.maximum(goals - scores, 0)
    places = np.argsort(np.argsort(-product, axis=1, kind="stable"), axis=1)
    shares = ((places < FIRST) & (product > 0)).mean(axis=0)
    return np.floor(shares * 100 + 1e-9) / 100


def _drawn(rng: np.random.Generator, one: Estimate) -> np.ndarray:
    """A mean drawn anew, as uncertain as its interval says."""
    # Beyond a million degrees of freedom t is normal, and numpy knows no infinite ones.
    return one.mean + one.se * rng.standard_t(min(one.df, 1e6), DRAWS)
