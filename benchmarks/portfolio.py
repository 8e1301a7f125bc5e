"""How often what is said of many organisations would be wrong: `python benchmarks/portfolio.py` prints a table.

Organisations are made as their reports would show them: a mean to a tenth, the number of answers, the usual
spread.  Under the null of `place` the reader stands where the others have their middle; under that of
`portfolio.apart` and `portfolio.standing` all organisations are the same.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from hrkit.disclosure.derived.place import places
from hrkit.disclosure.portfolio.apart import apart
from hrkit.disclosure.portfolio.entries import BroughtIn
from hrkit.disclosure.portfolio.proof import drawn_error, drawn_for_row, mean_of, spread
from hrkit.disclosure.released import Certainty, ComparedWith, Norm, Norms, Score, Why, tidy

DIMENSIONS = tuple(f"d{i}" for i in range(1, 10))
SIDES = ("leader", "hr")
SCALES = dict.fromkeys(DIMENSIONS, (1.0, 5.0))
WITHIN = 0.8


def organisations(
    count: int, tau: float, sizes: Mapping[str, tuple[int, int]], rng: np.random.Generator
) -> list[BroughtIn]:
    """Organisations around 3.3 that lie ``tau`` apart on each dimension; the first stands in the middle."""
    found = []
    for i in range(count):
        figures = []
        for side in SIDES:
            n = int(rng.integers(*sizes[side]))
            # People who rate one dimension high rate the others high.
            common, own = rng.normal(0, 0.45, n), rng.normal(0, 0.66, (n, len(DIMENSIONS)))
            sampled = (common[:, None] + own).mean(axis=0)
            true = 3.3 + (rng.normal(0, tau, len(DIMENSIONS)) if i else 0.0)
            figures += [
                Score(d, "", side, Why.SHOWN, n=n, mean=tidy(m), spread=WITHIN)
                for d, m in zip(DIMENSIONS, np.clip(true + sampled, 1, 5), strict=True)
            ]
        found.append(BroughtIn(f"o{i}", f"o{i}", "w1", "x", "1", tuple(figures)))
    return found


def compared(entries: Sequence[BroughtIn]) -> ComparedWith:
    """What the first is told of the others; mean and spread each with its drawn error."""
    rows = {
        (d, side): {e.organisation: e.means[d, side] for e in entries}
        for side in SIDES
        for d in DIMENSIONS
    }
    apart_ = tuple(
        (side, spread({d: rows[d, side] for d in DIMENSIONS}, drawn_error()) or 0.0)
        for side in SIDES
    )
    norms = Norms(
        "w1", "x", "1", len(entries),
        tuple(Norm(*key, len(row), mean_of(row, drawn_for_row(), (1, 5))) for key, row in rows.items()), apart_,
    )  # fmt: skip
    return ComparedWith(norms, {key: row["o0"] for key, row in rows.items()})


def place_rate(
    count: int,
    tau: float,
    sizes: Mapping[str, tuple[int, int]],
    times: int,
    rng: np.random.Generator,
) -> float:
    """Share of clients' pages that call anything higher or lower."""
    wrong = 0
    for _ in range(times):
        entries = organisations(count, tau, sizes, rng)
        own = {(s.measure, s.group): s for s in entries[0].figures}
        found = places(own, compared(entries), SCALES)
        wrong += any(one.certainty is not Certainty.UNKNOWN for one in found)
    return wrong / times


def apart_rates(
    count: int, sizes: Mapping[str, tuple[int, int]], times: int, rng: np.random.Generator
) -> tuple[float, float]:
    """Share of the consultant's reports that say organisations differ, and of pages that name one."""
    said: Counter[str] = Counter()
    for _ in range(times):
        found = apart(organisations(count, 0.0, sizes, rng))
        said["apart"] += any(one.found.differ for one in found)
        for side in SIDES:
            named = (s for one in found if one.side == side for s in one.standings)
            said["standing"] += any(s.certainty is not Certainty.UNKNOWN for s in named)
    return said["apart"] / times, said["standing"] / (times * len(SIDES))


CASES = {
    "12 small": (12, {"leader": (8, 20), "hr": (5, 9)}),
    "14 of all sizes": (14, {"leader": (8, 150), "hr": (5, 30)}),
    "30 large": (30, {"leader": (80, 400), "hr": (15, 60)}),
}


def main(times: int = 400) -> None:
    """The table of docs/benchmark.md."""
    print("| organisations | a client's page names a difference (%) | where others lie 0.3 apart (%) | "
          "the consultant's report says they differ (%) | a page names one (%) |")  # fmt: skip
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, (count, sizes) in CASES.items():
        rng = np.random.default_rng(12)
        alike = place_rate(count, 0.0, sizes, times, rng)
        spread_ = place_rate(count, 0.3, sizes, times, rng)
        differ, named = apart_rates(count, sizes, times // 4, rng)
        cells = " | ".join(f"{100 * x:.1f}" for x in (alike, spread_, differ, named))
        print(f"| {name} | {cells} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
