"""What the competencies' chapter may claim: rule, family and null of each kind of sentence."""

from __future__ import annotations

from hrkit.report.claims import Claim

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (
    Claim(
        "competencies.first",
        "competencies",
        "a competency is among the ten that are needed most",
        "competencies differ (Cochran's Q), and in 80 % of draws that lean on all it is among the first ten",
        "all competencies together: 5 % of pages",
        "every competency as far from its importance as any other",
        (
            "competencies.title.first",
            "competencies.told.first",
            "competencies.told.perhaps",
            "competencies.step.first",
        ),
    ),
    Claim(
        "competencies.alike",
        "competencies",
        "leaders and HR order the competencies alike in the main",
        "the whole resampled interval of Kendall's tau lies above 0.3",
        "one comparison: 5 % of pages",
        "orders that have nothing to do with each other",
        ("competencies.told.alike",),
    ),
    Claim(
        "competencies.differ",
        "competencies",
        "leaders and HR order the competencies differently",
        "the whole resampled interval of Kendall's tau lies below 0.3, and so would hardly two groups of one order",
        "one comparison: 5 % of pages",
        "both groups of one order",
        ("competencies.told.differ",),
    ),
)
