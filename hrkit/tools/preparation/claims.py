"""What the checklist may claim: rule, family and null of each kind of sentence."""

from __future__ import annotations

from hrkit.report.claims import Claim

__all__ = ["CLAIMS"]

CLAIMS: tuple[Claim, ...] = (
    Claim(
        "prepare.want",
        "prepare",
        "more than a quarter of leaders like these want to do something more often that is seldom done",
        "the mean is below 1.5 and the lower end of the share over all twelve ways lies above 25 %",
        "all ways: 5 % of pages",
        "a quarter of leaders, for every way",
        ("prepare.title.want", "prepare.told.want"),
    ),
    Claim(
        "prepare.need",
        "prepare",
        "more than a quarter of leaders like these need something",
        "the lower end of the share over all needs lies above 25 %",
        "all needs: 5 % of pages",
        "a quarter of leaders, for every need",
        ("prepare.title.need", "prepare.told.need"),
    ),
    Claim(
        "prepare.chosen",
        "prepare",
        "leaders like these choose a need of the list more often than if nobody cared which",
        "the lower end of the share over all needs lies above 3/8, as at most three of eight are chosen",
        "all needs: 5 % of pages",
        "three of eight drawn blindly by every leader",
        ("prepare.title.chosen", "prepare.told.need"),
    ),
    Claim(
        "prepare.since",
        "prepare",
        "leaders choose a need more often, or more rarely, than in the earlier round",
        "Fisher's exact test of the two nearest counts, shared by all needs (Šidák)",
        "all needs: 5 % of pages",
        "leaders of both rounds choose alike",
        ("prepare.since.some",),
    ),
)
