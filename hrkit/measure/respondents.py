"""From the long table of answers to scores, and how often people do not know.

A row of the table is one answer of one respondent to one item; an item left blank has no
row, a "don't know" has a row without a value.  The table is numbered and poured into a matrix
in blocks; no pivot, so that fifty million answers fit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from hrkit.measure._arrays import Floats, Ints, codes_of, floats, ratio
from hrkit.measure.scales import Scores, scores_from_matrix

__all__ = ["dont_know_rates", "respondent_scores"]

# Answers poured at once: bounds the memory for cell numbers.
_LONG_BLOCK = 4_000_000


def _pour(
    answers: pd.DataFrame, rows: Ints, columns: Ints, shape: tuple[int, int]
) -> tuple[Floats, npt.NDArray[np.bool_]]:
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
        raise ValueError(
            "a respondent has several answers to one item; pass one facet and one wave"
        )
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
    The rule and its source are those of `scores_from_matrix` (Fairclough & Cella 1996).
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
        at = respondents.get_indexer(pd.Index(asked["respondent"]))
        which = pd.Index(dimensions).get_indexer(pd.Index(asked["dimension"]))
        keep = (at >= 0) & (which >= 0)
        counts[at[keep], which[keep]] = asked["asked"].to_numpy()[keep]
    turned = np.isin(np.asarray(item_ids, dtype=object), list(reversed_items))
    scores = scores_from_matrix(
        values,
        table,
        member,
        asked_row=row,
        given=given,
        reversed_items=turned,
        minimum=minimum if counts is None else 0.0,
        scale=scale,
    )
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
