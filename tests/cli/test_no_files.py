"""What lies where a file should, and is none: a folder, a pipe that nobody writes into, a device."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from .conftest import Run

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")

SAID = {"folder": "is a folder, not a file", "pipe": "is no file, but a pipe or a device"}


def put(kind: str, path: Path) -> None:
    path.unlink(missing_ok=True)
    if kind == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)


@pytest.mark.parametrize("kind", SAID)
@pytest.mark.parametrize("name", ["answers.sqlite", "3_report.ipynb", "records.sqlite"])
def test_what_is_read_of_a_folder(run: Run, answered: Path, kind: str, name: str) -> None:
    put(kind, answered / name)
    for command in (("check", answered), ("report", answered, "--trust")):
        done = run(*command)
        if (command[0], name) != ("check", "records.sqlite"):  # read when something is printed
            assert done.code == 1, done.text
            assert SAID[kind] in done.text, done.text


@pytest.mark.parametrize("kind", SAID)
def test_answers_and_settings(run: Run, answered: Path, kind: str, tmp_path: Path) -> None:
    store = (answered / "answers.sqlite").read_bytes()
    file = tmp_path / "new.csv"
    put(kind, file)
    done = run("import", file, "--into", answered)
    assert done.code == 1
    if kind == "pipe":  # a folder is one of returned forms
        assert SAID[kind] in done.text
    assert (answered / "answers.sqlite").read_bytes() == store
    again = shutil.copytree(answered, tmp_path / "again")
    put(kind, again / "engagement.yml")
    done = run("report", again)
    assert (done.code, len(done.text.splitlines())) == (1, 1), done.text
    assert "engagement.yml" in done.text
