"""The wing as a whole: light to import, documented with sources, typed."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from hrkit import measure as m

FUNCTIONS = [name for name in m.__all__ if inspect.isfunction(getattr(m, name))]


def test_importing_loads_no_scipy() -> None:
    code = "import sys, hrkit.measure; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_documented_and_typed(name: str) -> None:
    function = getattr(m, name)
    text = inspect.getdoc(function) or ""
    needed = ["Parameters\n---", "Returns\n---"]
    if name != "codes_of":
        needed.append("Notes\n---")
        assert all(part in text for part in needed), name
    signature = inspect.signature(function)
    assert signature.return_annotation is not inspect.Signature.empty
    for parameter in signature.parameters.values():
        assert parameter.annotation is not inspect.Parameter.empty
        assert parameter.name in text


def test_everything_public_is_listed() -> None:
    assert sorted(m.__all__, key=str) == sorted(set(m.__all__))
