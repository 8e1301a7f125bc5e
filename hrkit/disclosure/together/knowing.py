"""Readers who know all answers of one of the people: what is printed, as they read it.

For each of them the joint proof is asked again, with that one's answers given and the others as
targets.  In groups up to twice the size from which details are shown everybody is tried; in larger
ones those who are told apart most easily: who answered least, and whose answers lie outermost.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

from hrkit.disclosure.proof.told import Printed, Target, Unknown

__all__ = ["knowing"]

#: How many are tried of each kind in a large group.
_OUTERMOST = 2


def knowing(
    rows: Sequence[Printed],
    aims: Sequence[Target],
    truth: Mapping[Unknown, float],
    details: int,
) -> Iterator[tuple[list[Printed], list[Target]]]:
    """The rows and targets for each reader who knows one person's answers.

    Parameters
    ----------
    rows, aims
        What is printed, and what must not be known, for a stranger.
    truth
        What people said.
    details
        In groups of more than twice as many not everybody is tried.
    """
    said: dict[Hashable, dict[Unknown, float]] = {}
    for unknown, value in truth.items():
        said.setdefault(unknown[0], {})[unknown] = value
    for person in _tried(said, 2 * details):
        own = [Printed({u: 1.0}, ((None, v, v),)) for u, v in said[person].items()]
        yield [*rows, *own], [one for t in aims if (one := _others(t, person)) is not None]


def _tried(said: Mapping[Hashable, Mapping[Unknown, float]], most: int) -> list[Hashable]:
    everybody = sorted(said, key=repr)
    if len(everybody) <= most:
        return everybody

    def mean(person: Hashable) -> float:
        return sum(said[person].values()) / len(said[person])

    few = sorted(everybody, key=lambda person: len(said[person]))[:_OUTERMOST]
    ordered = sorted(everybody, key=mean)
    return list(dict.fromkeys([*few, *ordered[:_OUTERMOST], *ordered[-_OUTERMOST:]]))


def _others(target: Target, person: Hashable) -> Target | None:
    """A target without the one who reads; None where nobody else is in it."""
    left = {u: w for u, w in target.weights.items() if u[0] != person}
    if len(left) == len(target.weights):
        return target
    whole = sum(left.values())
    if not left or whole <= 0:
        return None
    return Target({u: w / whole for u, w in left.items()}, target.named, target.strict)
