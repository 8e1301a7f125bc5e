"""What a report claims where there is nothing to claim: every sentence held against its null.

Organisations are made up in which nothing differs: nine equal dimensions, statements of equal
difficulty, two sides, units, levels of the chain and waves that think alike.  Their answers go
through the product's own functions (`measures_of`, `usual_variance`, `scores_of`, `derive`,
`changes`), and `hrkit.report.conclusions.made` says what the report would claim.  The gate of small
groups is replaced by its threshold alone: every group of five or more is shown, which can only add
claims.

A person has a tendency and, for each dimension, one of their own (correlation .6 between
dimensions); "don't know" is given by 4 in 100.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from scipy import special

from hrkit import synthetic
from hrkit.disclosure.cells import groups_of
from hrkit.disclosure.chosen.ballots import ballots
from hrkit.disclosure.derived.chosen_since import chosen_since
from hrkit.disclosure.derived.derive import derive
from hrkit.disclosure.means import Draft, decide
from hrkit.disclosure.measures import measures_of, usual_variance
from hrkit.disclosure.released import ALL, Certainty, ChosenChange, Released, Score
from hrkit.disclosure.scores import scores_of
from hrkit.disclosure.trend import alike, changes, sides_of
from hrkit.disclosure.wave import WaveAnswers, wave_of
from hrkit.model import engagement_file
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Instrument, Scale
from hrkit.report.charts.marks import band
from hrkit.report.claims import CLAIMS
from hrkit.report.conclusions import ClaimMade, made

Floats = np.ndarray[Any, np.dtype[np.float64]]
#: Threshold and answers from which a group's own spread counts.
FEW, TEN = 5, 10
SILENT = 0.04
#: From which importance on a dimension is chosen at all: one of 4.2 twice as readily as one of 3.4.
LEAST_STATED = 2.6


@dataclass(frozen=True)
class Size:
    """How many answer: leaders in each unit, HR, top management."""

    name: str
    leaders: tuple[int, ...]
    hr: int
    top: int = 0


SIZES = (
    Size("5 + 5", (5,), 5),
    Size("20 + 12", (20,), 12, 5),
    Size("64 + 12, six units of 8", (8, 8, 8, 8, 8, 8, 16), 12, 6),
    Size("160 + 40, eight units of 20", (20,) * 8, 40, 8),
    Size("300 + 40, fifteen units of 20", (20,) * 15, 40, 8),
)


@dataclass(frozen=True)
class World:
    """What everybody thinks.

    Attributes
    ----------
    centre, spread
        Of people's tendencies, by perspective; "" for the rest.
    shape
        "normal" or "skewed", with a tail of unhappy people.
    added
        By perspective what a dimension adds.
    statements
        What the first statement of a dimension has more than the others.
    steps
        What each unit, and each level of the chain, adds to the one before it.
    importance
        Of each dimension; 4.0 if empty.  Where it is chosen, how readily grows with it.
    uneven
        How many times as divided as the others the first unit is, and the second level of the chain.
    """

    centre: Mapping[str, float]
    spread: Mapping[str, float]
    shape: str = "normal"
    added: Mapping[str, tuple[float, ...]] = dataclasses.field(default_factory=dict)
    steps: tuple[float, float] = (0.0, 0.0)
    importance: tuple[float, ...] = ()
    uneven: float = 1.0
    statements: float = 0.0

    @classmethod
    def of(cls, centre: float, spread: float, shape: str = "normal", **hr: float) -> World:
        """One in which all perspectives are alike, HR but for its spread."""
        return cls(
            {"": centre} | ({"hr": hr["at"]} if "at" in hr else {}),
            {"": spread} | ({"hr": hr["hr"]} if "hr" in hr else {}),
            shape,
        )


@cache
def place(size: Size) -> tuple[Engagement, WaveAnswers]:
    """An engagement with so many people, and a wave of theirs whose answers are exchanged later."""
    units = tuple((f"u{i}", f"Unit {i}", "org") for i in range(len(size.leaders)))
    alone = len(units) == 1
    people: dict[str, dict[str, tuple[int, int]]] = {
        "org": {"hr": (size.hr, size.hr)} | ({"top": (size.top, size.top)} if size.top else {})
    }
    if alone:
        people["org"]["leader"] = (size.leaders[0], size.leaders[0])
        units = ()
    for (id, *_), n in zip(units, size.leaders, strict=False):
        people[id] = {"leader": (n, n)}
    client = dataclasses.replace(
        synthetic.client("firm"),
        id="null",
        units=(("org", "Organisation", None), *units),
        people=people,
        comments=(),
        branding={},
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / engagement_file.FILE
        synthetic._write(path, synthetic._data(client))
        engagement = engagement_file.load(folder)
    found = synthetic.answers(engagement, client, "w1")
    return engagement, wave_of(found, engagement.instrument, [u.id for u in engagement.units])


def answered(size: Size, world: World, rng: np.random.Generator) -> WaveAnswers:
    """The wave with answers drawn anew."""
    _, wave = place(size)
    instrument = wave.instrument
    people = len(wave)
    sections = [s.id for s in instrument.dimensions]
    common = rng.normal(size=(people, 1))
    mixed = np.sqrt(0.6) * common + np.sqrt(0.4) * rng.normal(size=(people, len(sections)))
    if world.shape == "skewed":
        mixed = 1 + np.log(special.ndtr(mixed))
    who = [wave.perspectives[i] for i in wave.perspective]
    centre = np.array([world.centre.get(w, world.centre[""]) for w in who])[:, None]
    spread = np.array([world.spread.get(w, world.spread[""]) for w in who])[:, None]
    spread = spread * np.where(_uneven(wave), world.uneven, 1.0)[:, None]
    none = (0.0,) * len(sections)
    added = np.array([world.added.get(w, world.added.get("", none)) for w in who])
    tendency = centre + spread * mixed + added + world.steps[0] * wave.unit[:, None]
    if wave.level is not None and world.steps[1]:
        tier = np.array([float(level or 0) for level in wave.level])
        tendency = tendency + world.steps[1] * tier[:, None]
    values, given = wave.values.copy(), wave.given.copy()
    for key, j in wave.column.items():
        question = instrument.keys[key]
        if question.facet.scale.kind == "pick":
            # A stream of its own: what else is answered does not hang on how importance is asked.
            (apart,) = rng.spawn(1)
            values[:, j], given[:, j] = _picked(world, question.facet.scale, people, apart), True
        if question.facet.scale.kind != "rating" or question.section.id not in sections:
            continue
        d = sections.index(question.section.id)
        stated = world.importance[d] if world.importance else 4.0
        at = tendency[:, d] if question.item.role != "importance" else stated + 0.4 * common[:, 0]
        first = question.item is question.section.items[0]
        at = at + world.statements * first
        drawn = np.clip(np.rint(at + rng.normal(0, 0.75, people)), 1, 5)
        drawn = np.where(rng.random(people) < SILENT, np.nan, drawn)
        if question.item.reversed:
            drawn = question.facet.scale.low + question.facet.scale.high - drawn
        values[:, j], given[:, j] = drawn, True
        if instrument.ballot and question.item is question.section.scored[-1]:
            rng.normal(size=people), rng.random(people)
    return dataclasses.replace(wave, values=values, given=given)


def _picked(world: World, scale: Scale, people: int, rng: np.random.Generator) -> Floats:
    """Shape (R,): a ballot for each person, as a place: the more important, the more often chosen."""
    count = len(scale.choices)
    stated = np.array(world.importance or (4.0,) * count)
    drawn = np.log(np.maximum(stated - LEAST_STATED, 0.1)) + rng.gumbel(size=(people, count))
    found = np.sort(np.argsort(-drawn, axis=1)[:, : scale.exactly], axis=1)
    places = {ballot: i for i, ballot in enumerate(combinations(range(count), scale.exactly))}
    return np.array([places[tuple(one)] for one in found.tolist()], dtype=float)


def _uneven(wave: WaveAnswers) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Who is in the first unit below the whole, or on the second level of the chain."""
    below = np.asarray(wave.unit == 1)
    return below if wave.level is None else below | (np.asarray(wave.level, dtype=str) == "2")


