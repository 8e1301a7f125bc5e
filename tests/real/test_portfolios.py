"""The 99 companies as one portfolio: every report's means made again by pandas, and one poisoned fails alone."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from hrkit.commands.batch import batch

from .conftest import INSTRUMENTS, MAPPINGS, as_printed, hrkit, many, some, text_of

SHORT = "id: short\nparts:\n  front: [cover]\n  picture: [profile]\n  dimensions: []\n  forward: []\n  back: []\n"


@pytest.mark.usefixtures("crews_forked")
@pytest.mark.parametrize("every", [20, pytest.param(1, marks=pytest.mark.soak)])
def test_one_that_is_poisoned_among_companies_fails_alone_with_its_reason(
    data: Path, every: int, tmp_path: Path
) -> None:
    """Every twentieth by size; `make soak` takes all 99."""
    table = pd.read_csv(data / "bhr2000.csv")
    companies = some({str(id): rows for id, rows in table.groupby("GRP")}, every)
    clients, output = tmp_path / "companies", tmp_path / "out"
    many(clients, companies, INSTRUMENTS / "bhr2000.yml")
    for id in companies:
        (clients / id / "profiles").mkdir(exist_ok=True)
        (clients / id / "profiles" / "short.yml").write_text(SHORT, "utf-8")
    taken = tmp_path / "some.csv"
    table[table["GRP"].astype(str).isin(companies)].to_csv(taken, index=False)
    take = ("import", taken, "--into", clients, "--mapping", MAPPINGS / "bhr2000.yml")
    hrkit(*take)
    # A second time nothing is new, though nobody has a code.
    said = hrkit(*take).splitlines()
    for id, rows in companies.items():
        assert f"{id}: {len(rows)} rows, 0 new, {len(rows)} already there" in said
    poisoned = sorted(companies)[len(companies) // 2]
    store = clients / poisoned / "answers.sqlite"
    store.write_bytes(store.read_bytes()[:4096] + b"\xff" * 8192)

    result = batch(clients, output, profile="short")
    assert [one.organisation for one in result.failed] == [poisoned]
    assert "answers.sqlite" in result.failed[0].error
    assert {one.organisation for one in result.done} == set(companies) - {poisoned}
    printed = {path.name for path in output.glob("*.pdf")}
    assert printed == {f"company-{id}-w1-en-short.pdf" for id in companies if id != poisoned}
    for id in set(companies) - {poisoned}:
        rows = companies[id]
        mean, n = as_printed(rows.iloc[:, 1:12].mean(axis=1).mean()), len(rows)
        text = text_of(output / f"company-{id}-w1-en-short.pdf")
        assert set(re.findall(r"Company (\d+)", text)) == {id}
        assert re.search(rf"{mean} \([^)]*\) {n}\b|{mean} \({n}\)", text), id
