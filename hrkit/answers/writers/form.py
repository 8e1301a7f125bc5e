"""The form for one person: what they are asked, from top to bottom, in the wording of their own perspective.

A guide comes first, then a sheet for each perspective: the key of a question in grey, the question,
and a cell to answer in.  Each sheet prints on two pages.  The reader takes a sheet as the one row it stands for
(`hrkit.answers.files.table.TurnedTable`).
"""

from __future__ import annotations

from typing import Any

from hrkit.answers.ballots import columns_of
from hrkit.answers.readers.headings import PERSON
from hrkit.answers.readers.owner import mark
from hrkit.answers.writers.sheets import TEXT, Lists, offered, sheet_names, values
from hrkit.model.engagement import Engagement
from hrkit.model.instrument import Question
from hrkit.model.told import groups_told

__all__ = ["fill_form"]

#: Letters on a line of a question, for the height of its row.
LINE = 74
#: What a person is asked of themselves, where there is a choice.
ABOUT = tuple(name for name in PERSON if name not in ("perspective", "pair", "level"))
_A4 = 9
#: Width of the guide's only column.
_GUIDE = 70


def fill_form(book: Any, engagement: Engagement, language: str) -> None:
    """Fill a workbook that is new."""
    kit = engagement.words(language)
    names = sheet_names(engagement, language)
    guide = book.add_worksheet(kit("answers.sheets.guide"))
    sheets = {id: book.add_worksheet(name) for id, name in names.items()}
    name = kit("answers.sheets.lists")
    lists = Lists(book.add_worksheet(name), name, book)
    _guide(book, guide, engagement, language, names)
    for perspective, sheet in sheets.items():
        _Form(book, sheet, engagement, language, lists, perspective).write()


