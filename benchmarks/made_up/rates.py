"""How often pages claim something."""

from __future__ import annotations

from collections import Counter

import numpy as np

from hrkit.disclosure.released import Released
from hrkit.report.claims import CLAIMS
from made_up.reports import reports
from made_up.worlds import Size, World

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
