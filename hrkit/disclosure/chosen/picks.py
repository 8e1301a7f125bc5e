"""Choosing so many of a list: which options may be told apart, and which may not.

A *ballot* is one list in one group of the whole organisation: everybody who filled it in chose
exactly so many of its options (three of nine dimensions).  The counts of a ballot add up to as
many a person, so that all but one of them tell the last: a ballot is shown as a whole or not at
all, and an option that may not stand alone is given together with others.  Shares to a whole per
cent give the counts away, so the proof is about counts, as in `hrkit.disclosure.chosen.shares`.

Guaranteed, for a reader who knows who belongs to the group, how many filled the list in, and this
module:

1. a ballot rests on at least ``details`` people (ten, or more);
2. no figure is about one or two people, neither those who chose an option nor those who left it:
   an option that all chose, or all but one or two, holds the ballot back; options that few chose
   are given *together*, until three people or more stand behind the joint figure however their
   choices lie: whoever chooses three of the options in it counts three times there;
3. which of the options given together holds how many cannot be told: they are all options up to
   some count, of which two at least differ, so exchanging them leaves every printed figure as it
   is;
4. between two versions those who came and those who went (whoever chose otherwise did both) are
   nobody or at least ``details`` people, and what each of the two chose could itself be printed
   with every option alone.

Not guaranteed: what `hrkit.disclosure.chosen.shares` does not guarantee either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set

from hrkit.disclosure.chosen.shares import LEAST, Told
from hrkit.disclosure.released import Why

__all__ = ["picks_follow", "picks_told", "standing_alone"]


def picks_told(counts: Sequence[int], people: int, details: int) -> Told:
    """Decide how one ballot may be told.

    Parameters
    ----------
    counts
        How many chose each option; each of the people chose the same number of them.
    people
        How many filled the list in.
    details
        The fewest people a ballot rests on.

    Raises
    ------
    ValueError
        If the counts are not those of people who chose equally many options each.
    """
    if people < details:
        return Told(Why.NOBODY if people == 0 else Why.SMALL)
    each, rest = divmod(sum(counts), people)
    if rest or not 0 < each < len(counts) or max(counts) > people:
        raise ValueError("the counts are not those of people who chose equally many options")
    if max(counts) > people - LEAST:
        return Told(Why.PROTECTED)
    joint: set[int] = set()
    if any(0 < count < LEAST for count in counts):
        for most in sorted(set(counts)):
            joint = {i for i, count in enumerate(counts) if count <= most}
            if _hides(counts, joint, each):
                break
        else:
            return Told(Why.PROTECTED)
    alone = tuple(i for i in range(len(counts)) if i not in joint)
    return Told(Why.SHOWN, alone, tuple(sorted(joint))) if alone else Told(Why.PROTECTED)


def standing_alone(counts: Sequence[int], people: int, details: int) -> int:
    """How many options of a ballot stand by themselves; 0 where it is not shown.  See `picks_told`."""
    return len(picks_told(counts, people, details).alone)


def _hides(counts: Sequence[int], joint: set[int], each: int) -> bool:
    """Whether a joint figure is about enough people, and tells none of its counts."""
    inside = [counts[i] for i in joint]
    outside = [count for i, count in enumerate(counts) if i not in joint]
    fewest = -(-sum(inside) // min(each, len(inside)))
    return fewest >= LEAST and len(set(inside)) > 1 and min(outside, default=LEAST) >= LEAST


def picks_follow(
    now: Mapping[str, Set[int]], then: Mapping[str, Set[int]], options: int, details: int
) -> bool:
    """Whether a ballot may be shown beside an earlier one.

    Parameters
    ----------
    now, then
        Who filled the list in, to the places of the options each chose.
    options
        How many there are.
    details
        The fewest people a ballot rests on.
    """
    if 0 < abs(len(now) - len(then)) < details:
        return False
    came = [chosen for who, chosen in now.items() if then.get(who) != chosen]
    went = [chosen for who, chosen in then.items() if now.get(who) != chosen]
    return all(not one or _plain(one, options, details) for one in (came, went))


def _plain(ballots: Collection[Set[int]], options: int, details: int) -> bool:
    """Whether every option of these people's ballot could be printed alone."""
    found = Counter(place for chosen in ballots for place in chosen)
    told = picks_told([found[i] for i in range(options)], len(ballots), details)
    return told.shown and not told.together
