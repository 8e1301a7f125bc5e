"""What the mirror may claim: rule, family and null of each kind of sentence."""

from __future__ import annotations

from hrkit.report.claims import Claim

__all__ = ["CLAIMS"]

_FAMILY = "all agreements and guesses of the page: 5 % of pages"
CLAIMS: tuple[Claim, ...] = (
    Claim(
        "mirror.blind",
        "mirror",
        "the sides see a statement differently, and one believes that the other sees it as it does",
        "agreement and knowing are each 0.75 or more and off zero over the family; assumed likeness is smaller than agreement",
        _FAMILY,
        "sides equal, and guesses equal to what they guess",
        ("mirror.title.blind", "mirror.told.blind", "mirror.pattern.blind"),
    ),
    Claim(
        "mirror.open",
        "mirror",
        "the sides see a statement differently",
        "agreement is 0.75 or more and off zero over the family; the guess lies within half a point",
        _FAMILY,
        "sides equal, and guesses equal to what they guess",
        ("mirror.title.open", "mirror.told.open", "mirror.pattern.open"),
    ),
    Claim(
        "mirror.unfounded",
        "mirror",
        "one side expects the other to answer otherwise than it does",
        "knowing is 0.75 or more and off zero over the family; agreement lies within half a point",
        _FAMILY,
        "sides equal, and guesses equal to what they guess",
        ("mirror.title.unfounded", "mirror.told.unfounded", "mirror.pattern.unfounded"),
    ),
)
