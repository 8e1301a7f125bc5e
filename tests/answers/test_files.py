"""Files as they come: encodings, delimiters, workbooks; and files that mean harm."""

from __future__ import annotations

import datetime as dt
import io
import random
import subprocess
import sys
import time
import zipfile

import pytest

from hrkit.answers.files import guard
from hrkit.answers.files.table import letter
from hrkit.answers.readers.template import read_answers
from hrkit.errors import AnswersError

from .sample import HEADER, ROW

DANISH = ["001", "w1", "north", "Lønpartner", "4", "", "", "Blåbærgrød på Ærø – så sødt"]


def text_of(reading):
    answers = reading.responses.answers
    return answers.loc[answers["item"] == "open.good", "value"].tolist()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(engagement, write_csv, encoding, delimiter):
    rows = [HEADER, [*DANISH[:3], "hr", *DANISH[4:]]]
    reading = read_answers(write_csv(rows, encoding=encoding, delimiter=delimiter), engagement)
    assert text_of(reading) == [DANISH[-1]]
    assert any("cp1252" in note for note in reading.notes) == (encoding == "cp1252")


def test_encoding_can_be_overridden(engagement, write_csv):
    path = write_csv([HEADER, [*ROW[:7], "Žluťoučký"]], encoding="cp1250")
    assert text_of(read_answers(path, engagement, encoding="cp1250")) == ["Žluťoučký"]
    with pytest.raises(AnswersError, match="There is no encoding 'klingon'"):
        read_answers(path, engagement, encoding="klingon")
    with pytest.raises(AnswersError, match="There is no encoding 'zlib'"):
        read_answers(path, engagement, encoding="zlib")
    with pytest.raises(AnswersError, match="does not exist in utf-8"):
        read_answers(path, engagement, encoding="utf-8")


def test_commas_in_headings_do_not_choose_the_delimiter(engagement, tmp_path):
    path = tmp_path / "a.csv"
    title = "trust.01 · Jeg vender svære sager, tidligt."
    path.write_text(
        f"code;unit;wave;perspective;{title}\n1;north;w1;leader;4,0\n", encoding="utf-8"
    )
    assert read_answers(path, engagement).responses.answers["value"].tolist() == ["4"]


