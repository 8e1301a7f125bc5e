"""The order of what to take up: do the first three come back?"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import made_up
import numpy as np

from hrkit.disclosure.derived import decisions
from hrkit.report import claims as catalogue
from simulated.run import Cell, Run, Table, num, pct

_LEADERS = (2.6, 3.8, 2.4, 3.5, 3.1, 3.3, 2.3, 2.7, 2.5)
_HR = (3.5, 3.9, 3.6, 4.0, 3.4, 2.8, 2.6, 2.9, 2.7)
_IMPORTANCE = np.array([4.2, 4.1, 4.4, 4.0, 3.9, 4.3, 3.6, 3.8, 3.4])


def _client() -> made_up.World:
    """A client with the means of the demo, and what it holds important."""
    middle = np.full(9, 3.0)
    return made_up.World(
        {"": 3.0},
        {"": 0.75, "hr": 0.75},
        added={
            "leader": tuple(np.array(_LEADERS) - middle),
            "hr": tuple(np.array(_HR) - middle),
            "": tuple((np.array(_LEADERS) + np.array(_HR)) / 2 - middle),
        },
        importance=tuple(_IMPORTANCE),
    )


def priorities(run: Run) -> Table:
    """Ask a second sample of the same people: do the first three come back?"""
    times, rng = run.times(60), run.rng("priorities")
    world = _client()
    truths: dict[bool, set[str]] = {}
    decisions.DRAWS = 10_000
    rows: list[tuple[Cell, ...]] = []
    sizes = (made_up.Size("500 + 60", (500,), 60), *made_up.SIZES[:2],
             made_up.Size("64 + 12", (64,), 12))  # fmt: skip
    for size in sizes:
        found = [one for one, _ in made_up.reports(size, world, times, rng)]
        orders = [
            [p.measure for p in sorted(one.priorities, key=lambda p: p.rank)] for one in found
        ]
        if not truths:
            # The largest samples agree on what comes first where everybody is asked, and on what
            # lies furthest from its target: that is what counts where no choice may be shown.
            far = [[p.measure for p in sorted(one.priorities, key=lambda p: -p.distance)]
                   for one in found]  # fmt: skip
            for weighed, order_of in ((True, orders), (False, far)):
                counts = Counter(m for order in order_of for m in order[:3])
                truths[weighed] = {m for m, _ in counts.most_common(3)}
        truth = truths[any(p.weight is not None for one in found for p in one.priorities)]
        tops = [set(order[:3]) for order in orders]
        said = [[p.first or 0.0 for p in sorted(one.priorities, key=lambda p: p.rank)[:3]]
                for one in found]  # fmt: skip
        firm = [(p.measure in truth) for one in found for p in one.priorities
                if (p.first or 0) >= catalogue.FIRM]  # fmt: skip
        rows.append((
            size.name, pct([len(t & truth) / 3 for t in tops]),
            pct([len(a & b) / 3 for a, b in pairwise(tops)]),
            pct([a == b for a, b in pairwise(tops)]),
            pct(said), num(len(firm) / times), pct(firm) if firm else "-",
        ))  # fmt: skip
    rows = [*rows[1:], rows[0]]
    return Table(
        "priorities",
        ("answers", "of the first three, truly first three (%)", "of the first three, again first three (%)",
         "all three again (%)", "share the report gives (%)", "called firm, a report", "of these, truly first three (%)"),
        tuple(rows),
        f"With 64 leaders and 12 HR partners, {rows[2][1]} % of the first three are truly among the first "
        f"three and {rows[2][2]} % are so again in a second sample; the share beside them says {rows[2][4]} %. "
        f"With five a side nothing that was chosen may be shown: the order is that of the distances, held "
        f"against theirs; it says {rows[0][4]} % where {rows[0][1]} % is true. Where few chose much of it, "
        f"nothing is called firm, so with a dozen in HR that is rare ({rows[2][5]} a report with 64 leaders); "
        f"what is called firm is so in {rows[3][6]} % with 500 and 60, in {rows[2][6]} % with 64 and 12.",
    )  # fmt: skip
