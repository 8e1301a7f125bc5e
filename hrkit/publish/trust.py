"""Whose code a notebook holds, before it is run.

A notebook is a program: one that came with a folder from elsewhere can do whatever its reader may.
So it runs only where its code is known (the kit's own, of any version), or where Jupyter's notary
on this machine has signed it.  JupyterLab has it signed when a person has run its cells, or said
"trust", and saved it; a notebook whose cells show nothing yet is signed when it is saved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from hrkit.errors import Problem, PublishError

__all__ = ["absent", "admit", "code_digest", "code_of", "sign", "trusted"]

_INJECTED = "injected-parameters"


def _code(notebook: Mapping[str, Any]) -> list[tuple[int, str]]:
    """The code cells with their numbers; values that papermill put in are none of the code."""
    found = []
    for number, cell in enumerate(notebook.get("cells", []), 1):
        if cell.get("cell_type") != "code" or _put_in(cell):
            continue
        source = cell.get("source", "")
        found.append((number, source if isinstance(source, str) else "".join(source)))
    return found


def _put_in(cell: Mapping[str, Any]) -> bool:
    return _INJECTED in cell.get("metadata", {}).get("tags", ())


def code_digest(source: str) -> str:
    """A digest of one cell's code."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()


def code_of(notebook: Mapping[str, Any]) -> tuple[tuple[int, str], ...]:
    """The code cells that say something, with their numbers in the notebook."""
    return tuple((number, source) for number, source in _code(notebook) if source.strip())


def trusted(notebook: Any) -> bool:
    """Whether Jupyter's notary on this machine has signed the notebook as it is."""
    try:
        from nbformat.sign import NotebookNotary

        return bool(NotebookNotary().check_signature(notebook))
    except Exception:  # a notary that cannot be asked has signed nothing
        return False


def sign(notebook: Any) -> bool:
    """Have Jupyter's notary on this machine sign the notebook; says whether it did."""
    try:
        from nbformat.sign import NotebookNotary

        NotebookNotary().sign(notebook)
    except Exception:  # a home that cannot be written to is no reason to make no report
        return False
    return True


def admit(notebook: Any, known: Collection[str], name: str, *, trust: bool) -> None:
    """Let a notebook run, or refuse it.

    Parameters
    ----------
    notebook
        As it was read, and as it will run.
    known
        Digests of cells that may run (`code_digest`).
    name
        The file's name, for the message.
    trust
        The user has looked at the code and answers for it; it is signed on this machine.

    Raises
    ------
    PublishError
        When nobody on this machine has answered for the code.
    """
    strange = [cell for cell in code_of(notebook) if code_digest(cell[1]) not in known]
    if not strange or trusted(notebook):
        return
    if trust:
        sign(notebook)
        return
    problems = [
        Problem(f"{name}, cell {number}", f"“{_first_line(source)}” is not the kit's")
        for number, source in strange[:5]
    ]
    raise PublishError(
        f"{name} was not run: its code is neither the kit's nor trusted on this machine. Look at "
        "it; then run its cells in JupyterLab and save it there, or add --trust.",
        problems,
    )


def absent(notebook: Mapping[str, Any], pattern: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Sentences about the kit's cells that a copy of its notebook no longer has, has changed or has twice.

    Parameters
    ----------
    notebook
        The copy.
    pattern
        The kit's own notebook.
    name
        The copy's name.
    """
    own: dict[str, list[int]] = {}
    # Numbered as in the reader's file, which has no cell of papermill's.
    cells = [cell for cell in notebook.get("cells", []) if not _put_in(cell)]
    for number, source in code_of({"cells": cells}):
        own.setdefault(source.strip(), []).append(number)
    printing = [source for _, source in code_of(pattern) if source.startswith("report.part(")]
    twice = (
        f"{name} has the kit's cell “{_first_line(source)}” more than once (cells "
        f"{', '.join(map(str, numbers))}): what that shows is printed as often; delete all but one"
        for source in printing
        if len(numbers := own.get(source.strip(), ())) > 1
    )
    gone = (
        f"{name} does not have the kit's cell “{_first_line(source)}” as it is: "
        "what that shows is printed only if another cell shows it"
        for number, source in code_of(pattern)
        if source.strip() not in own
        and "parameters" not in pattern["cells"][number - 1].get("metadata", {}).get("tags", ())
    )
    return (*gone, *twice)


def _first_line(source: str) -> str:
    line = next((line for line in source.splitlines() if line.strip()), "")
    shown = "".join(c if c.isprintable() else " " for c in line.strip())
    return shown if len(shown) <= 60 else f"{shown[:59]}…"
