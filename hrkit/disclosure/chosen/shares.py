"""Shares of answers by choice: which categories of a question may be told apart, and which may not.

A *table* is one question in one group of the whole organisation: how many chose each category,
"don't know" among them, of all who answered it.  Shares to a whole per cent give the counts
away in any group this kit is made for, so the proof is about counts, and rounding counts for
nothing.

Guaranteed, for a reader who knows who belongs to which group, how many answered, and this
module:

1. a table rests on at least ``details`` answers (ten, or more);
2. no printed share is about one or two people: categories that few chose are given *together*,
   until three people or more stand behind the joint share.  Three, because whoever is one
   of them and knows their own answer still looks at two others; four where readers are allowed for
   who know one answer of the group (``insider: true``), so that they look at three others;
3. which of the categories given together holds how many cannot be told.  They are always *all*
   categories up to some count, so exchanging their counts leaves every printed figure as it
   is; where their counts are all alike and nothing else would print the same, the next
   category joins them;
4. where nothing could stand alone any more the table is withheld: that is so where
   everybody, or everybody but one or two, chose the same;
5. the total is the mean of the *printed* shares of the groups that are shown, each weighing the
   same.  It holds nothing that is not printed beside it, so nobody who is withheld can be
   computed by taking the shown groups from the whole;
6. between two versions of a table those who came and those who went (whoever changed their
   answer did both) are nobody or at least ``details`` people, and what each of the two answered
   could itself be printed in full; and the numbers of answers are the same or as far apart.

Not guaranteed: (a) *That* somebody chose a category that is given together.  (b) What
a zero says about everybody: nobody of twelve chose "never".  (c) What is inferred from a table's
absence: a group that is large enough and withheld may be thought of one mind, though not of which.
(d) Several people who put their own answers together.

Whoever knows one answer takes it from the counts and looks at the table of the others.  With three
behind a share that table has a share of two people, or tells what all others but two chose; with
four it has neither, whatever the answer: `tests/disclosure/test_insider_choices.py` writes down
every table there could be, for every answer that could be known.  A question is told of groups of
the whole organisation that share nobody, so that one answer of *each* says no more of any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrkit.disclosure.least import LEAST, behind
from hrkit.disclosure.released import Why

__all__ = ["LEAST", "Told", "behind", "may_follow", "plain", "told", "total_of"]


@dataclass(frozen=True)
class Told:
    """How a table may be told.

    Attributes
    ----------
    why
        Whether it is shown, or why not.
    alone
        Places of the categories that are given one by one.
    together
        Places of those that are given as one; empty or at least two.
    """

    why: Why
    alone: tuple[int, ...] = ()
    together: tuple[int, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether there is a table."""
        return self.why is Why.SHOWN


def told(counts: Sequence[int], details: int, least: int = LEAST) -> Told:
    """Decide how one table may be told.

    Parameters
    ----------
    counts
        How many chose each category, "don't know" among them.
    details
        The fewest answers a table rests on.
    least
        The fewest people behind a printed share (`behind`).
    """
    n = sum(counts)
    if n < details:
        return Told(Why.NOBODY if n == 0 else Why.SMALL)
    joint: set[int] = set()
    if any(0 < count < least for count in counts):
        for most in sorted(set(counts)):
            joint = {i for i, count in enumerate(counts) if count <= most}
            if _hides(counts, joint, least):
                break
    alone = tuple(i for i in range(len(counts)) if i not in joint)
    if not alone or max(counts) == n:
        return Told(Why.PROTECTED)
    return Told(Why.SHOWN, alone, tuple(sorted(joint)))


def _hides(counts: Sequence[int], joint: set[int], least: int) -> bool:
    """Whether the joint share is about enough people, and tells none of its counts."""
    inside = [counts[i] for i in joint]
    outside = [count for i, count in enumerate(counts) if i not in joint]
    if sum(inside) < least or len(inside) < 2 or min(outside, default=least) < least:
        return False
    if len(set(inside)) > 1 or inside[0] != least - 1:
        return True
    # Two and two could be one and three, unless three would stand elsewhere; 2, 2 and 2 are told.
    return len(inside) == 2 and min(outside, default=least) > least


def plain(counts: Sequence[int], details: int, least: int = LEAST) -> bool:
    """Whether a table could be printed in full: nothing of it is small, and it is not of one mind."""
    found = told(counts, details, least)
    return found.shown and not found.together


def may_follow(
    now: Mapping[str, int],
    then: Mapping[str, int],
    categories: int,
    details: int,
    least: int = LEAST,
) -> bool:
    """Whether a table may be shown beside an earlier one.

    Parameters
    ----------
    now, then
        Who answered, to the place of the category each chose.
    categories
        How many there are, "don't know" among them.
    details
        The fewest answers a table rests on.
    least
        The fewest people behind a printed share (`behind`).
    """
    if 0 < abs(len(now) - len(then)) < details:
        return False
    came = [place for who, place in now.items() if then.get(who) != place]
    went = [place for who, place in then.items() if now.get(who) != place]
    return all(not one or plain(_counted(one, categories), details, least) for one in (came, went))


def _counted(places: Sequence[int], categories: int) -> list[int]:
    found = Counter(places)
    return [found[i] for i in range(categories)]


def total_of(
    tables: Sequence[Mapping[str, float]], categories: Sequence[str]
) -> Mapping[str, float]:
    """The mean of printed tables, for the categories that every one of them gives alone.

    Parameters
    ----------
    tables
        Per group that is shown: category to printed share, of those given alone.
    categories
        All of them, in order.

    Returns
    -------
    mapping
        Category to share (0-1); what is missing to 1 is about all other categories together.
    """
    return {
        name: sum(table[name] for table in tables) / len(tables)
        for name in categories
        if tables and all(name in table for table in tables)
    }
