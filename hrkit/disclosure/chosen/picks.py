"""Choosing so many of a list: which options may be told apart, and which may not.

A *ballot* is one list in one group of the whole organisation: everybody who filled it in chose
exactly so many of its options (three of nine dimensions), or one and up to so many (at most three of
eight).  The counts of a ballot of the first kind add up to as many a person, so that all but one of
them tell the last: a ballot is shown as a whole or not at all, and an option that may not stand alone
is given together with others.  Those of the second add up to something between one and so many a
person.  That closes no table, but where nearly everybody chose as many as they might, what stands
alone leaves the rest next to nothing: so the same options are left out together, by the same rule, and
of them not even a joint figure is printed.  Whoever reads it knows less than of the first kind.  Shares to a whole per
cent give the counts away, so the proof is about counts, as in `hrkit.disclosure.chosen.shares`.

Guaranteed, for a reader who knows who belongs to the group, how many filled the list in, and this
module:

1. a ballot rests on at least ``details`` people (ten, or more);
2. no figure is about one or two people, neither those who chose an option nor those who left it:
   an option that all chose, or all but one or two, holds the ballot back; options that few chose
   are given *together*, until three people or more stand behind the joint figure however their
   choices lie: whoever chooses three of the options in it counts three times there; four where
   readers are allowed for who know one ballot of the group (`shares.behind`);
3. which of the options given together holds how many cannot be told: they are all options up to
   some count, of which two at least differ, so exchanging them leaves every printed figure as it
   is (of a ballot of the second kind there is none of them together);
4. between two versions those who came and those who went (whoever chose otherwise did both) are
   nobody or at least ``details`` people, and what each of the two chose could itself be printed
   with every option alone.

Not guaranteed: what `hrkit.disclosure.chosen.shares` does not guarantee either; of a ballot of the
second kind, how many chose fewer than they might, which shares that add up to nearly so many a person
tell: it is about no option.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set

from hrkit.disclosure.chosen.shares import LEAST, Told
from hrkit.disclosure.released import Why

__all__ = ["picks_follow", "picks_told", "standing_alone"]


def picks_told(
    counts: Sequence[int], people: int, details: int, at_most: int = 0, least: int = LEAST
) -> Told:
    """Decide how one ballot may be told.

    Parameters
    ----------
    counts
        How many chose each option; each of the people chose the same number of them, or one and up
        to ``at_most``.
    people
        How many filled the list in.
    details
        The fewest people a ballot rests on.
    at_most
        Up to how many options each might choose; 0 where all chose equally many.
    least
        The fewest people behind a printed share.

    Raises
    ------
    ValueError
        If the counts are not those of people who chose so.
    """
    if people < details:
        return Told(Why.NOBODY if people == 0 else Why.SMALL)
    each, rest = divmod(sum(counts), people)
    if at_most:
        if not people <= sum(counts) <= at_most * people or max(counts) > people:
            raise ValueError("the counts are not those of people who chose up to so many options")
        # A person may be behind as many of the joint choices as one might make.
        each, rest = at_most, 0
    if rest or not 0 < each < len(counts) or max(counts) > people:
        raise ValueError("the counts are not those of people who chose equally many options")
    if max(counts) > people - least:
        return Told(Why.PROTECTED)
    joint: set[int] = set()
    if any(0 < count < least for count in counts):
        for most in sorted(set(counts)):
            joint = {i for i, count in enumerate(counts) if count <= most}
            if _hides(counts, joint, each, least):
                break
        else:
            return Told(Why.PROTECTED)
    alone = tuple(i for i in range(len(counts)) if i not in joint)
    return Told(Why.SHOWN, alone, tuple(sorted(joint))) if alone else Told(Why.PROTECTED)


def standing_alone(
    counts: Sequence[int], people: int, details: int, at_most: int = 0, least: int = LEAST
) -> int:
    """How many options of a ballot stand by themselves; 0 where it is not shown.  See `picks_told`."""
    return len(picks_told(counts, people, details, at_most, least).alone)


def _hides(counts: Sequence[int], joint: set[int], each: int, least: int) -> bool:
    """Whether a joint figure is about enough people, and tells none of its counts."""
    inside = [counts[i] for i in joint]
    outside = [count for i, count in enumerate(counts) if i not in joint]
    fewest = -(-sum(inside) // min(each, len(inside)))
    return fewest >= least and len(set(inside)) > 1 and min(outside, default=least) >= least


def picks_follow(
    now: Mapping[str, Set[int]],
    then: Mapping[str, Set[int]],
    options: int,
    details: int,
    at_most: int = 0,
    least: int = LEAST,
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
    at_most
        Up to how many each might choose; 0 where all chose equally many.
    least
        The fewest people behind a printed share.
    """
    if 0 < abs(len(now) - len(then)) < details:
        return False
    came = [chosen for who, chosen in now.items() if then.get(who) != chosen]
    went = [chosen for who, chosen in then.items() if now.get(who) != chosen]
    return all(not one or _plain(one, options, details, at_most, least) for one in (came, went))


def _plain(
    ballots: Collection[Set[int]], options: int, details: int, at_most: int, least: int
) -> bool:
    """Whether every option of these people's ballot could be printed alone."""
    found = Counter(place for chosen in ballots for place in chosen)
    told = picks_told([found[i] for i in range(options)], len(ballots), details, at_most, least)
    return told.shown and not told.together
