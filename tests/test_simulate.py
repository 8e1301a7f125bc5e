"""The methods page says what `benchmarks/simulate.py` finds, and the methods have not moved since."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hrkit import measure
from tests.scripts import FOLDER, benchmark

SCRIPT = FOLDER / "simulate.py"
means, page, people, run = (
    benchmark(f"simulated.{name}") for name in ("means", "page", "people", "run")
)


def _tables() -> dict[str, object]:
    names = [experiment.__name__ for experiment in benchmark("simulate").EXPERIMENTS]
    return {name: page.read_csv(page.FIGURES / f"{name}.csv") for name in names}


def test_methods_still_give_the_numbers_that_were_kept() -> None:
    # A fresh process with one worker; the kept numbers were made by two: neither may matter.
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--check", "--workers", "1"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr


def test_same_seed_gives_the_same_table_and_another_seed_another() -> None:
    small = run.Run(run.REDUCED)
    assert means.coverage(small) == means.coverage(small)
    assert means.coverage(small) != means.coverage(run.Run(run.REDUCED, seed=1))


def test_page_holds_exactly_what_the_files_hold() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    assert page.on_page(text, _tables()) == text


def test_what_consultants_may_say_has_the_numbers_of_the_tables() -> None:
    # Written by hand where a sentence needs it: it repeats a table and moves with it.
    text = page.PAGE.read_text(encoding="utf-8")
    (said,) = re.findall(r"with eight answers only a change of about (\d\.\d) could be told", text)
    rows = {str(row[0]): row for row in page.read_csv(page.FIGURES / "detectable.csv").rows}
    assert float(said) == float(rows["8"][1])


def test_table_without_a_place_on_the_page_is_noticed() -> None:
    with pytest.raises(ValueError, match="in_short"):
        page.on_page("no markers here", _tables())


def test_files_survive_writing_and_reading(tmp_path: Path) -> None:
    table = run.Table("one", ("a, b", "c"), (("x", "1.5"),), 'He said: "1, 2".')
    page.write_csv(table, tmp_path / "one.csv")
    assert page.read_csv(tmp_path / "one.csv") == table


def test_changed_cells_are_named_and_roundings_forgiven(tmp_path: Path) -> None:
    path = tmp_path / "kept.csv"
    path.write_text("table,row,column,value\none,0,a,1.00\none,0,b,yes\none,0,c,2\n")
    table = run.Table("one", ("a", "b", "d"), ((1.01, "no", 3),), "")
    assert page.changed({"one": table}, path) == ["one / 0 / b", "one / 0 / c", "one / 0 / d"]


def test_every_public_function_is_on_the_page() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    names = [name for name in measure.__all__ if inspect.isfunction(getattr(measure, name))]
    assert [name for name in names if f"`{name}`" not in text] == []


def test_charts_are_there_and_small() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    charts = sorted(page.FIGURES.glob("*.svg"))
    assert 0 < len(charts) <= 4
    assert all(f"(figures/{chart.name})" in text for chart in charts)
    assert sum(path.stat().st_size for path in page.FIGURES.rglob("*.*")) < 400_000


def test_truth_is_the_truth() -> None:
    # What every coverage is held against, checked by brute force.
    import numpy as np

    population = people.people(3.2, 0.8, "skewed")
    assert people.true_mean(population) == pytest.approx(3.2, abs=1e-4)
    assert people.true_sd(population) == pytest.approx(0.8, abs=1e-4)
    values = people.draw(population, (200_000,), np.random.default_rng(5))
    assert values.mean() == pytest.approx(3.2, abs=0.01)
    assert values.std() == pytest.approx(0.8, abs=0.01)
