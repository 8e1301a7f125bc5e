from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from hrkit import kit
from hrkit.blocks import MIME, to_json
from hrkit.errors import PublishError
from hrkit.model.language import words
from hrkit.model.languages import codes
from hrkit.workbook.exporter import HrkitPdfExporter
from tests.pages import pages_of

from .sample import WORDS, document

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path, notebooks: Path) -> Path:
    """A folder with an executed report, named as people name files."""
    info, *others = document("da")  # of nobody's engagement: nothing is issued
    output = new_output("display_data", {MIME: to_json((replace(info, client=""), *others))})
    cell = new_code_cell("report", execution_count=1, outputs=[output])
    nbformat.write(new_notebook(cells=[cell]), tmp_path / "rapport æ 1.ipynb")
    shutil.copy(notebooks / "unexecuted.ipynb", tmp_path)
    return tmp_path


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    home = str(tmp_path / "home")
    return {**os.environ, "HOME": home, "JUPYTER_RUNTIME_DIR": home, "JUPYTER_CONFIG_DIR": home}


def test_it_is_found_by_name() -> None:
    assert get_exporter("hrkit_pdf") is HrkitPdfExporter
    assert HrkitPdfExporter.export_from_notebook == "hrkit PDF"


def test_the_menu_says_what_the_docs_and_the_notebook_say() -> None:
    """JupyterLab's menu has an exporter's name with a capital letter."""
    in_the_menu = "hrkit_pdf".capitalize()
    assert f"Save and Export Notebook As → {in_the_menu}*" in (ROOT / "docs/reports.md").read_text(
        "utf-8"
    )
    for language in codes():
        assert f"{in_the_menu}*" in words(language)("forms.notebooks.report.text"), language
    report = nbformat.read(kit.notebooks() / "3_report.ipynb", as_version=4)
    assert f"→ {in_the_menu}*" in report.cells[0].source


def test_two_notebooks_in_a_row_share_nothing() -> None:
    exporter = HrkitPdfExporter()
    one = new_notebook(cells=[new_markdown_cell("# One")])
    first, resources = exporter.from_notebook_node(one, {"metadata": {"name": "one"}})
    second, _ = exporter.from_notebook_node(new_notebook(cells=[new_markdown_cell("# Two")]))
    assert resources["output_extension"] == ".pdf"
    assert "One" in pages_of(first)[0]
    assert "One" not in pages_of(second)[0]
    assert exporter.from_notebook_node(one, {"metadata": {"name": "one"}})[0] == first
    assert one == new_notebook(cells=one.cells)


def test_an_unexecuted_notebook_is_refused(notebooks: Path) -> None:
    with pytest.raises(PublishError, match="unexecuted"):
        HrkitPdfExporter().from_filename(str(notebooks / "unexecuted.ipynb"))


def test_the_command_line_prints(folder: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "nbconvert", "--to", "hrkit_pdf", "rapport æ 1.ipynb"]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    assert len(pages_of((folder / "rapport æ 1.pdf").read_bytes())) == 7
    done = subprocess.run(
        [*command[:-1], "unexecuted.ipynb"], cwd=folder, env=environment, capture_output=True
    )
    assert done.returncode != 0
    assert b"Run All Cells" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.fixture
def server(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """The address of a Jupyter Server on this machine alone, with a token."""
    token = "a-token-for-this-test"
    options = {
        "ServerApp.ip": "127.0.0.1", "ServerApp.port": "0", "ServerApp.open_browser": "False",
        "ServerApp.root_dir": str(folder), "IdentityProvider.token": token,
        "ServerApp.jpserver_extensions": "{}",
    }  # fmt: skip
    command = [sys.executable, "-m", "jupyter_server", "--allow-root"]
    log = (folder / "server.log").open("wb")
    process = subprocess.Popen(
        [*command, *(f"--{name}={value}" for name, value in options.items())],
        env=environment,
        stdout=log,
        stderr=log,
    )
    try:
        home = Path(environment["HOME"])
        for _ in range(300):
            found = list(home.glob("jpserver-*.json"))
            if found and found[0].stat().st_size:
                break
            assert process.poll() is None, (folder / "server.log").read_text()
            time.sleep(0.1)
        yield json.loads(found[0].read_text())["url"] + "{}?token=" + token
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def test_jupyter_server_serves_it(server: str) -> None:
    def get(path: str) -> tuple[str, bytes]:
        with urllib.request.urlopen(server.format(path), timeout=60) as answer:
            return answer.headers["Content-Type"], answer.read()

    kind, content = get("nbconvert/hrkit_pdf/rapport%20%C3%A6%201.ipynb")
    assert kind.startswith("application/pdf")
    assert WORDS["da"]["summary"] in pages_of(content)[2]
    assert "hrkit_pdf" in json.loads(get("api/nbconvert")[1])  # JupyterLab's menu reads this
    with pytest.raises(urllib.error.HTTPError) as caught:
        get("nbconvert/hrkit_pdf/unexecuted.ipynb")
    assert caught.value.code == 500
    assert b"Run All Cells" in caught.value.read()
