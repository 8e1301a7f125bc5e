"""A second opinion on accessibility: what a validator of PDF/UA cannot see."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from hrkit.blocks import Contents, DocumentInfo, Heading, Paragraph
from hrkit.publish.pdf import render_pdf
from tests.pages import text_of

from .sample import document

COMMAND = shutil.which("outloud", path=str(Path(sys.executable).parent)) or shutil.which("outloud")


@pytest.mark.skipif(COMMAND is None, reason="needs outloud (in the dev extra)")
def test_a_second_opinion_finds_no_error(tmp_path: Path) -> None:
    path = tmp_path / "sample.pdf"
    path.write_bytes(render_pdf(document("da")))
    run = subprocess.run([COMMAND, "--no-info", path], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


@pytest.mark.skipif(COMMAND is None, reason="needs outloud (in the dev extra)")
def test_contents_have_no_entry_without_words(tmp_path: Path) -> None:
    """What another page lists is left out of the contents whole; it stays among the bookmarks."""
    chapters = tuple(
        block
        for n in range(4)
        for block in (Heading(f"Chapter {n}", new_page=True, id=f"c{n}"), Paragraph("Some words."))
    )
    info = DocumentInfo("Title", "en", author="A")
    listed = Contents("The rest", skip=("c0", "c1"))
    path = tmp_path / "contents.pdf"
    path.write_bytes(made := render_pdf((info, Heading("First"), listed, *chapters)))
    run = subprocess.run([COMMAND, "--no-info", path], capture_output=True, text=True)
    assert "TAG-020" not in run.stdout, run.stdout
    first = text_of(made).split("Some words.")[0]
    assert "Chapter 3" in first and "Chapter 0" not in first.partition("Chapter 3")[0]
    marks = [mark.get_title() for mark in pypdfium2.PdfDocument(made).get_toc()]
    assert [f"Chapter {n}" for n in range(4)] == [m for m in marks if m.startswith("Chapter")]
