"""Conformance as veraPDF sees it; skipped, visibly, where no Java is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hrkit.blocks import DocumentInfo
from hrkit.publish.document import blocks_of
from hrkit.publish.notebook_file import read_notebook
from hrkit.publish.pdf import render_pdf

from .test_pdf import HOSTILE, everywhere

TOOL = Path(__file__).parents[1] / "tools" / "verapdf" / "verapdf.py"


@pytest.mark.verapdf
def test_every_pdf_is_accessible_and_fit_for_an_archive(
    pdfs: dict[str, bytes], notebooks: Path, tmp_path: Path
) -> None:
    hostile = read_notebook(notebooks / "hostile_markdown.ipynb")
    files = {
        **pdfs,
        "markdown": render_pdf(blocks_of(hostile, "hostile")),
        "typst": render_pdf(everywhere(HOSTILE[0])),
        "scripts": render_pdf(everywhere(HOSTILE[7])),
        "plain": render_pdf((DocumentInfo("T", "en"), *blocks_of(hostile)[1:3])),
    }
    paths = []
    for name, content in files.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(content)
        paths.append(str(path))
    done = subprocess.run(
        [sys.executable, str(TOOL), "ua1,2a", *paths], capture_output=True, text=True, timeout=300
    )
    if done.returncode == 2 and "cannot run here" in done.stderr:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("PASS") == 2 * len(files)
