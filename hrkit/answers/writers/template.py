"""The files people answer in: a workbook with a sheet for each perspective, and a form for one person.

A perspective's sheet asks what that perspective is asked, in its own wording, and its lists say what
a number stands for.  In ``answers.xlsx`` a person is a row; ``form.xlsx`` is filled in from top to
bottom, and a sheet of it prints on two pages.  A guide comes first.  A CSV file has one row of headings
for everybody.  Cells are formatted as text, so ``001`` stays ``001``; nothing that comes from outside
is written as a formula, a link or a number.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from hrkit.answers.ballots import answer_columns
from hrkit.answers.readers.choices import perspective_name
from hrkit.answers.readers.headings import PERSON, heading
from hrkit.answers.readers.owner import mark
from hrkit.answers.writers.cells import CellsOnly
from hrkit.answers.writers.form import fill_form
from hrkit.answers.writers.sheets import TEXT, Lists, offered, sheet_names, values, workbook
from hrkit.errors import AnswersError
from hrkit.model.engagement import Engagement
from hrkit.model.figures import decimal_mark
from hrkit.model.instrument import Question
from hrkit.model.language import Words

__all__ = ["said_by", "write_template"]

#: Rows that are prepared for answers.
ROWS = 2000
#: Excel's own numbers of papers.
_A3, _A4 = 8, 9


def write_template(
    engagement: Engagement,
    path: str | Path,
    language: str | None = None,
    *,
    form: bool = False,
) -> Path:
    """Write the template as ``.xlsx``, or as ``.csv`` with headings only.

    Parameters
    ----------
    engagement
        Says what is asked, of whom, in which units and waves.
    path
        Where to; an existing file is not replaced, since it may hold answers.
    language
        The code of a language, such as ``da``; the engagement's own if None.
    form
        The form for one person, a workbook.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    AnswersError
        If the file exists or cannot be written, or the instrument lacks the language.
    """
    path, language = Path(path), language or engagement.language
    if language not in engagement.instrument.languages:
        known = ", ".join(engagement.instrument.languages)
        raise AnswersError(f"{engagement.instrument.id} has no {language!r}; it has {known}.")
    writers: dict[str, Callable[[Engagement, Path, str], None]] = {
        ".xlsx": _form if form else _xlsx,
        ".csv": _csv,
    }
    if form and path.suffix.lower() == ".csv":
        raise AnswersError("A form for one person is .xlsx, not .csv.")
    if path.suffix.lower() not in writers:
        raise AnswersError(
            f"A template is .xlsx or .csv, not {path.suffix or 'without an ending'}."
        )
    if path.exists():
        raise AnswersError(
            f"{path.name} is there already and may hold answers; "
            "choose another name or move it away."
        )
    try:
        handle, part = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        try:
            latest = engagement.as_in(engagement.wave().id)
            writers[path.suffix.lower()](latest, Path(part), language)
            os.replace(part, path)
        finally:
            Path(part).unlink(missing_ok=True)
    except OSError as error:
        raise AnswersError(f"{path.name} cannot be written: {error.strerror}.") from None
    return path


def _headings(engagement: Engagement, language: str) -> list[str]:
    kit, instrument = engagement.words(language), engagement.instrument
    person = [kit(f"answers.columns.{name}") for name in PERSON]
    questions = [heading(instrument, q, language) for q in answer_columns(instrument).values()]
    # For whom the file was written, in a heading of its own: it survives every spreadsheet.
    return [*person, *questions, mark(engagement)]


def _csv(engagement: Engagement, path: Path, language: str) -> None:
    # A spreadsheet that reads 3,5 as a number takes a comma for one, not for a column.
    delimiter = ";" if decimal_mark(language) == "," else ","
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerow(_headings(engagement, language))


def said_by(
    engagement: Engagement, language: str, *, form: bool = False
) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """What the cells of the workbook would say (sheet, row and column), without writing it."""
    book = CellsOnly()
    (fill_form if form else _fill)(book, engagement.as_in(engagement.wave().id), language)
    return book.cells()


def _xlsx(engagement: Engagement, path: Path, language: str) -> None:
    with workbook(engagement, path, language) as book:
        _fill(book, engagement, language)


def _form(engagement: Engagement, path: Path, language: str) -> None:
    with workbook(engagement, path, language) as book:
        fill_form(book, engagement, language)


def _fill(book: Any, engagement: Engagement, language: str) -> None:
    kit, instrument = engagement.words(language), engagement.instrument
    names = sheet_names(engagement, language)
    guide = book.add_worksheet(kit("answers.sheets.guide"))
    sheets = {id: book.add_worksheet(name) for id, name in names.items()}
    name = kit("answers.sheets.lists")
    lists = Lists(book.add_worksheet(name), name, book)
    _Guide(book, guide, engagement, language).write()
    for perspective, sheet in sheets.items():
        questions = [q for q in answer_columns(instrument).values() if perspective in q.item.ask]
        _answers(book, sheet, engagement, language, lists, perspective, questions)


def _answers(
    book: Any,
    sheet: Any,
    engagement: Engagement,
    language: str,
    lists: Lists,
    perspective: str,
    questions: list[Question],
) -> None:
    """One perspective's sheet: a row a person, a column a question it is asked, in its own wording."""
    kit, instrument = engagement.words(language), engagement.instrument
    text = book.add_format({"num_format": TEXT, "valign": "top"})
    head = book.add_format(
        {
            "num_format": TEXT,
            "bold": True,
            "text_wrap": True,
            "valign": "top",
            "bg_color": "#E8EEF2",
            "bottom": 1,
            "font_size": 9,
        }
    )
    person = [name for name in PERSON if name != "perspective"]
    headings = [kit(f"answers.columns.{name}") for name in person]
    headings += [heading(instrument, q, language, perspective) for q in questions]
    headings.append(mark(engagement, perspective))
    for column, title in enumerate(headings):
        sheet.write_string(0, column, title, head)
    sheet.set_row(0, 150)
    sheet.set_column(0, len(person) - 1, 12, text)
    for offset, question in enumerate(questions):
        wide = 30 if question.facet.scale.kind == "text" else 16
        sheet.set_column(len(person) + offset, len(person) + offset, wide, text)
    sheet.freeze_panes(1, len(person))
    # On paper: two pages side by side, with the headings and the code on each of them.
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(2, 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    allowed = offered(engagement, language)
    columns = [allowed.get(name) for name in person]
    columns += [values(question.facet.scale, language) for question in questions]
    for column, listed in enumerate(columns):
        if listed:
            sheet.data_validation(1, column, ROWS, column, lists.offer(listed))


class _Guide:
    """The sheet that explains: how to fill in, the columns about people, every question."""

    def __init__(self, book: Any, sheet: Any, engagement: Engagement, language: str) -> None:
        self.sheet, self.engagement, self.language = sheet, engagement, language
        self.kit: Words = engagement.words(language)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        wrap = {"text_wrap": True, "valign": "top", "num_format": TEXT}
        self.plain = book.add_format(wrap)
        self.title = book.add_format({"bold": True, "font_size": 16, "num_format": TEXT})
        self.head = book.add_format({**wrap, "bold": True, "bg_color": "#E8EEF2", "bottom": 1})
        self.section = book.add_format({"bold": True, "font_size": 13, "num_format": TEXT})
        self.row = 0

    def write(self) -> None:
        kit, engagement = self.kit, self.engagement
        for column, width in enumerate((24, 28, 70, 34, 60)):
            self.sheet.set_column(column, column, width, self.plain)
        self._line(
            [f"{engagement.instrument.title[self.language]} – {engagement.client}"], self.title
        )
        self._line([kit("answers.guide.title")], self.section)
        hints = [kit(f"answers.guide.{key}") for key in ("rows", "values", "whole", "personal")]
        audience = engagement.audience.get(self.language)
        if audience:
            hints.append(kit("answers.guide.audience", audience=audience))
        for hint in hints:
            self._wide(hint)
        self.row += 1
        self._line([kit("answers.headings.about_row")], self.section)
        self._line(
            [kit(f"answers.headings.{key}") for key in ("column", "allowed", "meaning")], self.head
        )
        allowed = offered(engagement, self.language)
        for name in PERSON:
            values = "\n".join(allowed.get(name, [kit("answers.cells.free")]))
            self._line([kit(f"answers.columns.{name}"), values, kit(f"answers.about.{name}")])
        self.row += 1
        self._line([kit("answers.headings.questions")], self.section)
        keys = ("key", "dimension", "question", "asked", "answers")
        self._line([kit(f"answers.headings.{key}") for key in keys], self.head)
        for question in answer_columns(engagement.instrument).values():
            self._line(self._question(question))

    def _question(self, question: Question) -> list[str]:
        instrument, language = self.engagement.instrument, self.language
        title = heading(instrument, question, language).partition(" · ")[2]
        asked = ", ".join(perspective_name(instrument, id, language) for id in question.item.ask)
        scale = question.facet.scale
        if scale.kind == "text":
            values = self.kit("answers.cells.text")
        else:
            values = "\n".join(
                f"{choice.value} = {choice.label[language]}" for choice in scale.choices
            )
            values += "".join(f"\n{way.label[language]}" for way in scale.ways_out)
        return [question.key, question.section.name[language], title, asked, values]

    def _line(self, cells: list[str], style: Any = None) -> None:
        for column, cell in enumerate(cells):
            self.sheet.write_string(self.row, column, cell, style or self.plain)
        lines = max((cell.count("\n") + 1 for cell in cells), default=1)
        if style is None and (lines > 1 or max(map(len, cells)) > 60):
            self.sheet.set_row(self.row, 15.5 * max(lines, 1 + max(map(len, cells)) // 62))
        self.row += 1

    def _wide(self, text: str) -> None:
        """A text over the first three columns; the guide is never read in, so they may merge."""
        self.sheet.merge_range(self.row, 0, self.row, 2, "", self.plain)
        self.sheet.write_string(self.row, 0, text, self.plain)
        self.sheet.set_row(self.row, 15.5 * (1 + len(text) // 110))
        self.row += 1
