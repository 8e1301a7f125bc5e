"""Put together what constructor needs: ``python packaging/constructor/prepare.py``, then constructor.

Needs a network and the packages ``build`` and ``pip``; writes ``build/constructor``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PLACE = ROOT / "build" / "constructor"


def prepare(place: Path = PLACE) -> None:
    """Copy the recipe, build the kit's wheel, fetch the one that conda-forge does not have."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(
        HERE, place, ignore=shutil.ignore_patterns("prepare.py", "README.md", "__pycache__")
    )
    shutil.copy2(ROOT / "LICENSE", place / "LICENSE.txt")
    wheels = place / "wheels"
    wheels.mkdir()
    run = [sys.executable, "-m"]
    subprocess.run([*run, "build", "--wheel", "--outdir", wheels, ROOT], check=True)
    subprocess.run(
        [*run, "pip", "wheel", "--no-deps", "--wheel-dir", wheels, "font-lato"], check=True
    )
    names = []
    for said, start in (("hrkit.whl", "hrkit-"), ("font_lato.whl", "font_lato-")):
        (own,) = wheels.glob(f"{start}*.whl")
        names.append(f"{said}={own.name}")
        own.rename(wheels / said)
    (wheels / "names.txt").write_text("\n".join(names) + "\n", "utf-8")


if __name__ == "__main__":
    prepare()
