"""What the service check shows of one service, from the leaders' answers; and what HR believes of it.

The map is that of Martilla and James (1977, *Journal of Marketing* 41(1), 77-79): importance across,
satisfaction upwards.  A service has a quadrant only where the whole interval of both clears its
line: the mean of the leaders' released importance means, and 3.5 on the scale of satisfaction.

What stands alone is a *question*; a *finding* holds over everything the page compares: the lines of
all services are one family, the shares of those who do not know or cannot use one another, and
each of them errs on 5 % of pages at most (`hrkit.disclosure.derived.frame`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from hrkit.disclosure.derived.frame import (
    PAGE,
    STEP,
    Difference,
    Estimate,
    difference,
    each,
    ends,
    estimate,
)
from hrkit.disclosure.derived.portions import chosen, reaches
from hrkit.disclosure.released import Score, Share
from hrkit.model.instrument import Instrument, Item
from hrkit.report.context import Context

__all__ = [
    "LEAST_SHARE",
    "Quadrant",
    "Service",
    "ServiceKeys",
    "believed",
    "first",
    "line_of",
    "page",
    "quadrant",
    "services",
]

#: The line between satisfied and not, and what does not fit, on scales of 1 to 5 (our judgement).
SATISFIED, FITS = 3.5, 3.0
#: A share that is worth doing something about, whatever the sample (our judgement).
LEAST_SHARE = 0.20
#: HR and leaders differ by so much where it is worth a talk, in points of the scale (our judgement).
LARGE = 0.75
_TINY = 1e-9
_SCALE = (1.0, 5.0)


class Quadrant(Enum):
    """Where a service lies on the map; ``LINE`` where its intervals do not clear both lines."""

    KEEP = "keep"
    IMPROVE = "improve"
    LIGHTEN = "lighten"
    ASK = "ask"
    LINE = "line"


@dataclass(frozen=True)
class ServiceKeys:
    """A service's questions by facet: `Question.key` of each."""

    item: Item
    use: str
    importance: str
    satisfaction: str
    fit: str

    @property
    def duty(self) -> bool:
        """Whether the law asks for it: then it is never among those that could stop."""
        return "duty" in self.item.tags


@dataclass(frozen=True)
class Service:
    """What the leaders say of a service.

    Attributes
    ----------
    quadrant, sure
        Its place on the map, and whether that holds over all services.
    unknown, needed
        Shares of leaders to whom it is not known, and who needed it and never used it; None where
        the share is not printed by itself.
    findings
        What stands alone: ``unknown``, ``needed``, ``misfit``.
    told
        Those of them that hold over all services.
    """

    asked: ServiceKeys
    importance: Score
    satisfaction: Score
    fit: Score
    use: Share
    quadrant: Quadrant
    sure: bool
    unknown: float | None
    needed: float | None
    findings: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()


def services(instrument: Instrument) -> tuple[ServiceKeys, ...]:
    """The services asked about: what has all four facets."""
    found = []
    for item in instrument.items.values():
        keys = {facet.id: item.key(facet) for facet in item.facets}
        if {"use", "importance", "satisfaction", "fit"} <= set(keys):
            found.append(
                ServiceKeys(
                    item, keys["use"], keys["importance"], keys["satisfaction"], keys["fit"]
                )
            )
    return tuple(found)


def line_of(found: Iterable[Score]) -> float | None:
    """The line of importance: the mean of the released means; None where there is none."""
    means = [score.mean for score in found if score.mean is not None]
    return sum(means) / len(means) if means else None


def quadrant(
    importance: Score, satisfaction: Score, line: float | None, alpha: float = PAGE
) -> Quadrant:
    """The quadrant whose lines both whole intervals clear; a printed mean may be half a step off."""
    one, other = estimate(importance), estimate(satisfaction)
    if one is None or other is None or line is None:
        return Quadrant.LINE
    matters, good = _side(one, line, alpha), _side(other, SATISFIED, alpha)
    if matters == 0 or good == 0:
        return Quadrant.LINE
    return {
        (1, 1): Quadrant.KEEP,
        (1, -1): Quadrant.IMPROVE,
        (-1, 1): Quadrant.LIGHTEN,
        (-1, -1): Quadrant.ASK,
    }[matters, good]


def _side(one: Estimate, line: float, alpha: float) -> int:
    """1 above a line, -1 below it, 0 where that cannot be told."""
    low, high = ends(one, _SCALE, 1 - alpha)
    return 1 if low - STEP > line + _TINY else -1 if high + STEP < line - _TINY else 0


def page(ctx: Context, group: str) -> tuple[Service, ...]:
    """What one group's answers say of every service, in the order asked."""
    asked = services(ctx.instrument)
    line = line_of(ctx.score(one.importance, group) for one in asked)
    n = len(asked)
    return tuple(_service(ctx, one, group, line, n) for one in asked)


def _service(ctx: Context, one: ServiceKeys, group: str, line: float | None, n: int) -> Service:
    importance, satisfaction, fit = (
        ctx.score(key, group) for key in (one.importance, one.satisfaction, one.fit)
    )
    use = ctx.released.share(one.use, group)
    alone = quadrant(importance, satisfaction, line)
    strict = quadrant(importance, satisfaction, line, each(PAGE, 2 * n))
    unknown, needed = chosen(use, "unknown"), chosen(use, "needed")
    return Service(
        one,
        importance,
        satisfaction,
        fit,
        use,
        alone,
        strict is not Quadrant.LINE and strict is alone,
        unknown,
        needed,
        _found(unknown, needed, use.n, fit, PAGE, PAGE),
        _found(unknown, needed, use.n, fit, each(PAGE, 2 * n), each(PAGE, n)),
    )


def _found(
    unknown: float | None,
    needed: float | None,
    answers: int | None,
    fit: Score,
    of_shares: float,
    of_means: float,
) -> frozenset[str]:
    found = set()
    for name, share in (("unknown", unknown), ("needed", needed)):
        if share is not None and answers and reaches(share, answers, LEAST_SHARE, of_shares):
            found.add(name)
    fits = estimate(fit)
    if fits is not None and _side(fits, FITS, of_means) < 0:
        found.add("misfit")
    return frozenset(found)


def believed(
    ctx: Context, leaders: str, other: str
) -> Mapping[tuple[str, str], tuple[Difference, bool]]:
    """Where another group believes otherwise than the leaders say, by service and facet.

    Returns
    -------
    mapping
        Item id and facet to the other's mean less the leaders', with the interval of the whole
        family, and whether it is 0.75 or more and off zero there.
    """
    pairs: dict[tuple[str, str], tuple[Estimate, Estimate]] = {}
    for one in services(ctx.instrument):
        for facet in ("importance", "satisfaction", "fit"):
            key = getattr(one, facet)
            mine, theirs = estimate(ctx.score(key, leaders)), estimate(ctx.score(key, other))
            if mine and theirs:
                pairs[one.item.id, facet] = (mine, theirs)
    alpha = each(PAGE, len(pairs))
    found = {key: difference(*pair, alpha) for key, pair in pairs.items()}
    return {
        key: (one, abs(one.value) >= LARGE - _TINY and abs(one.value) > one.half + _TINY)
        for key, one in found.items()
    }


def first(found: Sequence[Service], kind: Quadrant) -> tuple[Service, ...]:
    """The services of a quadrant, the surest first, then by importance; no duty among those to ask about."""
    mine = [
        one
        for one in found
        if one.quadrant is kind and not (kind is Quadrant.ASK and one.asked.duty)
    ]
    return tuple(sorted(mine, key=lambda one: (not one.sure, -(one.importance.mean or 0))))
