"""What the menu entry runs: the front page, rooted at a folder of one's own for clients.

Nothing is activated (no conda is installed): on Windows, where that would have put libraries and
programs on the path, it is done here, for the kernels that are started from here.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

INSIDE = ("", "Library/mingw-w64/bin", "Library/usr/bin", "Library/bin", "Scripts", "bin")


def path_within(prefix: Path, path: str) -> str:
    """A search path on which what was installed comes first."""
    own = [str(prefix / each) if each else str(prefix) for each in INSIDE]
    return os.pathsep.join([*own, path])


if __name__ == "__main__":
    from hrkit.cli import main

    if sys.platform == "win32":
        os.environ["PATH"] = path_within(Path(sys.prefix), os.environ.get("PATH", ""))
    folder = Path.home() / "hrkit-clients"
    folder.mkdir(exist_ok=True)
    main(["lab", str(folder)])
