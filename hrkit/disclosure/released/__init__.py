"""What may be shown: the only tables the rest of the package is ever given.

Everything a report prints — a score, a gap, a share, a sentence, a cell of a spreadsheet —
is read from a `Released` value.  It holds rounded numbers about groups, or the reason why a
number is not there; it holds no respondent and no answer.  Charts are drawn from these same
rounded values.

Figures about one group stand in `figures`, differences in `comparisons`, what is told of the
answering itself in `answering`, and `whole` holds them together; `norms` are about many organisations.
"""

from hrkit.disclosure.released.answering import (
    COMPARED_FROM,
    LanguageCount,
    Sign,
    Silence,
    Without,
    comparable,
)
from hrkit.disclosure.released.comparisons import (
    Between,
    Certainty,
    Change,
    ChosenChange,
    Contrast,
    Gap,
    Priority,
    Uncompared,
)
from hrkit.disclosure.released.figures import (
    ALL,
    Agreement,
    Ballot,
    Band,
    Comment,
    Count,
    Distribution,
    Group,
    Reliability,
    Score,
    Share,
    Turnout,
    tidy,
)
from hrkit.disclosure.released.norms import (
    LEAST,
    OTHERS,
    ComparedWith,
    Norm,
    Norms,
    compared_from_json,
    compared_to_json,
)
from hrkit.disclosure.released.whole import BEHIND, Released
from hrkit.disclosure.why import Why

__all__ = [
    "ALL",
    "BEHIND",
    "COMPARED_FROM",
    "LEAST",
    "OTHERS",
    "Agreement",
    "Ballot",
    "Band",
    "Between",
    "Certainty",
    "Change",
    "ChosenChange",
    "Comment",
    "ComparedWith",
    "Contrast",
    "Count",
    "Distribution",
    "Gap",
    "Group",
    "LanguageCount",
    "Norm",
    "Norms",
    "Priority",
    "Released",
    "Reliability",
    "Score",
    "Share",
    "Sign",
    "Silence",
    "Turnout",
    "Uncompared",
    "Why",
    "Without",
    "comparable",
    "compared_from_json",
    "compared_to_json",
    "tidy",
]
