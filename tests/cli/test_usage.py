"""Exit codes, help, and what a command says when it is used wrongly."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest

import hrkit
from hrkit.cli import main
from hrkit.cli.base import answerable

from .conftest import Run, sheet, write_csv


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["--nothing"],
        ["new"],
        ["new", "acme"],
        ["new", "acme", "--name", "A"],
        ["new", "acme", "--name", "A", "--language", "de"],
        ["new", "acme", "--name", "A", "--language", "DA"],
        ["new", "acme", "more", "--name", "A", "--language", "da"],
        ["import", "a.csv"],
        ["check"],
        ["report"],
        ["report", "acme", "--language", "sv"],
        ["report", "acme", "--wave"],
        ["release", "acme"],
        ["explain", "acme"],
        ["comments"],
        ["batch", "clients"],
        ["instruments", "more"],
        ["demo", "more"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.code == 2
    assert "Error: " in done.text


@pytest.mark.parametrize(
    "arguments", [[], *([name] for name in sorted(main.commands))], ids=" ".join
)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help(run: Run, arguments: list[str], option: str) -> None:
    done = run(*arguments, option)
    assert done.code == 0
    assert done.text.startswith("Usage: ")


def test_every_command_and_option_says_what_it_is_for() -> None:
    for name, command in main.commands.items():
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"


def test_version(run: Run) -> None:
    assert run("--version").text == f"hrkit, version {version('hrkit')}\n"


def test_instruments(run: Run) -> None:
    done = run("instruments")
    assert done.code == 0
    lines = done.text.splitlines()
    named = {line.split()[0]: line.split()[1:7] for line in lines}
    assert {"partnership", "role-blueprint", "mirror", "blueprint"} <= set(named)
    assert list(named) == sorted(named)
    assert named["partnership"] == ["2.1.1", "en,", "da,", "nl", "49", "questions"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied", "clients/answers.xlsx"),
         "answers.xlsx cannot be written or read; is it open in another program?\n"),
        (OSError(28, "No space left on device", "clients/report.pdf"),
         "report.pdf cannot be written or read: No space left on device; free some space.\n"),
    ],
    ids=["open elsewhere", "full disk"],
)  # fmt: skip
def test_what_the_system_refuses_is_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr("hrkit.model.instrument_file.available", refuse)
    done = run("instruments")
    assert (done.code, done.text) == (1, said)


def test_a_demo_in_place_of_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = run("demo", "-o", tmp_path / "file")
    assert done.code == 1
    assert len(done.text.splitlines()) == 1


def test_an_error_of_the_kit_itself_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the user can mend is turned into a list; a bug keeps its traceback."""

    @answerable
    def broken() -> None:
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        broken()


def test_messages_go_to_stderr_and_results_to_stdout(tmp_path: Path) -> None:
    code = "from hrkit.cli import main; main()"
    wrong = subprocess.run(
        [sys.executable, "-c", code, "check", "nothing.yml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr == "There is no file nothing.yml.\n"
    good = subprocess.run(
        [sys.executable, "-c", code, "instruments"], cwd=tmp_path, capture_output=True, text=True
    )
    assert (good.returncode, good.stderr) == (0, "")


def test_a_reader_who_leaves_early_is_no_error(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("no such pipes on Windows")
    code = "from hrkit.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "instruments"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    process.wait(60)
    assert b"Traceback" not in said


def test_from_python_a_place_may_be_a_text(
    ready: Path, tmp_path: Path, without_kernel: None, undrawn: None
) -> None:
    """Every place that a function takes is a path or a text, and formats come one by one or as a list."""
    answers = write_csv(tmp_path / "a.csv", sheet(ready, {"leader": 6}))
    assert hrkit.check(str(answers), str(ready)).problems == ()
    hrkit.import_answers(str(answers), str(ready))
    made = hrkit.report(
        str(ready), profile="summary", output=str(tmp_path / "r.pdf"), also="html, docx"
    )
    assert made.pdf == tmp_path / "r.pdf"
    assert [one.suffix for one in made.also] == [".html", ".docx"]
    assert hrkit.sheet(str(ready), unit="org", output=str(tmp_path)).parent == tmp_path
    assert hrkit.template(str(ready), output=str(tmp_path / "t.csv")) == (tmp_path / "t.csv",)
