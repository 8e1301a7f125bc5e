"""The template: what it writes is what the reader reads, in each language and format."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import replace

import pytest

from hrkit.answers.ballots import answer_columns
from hrkit.answers.files import guard
from hrkit.answers.files.excel import texts_of
from hrkit.answers.files.read import read_table
from hrkit.answers.readers.owner import refuse_another
from hrkit.answers.readers.template import read_answers
from hrkit.answers.writers.cells import CellsOnly, cells_of
from hrkit.answers.writers.template import said_by, write_template
from hrkit.errors import AnswersError
from hrkit.model import instrument_file as instruments
from hrkit.model.languages import codes


def cells(path, sheet=0):
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python()


@pytest.mark.parametrize("language", codes())
def test_round_trip(engagement, tmp_path, write_csv, write_xlsx, language):
    with write_template(engagement, tmp_path / "t.csv", language).open(
        encoding="utf-8-sig"
    ) as file:
        header = next(csv.reader(file, delimiter="," if language == "en" else ";"))
    assert header[7].startswith("trust.01 · ")
    row = [
        "007",
        "w1",
        "north",
        "hr",
        "2",
        "makkerpar 3",
        "Nederlands",
        "4",
        "dk",
        "5",
        "1",
        "2",
        "1",
        "joins",
        "æ",
    ]
    for path in (write_csv([header, row], delimiter=";"), write_xlsx([header, row])):
        reading = read_answers(path, engagement)
        assert reading.notes == ()
        assert reading.responses.people.iloc[0].tolist()[1:] == [
            "w1",
            "north",
            "hr",
            "2",
            "makkerpar 3",
            "nl",
            None,
        ]
        assert reading.responses.answers["value"].tolist() == [
            "4",
            "dk",
            "5",
            "1",
            "2",
            "1",
            "joins",
            "æ",
        ]
        assert list(reading.codes.values()) == ["007"]


@pytest.mark.parametrize("language", codes())
def test_the_guide_explains_every_column(engagement, tmp_path, language):
    path = write_template(engagement, tmp_path / "t.xlsx", language)
    guide = cells(path, 0)
    text = "\n".join(cell for row in guide for cell in row)
    for part in (*engagement.instrument.keys, engagement.audience[language], "north", "Nord"):
        assert part in text or part == "north"
    assert [row[0] for row in guide].count("trust.01") == 1


def test_the_lists_offer_what_the_reader_takes(engagement, tmp_path, write_csv):
    path = write_template(engagement, tmp_path / "t.xlsx", "da")
    columns = [
        [cell for cell in column if cell]
        for column in zip(*cells(path, len(engagement.instrument.perspectives) + 1), strict=True)
    ]
    assert ["Acme", "Nord", "south", "south2"] in columns
    (rated,) = (one for one in columns if "Ved ikke, ikke relevant" in one)
    assert [answer.partition(" – ")[0] for answer in rated[:-1]] == ["1", "2", "3", "4", "5"]
    assert all(answer.partition(" – ")[2] for answer in rated[:-1])
    for answer in rated:
        read_answers(
            write_csv(
                [
                    ["Enhed", "Måling", "Perspektiv", "trust.02"],
                    ["south2", "Forår", "board", answer],
                ]
            ),
            engagement,
        )


def test_cells_are_text_and_the_panes_frozen(engagement, tmp_path):
    path = write_template(engagement, tmp_path / "t.xlsx")
    with zipfile.ZipFile(path) as book:
        sheet, styles = book.read("xl/worksheets/sheet2.xml"), book.read("xl/styles.xml")
    assert b'state="frozen"' in sheet and b'xSplit="6" ySplit="1"' in sheet
    assert sheet.count(b"<dataValidation ") >= 4
    assert b'numFmtId="49"' in styles
    assert b"<f>" not in sheet.replace(b"<formula1>", b"")


def test_the_unfilled_template_says_so(engagement, tmp_path):
    path = write_template(engagement, tmp_path / "t.xlsx")
    with pytest.raises(AnswersError, match="headings and no answers"):
        read_answers(path, engagement)


def test_outside_text_is_no_formula(folder, tmp_path):
    from hrkit.model import engagement_file as engagements

    file = folder / "engagement.yml"
    file.write_text(
        file.read_text(encoding="utf-8")
        .replace('"Nord"', '"=HYPERLINK(1)"')
        .replace("Åkær & Søn", "http://evil.example"),
        encoding="utf-8",
    )
    path = write_template(engagements.load(folder), tmp_path / "t.xlsx")
    with zipfile.ZipFile(path) as book:
        everything = b"".join(book.read(name) for name in book.namelist())
    assert b"=HYPERLINK(1)" in everything
    assert b"<f>" not in everything and b"hyperlink" not in everything.replace(b"HYPERLINK", b"")


def test_what_cells_say_is_known_without_writing_them(tmp_path):
    """Whatever xlsxwriter and a reader make of a text."""
    import xlsxwriter

    texts = [
        " before", "behind ", "  ", "a\nb", "a\tb", "_x0041_", "a_x000D_", "_x0009_b", "😀 å", "a\u00a0b",
        "a\u2028b", "\u00ad", "\ufeffa", "a\u200db", "=1+1", "007", "http://a.example", "l" * 32767,
        "m" * 32768, "last",
    ]  # fmt: skip
    known, book = CellsOnly(), xlsxwriter.Workbook(tmp_path / "t.xlsx")
    for one in (known, book):
        sheet = one.add_worksheet("A")
        for row, text in enumerate(texts):
            sheet.write_string(row, 0, text)
        sheet.merge_range(len(texts), 0, len(texts), 2, "")
        sheet.write_string(len(texts), 0, "over three")
        sheet.write_blank(len(texts) + 1, 0, None)
        sheet.set_row(0, 20)
    book.close()
    read = cells_of(texts_of((tmp_path / "t.xlsx").read_bytes(), "t.xlsx"))
    assert known.cells() == read
    assert len(read["A"]) == len(texts)  # white space alone is nothing, and one stands behind


def test_refusals(engagement, tmp_path):
    path = write_template(engagement, tmp_path / "t.xlsx")
    before = path.read_bytes()
    with pytest.raises(AnswersError, match="is there already and may hold answers"):
        write_template(engagement, path)
    assert path.read_bytes() == before
    with pytest.raises(AnswersError, match=r"is \.xlsx or \.csv"):
        write_template(engagement, tmp_path / "t.ods")
    with pytest.raises(AnswersError, match="cannot be written"):
        write_template(engagement, tmp_path / "none" / "t.csv")
    with pytest.raises(AnswersError, match="has no 'fr'"):
        write_template(engagement, tmp_path / "u.csv", "fr")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["acme", "t.xlsx"]


@pytest.mark.parametrize("path", instruments.available(), ids=lambda p: p.stem)
def test_every_instrument_of_the_kit_has_a_template(path, engagement, tmp_path, write_xlsx):
    import dataclasses

    instrument = instruments.load(path)
    mine = dataclasses.replace(engagement, instrument=instrument)
    for language in instrument.languages:
        for form in (False, True):
            file = write_template(mine, tmp_path / f"{language}-{form}.xlsx", language, form=form)
            guard.inspect(file.read_bytes(), file.name)
            # What it would say is known without writing it.
            read = cells_of(texts_of(file.read_bytes(), file.name))
            assert said_by(mine, language, form=form) == read
            assert all(read.values())
        file = write_template(mine, tmp_path / f"{language}.csv", language)
        mark = "," if language == "en" else ";"
        header = next(csv.reader(file.open(encoding="utf-8-sig"), delimiter=mark))
        values = []
        asker = instrument.perspectives[0]
        ticks = 0
        for question in answer_columns(instrument).values():
            scale = question.facet.scale
            asked = asker in question.item.ask
            if scale.kind == "tick":
                ticks += 1
                values.append(scale.choices[ticks > 3].label[language] if asked else "")
                continue
            values.append(
                ""
                if not asked
                else scale.choices[len(values) % 2].label[language]
                if scale.choices
                else "x"
            )
        row = ["1", "w1", "north", asker, "", "", "", *values]
        reading = read_answers(write_xlsx([header, row], f"{language}_in.xlsx"), mine)
        # What is chosen of a list is one answer.
        told = sum(map(bool, values)) - max(0, ticks - 1)
        assert len(reading.responses.answers) == told
        assert [note for note in reading.notes if "all the same" not in note] == []


# ------------------------------------------------------------------- a sheet for each perspective


def filled(path, tmp_path, rows, name="filled.xlsx", titled=None):
    """A copy of a template in which cells of some sheets are written: {sheet: {(row, column): text}}."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    with zipfile.ZipFile(path) as book:
        properties = book.read("docProps/custom.xml").decode()
    assert "hrkit engagement" in properties
    out = tmp_path / name
    book = xlsxwriter.Workbook(
        str(out), {"strings_to_formulas": False, "strings_to_numbers": False}
    )
    source = CalamineWorkbook.from_path(str(path))
    for title in source.sheet_names:
        for copy in (title, *(titled or {}).get(title, ())):
            sheet = book.add_worksheet(copy)
            for r, row in enumerate(
                source.get_sheet_by_name(title).to_python(skip_empty_area=False)
            ):
                for c, cell in enumerate(row):
                    if cell != "":
                        sheet.write_string(r, c, str(cell))
            for (r, c), text in rows.get(title, {}).items():
                sheet.write_string(r, c, text)
    book.close()
    return out


