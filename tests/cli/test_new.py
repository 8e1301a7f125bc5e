"""``hrkit new``: a folder that is ready to be filled in, whatever the client is called."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from hrkit.commands.template import template
from hrkit.model import engagement_file as engagements

from .conftest import Run, files, fill_in_name

MADE = [
    "0_start.ipynb",
    "1_collect.ipynb",
    "2_workshop.ipynb",
    "3_report.ipynb",
    "4_benchmark.ipynb",
    "answers.csv",
    "answers.xlsx",
    "engagement.yml",
    "form.xlsx",
]


@pytest.mark.parametrize("language", ["da", "nl", "en"])
def test_a_folder_that_lacks_nothing_but_the_consultants_name(
    run: Run, tmp_path: Path, language: str
) -> None:
    folder = tmp_path / "clients" / "acme"
    made = run("new", folder, "--name", "Acme A/S", "--language", language)
    assert made.code == 0
    assert sorted(files(folder)) == MADE
    assert all(str(folder / name) in made.text for name in MADE)
    assert f"hrkit check {folder}" in made.text

    missing = run("check", folder)
    assert missing.code == 1
    assert missing.text.splitlines() == [
        "acme (engagement) cannot be used as it is.",
        "  - acme/engagement.yml line 9, consultant.name: is empty; fill it in",
        "  - acme/engagement.yml line 42, audience: who will see the report is not said in "
        f"{language}; respondents are told before they answer: write it down now",
    ]
    fill_in_name(folder)
    assert run("check", folder).code == 0
    acme = engagements.load(folder)
    assert (acme.language, acme.languages) == (language, (language,))
    assert acme.instrument.id == "partnership"
    assert acme.synthetic is False


def test_what_is_commented_out_can_be_used_as_it_stands(run: Run, tmp_path: Path) -> None:
    """Each example of the template becomes valid when its ``#`` is taken away."""
    for language in ("da", "nl", "en"):
        folder = tmp_path / language
        run("new", folder, "--name", "Acme", "--language", language)
        fill_in_name(folder)
        path = folder / "engagement.yml"
        text = path.read_text("utf-8")
        for line in text.splitlines():
            if line.startswith("  # - {"):
                text = text.replace(line, line.replace("# ", ""))
        text = text.replace("invited: []", "invited:")
        unit = next(line for line in text.splitlines() if 'parent: "org"' in line)
        assert not unit.lstrip().startswith("#")
        path.write_text(text, "utf-8")
        template(folder)
        assert run("check", folder).text == f"{language}: a good engagement.\n"
        assert len(engagements.load(folder).units) == 2
        assert engagements.load(folder).invited[0].n == 40


@pytest.mark.parametrize("instrument", ["partnership", "service-check", "role-blueprint"])
def test_every_instrument_of_the_kit(run: Run, tmp_path: Path, instrument: str) -> None:
    folder = tmp_path / "acme"
    assert (
        run("new", folder, "--name", "A", "--language", "nl", "--instrument", instrument).code == 0
    )
    fill_in_name(folder)
    template(folder)
    checked = run("check", folder)
    assert checked.text == "acme: a good engagement.\n", checked.text
    assert engagements.load(folder).instrument.id == instrument


def test_an_instrument_of_ones_own_moves_in(run: Run, tmp_path: Path) -> None:
    from hrkit.model import instrument_file as instruments

    own = tmp_path / "my form.yml"
    kits = {path.stem: path for path in instruments.available()}
    own.write_bytes(kits["partnership"].read_bytes())
    folder = tmp_path / "acme"
    assert run("new", folder, "--name", "A", "--language", "da", "--instrument", own).code == 0
    own.unlink()
    fill_in_name(folder)
    assert run("check", folder).code == 0
    assert (folder / "my form.yml").is_file()


