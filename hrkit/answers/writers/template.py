"""The answer template: an instrument as a sheet that a client fills in.

One row a respondent, one column a question, headings that can be read aloud, and a second sheet
that explains every column.  Cells are formatted as text, so ``001`` stays ``001``; nothing that
comes from outside is written as a formula, a link or a number.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hrkit.answers.files.excel import PROPERTY
from hrkit.answers.readers.owner import mark
from hrkit.answers.readers.vocabulary import PERSON, heading, people, perspective_name
from hrkit.errors import AnswersError
from hrkit.model.engagement import Engagement
from hrkit.model.figures import decimal_mark
from hrkit.model.instrument import Question, Scale
from hrkit.model.language import Words

__all__ = ["write_template"]

#: Rows that are prepared for answers.
ROWS = 2000
#: Excel's own number of the format "text".
TEXT = 49


def write_template(engagement: Engagement, path: str | Path, language: str | None = None) -> Path:
    """Write the template as ``.xlsx``, or as ``.csv`` with headings only.

    Parameters
    ----------
    engagement
        Says what is asked, of whom, in which units and waves.
    path
        Where to; an existing file is not replaced, since it may hold answers.
    language
        The code of a language, such as ``da``; the engagement's own if None.

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
    writers: dict[str, Callable[[Engagement, Path, str], None]] = {".xlsx": _xlsx, ".csv": _csv}
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
    questions = [heading(instrument, q, language) for q in instrument.questions()]
    # For whom the file was written, in a heading of its own: it survives every spreadsheet.
    return [*person, *questions, mark(engagement)]


def _csv(engagement: Engagement, path: Path, language: str) -> None:
    # A spreadsheet that reads 3,5 as a number takes a comma for one, not for a column.
    delimiter = ";" if decimal_mark(language) == "," else ","
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerow(_headings(engagement, language))


def _xlsx(engagement: Engagement, path: Path, language: str) -> None:
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    out = io.BytesIO()  # written by us: a full disk is then an OSError like any other
    book = xlsxwriter.Workbook(out, {**options, "in_memory": True})
    book.set_properties({"title": engagement.instrument.title[language]})
    book.set_custom_property(PROPERTY, engagement.id)
    kit = engagement.words(language)
    answers, guide, lists = (
        book.add_worksheet(kit(f"answers.sheets.{name}")) for name in ("answers", "guide", "lists")
    )
    ranges = _Lists(lists, kit("answers.sheets.lists"), book)
    _answers(book, answers, engagement, language, ranges)
    _Guide(book, guide, engagement, language).write()
    book.close()
    path.write_bytes(out.getvalue())


class _Lists:
    """Lists to choose from, one a column, on a sheet of their own.

    A list within a cell's validation may not exceed 255 characters, nor hold a comma.
    """

    def __init__(self, sheet: Any, name: str, book: Any) -> None:
        self.sheet, self.name, self._text = sheet, name, book.add_format({"num_format": TEXT})
        self._known: dict[tuple[str, ...], str] = {}

    def range(self, values: list[str]) -> str:
        """A reference to a list of these values."""
        key = tuple(values)
        if key not in self._known:
            from xlsxwriter.utility import xl_range_abs

            column = len(self._known)
            for row, value in enumerate(values):
                self.sheet.write_string(row, column, value, self._text)
            place = xl_range_abs(0, column, len(values) - 1, column)
            self._known[key] = f"='{self.name}'!{place}"
        return self._known[key]


def _answers(book: Any, sheet: Any, engagement: Engagement, language: str, lists: _Lists) -> None:
    text = book.add_format({"num_format": TEXT, "valign": "top"})
    head = book.add_format(
        {
            "num_format": TEXT,
            "bold": True,
            "text_wrap": True,
            "valign": "top",
            "bg_color": "#E8EEF2",
            "bottom": 1,
        }
    )
    for column, title in enumerate(_headings(engagement, language)):
        sheet.write_string(0, column, title, head)
    questions = list(engagement.instrument.questions())
    sheet.set_row(0, 110)
    sheet.set_column(0, len(PERSON) - 1, 16, text)
    for offset, question in enumerate(questions):
        wide = 40 if question.facet.scale.kind == "text" else 22
        sheet.set_column(len(PERSON) + offset, len(PERSON) + offset, wide, text)
    sheet.freeze_panes(1, len(PERSON))
    allowed = _allowed(engagement, language)
    columns = [allowed.get(name) for name in PERSON]
    columns += [_values(question.facet.scale, language) for question in questions]
    for column, values in enumerate(columns):
        if values:
            sheet.data_validation(
                1,
                column,
                ROWS,
                column,
                {"validate": "list", "source": lists.range(values), "error_type": "warning"},
            )


def _values(scale: Scale, language: str) -> list[str]:
    """What a cell's list offers: the number of a rating, the words of a category."""
    if scale.kind == "rating":
        values = [choice.value for choice in scale.choices]
    else:
        values = [choice.label[language] for choice in scale.choices]
        if len(set(values)) < len(values):
            values = [choice.value for choice in scale.choices]
    return values + ([scale.dont_know[language]] if scale.dont_know and values else [])


def _allowed(engagement: Engagement, language: str) -> dict[str, list[str]]:
    """Names that the columns wave, unit and perspective offer; an id where a name is ambiguous."""
    known = people(engagement)
    names = {
        "wave": {wave.id: wave.name.get(language, wave.id) for wave in engagement.waves},
        "unit": {unit.id: unit.name for unit in engagement.units},
        "perspective": {
            id: perspective_name(engagement.instrument, id, language)
            for id in engagement.instrument.perspectives
        },
    }
    return {
        kind: [name if known[kind].find(name) == id else id for id, name in pairs.items()]
        for kind, pairs in names.items()
    }


class _Guide:
    """The sheet that explains: how to fill in, the columns about people, every question."""

    def __init__(self, book: Any, sheet: Any, engagement: Engagement, language: str) -> None:
        self.sheet, self.engagement, self.language = sheet, engagement, language
        self.kit: Words = engagement.words(language)
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
        hints = [
            kit(f"answers.guide.{key}") for key in ("rows", "values", "asked", "whole", "personal")
        ]
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
        allowed = _allowed(engagement, self.language)
        for name in PERSON:
            values = "\n".join(allowed.get(name, [kit("answers.cells.free")]))
            self._line([kit(f"answers.columns.{name}"), values, kit(f"answers.about.{name}")])
        self.row += 1
        self._line([kit("answers.headings.questions")], self.section)
        keys = ("key", "dimension", "question", "asked", "answers")
        self._line([kit(f"answers.headings.{key}") for key in keys], self.head)
        for question in engagement.instrument.questions():
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
            if scale.dont_know:
                values += f"\n{scale.dont_know[language]}"
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
