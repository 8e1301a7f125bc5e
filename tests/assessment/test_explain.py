"""``explain`` makes printed numbers again: what it prints is read and reckoned with numpy and scipy.

Nothing of the product is asked how a number comes about.  The text gives the figures, the sums
here are made anew, and what comes out has to be what the report prints, to the decimal.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from hrkit.assessment.assessment import Assessment, assess
from hrkit.assessment.explain import explain, told
from hrkit.disclosure.derived.derive import derive
from hrkit.disclosure.derived.frame import estimate
from hrkit.disclosure.derived.totals import mean_of_means, weighing
from hrkit.disclosure.linked import Linked
from hrkit.disclosure.released import ALL, Certainty, Priority, Released, Reliability, Score, Why
from hrkit.disclosure.trend import Moved, one_of
from hrkit.errors import HrkitError
from hrkit.report.context import Context

from .second_wave import lived_on

NAMES = ("municipality", "firm", "two-missing", "odd-names")
CELLS = 300


# --------------------------------------------------------------------- reading what is printed


def plain(text: str, language: str) -> str:
    """The text with numbers as a program reads them."""
    text = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-")
    if language == "en":
        return re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    text = re.sub(r"(?<=\d)\.(?=\d{3}\b)", "", text)
    return re.sub(r"(?<=\d),(?=\d)", ".", text)


NUMBER = r"[-+]?\d+(?:\.\d+)?"
T = rf"t\(({NUMBER}|∞); ({NUMBER}) ?%\) ({NUMBER}) × (.+?)"
#: A mean and its interval; a difference and its interval, half a printed step wider.
SUM = re.compile(rf"({NUMBER}) ± {T} = ({NUMBER}) … ({NUMBER})")
APART = re.compile(rf"({NUMBER}) ± \(0\.05 \+ {T}\) = ({NUMBER}) … ({NUMBER})")
BEYOND = re.compile(rf"(?<!\d )± \(0\.05 \+ {T}\) = ± ({NUMBER})")
CLUSTERED = re.compile(rf"^ *({NUMBER}²/\d+): .* (\d+) - 1\b", re.M)
SHARED = re.compile(rf" - 2 × ({NUMBER}) × √\((.+?)\) × √\((.+?)\) × (\d+)/√\((\d+) × (\d+)\)")
#: Variance of what rounding to a tenth adds, and half a printed step.
ROUNDING, STEP = 0.1**2 / 12, 0.05
FAMILY = re.compile(rf"({NUMBER})\^\(1/(\d+)\)")
INTERVAL = re.compile(rf"^Interval ({NUMBER}) \w+ ({NUMBER})[:.]", re.M)


def rounded(value: float, decimals: int = 1) -> float:
    """Halves away from zero."""
    scale = 10**decimals
    return math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9) / scale, value) + 0.0


@dataclass(frozen=True)
class Error:
    """A standard error with its degrees of freedom, read from a sum's last factor."""

    se: float
    df: float

    def t(self, alpha: float) -> float:
        return float(stats.t.ppf(1 - alpha / 2, self.df)) * self.se

    def half(self, alpha: float) -> float:
        """Of a difference of printed means."""
        return STEP + self.t(alpha)


def reckoned(text: str) -> float:
    """What a sum in print comes to: ``√(0.6²/64 + 0.1²/12)``."""
    assert re.fullmatch(r"[-+/×√²()\d. ]+", text), text
    sum = text.replace("√", "math.sqrt").replace("²", "**2").replace("×", "*")
    return float(eval(sum, {"math": math}))


def freedom(parts: list[tuple[float, float]]) -> float:
    """Satterthwaite's, of variances and their degrees of freedom."""
    return sum(v for v, _ in parts) ** 2 / sum(v**2 / df for v, df in parts)


def error(text: str, whole: str = "") -> Error:
    """A standard error as it is printed; ``whole`` says which spreads count units.

    ``√(0.6²/64 + 0.1²/12)`` · ``√(… + 2 × 0.1²/12)`` · ``√((…)/2² + 0.1²/12)`` of a mean of means ·
    ``√(0.8² × (1/12 - 1/64) + 2 × 0.1²/12)`` of a part beside its whole · less what is shared.
    """
    units = {part: int(count) for part, count in CLUSTERED.findall(whole)}
    inside = re.fullmatch(r"√\((.+)\)", text)
    assert inside, text
    se = reckoned(text)
    if part := re.fullmatch(rf"({NUMBER})² × \(1/(\d+) - 1/(\d+)\) \+ 2 × 0\.1²/12", inside[1]):
        n, all_ = int(part[2]), int(part[3])
        assert se == pytest.approx((float(part[1]) ** 2 * (1 / n - 1 / all_) + 2 * ROUNDING) ** 0.5)
        return Error(se, n + 3)
    if mean := re.fullmatch(r"\((.+)\)/(\d+)² \+ 0\.1²/12", inside[1]):
        groups, count = in_brackets(mean[1]), int(mean[2])
        found = [squared(one, units) for one in groups]
        if len(groups) == 1:
            assert len(pieces(mean[1], units)) == count
        else:
            assert len(groups) == count
        assert se == pytest.approx((sum(v for v, _ in found) / count**2 + ROUNDING) ** 0.5)
        return Error(se, freedom(found))
    variance, df = squared(inside[1], units)
    assert se == pytest.approx(variance**0.5)
    return Error(se, df)


