"""The workbook of what was agreed at a meeting: written to be filled in, and read back into the records."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrkit.commands.filled import filled_in, workbook_place
from hrkit.commands.outputs import Outputs, report_name
from hrkit.errors import HrkitError, Problem
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.records import store as records

if TYPE_CHECKING:
    from hrkit.answers.files.table import CellRow

__all__ = ["Noted", "agreements"]

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Noted:
    """What a filled-in workbook of agreements changed in the records."""

    path: Path
    kept: int = 0
    same: int = 0

    def __str__(self) -> str:
        return f"{self.path}: {self.kept} kept, {self.same} as they were"


def agreements(
    folder: str | Path,
    *,
    take: str | Path | None = None,
    language: str = "",
    wave: str = "",
    output: str | Path | None = None,
    overwrite: bool = False,
) -> Path | Noted:
    """Write the workbook in which a meeting's agreed levels are typed, or take a filled-in one.

    Parameters
    ----------
    folder
        The engagement's folder.
    take
        A filled-in workbook: the whole of it goes into the records, or nothing.
    language
        Of the workbook that is written; the engagement's own if empty.
    wave
        Id of the wave; the latest if empty.
    output
        A file that ends in ``.xlsx``, or a folder that is there; the engagement's if None.
    overwrite
        Replace a workbook that somebody has worked in.

    Returns
    -------
    Path or Noted
        The workbook that was written; or what was taken.

    Raises
    ------
    HrkitError
        If the engagement cannot be used; or with every wrong cell of the workbook.
    """
    if take is not None:
        if language or wave or output or overwrite:
            raise HrkitError("A workbook is taken as it is: leave the other options out.")
        return _take(engagements.load(folder), Path(take))
    from hrkit.answers.files.excel import PROPERTY
    from hrkit.assessment.assessment import assess
    from hrkit.publish.fillable import render_fillable
    from hrkit.report.worksheets.agreed import agreed_form

    report = assess(folder, language=language, wave=wave)
    engagement = report.engagement
    if not engagement.instrument.has_grid:
        raise HrkitError("This instrument has no grid of levels to agree on.")
    named = report_name(engagement, report.released.wave, report.context.language, "agreements")
    place = workbook_place(output, engagement.folder, named)
    outputs = Outputs(engagement.folder, overwrite)
    outputs.check([place])
    form = agreed_form(report.context, (PROPERTY, engagement.id))
    outputs.write({place: render_fillable(form, report.info)}, final=False)
    return place


def _take(engagement: Engagement, path: Path) -> Noted:
    found = _read(engagement, path)
    kept = same = 0
    with records.open_records(engagement) as keeper:
        standing = keeper.records()
        known = {*standing.agreed, *standing.votes}
        for value, _ in found:
            same += value in known
            kept += value not in known
        keeper.put_all(found)
    return Noted(engagement.folder / records.FILE, kept, same)


def _read(engagement: Engagement, path: Path) -> list[tuple[Any, str]]:
    """Agreed levels and shown cards, each with the reason of its change; or every problem."""
    from hrkit.records.filed import what_about
    from hrkit.report.worksheets.agreed import AGREED_COLUMNS

    filled = filled_in(
        engagement,
        path,
        columns=AGREED_COLUMNS,
        needed=("dimension", "level", "evidence"),
        tells="evidence",
        texts="workshop.form",
    )
    table, where = filled.table, filled.where
    # What is written in a workbook is in the language of its headings.
    language = filled.words.language
    problems: list[Problem] = []
    standing = records.records_of(engagement)
    found: list[tuple[Any, str]] = []
    lines: dict[tuple[Any, ...], tuple[int, Any]] = {}
    for row in table.rows:

        def cell(name: str, row: CellRow = row) -> str:
            return " ".join(row.cell(where[name]).split()) if name in where else ""

        def wrong(name: str, what: str, fix: str, row: CellRow = row) -> None:
            place = table.where(row.number, where.get(name, 0))
            problems.append(Problem(place, what, fix))

        said = _line(engagement, standing, cell, wrong, language)
        for value, _ in said:
            first, of = lines.setdefault((type(value), *what_about(value)), (row.number, value))
            if of != value:
                wrong("dimension", f"says otherwise what row {first} says", "leave one line of it")
        found += said
    if problems:
        raise HrkitError(f"{path.name} cannot be taken; nothing was changed.", problems)
    if not found:
        raise HrkitError(f"{path.name} has no line with a level or two views.")
    return found


def _line(
    engagement: Engagement, standing: Any, cell: Any, wrong: Any, language: str
) -> list[tuple[Any, str]]:
    """What one line says."""
    from hrkit.disclosure.chosen.votes import MIDDLES
    from hrkit.records.values import LEVELS, Agreed, VotesMoved
    from hrkit.text import normal

    level, views = cell("level"), cell("views")
    cards = [cell(name).replace("–", "-") for name in ("first", "second")]
    if not (level or views or any(cards)):
        if cell("evidence") or cell("shift"):
            wrong("level", "has no level, though something is written in its line", "write one")
        return []
    known = {
        normal(text): section.id
        for section in engagement.instrument.dimensions
        for text in (section.id, *section.name.values())
    }
    dimension = known.get(normal(cell("dimension")), "")
    if not dimension:
        wrong("dimension", f"{cell('dimension') or 'nothing'} is no dimension", "choose one")
    scope = _scope(engagement, cell("scope"))
    if not scope:
        wrong("scope", f"{cell('scope')} is nobody", "choose from the list, or write Table 3")
    if level and level not in map(str, LEVELS):
        wrong("level", f"{level} is no level", "write 1, 2, 3, 4 or 5")
    if (level or views) and not cell("evidence"):
        wrong("evidence", "does not say what it rests on", "write what you have seen")
    for name in ("evidence", "shift", "views", "reason"):
        if len(cell(name)) > _LONGEST:
            wrong(name, f"is longer than {_LONGEST} characters", "shorten it")
    waves = {one: wave.id for wave in engagement.waves for one in (wave.id, *wave.was)}
    wave = waves.get(cell("since") or engagement.waves[-1].id, "")
    if not wave:
        wrong("since", f"there is no round {cell('since')}", f"use one of {', '.join(waves)}")
    good = (*MIDDLES, *map(str, LEVELS))
    for name, card in zip(("first", "second"), cards, strict=True):
        if card and card not in good:
            wrong(name, f"{card} is no level", "write 2, or 2-3 where the middle lies between")
    if not dimension or not scope or not wave or any(c and c not in good for c in cards):
        return []
    found: list[tuple[Any, str]] = []
    if scope == "room" and any(cards):
        voted = next(
            (v for v in standing.votes if (v.dimension, v.wave) == (dimension, wave)), None
        )
        # What was released of votes on phones is not typed over.
        if voted is None or voted.by_hand:
            found.append((_shown(VotesMoved, dimension, wave, cards), ""))
    if level in map(str, LEVELS) or (views and not level):
        about = (dimension, wave, scope)
        held = next((a for a in standing.agreed if (a.dimension, a.wave, a.scope) == about), None)
        evidence, shift, views = (cell(one)[:_LONGEST] for one in ("evidence", "shift", "views"))
        beside = held.beside if held else 0
        of = int(level) if level else None
        value = Agreed(dimension, wave, scope, of, evidence, shift, views, True, beside, language)
        if held is not None and held.locked and held != value and not cell("reason"):
            wrong("reason", "does not say why what was agreed is changed", "write the reason")
        found.append((value, cell("reason")))
    return found


def _shown(kind: Any, dimension: str, wave: str, cards: list[str]) -> Any:
    from hrkit.disclosure.chosen.votes import VoteFigure, shift_of

    codes = [f"middle {card}" if card else "" for card in cards]
    first, second = (VoteFigure.read(code or "none") for code in codes)
    return kind(dimension, wave, codes[0], codes[1], shift_of(first, second), True)


def _scope(engagement: Engagement, said: str) -> str:
    """``room``, ``table:3`` or ``party:hr`` of what somebody wrote; empty for nobody."""
    from hrkit.text import normal

    instrument = engagement.instrument
    for language in instrument.languages:
        w = engagement.words(language)
        if not said or normal(said) == normal(w("workshop.scope.room")):
            return "room"
        head = re.escape(normal(w("workshop.scope.table", name="")).strip())
        if match := re.fullmatch(rf"{head} (\S.*)", normal(said)):
            return f"table:{match[1]}"
        for one in instrument.perspectives:
            if normal(said) == normal(instrument.people.one(one).name("label", language)):
                return f"party:{one}"
    return ""