def _guide(
    book: Any, sheet: Any, engagement: Engagement, language: str, names: dict[str, str]
) -> None:
    """What to do, in whole sentences, and which sheet is whose."""
    kit = engagement.words(language)
    wrap = {"num_format": TEXT, "text_wrap": True, "valign": "top"}
    plain, bold = book.add_format(wrap), book.add_format({**wrap, "bold": True})
    title = book.add_format({**wrap, "bold": True, "font_size": 16})
    # A single column is never made smaller to fit a page, and is wider where the file's font is missing.
    sheet.set_column(0, 0, _GUIDE, plain)
    sheet.hide_gridlines(2)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 1)
    audience = engagement.audience.get(language)
    intro = (engagement.instrument.intro or {}).get(language, "")
    lines = [
        (f"{engagement.instrument.title[language]} – {engagement.client}", title),
        *([(intro, plain)] if intro else []),
        (kit("answers.form.which"), bold),
        *((f"· {name}", plain) for name in names.values()),
        (kit("answers.form.fill"), plain),
        (kit("answers.form.free"), plain),
        (f"{groups_told(engagement, kit)} {kit('answers.form.names')}", plain),
        *([(kit("answers.guide.audience", audience=audience), plain)] if audience else []),
        (kit("answers.form.back"), plain),
    ]
    for row, (text, style) in enumerate(lines):
        sheet.write_string(row, 0, text, style)
        height, letters = (26, 46) if style is title else (17, 74)
        sheet.set_row(row, height * (1 + len(text) // letters))


class _Form:
    """One perspective's sheet."""

    def __init__(
        self,
        book: Any,
        sheet: Any,
        engagement: Engagement,
        language: str,
        lists: Lists,
        perspective: str,
    ) -> None:
        self.sheet, self.engagement, self.language = sheet, engagement, language
        self.lists, self.perspective = lists, perspective
        self.kit = engagement.words(language)
        base = {"num_format": TEXT, "text_wrap": True, "valign": "top", "font_size": 10}
        self.key = book.add_format({**base, "font_color": "#8A949B", "font_size": 7})
        self.small = book.add_format({**base, "font_color": "#4A555C", "font_size": 8})
        self.text = book.add_format({**base, "bottom": 4, "bottom_color": "#C9D2D8"})
        self.title = book.add_format({**base, "bold": True, "font_size": 14})
        self.section = book.add_format({**base, "bold": True, "font_size": 11, "valign": "bottom"})
        self.cell = book.add_format(
            {**base, "bg_color": "#F1F4F6", "border": 1, "border_color": "#C9D2D8"}
        )
        self.row = 0

    def write(self) -> None:
        """Head, who answers, and every question this perspective is asked."""
        engagement, kit, sheet = self.engagement, self.kit, self.sheet
        instrument, language = engagement.instrument, self.language
        sheet.set_column(0, 0, 9)
        sheet.set_column(1, 1, 74)
        sheet.set_column(2, 2, 30)
        sheet.hide_gridlines(2)
        sheet.set_paper(_A4)
        sheet.set_portrait()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        sheet.fit_to_pages(1, 2)
        sheet.repeat_rows(0)
        name = str(instrument.people.one(self.perspective).name("role", language))
        sheet.write_string(0, 0, mark(engagement, self.perspective, form=True), self.key)
        sheet.write_string(0, 1, f"{instrument.title[language]} · {name}", self.title)
        sheet.write_string(0, 2, kit("answers.form.answer"), self.section)
        sheet.set_row(0, 22)
        sheet.freeze_panes(1, 0)
        self.row = 1
        allowed = offered(engagement, language)
        for one in ABOUT:
            self._line(
                one, kit(f"answers.columns.{one}"), allowed.get(one, []), kit(f"answers.form.{one}")
            )
        questions = [q for q in instrument.questions() if self.perspective in q.item.ask]
        section = scale = None
        for question in questions:
            if question.section is not section:
                self._heading(question.section.name[language])
                section, scale = question.section, None
            said = instrument.wording(question.item, self.perspective, language)
            if question.facet.scale.kind == "pick":
                self._choice(question, " ".join(said.split()))
                continue
            if len(question.item.facets) > 1:
                said = f"{said} – {question.facet.label[language]}"
            listed = values(question.facet.scale, language)
            # On paper no list opens: the answers stand above the first question that has them.
            if listed and question.facet.scale.id != scale:
                self._answers(listed)
            scale = question.facet.scale.id
            open = question.facet.scale.kind == "text"
            self._line(question.key, " ".join(said.split()), listed, lines=3 if open else 1)

    def _choice(self, question: Question, said: str) -> None:
        """The question, and a line for each option: one chooses by writing in a cell."""
        columns = columns_of(self.engagement.instrument, question)
        listed = values(columns[0].facet.scale, self.language)
        self.sheet.write_string(self.row, 1, said, self.text)
        self.sheet.set_row(self.row, 14 * (1 + len(said) // LINE))
        self.row += 1
        self._answers([self.kit("answers.form.ticks")])
        for column in columns:
            self._line(column.key, column.facet.label[self.language], listed)

    def _heading(self, text: str) -> None:
        self.sheet.write_string(self.row, 1, text, self.section)
        self.sheet.set_row(self.row, 20)
        self.row += 1

    def _answers(self, listed: list[str]) -> None:
        said = " · ".join(listed)
        self.sheet.write_string(self.row, 1, said, self.small)
        self.sheet.set_row(self.row, 11 * (1 + len(said) // (LINE + 20)))
        self.row += 1

    def _line(
        self, key: str, text: str, offer: list[str], note: str = "", *, lines: int = 1
    ) -> None:
        said = f"{text}: {note}" if note else text
        self.sheet.write_string(self.row, 0, key, self.key)
        self.sheet.write_string(self.row, 1, said, self.text)
        self.sheet.write_blank(self.row, 2, None, self.cell)
        if offer:
            self.sheet.data_validation(self.row, 2, self.row, 2, self.lists.offer(offer))
        self.sheet.set_row(self.row, 14 * max(lines, 1 + len(said) // LINE))
        self.row += 1