def sheets_of(engagement, path):
    """Perspective to the title and the headings of its sheet."""
    from python_calamine import CalamineWorkbook

    from hrkit.answers.readers.owner import own_sheet

    source = CalamineWorkbook.from_path(str(path))
    found = {}
    for title in source.sheet_names:
        rows = source.get_sheet_by_name(title).to_python(skip_empty_area=False)
        own = own_sheet([str(cell) for cell in rows[0]]) if rows else None
        if own:
            found[own.perspective] = (title, rows)
    return found


@pytest.mark.parametrize("language", codes())
def test_each_perspective_has_its_sheet_with_its_questions_in_its_words(
    engagement, tmp_path, language
):
    instrument = engagement.instrument
    rows = sheets_of(engagement, write_template(engagement, tmp_path / "t.xlsx", language))
    forms = sheets_of(engagement, write_template(engagement, tmp_path / "f.xlsx", language, form=True))  # fmt: skip
    assert set(rows) == set(forms) == set(instrument.perspectives)
    for perspective in instrument.perspectives:
        asked = [q for q in instrument.questions() if perspective in q.item.ask]
        headings = rows[perspective][1][0][6:-1]
        assert [h.partition(" · ")[0] for h in headings] == [q.key for q in asked]
        lines = {line[0]: line[1] for line in forms[perspective][1] if line[0]}
        for question, heading in zip(asked, headings, strict=True):
            words = " ".join(instrument.wording(question.item, perspective, language).split())
            assert words in heading and words in lines[question.key]


