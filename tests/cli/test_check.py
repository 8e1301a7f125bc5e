"""``hrkit check``: tells what a file is and everything that is wrong with it, and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrkit.commands.template import template
from hrkit.errors import EngagementError
from hrkit.model import engagement_file as engagements
from hrkit.model import instrument_file as instruments

from .conftest import Run, files, sheet, write_csv, write_xlsx
from .test_import import MAPPING


@pytest.fixture
def examples(ready: Path) -> dict[str, Path]:
    """A good file of every kind."""
    template(ready)  # as who has filled in engagement.yml does
    rows = sheet(ready, {"leader": 2, "hr": 1})
    mapping = ready / "mapping.yml"
    mapping.write_text(MAPPING, "utf-8")
    return {
        "folder": ready,
        "engagement": ready / "engagement.yml",
        "instrument": next(path for path in instruments.available() if path.stem == "partnership"),
        "mapping": mapping,
        "csv": write_csv(ready / "filled.csv", rows),
        "xlsx": write_xlsx(ready / "filled.xlsx", rows),
    }


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("folder", "acme: a good engagement."),
        ("engagement", "engagement.yml: a good engagement."),
        ("instrument", "partnership.yml: a good instrument."),
        ("mapping", "mapping.yml: a good mapping."),
        ("csv", "filled.csv: a good file with answers."),
        ("xlsx", "filled.xlsx: a good file with answers."),
    ],
)
def test_a_good_file(run: Run, examples: dict[str, Path], kind: str, says: str) -> None:
    before = files(examples["folder"])
    checked = run("check", examples[kind])
    assert (checked.code, checked.text) == (0, f"{says}\n")
    assert files(examples["folder"]) == before


@pytest.mark.parametrize(
    ("kind", "replace", "with_", "says"),
    [
        ("engagement", "scores: 5", "scores: 4",
         "engagement.yml line 35, protection.scores: 4 is below 5; use 5 or more"),
        ("instrument", "- id: roles.02", "- id: roles.01", "the id roles.01 stands twice"),
        ("mapping", "Q2: roles.02", "Q2: roles.2",
         "roles.2"),
        ("mapping", "perspective:", "perspektive:", "perspektive is not known here"),
        ("csv", ",leader,", ",boss,", "there is no perspective “boss”"),
    ],
)  # fmt: skip
def test_a_faulty_file(
    run: Run, examples: dict[str, Path], kind: str, replace: str, with_: str, says: str
) -> None:
    source = examples[kind]
    faulty = examples["folder"] / f"faulty{source.suffix}"
    if kind == "engagement":
        faulty = source
    text = source.read_text("utf-8")
    assert replace in text
    faulty.write_text(text.replace(replace, with_, 1), "utf-8")
    before = files(examples["folder"])
    checked = run("check", faulty)
    assert checked.code == 1
    lines = checked.text.splitlines()
    assert lines[0].startswith(f"{faulty.name} (")
    assert lines[0].endswith("cannot be used as it is.")
    assert any(says in line for line in lines[1:]), checked.text
    assert files(examples["folder"]) == before


def test_answers_beside_another_engagement(
    run: Run, examples: dict[str, Path], tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    file = elsewhere / "filled.csv"
    file.write_bytes(examples["csv"].read_bytes())
    lost = run("check", file)
    assert lost.code == 1
    assert "There is no engagement.yml" in lost.text
    assert run("check", file, "--into", examples["folder"]).code == 0


@pytest.mark.parametrize("ending", ["tsv", "txt", "TXT", "xlsm"])
def test_what_import_takes(run: Run, ready: Path, examples: dict[str, Path], ending: str) -> None:
    source = examples["xlsx" if ending == "xlsm" else "csv"]
    file = ready / f"same.{ending}"
    file.write_bytes(source.read_bytes())
    assert run("check", file).text.endswith(f"same.{ending}: a good file with answers.\n")
    assert run("import", file, "--into", ready).code == 0


def test_what_the_store_refuses_is_found_before(run: Run, ready: Path) -> None:
    rows = sheet(ready, {"leader": 6}, seed=3)
    run("import", write_csv(ready / "a.csv", rows), "--into", ready)
    more = write_csv(ready / "b.csv", [*rows, *sheet(ready, {"leader": 9}, seed=4)[1:]])
    before = files(ready)
    checked = run("check", more)
    assert checked.code == 1
    assert checked.text.count("is exactly like a respondent in the store") == 6
    assert "--doubles same" in checked.text
    assert run("check", more, "--doubles", "same").code == 0
    assert {name: data for name, data in files(ready).items() if "sqlite-" not in name} == {
        name: data for name, data in before.items() if "sqlite-" not in name
    }
    assert run("import", more, "--into", ready).code == 1
    assert run("import", more, "--into", ready, "--doubles", "same").code == 0


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("folder", ("--into", "acme")), ("folder", ("--encoding", "utf-8")), ("engagement", ("--replace",)),
        ("instrument", ("--into", "acme")), ("instrument", ("--mapping", "m.yml")), ("mapping", ("--encoding", "utf-8")),
        ("mapping", ("--doubles", "same")), ("mapping", ("--sheet", "x")),
    ],
)  # fmt: skip
def test_no_option_is_passed_over(
    run: Run, examples: dict[str, Path], kind: str, options: tuple[str, ...]
) -> None:
    refused = run("check", examples[kind], *options)
    assert refused.code == 1
    assert f"{options[0]} says nothing about a" in refused.text


def test_options_of_another_kind_of_file(run: Run, examples: dict[str, Path]) -> None:
    for kind, option, says in (
        ("xlsx", ("--encoding", "utf-8"), "has no encoding"),
        ("csv", ("--sheet", "Answers"), "has no sheets"),
        ("csv", ("--encoding", "klingon"), "There is no encoding 'klingon'"),
    ):
        for command in (("check",), ("import", "--into", examples["folder"])):
            refused = run(command[0], examples[kind], *command[1:], *option)
            assert refused.code == 1
            assert says in refused.text


@pytest.mark.parametrize(
    "name",
    [
        "answers (Laptop-2's conflicted copy).sqlite",
        "answers-DESKTOP.sqlite",
        "answers.sqlite.old",
        "answers.sync-conflict-20261126-101010-ABCDEFG.sqlite",
    ],
)
def test_a_second_store_is_named(run: Run, examples: dict[str, Path], name: str) -> None:
    folder = examples["folder"]
    run("import", examples["csv"], "--into", folder)
    assert "second store" not in run("check", folder).text
    (folder / name).write_bytes((folder / "answers.sqlite").read_bytes())
    (folder / "holiday.sqlite").write_bytes(b"SQLite format 3\0")
    for command in (("check", folder), ("check", examples["csv"]),
                    ("import", examples["csv"], "--into", folder)):  # fmt: skip
        text = run(*command).text
        assert f"{name} is a second store of answers beside answers.sqlite" in text
        assert "holiday" not in text


@pytest.mark.parametrize("name", ["nothing.yml", "nothing.csv", "nothing"])
def test_a_file_that_is_not_there(run: Run, tmp_path: Path, name: str) -> None:
    checked = run("check", tmp_path / name)
    assert checked.code == 1
    assert checked.text.startswith("There is no file ")


@pytest.mark.parametrize("name", ["3_report.ipynb", "report.pdf"])
def test_a_file_of_no_kind(run: Run, ready: Path, name: str) -> None:
    (ready / "report.pdf").write_bytes(b"%PDF")
    checked = run("check", ready / name)
    assert checked.code == 1
    assert checked.text == (
        f"{name} is no file that is read: an engagement folder, .yml, or answers as "
        ".csv, .txt, .tsv, .tab, .dat, .xlsx, .xlsm, .ods, .sav, .zsav, .zip.\n"
    )


def test_the_folder_one_stands_in_has_a_name(
    run: Run, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ready)
    assert run("check", ".").text.splitlines()[-1].startswith(f"{ready.name}")
    (ready / "engagement.yml").write_text("hrkit: 1\n", "utf-8")
    with pytest.raises(EngagementError, match=f"The engagement {ready.name} cannot be used"):
        engagements.load(".")


def test_a_folder_without_an_engagement(run: Run, tmp_path: Path) -> None:
    checked = run("check", tmp_path)
    assert checked.code == 1
    assert "There is no engagement.yml" in checked.text


@pytest.mark.parametrize("content", ["", "- a\n", "word", "a: [b", "hrkit: [1"])
def test_a_yaml_file_of_no_sense(run: Run, tmp_path: Path, content: str) -> None:
    path = tmp_path / "some.yml"
    path.write_text(content, "utf-8")
    checked = run("check", path)
    assert checked.code == 1
    assert "some.yml" in checked.text


UNIT = '  - {id: "org", name: "Acme A/S"}\n'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (UNIT, UNIT + '  - {id: "north", name: "Northern", parent: "org"}\n'),
        ('  - {id: "w1", name: {en: "First round"}}\n',
         '  - {id: "w1", name: {en: "First round"}}\n  - {id: "w2", name: {en: "Second round"}}\n'),
        ('"The board"', '"Leaders and HR"'),
        ('instrument: "partnership"', 'instrument: "service-check"'),
    ],
    ids=["unit", "wave", "audience", "instrument"],
)  # fmt: skip
def test_a_template_that_is_out_of_date_is_named(run: Run, ready: Path, old: str, new: str) -> None:
    template(ready)
    assert "hrkit template" not in run("check", ready).text
    path = ready / "engagement.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    before = files(ready)
    said = run("check", ready).text
    assert "answers.xlsx" in said and f"hrkit template {ready}" in said
    assert files(ready) == before
    template(ready)
    assert "hrkit template" not in run("check", ready).text


def test_a_template_in_another_language_or_with_answers_is_not_out_of_date(
    run: Run, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template(ready, language="da")
    assert "hrkit template" not in run("check", ready).text
    # No workbook has to be written to know that.
    with monkeypatch.context() as patch:
        patch.setattr("xlsxwriter.Workbook", None)
        assert "hrkit template" not in run("check", ready).text
    rows = sheet(ready, {"leader": 2})
    for name, write in (("answers.csv", write_csv), ("answers.xlsx", write_xlsx)):
        write(ready / name, rows)
    assert "hrkit template" not in run("check", ready).text
    (ready / "answers.xlsx").write_bytes(b"no workbook")
    assert "hrkit template" not in run("check", ready).text


def test_own_files_are_told_in_one_list_each_once(run: Run, ready: Path) -> None:
    for name, text in {
        "texts/x.yml": "a: [",
        "texts/sumary.md": "x",
        "profiles/full.yml": "id: x\nparts: {front: [cover]}\nactions: 1\nsteps: 1\n",
    }.items():
        (ready / name).parent.mkdir(exist_ok=True)
        (ready / name).write_text(text, "utf-8")
    done = run("check", ready)
    assert done.code == 1
    lines = [line for line in done.text.splitlines() if not line.startswith("note: ")]
    assert lines[0] == "acme (engagement) cannot be used as it is."
    starts = [line.removeprefix("  - ").split(" line ")[0].split(":")[0] for line in lines[1:]]
    assert sorted(starts) == ["profiles/full.yml", "texts/sumary.md", "texts/x.yml"]


@pytest.mark.parametrize(
    ("sign", "called"),
    [
        ("\u202e", "direction marks"),
        ("\u2067", "direction marks"),
        ("\u200b", "zero-width characters"),
        ("\ufeff", "byte order marks"),
    ],
)
def test_what_nobody_sees_in_settings_and_words_is_taken_out_and_said(
    run: Run, ready: Path, sign: str, called: str
) -> None:
    """Pasted with a name, a term or a text; the line is named, and nothing of it is printed."""
    template(ready)
    path = ready / "engagement.yml"
    text = path.read_text("utf-8").replace('client: "Acme', f'client: "A{sign}cme')
    path.write_text(
        text
        + f'\nterms: {{unit: {{en: {{one: "de{sign}partment", many: "departments", a: "a department"}}}}}}\n',
        "utf-8",
    )
    (ready / "texts").mkdir(exist_ok=True)
    (ready / "texts" / "own.yml").write_text(f'report.cover.title: {{en: "Ours{sign}"}}\n', "utf-8")
    checked = run("check", ready)
    said = [line for line in checked.text.splitlines() if "taken out" in line]
    assert len(said) == 3 and all(called in line and sign not in line for line in said), (
        checked.text
    )
    assert "line" in said[0] and "client" in said[0]
