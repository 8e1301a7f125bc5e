"""What the installer does last, without a network: the kit from its wheels, the menu entry; or takes it away.

Run by the Python that was installed: ``python finish.py install PREFIX`` or ``python finish.py remove PREFIX``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main(do: str, prefix: Path) -> None:
    """Install the wheels and make the menu entry, or remove the entry."""
    from menuinst import api

    menu = prefix / "Menu" / "hrkit-menu.json"
    if do == "remove":
        api.remove(str(menu), target_prefix=str(prefix), base_prefix=str(prefix))
        return
    wheels = (prefix / "wheels" / "names.txt").read_text("utf-8").split()
    # Installers carry files under one name; pip knows a wheel by its own.
    for said, own in (one.split("=") for one in wheels):
        if (prefix / "wheels" / said).exists():
            (prefix / "wheels" / said).replace(prefix / "wheels" / own)
    files = [str(prefix / "wheels" / one.split("=")[1]) for one in wheels]
    subprocess.run(
        [sys.executable, "-I", "-m", "pip", "install", "--no-index", "--no-deps", "--no-warn-script-location",
         "--disable-pip-version-check", *files], check=True
    )  # fmt: skip
    api.install(str(menu), target_prefix=str(prefix), base_prefix=str(prefix))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
