"""What is made of one or two ratings of one person, before anything is measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from hrkit.model.instrument import Question

__all__ = ["join"]


def join(
    questions: Mapping[str, Question],
    keys: Sequence[str],
    values: npt.NDArray[np.float64],
    given: npt.NDArray[np.bool_],
    aside: npt.NDArray[np.bool_],
) -> None:
    """Make what is made of ratings, and leave two out where one of them is missing.

    Means and joint table then rest on the same people: no two numbers of answers say who left
    one rating out.
    """
    column = {key: j for j, key in enumerate(keys)}
    for key, j in column.items():
        question = questions[key]
        parts = [
            column[question.item.key(facet)]
            for name in question.facet.made_of
            for facet in question.item.facets
            if facet.id == name
        ]
        if not parts:
            continue
        both = np.isfinite(values[:, parts]).all(axis=1)
        given[:, j] = both
        if len(parts) == 1:
            (facet,) = (f for f in question.item.facets if f.id in question.facet.made_of)
            values[both, j] = values[both, parts[0]] > facet.scale.low
            continue
        for part in parts:
            values[~both, part] = np.nan
            given[~both, part] = False
            aside[~both, part] = False
        values[both, j] = np.sign(values[both, parts[1]] - values[both, parts[0]]) + 1
