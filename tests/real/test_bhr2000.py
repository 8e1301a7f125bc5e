"""5,400 soldiers in 99 companies, without anything that tells one soldier from another."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from hrkit import measure

from .conftest import (
    INSTRUMENTS,
    MAPPINGS,
    as_printed,
    hrkit,
    many,
    printed,
    release,
    some,
    stored_scores,
)


@pytest.fixture(scope="module")
def soldiers(data: Path) -> pd.DataFrame:
    table = pd.read_csv(data / "bhr2000.csv")
    return table.assign(lead=table.iloc[:, 1:12].mean(axis=1))


@pytest.fixture(scope="module")
def companies(soldiers: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(id): rows for id, rows in soldiers.groupby("GRP")}


@pytest.fixture(scope="module")
def portfolio(
    data: Path, companies: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    place = tmp_path_factory.mktemp("companies")
    many(place, companies, INSTRUMENTS / "bhr2000.yml")
    said = take(data, place)
    assert len([line for line in said.splitlines() if not line.startswith("note: ")]) == 99
    assert ", 0 new" not in said
    return place


def take(data: Path, into: Path) -> str:
    return hrkit(
        "import", data / "bhr2000.csv", "--into", into, "--mapping", MAPPINGS / "bhr2000.yml"
    )


def stored_answers(folder: Path) -> pd.DataFrame:
    """A row each, a column for each statement, out of a store."""
    from hrkit.answers.responses import numeric
    from hrkit.answers.store import open_store
    from hrkit.model.engagement_file import load

    engagement = load(folder)
    with open_store(engagement, create=False) as store:
        long = numeric(store.read("w1"), engagement.instrument)
    return long.pivot(index="respondent", columns="item", values="value")


@pytest.mark.soak  # a handful in test_portfolios
def test_a_second_import_changes_nothing_though_nobody_has_a_code(
    data: Path, portfolio: Path, companies: dict[str, pd.DataFrame]
) -> None:
    said = take(data, portfolio)
    for id, rows in companies.items():
        assert f"{id}: {len(rows)} rows, 0 new, {len(rows)} already there" in said.splitlines()


def test_company_means_are_those_of_pandas(
    portfolio: Path, companies: dict[str, pd.DataFrame]
) -> None:
    for id, rows in companies.items():
        mean = stored_scores(portfolio / id)["lead"].mean()
        assert mean == pytest.approx(rows["lead"].mean(), rel=0, abs=1e-12), id


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.soak)])
def test_released_means_are_those_of_pandas_with_one_decimal(
    portfolio: Path, companies: dict[str, pd.DataFrame], every: int
) -> None:
    for id, rows in some(companies, every).items():
        score = release(portfolio / id).score("lead", "soldier", "org")
        assert (score.mean, score.n) == (as_printed(rows["lead"].mean()), len(rows)), id


def test_agreement_and_reliability_of_the_stores_are_those_of_the_reference(
    portfolio: Path, companies: dict[str, pd.DataFrame], expected
) -> None:
    tables = [stored_answers(portfolio / id) for id in companies]
    answers = pd.concat(tables).to_numpy()
    company = np.repeat(np.arange(len(tables)), [len(table) for table in tables])
    for what, found in {
        "mean rwg(11)": measure.r_wg_j(answers, company).mean(),
        "mean r*wg(11)": measure.r_wg_j_star(answers, company).mean(),
        "alpha": measure.alpha(answers).value,
    }.items():
        assert found == pytest.approx(expected("bhr2000.csv", what), rel=0, abs=1e-8), what


def cronbach(items: pd.DataFrame) -> float:
    k = items.shape[1]
    return k / (k - 1) * (1 - items.var().sum() / items.sum(axis=1).var())


@pytest.mark.parametrize("which", ["smallest", "middle", "largest"])
def test_the_report_of_a_company_prints_its_numbers(
    which: str, portfolio: Path, companies: dict[str, pd.DataFrame]
) -> None:
    by_size = sorted(companies, key=lambda id: (len(companies[id]), int(id)))
    id = by_size[{"smallest": 0, "middle": 49, "largest": 98}[which]]
    rows = companies[id]
    n, mean = len(rows), as_printed(rows["lead"].mean())
    text = printed(portfolio / id, kernel=which == "largest")
    assert f"Leadership climate {mean} ({n})" in text
    assert re.search(rf"Soldiers {mean} \([^)]*\) {n}\b", text)
    if which == "largest":
        assert n >= 100
        assert f"Leadership climate {n} {cronbach(rows.iloc[:, 1:12]):.2f} " in text
    else:
        assert (
            "Reliability is computed from 100 fully completed questionnaires upwards; there are fewer here."
            in text
        )
    assert ("Bars: " in text) == (n >= 10)
