"""2,042 soldiers in 49 companies, the whole way: folders, one import, 49 reports."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from .conftest import (
    HOSTIL,
    INSTRUMENTS,
    LEAD,
    MAPPINGS,
    TSIG,
    as_printed,
    hrkit,
    many,
    new,
    printed,
    release,
    some,
    stored_scores,
    text_of,
    units,
)

COLUMNS = {
    **{f"lead.{i:02d}": name for i, name in enumerate(LEAD, 1)},
    **{f"tsig.{i:02d}": name for i, name in enumerate(TSIG, 1)},
}


@pytest.fixture(scope="module")
def soldiers(data: Path) -> pd.DataFrame:
    """The file with each soldier's two scores, made by pandas."""
    table = pd.read_csv(data / "lq2002.csv")
    return table.assign(lead=table[LEAD].mean(axis=1), tsig=table[TSIG].mean(axis=1))


@pytest.fixture(scope="module")
def companies(soldiers: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(id): rows for id, rows in soldiers.groupby("COMPID")}


@pytest.fixture(scope="module")
def portfolio(
    data: Path, companies: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """49 folders, each named by its company, with the answers imported."""
    place = tmp_path_factory.mktemp("companies")
    many(place, companies, INSTRUMENTS / "lq2002.yml")
    said = take(data, place)
    for id, rows in companies.items():
        n = len(rows)
        assert f"{id}: {n} rows, {n} new, 0 already there" in said.splitlines()
    return place


def take(data: Path, into: Path, mapping: str = "lq2002.yml") -> str:
    return hrkit("import", data / "lq2002.csv", "--into", into, "--mapping", MAPPINGS / mapping)


def test_the_file_is_the_one_described(companies: dict[str, pd.DataFrame]) -> None:
    assert len(companies) == 49
    assert sum(map(len, companies.values())) == 2042


def test_a_second_import_changes_nothing(
    data: Path, portfolio: Path, companies: dict[str, pd.DataFrame]
) -> None:
    before = {id: stored_scores(portfolio / id) for id in companies}
    said = take(data, portfolio)
    for id, rows in companies.items():
        assert f"{id}: {len(rows)} rows, 0 new, {len(rows)} already there" in said.splitlines()
        pd.testing.assert_frame_equal(stored_scores(portfolio / id), before[id])


def test_unrounded_company_means_are_those_of_pandas(
    portfolio: Path, companies: dict[str, pd.DataFrame]
) -> None:
    for id, rows in companies.items():
        found = stored_scores(portfolio / id)
        assert len(found) == len(rows)
        for dimension in ("lead", "tsig"):
            mean = found[dimension].mean()
            assert mean == pytest.approx(rows[dimension].mean(), rel=0, abs=1e-12), id


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.soak)])
def test_released_means_are_those_of_pandas_with_one_decimal(
    portfolio: Path, companies: dict[str, pd.DataFrame], every: int
) -> None:
    for id, rows in some(companies, every).items():
        released = release(portfolio / id)
        for measure, column in {"lead": "lead", "tsig": "tsig", **COLUMNS}.items():
            score = released.score(measure, "soldier", "org")
            assert (score.mean, score.n) == (as_printed(rows[column].mean()), len(rows)), id
            assert released.score(measure, "all", "org").mean == score.mean