def released(
    size: Size, wave: WaveAnswers, before: tuple[Released, Any] | None = None, *, gate: bool = False
) -> tuple[Released, Any]:
    """What the kit releases of a wave, with its changes since another; and its sides.

    With ``gate`` each measure is decided by `decide`; else every group of five is shown.
    """
    engagement, _ = place(size)
    root, instrument = engagement.root.id, engagement.instrument
    groups = groups_of(wave, FEW)
    usual = usual_variance(wave, groups, TEN)
    drafts = []
    for measure in measures_of(wave, engagement, groups, usual):
        if gate:
            draft = decide(measure, wave.atom, root, FEW, details=TEN)
        else:
            draft = _shown(measure, root)
        own = frozenset(
            cell.id
            for cell, n in zip(measure.cells, draft.n, strict=True)
            if cell.id in draft.shown and cell.unit == root and not cell.part and n >= TEN
        )
        drafts.append(dataclasses.replace(draft, own=own))
    chosen = ballots(wave, groups, lambda _question: TEN)
    scores = scores_of(drafts, root, FEW, {}, instrument, groups)
    derived = derive(scores, engagement, groups, chosen)
    names = {s.id for s in instrument.dimensions}
    sides = sides_of([d for d in drafts if d.measure.id in names], root)
    found = Released(
        engagement.id, "w1", instrument.id, instrument.version, False, FEW, TEN, groups,
        derived.scores, gaps=derived.gaps, bands=derived.bands, priorities=derived.priorities,
        contrasts=derived.contrasts, between=derived.between, strengths=derived.strengths,
        ballots=chosen,
    )  # fmt: skip
    if before:
        shown = {(s.measure, s.group): s for s in derived.scores if s.unit == root}
        same = alike(instrument, instrument, groups)
        moved = changes(sides, before[1], shown, before[0], groups, root, same, instrument)
        picked = chosen_since(instrument, instrument, groups, chosen, before[0])
        found = dataclasses.replace(found, changes=moved, chosen_changes=picked)
    return found, sides


