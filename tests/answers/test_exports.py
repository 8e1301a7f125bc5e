"""What real exports bring along: hidden rows, second sheets, heading rows, hints for Excel."""

from __future__ import annotations

import zipfile

import pytest

from hrkit.answers.files.excel import PROPERTY
from hrkit.answers.readers.mapped import read_mapped
from hrkit.answers.readers.template import read_answers
from hrkit.answers.writers.template import write_template
from hrkit.errors import AnswersError

from .sample import HEADER, ROW

ROWS = [HEADER, *([f"{i:03}", *ROW[1:]] for i in range(1, 7))]


def names(path, change):
    """Pack a workbook anew with other names of its parts."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(zipfile.ZipInfo(change(name)), data)


# ------------------------------------------------------------------------------ workbooks


@pytest.mark.parametrize(
    "change",
    [
        lambda book, sheet: [sheet.set_row(n, None, None, {"hidden": True}) for n in (2, 4)],
        lambda book, sheet: [sheet.set_row(n, 0) for n in (2, 4)],
        lambda book, sheet: [
            sheet.set_row(n, None, None, {"level": 1, "hidden": True}) for n in (2, 4)
        ],
    ],
)
def test_hidden_rows_are_read_and_said(engagement, write_xlsx, change):
    reading = read_answers(write_xlsx(ROWS, more=change), engagement)
    assert reading.rows == 6
    assert any(
        "rows 3, 5 are hidden in the workbook and were read" in note for note in reading.notes
    )


def test_filtered_rows_are_said(engagement, write_xlsx):
    def more(book, sheet):
        sheet.autofilter(0, 0, 6, 3)
        sheet.filter_column(0, "x == 001")
        for row in range(2, 7):
            sheet.set_row(row, None, None, {"hidden": True})

    notes = read_answers(write_xlsx(ROWS, more=more), engagement).notes
    assert any("rows 3–7 are hidden in the workbook by a filter" in note for note in notes)


def test_hidden_columns_are_said(engagement, write_xlsx):
    path = write_xlsx(ROWS, more=lambda b, s: s.set_column("E:F", None, None, {"hidden": True}))
    assert any("columns E, F are hidden" in note for note in read_answers(path, engagement).notes)
    path = write_xlsx(ROWS, more=lambda b, s: s.set_column("Z:XFD", None, None, {"hidden": True}))
    assert not any("hidden" in note for note in read_answers(path, engagement).notes)


def struck(how, rows=(2, 4), columns=range(8)):
    """Strikes out rows of a workbook, as people do: by the cell, or the words in it."""

    def more(book, sheet):
        look = book.add_format({"font_strikeout": True, "bold": True})
        plain = book.add_format({"italic": True})
        for row in rows:
            for column in columns:
                if how == "format":
                    sheet.write(row, column, ROWS[row][column], look)
                elif len(text := ROWS[row][column]) > 1:
                    sheet.write_rich_string(row, column, look, text[0], look, text[1:], plain)
        sheet.write(20, 0, "", look)  # an empty cell is nobody's

    return more


def test_rows_that_are_struck_out_are_said(engagement, write_xlsx):
    reading = read_answers(write_xlsx(ROWS, more=struck("format")), engagement)
    assert reading.rows == 6
    told = "rows 3, 5 are struck out in the workbook and were read all the same; delete what"
    assert any(told in note for note in reading.notes)
    reading = read_answers(write_xlsx(ROWS, more=struck("format", (3,))), engagement)
    assert any("row 4 is struck out in the workbook and was" in note for note in reading.notes)


def test_single_cells_and_words_that_are_struck_out_are_said(engagement, write_xlsx):
    path = write_xlsx(ROWS, more=struck("format", (2,), (4, 5)))
    notes = read_answers(path, engagement).notes
    assert any("2 cells (E3, F3) are struck out in the workbook" in note for note in notes)
    path = write_xlsx(ROWS, more=struck("words", (2,), (0, 3)))
    notes = read_answers(path, engagement).notes
    assert any("2 cells (A3, D3) are struck out in the workbook" in note for note in notes)


def test_what_is_not_struck_out_is_not_said_to_be(engagement, write_xlsx):
    def more(book, sheet):
        look = book.add_format({"bold": True})
        strike = book.add_format({"font_strikeout": True})
        for column, text in enumerate(ROWS[2]):
            sheet.write(2, column, text, look)
        sheet.conditional_format("A1:H7", {"type": "no_blanks", "format": strike})
        sheet.write_rich_string(3, 7, strike, "old ", look, "new words")
        for column, text in enumerate(ROWS[0]):
            sheet.write(0, column, text, strike)  # headings that somebody ticks off

    path = write_xlsx(ROWS, more=more)
    assert not any("struck" in note for note in read_answers(path, engagement).notes)


@pytest.mark.parametrize("state", ["visible", "hidden", "very_hidden"])
@pytest.mark.parametrize("name", ["Svar Nord", "Svar (2)", "Lister"])
def test_a_second_sheet_of_answers_is_said(engagement, write_xlsx, state, name):
    def more(book, sheet):
        other = book.add_worksheet(name)
        for r, row in enumerate(ROWS[:4]):
            other.write_row(r, 0, row)
        if state != "visible":
            getattr(other, "hide" if state == "hidden" else state)()

    path = write_xlsx(ROWS, more=more)
    reading = read_answers(path, engagement)
    assert reading.rows == 6
    said = f"sheet “{name}” was not read, though it looks like answers (3 rows)"
    assert any(said in note for note in reading.notes)
    assert read_answers(path, engagement, sheet=name.upper()).rows == 3


def test_two_sheets_of_which_none_is_the_kits_own(engagement, write_xlsx, tmp_path):
    def more(book, sheet):
        sheet.name = "Nord"
        other = book.add_worksheet("Syd")
        for r, row in enumerate(ROWS[:4]):
            other.write_row(r, 0, row)

    path = write_xlsx(ROWS, more=more)
    with pytest.raises(
        AnswersError, match="2 sheets that look like answers: “Nord”.*“Syd”.*--sheet"
    ):
        read_answers(path, engagement)
    assert read_answers(path, engagement, sheet="Syd").rows == 3


def test_the_kits_own_other_sheets_are_nothing_to_speak_of(engagement, tmp_path):
    path = write_template(engagement, tmp_path / "t.xlsx", "nl")
    with pytest.raises(AnswersError, match="headings and no answers"):
        read_answers(path, engagement)


@pytest.mark.parametrize(
    "change",
    [
        lambda name: name.replace("/", "\\"),
        lambda name: name.replace("workbook", "Workbook"),
        lambda name: name.upper() if name.startswith("xl/worksheets/s") else name,
        lambda name: "/" + name,
    ],
)
def test_parts_are_found_whatever_their_names(engagement, write_xlsx, change):
    path = write_xlsx(ROWS)
    names(path, change)
    assert read_answers(path, engagement).rows == 6


def test_the_workbook_is_found_by_its_relationship(engagement, write_xlsx):
    path = write_xlsx(ROWS)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            data = data.replace(b"xl/workbook.xml", b"xl/book2.xml")
            new.writestr(name.replace("workbook.xml", "book2.xml"), data)
    assert read_answers(path, engagement).rows == 6


def test_two_names_of_one_part_are_refused(write_xlsx, engagement):
    path = write_xlsx(ROWS)
    with zipfile.ZipFile(path, "a") as book:
        book.writestr("XL\\Workbook.xml", b"<workbook/>")
    with pytest.raises(AnswersError, match="stands twice in the file"):
        read_answers(path, engagement)


# ------------------------------------------------------------------------------- CSV files


def csv_text(delimiter=";"):
    return "\r\n".join(delimiter.join(row) for row in ROWS) + "\r\n"


@pytest.mark.parametrize(("hint", "delimiter"), [
    ("sep=;", ";"), ("sep=;;;;;;", ";"), ('"sep=;"', ";"), ('"sep=;";;;;', ";"), ("sep=\t", "\t"), ("SEP=,", ","),
    ("sep=|", "|"), ("sep=;,,,,,", ","), ("sep=,;;;;", ";"), (" sep = ;", ";"), ("sep=^", "^")])  # fmt: skip
@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\ufeff"])
def test_hints_for_excel(engagement, tmp_path, hint, delimiter, mark):
    path = tmp_path / "a.csv"
    path.write_bytes(f"{mark}{hint}\r\n{csv_text(delimiter)}".encode())
    assert read_answers(path, engagement).rows == 6


@pytest.mark.parametrize("hint", ["sep=", "sep=ab", "sep=;;,,"])
def test_a_hint_that_says_nothing_is_named(engagement, tmp_path, hint):
    path = tmp_path / "a.csv"
    path.write_text(f"{hint}\n{csv_text()}", "utf-8")
    with pytest.raises(AnswersError, match="line 1: .* names no delimiter"):
        read_answers(path, engagement)


@pytest.mark.parametrize(("written", "named", "said"), [
    ("utf-8-sig", "cp1252", "begins with the mark of UTF-8 and is not cp1252"),
    ("utf-16", "utf-8", "begins with the mark of UTF-16"),
    ("cp1252", "utf-8", "does not exist in utf-8"),
    ("utf-8", "zlib", "There is no encoding 'zlib'"),
    ("utf-8", "rot13", "There is no encoding 'rot13'"),
])  # fmt: skip
def test_a_wrong_encoding_is_refused(engagement, write_csv, tmp_path, written, named, said):
    path = write_csv([HEADER, [*ROW[:7], "Ærø"]], encoding=written)
    mapping = tmp_path / "m.yml"
    mapping.write_text(MAPPING, "utf-8")
    with pytest.raises(AnswersError, match=said):
        read_answers(path, engagement, encoding=named)
    with pytest.raises(AnswersError, match=said):
        read_mapped(path, mapping, engagement, encoding=named)


def test_a_doubtful_encoding_holds_and_is_said(engagement, write_csv):
    path = write_csv([HEADER, [*ROW[:7], "Ærø"]])
    assert any(
        "UTF-8 by its form" in note
        for note in read_answers(path, engagement, encoding="cp1252").notes
    )


@pytest.mark.parametrize(("rows", "columns"), [(2, 2_001), (200_002, 2)])
def test_a_csv_has_bounds(engagement, write_csv, rows, columns):
    path = write_csv([["x"] * columns] * rows)
    with pytest.raises(AnswersError, match="larger than is read"):
        read_answers(path, engagement)


# ----------------------------------------------------------------- rows that are no answers

MAPPING = """\
instrument: small
respondent: code
wave: {column: wave}
unit: {column: unit}
perspective: {column: perspective}
answers: {trust.01: trust.01, trust.02: trust.02, trust.03: trust.03, open.good: open.good}
ignore: "*"
blank: ["Question text", "Response"]
"""
IDS = [f'{{"ImportId":"QID{i}"}}' for i in range(8)]
WORDS = [
    "Code",
    "Wave",
    "Unit",
    "Perspective",
    "Jeg vender svære sager, tidligt.",
    "x",
    "y",
    "Hvad er godt?",
]


@pytest.mark.parametrize("extra", [
    [["Question text"] * 8, IDS], [IDS], [["Question text"] * 8], [WORDS, IDS], [WORDS], [HEADER],
    [["", "", "", "", "Response", "Response", "Response", "Open-Ended Response"]], [["Question text"] * 8] * 2,
])  # fmt: skip
@pytest.mark.parametrize("mapped", [False, True])
def test_heading_rows_never_become_people(engagement, write_csv, tmp_path, extra, mapped):
    path = write_csv([HEADER, *extra, *ROWS[1:]])
    mapping = tmp_path / "m.yml"
    mapping.write_text(MAPPING, "utf-8")
    with pytest.raises(AnswersError) as caught:
        read_mapped(path, mapping, engagement) if mapped else read_answers(path, engagement)
    (problem,) = caught.value.problems
    assert "further heading row" in problem.what
    rows = "row 2" if len(extra) == 1 else "rows 2–3"
    assert problem.where == f"answers.csv {rows}"


def test_headings_that_come_again_further_down(engagement, write_csv):
    with pytest.raises(AnswersError, match="row 8: is a further heading row"):
        read_answers(write_csv([*ROWS, *ROWS[:2]]), engagement)


@pytest.mark.parametrize("first", [
    ["", *ROW[1:4], "", "", "", "Only words here"], ["9", *ROW[1:4], "", "ved ikke", "", ""],
    ["9", *ROW[1:4], "5", "", "", "trust"]])  # fmt: skip
def test_a_sparse_first_row_is_a_person(engagement, write_csv, first):
    assert read_answers(write_csv([HEADER, first, *ROWS[1:]]), engagement).rows == 7


def test_wrong_cells_in_every_row_are_no_heading(engagement, write_csv):
    rows = [[*row[:4], "Perhaps", "Perhaps", "Perhaps", ""] for row in ROWS[1:]]
    with pytest.raises(AnswersError) as caught:
        read_answers(write_csv([HEADER, *rows]), engagement)
    assert len(caught.value.problems) == 18


@pytest.mark.parametrize(("heading", "cells", "said"), [
    ("Status", ["IP Address", "Survey Preview", "Spam"], ["“Survey Preview” in row 3", "“Spam” in row 4"]),
    ("Finished", ["True", "False", "False"], ["“False” in rows 3–4"]),
    ("Progress", ["100", "50", "100"], ["“50” in row 3"]),
    ("submitdate", ["2026-01-01", "", "2026-01-02"], ["nothing in row 3"]),
    ("statusbar", ["x", "Preview", "y"], []),
])  # fmt: skip
def test_unfinished_rows_are_said(engagement, write_csv, tmp_path, heading, cells, said):
    mapping = tmp_path / "m.yml"
    mapping.write_text(MAPPING, "utf-8")
    rows = [[*row, cell] for row, cell in zip(ROWS[1:4], cells, strict=True)]
    notes = read_mapped(write_csv([[*HEADER, heading], *rows]), mapping, engagement).notes
    found = [note for note in notes if f"({heading}) says" in note]
    assert len(found) == len(said) and all(any(s in note for note in found) for s in said)


# ------------------------------------------------------------------------- unseen characters


def test_unseen_characters_count_nowhere_and_are_said(engagement, write_csv, tmp_path):
    header = [
        "Kode\xa0",
        "wave\u200b",
        "\ufeffunit",
        "perspective",
        "trust\xad.01",
        "Jeg vender svære\xa0sager, tidligt.",
    ]
    rows = [header[:5], ["1", "w1\u200b", "No\xadrd", "Personaleleder\xa0", "４"]]
    reading = read_answers(write_csv(rows), engagement)
    assert reading.responses.answers["value"].tolist() == ["4"]
    assert sum("do not count" in note for note in reading.notes) == 2
    text = MAPPING.replace("trust.01: trust.01, ", '"Trust\xa0 one": trust.01, ')
    mapping = tmp_path / "m.yml"
    mapping.write_text(text, "utf-8")
    export = [[*HEADER[:4], "Trust one\u200b", *HEADER[5:]], *ROWS[1:]]
    reading = read_mapped(write_csv(export), mapping, engagement)
    assert any("headings or the mapping hold" in note for note in reading.notes)
    export[0].append("trust  ONE")
    with pytest.raises(AnswersError, match="may be column E or column I"):
        read_mapped(write_csv(export), mapping, engagement)


@pytest.mark.parametrize("cell", ["1", "1,0", "01", "1.0", "'1", "１", "1\xa0"])
def test_raw_values_in_any_spelling(engagement, write_csv, tmp_path, cell):
    mapping = tmp_path / "m.yml"
    mapping.write_text(MAPPING + 'values: {trust.01: {"1": "5"}}\n', "utf-8")
    rows = [HEADER, [*ROW[:4], cell, *ROW[5:]]]
    reading = read_mapped(write_csv(rows, delimiter=";"), mapping, engagement)
    assert reading.responses.answers["value"].tolist()[0] == "5"


# ---------------------------------------------------------------------------- whose they are


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_of_another_engagement_is_refused(
    engagement, folder, write_csv, write_xlsx, ending, tmp_path
):
    import dataclasses

    other = dataclasses.replace(engagement, id="beta", client="Beta")
    write = write_csv if ending == "csv" else write_xlsx
    theirs = [[*HEADER, "HRKIT: Beta"], *([*row, ""] for row in ROWS[1:])]
    with pytest.raises(AnswersError, match="written for the engagement beta, and this is acme"):
        read_answers(write(theirs), engagement)
    assert read_answers(write(theirs), other).rows == 6
    assert read_answers(write(ROWS), other).rows == 6
    theirs[3][-1] = "x"
    with pytest.raises(AnswersError, match="something stands below the engagement's id"):
        read_answers(write(theirs), other)


def test_a_workbook_says_so_without_the_heading_too(engagement, write_xlsx):
    path = write_xlsx(ROWS, more=lambda book, _: book.set_custom_property(PROPERTY, "beta"))
    with pytest.raises(AnswersError, match="written for the engagement beta"):
        read_answers(path, engagement)
    mine = [[*row, ""] for row in ROWS]
    mine[0][-1] = "hrkit:acme"
    path = write_xlsx(mine, more=lambda book, _: book.set_custom_property(PROPERTY, "beta"))
    assert read_answers(path, engagement).rows == 6


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_template_says_whose_it_is(engagement, tmp_path, ending):
    import dataclasses

    path = write_template(engagement, tmp_path / f"t.{ending}")
    if ending == "csv":
        text = path.read_text("utf-8-sig").replace("\r\n", "\n").replace("\n", "")
        assert text.endswith("hrkit:acme")
    else:
        with zipfile.ZipFile(path) as book:
            assert b"acme" in book.read("docProps/custom.xml")
    other = dataclasses.replace(engagement, id="beta")
    with pytest.raises(AnswersError, match="headings and no answers"):
        read_answers(path, other)
