"""papermill's engine for many reports: the cells run in this very process, which runs nothing else.

A kernel of its own costs a report a second of starting and importing, and its answers travel through
sockets.  A process that was made for one report alone (`hrkit.publish.batch.warm`) is as much apart
from every other as a kernel is, so its cells run right here, in an IPython shell without anybody's
settings.  What a cell shows is kept as a kernel would send it.
"""

from __future__ import annotations

import base64
import os
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from papermill.engines import Engine  # type: ignore[import-untyped]
from traitlets import Any as AnyTrait
from traitlets.config import Config

from hrkit.blocks.shown import unseen

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["InThisProcess"]


class _Outputs:
    """What one cell has shown so far, as nbformat writes it."""

    def __init__(self) -> None:
        self.shown: list[dict[str, Any]] = []
        self._clear_next = False

    def add(self, kind: str, **fields: Any) -> None:
        if self._clear_next:
            self.shown, self._clear_next = [], False
        last = self.shown[-1] if self.shown else {}
        if kind == "stream" and last.get("output_type") == kind and last["name"] == fields["name"]:
            last["text"] += fields["text"]
            return
        self.shown.append({"output_type": kind, **fields})

    def update(self, display: str, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> None:
        for one in self.shown:
            if one.get("display") == display:
                one.update(data=dict(data), metadata=dict(metadata))

    def clear(self, wait: bool) -> None:
        if wait:
            self._clear_next = True
        else:
            self.shown = []

    def nodes(self) -> list[NotebookNode]:
        from nbformat import from_dict

        kept = ({k: v for k, v in one.items() if k != "display"} for one in self.shown)
        return [from_dict(one) for one in kept]  # type: ignore[no-untyped-call]


class _Stream:
    """Standard output or errors of the cells."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, outputs: _Outputs) -> None:
        self.name, self._outputs = name, outputs

    def write(self, text: str) -> int:
        if text:
            self._outputs.add("stream", name=self.name, text=str(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing waits."""

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        # Programs that a cell starts write to the process's own log, not to the page.
        return 1 if self.name == "stdout" else 2


def _encoded(data: Mapping[str, Any]) -> dict[str, Any]:
    """A bundle as it stands in a notebook: bytes as text."""
    return {
        kind: base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for kind, value in data.items()
    }


class _Publisher(DisplayPublisher):
    outputs: Any = AnyTrait()

    def publish(  # type: ignore[override]
        self,
        data: Mapping[str, Any],
        metadata: Mapping[str, Any] | None = None,
        source: Any = None,
        *,
        transient: Mapping[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        display = (transient or {}).get("display_id", "")
        about = dict(metadata or {})
        if update:
            self.outputs.update(display, _encoded(data), about)
            return
        self.outputs.add("display_data", data=_encoded(data), metadata=about, display=display)

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear(wait)


class _Hook(DisplayHook):
    outputs: Any = AnyTrait()

    def write_output_prompt(self) -> None:
        """No prompt."""

    def write_format_data(  # type: ignore[override]
        self, format_dict: Mapping[str, Any], md_dict: Mapping[str, Any] | None = None
    ) -> None:
        if format_dict:
            self.outputs.add(
                "execute_result",
                data=_encoded(format_dict),
                metadata=dict(md_dict or {}),
                execution_count=self.prompt_count,
            )


class _Shell(InteractiveShell):
    outputs: Any = AnyTrait()

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        self.outputs.add(
            "error",
            ename=getattr(etype, "__name__", str(etype)),
            evalue=str(evalue),
            traceback=[str(line) for line in stb],
        )

    def system(self, cmd: str) -> None:
        self.system_piped(cmd)

    def enable_gui(self, gui: Any = None) -> None:
        """There is no window."""


def _shell(outputs: _Outputs) -> _Shell:
    """A shell that reads nobody's settings and keeps no history."""
    quiet = Config(
        {
            "HistoryManager": {"enabled": False, "hist_file": ":memory:"},
            "InteractiveShell": {"colors": "NoColor", "autoindent": False},
        }
    )
    shell = _Shell.instance(config=quiet)
    shell.outputs = outputs
    shell.display_pub = _Publisher(parent=shell, outputs=outputs)
    shell.displayhook = _Hook(parent=shell, shell=shell, outputs=outputs)
    shell.display_trap.hook = shell.displayhook
    return shell


@contextmanager
def _in(folder: str, outputs: _Outputs) -> Iterator[None]:
    """The cells' working folder and what they print; the folder is searched for modules last."""
    before, streams = os.getcwd(), (sys.stdout, sys.stderr)
    os.chdir(folder)
    sys.path.append(folder)
    sys.stdout, sys.stderr = _Stream("stdout", outputs), _Stream("stderr", outputs)  # type: ignore[assignment]
    try:
        yield
    finally:
        sys.stdout, sys.stderr = streams
        sys.path.remove(folder)
        os.chdir(before)


class InThisProcess(Engine):  # type: ignore[misc]
    """Runs a notebook's cells in this process, up to the first that fails.

    A process runs one notebook: the shell is IPython's single one, and modules that a cell imports
    stay.  How long a cell may take is for whoever started the process to say.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        folder: str = ".",
        aside: dict[int, list[NotebookNode]] | None = None,
        formats: Collection[str] = (),
        **_: Any,
    ) -> None:
        """Run every code cell of papermill's managed notebook.

        Parameters
        ----------
        nb_man
            papermill's manager of the notebook.
        kernel_name
            Not asked: the interpreter is this one.
        folder
            In which the cells run.
        aside
            Takes the outputs of each cell that has not failed, by its number: papermill writes the
            whole notebook out, also where nobody wants the file.
        formats
            What is made of it beside the page.
        """
        outputs = _Outputs()
        shell = _shell(outputs)
        with _in(str(Path(folder).absolute()), outputs), unseen(formats):
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                failed = cell.cell_type == "code" and not cls._run(shell, outputs, cell)
                if failed:
                    nb_man.cell_exception(cell, cell_index=index)
                    break
                if aside is not None and cell.cell_type == "code":
                    aside[index], cell.outputs = cell.outputs, []
                nb_man.cell_complete(cell, cell_index=index)

    @staticmethod
    def _run(shell: _Shell, outputs: _Outputs, cell: NotebookNode) -> bool:
        """Run a cell and keep what it shows; false where it failed and was not meant to."""
        outputs.shown = []
        source = cell.source if isinstance(cell.source, str) else "".join(cell.source)
        if not source.strip():
            cell.outputs, cell.execution_count = [], None
            return True
        cell.execution_count = shell.execution_count
        done = shell.run_cell(source, store_history=True)
        cell.outputs = outputs.nodes()
        meant = "raises-exception" in cell.metadata.get("tags", ())
        return bool(done.success) or meant