def test_excels_sep_line_is_not_counted(engagement, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(
        b"\xef\xbb\xbfsep=;\r\nunit;wave;perspective;trust.01\r\nnorth;w1;leader;9\r\n"
    )
    with pytest.raises(AnswersError, match=r"row 2, column D \(trust.01\): 9 is outside"):
        read_answers(path, engagement)


@pytest.mark.parametrize(("content", "said"), [
    (b"", "is empty"),
    (b"\n\n  \n", "is empty"),
    (b"code,trust.01\n1,\x00\n", "NUL character"),
    (b"code,wave,unit,perspective,trust.01\n", "headings and no answers"),
    (b"\n1,2\n", "has no headings"),
    (b'code,trust.01\n"1,4\n', "is not CSV"),
    (b'code,trust.01\n"1"x,4\n', "is not CSV"),
    (b"\xef\xbb\xbfcode\xff\n", "says it is UTF-8 and is not"),
    (b"code,trust.01\n\x81,4\n", "byte 0x81 does not exist in cp1252"),
    (b"PK\x03\x04 no csv \x00", "is a workbook, or another packed file"),
])  # fmt: skip
def test_files_that_are_no_csv(engagement, tmp_path, content, said):
    path = tmp_path / "answers.csv"
    path.write_bytes(content)
    with pytest.raises(AnswersError, match=said):
        read_answers(path, engagement)


def test_paths_that_cannot_be_read(engagement, tmp_path):
    for name, said in (
        ("none.csv", "No such file"),
        ("old.xls", "old Excel workbook"),
        ("old.doc", "is a document and no table"),
        ("answers.odd", "kind that is not read"),
    ):
        with pytest.raises(AnswersError, match=said):
            read_answers(tmp_path / name, engagement)
    (tmp_path / "dir.csv").mkdir()
    with pytest.raises(AnswersError, match=r"cannot be read|directory"):
        read_answers(tmp_path / "dir.csv", engagement)


def test_too_large_a_csv(engagement, tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(65 * 2**20)
    with pytest.raises(AnswersError, match="larger than 64 MB"):
        read_answers(path, engagement)


# ----------------------------------------------------------------------------- workbooks


def test_workbook_and_csv_are_the_same_reading(engagement, write_csv, write_xlsx):
    other = ["002", "w1", "north", "hr", "5", "1", "2", "æøå"]
    typed = ["002", "w1", "north", "hr", 5, 1.0, 2, "æøå"]
    one = read_answers(write_csv([HEADER, ROW, other]), engagement)
    two = read_answers(write_xlsx([HEADER, typed, ROW]), engagement)
    assert one.digest == two.digest
    assert one.responses.people["perspective"].tolist() == ["leader", "hr"]


def test_codes_stay_as_they_are(engagement, write_xlsx):
    reading = read_answers(write_xlsx([HEADER, ROW, [2, *ROW[1:]]]), engagement)
    assert sorted(reading.codes.values()) == ["001", "2"]
    assert any("the codes are numbers in the workbook" in note for note in reading.notes)


def test_what_excel_made_of_a_cell(engagement, write_xlsx):
    def more(book, sheet):
        sheet.write_formula(3, 4, "=NA()", None, "#N/A")
        sheet.write_formula(3, 5, "=1+3", None, 4)
        sheet.write_formula(3, 6, "=REF", None, "#REF!")

    rows = [HEADER, ["1", "w1", "north", "hr", dt.datetime(2026, 3, 4), True, 3.5, "x"],
            ["2", "w1", "north", "hr"]]  # fmt: skip
    rows.insert(2, ["3", "w1", "north", "hr", "1"])
    with pytest.raises(AnswersError) as caught:
        read_answers(write_xlsx(rows, more=more), engagement)
    said = [str(problem) for problem in caught.value.problems]
    assert [line.partition("; ")[0].partition(" row ")[2] for line in said] == [
        "2, column E (trust.01): holds the date or time 2026-03-04 instead of an answer",
        "2, column F (trust.02): holds the truth value TRUE instead of an answer",
        "2, column G (trust.03): 3.5 is not a whole number",
        "4, column E (trust.01): holds the error #N/A instead of an answer",
        "4, column G (trust.03): holds the error #REF! instead of an answer",
    ]


def test_formula_without_a_result_is_no_blank(engagement, write_xlsx):
    path = write_xlsx(
        [HEADER, [*ROW[:4], "4"]], more=lambda b, s: s.write_formula(1, 5, "=4", None, 7)
    )
    rewrite(path, lambda name, data: data.replace(b"<v>7</v>", b""))
    with pytest.raises(
        AnswersError, match=r"column F \(trust.02\): holds a formula without a result"
    ):
        read_answers(path, engagement)


def test_merged_cells_are_refused(engagement, write_xlsx):
    path = write_xlsx([HEADER, ROW, ROW], more=lambda b, s: s.merge_range("C2:C3", "north"))
    with pytest.raises(AnswersError, match="cells C2:C3: are merged"):
        read_answers(path, engagement)


def test_sheets(engagement, write_xlsx):
    def more(book, sheet):
        other = book.add_worksheet("Andet")
        other.write_row(0, 0, ["unit", "wave", "perspective", "trust.02"])
        other.write_row(1, 0, ["north", "w1", "top", "5"])
        sheet.set_first_sheet()

    path = write_xlsx([HEADER, ROW], more=more)
    assert read_answers(path, engagement).responses.people["perspective"].tolist() == ["leader"]
    other = read_answers(path, engagement, sheet="Andet")
    assert other.responses.people["perspective"].tolist() == ["top"]
    assert any("“Svar” was not read, though it looks like answers" in note for note in other.notes)
    with pytest.raises(AnswersError, match="has no sheet 'X'; it has Svar, Andet"):
        read_answers(path, engagement, sheet="X")


def rewrite(path, change):
    """Pack a workbook anew, with its parts changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, change(name, data))


def test_a_far_cell_does_not_exhaust_memory(write_xlsx, engagement):
    path = write_xlsx([HEADER, ROW], more=lambda b, s: s.write_string("XFD1048576", "x"))
    # The sheet's own statement of its size lies.
    rewrite(path, lambda n, d: d.replace(b"A1:XFD1048576", b"A1:H2") if "sheet1" in n else d)
    assert path.stat().st_size < 8000
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30));"
        "from hrkit.errors import AnswersError; from hrkit.answers.files.read import read_table\n"
        "try: read_table(sys.argv[1])\n"
        "except AnswersError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert "cell XFD1048576: makes the sheet 1,048,576 rows by 16,384 columns" in done.stdout


@pytest.mark.parametrize(
    "reference", [b"A200001", b"BXY2", b"ALM4000", b"A0", b"AAAA1", b"A99999999999"]
)
def test_cells_out_of_bounds(write_xlsx, engagement, reference):
    path = write_xlsx([HEADER, ROW])
    rewrite(
        path, lambda n, d: d.replace(b'r="H2"', b'r="' + reference + b'"') if "sheet1" in n else d
    )
    with pytest.raises(AnswersError, match=r"makes the sheet|is no place"):
        read_answers(path, engagement)


@pytest.mark.parametrize(("pad", "said"), [
    ("space", "unpacks into more than"), ("comment", "a single tag or comment")])  # fmt: skip
def test_a_zip_bomb_is_stopped_early(write_xlsx, engagement, pad, said):
    path = write_xlsx([HEADER, ROW])
    fill = b"\n" * (60 * 2**20) if pad == "space" else b"<!--" + b" " * (60 * 2**20) + b"-->"
    rewrite(path, lambda n, d: d + fill if "sheet1" in n else d)
    assert path.stat().st_size < 2**20
    began = time.perf_counter()
    with pytest.raises(AnswersError, match=said):
        read_answers(path, engagement)
    assert time.perf_counter() - began < 10


def test_sizes_that_lie(write_xlsx, engagement):
    """The directory says 100 bytes; the part holds more."""
    path = write_xlsx([HEADER, ROW])
    data = bytearray(path.read_bytes())
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(AnswersError, match="damaged"):
        read_answers(path, engagement)


@pytest.mark.parametrize(("doctype", "said"), [
    (b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>', "declares a document type"),
    (b"<broken>", "is not sound XML"),
])  # fmt: skip
def test_entities_and_broken_parts(write_xlsx, engagement, doctype, said):
    path = write_xlsx([HEADER, ROW])
    rewrite(
        path,
        lambda n, d: d.replace(b"<worksheet", doctype + b"<worksheet", 1) if "sheet1" in n else d,
    )
    with pytest.raises(AnswersError, match=said):
        read_answers(path, engagement)


def test_one_long_text_in_many_cells(write_xlsx, engagement):
    def more(book, sheet):
        for row in range(2, 6000):
            sheet.write_string(row, 7, "x" * 32000)

    path = write_xlsx([HEADER, ROW], more=more)
    with pytest.raises(AnswersError, match="repeats long texts"):
        read_answers(path, engagement)


@pytest.mark.parametrize(("content", "said"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password, or is an old .xls"),
    (b"not a zip", "damaged or not an .xlsx"),
    (b"PK\x03\x04" + b"\0" * 100, "damaged or not an .xlsx"),
    (b"PK\x05\x06" + b"\0" * 18, "is not an .xlsx workbook"),
])  # fmt: skip
def test_files_that_are_no_workbook(engagement, tmp_path, content, said):
    path = tmp_path / "answers.xlsx"
    path.write_bytes(content)
    with pytest.raises(AnswersError, match=said):
        read_answers(path, engagement)


def test_cut_anywhere_a_workbook_is_refused_with_words(engagement, write_xlsx, tmp_path):
    whole = write_xlsx([HEADER, ROW]).read_bytes()
    path = tmp_path / "cut.xlsx"
    for length in range(4, len(whole) - 1, 97):
        path.write_bytes(whole[:length])
        with pytest.raises(AnswersError):
            read_answers(path, engagement)


def test_flipped_bytes_never_escape(engagement, write_xlsx, tmp_path):
    draw = random.Random(4)
    whole = write_xlsx([HEADER, ROW]).read_bytes()
    path = tmp_path / "flip.xlsx"
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(3):
            data[draw.randrange(len(data))] = draw.randrange(256)
        path.write_bytes(data)
        try:
            reading = read_answers(path, engagement)
        except AnswersError:
            continue
        assert reading.rows == 1


def test_only_what_was_checked_is_parsed(write_xlsx):
    path = write_xlsx([HEADER, ROW])
    with zipfile.ZipFile(path, "a") as book:
        book.writestr("xl/media/image1.png", b"\x89PNG not xml")
    checked = guard.inspect(path.read_bytes(), "a.xlsx")
    with zipfile.ZipFile(io.BytesIO(checked.data)) as clean:
        assert "xl/media/image1.png" not in clean.namelist()
        assert "xl/worksheets/sheet1.xml" in clean.namelist()
    with pytest.warns(UserWarning), zipfile.ZipFile(path, "a") as book:
        book.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    with pytest.raises(AnswersError, match="stands twice in the file"):
        guard.inspect(path.read_bytes(), "a.xlsx")


def test_letters():
    assert [letter(c) for c in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