def sampling(text: str, whole: str) -> Error:
    """``0.6/√64``: without the rounding of the mean."""
    found = re.fullmatch(rf"({NUMBER})/√(\d+)", text)
    assert found, text
    units = {part: int(count) for part, count in CLUSTERED.findall(whole)}
    df = units.get(f"{found[1]}²/{found[2]}", math.inf) - 1
    return Error(float(found[1]) / math.sqrt(int(found[2])), min(int(found[2]) + 3, df))


def in_brackets(text: str) -> list[str]:
    """``(a) + (b)`` as a and b; anything else as it is."""
    if not text.startswith("("):
        return [text]
    found, depth, start = [], 0, 0
    for i, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign == "(" and depth == 1:
            start = i + 1
        if sign == ")" and depth == 0:
            found.append(text[start:i])
    assert text == " + ".join(f"({one})" for one in found)
    return found


def pieces(text: str, units: dict[str, int]) -> list[tuple[float, float]]:
    """Variance and degrees of freedom of every mean, its rounding counted; all of them are."""
    *told, last = text.split(" + ")
    assert last == ("0.1²/12" if len(told) == 1 else f"{len(told)} × 0.1²/12"), text
    found = []
    for one in told:
        part = re.fullmatch(rf"({NUMBER})²/(\d+)", one)
        assert part, text
        n = int(part[2])
        df = min(n + 3, units.get(one, math.inf) - 1)
        found.append((float(part[1]) ** 2 / n + ROUNDING, df))
    return found


def squared(text: str, units: dict[str, int]) -> tuple[float, float]:
    """A squared error and its degrees of freedom; of two waves less what linked people share."""
    shared = SHARED.search(text)
    if shared is None:
        found = pieces(text, units)
        return sum(v for v, _ in found), freedom(found)
    found = pieces(text[: shared.start()], units)
    (a, _), (b, _) = found
    r, m, n, k = float(shared[1]), *(int(shared[i]) for i in (4, 5, 6))
    assert [reckoned(shared[2]), reckoned(shared[3])] == pytest.approx([a, b])
    df, alone = freedom(found), n + k - 2 * m
    variance = a + b - 2 * r * math.sqrt(a * b) * m / math.sqrt(n * k)
    return variance, m - 1 + (df - m + 1) * alone / (n + k)


def levels(text: str) -> list[tuple[float, int]]:
    """Page level and number of comparisons of every family that is named."""
    return [(1 - float(base), int(count)) for base, count in FAMILY.findall(text)]


def each(page: float, comparisons: int) -> float:
    return 1 - (1 - page) ** (1 / comparisons)


def sums(text: str, sum: re.Pattern[str] = SUM) -> list[tuple[float, Error, str]]:
    """Every sum of a kind: its figure, its error, its text; its steps are what they say."""
    found = []
    for one in sum.finditer(text):
        value, its = float(one[1]), error(one[5], text)
        sure = 1 - float(one[3]) / 100
        assert float(stats.t.ppf(1 - sure / 2, its.df)) == pytest.approx(float(one[4]), abs=6e-3)
        found.append((value, its, one[0]))
    return found


def after(text: str, *beginnings: str) -> str:
    """From the first line that begins so to the next of its kind."""
    lines = text.split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith(beginnings))
    return "\n".join(lines[start:])


# --------------------------------------------------------------------- the numbers of a report


@dataclass(frozen=True)
class Cell:
    """One printed number, and how its sum is checked."""

    kind: str
    report: int
    check: Callable[[Context, Released | None, str], None]
    arguments: tuple[str, ...]


def mean_cell(score: Score, arguments: tuple[str, ...], scale: tuple[float, float]) -> Callable:
    def check(ctx: Context, before: Released | None, text: str) -> None:
        assert score.mean is not None
        mean, its, found = sums(text)[0]
        assert mean == score.mean
        half = its.t(0.05)
        ends = outwards(max(scale[0], mean - half), min(scale[1], mean + half))
        assert ends == [score.low, score.high], found
        assert [float(x) for x in INTERVAL.search(text).groups()] == ends
        if score.group != ALL:
            assert f"n = {score.n}" in text and f"√({score.spread}²/{score.n} + 0.1²/12)" in found
            df = score.n + 3 if score.units is None else min(score.n + 3, score.units - 1)
            assert its.df == pytest.approx(df)
            return
        parts = re.search(rf"\((({NUMBER})( \+ {NUMBER})*)\)/(\d+) = ", text)
        assert parts
        values = [float(x) for x in parts[1].split(" + ")]
        assert len(values) == int(parts[4])
        assert rounded(sum(values) / len(values)) == score.mean
        weighing = {ctx.score(score.measure, g.id).mean for g in ctx.released.groups}
        assert set(values) <= weighing

    return check