@pytest.mark.parametrize("language", codes())
def test_sheets_and_forms_are_read_as_they_were_written(engagement, tmp_path, language):
    path = write_template(engagement, tmp_path / "t.xlsx", language)
    perspectives = engagement.instrument.perspectives[:2]
    sheets = sheets_of(engagement, path)
    entries, expected = {}, {}
    for who, perspective in enumerate(perspectives):
        title, rows = sheets[perspective]
        cells = {(1, 0): f"K{who}", (1, 1): "w1", (1, 2): "north"}
        for column, heading in enumerate(rows[0]):
            question = engagement.instrument.keys.get(str(heading).partition(" · ")[0])
            if question and question.facet.scale.choices:
                choice = question.facet.scale.choices[column % 2]
                rated = question.facet.scale.kind == "rating"
                label = choice.label[language]
                cells[1, column] = f"{choice.value} – {label}" if rated else label
                expected[f"K{who}", question.key] = choice.value
        entries[title] = cells
    reading = read_answers(filled(path, tmp_path, entries), engagement)
    keys = {(q.item.id, q.facet.id): key for key, q in engagement.instrument.keys.items()}
    got = {
        (reading.codes[who], keys[item, facet]): value
        for who, item, facet, value in reading.responses.answers[
            ["respondent", "item", "facet", "value"]
        ].itertuples(index=False, name=None)
    }
    assert got == expected and reading.rows == len(perspectives)
    assert list(reading.responses.people["perspective"]) == list(perspectives)
    assert [note for note in reading.notes if "alike" not in note and "same" not in note] == []

    # The same answers on forms are the same reading.
    form = write_template(engagement, tmp_path / "f.xlsx", language, form=True)
    entries = {}
    for who, perspective in enumerate(perspectives):
        title, rows = sheets_of(engagement, form)[perspective]
        cells = {}
        for row, line in enumerate(rows):
            said = {"code": f"K{who}", "wave": "w1", "unit": "north"}.get(line[0])
            value = said or expected.get((f"K{who}", line[0]))
            if value:
                cells[row, 2] = value
        entries[title] = cells
    again = read_answers(filled(form, tmp_path, entries, "form-in.xlsx"), engagement)
    assert again.digest == reading.digest


