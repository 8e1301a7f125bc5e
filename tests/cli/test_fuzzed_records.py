"""Workbooks of the records that nobody would send back: taken whole, or refused with a list, and nothing has changed.

Actions, agreed levels, passed comments and a tool's open sheet are written by the kit, filled in soundly, and
then damaged: cells, rows, columns, the parts of the file.  ``HRKIT_FUZZ=2000`` tries as many of each.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from hrkit import synthetic
from hrkit.cli import main
from hrkit.model import engagement_file as engagements
from tests.answers.simulated import book_of
from tests.answers.test_fuzzed import (
    TRIES,
    as_csv,
    clean_on_the_terminal,
    fuzzed,
    in_cells,
    in_parts,
)
from tests.tools.played import answer, engaged, typed


@dataclass(frozen=True)
class Book:
    """A workbook that was filled in, and how it is taken."""

    home: Path
    take: tuple[str, ...]
    sheet: str
    made_for: str
    rows: list[list[str]]

    def packed(self, rows: list[list[str]]) -> bytes:
        return book_of({self.sheet: rows}, self.made_for)

    def files(self) -> dict[Path, bytes]:
        """Everything that stands in the folder, but what a database keeps beside itself while it is open."""
        return {
            path: path.read_bytes()
            for path in sorted(self.home.rglob("*"))
            if path.is_file() and not path.name.endswith(("-wal", "-shm", "-journal"))
        }

    def state(self) -> list[Any]:
        """The same as it is read: of a database what stands in it."""
        found: list[Any] = []
        for path, data in self.files().items():
            if path.suffix == ".sqlite":
                with closing(sqlite3.connect(path)) as connection:
                    found.append((path.name, sorted(connection.iterdump())))
            else:
                found.append((path.name, data))
        return found

    def restore(self, before: Mapping[Path, bytes]) -> None:
        """Make the folder what it was."""
        now = self.files()
        for path in now.keys() - before.keys():
            path.unlink()
        for path, data in before.items():
            if now.get(path) != data:
                for more in ("-wal", "-shm"):
                    path.with_name(path.name + more).unlink(missing_ok=True)
                path.write_bytes(data)


def run(*args: str) -> str:
    done = CliRunner().invoke(main, list(args))
    assert done.exit_code == 0, done.output
    return done.output


def read(path: Path) -> tuple[str, list[list[str]]]:
    book = CalamineWorkbook.from_path(str(path))
    title = book.sheet_names[0]
    rows = book.get_sheet_by_name(title).to_python()
    return title, [[_text(cell) for cell in row] for row in rows]


def _text(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Book]:
    place = tmp_path_factory.mktemp("records")
    firm = place / "firm"
    synthetic.build(synthetic.client("firm"), firm)
    engagement = engagements.load(firm)
    (key,) = [k for k, q in engagement.instrument.keys.items() if q.facet.scale.kind == "text"][:1]
    unit, asks = engagement.units[0].id, engagement.instrument.keys[key].item.ask[0]
    said = [["wave", "unit", "perspective", key], *(["w1", unit, asks, f"Ord {n}, godt"] for n in "abc")]  # fmt: skip
    (place / "said.csv").write_bytes(as_csv(said))
    run("import", str(place / "said.csv"), "--into", str(firm))
    w = engagement.words(engagement.language)
    found = {}
    for name in ("actions", "agreements", "comments"):
        path = place / f"{name}.xlsx"
        run(name, str(firm), "-o", str(path))
        title, rows = read(path)
        found[name] = Book(firm, (name, str(firm)), title, engagement.id, rows)
    columns = found["actions"].rows[0]
    done = columns.index(w("plan_of_action.column.status"))
    found["actions"].rows[1][done] = w("sections.change.status.done")
    found["actions"].rows[2][done] = w("sections.change.status.open")
    for row in found["agreements"].rows[1:4]:
        row[3:8] = ["2-3", "3", "3", "To uger i maj", "Ingen vidste det"]
    passed = found["comments"].rows[0].index(w("passing.column.print"))
    for row in found["comments"].rows[1:3]:
        row[passed] = "x"
    mirror = engaged(place / "nordby", "mirror") / "mirror"
    answer(mirror, {"leader": 20, "hr": 4}, lambda q, p: 3.0)
    card = {"party:hr leaders.time": {"answer": "4", "because": "=Tirsdag"}, "party:hr hr.time": {"answer": "2"}}  # fmt: skip
    title, rows = read(typed(mirror, "card", "nl", card, place / "card.xlsx"))
    own = engagements.load(mirror).id
    found["fill"] = Book(mirror, ("fill", str(mirror)), title, f"{own} card", rows)
    return found


def taken_or_refused(book: Book, raw: bytes) -> str:
    """Take a workbook; what was said of it, empty where it was refused."""
    path = book.home.parent / "back.xlsx"
    path.write_bytes(raw)
    kept, before = book.files(), book.state()
    try:
        done = CliRunner().invoke(main, [*book.take, "--take", str(path)])
        clean_on_the_terminal(done)
        if done.exit_code:
            assert done.exit_code == 1 and not done.stdout.strip()
            first, *listed = done.stderr.splitlines()
            assert first.strip() and all(line.startswith("  - ") for line in listed), done.stderr
            assert book.state() == before
            return ""
        # Nothing of it is left to take: the second time finds everything there.
        after = book.state()
        again = CliRunner().invoke(main, [*book.take, "--take", str(path)])
        assert again.exit_code == 0, again.output
        assert book.state() == after or book.take[0] != "comments"
        nothing = (": 0 added, 0 changed", ": 0 kept", "(0 new", " 0 new")
        assert any(one in again.stdout for one in nothing), again.stdout
        return done.stdout
    finally:
        book.restore(kept)


@pytest.mark.parametrize("name", ["actions", "agreements", "comments", "fill"])
def test_what_is_damaged_here_is_taken_while_it_is_sound(books: dict[str, Book], name: str) -> None:
    """Or nothing below would be tested."""
    assert taken_or_refused(books[name], books[name].packed(books[name].rows))


@pytest.mark.parametrize("name", ["actions", "agreements", "comments", "fill"])
def test_each_heading_may_be_gone_or_stand_twice(books: dict[str, Book], name: str) -> None:
    """What is not needed may be left out; of two columns of one name none was meant more than the other."""
    book = books[name]
    for column, head in enumerate(book.rows[0]):
        gone = [[*row[:column], "", *row[column + 1 :]] for row in book.rows]
        taken_or_refused(book, book.packed(gone))
        # What an open sheet says of a line beside its id is there for whoever fills it in.
        if name != "fill" or column not in (1, 2):
            twice = [[*row, row[column] if n else head] for n, row in enumerate(book.rows)]
            assert not taken_or_refused(book, book.packed(twice)), head


@pytest.mark.parametrize("name", ["actions", "agreements", "fill"])
def test_two_lines_about_one_thing_that_differ_are_refused(
    books: dict[str, Book], name: str
) -> None:
    """The first was kept and the rest was not, or the first was lost without a word."""
    rows = [list(row) for row in books[name].rows]
    heads = rows[0]
    filled = next(
        n
        for n, row in enumerate(rows[1:], 1)
        if any("maj" in c or c in ("Gedaan", "4") for c in row)
    )
    other = list(rows[filled])
    said = {"actions": "Opmerking", "agreements": "Waarop het is gebaseerd", "fill": heads[3]}[name]
    other[heads.index(said)] = "2" if name == "fill" else "Anders"
    rows.append(other)
    assert not taken_or_refused(books[name], books[name].packed(rows))


@pytest.mark.parametrize("name", ["actions", "agreements", "comments", "fill"])
@settings(fuzzed, max_examples=max(4, TRIES // 2))
@given(data=st.data())
def test_a_workbook_that_comes_back_is_taken_whole_or_refused(
    books: dict[str, Book], name: str, data: Any
) -> None:
    book = books[name]
    if data.draw(st.integers(0, 3)):
        raw = book.packed(in_cells(data.draw, book.rows))
    else:
        raw = in_parts(data.draw, book.packed(book.rows))
    taken_or_refused(book, raw)