def apart(text: str, kind: str, comparisons: int) -> tuple[float, Error, float]:
    """A difference with its simultaneous interval: value, error, half-width."""
    value, its, _ = sums(text, APART)[0]
    assert (0.05, comparisons) in [(round(a, 6), n) for a, n in levels(text)], kind
    return value, its, its.half(each(0.05, comparisons))


def outwards(low: float, high: float) -> list[float]:
    """Ends as they are printed: to a tenth, the lower one down, the upper one up."""
    return [math.floor(low * 10 + 1e-9) / 10, math.ceil(high * 10 - 1e-9) / 10]


def told_apart(value: float, half: float) -> list[float]:
    """Ends as they are printed: none reads zero where zero lies outside."""
    ends = outwards(value - half, value + half)
    if abs(value) > half + 1e-9:
        i = 0 if value > 0 else 1
        ends[i] = ends[i] or math.copysign(0.1, value)
    return ends


def gap_cell(measure: str) -> Callable:
    def check(ctx: Context, before: Released | None, text: str) -> None:
        gap = ctx.released.gap(measure, ctx.root)
        assert gap is not None and gap.difference is not None
        found = after(text, "Difference", "Forskel", "Verschil")
        first, second = (ctx.score(measure, g) for g in (gap.first, gap.second))
        assert gap.difference == rounded(second.mean - first.mean)
        assert f"{second.mean} - {first.mean}" in found
        value, its, half = apart(found, "gap", sum(g.shown for g in ctx.released.gaps))
        assert value == gap.difference
        sure = abs(value) > half + 1e-9
        assert told_apart(value, half) == [gap.low, gap.high]
        strict = its.half(each(0.025, sum(g.shown for g in ctx.released.gaps)))
        clear = abs(value) > strict and min(first.n, second.n) >= 10
        assert gap.certainty == ("clear" if clear else "tends" if sure else "unknown")
        assert ctx.words(f"report.certainty.{gap.certainty.value}") in text

    return check


def level_cell(measure: str, group: str, scale: tuple[float, float]) -> Callable:
    def check(ctx: Context, before: Released | None, text: str) -> None:
        band = ctx.released.band(measure, group)
        mean, its, _ = sums(text)[0]
        half = its.t(0.05)
        low, high = max(scale[0], mean - half), min(scale[1], mean + half)
        bounds = np.array([1.5, 2.5, 3.5, 4.5])
        own = 1 + int((bounds <= mean).sum())
        assert band.low == min(own, 1 + int((bounds <= low).sum()))
        assert band.high == max(own, 1 + int((bounds < high).sum()))
        told = f"{band.low}" if band.low == band.high else f"{band.low}–{band.high}"
        assert re.search(rf"^(Level|Niveau) {told}:", text, re.M)

    return check


def change_cell(place: int) -> Callable:
    def check(ctx: Context, before: Released | None, text: str) -> None:
        one = ctx.released.changes[place]
        found = after(text, "Change", "Udvikling", "Verandering")
        count = len(ctx.released.changes)
        value, its, half = apart(found, "change", count)
        assert value == one.difference == rounded(one.now - one.before)
        assert f"{one.now} - {one.before}" in found
        assert told_apart(value, half) == [one.low, one.high]
        assert outwards(0, half)[1] == one.detectable
        strict = its.half(each(0.025, count))
        parts = [g for g in ctx.released.groups if one.group in (ALL, g.id)]
        enough = all((ctx.score(one.measure, g.id).n or 10) >= 10 for g in parts)
        if one.certainty == "clear":
            assert abs(value) > strict
        elif enough and one.group != ALL:
            assert one.certainty == ("tends" if abs(value) > half else "unknown") or (
                abs(value) > strict
            )

    return check


def priority_cell(measure: str) -> Callable:
    def check(ctx: Context, before: Released | None, text: str) -> None:
        one = next(p for p in ctx.released.priorities if p.measure == measure)
        listed = re.findall(rf"(\d+) [^;:=]+? ({NUMBER}) × ({NUMBER}) = ({NUMBER})", text)
        found = {int(rank): (float(w), float(d)) for rank, w, d, _ in listed}
        assert len(found) == len(ctx.released.priorities)
        weight, distance = found[one.rank]
        assert distance == one.distance
        assert one.weight is None or weight == one.weight
        products = [found[i][0] * max(found[i][1], 0) for i in sorted(found)]
        assert products == sorted(products, reverse=True)
        assert rounded(4.0 - one.score) == one.distance
        lower = min(
            s.mean for g in ctx.released.groups if (s := ctx.score(measure, g.id)).mean is not None
        )
        assert one.score >= lower
        if one.first is not None:
            drawn = again(ctx)[measure]
            # Where the weights are not known option by option, nothing is firm.
            told = [b for b in ctx.released.ballots if b.shown and b.group != "all"]
            whole = {b.group for b in told if not b.together}
            if told and not {p.group for p in ctx.released.priorities} <= whole:
                drawn = min(drawn, 0.95)
            assert abs(drawn - one.first) <= 0.02, "drawn with other numbers"

    return check


