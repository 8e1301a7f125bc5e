"""Tables as files, and on the methods page between their markers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from simulated.charts import CHARTS, draw_chart
from simulated.run import Cell, Table

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "methods.md"
FIGURES = ROOT / "docs" / "figures"
#: The reduced run's numbers.
KEPT = FIGURES / "kept" / "reduced.csv"


def markdown(table: Table) -> str:
    """Lay a table out for the page, its reading below."""
    lines = [list(table.columns), ["---", *["---:"] * (len(table.columns) - 1)]]
    lines += [[str(cell) for cell in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + f"\n\n*Read:* {table.reading}"


def write_csv(table: Table, path: Path) -> None:
    """Write a table with its reading in a first line of its own."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([[f"# {table.reading}"], table.columns, *table.rows])


def read_csv(path: Path) -> Table:
    """Read a table back; every cell is text."""
    with path.open(encoding="utf-8", newline="") as file:
        (reading,), columns, *rows = csv.reader(file)
    return Table(path.stem, tuple(columns), tuple(map(tuple, rows)), reading.removeprefix("# "))


def _all(tables: Mapping[str, Table], claim: str) -> Cell:
    """What `claims_null` found of a claim over all organisations without an effect."""
    found = tables["claims_null"]
    column = next(i for i, name in enumerate(found.columns) if name.startswith(f"{claim}:"))
    return next(row[column] for row in found.rows if row[0] == "all of these")


def in_short(tables: Mapping[str, Table]) -> str:
    """Say the main findings in plain sentences, with the numbers of this run."""
    cell = {name: table.rows for name, table in tables.items()}
    points = (
        f"Five answers give a mean to within about {float(cell['coverage'][0][10]) / 2:.1f} points either "
        f"way, ten to within {float(cell['coverage'][2][10]) / 2:.1f}, twenty to within "
        f"{float(cell['coverage'][3][10]) / 2:.1f} (spread 0.8).",
        f"A level rounded from five answers is the wrong level in {cell['levels'][0][1]} % of cases; hence "
        f"a band of levels.",
        f"A gap of half a point between ten leaders and ten HR people is noticed in "
        f"{cell['claims_power'][1][1]} % of cases, a gap of a whole point in {cell['claims_power'][1][3]} %. "
        f'"We cannot tell" is not "there is none".',
        f'Where there is no gap at all, "appears to be higher" stands somewhere on the page of gaps in '
        f"{_all(tables, 'gap.tends')} % of reports, and anything is called clear in {_all(tables, 'clear')} %.",
        f"Of the first three named from 64 + 12 answers, {cell['priorities'][2][1]} % are truly among "
        f"the first three; from 5 + 5 answers {cell['priorities'][0][1]} %.",
        f"Between two waves of eight leaders and eight HR partners a change has to reach "
        f"{cell['detectable'][1][1]} points to be told, between two of 64 {cell['detectable'][4][1]}.",
        f"Mean and standard deviation of one statement give away all answers of five people in "
        f"{cell['leaks'][2][1]} % of cases; the published interval adds nothing to the mean.",
    )
    return "\n".join(f"- {point}" for point in points)


def on_page(page: str, tables: Mapping[str, Table]) -> str:
    """Put every block of the page between its markers anew.

    Raises
    ------
    ValueError
        If a table has no place on the page, or a place no table.
    """
    blocks = {name: markdown(table) for name, table in tables.items()}
    blocks["in_short"] = in_short(tables)
    pattern = re.compile(r"(<!-- simulate:(\w+) -->\n).*?(<!-- /simulate -->)", re.DOTALL)
    places = [match[2] for match in pattern.finditer(page)]
    if sorted(places) != sorted(blocks):
        odd = sorted(set(places) ^ set(blocks)) or "a name twice"
        raise ValueError(f"markers and tables of the methods page do not match: {odd}")
    return pattern.sub(lambda match: f"{match[1]}{blocks[match[2]]}\n{match[3]}", page)


def cells(tables: Mapping[str, Table]) -> Iterator[tuple[str, str, str, str]]:
    """Give every cell as table, row, column and value."""
    for table in tables.values():
        for number, row in enumerate(table.rows):
            for column, value in zip(table.columns, row, strict=True):
                yield table.name, str(number), column, str(value)


def changed(tables: Mapping[str, Table], path: Path) -> list[str]:
    """Name the cells that differ from the kept ones by more than a rounding."""
    with path.open(encoding="utf-8", newline="") as file:
        kept = {(t, r, c): v for t, r, c, v in list(csv.reader(file))[1:]}
    found = {(t, r, c): v for t, r, c, v in cells(tables)}
    keys = kept.keys() | found.keys()
    return sorted(" / ".join(k) for k in keys if not _alike(kept.get(k, ""), found.get(k, "")))


def _alike(one: str, two: str) -> bool:
    try:
        return abs(float(one) - float(two)) < 0.011
    except ValueError:
        return one == two


def write(tables: Mapping[str, Table], kept: Mapping[str, Table]) -> None:
    """Write tables, charts, the numbers kept for the tests, and the page."""
    page = on_page(PAGE.read_text(encoding="utf-8"), tables)
    FIGURES.mkdir(exist_ok=True)
    for table in tables.values():
        write_csv(table, FIGURES / f"{table.name}.csv")
    for name in CHARTS:
        draw_chart(tables[name], FIGURES / f"{name}.svg")
    keep(kept)
    PAGE.write_text(page, encoding="utf-8")


def keep(kept: Mapping[str, Table]) -> None:
    """Write the numbers of a small run, which the tests make again."""
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("table", "row", "column", "value"), *cells(kept)])
