"""What stands in the files of an English report, read as anybody can who was sent them.

The workbook gives the numbers with their places; from page, document, web page and notebook come
the words.
"""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from .facts import ALL, Change, Count, Delivery, Distance, Gap, Mean
from .world import Questionnaire

#: How the groups are called, and whom they hold.
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Leaders": ("leader", ("leader",)),
    "HR partners": ("hr", ("hr",)),
    "HR and pay partners": ("hr", ("hr", "pay")),
    "Pay partners": ("pay", ("pay",)),
    "Top management": ("top", ("top",)),
    "Employees": ("employee", ("employee",)),
    "Network leaders": ("network", ("network",)),
    "All perspectives": (ALL, ()),
}

Row = Mapping[str, Any]


def delivery_of(folder: Path, stem: str, wave: str, questions: Questionnaire) -> Delivery:
    """Read the files of one report: ``stem`` with every ending."""
    sheets = {name: list(rows) for name, rows in _sheets(folder / f"{stem}.xlsx")}
    instrument = questions.instrument
    names = {section.name["en"]: section.id for section in instrument.dimensions}
    numbered = {
        (section.id, number): section.measure(item)
        for section in instrument.dimensions
        for number, item in enumerate(section.scored, 1)
    }
    pillars = {one["name"]["en"]: id for id, one in instrument.pillars.items()}
    root = "org"
    means: list[Mean] = []
    groups: dict[str, tuple[str, ...]] = {}

    def mean(measure: str, label: str, row: Row, n: Any = None) -> None:
        group, members = GROUPS[label]
        if isinstance(row["Average"], float):
            groups[group] = members
            ends = [
                v if isinstance(v, float) else None
                for v in (row["95% lower limit"], row["95% upper limit"])
            ]
            count = int(n) if isinstance(n, float) else None
            means.append(Mean(measure, root, group, row["Average"], count, *ends))

    for row in sheets.get("Profile", ()):
        mean(names[row["Dimension"]], row["Perspective"], row, row["Answers (n)"])
    for row in sheets.get("Statements", ()):
        mean(numbered[names[row["Dimension"]], int(row["No."])], row["Perspective"], row)
    for row in sheets.get("Pillars", ()):
        mean(pillars[row["Pillar"]], row["Perspective"], row, row["Answers (n)"])
    counts: list[Count] = []
    for row in sheets.get("Units", ()):
        unit = row["Unit"].removeprefix("Unit ")
        means += [
            Mean(names[d], unit, "leader", v)
            for d, v in row.items()
            if d in names and isinstance(v, float) and unit != root
        ]
    for row in sheets.get("Leadership chain", ()):
        for label, value in row.items():
            level = re.match(r"Tier (\d)", label)
            if level and isinstance(value, float):
                means.append(Mean(names[row["Dimension"]], root, f"leader/{level[1]}", value))
    few = set()
    for row in sheets.get("Who answered", ()):
        group, members = GROUPS[row["Perspective"]]
        groups.setdefault(group, members)
        if isinstance(row["Answered"], float):
            counts.append(Count(root, group, int(row["Answered"])))
        else:
            few.add((root, group))
    for row in sheets.get("Response by unit", ()):
        if isinstance(row["Answered"], float):
            unit = row["Unit"].removeprefix("Unit ")
            counts.append(Count(unit, GROUPS[row["Perspective"]][0], int(row["Answered"])))
    known = {(m.measure, m.group) for m in means if m.unit == root}
    gaps = tuple(
        Gap(names[row["Dimension"]], "leader", "hr", row["Difference"])
        for row in sheets.get("Differences", ())
        if isinstance(row["Difference"], float)
    )
    changes = tuple(_changes(sheets.get("Change", ()), names, known))
    distances = tuple(
        Distance(names[row["Dimension"]], row["Distance"], GROUPS[row["Perspective"]][0])
        for row in sheets.get("Importance", ())
        if isinstance(row.get("Distance"), float)
    )
    return Delivery(
        wave,
        groups,
        means=tuple(means),
        gaps=gaps,
        changes=changes,
        distances=distances,
        counts=tuple(counts),
        few=frozenset(few),
        texts=tuple(words(folder, stem)),
    )


def _changes(
    rows: Sequence[Row], names: Mapping[str, str], known: set[tuple[str, str]]
) -> Iterator[Change]:
    for row in rows:
        values = [v for v in row.values() if isinstance(v, float)]
        group = GROUPS.get(row.get("Perspective", "All perspectives"), (ALL, ()))[0]
        measure = names.get(row.get("Dimension", ""), "")
        if len(values) >= 3 and (measure, group) in known:
            yield Change(measure, group, "w1", values[0], values[1], values[2])


def _sheets(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """Each sheet's rows by heading; the table begins after the last row with one cell only."""
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        head = next((i for i, r in enumerate(rows) if sum(c != "" for c in r) > 1), None)
        if head is not None:
            titles = [str(c) for c in rows[head]]
            yield name, [dict(zip(titles, r, strict=True)) for r in rows[head + 1 :] if any(r)]


def words(folder: Path, stem: str) -> Iterator[str]:
    """All words of the web page, the document and the notebook."""
    yield html.unescape(re.sub(r"<[^>]+>", " ", (folder / f"{stem}.html").read_text("utf-8")))
    with zipfile.ZipFile(folder / f"{stem}.docx") as parts:
        yield re.sub(r"<[^>]+>", " ", parts.read("word/document.xml").decode("utf-8"))
    notebook = json.loads((folder / f"{stem}.ipynb").read_text("utf-8"))
    for cell in notebook["cells"]:
        yield json.dumps(cell.get("outputs", []), ensure_ascii=False)