def again(ctx: Context) -> dict[str, float]:
    """How often each dimension is among the first three, with draws of this module's own."""
    rng = np.random.default_rng(321)
    own = {s.id: set(s.self_raters) for s in ctx.instrument.dimensions}
    sides = [g for side in ctx.instrument.sides if (g := ctx.released.group(side))]
    names, products = [], []
    stated = [p.importance for p in ctx.released.priorities if p.importance is not None]

    def draws(score: Score) -> np.ndarray:
        n = score.told or score.n
        df = n + 3 if score.units is None else min(n + 3, score.units - 1)
        error = math.sqrt(score.spread**2 / n + ROUNDING)
        return score.mean + error * rng.standard_t(df, 40_000)

    for p in ctx.released.priorities:
        section = next(s for s in ctx.instrument.dimensions if s.id == p.measure)
        others = [g for g in ctx.released.groups if g not in sides]
        for groups in (sides, others, ctx.released.groups):
            of = [
                g
                for g in groups
                if groups is ctx.released.groups or not set(g.perspectives) <= own[p.measure]
            ]
            its = [s for g in of if (s := ctx.score(p.measure, g.id)).mean is not None]
            if its:
                break
        weight: np.ndarray | float = sum(stated) / len(stated) if stated else 1.0
        if ctx.instrument.ballot:
            weight = shares(ctx, p, rng)
            low = np.min([draws(s) for s in its], axis=0)
            names.append(p.measure)
            products.append(np.maximum(weight, 0) * np.maximum(4.0 - low, 0))
            continue
        stated_by = ctx.score(section.importance.id, p.group)
        if stated_by.mean is not None:
            weight = draws(stated_by)
        elif p.importance is not None:
            known = [ctx.score(section.importance.id, g.id) for g in ctx.released.groups]
            v = [s.spread**2 / s.n + ROUNDING for s in known if s.mean is not None]
            error = sum(v) / len(v) ** 2 + (ROUNDING if len(v) > 1 else 0)
            total = ctx.score(section.importance.id)
            weight = rng.normal(total.mean, math.sqrt(error), 40_000)
        low = np.min([draws(s) for s in its], axis=0)
        names.append(p.measure)
        products.append(np.maximum(weight, 0) * np.maximum(4.0 - low, 0))
    table = np.array(products)
    third = np.sort(table, axis=0)[-3]
    return dict(zip(names, ((table >= third) & (table > 0)).mean(axis=1), strict=True))


def shares(ctx: Context, one: Priority, rng: np.random.Generator) -> np.ndarray | float:
    """The share who chose a dimension, drawn around what is printed: Agresti and Coull's error."""
    told = [b for b in ctx.released.ballots if b.shown and b.group != "all"]
    told = [b for b in told if b.group == one.group] or told
    found = []
    for b in told:
        parts = dict(zip(b.values, b.shares, strict=True))
        share = parts.get(one.measure, b.rest / max(1, len(b.together)))
        middle = (share * b.n + 2) / (b.n + 4)
        unknown = share**2 / 3 if one.measure in b.together else 0.0
        count = len(b.values) + len(b.together)
        alone = count / (count - 1) * middle * (1 - middle) / (b.n + 4)
        found.append((share, alone + 0.01**2 / 12 + unknown))
    if not found:
        return 1.0
    mean = sum(share for share, _ in found) / len(found)
    return rng.normal(mean, math.sqrt(sum(v for _, v in found)) / len(found), 40_000)


def strength_cell(measure: str) -> Callable:
    def check(ctx: Context, before: Released | None, text: str) -> None:
        found = re.findall(
            rf"({NUMBER}) - 0\.05 - ({NUMBER}) × ({NUMBER}/√\d+) = ({NUMBER})\.?$", text, re.M
        )
        lows = []
        for mean, _, its_error, end in found:
            its = sampling(its_error, text)
            t = stats.t.ppf(1 - each(0.05, len(ctx.instrument.dimensions)), its.df)
            lows.append(float(mean) - STEP - t * its.se)
            assert abs(lows[-1] - float(end)) < 1e-4
        assert lows
        gap = ctx.released.gap(measure, ctx.root)
        torn = gap and gap.difference and gap.certainty != "unknown" and abs(gap.difference) >= 1
        sides = len([g for side in ctx.instrument.sides if (g := ctx.released.group(side))])
        holds = min(lows) > 3.5 and not torn and sides == 2
        assert (measure in ctx.released.strengths) == holds

    return check


BAND = rf"(?:band of the whole, too|organisations bånd|hele organisatie), ± ({NUMBER})"


