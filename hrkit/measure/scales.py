"""From answers to scores: one respondent, one dimension, one number.

A respondent's score on a dimension is the mean of the items answered, provided
that at least 60 % of the items *asked of this perspective* were answered (three
of five).  "Don't know" is a missing answer: counting it as 0 or as the middle
would turn distance from HR into disagreement with it.  How often it is said is a
finding of its own (`dont_know_rates`).  A reversed item is turned around
(``low + high - x``) before anything else.

The work is done on a matrix (respondents x items) in blocks of rows: two matrix
products give sum and count of every dimension at once.  `respondent_scores` pours the
long table of answers into such a matrix first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from hrkit.measure._arrays import Floats, floats, ratio

__all__ = ["Scores", "scores_from_matrix"]

# Rows handled at once: a block of answers stays within a few MB of cache.
_BLOCK = 16_384


@dataclass(frozen=True, slots=True)
class Scores:
    """Dimension scores of every respondent; all arrays have shape (R, D).

    Attributes
    ----------
    score
        Mean of the valid items; NaN where too few were answered or none was asked.
    valid
        Number of items answered with a value.
    asked
        Number of items asked.
    dont_know
        Number of items answered with "don't know".
    """

    score: Floats
    valid: npt.NDArray[np.int16]
    asked: npt.NDArray[np.int16]
    dont_know: npt.NDArray[np.int16]

    def to_frame(
        self, respondents: Sequence[object] | pd.Index, dimensions: Sequence[str]
    ) -> pd.DataFrame:
        """Lay the scores out as a long table, one row per respondent and dimension."""
        r, d = self.score.shape
        return pd.DataFrame(
            {
                "respondent": pd.Index(respondents).repeat(d),
                "dimension": pd.Categorical.from_codes(
                    np.tile(np.arange(d, dtype=np.int16), r), categories=pd.Index(list(dimensions))
                ),
                "score": self.score.ravel(),
                "valid": self.valid.ravel(),
                "asked": self.asked.ravel(),
                "dont_know": self.dont_know.ravel(),
            }
        )


def _membership(groups_of_items: npt.ArrayLike, n_dimensions: int | None) -> Floats:
    """Return the 0/1 matrix (J, D) that says which item counts for which dimension."""
    given = np.asarray(groups_of_items)
    if given.ndim == 2:
        return np.asarray(given, dtype=np.float64)
    count = n_dimensions if n_dimensions is not None else int(given.max(initial=-1)) + 1
    return np.asarray(given[:, None] == np.arange(count)[None, :], dtype=np.float64)


def scores_from_matrix(
    values: npt.ArrayLike,
    asked: npt.ArrayLike | None,
    groups_of_items: npt.ArrayLike,
    *,
    asked_row: npt.ArrayLike | None = None,
    given: npt.ArrayLike | None = None,
    reversed_items: npt.ArrayLike | None = None,
    minimum: float = 0.6,
    scale: tuple[float, float] = (1.0, 5.0),
    n_dimensions: int | None = None,
) -> Scores:
    """Score every respondent on every dimension from a matrix of answers.

    Parameters
    ----------
    values
        Shape (R, J), on `scale`; NaN is "don't know" or no answer.
    asked
        Which items were asked: shape (R, J), one row (J,) for all, a table (P, J)
        together with `asked_row`, or None when everybody was asked everything.  An
        answer to an item that was not asked is left out.
    groups_of_items
        Shape (J,), the dimension 0 to D - 1 of each item, -1 for none; or a 0/1
        matrix (J, D) where an item counts for several dimensions.
    asked_row
        Shape (R,), each respondent's row in the table `asked`.
    given
        Shape (R, J), True where the respondent gave any answer, "don't know"
        included.  Without it every missing value of an asked item is a "don't know".
    reversed_items
        Shape (J,), True for the items to turn around.
    minimum
        Share of the asked items that must be answered, 0 to 1 (our judgement: 0.6).
    scale
        Lowest and highest answer.
    n_dimensions
        D, where the last dimensions have no item.

    Returns
    -------
    Scores
        Score NaN where fewer than ``ceil(minimum * asked)`` items are valid.

    Raises
    ------
    ValueError
        If the shapes do not agree.

    Notes
    -----
    The person-mean rule over available items ("half rule" and its kin): Fairclough
    & Cella 1996, Quality of Life Research 5, 321-329; the share of 60 % is ours.
    """
    matrix = floats(values)
    member = _membership(groups_of_items, n_dimensions)
    if matrix.ndim != 2 or len(member) != matrix.shape[1]:
        raise ValueError(f"answers of shape {matrix.shape} do not fit {len(member)} items")
    r, d = len(matrix), member.shape[1]
    table = None if asked is None else np.atleast_2d(np.asarray(asked, dtype=bool))
    if table is not None and table.shape[1] != matrix.shape[1]:
        raise ValueError(f"`asked` has {table.shape[1]} items, the answers have {matrix.shape[1]}")
    row = None if asked_row is None else np.asarray(asked_row, dtype=np.intp)
    if table is not None and row is None and len(table) not in (1, r):
        raise ValueError(f"`asked` has {len(table)} rows for {r} respondents")
    gave = None if given is None else np.asarray(given, dtype=bool)
    turn = (
        None if reversed_items is None else np.flatnonzero(np.asarray(reversed_items, dtype=bool))
    )

    # Counts of at most a few hundred items are exact in float32, at half the traffic.
    light = member.astype(np.float32)
    score = np.empty((r, d))
    valid, wanted, unknown = (np.empty((r, d), dtype=np.int16) for _ in range(3))
    for start in range(0, r, _BLOCK):
        part = slice(start, min(start + _BLOCK, r))
        answers = matrix[part].copy()
        ok = np.isfinite(answers)
        if table is None:
            due = np.ones_like(ok)
        elif row is not None:
            due = table[row[part]]
        else:
            due = np.broadcast_to(table, (r, table.shape[1]))[part]
        if turn is not None:
            answers[:, turn] = scale[0] + scale[1] - answers[:, turn]
        dont = due & ~ok if gave is None else due & ~ok & gave[part]
        ok &= due
        answers[~ok] = 0.0
        valid[part] = ok.astype(np.float32) @ light
        wanted[part] = due.astype(np.float32) @ light
        unknown[part] = dont.astype(np.float32) @ light
        # A hair is taken off first: 0.56 * 25 is 14.000000000000002 in binary.
        need = np.maximum(np.ceil(minimum * wanted[part] - 1e-9), 1)
        score[part] = ratio(answers @ member, np.where(valid[part] >= need, valid[part], 0))
    return Scores(score, valid, wanted, unknown)
