"""What follows from released means imports nothing that holds an answer, whatever modules there are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import hrkit.disclosure.derived as derived

ALLOWED = (
    "hrkit.measure",
    "hrkit.model",
    "hrkit.disclosure.released",
    "hrkit.disclosure.derived",
    "hrkit.disclosure.least",  # how many have to answer: a rule of the instrument's, no answer
    "hrkit.errors",
)


@pytest.mark.parametrize("path", sorted(Path(derived.__file__).parent.glob("*.py")), ids=str)
def test_derived_imports_released_tables_only(path):
    tree = ast.parse(path.read_text("utf-8"))
    names = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    names |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    own = {name for name in names if name.startswith("hrkit")}
    assert {name for name in own if not name.startswith(ALLOWED)} == set()
