"""Votes on one row of the grid, before and after a talk: what may leave the room of them.

The same people vote twice; whoever does not vote again counts with the first vote.  Their votes are
about five levels, so one vote is a table of choices and goes through the same gate as any other
(`hrkit.disclosure.chosen.shares`): from ``details`` votes its tenths may be shown, with small levels given
together.  Below that, or where no table may be shown, from ``scores`` votes the mean is told as one
of five words (`MIDDLES`), each wide enough that it places nobody.

Guaranteed, for a reader who knows who was in the room, how many voted, both pictures, every report
and this module:

1. nothing of fewer than ``scores`` votes;
2. of a table what `hrkit.disclosure.chosen.shares` guarantees; and of table and word alike: one point at
   least lies between the lowest and the highest mean that any group smaller than ``scores`` may have,
   in either vote, and for every single person;
3. a second figure stands beside the first only where at least ``scores`` people changed their vote;
   whether nobody did or fewer is not told (`FEW`), so that no one person's change is seen;
4. two tables stand beside each other only under the rule of two versions (`shares.may_follow`);
   elsewhere both are words.  A figure that was shown before the talk stays what it was, and the
   second is decided beside it;
5. how the middle moved follows from what is printed of both.

Exact numbers of votes are not part of any figure: beside a group that a report withholds they could
count it.  A report's figures are about statements, votes about the grid, and the votes of two rounds
about two days: no equation joins any of them, since no printed number is made of both (docs/methods.md).

Not guaranteed: (a) what people say in the talk; (b) *that* everybody changed, where a shift is shown of
exactly as many as the threshold; (c) what is inferred from the absence of a table: a large group
without one may be thought of one mind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hrkit.disclosure.chosen.shares import LEAST, may_follow, told

__all__ = ["FEW", "LEVELS", "MIDDLES", "NONE", "VoteFigure", "first_told", "pair_told", "shift_of"]

#: Levels one may vote for.
LEVELS = (1, 2, 3, 4, 5)
#: Words for the mean of votes; their ends are wide, since an end of the scale places everybody.
MIDDLES = ("1-2", "2-3", "3", "3-4", "4-5")
#: Upper ends of the words as quarters of the mean: 2¼, 2¾, 3¼, 3¾.
_ENDS = (9, 11, 13, 15)


@dataclass(frozen=True, slots=True)
class VoteFigure:
    """What is shown of one vote.

    Attributes
    ----------
    form
        ``tenths``, ``middle`` (a word for the mean), ``few`` (a second vote beside which nothing may
        be said) or ``none`` (too few votes).
    tenths
        Tenths of the votes at each level; None at those that are given together.
    joint
        Tenths of those given together.
    middle
        The word, or the middle level of a table that is given in full.
    """

    form: str
    tenths: tuple[int | None, ...] = ()
    joint: int | None = None
    middle: str = ""

    @property
    def code(self) -> str:
        """The figure in one word, as records keep it.

        >>> VoteFigure("tenths", (None, 5, 5, None, None), 0).code
        'tenths -,5,5,-,- 0'
        >>> VoteFigure("middle", middle="2-3").code
        'middle 2-3'
        """
        if self.form == "tenths":
            shown = ",".join("-" if one is None else str(one) for one in self.tenths)
            return f"tenths {shown} {'' if self.joint is None else self.joint}".rstrip()
        return f"{self.form} {self.middle}".rstrip()

    @classmethod
    def read(cls, code: str) -> VoteFigure:
        """A figure from its `code`.

        >>> VoteFigure.read("tenths -,5,5,-,- 0").joint
        0

        Raises
        ------
        ValueError
            If it is none.
        """
        form, *rest = code.split()
        if form == "tenths" and rest:
            tenths = tuple(None if one == "-" else int(one) for one in rest[0].split(","))
            joint = int(rest[1]) if len(rest) > 1 else None
            return cls(form, tenths, joint, _median(tenths))
        if form == "middle" and len(rest) == 1 and rest[0] in (*MIDDLES, *map(str, LEVELS)):
            return cls(form, middle=rest[0])
        if form in ("few", "none") and not rest:
            return cls(form)
        raise ValueError(f"{code!r} is no figure of a vote")

    @property
    def shown(self) -> bool:
        """Whether there is anything to see."""
        return self.form in ("tenths", "middle")


#: Fewer than the threshold voted.
NONE = VoteFigure("none")
#: Fewer than the threshold changed their vote, or nobody did.
FEW = VoteFigure("few")


def first_told(
    first: Mapping[str, int], scores: int, details: int, least: int = LEAST
) -> VoteFigure:
    """What may be shown of a first vote alone.

    Parameters
    ----------
    first
        Voter to level, 1 to 5.
    scores, details
        The fewest votes behind a word, and behind a table.
    least
        The fewest behind a level of the table (`hrkit.disclosure.chosen.shares.behind`).
    """
    if len(first) < scores:
        return NONE
    return _table(list(first.values()), scores, details, least) or _word(list(first.values()))


def pair_told(
    first: Mapping[str, int],
    second: Mapping[str, int],
    scores: int,
    details: int,
    shown: VoteFigure | None = None,
    least: int = LEAST,
) -> tuple[VoteFigure, VoteFigure]:
    """What may be shown of both votes beside each other.

    Parameters
    ----------
    first, second
        Voter to level.  Who is missing from the second counts with the first; who is in the second
        only is left out.
    shown
        The first vote's figure, where it was released before.
    least
        The fewest behind a level of the table.
    """
    if len(first) < scores:
        return NONE, NONE
    after = {who: second.get(who, level) for who, level in first.items()}
    before = shown or first_told(first, scores, details, least)
    if sum(after[who] != level for who, level in first.items()) < scores:
        return before, FEW
    table = _table(list(after.values()), scores, details, least)
    places = (
        {who: level - 1 for who, level in after.items()},
        {who: level - 1 for who, level in first.items()},
    )
    if (
        before.form == "tenths"
        and table is not None
        and may_follow(*places, len(LEVELS), max(details, scores), least)
    ):
        return before, table
    return shown or _word(list(first.values())), _word(list(after.values()))


def shift_of(first: VoteFigure, second: VoteFigure) -> str:
    """How the middle moved, from what is printed: ``higher``, ``lower``, ``same``, or nothing."""
    if not first.shown or not second.shown or first.form != second.form:
        return ""
    if not first.middle or not second.middle:
        return ""
    low, high = _place(first.middle), _place(second.middle)
    return "higher" if high > low else "lower" if high < low else "same"


def _place(middle: str) -> float:
    ends = [int(part) for part in middle.split("-")]
    return sum(ends) / len(ends)


def _table(levels: Sequence[int], scores: int, details: int, least: int) -> VoteFigure | None:
    """Tenths of the votes, where a table of them may be shown."""
    ordered, small = sorted(levels), scores - 1
    if sum(ordered[-small:]) - sum(ordered[:small]) < small:
        return None  # so much of one mind that a few people's mean would be known to a point
    found = Counter(levels)
    counts = [found[level] for level in LEVELS]
    how = told(counts, details, least)
    if not how.shown:
        return None
    pieces = [counts[place] for place in how.alone]
    if how.together:
        pieces.append(sum(counts[place] for place in how.together))
    parts = _tenths(pieces)
    tenths: list[int | None] = [None] * len(LEVELS)
    for place, part in zip(how.alone, parts, strict=False):
        tenths[place] = part
    joint = parts[-1] if how.together else None
    return VoteFigure("tenths", tuple(tenths), joint, _median(tuple(tenths)))


def _tenths(counts: Sequence[int]) -> list[int]:
    """Whole tenths that add up to ten, by largest remainders; of equal ones the first."""
    n = sum(counts)
    whole = [10 * count // n for count in counts]
    rest = sorted(range(len(counts)), key=lambda i: (-(10 * counts[i] % n), i))
    for i in rest[: 10 - sum(whole)]:
        whole[i] += 1
    return whole


def _median(tenths: Sequence[int | None]) -> str:
    """The middle level of printed tenths; nothing where levels are given together."""
    if any(one is None for one in tenths):
        return ""
    passed = 0
    for level, part in zip(LEVELS, tenths, strict=True):
        passed += part or 0
        if passed == 5 and level < LEVELS[-1]:
            above = next(x for x in LEVELS[level:] if tenths[x - 1])
            return f"{level}-{above}"
        if passed > 5:
            return str(level)
    return ""


def _word(levels: Sequence[int]) -> VoteFigure:
    """A word for the mean; the same seen from either end of the scale."""
    quarters, n = 4 * sum(levels), len(levels)
    low, more, high, top = (end * n for end in _ENDS)
    if quarters < low:
        word = MIDDLES[0]
    elif quarters < more:
        word = MIDDLES[1]
    elif quarters <= high:
        word = MIDDLES[2]
    elif quarters <= top:
        word = MIDDLES[3]
    else:
        word = MIDDLES[4]
    return VoteFigure("middle", middle=word)
