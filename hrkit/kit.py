"""Where the kit's own files lie, in a checkout and in an installation alike.

A wheel carries ``notebooks/`` and ``data/templates/`` inside ``hrkit/_kit``; a
checkout has them at its top level.  Nothing else in the package knows this.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

__all__ = ["BENCHMARK", "REPORT", "known_cells", "notebook_names", "notebooks", "templates"]

#: The notebook a report is made with; an engagement's own copy is used where there is one.
REPORT = "3_report.ipynb"
#: The notebook of a portfolio, and of one client's page among its others.
BENCHMARK = "4_benchmark.ipynb"

_PACKAGE = Path(__file__).resolve().parent


def _find(in_wheel: str, in_checkout: str) -> Path:
    packed = _PACKAGE / "_kit" / in_wheel
    return packed if packed.is_dir() else _PACKAGE.parent / in_checkout


def notebooks() -> Path:
    """Folder of the kit's notebooks."""
    return _find("notebooks", "notebooks")


def notebook_names() -> tuple[str, ...]:
    """The kit's notebooks, in their order: each goes into every engagement folder."""
    return tuple(sorted(path.name for path in notebooks().glob("*.ipynb")))


def templates() -> Path:
    """Folder of the kit's data files: instruments, schemas, texts, profiles, actions."""
    return _find("templates", "data/templates")


@functools.cache
def known_cells(notebook: str) -> frozenset[str]:
    """Digests of every code cell that a notebook of the kit, of this or an earlier version, has held."""
    listed = json.loads((templates() / "notebooks.json").read_text("utf-8"))
    return frozenset(listed.get(notebook, ()))
