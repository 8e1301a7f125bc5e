"""From answers to scores: one respondent, one dimension, one number.

A respondent's score on a dimension is the mean of the items answered, provided
that at least 60 % of the items *asked of this perspective* were answered (three
of five).  "Don't know" is a missing answer: counting it as 0 or as the middle
would turn distance from HR into disagreement with it.  How often it is said is a
finding of its own, `dont_know_rates`.  A reversed item is turned around
(``low + high - x``) before anything else.

The work is done on a matrix (respondents x items) in blocks of rows: two matrix
products give sum and count of every dimension at once.  The long table of
answers is only numbered and poured into that matrix.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from hrkit.measure._arrays import Floats, Ints, codes_of, floats, ratio

__all__ = ["Scores", "dont_know_rates", "respondent_scores", "scores_from_matrix"]

# Rows handled at once: a block of answers stays within a few MB of cache.
_BLOCK = 16_384
_LONG_BLOCK = 4_000_000


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

    def to_frame(self, respondents: Sequence[object] | pd.Index, dimensions: Sequence[str]) -> pd.DataFrame:
        """Lay the scores out as a long table, one row per respondent and dimension."""
        r, d = self.score.shape
        return pd.DataFrame(
            {
                "respondent": pd.Index(respondents).repeat(d),
                "dimension": pd.Categorical.from_codes(
                    np.tile(np.arange(d, dtype=np.int16), r), categories=list(dimensions)
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
        return given.astype(np.float64)
    count = n_dimensions if n_dimensions is not None else int(given.max(initial=-1)) + 1
    return (given[:, None] == np.arange(count)[None, :]).astype(np.float64)


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
    & Cella 1996, Quality of Life Research 5, 73-80; the share of 60 % is ours.
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
    turn = None if reversed_items is None else np.flatnonzero(np.asarray(reversed_items, dtype=bool))

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


def _pour(answers: pd.DataFrame, rows: Ints, columns: Ints, shape: tuple[int, int]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Pour the long answers into a matrix; say which cells were given an answer at all."""
    values = np.full(shape, np.nan)
    given = np.zeros(shape, dtype=bool)
    answer = floats(answers["value"])
    poured = 0
    for start in range(0, len(answer), _LONG_BLOCK):
        part = slice(start, start + _LONG_BLOCK)
        r, c = rows[part], columns[part]
        here = (r >= 0) & (c >= 0)
        flat = r[here] * shape[1] + c[here]
        values.ravel()[flat] = answer[part][here]
        given.ravel()[flat] = True
        poured += len(flat)
    if poured != np.count_nonzero(given):
        raise ValueError("a respondent has several answers to one item; pass one facet and one wave")
    return values, given


def _asked_table(
    asked: pd.DataFrame, perspectives: pd.Series, item_ids: pd.Index
) -> tuple[npt.NDArray[np.bool_], Ints]:
    """Turn the pairs (perspective, item) into a 0/1 table and each respondent's row in it."""
    codes, names = codes_of(asked["perspective"])
    table = np.zeros((len(names) + 1, len(item_ids)), dtype=bool)
    column = item_ids.get_indexer(pd.Index(asked["item"]))
    keep = (column >= 0) & (codes >= 0)
    table[codes[keep], column[keep]] = True
    # A perspective that no item names (-1) was asked nothing: the table's last, empty row.
    return table, names.get_indexer(pd.Index(perspectives))


