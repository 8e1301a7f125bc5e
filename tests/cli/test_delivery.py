"""``hrkit report``, ``release``, ``batch``, ``comments`` and ``explain``.

Reports take seconds each: those that are printed here are few, and short ones.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.pages import text_of
from tests.quick import undrawn, without_kernel

from .conftest import Run, files, sheet, store_rows, write_csv


@pytest.mark.parametrize(
    "command",
    [("report",), ("release", "--wave", "w1"), ("comments",)],
    ids=lambda command: command[0],
)
def test_without_answers_there_is_nothing_to_do(
    run: Run, ready: Path, command: tuple[str, ...]
) -> None:
    before = files(ready)
    done = run(command[0], ready, *command[1:])
    assert done.code == 1
    assert done.text.startswith("There are no answers yet: ")
    assert "Import some first" in done.text
    assert files(ready) == before


@pytest.mark.parametrize(
    "command", [("report",), ("release",), ("comments",), ("explain", "trust")], ids=lambda c: c[0]
)
def test_a_wave_that_is_not_there(run: Run, answered: Path, command: tuple[str, ...]) -> None:
    before = files(answered)
    done = run(command[0], answered, *command[1:], "--wave", "w9")
    assert done.code == 1
    assert done.text == "There is no wave 'w9'; engagement.yml has w1.\n"
    assert files(answered) == before


@pytest.mark.parametrize(
    "command",
    [("report",), ("release", "--wave", "w1"), ("comments",), ("explain", "trust")],
    ids=lambda command: command[0],
)
def test_a_folder_that_is_no_engagement(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    done = run(command[0], tmp_path, *command[1:])
    assert done.code == 1
    assert "There is no engagement.yml" in done.text
    assert files(tmp_path) == {}


def test_a_profile_that_is_not_there(run: Run, answered: Path) -> None:
    done = run("report", answered, "--profile", "long")
    assert done.code == 1
    assert done.text.startswith("There is no report profile 'long'; use one of benchmark, board, ")
    assert not list(answered.glob("*.pdf"))


def test_a_wave_without_answers_is_not_released(run: Run, answered: Path) -> None:
    path = answered / "engagement.yml"
    text = path.read_text("utf-8")
    wave = '  - {id: "w1", name: {en: "First round"}}\n'
    path.write_text(
        text.replace(wave, wave + '  - {id: "w2", name: {en: "Second round"}}\n'), "utf-8"
    )
    done = run("release", answered, "--wave", "w2")
    assert done.code == 1
    assert "The wave w2 has no answers yet" in done.text
    assert not (answered / "release-w2.json").exists()


def test_from_draft_to_release(run: Run, answered: Path) -> None:
    output = answered.parent / "out" / "draft.pdf"
    draft = run("report", answered, "--profile", "summary", "-o", output, "--keep-notebook")
    assert draft.code == 0, draft.text
    assert draft.text.splitlines()[-1] == str(output)
    assert sorted(files(output.parent)) == ["draft.ipynb", "draft.pdf"]
    assert "DRAFT" in text_of(output)
    assert "SYNTHETIC" not in text_of(output)
    notebook = (output.parent / "draft.ipynb").read_text("utf-8")
    assert str(answered.parent) not in notebook
    assert "Remark" not in notebook  # no comment was passed for print

    released = run("release", answered, "--wave", "w1")
    assert released.code == 0, released.text
    assert released.text == (
        "Acme A/S: wave w1 is frozen; what was released stands in release-w1.json.\n"
    )
    audit = (answered / "release-w1.json").read_text("utf-8")
    assert json.loads(audit)["wave"] == "w1"
    assert "mean" not in audit

    frozen = store_rows(answered)
    late = write_csv(answered.parent / "late.csv", sheet(answered, {"leader": 1}, seed=9))
    refused = run("import", late, "--into", answered)
    assert refused.code == 1
    assert "frozen" in refused.text
    assert store_rows(answered) == frozen

    again = run("release", answered, "--wave", "w1")
    assert again.code == 1
    assert "was frozen on" in again.text
    assert (answered / "release-w1.json").read_text("utf-8") == audit

    with without_kernel(), undrawn():
        final = run("report", answered, "--profile", "summary")
    assert final.code == 0, final.text
    assert final.text.splitlines()[-1] == str(answered / "acme-a-s-w1-en-summary.pdf")
    assert "DRAFT" not in text_of(answered / "acme-a-s-w1-en-summary.pdf")
    assert not list(answered.glob("*.part")) and not list(answered.glob(".*.part"))


def test_a_batch_of_nothing(run: Run, tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        done = run("batch", place, "-o", tmp_path / "out")
        assert done.code == 1
        assert done.text == f"There is no engagement folder in {place}.\n"
    assert not (tmp_path / "out").exists()


def test_a_batch_of_an_engagement_itself_and_into_a_file(run: Run, answered: Path) -> None:
    done = run("batch", answered, "-o", answered.parent / "out")
    assert (done.code, done.text) == (
        1,
        f"There is no engagement folder in {answered}; it is one itself: name the folder that "
        "holds it.\n",
    )
    taken = answered.parent / "taken"
    taken.write_text("x", "utf-8")
    done = run("batch", answered.parent, "-o", taken)
    assert (done.code, done.text) == (1, f"{taken} is a file; choose a folder for the reports.\n")
    assert taken.read_text("utf-8") == "x"


def test_comments_are_listed_with_ids_and_those_that_were_passed(run: Run, answered: Path) -> None:
    listed = run("comments", answered)
    assert listed.code == 0
    lines = listed.text.splitlines()
    assert len(lines) == 13
    ids = [line.split()[0] for line in lines]
    assert len(set(ids)) == 13
    assert {line.split()[1] for line in lines} == {"open.01"}
    # Thirteen answered, but neither side is ten: none of them would be printed, and it is said.
    assert all("[from a side of " in line and ": will not be printed] " in line for line in lines)
    assert {line.split("] ")[-1] for line in lines} == {f"Remark {i}" for i in range(1, 14)}
    # the order says nothing about who came first
    assert [int(line.split()[-1]) for line in lines] != list(range(1, 14))

    path = answered / "engagement.yml"
    path.write_text(path.read_text("utf-8") + f'\ncomments:\n  - {{id: "{ids[0]}"}}\n', "utf-8")
    passed = run("comments", answered, "--wave", "w1").text.splitlines()
    assert [line for line in passed if line.startswith("passed ")] == [f"passed {lines[0].strip()}"]


def test_no_comments_is_said(run: Run, ready: Path) -> None:
    rows = sheet(ready, {"leader": 5})
    rows = [[cell if not cell.startswith("Remark") else "" for cell in row] for row in rows]
    run("import", write_csv(ready.parent / "a.csv", rows), "--into", ready)
    assert run("comments", ready).text == "There are no open answers yet.\n"


def test_explain(run: Run, answered: Path) -> None:
    told = run("explain", answered, "trust")
    assert told.code == 0
    assert "Acme A/S" in told.text
    assert "trust.01" in told.text
    assert run("explain", answered, "trust", "leader").code == 0
    for wrong in (("nothing",), ("trust", "boss")):
        refused = run("explain", answered, *wrong)
        assert refused.code == 1
        assert refused.text.startswith("There is no ")
