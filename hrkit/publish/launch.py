"""Starts a kernel that nothing around it can change; run by path, see `hrkit.publish.kernel`.

The interpreter that runs this is isolated (``-I``): no ``PYTHON…`` variable, no user site, and
the working folder is not searched for modules.  Here it gets the search path of the process that
started it, with the notebook's folder at its *end*: a consultant's ``helper.py`` can be imported,
but no file of that folder takes the place of a module that is installed.  IPython's and the
kernel's own settings, profiles and startup files are not read.

This file imports nothing of the package: it decides from where that is imported.
"""

from __future__ import annotations

import json
import os
import sys

#: Variables in which the starting process says where modules are (JSON) and where the cells run.
PATH, FOLDER = "HRKIT_KERNEL_PATH", "HRKIT_KERNEL_FOLDER"


def _start() -> None:
    path, folder = os.environ.pop(PATH), os.environ.pop(FOLDER)
    sys.path[:] = json.loads(path)

    # Matplotlib looks for settings in the working folder when it is imported: before that is one
    # that somebody else can write to.
    import matplotlib
    from ipykernel.kernelapp import IPKernelApp

    class Kernel(IPKernelApp):  # type: ignore[misc]
        """A kernel without anybody's settings."""

        def load_config_file(self, *_: object, **__: object) -> None:
            """Read no file."""

        def init_path(self) -> None:
            """The search path stands."""

        def _run_startup_files(self) -> None:
            """Run no file."""

    # Where it may keep nothing it says so, once: now, while nobody prints what it says.
    matplotlib.get_configdir()
    matplotlib.get_cachedir()
    os.chdir(folder)
    sys.path.append(folder)
    Kernel.launch_instance()


if __name__ == "__main__":
    _start()
