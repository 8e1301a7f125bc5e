"""The kernel a notebook runs in: this very interpreter, without the user's own settings.

A kernelspec named ``python3`` may be missing, may point to another environment, or may be
shadowed by one in the user's home.  So none is asked: the kernel is `sys.executable`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from traitlets import Instance, default

__all__ = ["NAME", "kernel_manager"]

#: The name under which papermill knows this kernel; it decides how parameters are written.
NAME = "python3"


class _ThisInterpreter(KernelSpecManager):
    """Knows one kernel."""

    folder = ""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        if kernel_name != NAME:
            raise NoSuchKernel(kernel_name)
        return KernelSpec(
            name=NAME,
            # Frozen modules make ipykernel's debugger write a warning for every kernel.
            argv=[
                sys.executable,
                "-Xfrozen_modules=off",
                "-m",
                "ipykernel_launcher",
                "-f",
                "{connection_file}",
            ],
            display_name="Python 3",
            language="python",
            metadata={"supported_encryption": ["curve"]},
            env={
                "IPYTHONDIR": os.path.join(self.folder, "ipython"),  # no profile, no history
                "MPLBACKEND": "agg",  # charts to files, never to a window
                # Small matrices: several threads would only wait for each other.
                "OPENBLAS_NUM_THREADS": os.environ.get("OPENBLAS_NUM_THREADS", "1"),
                "PYDEVD_DISABLE_FILE_VALIDATION": "1",
            },
        )


def kernel_manager(folder: Path) -> type[AsyncKernelManager]:
    """A kernel manager class for one run.

    Parameters
    ----------
    folder
        A folder that lives as long as the kernel; its settings and connection file go there.
    """

    class Specs(_ThisInterpreter):
        pass

    Specs.folder = str(folder)

    class Manager(AsyncKernelManager):
        kernel_spec_manager = Instance(KernelSpecManager)
        # Answers travel between the kernel and this process: encrypted, where both can.
        transport_encryption = "auto"

        async def _async_start_kernel(self, **options: Any) -> None:
            # What a kernel mutters when it is stopped is nobody's business; errors of cells
            # come back as messages.
            options.setdefault("stderr", subprocess.DEVNULL)
            await super()._async_start_kernel(**options)

        start_kernel = _async_start_kernel

        @default("kernel_spec_manager")
        def _specs(self) -> Any:
            return Specs(parent=self)

        @default("connection_file")
        def _connection(self) -> str:
            return str(folder / "kernel.json")

    return Manager