def test_a_wrong_cell_is_named_where_it_stands_whole_or_not_at_all(engagement, tmp_path):
    path = write_template(engagement, tmp_path / "f.xlsx", "en", form=True)
    (first, one), (second, two) = list(sheets_of(engagement, path).values())[:2]

    def line(rows, key):
        return next(i for i, row in enumerate(rows) if row[0] == key)

    both = set(list(sheets_of(engagement, path))[:2])
    rated = next(
        q.key
        for q in engagement.instrument.questions()
        if q.facet.scale.kind == "rating" and both <= set(q.item.ask)
    )
    entries = {
        first: {(line(one, "unit"), 2): "north", (line(one, "wave"), 2): "w1", (line(one, rated), 2): "9"},
        second: {(line(two, "unit"), 2): "nowhere", (line(two, "wave"), 2): "w1", (line(two, rated), 2): "2"},
    }  # fmt: skip
    with pytest.raises(AnswersError) as told:
        read_answers(filled(path, tmp_path, entries), engagement)
    said = str(told.value)
    assert f"sheet “{first}” row {line(one, rated) + 1}, column C ({rated}): 9 is outside" in said
    assert f"sheet “{second}” row {line(two, 'unit') + 1}, column C (unit)" in said


def test_a_copy_of_a_sheet_is_not_counted_twice(engagement, tmp_path):
    path = write_template(engagement, tmp_path / "t.xlsx", "en")
    title, rows = next(iter(sheets_of(engagement, path).values()))
    column = next(
        i for i, h in enumerate(rows[0])
        if (q := engagement.instrument.keys.get(str(h).partition(" · ")[0])) and q.facet.scale.kind == "rating"
    )  # fmt: skip
    cells = {(1, 0): "A", (1, 1): "w1", (1, 2): "north", (1, column): "2"}
    copied = filled(
        path, tmp_path, {title: cells, f"{title} copy": cells}, titled={title: [f"{title} copy"]}
    )
    with pytest.raises(AnswersError, match="keep one of the two sheets"):
        read_answers(copied, engagement)
    assert read_answers(copied, engagement, sheet=title).rows == 1


def test_names_of_perspectives_are_sheets_whatever_they_hold(engagement):
    import dataclasses

    from hrkit.answers.writers.sheets import sheet_names

    class Odd:
        def __init__(self, people):
            self.people = people

        def one(self, id):
            return self

        def name(self, form, language):
            return "'=[HR]: who/what? a name that is far longer than any sheet may be'"

        def __getattr__(self, name):
            return getattr(self.people, name)

    odd = dataclasses.replace(engagement.instrument, people=Odd(engagement.instrument.people))
    names = sheet_names(dataclasses.replace(engagement, instrument=odd), "en")
    assert len(set(names.values())) == len(engagement.instrument.perspectives)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names.values())


def test_a_template_of_before_is_read_as_before(engagement, tmp_path, write_xlsx):
    """One sheet, with a column that says the perspective; its id alone says whose it is."""
    from hrkit.answers.readers.owner import mark

    header = ["Kode", "Måling", "Enhed", "Perspektiv", "trust.01", "trust.02", mark(engagement)]
    reading = read_answers(write_xlsx([header, ["1", "w1", "north", "hr", "4", "5"]]), engagement)
    assert reading.rows == 1 and list(reading.responses.people["perspective"]) == ["hr"]


def test_what_a_property_says_is_outside_text(engagement, write_csv):
    """A workbook's own property may hold anything: less than a sheet's, and more than a line."""
    table = read_table(write_csv([["wave", "trust.01"], ["w1", "4"]]))
    for said in (" ", "x ", "\u202eacme\n\x1b[2J " + "y" * 5000):
        with pytest.raises(AnswersError) as refused:
            refuse_another(replace(table, made_for=said), engagement)
        assert len(str(refused.value)) < 600 and "\x1b" not in str(refused.value)
