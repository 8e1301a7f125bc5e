"""Two editions of one instrument: a wave is asked, read and finished with the one it was begun with."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import hrkit
from hrkit.answers.store import open_store
from hrkit.forms.questionnaire import questionnaire
from hrkit.model import engagement_file as engagements
from tests.cli.conftest import Run, files, fill_in_name, sheet, write_csv
from tests.quick import undrawn

PEOPLE = {"leader": 12, "hr": 8, "top": 5}


def made(run: Run, folder: Path, instrument: str = "partnership") -> Path:
    asked = run("new", folder, "--name", "Acme A/S", "--language", "en", "--instrument", instrument)
    assert asked.code == 0
    fill_in_name(folder)
    return folder


@pytest.fixture
def ready(run: Run, tmp_path: Path) -> Path:
    return made(run, tmp_path / "acme")


@pytest.fixture
def first(run: Run, tmp_path: Path) -> Path:
    """Answers to the first edition, in a template that the kit wrote when it asked that."""
    folder = made(run, tmp_path / "acme-then" / "acme", "partnership-1")
    return write_csv(tmp_path / "first.csv", sheet(folder, PEOPLE))


def headings(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file))


def test_a_file_of_the_first_edition_is_read_so_and_its_wave_finished_so(run, ready, first):
    said = run("check", first, "--into", ready)
    assert said.code == 0 and "partnership 1.2.0" in said.text
    done = run("import", first, "--into", ready)
    assert done.code == 0 and "first.csv answers partnership 1.2.0" in done.text
    with undrawn():
        report = hrkit.assess(ready, language="en")
    assert report.context.instrument.version == "1.2.0"
    assert report.released.score("trust.03", "leader", report.context.root).shown
    # Whoever comes late is asked as those before: on paper, in a file and in the form.
    assert "answers.csv" in run("check", ready).text
    assert run("template", ready).code == 0
    assert any(one.startswith("trust.03") for one in headings(ready / "answers.csv"))
    assert "answers.csv" not in run("check", ready).text
    sent: list = []
    (form,) = questionnaire(ready, language="en").children
    form.send = sent.append
    for said in (
        {"type": "begin", "perspective": "leader", "unit": "org"},
        {"type": "answer", "key": "trust.03", "value": "4", "stamp": 1},
    ):
        form._handle_custom_msg({"view": "v", **said}, [])
    assert sent[-1]["type"] == "saved"
    begun = write_csv(ready.parent / "late.csv", sheet(ready, {"leader": 0}))
    assert any(one.startswith("trust.03") for one in headings(begun))


def test_a_wave_in_which_importance_was_rated_is_finished_so(run, ready, tmp_path):
    """The second edition first asked how important each dimension is; three are chosen since."""
    then = made(run, tmp_path / "then" / "acme", "partnership-2-0")
    rated = write_csv(tmp_path / "rated.csv", sheet(then, PEOPLE))
    done = run("import", rated, "--into", ready)
    assert done.code == 0 and "rated.csv answers partnership 2.0.0" in done.text
    with undrawn():
        report = hrkit.assess(ready, language="en")
    assert report.context.instrument.version == "2.0.0"
    assert report.released.score("trust.importance", "leader", report.context.root).shown
    assert not report.released.ballots
    # Whoever comes late rates, too; and who chose is not laid beside who rated.
    chosen = made(run, tmp_path / "now" / "acme")
    late = write_csv(tmp_path / "late.csv", sheet(chosen, {"leader": 6}, seed=5))
    before = files(ready)
    done = run("import", late, "--into", ready)
    assert done.code == 1 and files(ready) == before
    assert "partnership 2.1.1" in done.text and "2.0.0" in done.text


def test_two_editions_never_stand_in_one_wave(run, ready, first, tmp_path):
    second = write_csv(tmp_path / "second.csv", sheet(ready, PEOPLE, seed=3))
    assert run("import", first, "--into", ready).code == 0
    before = files(ready)
    done = run("import", second, "--into", ready)
    assert done.code == 1 and files(ready) == before
    assert "partnership 2.1.1" in done.text and "1.2.0 is asked here" in done.text
    assert "hrkit template" in done.text
    other = made(run, tmp_path / "other" / "acme")
    assert run("import", second, "--into", other).code == 0
    before = files(other)
    for command in (("check",), ("import",)):
        done = run(*command, first, "--into", other)
        assert done.code == 1 and files(other) == before
        assert "w1 was begun with partnership 2.1.1" in done.text
        assert "answers to partnership 1.2.0" in done.text


def test_who_decided_for_the_first_edition_is_not_given_the_second(run, ready, tmp_path):
    folder = made(run, tmp_path / "first" / "acme", "partnership-1")
    assert engagements.load(folder).instrument.edition == 1
    second = write_csv(tmp_path / "second.csv", sheet(ready, PEOPLE))
    done = run("import", second, "--into", folder)
    assert done.code == 1 and 'instrument: "partnership"' in done.text


def test_a_mapping_says_by_its_questions_which_edition_it_means(run, ready, tmp_path):
    rows = [["Id", "Said"], *([f"p{i}", str(1 + i % 5)] for i in range(12))]
    export = write_csv(tmp_path / "export.csv", rows)
    mapping = tmp_path / "mapping.yml"

    def mapped(key: str) -> str:
        mapping.write_text(
            f'instrument: "partnership"\nrespondent: "Id"\nwave: {{value: "w1"}}\n'
            f'perspective: {{value: "leader"}}\nunit: {{value: "org"}}\nanswers: {{Said: "{key}"}}\n',
            "utf-8",
        )
        done = run("import", export, "--into", ready, "--mapping", mapping)
        return f"{done.code} {done.text}"

    assert mapped("trust.99").startswith("1 ") and "no question trust.99" in mapped("trust.99")
    taken = mapped("trust.03")
    assert taken.startswith("0 ") and "export.csv answers partnership 1.2.0" in taken
    with open_store(engagements.load(ready)) as store, store.looking("w1") as round:
        assert round.begun == "1.2.0"
    # The round is begun: what comes later is read so without a word.
    assert "0 new, 12 already there" in mapped("trust.03")


def test_a_slip_in_a_heading_changes_no_edition(run, ready, tmp_path):
    rows = sheet(ready, PEOPLE)
    rows[0] = ["trust.99" if one.startswith("trust.06") else one for one in rows[0]]
    done = run("import", write_csv(tmp_path / "slip.csv", rows), "--into", ready)
    assert done.code == 1 and "trust.99" in done.text
    assert done.text.count("not known") == 1


def test_sheets_of_an_earlier_edition_are_known_for_answers(run, ready, first, tmp_path):
    """As they are of today's: which is meant is asked, and what was not read is named as answers."""
    import xlsxwriter

    rows = list(csv.reader(first.read_text("utf-8-sig").splitlines()))
    rows = [row[:-1] if row[-1].startswith("hrkit:") else row for row in rows]

    def workbook(*titles: str) -> Path:
        path = tmp_path / "two.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            for title in titles:
                page = book.add_worksheet(title)
                for n, row in enumerate(rows):
                    page.write_row(n, 0, row)
        return path

    said = run("check", workbook("Nord", "Syd"), "--into", ready)
    assert said.code == 1 and "2 sheets that look like answers" in said.text
    said = run("check", workbook("Answers", "Syd"), "--into", ready)
    assert said.code == 0 and "“Syd” was not read, though it looks like answers" in said.text
    assert "an export of" not in said.text and "answers partnership 1.2.0" in said.text
