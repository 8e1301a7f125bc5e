"""2,800 persons with missing answers, a scale from 1 to 6 and seven reversed statements."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from .conftest import INSTRUMENTS, MAPPINGS, as_printed, hrkit, new, printed, release, stored_scores

REVERSED = ("A1", "C4", "C5", "E1", "E2", "O2", "O5")
NAMES = {
    "agree": "Agreeableness", "consc": "Conscientiousness", "extra": "Extraversion",
    "neuro": "Neuroticism", "open": "Openness",
}  # fmt: skip


@pytest.fixture(scope="module")
def persons(data: Path) -> pd.DataFrame:
    """The file with its reversed statements turned round."""
    table = pd.read_csv(data / "bfi.csv")
    table[list(REVERSED)] = 7 - table[list(REVERSED)]
    return table


def items(persons: pd.DataFrame, dimension: str) -> pd.DataFrame:
    return persons[[f"{dimension[0].upper()}{i}" for i in range(1, 6)]]


def scores(persons: pd.DataFrame, dimension: str) -> pd.Series:
    """Mean of the answers given, of those who gave at least three of five."""
    five = items(persons, dimension)
    return five.mean(axis=1)[five.notna().sum(axis=1) >= 3]


def imported(data: Path, folder: Path, mapping: Path = MAPPINGS / "bfi.yml") -> Path:
    new(folder, "Two thousand eight hundred", INSTRUMENTS / "bfi.yml")
    said = hrkit("import", data / "bfi.csv", "--into", folder, "--mapping", mapping)
    assert "2800 rows, 2800 new" in said
    return folder


@pytest.fixture(scope="module")
def folder(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(data, tmp_path_factory.mktemp("bfi") / "persons")


def test_reversed_statements_are_turned_and_missing_answers_left_out(folder, persons) -> None:
    found = stored_scores(folder)
    for dimension in NAMES:
        wanted = scores(persons, dimension)
        have = found[dimension].dropna()
        np.testing.assert_allclose(np.sort(have), np.sort(wanted), rtol=0, atol=1e-12)


def test_released_means_and_counts_are_those_of_pandas(folder, persons) -> None:
    released = release(folder)
    for dimension in NAMES:
        wanted, score = scores(persons, dimension), released.score(dimension, "person", "org")
        assert (score.mean, score.n) == (as_printed(wanted.mean()), len(wanted))
        for i, column in enumerate(items(persons, dimension), 1):
            answers = persons[column].dropna()
            score = released.score(f"{dimension}.{i:02d}", "person", "org")
            assert (score.mean, score.n) == (as_printed(answers.mean()), len(answers)), column


def test_the_report_prints_the_reference_reliability(folder, persons, expected) -> None:
    text = printed(folder, kernel=True)
    alpha = expected("bfi.csv A1r-A5 listwise n=2709", "alpha")
    omega = expected("bfi.csv A1r-A5 listwise", "omega ML covariance (lavaan)")
    assert f"Agreeableness 2709 {alpha:.2f} " in text
    assert f" {omega:.2f} Conscientiousness " in text
    for dimension, name in NAMES.items():
        five = items(persons, dimension).dropna()
        value = 5 / 4 * (1 - five.var().sum() / five.sum(axis=1).var())
        assert f"{name} {len(five)} {value:.2f} " in text
        wanted = scores(persons, dimension)
        mean = as_printed(wanted.mean())
        assert re.search(rf"Persons {mean} \([^)]*\) {len(wanted)}\b", text)
    assert "Averages on the scale from 1 to 6" in text
    assert "↓: worded negatively" in text
    assert "maturity assessment" not in text.casefold()
    assert "Levels have their boundaries" not in text


def test_missing_answers_read_as_dont_know_give_the_same_scores(
    data, persons, folder, tmp_path
) -> None:
    text = (MAPPINGS / "bfi.yml").read_text("utf-8")
    assert 'blank: ["NA"]' in text
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(text.replace('blank: ["NA"]', 'dont_know: ["NA"]'), "utf-8")
    unknown, blank = release(imported(data, tmp_path / "persons", mapping)), release(folder)
    for dimension in NAMES:
        one, other = (r.score(dimension, "person", "org") for r in (unknown, blank))
        assert (one.mean, one.n, one.low, one.high) == (other.mean, other.n, other.low, other.high)
        five = items(persons, dimension)
        assert one.dont_know == pytest.approx(five.isna().mean(axis=1).mean(), abs=0.005)
        assert other.dont_know == 0
    shares = {d.measure: d.dont_know for d in unknown.distributions}
    assert shares["agree.02"] == pytest.approx(persons["A2"].isna().mean(), abs=0.005)
