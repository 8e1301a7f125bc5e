"""Why a number is shown, or is not.

A number can be missing for reasons that mean quite different things to whoever reads: nobody was
asked; a few answered; many answered and took a way out; many answered, and too few of the
statements for a score.  What is said must not count anybody either: *that* a group of at least the
threshold took a way out is said only where so many answered that those who rated could still be
one less than the threshold: then it is not known of anybody.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import numpy.typing as npt

__all__ = ["GRAVEST", "Why", "why_none"]


class Why(StrEnum):
    """Why a number is shown or is not."""

    SHOWN = "shown"
    #: Nobody in this group was asked, or nobody answered.
    NOBODY = "nobody"
    #: Asked fewer of a dimension's statements than a score is made of.
    FEW = "few"
    #: Fewer valid answers than the threshold.
    SMALL = "small"
    #: Enough people answered, and most of them too few of the statements for a score.
    PARTIAL = "partial"
    #: Enough people answered, and most of them took a way out: "don't know", "not relevant".
    SILENT = "silent"
    #: Large enough, and yet somebody could be computed from it.
    PROTECTED = "protected"
    #: A comparison with one side missing.
    ONE_SIDED = "one-sided"
    #: No common figure, since the two sides surely differ by a level or more.
    DIVIDED = "divided"
    #: No common figure, since one group only would weigh in it: its mean stands beside.
    ALONE = "alone"

    @property
    def absent(self) -> bool:
        """Whether there was nothing to show, as against something that is not shown."""
        return self in (Why.NOBODY, Why.FEW)


#: Reasons why there is no number in all, the one that is told first.
GRAVEST = (Why.PROTECTED, Why.PARTIAL, Why.SILENT, Why.SMALL, Why.FEW, Why.NOBODY)


def why_none(
    values: npt.NDArray[np.float64],
    silent: npt.NDArray[np.float64],
    partial: npt.NDArray[np.bool_] | None,
    k: int,
) -> Why:
    """Why a cell with fewer than ``k`` valid values, or one withheld, has no number.

    Parameters
    ----------
    values
        Shape (R,): the value of each of the cell's people; NaN for none.
    silent
        Shape (R,): share of ways out among what each answered; NaN for who answered nothing.
    partial
        Shape (R,): who rated something, and too little for a value; None where one answer is
        enough.
    k
        Threshold.
    """
    valid = np.isfinite(values)
    n = int(valid.sum())
    if n >= k:
        return Why.PROTECTED
    without = ~valid & np.isfinite(silent)
    if partial is not None and int((without & partial).sum()) >= k:
        return Why.PARTIAL
    if n + int(without.sum()) >= 2 * k:
        return Why.SILENT
    return Why.NOBODY if n == 0 else Why.SMALL