def _shown(measure: Any, root: str) -> Draft:
    valid = np.isfinite(measure.values) & measure.use
    parts = [measure.values[cell.who & valid] for cell in measure.cells]
    shown = {c.id for c, v in zip(measure.cells, parts, strict=True) if len(v) >= FEW}
    nan = float("nan")
    return Draft(
        measure,
        tuple(map(len, parts)),
        tuple(float(v.mean()) if len(v) else nan for v in parts),
        tuple(float(v.var(ddof=1)) if len(v) > 1 else nan for v in parts),
        frozenset(shown | ({(root, ALL)} if shown else set())),
    )


def reports(
    size: Size, world: World, times: int, rng: np.random.Generator, *, gate: bool = False
) -> Iterator[tuple[Released, tuple[ClaimMade, ...]]]:
    """So many reports of one world, each with changes since the one before it."""
    engagement, _ = place(size)
    before = None
    for i in range(times + 1):
        before = released(size, answered(size, world, rng), before, gate=gate)
        if i:
            yield before[0], made(before[0], engagement.instrument, engagement.root.id)


def choices(
    size: Size, worlds: tuple[World, World], kept: float, times: int, rng: np.random.Generator
) -> Iterator[tuple[ChosenChange, ...]]:
    """What is compared of two waves' choices, so many times, through the gate and as it is printed.

    Parameters
    ----------
    worlds
        How the first and the second wave choose.
    kept
        Share of the people, who are the same, who choose what they chose before.
    """
    engagement, wave = place(size)
    instrument, root = engagement.instrument, engagement.root.id
    question = instrument.ballot
    assert question is not None
    j, groups = wave.column[question.key], groups_of(wave, FEW)
    given = wave.given.copy()
    given[:, j] = True
    for _ in range(times):
        first, second = (_picked(world, question.facet.scale, len(wave), rng) for world in worlds)
        second = np.where(rng.random(len(wave)) < kept, first, second)
        tables = []
        for picked in (first, second):
            values = wave.values.copy()
            values[:, j] = picked
            answers = dataclasses.replace(wave, values=values, given=given)
            tables.append(ballots(answers, groups, lambda _question: TEN))
        before = Released(
            engagement.id, root, instrument.id, instrument.version, False, FEW, TEN, groups, (),
            ballots=tables[0],
        )  # fmt: skip
        yield chosen_since(instrument, instrument, groups, tables[1], before)


#: Claims that a page makes, in the order of the table.
KINDS = tuple(
    c.id
    for c in CLAIMS
    if c.id not in ("level", "ratings", "care", "chosen", "gap.clear", "change.clear")
    and c.page not in ("benchmark", "portfolio")  # by benchmarks/portfolio.py
)

#: What the first page repeats of other pages, and says itself.
FRONT = ("gap.tends", "strength", "dimensions")


def rates(size: Size, world: World, times: int, rng: np.random.Generator) -> dict[str, float]:
    """Share of pages of each kind that make a claim, and of reports that call anything clear."""
    pages: Counter[str] = Counter()
    claims: Counter[str] = Counter()
    for one, said in reports(size, world, times, rng):
        pages.update(page.partition(" ")[0] for page in _pages(one))
        claims.update(kind for kind, _ in {(m.claim, m.page) for m in said})
        claims["clear"] += any(m.claim in ("gap.clear", "change.clear") for m in said)
        claims["front"] += any(m.claim in FRONT for m in said)
    of = {"gap.tends": "gaps", "gap.apart": "gaps", "strength": "summary", "change.tends": "change",
          "dimensions": "profile", "statements": "dimension", "tiers": "chain",
          "firm": "importance", "clusters": "units"}  # fmt: skip
    found = {kind: claims[kind] / max(1, pages[of.get(kind, kind)]) for kind in KINDS}
    return found | {name: claims[name] / times for name in ("front", "clear")}


def _pages(one: Released) -> set[str]:
    """Pages of a report on which something could be claimed."""
    found = {"gaps", "summary", "change", "importance"}
    names = {"dimensions": "profile", "tiers": "chain"}
    for c in one.contrasts:
        if c.kind == "statements":
            found.add(f"dimension {c.measure} {c.group}")
        elif c.kind == "unit":
            found.add(f"unit {c.low if c.high == 'org' else c.high}")
        else:
            found.add(names.get(c.kind, c.kind))
    return found


