"""Figures that were published elsewhere, read from a CSV file to be printed beside a benchmark.

They are another question, asked of other people, often in another country: printed as what they are,
with their source and year, and never reckoned with.

One row a figure, with the headings ``source, year, measure, unit, value`` and, where they are known, ``n, of,
country, about, licence``: n organisations or people (``of`` says which), the dimension it stands beside.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hrkit.errors import Problem

__all__ = ["PublishedNorm", "published"]

_NEEDED = ("source", "year", "measure", "unit", "value")
_TEXTS = tuple(name for name in _NEEDED if name != "value")
_MORE = ("n", "of", "country", "about", "licence")
#: Most figures of a file, and most characters of a text in it.
MOST, LONG = 60, 300


@dataclass(frozen=True, slots=True)
class PublishedNorm:
    """One published figure.

    Attributes
    ----------
    source, year, country, licence
        Who published it, of which year and country, and under which terms.
    measure, unit, value
        What was measured, as it is called there; the value and its unit, such as ``% positive``.
    n, of
        Of how many it is, and what they are: ``organisations`` or ``people``; None where it is not known.
    about
        Dimension beside which it is printed; empty for none.
    decimals
        With which the value was written.
    """

    source: str
    year: str
    measure: str
    unit: str
    value: float
    n: int | None = None
    of: str = ""
    country: str = ""
    about: str = ""
    licence: str = ""
    decimals: int = 0


def published(folder: Path, name: str) -> tuple[tuple[PublishedNorm, ...], tuple[Problem, ...]]:
    """The figures of a file, and everything that is wrong with it; of a wrong file there are none.

    Parameters
    ----------
    folder
        The engagement's.
    name
        The file, from there; nothing for none.
    """
    if not name:
        return (), ()
    path = (folder / name).resolve()
    where = Path(name).name
    # In the engagement's folder, or beside the file of its portfolio.
    if path.parent not in (folder.resolve(), folder.resolve().parent):
        return (), (Problem(where, "lies outside the folder", "copy it into the folder"),)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            text = file.read(1_000_000)
    except FileNotFoundError:
        return (), (Problem(where, "is not there", "put it into the folder, or take norms away"),)
    except (OSError, UnicodeDecodeError):
        return (), (Problem(where, "cannot be read", "save it as CSV in UTF-8"),)
    first = text.partition("\n")[0]
    rows = list(
        csv.reader(text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ",")
    )
    found: list[PublishedNorm] = []
    problems = list(_rows(rows, where, found))
    return ((), tuple(problems)) if problems else (tuple(found), ())


def _rows(rows: list[list[str]], where: str, found: list[PublishedNorm]) -> Iterator[Problem]:
    names = [cell.strip().casefold() for cell in rows[0]] if rows else []
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        yield Problem(where, f"has no column {', '.join(missing)}", "see docs/benchmark.md")
        return
    if len(rows) - 1 > MOST:
        yield Problem(where, f"has more than {MOST} figures", "keep those that stand beside yours")
        return
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=False)}
        at = f"{where} row {number}"
        lacking = [name for name in _NEEDED if not cells.get(name)]
        if lacking:
            yield Problem(at, f"says no {', '.join(lacking)}", "fill it in")
            continue
        if any(len(cell) > LONG for cell in cells.values()):
            yield Problem(at, f"has a text of more than {LONG} characters", "shorten it")
            continue
        value, n = _number(cells["value"]), _number(cells.get("n") or "0")
        if value is None or n is None or n < 0 or n != int(n):
            yield Problem(at, "has a value or an n that is no number", "write 63.9, and n as 103")
            continue
        found.append(
            PublishedNorm(
                **{name: cells[name] for name in _TEXTS},
                **{name: cells.get(name, "") for name in _MORE[1:]},
                value=value,
                n=int(n) or None,
                decimals=min(2, len(cells["value"].replace(",", ".").partition(".")[2])),
            )
        )


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
