"""From answers to scores: the missing-answer rule, both paths, and the rates of don't know."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrkit import measure as m

pytestmark = pytest.mark.filterwarnings("error")
NAN = float("nan")
ITEMS = {"trust": [f"trust.0{i}" for i in range(1, 6)], "voice": ["voice.01", "voice.02"]}


def long(rows: dict[str, list[float]]) -> pd.DataFrame:
    """Answers to the five trust items and two voice items, in order."""
    names = [*ITEMS["trust"], *ITEMS["voice"]]
    return pd.DataFrame(
        [
            (r, i, "agreement", v)
            for r, values in rows.items()
            for i, v in zip(names, values, strict=False)
        ],
        columns=["respondent", "item", "facet", "value"],
    )


def score_of(table: pd.DataFrame, respondent: object, dimension: str) -> pd.Series:
    found = table[(table["respondent"] == respondent) & (table["dimension"] == dimension)]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        ([5, 4, 3, 2, 1], 3.0),
        ([5, 5, 5, NAN, NAN], 5.0),  # three of five are enough
        ([5, 5, NAN, NAN, NAN], NAN),
        ([NAN] * 5, NAN),
        ([1, 1, 1, 1, NAN], 1.0),  # don't know is neither 0 nor 3
    ],
)
def test_sixty_percent_rule(answers: list[float], score: float) -> None:
    found = score_of(m.respondent_scores(long({"a": answers}), ITEMS), "a", "trust")
    np.testing.assert_equal(found["score"], score)
    assert found["dont_know"] == sum(map(math.isnan, answers))
    assert found["valid"] + found["dont_know"] == found["asked"] == 5


def test_a_blank_is_not_a_dont_know() -> None:
    table = m.respondent_scores(long({"a": [4, 4, 4, NAN]}), ITEMS)
    trust = score_of(table, "a", "trust")
    assert (trust["valid"], trust["dont_know"], trust["asked"]) == (3, 1, 5)
    assert score_of(table, "a", "voice")["dont_know"] == 0


def test_reversed_items_are_turned() -> None:
    table = m.respondent_scores(long({"a": [5, 1, 5, 5, 5]}), ITEMS, reversed_items={"trust.02"})
    assert score_of(table, "a", "trust")["score"] == 5.0
    six = m.respondent_scores(
        long({"a": [6, 1, 6, 6, 6]}), ITEMS, reversed_items=["trust.02"], scale=(1, 6)
    )
    assert score_of(six, "a", "trust")["score"] == 6.0


def test_asked_depends_on_the_perspective() -> None:
    """HR is asked two trust items only: two answers are then all there is to ask for."""
    answers = long({"a": [4, 4, NAN, NAN, NAN], "b": [4, 4, NAN, NAN, NAN]})
    people = pd.DataFrame({"respondent": ["b", "a", "c"], "perspective": ["hr", "leader", "hr"]})
    asked = pd.DataFrame(
        [("leader", i) for i in ITEMS["trust"]] + [("hr", i) for i in ITEMS["trust"][:2]],
        columns=["perspective", "item"],
    )
    table = m.respondent_scores(answers, ITEMS, asked, people=people)
    assert table["respondent"].unique().tolist() == ["b", "a", "c"]
    assert score_of(table, "b", "trust")["score"] == 4.0
    assert math.isnan(score_of(table, "a", "trust")["score"])
    assert score_of(table, "c", "trust")[["valid", "asked"]].tolist() == [0, 2]
    assert score_of(table, "a", "voice")["asked"] == 0
    same = m.respondent_scores(
        answers.assign(perspective=answers["respondent"].map({"a": "leader", "b": "hr"})),
        ITEMS,
        asked,
    )
    assert score_of(same, "b", "trust")["score"] == 4.0
    with pytest.raises(ValueError, match="perspective"):
        m.respondent_scores(answers, ITEMS, asked)


def test_asked_as_a_count_per_respondent() -> None:
    counts = pd.DataFrame({"respondent": ["a", "b"], "dimension": "trust", "asked": [2, 5]})
    answers = long({"a": [4, 2], "b": [4, 2]})
    table = m.respondent_scores(answers, ITEMS, counts)
    assert score_of(table, "a", "trust")["score"] == 3.0
    assert math.isnan(score_of(table, "b", "trust")["score"])
    assert math.isnan(score_of(table, "a", "voice")["score"])


def test_facets_are_kept_apart() -> None:
    answers = pd.concat([long({"a": [5] * 5}), long({"a": [1] * 5}).assign(facet="importance")])
    with pytest.raises(ValueError, match="one facet"):
        m.respondent_scores(answers, ITEMS)
    table = m.respondent_scores(answers, ITEMS, facet="importance")
    assert score_of(table, "a", "trust")["score"] == 1.0


def test_empty_and_unknown_answers() -> None:
    empty = long({})
    assert len(m.respondent_scores(empty, ITEMS)) == 0
    stray = pd.DataFrame({"respondent": [7], "item": ["other.01"], "value": [3.0]})
    assert m.respondent_scores(stray, ITEMS)["score"].isna().all()
    people = pd.DataFrame({"respondent": ["x"], "perspective": ["hr"]})
    assert m.respondent_scores(empty, ITEMS, people=people)["valid"].sum() == 0


def test_an_item_may_count_twice() -> None:
    both = {"trust": ["t.1", "t.2"], "total": ["t.1", "t.2", "v.1"]}
    answers = pd.DataFrame(
        {"respondent": 1, "item": ["t.1", "t.2", "v.1"], "value": [1.0, 3.0, 5.0]}
    )
    table = m.respondent_scores(answers, both)
    assert table["score"].tolist() == [2.0, 3.0]


def naive(values: np.ndarray, asked: np.ndarray, groups: np.ndarray, share: float) -> np.ndarray:
    out = np.full((len(values), int(groups.max()) + 1), NAN)
    for r in range(len(values)):
        for d in range(out.shape[1]):
            mine = [j for j in range(values.shape[1]) if groups[j] == d and asked[r, j]]
            valid = [values[r, j] for j in mine if not math.isnan(values[r, j])]
            if valid and len(valid) >= math.ceil(round(share * len(mine), 9)):
                out[r, d] = sum(valid) / len(valid)
    return out


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), share=st.sampled_from([0.0, 0.5, 0.56, 0.6, 1.0]))
def test_matrix_agrees_with_a_plain_loop(seed: int, share: float) -> None:
    rng = np.random.default_rng(seed)
    r, j = int(rng.integers(1, 30)), int(rng.integers(1, 26))
    values = rng.integers(1, 6, (r, j)).astype(float)
    values[rng.random((r, j)) < 0.4] = NAN
    asked = rng.random((r, j)) < 0.8
    groups = rng.integers(0, 3, j)
    groups[0] = 2
    found = m.scores_from_matrix(values, asked, groups, minimum=share)
    np.testing.assert_allclose(found.score, naive(values, asked, groups, share))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_long_path_agrees_with_matrix_path(seed: int) -> None:
    rng = np.random.default_rng(seed)
    r = int(rng.integers(1, 40))
    values = rng.integers(1, 6, (r, 7)).astype(float)
    values[rng.random((r, 7)) < 0.3] = NAN
    names = [*ITEMS["trust"], *ITEMS["voice"]]
    keys = rng.permutation(10 * r)[:r]
    answers = pd.DataFrame(
        {"respondent": np.repeat(keys, 7), "item": names * r, "value": values.ravel()}
    )
    answers = answers.sample(frac=1, random_state=1)
    if seed % 2:
        answers["item"] = answers["item"].astype("category")
    matrix = m.scores_from_matrix(values, None, [0] * 5 + [1] * 2)
    wide = pd.DataFrame(matrix.score, index=keys).sort_index().to_numpy()
    long_path = m.respondent_scores(answers, ITEMS)
    np.testing.assert_array_equal(long_path["score"].to_numpy().reshape(r, 2), wide)
    assert not np.isnan(values).all() or long_path["score"].isna().all()


def test_shapes_are_checked() -> None:
    with pytest.raises(ValueError, match="items"):
        m.scores_from_matrix(np.ones((2, 3)), None, [0, 0])
    with pytest.raises(ValueError, match="items"):
        m.scores_from_matrix(np.ones((2, 3)), np.ones((2, 2), bool), [0, 0, 0])
    with pytest.raises(ValueError, match="rows"):
        m.scores_from_matrix(np.ones((2, 3)), np.ones((5, 3), bool), [0, 0, 0])


def test_inputs_stay_as_they_are() -> None:
    values = np.array([[1.0, NAN, 5.0]])
    before = values.copy()
    m.scores_from_matrix(values, None, [0, 0, 0], reversed_items=[True, False, False])
    np.testing.assert_array_equal(values, before)


def test_dont_know_rates() -> None:
    table = m.respondent_scores(
        long({"a": [5, 5, 5, 5, NAN, 1, 1], "b": [NAN] * 5 + [1, 1], "c": [3] * 7}), ITEMS
    )
    rates = m.dont_know_rates(table, pd.Series({"a": "leader", "b": "leader", "c": "hr"}))
    leader = rates[(rates["dimension"] == "trust") & (rates["group"] == "leader")].iloc[0]
    assert (leader["n"], leader["asked"], leader["dont_know"], leader["rate"]) == (2, 10, 6, 0.6)
    assert rates.loc[rates["group"] == "hr", "rate"].tolist() == [0, 0]