def contrast_cell(place: int, comparisons: int) -> Callable:
    def check(ctx: Context, before: Released | None, text: str) -> None:
        one = ctx.released.contrasts[place]
        found = [m for m in BEYOND.finditer(text) if levels(text[m.end() :])[0][1] == comparisons]
        assert found, (comparisons, levels(text))
        halves = [error(m[4], text).half(each(0.05, comparisons)) for m in found]
        assert any(abs(h - float(m[5])) < 1e-4 for h, m in zip(halves, found, strict=True))
        said = re.findall(rf"({NUMBER}) - ({NUMBER}) = ({NUMBER})", text)
        assert any(
            float(c) == one.difference == rounded(float(a) - float(b)) for a, b, c in said
        ), said
        if one.kind != "units":
            band = re.search(BAND, text) if one.kind == "unit" else None
            least = max(halves[0], float(band[1]) if band else 0.0)
            beyond = one.difference > least + 1e-9 if len(halves) == 1 else None
            if beyond is not None:
                assert (one.certainty is not Certainty.UNKNOWN) == beyond

    return check


def shrunken_cell(place: int, unit: str) -> Callable:
    def check(ctx: Context, before: Released | None, text: str) -> None:
        one = ctx.released.between[place]
        known = re.findall(rf" ({NUMBER}) \(n = (\d+), ({NUMBER})\)", text)
        mean, n, spread = (np.array([float(row[i]) for row in known]) for i in range(3))
        centre = (n * mean).sum() / n.sum()
        within = (n * (spread**2 + n * ROUNDING)).sum() / n.sum()
        between = (n * (mean - centre) ** 2).sum() / (len(n) - 1)
        k0 = (n.sum() - (n**2).sum() / n.sum()) / (len(n) - 1)
        at_most = (n * ((spread + 0.05) ** 2 + n * ROUNDING)).sum() / n.sum()
        p = stats.f.sf(between / at_most, len(n) - 1, max(1, n.sum() - len(n)))
        assert abs(float(re.search(rf"p = ({NUMBER})", text)[1]) - p) < 1e-4
        families = sum(b.group == one.group for b in ctx.released.between)
        assert one.differ == (p < each(0.05, families))
        assert one.units == len(n)
        tau = max(0.0, between - within) / k0
        drawn = tau / (tau + within / n) * (mean - centre) + centre
        for i, (_, printed) in enumerate(one.shrunken):
            assert abs(printed - drawn[i]) <= 0.0501

    return check


def cells(reports: list[tuple[Assessment, Released | None]]) -> Iterator[Cell]:
    for i, (report, _) in enumerate(reports):
        ctx = report.context
        dimensions = [s.id for s in ctx.instrument.dimensions]
        sides = [g.id for side in ctx.instrument.sides if (g := ctx.released.group(side))]
        groups = sides or [g.id for g in ctx.released.groups]
        for score in ctx.released.scores:
            if not score.shown or score.mean is None:
                continue
            scale = (1.0, 5.0)
            arguments = (score.measure, score.group, score.unit)
            kind = (
                "total"
                if score.group == ALL
                else "unit"
                if score.unit != ctx.root
                else "tier"
                if "/" in score.group
                else "pillar"
                if score.measure in ctx.instrument.pillars
                else "score"
                if score.measure in dimensions
                else "question"
            )
            yield Cell(kind, i, mean_cell(score, arguments, scale), arguments)
        for gap in ctx.released.gaps:
            if gap.shown:
                yield Cell("gap", i, gap_cell(gap.measure), (gap.measure,))
        for band in ctx.released.bands:
            # A total of one group is not printed, nor what its level would be.
            if band.shown and ctx.score(band.measure, band.group).shown:
                check = level_cell(band.measure, band.group, (1.0, 5.0))
                yield Cell("level", i, check, (band.measure, band.group))
        for place, change in enumerate(ctx.released.changes):
            yield Cell("change", i, change_cell(place), (change.measure, change.group))
        for one in ctx.released.priorities:
            yield Cell("priority", i, priority_cell(one.measure), (one.measure,))
            yield Cell("strength", i, strength_cell(one.measure), (one.measure,))
        for place, between in enumerate(ctx.released.between):
            yield Cell("shrunken", i, shrunken_cell(place, ""), (between.measure, between.group))
        for place, c in enumerate(ctx.released.contrasts):
            yield from _contrast(ctx, i, place, c, groups, dimensions)


