"""The wheel works without the checkout: notebooks and templates travel inside the package."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_wheel_carries_the_kit_and_runs_without_the_checkout(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
        # Voilà finds the kit's page where it was installed.
        names = archive.namelist()
    page = "share/jupyter/voila/templates/hrkit/index.html.j2"
    assert any(name.endswith(f".data/data/{page}") for name in names)
    code = (
        "import hrkit, hrkit.kit as kit; from hrkit.cli import main; "
        "print(kit.notebooks()); print(kit.templates()); "
        "main(['new', 'acme', '--name', 'Acme', '--language', 'nl'])"
    )
    env = {**os.environ, "PYTHONPATH": str(site)}
    # -P keeps the present folder off the path; the editable install is behind PYTHONPATH.
    run = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    notebooks, templates, *_ = run.stdout.splitlines()
    assert Path(notebooks) == site / "hrkit" / "_kit" / "notebooks"
    assert Path(templates) == site / "hrkit" / "_kit" / "templates"
    made = {path.name for path in (tmp_path / "acme").iterdir()}
    assert {
        "engagement.yml",
        "answers.xlsx",
        "answers.csv",
        "0_start.ipynb",
        "1_collect.ipynb",
        "3_report.ipynb",
        "4_benchmark.ipynb",
    } <= made
