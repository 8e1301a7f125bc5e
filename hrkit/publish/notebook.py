"""Runs a notebook with its parameters, by papermill.

What papermill leaves open is closed here: parameters are checked first, the kernel is this
interpreter, nothing is written until the run has succeeded, and a failure is told in the
user's words.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hrkit.errors
from hrkit import ending
from hrkit.errors import Problem, PublishError
from hrkit.files import private_folder, write_all
from hrkit.publish.notebook_file import read_notebook
from hrkit.publish.parameters import (
    Parameter,
    checked_parameters,
    parameters_of,
    without_injected,
)

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["Parameter", "as_bytes", "execute", "parameters_of"]

#: Seconds that a kernel may take to start, and what a cell shows to arrive once it is done: on a machine
#: that is busy nbclient's own four are soon over, with everything right.
_PATIENCE = 180

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def execute(
    notebook_path: str | os.PathLike[str],
    output_path: str | os.PathLike[str] | None,
    parameters: Mapping[str, Any],
    *,
    cwd: str | os.PathLike[str] | None = None,
    kernel_name: str | None = None,
    timeout: float | None = 600,
    admit: Callable[[NotebookNode], None] | None = None,
    variables: Mapping[str, str] | None = None,
    here: bool = False,
    formats: Collection[str] = (),
) -> NotebookNode:
    """Run a notebook.

    Parameters that an earlier run put into it are taken out first.

    Parameters
    ----------
    notebook_path
        The notebook; it is not changed.
    output_path
        Where the executed notebook is written; ``None`` writes none.
    parameters
        Values for names of the notebook's parameters cell.
    cwd
        Folder in which the cells run; as in JupyterLab, the notebook's own by default.
    kernel_name
        An installed kernel; by default the present interpreter, whatever is installed.
    timeout
        Seconds a single cell may take; ``None`` for no limit.
    admit
        Sees the notebook as it was read, before anything of it runs; raises to refuse it
        (`hrkit.publish.trust`).
    variables
        Environment variables for its kernel.
    here
        Run the cells in this process, which was made for this notebook alone
        (`hrkit.publish.batch.engine`), and in no kernel.
    formats
        What is made of the notebook beside the page, if it runs here: nothing else is in its outputs.

    Returns
    -------
    NotebookNode
        The executed notebook.

    Raises
    ------
    PublishError
        When the notebook or a parameter is refused (nothing has run then), or a cell fails
        (nothing has been written then).
    """
    path = Path(notebook_path)
    notebook = read_notebook(path)
    if admit is not None:
        admit(notebook)
    notebook = without_injected(notebook)
    values: dict[str, Any] = {}
    if parameters:
        values = checked_parameters(notebook, parameters, path.name)
    folder = Path(cwd) if cwd is not None else path.absolute().parent
    if not folder.is_dir():
        raise PublishError(f"{path.name} was not run: the folder {folder} does not exist")
    executed = _run(
        notebook,
        values,
        path.name,
        folder=folder,
        kernel_name=kernel_name,
        timeout=timeout,
        variables=variables,
        here=here,
        formats=formats,
    )
    if output_path is not None:
        write_all({Path(output_path): as_bytes(executed)})
    return executed


def _run(
    notebook: NotebookNode,
    values: dict[str, Any],
    name: str,
    *,
    folder: Path,
    kernel_name: str | None,
    timeout: float | None,
    variables: Mapping[str, str] | None,
    here: bool,
    formats: Collection[str],
) -> NotebookNode:
    import papermill  # type: ignore[import-untyped]

    from hrkit.publish.kernel import NAME, kernel_manager

    with private_folder("kernel") as own, contextlib.ExitStack() as around:
        engine: dict[str, Any] = {}
        aside: dict[int, list[NotebookNode]] = {}
        if here:
            from hrkit.publish.batch.entry import register

            os.environ.update(variables or {})
            engine = {"engine_name": register(), "folder": str(folder), "aside": aside}
            engine["formats"] = formats
        else:
            engine["iopub_timeout"] = _PATIENCE
            if kernel_name is None:
                engine["kernel_manager_class"] = around.enter_context(
                    kernel_manager(own, variables)
                )
        try:
            _hush()
            # The notebook goes in and out as a value: papermill would read braces in a path
            # as parameters, and change the working folder of this whole process.
            executed: NotebookNode = papermill.execute_notebook(
                notebook,
                None,
                parameters=values,
                kernel_name=kernel_name or NAME,
                language="python",
                progress_bar=False,
                log_output=False,
                start_timeout=_PATIENCE,
                execution_timeout=timeout,
                resources={"metadata": {"path": str(folder)}},
                **engine,
            )
        except Exception as error:
            # Whatever it looks like: a kernel that was ended with this process is no failure.
            ending.ended()
            # papermill has put a cell behind the parameters cell, unless there were none.
            put = _parameters_cell(notebook) if values else -1
            raise _failed(error, name, put, timeout) from error
        ending.ended()
    for index, outputs in aside.items():
        executed.cells[index].outputs = outputs
    _refuse_exit(executed, name)
    # Where and when it ran is nobody's business who is given the notebook; and without that the
    # same run is the same file.
    for part in (executed, *executed.cells):
        for key in ("papermill", "execution"):
            part.metadata.pop(key, None)
    return executed


def _hush() -> None:
    """What goes wrong is told once, by us; not by the libraries' logs, too."""
    for name in ("papermill", "traitlets"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _parameters_cell(notebook: NotebookNode) -> int:
    tags = (cell.metadata.get("tags", ()) for cell in notebook.cells)
    return next((i for i, found in enumerate(tags) if "parameters" in found), -1)


def _failed(error: Exception, name: str, put: int, timeout: float | None) -> PublishError:
    """What went wrong, in the user's words; behind cell ``put`` papermill has put another, if it is not -1."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError  # type: ignore[import-untyped]

    if isinstance(error, PapermillExecutionError):
        shift = 1 if -1 < put < error.cell_index else 0
        return _failed_cell(error, f"{name}, cell {error.cell_index + 1 - shift}", name)
    if isinstance(error, CellTimeoutError) and "IOPub" in str(error):
        return PublishError(
            f"{name}: what a cell showed did not come within {_PATIENCE} seconds after it was done; "
            "the machine may be too busy: try again"
        )
    if isinstance(error, CellTimeoutError):
        return PublishError(
            f"{name}: a cell took longer than {timeout:g} seconds; "
            "give it more time, or run it in JupyterLab to see where it stays"
        )
    if isinstance(error, DeadKernelError):
        return PublishError(
            f"{name}: the kernel ended while the notebook ran; memory may have run out"
        )
    # A kernel that is missing or does not start.
    return PublishError(f"{name} could not be run: {error}")


def _refuse_exit(executed: NotebookNode, name: str) -> None:
    """A cell that ends the program is no failure to papermill, and nothing after it has run."""
    number = 0
    for cell in executed.cells:
        number += "injected-parameters" not in cell.metadata.get("tags", ())
        for output in cell.get("outputs", ()):
            if output.output_type == "error" and output.ename == "SystemExit":
                raise _failed_cell(output, f"{name}, cell {number}", name)


def _failed_cell(error: Any, where: str, name: str) -> PublishError:
    """What the user is told of a cell that failed; never its traceback."""
    said = _ANSI.sub("", str(error.evalue)).strip()
    if error.ename in hrkit.errors.__all__:
        # One of the kit's own errors is written for the user already, problems and all.
        return PublishError(said or error.ename)
    return PublishError(
        f"{name} stopped at a failed cell",
        [
            Problem(
                where,
                f"{error.ename}: {said}".rstrip(" :"),
                "run it in JupyterLab up to there to mend it",
            )
        ],
    )


def as_bytes(executed: NotebookNode) -> bytes:
    """A notebook as it is written to a file."""
    import nbformat

    text: str = nbformat.writes(executed)  # type: ignore[no-untyped-call]
    return (text if text.endswith("\n") else f"{text}\n").encode("utf-8")
