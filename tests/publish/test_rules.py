"""Promises of the wing that no single function keeps."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import hrkit.publish

ROOT = Path(hrkit.publish.__file__).parent


def test_the_template_reads_nothing_and_runs_nothing_but_the_document() -> None:
    for source in (ROOT / "typst").glob("*.typ"):
        text = source.read_text(encoding="utf-8")
        for word in ("eval(", "@preview", "plugin(", "read(", "include "):
            assert word not in text, f"{source.name}: {word}"
        assert text.count("json(") == (source.name == "main.typ")


@pytest.mark.parametrize(
    "module", ["batch", "check", "document", "html", "notebook", "parameters", "pdf"]
)
def test_heavy_modules_load_only_when_used(module: str) -> None:
    heavy = ("nbconvert", "papermill", "typst", "markdown_it", "fontTools", "matplotlib", "pandas")
    code = (
        f"import sys, hrkit.publish.{module}\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