def _contrast(ctx, i, place, c, groups, dimensions) -> Iterator[Cell]:
    def known(names, group):
        return [n for n in names if ctx.score(n, group).mean is not None]

    def pairs(n: int) -> int:
        return len(list(combinations(range(n), 2)))

    if c.kind == "dimensions":
        count = sum(pairs(len(known(dimensions, g))) for g in groups)
        yield Cell(c.kind, i, contrast_cell(place, count), (c.high, c.group))
    elif c.kind == "pillars":
        count = sum(pairs(len(known(ctx.instrument.pillars, g))) for g in groups)
        yield Cell(c.kind, i, contrast_cell(place, count), (c.low, c.group))
    elif c.kind == "statements":
        section = next(s for s in ctx.instrument.dimensions if s.id == c.measure)
        names = [section.measure(item) for item in section.scored]
        count = pairs(len(known(names, c.group))) + 1
        yield Cell(c.kind, i, contrast_cell(place, count), (c.measure, c.group))
    elif c.kind == "unit":
        unit = c.high if c.low == ctx.root else c.low
        count = sum(
            unit in (o.high, o.low)
            for o in ctx.released.contrasts
            if o.kind == "unit" and o.group == c.group
        )
        yield Cell(c.kind, i, contrast_cell(place, count), (c.measure, c.group, unit))


# --------------------------------------------------------------------- the tests


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Assessment, Released | None]]:
    """Both waves of the four clients, each with what was released before it."""
    home = tmp_path_factory.mktemp("explained")
    found: list[tuple[Assessment, Released | None]] = []
    for name in NAMES:
        second, before = lived_on(name, home / name)
        first = assess(home / name, wave="w1", released=before)
        found += [(first, None), (second, before)]
    return found


CHANCE = re.compile(r"(\d+) \w+ (\d+) \w+ (\d+) \w+ (\d+), .*? (\d+(?:\.\d+)?) ?% \(")


@pytest.mark.parametrize("language", ["en", "da", "nl"])
def test_what_was_chosen_in_two_waves_is_compared_as_it_says(reports, language) -> None:
    """Counts from the printed shares, Fisher's test of scipy, and the level over the page."""
    seen = 0
    for assessment, before in reports:
        ctx, changes = assessment.context, assessment.context.released.chosen_changes
        if not changes or language not in ctx.instrument.languages:
            continue
        ctx = assess(assessment.context.engagement.folder, language=language, wave=ctx.released.wave,
                     released=ctx.released).context  # fmt: skip
        level = 1 - 0.95 ** (1 / len(changes))
        for group in {c.group for c in changes}:
            text = plain(told(ctx, changes[0].measure, group, before=before), language)
            rows = [c for c in changes if c.group == group]
            found = CHANCE.findall(text)
            assert len(found) == len(rows)
            assert f"{rounded(100 * level, 3):.3f}" in text
            for (a, n, b, m, chance), row in zip(found, rows, strict=True):
                a, n, b, m = map(int, (a, n, b, m))
                assert (row.before, row.now) == (rounded(a / n, 2), rounded(b / m, 2))
                p = stats.fisher_exact([[a, n - a], [b, m - b]])[1]
                assert float(chance) == pytest.approx(100 * p, abs=0.0006)
                assert (row.certainty is Certainty.TENDS) == (p < level)
                seen += 1
    assert seen > 10


@pytest.mark.slow
def test_three_hundred_printed_numbers_are_made_again(reports) -> None:
    """As many of each kind as there are, at random; in whatever language the client reads."""
    rng = np.random.default_rng(20261126)
    by: dict[str, list[Cell]] = {}
    for cell in cells(reports):
        by.setdefault(cell.kind, []).append(cell)
    assert set(by) >= {
        "score",
        "total",
        "unit",
        "tier",
        "pillar",
        "question",
        "gap",
        "level",
        "change",
        "priority",
        "strength",
        "shrunken",
        "dimensions",
        "pillars",
        "statements",
    }
    order = [list(rng.permutation(len(them))) for them in by.values()]
    chosen: list[Cell] = []
    while len(chosen) < CELLS:
        for them, left in zip(by.values(), order, strict=True):
            if left:
                chosen.append(them[left.pop()])
    wrong = []
    for cell in chosen:
        report, before = reports[cell.report]
        language = str(rng.choice(report.engagement.languages))
        ctx = replace(report.context, words=report.engagement.words(language))
        text = plain(told(ctx, *cell.arguments, before=before), language)
        try:
            cell.check(ctx, before, text)
        except (AssertionError, StopIteration, IndexError, TypeError) as error:
            wrong.append((cell.kind, cell.report, language, cell.arguments, str(error)[:300]))
    assert not wrong, (len(wrong), wrong[:6])


@pytest.mark.slow
def test_nothing_is_told_that_is_not_shown(reports) -> None:
    for report, before in reports:
        ctx = report.context
        for score in ctx.released.scores:
            if score.shown or score.why is Why.DIVIDED or score.group == ALL:
                continue
            if score.unit != ctx.root and score.measure in {
                s.id for s in ctx.instrument.dimensions
            }:
                text = told(ctx, score.measure, score.group, score.unit, before)
                assert "±" not in text and not re.search(r"\bn = ", text)
                assert ctx.reason(score) in text
                break


