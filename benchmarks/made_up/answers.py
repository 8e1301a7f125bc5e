"""What the people of a world answer.

A person has a tendency and, for each dimension, one of their own (correlation .6 between
dimensions); "don't know" is given by 4 in 100.
"""

from __future__ import annotations

import dataclasses
import tempfile
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from scipy import special

from hrkit import synthetic
from hrkit.disclosure.wave import WaveAnswers, wave_of
from hrkit.model import engagement_file
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Scale
from made_up.worlds import SIZES, Size, World

SILENT = 0.04
#: From which importance on a dimension is chosen at all: one of 4.2 twice as readily as one of 3.4.
LEAST_STATED = 2.6
Floats = np.ndarray[Any, np.dtype[np.float64]]


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
            values[:, j], given[:, j] = (
                draw_ballots(world, question.facet.scale, people, apart),
                True,
            )
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


def draw_ballots(world: World, scale: Scale, people: int, rng: np.random.Generator) -> Floats:
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
