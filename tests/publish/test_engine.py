"""Cells that run in this process show what a kernel would have shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from hrkit.errors import PublishError
from hrkit.publish.notebook import execute

CELLS = (
    "name = 'nobody'  # who",
    "print('one')\nprint('two')\nname",
    "import sys\nprint('warned', file=sys.stderr)",
    "from IPython.display import HTML, Image, display\ndisplay(HTML('<b>x</b>'), metadata={'a': 1})",
    "h = display('old', display_id='d')\nh.update('new')",
    "import base64\n"
    "PNG = base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==')\n"
    "Image(PNG)",
    "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "from IPython.display import clear_output\nprint('gone')\nclear_output(wait=True)\nprint('stays')",
    "7;",
    "None",
    "import asyncio\nawait asyncio.sleep(0)\n'waited'",
    "%%capture kept\nprint('captured')",
    "kept.stdout",
    "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nplt.close()\ntype(fig).__name__",
    "import os\nos.path.basename(os.getcwd())",
    "",
)

#: Runs a notebook in a process of its own, as a batch does.
RUN = """
import sys, nbformat
from hrkit.publish.notebook import execute
done = execute(sys.argv[1], None, {"name": "Åse"}, here=True)
nbformat.write(done, sys.argv[2])
"""


def notebook(path: Path, *cells: str) -> Path:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    made.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(made, path)
    return path


def shown(done: nbformat.NotebookNode) -> list[tuple[str, object]]:
    return [(cell.source, [dict(one) for one in cell.get("outputs", ())]) for cell in done.cells]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[nbformat.NotebookNode, ...]:
    folder = tmp_path_factory.mktemp("cells")
    path = notebook(folder / "cells.ipynb", *CELLS)
    in_kernel = execute(path, None, {"name": "Åse"})
    there = folder / "here.ipynb"
    subprocess.run([sys.executable, "-c", RUN, path, there], check=True)
    return in_kernel, nbformat.read(there, as_version=4)


def test_what_is_shown_is_the_same_to_the_last_output(
    both: tuple[nbformat.NotebookNode, ...],
) -> None:
    kernel, here = both
    for one, other in zip(shown(kernel), shown(here), strict=True):
        assert one == other
    counts = [[c.get("execution_count") for c in done.cells] for done in both]
    assert counts[0] == counts[1]


def test_a_cell_that_fails_stops_the_notebook_with_the_same_words(tmp_path: Path) -> None:
    path = notebook(tmp_path / "bad.ipynb", "x = 1", "1 / 0", "open('after', 'w')")
    with pytest.raises(PublishError) as in_kernel:
        execute(path, None, {})
    code = (
        "import sys\nfrom hrkit.errors import PublishError\nfrom hrkit.publish.notebook import execute\n"
        "try:\n    execute(sys.argv[1], None, {}, here=True)\n"
        "except PublishError as error:\n    print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(in_kernel.value)
    assert not (tmp_path / "after").exists()