def derived(ctx: Context, *changed: Score) -> Context:
    """The report, had these been released instead, with everything that follows."""
    new = {(s.measure, s.group): s for s in changed}
    scores = tuple(
        new.get((s.measure, s.group), s) if s.unit == ctx.root else s for s in ctx.released.scores
    )
    made = derive(scores, ctx.engagement, ctx.released.groups, ctx.released.ballots)
    names = ("scores", "gaps", "bands", "priorities", "contrasts", "between", "strengths")
    tables = {name: getattr(made, name) for name in names}
    return replace(ctx, released=replace(ctx.released, **tables))


def spoken(report: Assessment, ctx: Context) -> Iterator[tuple[Context, str]]:
    """The report in every language."""
    for language in ("da", "en", "nl"):
        yield replace(ctx, words=report.engagement.words(language)), language


@pytest.mark.slow
def test_a_spread_that_counts_units_has_their_degrees_of_freedom(reports) -> None:
    """In the interval, the level, the gap, the total, the strength and the comparisons."""
    report, _ = reports[1]
    ctx = report.context
    score = ctx.score("trust", "leader")
    n, spread, units = score.n, 1.9, 12
    half = stats.t.ppf(0.975, units - 1) * math.sqrt(spread**2 / n + ROUNDING)
    ends = dict(zip(("low", "high"), outwards(score.mean - half, score.mean + half), strict=True))
    wide = replace(score, spread=spread, units=units, reach=None, **ends)
    ctx = derived(ctx, wide)
    icc = [replace(b, icc1=0.31) if b.measure == "trust" else b for b in ctx.released.between]
    ctx = replace(ctx, released=replace(ctx.released, between=tuple(icc)))
    for one, language in spoken(report, ctx):
        group = plain(told(one, "trust", "leader"), language)
        mean_cell(one.score("trust", "leader"), ("trust", "leader"), (1.0, 5.0))(one, None, group)
        level_cell("trust", "leader", (1.0, 5.0))(one, None, group)
        assert "t(11; 95" in group and f" {units} - 1 " in group
        sizes = np.array([int(n) for n in re.findall(rf" {NUMBER} \(n = (\d+), ", group)])
        m = (sizes**2).sum() / sizes.sum()
        effect = re.search(rf"√\(1 \+ \(({NUMBER}) - 1\) × 0\.31\) = ({NUMBER})", group)
        assert [float(x) for x in effect.groups()] == pytest.approx(
            [m, math.sqrt(1 + (m - 1) * 0.31)], abs=1e-4
        )
        every = plain(told(one, "trust"), language)
        for check in (
            mean_cell(one.score("trust", ALL), ("trust",), (1.0, 5.0)),
            gap_cell("trust"),
            strength_cell("trust"),
        ):
            check(one, None, every)
        assert CLUSTERED.findall(every) == [(f"{spread}²/{n}", str(units))] * 3


@pytest.mark.slow
def test_linked_people_are_told_with_what_they_take_off(reports) -> None:
    """Of a group, and of the total that it is a part of."""
    report, before = reports[1]
    ctx = report.context
    count = len(ctx.released.changes)
    root = next(t.unit for t in before.turnout)
    for r in (0.6, -0.2):
        kept, moved, parts = {}, [], []
        for change in ctx.released.changes:
            if change.measure != "trust" or change.group == ALL:
                continue
            old, new = before.score("trust", change.group, root), ctx.score("trust", change.group)
            a, b = estimate(old), estimate(new)
            link = Linked(min(a.n, b.n) - 10, r) if min(a.n, b.n) >= 20 else None
            moved.append(Moved("trust", change.group, a, b, link))
            kept[change.group] = one_of(moved[-1], "w1", count)
            if change.group in weighing(ctx.instrument, "trust", ctx.released.groups):
                parts.append(moved[-1])
        assert any(one.link for one in parts)
        a, b = (mean_of_means([getattr(m, side) for m in parts]) for side in ("old", "new"))
        total = Moved("trust", ALL, a, b, None, tuple(m.by for m in parts))
        kept[ALL] = one_of(total, "w1", count)
        changes = tuple(
            kept.get(c.group, c) if c.measure == "trust" else c for c in ctx.released.changes
        )
        made = replace(ctx, released=replace(ctx.released, changes=changes))
        for one, language in spoken(report, made):
            for place, change in enumerate(changes):
                if change.measure == "trust":
                    text = plain(told(one, "trust", change.group, before=before), language)
                    change_cell(place)(one, before, text)
                    linked = change.group in ("leader", ALL)
                    assert bool(SHARED.search(text)) == linked
                    assert bool(re.search(rf"r = {r}\b", text)) == linked


@pytest.mark.slow
@pytest.mark.parametrize("why", [Why.PARTIAL, Why.SILENT])
def test_why_a_side_has_no_mean_is_told_where_its_numbers_would_stand(reports, why) -> None:
    report, _ = reports[1]
    ctx = report.context
    ctx = derived(ctx, Score("trust", ctx.root, "hr", why))
    for one, _ in spoken(report, ctx):
        reason = one.words(f"report.why.sentence.{why.value}", k=ctx.released.threshold)
        assert reason in told(one, "trust", "hr")
        lines = told(one, "trust").splitlines()
        assert sum(reason in line for line in lines) == 3  # its part, the gap, the strength
        assert any(one.words("report.why.sentence.one-sided") in line for line in lines)


