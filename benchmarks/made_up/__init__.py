"""Made-up organisations of which it is known what there is to claim.

Some are such that nothing differs: nine equal dimensions, statements of equal difficulty, two
sides, units, levels of the chain and waves that think alike; others have effects of a known size.
Their answers go through the product's own functions, and `hrkit.report.conclusions.made` says what
the report would claim.
"""

from made_up.agree import disagreements
from made_up.answers import answered, careful_people, place
from made_up.rates import KINDS, rates
from made_up.reports import choices, released, reports
from made_up.worlds import SIZES, Size, World, random_world

__all__ = [
    "KINDS",
    "SIZES",
    "Size",
    "World",
    "answered",
    "careful_people",
    "choices",
    "disagreements",
    "place",
    "random_world",
    "rates",
    "released",
    "reports",
]
