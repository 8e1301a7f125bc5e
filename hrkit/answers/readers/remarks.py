"""What is to be said aloud of a file that was read: nothing is wrong with it, but somebody should look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from hrkit.answers.doubles import Said, alike_within
from hrkit.answers.files.table import CellTable, spans
from hrkit.answers.readers.layout import Layout
from hrkit.answers.responses import Given
from hrkit.text import normal, normal_number, oddities, shown

__all__ = ["LeftOut", "alike_rows", "odd_cells", "odd_numbers"]

#: As many groups of rows that are alike are named one by one.
_NAMED = 10


class LeftOut:
    """What was left out of rows, or read as something else, by what is said of it."""

    def __init__(self) -> None:
        self._rows: dict[str, list[int]] = {}

    def out(self, what: str, number: int) -> None:
        """Keep in mind that this is to be said of a row."""
        self._rows.setdefault(what, []).append(number)

    def notes(self, name: str) -> Iterator[str]:
        """What is said of a file."""
        for what, numbers in self._rows.items():
            rows = f"row {numbers[0]}" if len(numbers) == 1 else f"rows {spans(numbers)}"
            yield f"{name}: {what} (in {rows})."


def odd_cells(
    table: CellTable,
    layout: Layout,
    said: Mapping[int, Mapping[str, object]],
    name: Callable[[int], str],
) -> Iterator[str]:
    """Cells that hold what nobody can see, and were read as if they did not."""
    found: dict[str, None] = {}
    cells, first = 0, ""
    odd = {column for column, texts in said.items() if any(map(oddities, texts))}
    columns = layout.used - said.keys() | odd
    for row in table.rows:
        for column in columns:
            text = row.cell(column)
            if not text or (text.isascii() and text.isprintable() and not _may_be_marked(text)):
                continue
            question = layout.questions.get(column)
            kinds = oddities(text.strip())
            if question is not None and question.facet.scale.kind == "text":
                kinds = tuple(kind for kind in kinds if kind == "control characters")
            found |= dict.fromkeys(kinds)
            cells += bool(kinds)
            if kinds and not first:
                first = table.where(row.number, column, name(column))
    if found:
        yield (
            f"{table.name}: {'1 cell holds' if cells == 1 else f'{cells} cells hold'} "
            f"{', '.join(found)} (first: {first.rpartition(table.name)[2].strip()}); "
            "these do not count."
        )


def _may_be_marked(text: str) -> bool:
    return text[0] in "'= " or "_x00" in text


def odd_numbers(table: CellTable, understood: Mapping[int, Iterable[str]]) -> Iterator[str]:
    """Cells that are numbers with zeros that do not count: ``4,0``, ``04``."""
    odd = {
        column: texts
        for column, all in understood.items()
        if (texts := {text for text in all if normal_number(text) != normal(text)})
    }
    if not odd:
        return
    hits = [
        (row.cell(column), row.number, column)
        for row in table.rows
        for column, texts in odd.items()
        if row.cell(column) in texts
    ]
    text, number, column = hits[0]
    where = table.where(number, column).rpartition(table.name)[2].strip()
    how_many = "1 cell writes a number" if len(hits) == 1 else f"{len(hits)} cells write numbers"
    yield (
        f"{table.name}: {how_many} with other zeros (first: {where}, {shown(text)} for "
        f"{normal_number(text)}); these do not count."
    )


def alike_rows(
    table: CellTable,
    uncoded: Iterable[tuple[str | None, ...]],
    given: Mapping[str, Given],
) -> Iterator[str]:
    """Rows without a code that are alike: perhaps one person twice."""
    sheets = {}
    for key, *person, _ in uncoded:
        assert key is not None
        sheets[key] = Said(tuple(person), given[key])
    if len(sheets) < 2:
        return
    tell, chance = alike_within(sheets)

    def numbers(group: tuple[str, ...]) -> str:
        return spans(sorted(int(key.rpartition(" ")[2]) for key in group))

    for group in tell[:_NAMED]:
        same = sheets[group[0]].print == sheets[group[1]].print
        how = "exactly alike" if same else "nearly alike, more than chance would have it"
        yield (
            f"{table.name}: rows {numbers(group)} are {how}; if they are one person, "
            "delete all but one."
        )
    if len(tell) > _NAMED:
        rest = [key for group in tell[_NAMED:] for key in group]
        yield f"{table.name}: so are {len(rest)} further rows: {numbers(tuple(rest))}."
    if chance:
        rest = [key for group in chance for key in group]
        listed = numbers(tuple(rest))
        listed = listed if len(listed) <= 120 else f"{listed[:120].rpartition(',')[0]}, …"
        yield (
            f"{table.name}: {len(rest)} rows without a code are exactly like another "
            f"row, which may be chance: {listed}."
        )
