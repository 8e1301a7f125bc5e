"""Processor time and memory of the main jobs: `make bench`.

Prints one line a job.  Times are processor seconds of this process; compare them only with
others from the same machine and run.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

# As in the kernels that print reports: small matrices, where threads would only wait.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from hrkit.disclosure.tables import release_wave
from hrkit.disclosure.wave import WaveAnswers
from hrkit.model import instrument_file as instruments
from hrkit.model.engagement import Engagement, Person, Protection, Unit
from hrkit.model.engagement import Wave as Round

PERSPECTIVES = ("top", "leader", "hr", "pay", "employee")
SHARES = (0.01, 0.2, 0.05, 0.02, 0.72)


def clock(name: str, job: Callable[[], object], limit: float | None = None) -> float:
    """Run a job, print its processor time, and return it."""
    start = time.process_time()
    job()
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    aim = f"   aim {limit:g} s" if limit else ""
    print(f"{name:<58} {spent:8.2f} s   peak {peak:5.2f} GB{aim}", flush=True)
    return spent


def engagement(id: str, units: int, languages: tuple[str, ...] = ("en",)) -> Engagement:
    """An engagement in memory with a root and nested units."""
    tree = [Unit("root", id)]
    tree += [
        Unit(f"u{i}", f"Unit {i}", "root" if i % 4 == 0 else f"u{i - i % 4}") for i in range(units)
    ]
    return Engagement(
        folder=Path(), id=id, client=id, consultant=Person("Bench"), language="en",
        languages=languages, instrument=instruments.load("partnership"), units=tuple(tree),
        waves=(Round("w1", {"en": "first"}),), protection=Protection(), targets={"default": 4.0},
        audience={"en": "-"},
    )  # fmt: skip


def wave(client: Engagement, people: int, rng: np.random.Generator) -> WaveAnswers:
    """Random answers of one organisation as arrays: 45 statements and the importance ratings."""
    instrument = client.instrument
    keys = tuple(k for k, q in instrument.keys.items() if q.facet.scale.kind == "rating")
    units = tuple(unit.id for unit in client.units)
    unit = rng.integers(0, len(units), people) if len(units) > 1 else np.zeros(people, dtype=int)
    names = instrument.perspectives
    perspective = rng.choice([names.index(p) for p in PERSPECTIVES], people, p=SHARES)
    own = rng.normal(3.2, 0.6, (people, 1))
    values = np.clip(np.rint(own + rng.normal(0, 0.8, (people, len(keys)))), 1, 5)
    values[rng.random(values.shape) < 0.04] = np.nan
    made = WaveAnswers(
        instrument=instrument, units=units, perspectives=names, unit=unit, perspective=perspective,
        atom=unit * len(names) + perspective, keys=keys, values=values,
        given=np.ones(values.shape, dtype=bool),
    )  # fmt: skip
    return replace(made, given=made.asked[perspective])


def portfolio(people: int, organisations: int = 98) -> None:
    """Measure and release a portfolio in memory, organisation by organisation."""
    rng = np.random.default_rng(1)
    spent = 0.0
    for i in range(organisations):
        client = engagement(f"org{i}", 0)
        data = wave(client, people // organisations, rng)
        start = time.process_time()
        release_wave(data, client, "w1")
        spent += time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    aim = "   aim 30 s, 4 GB" if people == 1_000_000 else ""
    print(f"portfolio of {people:>9,} × 45 × {organisations}: measure, release "
          f"{'':>2} {spent:8.2f} s   peak {peak:5.2f} GB{aim}", flush=True)  # fmt: skip


def one_client() -> None:
    """One organisation of 500 people and 40 units: measures, release, report."""
    rng = np.random.default_rng(2)
    client = engagement("client", 40)
    data = wave(client, 500, rng)
    release_wave(wave(client, 60, rng), client, "w1")  # imports
    clock("500 people: dimension scores", lambda: data.scores, 0.5)
    made: list[object] = []
    clock("500 people, 40 units: measure and release",
          lambda: made.append(release_wave(data, client, "w1")), 10)  # fmt: skip
    report(client, made[0])


def report(client: Engagement, released: object) -> None:
    """From released tables to PDF."""
    from hrkit.assessment.assessment import Assessment
    from hrkit.assessment.profile import load_profile
    from hrkit.publish.pdf import render_pdf
    from hrkit.report.action_files import library
    from hrkit.report.context import Context
    from hrkit.report.theme import theme

    context = Context(client, released, client.words("en"), theme(client.branding, client.instrument.people), load_profile("full"),
                      library(client))  # type: ignore[arg-type]  # fmt: skip
    render_pdf(Assessment(context).part("front").blocks)  # imports
    clock("500 people, 40 units: released tables to PDF",
          lambda: render_pdf(Assessment(context).blocks()), 4)  # fmt: skip


def peer() -> None:
    """Alpha and Welch over 98 organisations beside pingouin, where it is installed."""
    try:
        import pingouin
    except ImportError:
        print("pingouin is not installed: no comparison", file=sys.stderr)
        return
    import pandas as pd

    from hrkit.measure import alpha_by_group, welch

    rng = np.random.default_rng(3)
    sets = [np.clip(np.rint(rng.normal(3, 1, (200, 5))), 1, 5) for _ in range(98)]
    frames = [pd.DataFrame(s) for s in sets]
    together, codes = np.vstack(sets), np.repeat(np.arange(98), 200)
    times = range(20)
    ours = clock("alpha with interval, 98 × 200 × 5, 20 times, hrkit",
                 lambda: [alpha_by_group(together, codes, 98) for _ in times])  # fmt: skip
    theirs = clock("alpha with interval, 98 × 200 × 5, 20 times, pingouin",
                   lambda: [pingouin.cronbach_alpha(f) for _ in times for f in frames])  # fmt: skip
    halves = [(s[:100].mean(axis=1), s[100:].mean(axis=1)) for s in sets]
    x, y = (np.array([h[i] for h in halves]) for i in (0, 1))
    mine = clock("Welch with interval, 98 pairs of 100, 20 times, hrkit", lambda: [welch(
        100, x.mean(1), x.var(1, ddof=1), 100, y.mean(1), y.var(1, ddof=1)) for _ in times])  # fmt: skip
    other = clock("Welch with interval, 98 pairs of 100, 20 times, pingouin",
                  lambda: [pingouin.ttest(a, b, correction=True) for _ in times for a, b in halves])  # fmt: skip
    print(
        f"pingouin / hrkit: alpha {theirs / max(ours, 1e-4):.0f} ×, Welch {other / max(mine, 1e-4):.0f} ×"
    )


def thirty() -> None:
    """Thirty people in a room."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from room import returns, room

    room()
    returns()


def many() -> None:
    """Reports of many organisations, side by side with other ways."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from batch import growth, side_by_side, written

    lines = side_by_side(int(os.environ.get("HRKIT_BENCH_EACH", "6")))
    lines += growth([int(n) for n in os.environ.get("HRKIT_BENCH_MANY", "10,100").split(",")])
    written(lines)


def main() -> None:
    """Run all, or the jobs named."""
    jobs: dict[str, Callable[[], None]] = {
        "client": one_client,
        "batch": many,
        "peer": peer,
        "room": thirty,
        "portfolio": lambda: [portfolio(n) for n in (10_000, 100_000, 1_000_000)] and None,
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("jobs", nargs="*", choices=[*jobs, []], help="all if none is named")
    for name in parser.parse_args().jobs or jobs:
        jobs[name]()


if __name__ == "__main__":
    main()
