from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import nbformat
import pytest

from hrkit.errors import PublishError
from hrkit.publish.notebook import execute


@pytest.fixture
def no_kernels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a kernel named python3 that leads nowhere, and an IPython profile."""
    home = tmp_path / "home"
    specs = home / "jupyter" / "kernels" / "python3"
    specs.mkdir(parents=True)
    (specs / "kernel.json").write_text(
        '{"argv": ["/nowhere"], "display_name": "x", "language": "x"}'
    )
    startup = home / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("raise SystemExit('the profile was read')")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("JUPYTER_PATH", str(home / "jupyter"))
    monkeypatch.setenv("IPYTHONDIR", str(home / "ipython"))
    return home


def test_it_runs_in_this_interpreter_with_exactly_these_values(
    notebooks: Path, no_kernels: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    # Braces and spaces: papermill would read them as parameters of the path.
    folder = tmp_path / "clients {x} 2026"
    folder.mkdir()
    source = shutil.copy(notebooks / "parameters.ipynb", folder)
    before = os.getcwd(), Path(source).read_bytes()
    hostile = 'he said "x"; import os\n\\ {y} $z # å 😀'
    target = tmp_path / "new" / "out {x}.ipynb"
    executed = execute(source, target, {"name": hostile, "units": ["c"], "share": 1})
    said, where = (cell.outputs[0].text for cell in executed.cells[3:5])
    assert said == f"{hostile!r} 2026 1 ['c'] True\n"
    python, cwd, backend, profile = where.splitlines()
    assert (python, cwd, backend) == (sys.executable, str(folder), "agg")
    assert not Path(profile).exists()
    assert before == (os.getcwd(), Path(source).read_bytes())
    assert nbformat.read(target, 4) == executed
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert str(folder) not in str(executed.metadata)
    assert list(no_kernels.rglob("history.sqlite")) == []
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err == ""


def test_without_parameters_it_runs_as_it_stands(notebooks: Path) -> None:
    executed = execute(notebooks / "no_parameters.ipynb", None, {})
    assert executed.cells[1].outputs[0].data["text/plain"] == "2"


def test_a_failed_cell_is_told_without_a_traceback_and_nothing_is_written(
    notebooks: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.ipynb"
    target.write_text("before")
    with pytest.raises(PublishError) as caught:
        execute(notebooks / "raises.ipynb", target, {"year": 2025})
    assert str(caught.value) == (
        "raises.ipynb stopped at a failed cell\n  - raises.ipynb, cell 2: KeyError: 'age'; "
        "run it in JupyterLab up to there to mend it"
    )
    assert target.read_text() == "before"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_cell_that_ends_the_program_is_a_failed_cell(notebooks: Path, tmp_path: Path) -> None:
    """papermill takes it for an end; what stands below has not run."""
    found = nbformat.read(notebooks / "parameters.ipynb", 4)
    found.cells.append(nbformat.v4.new_code_cell("raise SystemExit"))
    found.cells.append(nbformat.v4.new_code_cell("print('below')"))
    nbformat.write(found, tmp_path / "exit.ipynb")
    with pytest.raises(PublishError) as caught:
        execute(tmp_path / "exit.ipynb", None, {"year": 2025})
    where = f"exit.ipynb, cell {len(found.cells) - 1}: SystemExit; run it"
    assert where in str(caught.value)


def test_the_kits_own_error_keeps_its_words(notebooks: Path) -> None:
    with pytest.raises(PublishError) as caught:
        execute(notebooks / "raises_hrkit_error.ipynb", None, {})
    assert str(caught.value) == (
        "the answers cannot be used\n"
        "  - answers.xlsx row 14, trust.03: 7 is outside 1–5; correct it or leave it blank"
    )


def test_a_cell_that_does_not_end_is_stopped(notebooks: Path) -> None:
    with pytest.raises(PublishError, match="longer than 1 seconds"):
        execute(notebooks / "never_ends.ipynb", None, {}, timeout=1)


#: The kernel says that the cell is done, and is held up before it sends what the cell showed.
LATE = """
import time
kernel = get_ipython().kernel
send = kernel.session.send

def slow(stream, message, *more, **named):
    if message == "execute_reply":
        kernel.iopub_thread.schedule(lambda: time.sleep(6))
    return send(stream, message, *more, **named)

kernel.session.send = slow
print("late")
"""


def test_what_a_cell_shows_may_come_late(notebooks: Path, tmp_path: Path) -> None:
    """On a busy machine outputs follow the end of a cell by many seconds; four were taken for a cell without end."""
    found = nbformat.read(notebooks / "parameters.ipynb", 4)
    found.cells.append(nbformat.v4.new_code_cell(LATE))
    nbformat.write(found, tmp_path / "late.ipynb")
    executed = execute(tmp_path / "late.ipynb", None, {"year": 2025})
    assert executed.cells[-1].outputs[0]["text"] == "late\n"


def test_a_kernel_that_dies_and_one_that_is_missing_are_told(
    notebooks: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(PublishError, match="kernel ended"):
        execute(notebooks / "kernel_dies.ipynb", None, {})
    with pytest.raises(PublishError, match="no_such_kernel"):
        execute(notebooks / "no_parameters.ipynb", None, {}, kernel_name="no_such_kernel")
    with pytest.raises(PublishError, match="does not exist"):
        execute(notebooks / "no_parameters.ipynb", None, {}, cwd="no such folder")
    assert capfd.readouterr().err == ""  # told once, by the error