@pytest.mark.slow
def test_sides_a_level_apart_have_no_common_figure_and_it_is_told_why(reports) -> None:
    report, _ = reports[1]
    ctx = report.context
    score = ctx.score("trust", "leader")
    ctx = derived(ctx, replace(score, mean=2.2), replace(ctx.score("trust", "hr"), mean=4.4))
    assert ctx.score("trust").why is Why.DIVIDED
    for one, language in spoken(report, ctx):
        text = plain(told(one, "trust"), language)
        assert plain(one.words("report.why.sentence.divided"), language) in text
        gap_cell("trust")(one, None, text)
        assert plain(one.words("explain.divided", difference="2.2", level="1.0"), "en") in text
        assert one.words("explain.strength_divided") in text
        assert not re.search(r"^(Level|Niveau) \d", text, re.M)


@pytest.mark.slow
def test_what_other_rules_gave_is_not_told_as_a_sum(reports) -> None:
    """Kept when half a printed step was not added: figures as they are, and no sum that is wrong."""
    report, before = reports[1]
    ctx = report.context
    gaps = tuple(
        replace(g, low=rounded(g.low + 0.2), high=rounded(g.high - 0.2)) if g.shown else g
        for g in ctx.released.gaps
    )
    changes = tuple(
        replace(c, detectable=rounded(c.detectable + 0.1)) for c in ctx.released.changes
    )
    one = replace(ctx, released=replace(ctx.released, gaps=gaps, changes=changes))
    text = told(one, "trust", before=before)
    assert one.words("explain.kept") in text
    assert not APART.search(plain(text, one.language))


@pytest.mark.slow
def test_a_group_reads_the_words_that_it_was_asked(reports) -> None:
    for report, _ in reports[:2]:
        ctx = report.context
        item = ctx.instrument.items["trust.08"]
        for group in ("leader", "hr"):
            own = ctx.instrument.wording(item, group, ctx.language)
            assert own in told(ctx, "trust.08", group)
            assert own in told(ctx, "trust", group)
        other = ctx.instrument.wording(item, "leader", ctx.language)
        assert other not in told(ctx, "trust", "hr")


@pytest.mark.slow
def test_the_client_reads_it_in_its_own_language(reports) -> None:
    """No English line among Danish and Dutch ones."""
    for report, before in reports:
        ctx = report.context
        if ctx.language == "en":
            continue
        english = report.engagement.words("en")
        spoken = replace(ctx, words=english)
        own = told(ctx, "trust", "leader", before=before).splitlines()
        other = set(told(spoken, "trust", "leader", before=before).splitlines())
        same = [line for line in own if line in other]
        assert not same, same


@pytest.mark.slow
def test_reliability_is_retraced_from_alpha_and_n(reports) -> None:
    report, _ = reports[0]
    ctx = report.context
    n, alpha, items = 120, 0.82, 5
    tails = stats.f.ppf([0.975, 0.025], n - 1, (n - 1) * (items - 1))
    low, high = (rounded(1 - (1 - alpha) * f, 2) for f in tails)
    made = replace(ctx.released, reliability=(Reliability("trust", n, alpha, low, high, 0.83),))
    spoken = replace(ctx, released=made, words=report.engagement.words("en"))
    text = plain(told(spoken, "trust"), "en")
    assert f"α {alpha}, interval {low} to {high}" in text
    ends = re.search(rf"F\(.+?= ({NUMBER}) … ({NUMBER})", text)
    assert ends and [rounded(float(x), 2) for x in ends.groups()] == [low, high]
    assert "ω 0.83" in text


@pytest.mark.slow
def test_what_an_older_version_kept_is_told_as_it_was_kept(reports) -> None:
    """A version without spreads, with an interval by other rules, is not made again."""
    report, _ = reports[0]
    ctx = report.context
    old = tuple(replace(s, spread=None, reach=None) for s in ctx.released.scores)
    spoken = replace(ctx, released=replace(ctx.released, scores=old))
    for arguments in (
        ("trust",),
        ("trust", "leader"),
        ("trust.08", "hr"),
        ("trust", "leader", "boern"),
    ):
        assert ctx.words("explain.kept") in told(spoken, *arguments)
        assert "±" not in told(spoken, *arguments).split(ctx.words("explain.kept"))[0]


@pytest.mark.slow
def test_what_is_not_there_is_named_with_its_neighbours(reports) -> None:
    folder: Path = reports[4][0].engagement.folder
    with pytest.raises(HrkitError, match="trust"):
        explain(folder, "trsut")
    with pytest.raises(HrkitError, match="no perspective 'boss'"):
        explain(folder, "trust", "boss")
    with pytest.raises(HrkitError, match="no unit 'nowhere'"):
        explain(folder, "trust", unit="nowhere")
