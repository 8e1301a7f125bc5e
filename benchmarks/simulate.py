"""The figures behind each choice of method, made by simulation: ``make simulate``.

Whatever hrkit computes is computed here by `hrkit.measure` itself; only its rivals (bootstraps) are
written out.  Every experiment is a function of a `Run` (seeded, of a size) and returns a `Table`;
they lie in `benchmarks/simulated/`, a module an idea, and the organisations in which what may be
claimed is known in `benchmarks/made_up/`.

`main` writes each table as a CSV file, draws four of them, and puts each between its
markers in the methods page.  It also repeats everything at a fiftieth of the size and keeps
those numbers: the test suite makes them anew, and fails when a method has changed and
the page has not.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor

from simulated.change import chosen_null, detectable, response_mix
from simulated.gaps import false_alarms, gap_intervals, partners
from simulated.leaks import leaks, leaks_gap
from simulated.levels import levels, lowest_of_nine
from simulated.many import benchmark, shares, shrinkage
from simulated.means import coverage, coverage_divided, coverage_printed, coverage_shapes
from simulated.nothing import careful, claims, claims_null
from simulated.page import KEPT, changed, keep, markdown, write
from simulated.priorities import priorities
from simulated.run import REDUCED, Run, Table
from simulated.scales import agreement, reliability, score_rule, units
from simulated.something import claims_power, claims_strength

EXPERIMENTS: tuple[Callable[[Run], Table], ...] = (
    claims, claims_null, claims_strength, claims_power, careful, score_rule, coverage, coverage_shapes,
    coverage_divided, coverage_printed, levels, lowest_of_nine, false_alarms, gap_intervals, partners,
    priorities, leaks, leaks_gap, detectable, chosen_null, shares, benchmark, shrinkage, response_mix, reliability,
    agreement, units,
)  # fmt: skip


def simulate(run: Run, workers: int = 2) -> dict[str, Table]:
    """Run every experiment; what comes out does not depend on the number of workers."""
    runs = [run] * len(EXPERIMENTS)
    if workers < 2:
        return {table.name: table for table in map(_one, EXPERIMENTS, runs)}
    # On matrices of five by five, threads only wait for one another (fifty times slower).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=fresh) as pool:
        return {table.name: table for table in pool.map(_one, EXPERIMENTS, runs)}


def _one(experiment: Callable[[Run], Table], run: Run) -> Table:
    return experiment(run)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make everything anew, or with ``--check`` compare a small run with the one kept."""
    parser = argparse.ArgumentParser(description="Simulate the figures of the methods page.")
    parser.add_argument(
        "--check", action="store_true", help="compare a small run with the one kept"
    )
    parser.add_argument(
        "--keep", action="store_true", help="only keep the numbers of a small run anew"
    )
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2)")
    parser.add_argument("--size", type=float, default=1.0, help="of the run (default 1.0)")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    kept = simulate(Run(REDUCED), options.workers)
    if options.check:
        odd = changed(kept, KEPT)
        if odd:
            print("methods have changed; run `make simulate`:", *odd, sep="\n  ", file=sys.stderr)
        return int(bool(odd))
    if options.keep:
        keep(kept)
        return 0
    tables = simulate(Run(options.size), options.workers)
    write(tables, kept)
    for table in tables.values():
        print(f"<!-- simulate:{table.name} -->\n{markdown(table)}\n<!-- /simulate -->\n")
    print(f"{len(tables)} tables in {time.perf_counter() - start:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
