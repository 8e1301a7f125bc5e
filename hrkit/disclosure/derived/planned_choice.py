"""Before anybody chooses: from how many people a choice of so many of a list is shown, and how finely.

The rule is the gate's own, handed in by whoever asks; here people are made up who choose as people
do: not all options alike, and not all people the same.  Where one may choose fewer they choose one,
two, … up to as many as they may, each number as often: the wary assumption.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from hrkit.disclosure.derived.seen import Outlook
from hrkit.model.engagement import Engagement

__all__ = ["ChoiceReach", "Choosing", "Rule", "choosing"]

#: Counts of each option, people, and the fewest of them, to how many options stand by themselves;
#: 0 where nothing is shown.
Rule = Callable[[Sequence[int], int, int], int]

#: How readily the favourite is chosen, in parts of the one nobody asks for (our judgement).
FAVOUR = 5.0
#: Made-up rounds, and people in each: with more of them nothing is left out any more.
_ROUNDS, _MOST = 200, 300
#: Share of rounds in which every option has to stand by itself.
SURE = 0.9


@dataclass(frozen=True, slots=True)
class ChoiceReach:
    """What of a group's choice could be shown, at each of the assumed responses.

    Attributes
    ----------
    group
        Id of the group.
    n
        How many of those asked are taken to answer; None where the group would not be reported.
    shown
        Share of rounds (0-1) in which anything is shown; None as above.
    alone
        Options that stand by themselves where it is shown, on average; None where nothing is.
    """

    group: str
    n: tuple[int | None, ...]
    shown: tuple[float | None, ...]
    alone: tuple[float | None, ...]


@dataclass(frozen=True)
class Choosing:
    """The choice of a list as it is foreseen.

    Attributes
    ----------
    exactly, at_most, options
        How many are chosen, or up to how many (the other is 0), of how many.
    details
        The fewest people a choice is shown of.
    whole
        From so many people every option stands by itself in nine rounds of ten; None where not
        even three hundred are enough.
    times
        How many times as often as the least chosen option the favourite is taken to be chosen.
    groups
        Those that are asked.
    """

    exactly: int
    at_most: int
    options: int
    details: int
    whole: int | None
    times: int
    groups: tuple[ChoiceReach, ...]


def choosing(
    engagement: Engagement, wave: str, found: Sequence[Outlook], rule: Rule
) -> Choosing | None:
    """What could be shown of a choice if a share of the invited answers; None where none is asked.

    Parameters
    ----------
    engagement
        With the units of that wave.
    wave
        Id of the wave whose invited count.
    found
        One for each assumed response.
    rule
        What the gate would tell of counts.
    """
    question = engagement.instrument.choice
    if question is None:
        return None
    scale, details = question.facet.scale, engagement.protection.details
    options, root = len(scale.choices), engagement.root.id
    counts = _counts(options, scale.fewest, scale.most)

    def alone(n: int) -> npt.NDArray[np.int_]:
        n = min(n, _MOST)
        if n < details:
            return np.zeros(_ROUNDS, dtype=int)
        return np.array([rule(one, n, details) for one in counts[:, n - 1].tolist()])

    rows = []
    for group in dict.fromkeys(g.id for one in found for g in one.groups):
        sizes: list[int | None] = []
        for one in found:
            members = next((g.perspectives for g in one.groups if g.id == group), ())
            asked = tuple(p for p in members if p in question.item.ask)
            invited = engagement.invited_to(wave, root, asked) if asked else None
            sizes.append(None if invited is None else math.floor(one.response * invited + 1e-9))
        if not any(sizes):
            continue
        told = [None if n is None else alone(n) for n in sizes]
        rows.append(
            ChoiceReach(
                group,
                tuple(sizes),
                tuple(None if t is None else float((t > 0).mean()) for t in told),
                tuple(float(t[t > 0].mean()) if t is not None and t.any() else None for t in told),
            )
        )
    whole = next(
        (n for n in range(details, _MOST + 1) if (alone(n) == options).mean() >= SURE), None
    )
    often = counts[:, -1].mean(axis=0)
    times = round(float(often[-1] / often[0]))
    return Choosing(scale.exactly, scale.at_most, options, details, whole, times, tuple(rows))


@cache
def _counts(options: int, fewest: int, most: int) -> npt.NDArray[Any]:
    """Shape (rounds, people, options): how often each was chosen when so many had chosen.

    So many of a list are drawn one after the other, each in proportion to how readily it is chosen:
    Gumbel 1954 (the largest of what is drawn plus such noise).
    """
    rng = np.random.default_rng(20)
    ready = np.log(np.linspace(1.0, FAVOUR, options))
    drawn = ready + rng.gumbel(size=(_ROUNDS, _MOST, options))
    ordered = np.sort(drawn, axis=2)
    many = rng.integers(fewest, most + 1, size=(_ROUNDS, _MOST, 1)) if fewest < most else most
    last = np.take_along_axis(ordered, np.full((_ROUNDS, _MOST, 1), options - many), axis=2)
    found: npt.NDArray[Any] = np.cumsum(drawn >= last, axis=1)
    return found
