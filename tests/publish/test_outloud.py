"""A second opinion on accessibility: what a validator of PDF/UA cannot see."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hrkit.publish.pdf import render_pdf

from .sample import document

COMMAND = shutil.which("outloud", path=str(Path(sys.executable).parent)) or shutil.which("outloud")


@pytest.mark.skipif(COMMAND is None, reason="needs outloud (in the dev extra)")
def test_a_second_opinion_finds_no_error(tmp_path: Path) -> None:
    path = tmp_path / "sample.pdf"
    path.write_bytes(render_pdf(document("da")))
    run = subprocess.run([COMMAND, "--no-info", path], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