@pytest.mark.slow
def test_many_organisations_in_as_many_reports_out(
    portfolio: Path, companies: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    """Every sixth by size; `make soak` prints all 49."""
    by_size = sorted(companies, key=lambda id: len(companies[id]))
    reported(portfolio, {id: companies[id] for id in by_size[::6]}, tmp_path)


@pytest.mark.soak
def test_forty_nine_organisations_in_forty_nine_reports_out(
    portfolio: Path, companies: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    reported(portfolio, companies, tmp_path)


def reported(portfolio: Path, companies: dict[str, pd.DataFrame], place: Path) -> None:
    """Print these companies' reports and read them."""
    for id in companies:
        shutil.copytree(portfolio / id, place / "some" / id)
    said = hrkit("batch", place / "some", "-o", place / "out")
    assert len(re.findall(r"(?m)^done ", said)) == len(companies)
    each_names_its_company(companies, place / "out")


@pytest.mark.slow
def test_smallest_and_largest_organisation(
    portfolio: Path, companies: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    by_size = sorted(companies, key=lambda id: len(companies[id]))
    some = {id: companies[id] for id in (by_size[0], by_size[-1])}
    for id in some:
        shutil.copytree(portfolio / id, tmp_path / "some" / id)
    said = hrkit("batch", tmp_path / "some", "-o", tmp_path / "out")
    assert len(re.findall(r"(?m)^done ", said)) == 2
    each_names_its_company(some, tmp_path / "out")


def each_names_its_company(companies: dict[str, pd.DataFrame], output: Path) -> None:
    """A report for each company, with its name and its numbers as pandas has them."""
    names = {id: f"company-{id}-w1-en-full.pdf" for id in companies}
    printed = {path.name for path in output.glob("*.pdf")}
    assert printed == set(names.values())
    for id, rows in companies.items():
        text = text_of(output / names[id])
        assert set(re.findall(r"Company (\d+)", text)) == {id}
        lead, tsig = (as_printed(rows[name].mean()) for name in ("lead", "tsig"))
        n = len(rows)
        assert f"Leadership climate {lead} ({n}) Task significance {tsig} ({n})" in text
        assert re.search(rf"Soldiers {lead} \([^)]*\) {n}\b", text)
        assert re.search(rf"Soldiers {tsig} \([^)]*\) {n}\b", text)
        assert f"{n} answers from soldiers" in text


# ------------------------------------------------------------- all soldiers as one organisation


@pytest.fixture(scope="module")
def together(
    data: Path, companies: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """One organisation whose 49 units are the companies."""
    folder = tmp_path_factory.mktemp("army") / "all"
    new(folder, "Forty-nine companies", INSTRUMENTS / "lq2002.yml", "da", [units(*companies)])
    assert "2042 new" in take(data, folder, "lq2002-units.yml")
    return folder


def test_means_of_all_units_are_those_of_pandas(
    together: Path, companies: dict[str, pd.DataFrame], soldiers: pd.DataFrame
) -> None:
    released = release(together)
    for unit, rows in {**companies, "org": soldiers}.items():
        for dimension in ("lead", "tsig"):
            score = released.score(dimension, "soldier", unit)
            assert (score.mean, score.n) == (as_printed(rows[dimension].mean()), len(rows)), unit


def test_reliability_in_the_report_is_that_of_the_reference(together, expected) -> None:
    def comma(what: str) -> str:
        return f"{expected('lq2002.csv', what):.2f}".replace(".", ",")

    text = printed(together)
    lead = [comma(f"alpha {'LEAD01-11'}"), comma("Feldt 95% lo"), comma("Feldt 95% hi")]
    omega = comma("omega (1-factor ML, covariance metric) LEAD")
    assert lead == ["0,90", "0,90", "0,91"]
    assert f"Ledelsesklima 2042 {lead[0]} {lead[1]}–{lead[2]} {omega}" in text
    alpha, omega = comma("alpha TSIG"), comma("omega TSIG")
    assert re.search(rf"Opgavens betydning 2042 {alpha} \d,\d\d–\d,\d\d {omega}", text)


def test_another_language_writes_the_same_figures_its_own_way(together) -> None:
    text = printed(together, language="en", profile="summary")
    assert "Leadership climate 2042 0.90 0.90–0.91 0.90" in text


def test_a_scale_from_zero_is_printed_as_such(data, soldiers, expected, tmp_path) -> None:
    folder = new(tmp_path / "all", "All companies", INSTRUMENTS / "lq2002-hostility.yml")
    take(data, folder, "lq2002-hostility.yml")
    mean = soldiers[HOSTIL].mean(axis=1).mean()
    assert stored_scores(folder)["hostil"].mean() == pytest.approx(mean, rel=0, abs=1e-12)
    text = printed(folder)
    assert "Averages on the scale from 0 to 4" in text
    assert f"Hostility {as_printed(mean)} (2042)" in text
    assert f"Hostility 2042 {expected('lq2002.csv', 'alpha HOSTIL'):.2f}" in text
