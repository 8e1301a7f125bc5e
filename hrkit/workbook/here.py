"""Which engagement a notebook is about, when nobody said so.

A notebook in an engagement's folder is about that engagement.  The kit's own notebooks, opened
as they stand, are about the synthetic demo, which is built where it is missing.
"""

from __future__ import annotations

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
    """The synthetic municipality; built if missing."""
    from hrkit import synthetic
    from hrkit.synthetic.parts import TOOLS

    folder = demo_place()
    if not (folder / FILE).is_file():
        synthetic.build(synthetic.CLIENTS["municipality"], folder, TOOLS)
    return folder


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