def respondent_scores(
    answers: pd.DataFrame,
    items: Mapping[str, Sequence[str]],
    asked: pd.DataFrame | None = None,
    minimum: float = 0.6,
    reversed_items: Collection[str] = frozenset(),
    scale: tuple[float, float] = (1.0, 5.0),
    *,
    people: pd.DataFrame | None = None,
    facet: str | None = None,
) -> pd.DataFrame:
    """Score every respondent on every dimension from the long table of answers.

    Parameters
    ----------
    answers
        Columns respondent, item, value (on `scale`; NaN is "don't know") and, where
        `facet` is used, facet.  A row that is not there is an item left blank.
    items
        Dimension -> ids of its items, in the order wanted in the result.
    asked
        Which items were asked.  Columns perspective and item: the questionnaire of
        each perspective, each respondent's perspective coming from `people` or from
        a column of `answers`.  Columns respondent, dimension and asked: the number
        of items asked of each.  None: everybody was asked everything.
    minimum
        Share of the asked items that must be answered, 0 to 1.
    reversed_items
        Ids of the items to turn around.
    scale
        Lowest and highest answer; values outside are not looked for here, the
        readers refuse them.
    people
        Columns respondent and perspective; its respondents and their order make the
        result, also those who answered nothing.
    facet
        Use only the answers of this facet.

    Returns
    -------
    DataFrame
        respondent, dimension (categorical), score, valid, asked, dont_know; one row
        per respondent and dimension, empty for empty answers.

    Raises
    ------
    ValueError
        If a respondent has two answers to one item, or `asked` needs perspectives
        that neither `people` nor `answers` has.

    Notes
    -----
    The rule and its source are those of `scores_from_matrix`.
    """
    if facet is not None:
        answers = answers[answers["facet"] == facet]
    dimensions = list(items)
    item_ids = pd.Index(list(dict.fromkeys(i for ids in items.values() for i in ids)), dtype=object)
    member = np.zeros((len(item_ids), len(dimensions)))
    for d, ids in enumerate(items.values()):
        member[item_ids.get_indexer(pd.Index(list(ids), dtype=object)), d] = 1.0

    codes, respondents = codes_of(answers["respondent"])
    if people is not None:
        found, respondents = respondents, pd.Index(people["respondent"])
        place = respondents.get_indexer(found)
        codes = np.where(codes >= 0, place[codes], -1) if len(place) else codes
    names, distinct = codes_of(answers["item"])
    where = item_ids.get_indexer(pd.Index(distinct, dtype=object))
    columns = np.where(names >= 0, where[names], -1) if len(where) else names
    values, given = _pour(answers, codes, columns, (len(respondents), len(item_ids)))

    table, row, counts = None, None, None
    if asked is not None and "perspective" in asked:
        source = people if people is not None else answers
        if "perspective" not in source:
            raise ValueError("`asked` names perspectives; pass `people` with a column perspective")
        known = source.drop_duplicates("respondent").set_index("respondent")["perspective"]
        table, row = _asked_table(asked, known.reindex(respondents), item_ids)
    elif asked is not None:
        counts = np.zeros((len(respondents), len(dimensions)), dtype=np.int16)
        r = respondents.get_indexer(pd.Index(asked["respondent"]))
        d = pd.Index(dimensions).get_indexer(pd.Index(asked["dimension"]))
        keep = (r >= 0) & (d >= 0)
        counts[r[keep], d[keep]] = asked["asked"].to_numpy()[keep]
    turned = np.isin(np.asarray(item_ids, dtype=object), list(reversed_items))
    scores = scores_from_matrix(
        values, table, member, asked_row=row, given=given, reversed_items=turned,
        minimum=minimum if counts is None else 0.0, scale=scale,
    )  # fmt: skip
    if counts is not None:
        need = np.maximum(np.ceil(minimum * counts - 1e-9), 1)
        enough = (scores.valid >= need) & (counts > 0)
        score = np.where(enough, scores.score, np.nan)
        scores = Scores(score, scores.valid, counts, np.minimum(scores.dont_know, counts))
    return scores.to_frame(respondents, dimensions)


def dont_know_rates(scores: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Share of "don't know" among the items asked, per dimension and group.

    Parameters
    ----------
    scores
        As `respondent_scores` returns it.
    groups
        Group (usually the perspective) of each respondent, indexed by respondent;
        a missing group is left out.

    Returns
    -------
    DataFrame
        dimension, group, n (respondents asked), asked, dont_know, rate (0 to 1; NaN
        where nothing was asked).

    Notes
    -----
    A plain proportion; "don't know" is a finding, not noise: Krosnick et al. 2002,
    Public Opinion Quarterly 66, 371-403.
    """
    who, groups_found = codes_of(groups.reindex(pd.Index(scores["respondent"])))
    dims, names = codes_of(scores["dimension"])
    cell = np.where((who >= 0) & (dims >= 0), dims * len(groups_found) + who, -1)
    size = len(names) * len(groups_found)
    keep = cell >= 0
    asked = floats(scores["asked"])
    totals = {
        "n": np.bincount(cell[keep], weights=(asked > 0)[keep], minlength=size).astype(int),
        "asked": np.bincount(cell[keep], weights=asked[keep], minlength=size).astype(int),
        "dont_know": np.bincount(
            cell[keep], weights=floats(scores["dont_know"])[keep], minlength=size
        ).astype(int),
    }
    return pd.DataFrame(
        {
            "dimension": np.repeat(np.asarray(names, dtype=object), len(groups_found)),
            "group": np.tile(np.asarray(groups_found, dtype=object), len(names)),
            **totals,
            "rate": ratio(totals["dont_know"], totals["asked"]),
        }
    )
