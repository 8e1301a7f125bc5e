"""A list of people who get codes, and where it may lie: never beside the answers.

Whoever holds the list and the store could tell whose answers are whose.  So a list is read from,
and written to, a place outside every engagement's folder; nothing of a name goes into the store,
a log or a file that the kit writes there.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hrkit.answers.files.read import read_table
from hrkit.answers.files.table import CellRow, CellTable
from hrkit.answers.neighbours import store_file
from hrkit.answers.readers.choices import people
from hrkit.answers.readers.vocabulary import Wrong
from hrkit.answers.store import Slip
from hrkit.errors import HrkitError, Problem
from hrkit.model.engagement import FILE, Engagement
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.text import clean, normal, shown

__all__ = ["Named", "apart", "read_people", "workbook"]

#: Columns of a list; the last is filled in by the kit.
COLUMNS = ("name", "unit", "perspective", "level", "pair", "code")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Named:
    """A person of the list, and from which chair they answer; ``code`` is empty until one is drawn."""

    name: str
    slip: Slip
    code: str = ""

    def with_code(self, code: str) -> Named:
        """The same person with a code."""
        return replace(self, code=code)


def apart(place: Path, engagement: Engagement, what: str) -> None:
    """Refuse a place within an engagement's folder, or beside its store.

    Raises
    ------
    HrkitError
        In one sentence that says what to do.
    """
    real = place.resolve()
    store = store_file(engagement)
    homes = [engagement.folder.resolve(), *([store.resolve().parent] if store else [])]
    near = [one for one in (real, *real.parents) if (one / FILE).is_file() or one in homes]
    if near:
        raise HrkitError(
            f"{what} would lie in {near[0].name}, beside the answers: whoever has both could tell "
            "whose answers are whose. Choose a folder of your own outside of it (-o)."
        )


def read_people(path: Path, engagement: Engagement, wave: str) -> tuple[Named, ...]:
    """The people of a list, whole or not at all.

    Parameters
    ----------
    path
        ``.xlsx`` or ``.csv`` with the columns name, perspective and, where there are several or
        any, unit, tier and pair; with a code, where a list of before is gone on with.
    engagement
        Says what the columns may hold.
    wave
        Id of the wave: its units.

    Raises
    ------
    HrkitError
        With every wrong heading and cell at once.
    """
    apart(path, engagement, f"{path.name}, with its names,")
    headings = _headings(engagement)
    table = read_table(path, recognise=lambda text: normal(text) in headings)
    place: dict[str, int] = {}
    problems: list[Problem] = []
    for column, text in enumerate(table.header.cells):
        known = headings.get(normal(text))
        if known and known in place:
            problems.append(
                Problem(table.where(1, column), f"{known} stands twice", "keep one column")
            )
        elif known:
            place[known] = column
    problems += [
        Problem(f"{table.name} row 1", f"has no column {name}", "add it")
        for name in ("name", "perspective")
        if name not in place
    ]
    if problems:
        raise HrkitError("No code was drawn.", problems)
    found = [_person(table, row, place, engagement.as_in(wave), problems) for row in table.rows]
    seen: dict[str, int] = {}
    for row, one in zip(table.rows, found, strict=True):
        if one.name and normal(one.name) in seen:
            first = seen[normal(one.name)]
            what = f"{shown(one.name)} stands in row {first} already"
            fix = "take one out, or tell the two apart"
            problems.append(Problem(table.where(row.number, place["name"], "name"), what, fix))
        seen.setdefault(normal(one.name), row.number)
    if problems:
        raise HrkitError("No code was drawn.", problems)
    return tuple(found)


def _headings(engagement: Engagement) -> Mapping[str, str]:
    """What the columns may be called, in every language."""
    found = {name: name for name in COLUMNS}
    for language in codes():
        kit = words(language)
        found |= {normal(kit(f"answers.columns.{name}")): name for name in COLUMNS[1:]}
        found[normal(kit("room.list.name"))] = "name"
    for language in engagement.languages:
        own = engagement.words(language)
        found |= {normal(own(f"answers.columns.{name}")): name for name in COLUMNS[1:]}
    return found


def _person(
    table: CellTable,
    row: CellRow,
    place: Mapping[str, int],
    engagement: Engagement,
    problems: list[Problem],
) -> Named:
    choices = people(engagement)
    said: dict[str, str | None] = {}
    for name in COLUMNS:
        text = " ".join(clean(row.cell(place[name])).split()) if name in place else ""
        where = table.where(row.number, place.get(name, 0), name)
        listed = choices.get(name)
        if len(text) > _LONGEST:
            problems.append(Problem(where, "is very long", f"use {_LONGEST} characters or fewer"))
        elif listed is not None and text:
            known = listed.find(text)
            if isinstance(known, Wrong):
                problems.append(Problem(where, *known))
            else:
                said[name] = known
            continue
        elif listed is not None and name in ("unit", "perspective"):
            if len(listed.ids) == 1:
                said[name] = listed.ids[0]
                continue
            problems.append(Problem(where, f"the {name} is blank", f"use {listed.known()}"))
        elif name == "name" and not text:
            problems.append(Problem(where, "the name is blank", "fill it in, or delete the row"))
        said[name] = text or None
    slip = Slip(
        said.get("unit") or engagement.root.id,
        said.get("perspective") or "",
        said.get("level"),
        said.get("pair"),
    )
    return Named(said.get("name") or "", slip, said.get("code") or "")


def workbook(listed: Sequence[Named], engagement: Engagement, wave: str, language: str) -> bytes:
    """The list with its codes, for the facilitator alone; every cell is text and nothing runs."""
    import xlsxwriter

    from hrkit.forms.pages import role_name

    w, here = engagement.words(language), engagement.as_in(wave)
    choices = people(here)
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet(w("room.list.sheet"))
        text = book.add_format({"num_format": "@"})
        bold = book.add_format({"bold": True, "num_format": "@"})
        sheet.set_column(0, len(COLUMNS) - 1, 24, text)
        heads = [w("room.list.name"), *(w(f"answers.columns.{name}") for name in COLUMNS[1:])]
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        for row, one in enumerate(listed, 1):
            slip = one.slip
            role = role_name(engagement.instrument, slip.perspective, language)
            unit = here.unit(slip.unit).name
            unit = unit if choices["unit"].find(unit) == slip.unit else slip.unit
            role = (
                role if choices["perspective"].find(role) == slip.perspective else slip.perspective
            )
            cells = (one.name, unit, role, slip.level or "", slip.pair or "", one.code)
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell, text)
        sheet.freeze_panes(1, 0)
        about = book.add_worksheet(w("room.list.about"))
        about.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
        about.write_string(0, 0, w("room.list.keep"), bold)
    return data.getvalue()
