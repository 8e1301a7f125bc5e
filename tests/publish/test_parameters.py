from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from hrkit.errors import PublishError
from hrkit.publish.notebook import execute, parameters_of
from hrkit.publish.notebook_file import read_notebook
from hrkit.publish.parameters import checked_parameters


def test_parameters_are_read_with_their_comments(notebooks: Path) -> None:
    assert parameters_of(notebooks / "parameters.ipynb") == (
        ("year", "2026", "the year of the wave"),
        ("name", "'Fjordby'", "the client's name"),
        ("share", "None", "Share of leaders that answered, between 0 and 1."),
        ("units", "['a', 'b']", ""),
        ("draft", "True", "prints the mark"),
    )


def test_an_unknown_parameter_is_refused_before_anything_runs(notebooks: Path) -> None:
    with pytest.raises(PublishError) as caught:
        execute(notebooks / "never_ends.ipynb", None, {"x": 1})
    assert "cells tagged 'parameters'" in str(caught.value)
    with pytest.raises(PublishError) as caught:
        execute(notebooks / "parameters.ipynb", None, {"yaer": 1, "Name": "x"})
    assert len(caught.value.problems) == 2
    assert "year (the year of the wave)" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("year", 1, True), ("year", "1", False), ("year", True, False), ("year", 1.0, False),
        ("name", "x", True), ("name", Path("x"), True), ("name", None, False),
        ("share", 1, True), ("share", 0.5, True), ("share", None, True), ("share", "x", False),
        ("units", ("a",), True), ("units", "a", False),
        ("draft", False, True), ("draft", 0, False),
        ("units", {"a"}, False), ("name", b"x", False), ("name", "\ud800", False),
    ],
)  # fmt: skip
def test_a_value_of_a_wrong_type_is_refused(
    notebooks: Path, name: str, value: Any, fits: bool
) -> None:
    notebook = read_notebook(notebooks / "parameters.ipynb")
    if fits:
        assert set(checked_parameters(notebook, {name: value}, "n")) == {name}
    else:
        with pytest.raises(PublishError, match=name):
            checked_parameters(notebook, {name: value}, "n")


def test_values_become_what_a_notebook_can_hold(notebooks: Path) -> None:
    notebook = read_notebook(notebooks / "parameters.ipynb")
    given = {"units": ("a", Path("b")), "name": Path("c")}
    assert checked_parameters(notebook, given, "n") == {"units": ["a", "b"], "name": "c"}


@pytest.mark.parametrize("name", ["no_parameters", "two_parameter_cells"])
def test_one_parameters_cell_is_needed(notebooks: Path, name: str) -> None:
    with pytest.raises(PublishError, match="tagged 'parameters'"):
        parameters_of(notebooks / f"{name}.ipynb")


def test_a_parameters_cell_is_plain_python() -> None:
    cell = new_code_cell("%magic\na = 1", metadata={"tags": ["parameters"]})
    with pytest.raises(PublishError, match="plain Python"):
        parameters_of(new_notebook(cells=[cell]))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is not a notebook: the file is empty"),
        (b"{}x", "is not a notebook: it is damaged, or no notebook at all"),
        (b'{"cells": [', "is not a notebook: it is damaged, or no notebook at all"),
        (b"[]", "is not a notebook: it does not say so itself"),
        ('{"nbformat": 4}'.encode("utf-16"), "is not a notebook: it is no text in UTF-8"),
        (b'{"nbformat": 9, "cells": []}', r"is a notebook of a later kind \(nbformat 9\)"),
    ],
)
def test_a_file_that_is_no_notebook_is_refused_in_one_sentence(
    tmp_path: Path, data: bytes, says: str
) -> None:
    (tmp_path / "x.ipynb").write_bytes(data)
    with pytest.raises(PublishError, match=says) as caught:
        parameters_of(tmp_path / "x.ipynb")
    assert len(str(caught.value).splitlines()) == 1
    with pytest.raises(PublishError, match="missing.ipynb"):
        parameters_of(tmp_path / "missing.ipynb")


def test_a_mark_in_front_and_two_cells_of_one_id_are_no_hindrance(
    notebooks: Path, tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    found = json.loads((notebooks / "parameters.ipynb").read_text("utf-8"))
    for cell in found["cells"]:
        cell["id"] = "same"
    path = tmp_path / "x.ipynb"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(found).encode())
    read = read_notebook(path)
    assert len({cell.id for cell in read.cells}) == len(read.cells)
    assert parameters_of(path) == parameters_of(notebooks / "parameters.ipynb")
    assert not recwarn
