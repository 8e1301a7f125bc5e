"""The template: what it writes is what the reader reads, in each language and format."""

from __future__ import annotations

import csv
import zipfile

import pytest

from hrkit.answers.files import guard
from hrkit.answers.readers.template import read_answers
from hrkit.answers.writers.template import write_template
from hrkit.errors import AnswersError
from hrkit.model import instrument_file as instruments
from hrkit.model.languages import codes


def cells(path, sheet=0):
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python()


@pytest.mark.parametrize("language", codes())
def test_round_trip(engagement, tmp_path, write_csv, write_xlsx, language):
    header = cells(write_template(engagement, tmp_path / "t.xlsx", language))[0]
    with write_template(engagement, tmp_path / "t.csv", language).open(
        encoding="utf-8-sig"
    ) as file:
        assert next(csv.reader(file, delimiter="," if language == "en" else ";")) == header
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
    guide = cells(path, 1)
    text = "\n".join(cell for row in guide for cell in row)
    for part in (*engagement.instrument.keys, engagement.audience[language], "north", "Nord"):
        assert part in text or part == "north"
    assert [row[0] for row in guide].count("trust.01") == 1


def test_the_lists_offer_what_the_reader_takes(engagement, tmp_path, write_csv):
    path = write_template(engagement, tmp_path / "t.xlsx", "da")
    columns = list(zip(*cells(path, 2), strict=True))
    assert [cell for cell in columns[1] if cell] == ["Acme", "Nord", "south", "south2"]
    assert [cell for cell in columns[2] if cell] == [
        "Topledelse",
        "Personaleleder",
        "HR-partner",
        "board",
    ]
    assert [cell for cell in columns[4] if cell] == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "Ved ikke, ikke relevant",
    ]
    for answer in filter(None, columns[4]):
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
        sheet, styles = book.read("xl/worksheets/sheet1.xml"), book.read("xl/styles.xml")
    assert b'state="frozen"' in sheet and b'xSplit="7" ySplit="1"' in sheet
    assert sheet.count(b"<dataValidation ") == 11
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
        file = write_template(mine, tmp_path / f"{language}.xlsx", language)
        guard.inspect(file.read_bytes(), file.name)
        header = cells(file)[0]
        values = []
        asker = instrument.perspectives[0]
        for question in instrument.questions():
            scale = question.facet.scale
            asked = asker in question.item.ask
            values.append(
                ""
                if not asked
                else scale.choices[len(values) % 2].label[language]
                if scale.choices
                else "x"
            )
        row = ["1", "w1", "north", asker, "", "", "", *values]
        reading = read_answers(write_xlsx([header, row], f"{language}_in.xlsx"), mine)
        assert len(reading.responses.answers) == sum(map(bool, values))
        assert [note for note in reading.notes if "all the same" not in note] == []
