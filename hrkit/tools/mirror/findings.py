"""What the mirror shows of one statement: who sees it how, and who knows.

A statement is about one side.  Three released means belong to it: that side's own view, the other
side's, and the side's guess of the other's.  From them follow, after Laing, Phillipson and Lee
(1966, *Interpersonal Perception*) and Kenny (1994, *Interpersonal Perception: A Social Relations
Analysis*), for groups and never for a person:

- *agreement* ``a`` = other − own: do the two see it alike;
- *knowing* ``m`` = guess − other: does the side know what the other thinks (meta-accuracy);
- *assumed likeness* ``s`` = guess − own = ``a + m``: does it think that the other thinks as it does.

``a`` and ``m`` compare different people, so each has the interval of two independent means
(`hrkit.disclosure.derived.frame`).  ``s`` compares the same people with themselves, which only
their single answers could judge: it has none.

A pattern is a *question* where its difference stands alone, and a *finding* only where it holds
over everything the page compares: all agreements and all guesses, one family, 5 % of pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from hrkit.disclosure.derived.frame import PAGE, Difference, difference, each, estimate
from hrkit.disclosure.released import Score
from hrkit.model.instrument import Instrument, Item
from hrkit.report.context import Context

__all__ = [
    "LARGE",
    "NEAR",
    "Mirrored",
    "Pattern",
    "Statement",
    "all_mirrored",
    "cards",
    "family",
    "mirrored",
    "statements",
]

#: A difference that is worth a talk, and one that is none, in points of the scale (our judgement).
LARGE, NEAR = 0.75, 0.5
#: Cards on the table.
CARDS = 3
_TINY = 1e-9


class Pattern(Enum):
    """What a statement shows.

    ``blind``: the two see it differently, and the side thinks they see it alike.  ``open``: they see
    it differently, and the side knows.  ``unfounded``: they see it alike, and the side thinks they
    do not.  ``alike``: they see it alike, and the side knows.  ``untold``: the answers cannot say.
    """

    BLIND = "blind"
    OPEN = "open"
    UNFOUNDED = "unfounded"
    ALIKE = "alike"
    UNTOLD = "untold"


@dataclass(frozen=True)
class Statement:
    """A statement about one side: what both are asked, and what that side guesses."""

    theme: str
    about: str
    other: str
    view: Item
    guess: Item


@dataclass(frozen=True)
class Mirrored:
    """What the answers say about a statement.

    Attributes
    ----------
    own, theirs, guess
        The three means, as released.
    a, m
        Agreement and knowing with their intervals, each as if it stood alone; None where a mean is
        missing.
    told
        The pattern holds over everything that is compared.
    """

    statement: Statement
    own: Score
    theirs: Score
    guess: Score
    a: Difference | None
    m: Difference | None
    pattern: Pattern
    told: bool = False

    @property
    def s(self) -> float | None:
        """Assumed likeness; no interval belongs to it."""
        if self.own.mean is None or self.guess.mean is None:
            return None
        return round(self.guess.mean - self.own.mean, 1) + 0.0

    @property
    def largest(self) -> float:
        """The larger of agreement and knowing, in its own standard errors; 0 where there is none."""
        found = [one for one in (self.a, self.m) if one and abs(one.value) >= LARGE - _TINY]
        return max((abs(one.value) / one.half for one in found), default=0.0)


def statements(instrument: Instrument) -> tuple[Statement, ...]:
    """The statements of an instrument: the first tag is the theme, the second whom it is about."""
    first, second = instrument.sides
    by: dict[tuple[str, str], dict[bool, Item]] = {}
    for item in instrument.items.values():
        theme, about = item.tags
        by.setdefault((theme, about), {})[len(set(item.ask) & {first, second}) == 2] = item
    return tuple(
        Statement(theme, about, second if about == first else first, found[True], found[False])
        for (theme, about), found in by.items()
    )


def all_mirrored(ctx: Context) -> tuple[Mirrored, ...]:
    """What may be said of each statement, in the instrument's order."""
    return family(_reading(ctx, one) for one in statements(ctx.instrument))


def family(found: Iterable[Mirrored]) -> tuple[Mirrored, ...]:
    """Readings of one page, with those marked that hold over everything it compares."""
    made = tuple(found)
    compared = sum((one.a is not None) + (one.m is not None) for one in made)
    return tuple(_told(one, compared) for one in made)


def cards(found: Sequence[Mirrored], count: int = CARDS) -> tuple[Mirrored, ...]:
    """The statements to talk about first: the largest differences over their error, one a theme."""
    listed = sorted((one for one in found if one.largest), key=lambda one: -one.largest)
    chosen: dict[str, Mirrored] = {}
    for one in listed:
        chosen.setdefault(one.statement.theme, one)
    return tuple(chosen.values())[:count]


def _reading(ctx: Context, one: Statement) -> Mirrored:
    about, other = (_group(ctx, side) for side in (one.about, one.other))
    own, theirs = (ctx.score(one.view.id, group) for group in (about, other))
    return mirrored(one, own, theirs, ctx.score(one.guess.id, about))


def mirrored(one: Statement, own: Score, theirs: Score, guess: Score) -> Mirrored:
    """What three released means say about a statement, each difference as if it stood alone."""
    a, m = _between(own, theirs), _between(theirs, guess)
    return Mirrored(one, own, theirs, guess, a, m, _pattern(a, m))


def _group(ctx: Context, side: str) -> str:
    """The group a side is reported in; its own id where it is not."""
    found = ctx.released.group(side)
    return found.id if found else side


def _between(first: Score, second: Score, alpha: float = PAGE) -> Difference | None:
    one, other = estimate(first), estimate(second)
    return difference(one, other, alpha) if one and other else None


def _pattern(a: Difference | None, m: Difference | None) -> Pattern:
    """The pattern of a pair of differences.

    ``blind`` asks that assumed likeness is smaller than the disagreement: whoever guesses that the
    others exaggerate even more knows that they differ.
    """
    if a is None or m is None:
        return Pattern.UNTOLD
    if _established(a):
        if _established(m) and abs(a.value + m.value) < abs(a.value) - _TINY:
            return Pattern.BLIND
        return Pattern.OPEN if _near(m) else Pattern.UNTOLD
    if _near(a):
        if _established(m):
            return Pattern.UNFOUNDED
        return Pattern.ALIKE if _near(m) else Pattern.UNTOLD
    return Pattern.UNTOLD


def _established(one: Difference) -> bool:
    return abs(one.value) >= LARGE - _TINY and _off_zero(one)


def _off_zero(one: Difference) -> bool:
    return abs(one.value) > one.half + _TINY


def _near(one: Difference) -> bool:
    return abs(one.value) < NEAR - _TINY


def _told(one: Mirrored, compared: int) -> Mirrored:
    """Whether a pattern's differences hold over the family; likeness is never told, only not denied."""
    strict = each(PAGE, compared)
    own, theirs, guess = one.own, one.theirs, one.guess
    a, m = _between(own, theirs, strict), _between(theirs, guess, strict)
    needs = {
        Pattern.BLIND: (a, m),
        Pattern.OPEN: (a,),
        Pattern.UNFOUNDED: (m,),
    }.get(one.pattern, ())
    told = bool(needs) and all(found is not None and _off_zero(found) for found in needs)
    return replace(one, told=told)