def careful_people(
    count: int, centre: float, noise: float, rng: np.random.Generator
) -> dict[str, dict[tuple[str, str], str]]:
    """Leaders who read: a view of their own, one of each dimension and of each statement, a slip."""
    instrument = place(SIZES[0])[0].instrument
    asked = [
        (item, section.score_facet.id, d)
        for d, section in enumerate(instrument.dimensions)
        if section.score_facet
        for item in section.scored
        if "leader" in item.ask
    ]
    own = rng.normal(0, 0.45, (count, 1))
    taste = rng.normal(0, 0.35, (count, len(instrument.dimensions)))[:, [d for *_, d in asked]]
    slips = rng.normal(0, 0.3, taste.shape) + rng.normal(0, noise, taste.shape)
    value = np.clip(np.rint(centre + own + taste + slips), 1, 5).astype(int)
    turned = np.array([item.reversed for item, *_ in asked])
    value = np.where(turned, 6 - value, value)
    silent = rng.random(value.shape) < SILENT
    keys = [(item.id, facet) for item, facet, _ in asked]
    return {
        str(i): {
            key: "dk" if none else str(one)
            for key, one, none in zip(keys, value[i], silent[i], strict=True)
        }
        for i in range(count)
    }


def random_world(rng: np.random.Generator) -> tuple[Size, World]:
    """Some organisation with some effects, or none."""
    sizes = (*SIZES[:3], Size("7 + 31", (7,), 31), Size("40 of 46, 9 + 6", (40, 6), 9, 6),
             Size("12 + 5, no other", (6, 6), 5, 5))  # fmt: skip
    size = sizes[int(rng.integers(len(sizes)))]
    strength = float(rng.choice([0.0, 0.3, 0.8]))
    added = {
        who: tuple(strength * rng.normal(size=9)) for who in ("leader", "hr", "pay", "top", "")
    }
    world = World(
        {"": float(rng.uniform(2, 4.5)), "hr": float(rng.uniform(2, 4.5))},
        {"": float(rng.uniform(0.3, 0.9)), "hr": float(rng.uniform(0.3, 0.9))},
        str(rng.choice(["normal", "skewed"])),
        added,
        (strength * float(rng.normal(0, 0.2)), strength * float(rng.normal(0, 0.4))),
    )
    return size, world


def disagreements(one: Released, instrument: Instrument, root: str) -> list[str]:
    """Where picture and sentence do not agree: bands as charts draw them, words as pages print them.

    Bands of the two sides, and of a unit beside the whole, lie apart exactly where the words say
    that they differ; those of levels of the chain only where they do.
    """
    found = []
    for section in instrument.dimensions:
        gap = one.gap(section.id, root)
        if gap is not None and gap.shown:
            pair = [one.score(section.id, g, root) for g in (gap.first, gap.second)]
            found += _odd(f"gap {section.id}", pair, gap.certainty, both=True)
            zero = gap.low is not None and gap.high is not None and gap.low <= 0 <= gap.high
            if zero != (gap.certainty is Certainty.UNKNOWN):
                found.append(f"gap {section.id}: interval {gap.low} to {gap.high}, {gap.certainty}")
        for contrast in one.contrasted("tiers", section.id):
            pair = [one.score(section.id, g, root) for g in (contrast.high, contrast.low)]
            found += _odd(f"tiers {section.id}", pair, contrast.certainty, both=False)
        for contrast in one.contrasts:
            if contrast.kind == "unit" and contrast.measure == section.id:
                pair = [
                    one.score(section.id, contrast.group, u) for u in (contrast.high, contrast.low)
                ]
                found += _odd(f"unit {section.id}", pair, contrast.certainty, both=True)
    for change in one.changes:
        zero = change.low <= 0 <= change.high
        if zero != (change.certainty is Certainty.UNKNOWN):
            found.append(f"change {change.measure} {change.group}: {change.low} to {change.high}")
    return found


def _odd(what: str, pair: list[Score], certainty: Certainty, *, both: bool) -> list[str]:
    drawn = [band(score, (-9.0, 9.0), alone=False) for score in pair]
    if drawn[0] is None or drawn[1] is None:
        return [f"{what}: no band"]
    apart = max(a[0] for a in drawn if a) - min(a[1] for a in drawn if a)
    sure = certainty is not Certainty.UNKNOWN
    # A band ends at a thousandth of a point.
    if apart > 0.002 and not sure:
        return [f"{what}: bands {apart:.3f} apart, and we cannot tell"]
    if both and sure and apart < -0.002:
        return [f"{what}: bands overlap by {-apart:.3f}, and {certainty}"]
    return []
