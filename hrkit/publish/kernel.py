"""The kernel a notebook runs in: this very interpreter, without anybody's settings.

A kernelspec named ``python3`` may be missing, may point to another environment, or may be
shadowed by one in the user's home.  So none is asked: the kernel is `sys.executable`, started by
`hrkit.publish.launch` with the modules of this process and with nothing of what lies around it:
no module of the folder in the place of an installed one, no settings of Python, IPython or
matplotlib, no language or number format of the user.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from traitlets import Instance, default

from hrkit import ending
from hrkit.publish.launch import FOLDER, PATH

__all__ = ["NAME", "environment", "kernel_manager"]

#: The name under which papermill knows this kernel; it decides how parameters are written.
NAME = "python3"

_LAUNCH = Path(__file__).with_name("launch.py")

# Variables that change what a program finds, imports, draws or writes as a number.
_OTHERS = ("PYTHON", "MPL", "MATPLOTLIB", "IPYTHON", "LC_", "JUPYTER_CONFIG")
_LANGUAGE = frozenset({"LANG", "LANGUAGE"})


class _ThisInterpreter(KernelSpecManager):
    """Knows one kernel."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        if kernel_name != NAME:
            raise NoSuchKernel(kernel_name)
        return KernelSpec(
            name=NAME,
            # Isolated; UTF-8 whatever the machine's language. Frozen modules make ipykernel's
            # debugger write a warning for every kernel.
            argv=[
                sys.executable,
                "-I",
                "-Xutf8",
                "-Xfrozen_modules=off",
                str(_LAUNCH),
                "-f",
                "{connection_file}",
            ],
            display_name="Python 3",
            language="python",
            metadata={"supported_encryption": ["curve"]},
        )


def _search_path(folder: str) -> str:
    """Where this process finds modules, without its working folder and the notebook's own."""
    unsafe = {os.path.realpath(place) for place in (folder, os.getcwd())}
    found = [place for place in sys.path if place and os.path.realpath(place) not in unsafe]
    # The package itself, wherever it was imported from; but it may lie in the working folder.
    home = str(_LAUNCH.parents[2])
    paths = map(os.path.abspath, found if home in found else [home, *found])
    # The kernel reads names as UTF-8, whatever this process does.
    return json.dumps([os.fsencode(path).decode("utf-8", "surrogateescape") for path in paths])


def environment(own: Path, folder: str) -> dict[str, str]:
    """The variables of a kernel.

    Parameters
    ----------
    own
        A private folder for its settings.
    folder
        In which the cells run.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(_OTHERS) and name.upper() not in _LANGUAGE
    }
    spec = importlib.util.find_spec("matplotlib")
    settings = Path(spec.origin or "").parent / "mpl-data" / "matplotlibrc" if spec else own
    return {
        **kept,
        PATH: _search_path(folder),
        FOLDER: folder,
        "IPYTHONDIR": str(own / "ipython"),  # no profile, no history
        "JUPYTER_CONFIG_DIR": str(own / "config"),
        "MATPLOTLIBRC": str(settings),
        "MPLBACKEND": "agg",  # charts to files, never to a window
        **({} if sys.platform == "win32" else {"LC_ALL": "C.UTF-8"}),
        # Small matrices: several threads would only wait for each other.
        "OPENBLAS_NUM_THREADS": os.environ.get("OPENBLAS_NUM_THREADS", "1"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


@contextlib.contextmanager
def kernel_manager(
    folder: Path, variables: Mapping[str, str] | None = None
) -> Iterator[type[AsyncKernelManager]]:
    """A kernel manager class for one run; a signal that ends this process ends its kernel first.

    Parameters
    ----------
    folder
        A folder that lives as long as the kernel; its settings and connection file go there.
    variables
        Environment variables for this kernel alone.
    """
    heeded: list[tuple[asyncio.AbstractEventLoop, int]] = []

    class Manager(AsyncKernelManager):
        kernel_spec_manager = Instance(KernelSpecManager)
        # Answers travel between the kernel and this process: encrypted, where both can.
        transport_encryption = "auto"

        async def _async_start_kernel(self, **options: Any) -> None:
            # What a kernel mutters when it is stopped is nobody's business; errors of cells
            # come back as messages.
            options.setdefault("stderr", subprocess.DEVNULL)
            # It starts in its own folder and goes to the notebook's once it has all it needs.
            place = os.path.abspath(options.get("cwd") or os.curdir)
            options["env"] = {**environment(folder, place), **(variables or {})}
            options["cwd"] = str(folder)
            # Before it is there: one that has begun when nobody listens would be left.
            begun = asyncio.Event()
            ends = self._heed(begun)
            await super()._async_start_kernel(**options)
            begun.set()
            if ends:
                await self._async_shutdown_kernel(now=True)

        def _heed(self, begun: asyncio.Event) -> list[asyncio.Future[Any]]:
            """Let a signal that ends this process end the kernel, and be remembered.

            nbclient, too, ends the kernel then, but forgets why, and what a terminal says that is
            closed it does not hear.
            """
            loop = asyncio.get_running_loop()

            def told(number: int) -> None:
                ending.heard(number)
                # One that is only just beginning is ended by whoever began it, right after.
                first = begun.is_set() and not ends
                ends.append(asyncio.ensure_future(end() if first else begun.wait()))

            async def end() -> None:
                await self._async_shutdown_kernel(now=True)

            ends: list[asyncio.Future[Any]] = []
            for number in ending.on():
                # On Windows, and beside the main thread, there is none of this.
                with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
                    loop.add_signal_handler(number, told, number)
                    heeded.append((loop, number))
            return ends

        start_kernel = _async_start_kernel

        @default("kernel_spec_manager")
        def _specs(self) -> Any:
            return _ThisInterpreter(parent=self)

        @default("connection_file")
        def _connection(self) -> str:
            return str(folder / "kernel.json")

    with ending.kept():
        try:
            yield Manager
        finally:
            for loop, number in heeded:
                loop.remove_signal_handler(number)
