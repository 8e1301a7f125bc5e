"""The attacker reads whole deliveries: every mean of every measure, two versions, two waves.

Real engagement folders and stores are built, released twice with late answers, leavers and
changed answers between, and frozen.  What the attacker gets is everything a `Released` holds
about means (what is rendered is a subset of it, see the tests of the output formats).
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hrkit import synthetic
from hrkit.answers.codes import token
from hrkit.answers.store import open_store
from hrkit.disclosure.measures import measures_of, usual_variance
from hrkit.disclosure.release import issue
from hrkit.disclosure.released import ALL, Released
from hrkit.disclosure.wave import PART, Wave, keys_of, wave_of
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement

from .attacker import Row, attack

MEASURES = ("trust", "chain", "pillar.support", "presence.01", "roles.importance")


def some_client(seed: int) -> synthetic.Client:
    """A random small organisation: nested units, siblings of 4 and 5, 2 to 5 perspectives."""
    rng = random.Random(seed)
    units: list[tuple[str, str, str | None]] = [("root", f"Organisation {seed}", None)]
    people: dict[str, dict[str, tuple[int, int]]] = {}
    for area in range(rng.randint(1, 3)):
        units.append((f"a{area}", f"Area {area}", "root"))
        for team in range(rng.randint(1, 3)):
            id = f"a{area}t{team}"
            units.append((id, id, f"a{area}"))
            n = rng.choice([3, 4, 5, 6, 8, 11])
            people[id] = {"leader": (n, n + rng.randint(0, 3))}
            if rng.random() < 0.3:
                people[id]["employee"] = (rng.choice([4, 5, 9]), 12)
    staff = {"hr": (rng.choice([2, 4, 5, 6, 12]), 14), "pay": (rng.choice([0, 2, 5]), 6)}
    if rng.random() < 0.6:
        staff["top"] = (rng.choice([3, 5, 6]), 6)
    people["root"] = {name: pair for name, pair in staff.items() if pair[0]}
    base = synthetic.client("two-missing")
    return replace(base, id=f"o{seed}", units=tuple(units), people=people, seed=seed)


def rows_of(
    found: Released, engagement: Engagement, name: str, measure: str, place: dict[object, int],
    first: Released | None = None, early: frozenset[str] = frozenset(),
) -> Iterator[Row]:  # fmt: skip
    """The published rows of one measure, with who is behind each.

    Where late people wait, the number of answers is that of the ``first`` version and the
    ``early`` people stand behind it.
    """
    units = [unit.id for unit in engagement.units]
    with open_store(engagement) as store:
        wave = wave_of(store.read(name), engagement.instrument, units)
    measures = measures_of(wave, engagement, found.groups, usual_variance(wave, found.groups))
    one = next(m for m in measures if m.id == measure)
    valid = np.isfinite(one.values)
    root, members = engagement.root.id, {}
    there = np.array([token in early for token in wave.token])
    for cell in one.cells:
        who = cell.who & valid
        whole = found.score(measure, cell.group, root)
        if first is not None and whole.n == first.score(measure, cell.group, root).n:
            who &= there
        members[cell.id] = frozenset(
            place.setdefault((wave.token[i], one_of(wave, measure, i)), len(place))
            for i in np.flatnonzero(who)
        )
    yield from _rows(found, measure, members)


def one_of(wave: Wave, measure: str, i: int) -> bytes:
    """What a person said to a measure's questions: with other answers they are another unknown."""
    keys = keys_of(wave.instrument)[measure]
    return wave.codes[i, [wave.column[key] for key in keys]].tobytes()


def _rows(
    found: Released, measure: str, members: dict[tuple[str, str], frozenset[int]]
) -> Iterator[Row]:
    for score in found.scores:
        if score.measure != measure or score.mean is None:
            continue
        if score.group == ALL:
            sides = [s for s in found.scores
                     if s.measure == measure and s.unit == score.unit and s.shown
                     and s.group != ALL and PART not in s.group]  # fmt: skip
            parts = tuple(members[s.unit, s.group] for s in sides)
        else:
            parts = (members[score.unit, score.group],)
            assert len(parts[0]) == score.n, (score, len(parts[0]))
        yield Row((measure, score.unit, score.group), parts, score.mean)


def steps(measure: str) -> int | None:
    """Statements are whole answers; dimension scores may be any number."""
    return 1 if measure.count(".") == 1 and not measure.startswith("pillar") else None


def delivered(seed: int, folder: Path) -> int:
    """Build, release, change a little, release again; attack all of it. How many rows there were."""
    rng = random.Random(seed)
    client = some_client(seed)
    engagement = synthetic.build(client, folder / client.id)
    first = issue(engagement, "w1")
    place: dict[object, int] = {}
    with open_store(engagement) as store:
        early = frozenset(map(token, store.read("w1").people["respondent"]))
    rows = {m: list(rows_of(first, engagement, "w1", m, place)) for m in MEASURES}
    # Late answers in one or two units, one to six of them.
    late = {
        unit: {"leader": (rng.randint(1, 6), 9)}
        for unit in rng.sample([u for u in client.people if u != "root"], k=1)
    }
    with open_store(engagement) as store:
        extra = synthetic.answers(engagement, replace(client, people=late, seed=seed + 9000), "w1")
        store.add(extra)
    second = issue(engagement, "w1")
    for m in MEASURES:
        rows[m] += list(rows_of(second, engagement, "w1", m, place, first, early))
    total = attacked(rows, seed)
    with open_store(engagement) as store:
        store.freeze("w1", "digest", dt.date(2026, 11, 21))
        keys = store.read("w1").people["respondent"].tolist()
        store.erase(keys[:1])
    # Whoever asks to be erased does not change what was printed.
    last = issue(engagement, "w1")
    assert last.scores == second.scores
    assert not last.draft
    # A second wave with other answers, compared with the frozen one.
    again = with_second_wave(engagement)
    with open_store(again) as store:
        store.add(synthetic.answers(again, replace(client, seed=seed + 500), "w2"))
    third = issue(again, "w2")
    place = {}
    return total + attacked(
        {m: list(rows_of(third, again, "w2", m, place)) for m in MEASURES}, seed
    )


def attacked(rows: dict[str, list[Row]], seed: int) -> int:
    """Attack each measure's rows; how many rows there were."""
    for m, published in rows.items():
        atoms = {person: person for row in published for part in row.parts for person in part}
        found = attack(published, atoms, scale=(1.0, 5.0), steps=steps(m), most_atoms=1)
        assert not found, (seed, m, found[:3])
    return sum(map(len, rows.values()))


def with_second_wave(engagement: Engagement) -> Engagement:
    """The same engagement with a wave added to its file, as a consultant would."""
    path = engagement.folder / "engagement.yml"
    text = path.read_text("utf-8")
    head, mark, tail = text.partition('"invited":')
    assert mark
    path.write_text(
        f'{head.rstrip()}\n- "id": "w2"\n  "name":\n    "en": "next"\n{mark}{tail}', "utf-8"
    )
    return engagements.load(engagement.folder)


@pytest.mark.parametrize("seed", range(20))
def test_nobody_is_recovered_from_two_versions_of_a_delivery(seed: int, tmp_path: Path) -> None:
    assert delivered(seed, tmp_path) > 0


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 160))
def test_nobody_is_recovered_from_many_deliveries(seed: int, tmp_path: Path) -> None:
    delivered(seed, tmp_path)