@pytest.mark.parametrize(
    "name",
    [
        'The "Big" One',
        "O'Brien & Søn",
        "Østre Å 🚀",
        "#hash: [x] {y} @z",
        "- dash",
        "No",
        "null",
        "007",
        "2026-11-21",
        "@ID@ @CLIENT@",
        "back\\slash \\n \\1 \\g<0>",
        "{{client}} {0} %s",
        "!!python/object:os.system",
        "&a *a",
        "שלום עולם",
        "=1+1",
        "x" * 200,
        "'",
        '"',
        "🚀",
        "…",
    ],
)
def test_any_name_stays_what_it_is(run: Run, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "acme"
    assert run("new", folder, "--name", name, "--language", "da").code == 0
    fill_in_name(folder)
    template(folder)
    checked = run("check", folder)
    assert checked.code == 0, checked.text
    acme = engagements.load(folder)
    assert acme.client == acme.root.name == name


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("", "is empty"),
        ("  ", "is empty"),
        ("a\nb", "holds characters that cannot be printed"),
        ("a\tb", "holds characters that cannot be printed"),
        ("a\x07", "holds characters that cannot be printed"),
        ("a\x85b", "holds characters that cannot be printed"),
        ("a\u2028b", "holds characters that cannot be printed"),
        ("a\uffffb", "holds characters that cannot be printed"),
        ("a\udcffb", "holds characters that cannot be printed"),
        ("x" * 201, "is longer than 200 characters"),
    ],
)
def test_a_name_that_cannot_be_printed_is_refused(
    run: Run, tmp_path: Path, name: str, what: str
) -> None:
    folder = tmp_path / "acme"
    refused = run("new", folder, "--name", name, "--language", "en")
    assert refused.code == 1
    assert f"--name: {what}; give the client's name" in refused.text
    assert not folder.exists()


def test_an_engagement_that_is_there_is_left_alone(run: Run, ready: Path) -> None:
    before = files(ready)
    refused = run("new", ready, "--name", "Other", "--language", "da")
    assert refused.code == 1
    assert "is there already" in refused.text
    assert files(ready) == before


@pytest.mark.parametrize("there", ["answers.csv", "answers.xlsx"])
def test_answers_that_are_there_are_never_overwritten(run: Run, tmp_path: Path, there: str) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / there).write_bytes(b"somebody's answers")
    refused = run("new", folder, "--name", "Acme", "--language", "en")
    assert refused.code == 1
    assert f"{there} is there already and may hold answers" in refused.text
    assert files(folder) == {there: b"somebody's answers"}


def test_other_files_may_be_there(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "logo.svg").write_text("<svg/>")
    (folder / "3_report.ipynb").write_text("mine")
    assert run("new", folder, "--name", "Acme", "--language", "en").code == 0
    assert (folder / "3_report.ipynb").read_text() == "mine"
    assert sorted(files(folder)) == sorted([*MADE, "logo.svg"])


def test_no_folder_can_be_made_of_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in ("file", "file/inside"):
        refused = run("new", tmp_path / place, "--name", "Acme", "--language", "en")
        assert refused.code == 1
        assert len(refused.text.splitlines()) == 1
    assert files(tmp_path) == {"file": b"x"}


@pytest.mark.parametrize("instrument", ["nothing", "nothing.yml", "../nothing.yml"])
def test_an_instrument_that_is_not_there(run: Run, tmp_path: Path, instrument: str) -> None:
    folder = tmp_path / "acme"
    refused = run("new", folder, "--name", "A", "--language", "en", "--instrument", instrument)
    assert refused.code == 1
    assert "nothing.yml cannot be used" in refused.text
    assert not folder.exists()


def test_notebooks_begin_in_the_language_of_the_people_in_the_room(
    run: Run, tmp_path: Path
) -> None:
    assert run("new", tmp_path / "da", "--name", "A", "--language", "da").code == 0
    for name, title in (
        ("0_start.ipynb", "Fra kunde til arkiv"),
        ("1_collect.ipynb", "Spørgeskemaet"),
        ("2_workshop.ipynb", "Led mødet"),
        ("3_report.ipynb", "Kundens rapport"),
        ("4_benchmark.ipynb", "Sammenlignet med andre organisationer"),
    ):
        first = nbformat.read(tmp_path / "da" / name, as_version=4).cells[0]
        assert first.source.startswith(f"# {title}\n")


def test_notebooks_come_without_outputs(run: Run, ready: Path) -> None:
    for name in ("0_start.ipynb", "1_collect.ipynb", "2_workshop.ipynb", "3_report.ipynb"):
        notebook = nbformat.read(ready / name, as_version=4)
        assert not any(cell.get("outputs") for cell in notebook.cells)


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are text on Windows")
def test_a_name_of_bytes_that_are_no_text(tmp_path: Path) -> None:
    code = "from hrkit.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "new", "acme", "--language", "da", "--name", b"\xff\xfe"],
        cwd=tmp_path,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"cannot be printed" in done.stderr


def test_a_terminal_that_knows_few_letters(tmp_path: Path) -> None:
    code = "from hrkit.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "new", "Østre-🚀", "--language", "da", "--name", "Østre 🚀"],
        cwd=tmp_path, capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "Østre-🚀" / "engagement.yml").is_file()
