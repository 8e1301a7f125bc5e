"""Which engagement a notebook is about, when nobody said so.

A notebook in an engagement's folder is about that engagement.  The kit's own notebooks, opened
as they stand, are about the synthetic demo, which is built where it is missing.
"""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from hrkit import kit
from hrkit.model.engagement import FILE

__all__ = ["demo_folder", "demo_place", "here"]


def demo_place() -> Path:
    """Where the synthetic municipality lies: beside the kit's notebooks, or in the working folder."""
    reports = kit.notebooks().parent / "reports"
    base = reports / "demo" if reports.is_dir() else Path.cwd() / "hrkit-demo"
    return base / "fjordby"


def demo_folder() -> Path:
    """The synthetic municipality; built if missing.

    It is there whole or not at all: two notebooks may be opened at once, and one would find the
    other's without answers.
    """
    folder = demo_place()
    if not (folder / FILE).is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".hrkit-demo-", dir=folder.parent) as beside:
            made = Path(beside) / folder.name
            _build(made)
            with contextlib.suppress(OSError):  # somebody was quicker
                made.rename(folder)
        if not (folder / FILE).is_file():
            _build(folder)  # something else of that name lies there
    return folder


def _build(folder: Path) -> None:
    from hrkit import synthetic
    from hrkit.synthetic.parts import TOOLS

    synthetic.build(synthetic.CLIENTS["municipality"], folder, TOOLS)


def here(engagement: str | Path = "") -> Path:
    """The engagement folder a notebook works on.

    Parameters
    ----------
    engagement
        A folder; if empty, the notebook's own folder where it is an engagement, else the demo.
    """
    if engagement:
        return Path(engagement)
    own = Path.cwd()
    return own if (own / FILE).is_file() else demo_folder()
