"""Whether everything a report is made of can be used, found out before any of it is run.

What a consultant puts into the folder (texts, a logo, a profile, an own notebook) is looked at here,
all of it at once; ``hrkit check`` says it, and ``hrkit report`` refuses before a kernel starts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hrkit.assessment.edited import text_problems
from hrkit.assessment.profile import load_profile
from hrkit.errors import HrkitError, Problem
from hrkit.model.engagement import FILE, Engagement
from hrkit.publish.notebook import read_notebook
from hrkit.publish.parameters import parameters_of
from hrkit.tools import SECTIONS

__all__ = ["NOTEBOOK", "problems", "refuse"]

#: The notebook a report is made with; the engagement's own copy is used where there is one.
NOTEBOOK = "3_report.ipynb"


def problems(engagement: Engagement) -> tuple[Problem, ...]:
    """Everything in the folder of a checked engagement that a report could not be made of."""
    return (
        *text_problems(engagement, tuple(SECTIONS)),
        *_profile(engagement),
        *_logo(engagement),
        *_notebook(engagement.folder / NOTEBOOK),
    )


def refuse(engagement: Engagement) -> None:
    """Refuse an engagement whose folder holds something that cannot be used.

    Raises
    ------
    HrkitError
        With everything at once.
    """
    if found := problems(engagement):
        raise HrkitError("The report cannot be made of what lies in the folder.", found)


def _profile(engagement: Engagement) -> Iterator[Problem]:
    try:
        load_profile(engagement.report.profile)
    except HrkitError as error:
        where = f"{FILE}, report.profile"
        yield from error.problems or (Problem(where, error.summary.rstrip(".")),)


#: A logo is a few kilobytes; above this it is a photograph that nobody meant to print 99 times.
MAX_LOGO = 5 * 1024 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"


def _logo(engagement: Engagement) -> Iterator[Problem]:
    logo = engagement.branding.logo
    if not logo:
        return
    where, path = f"{FILE}, branding.logo", engagement.folder / logo
    if path.stat().st_size > MAX_LOGO:
        yield Problem(where, f"{logo} is larger than 5 MB", "save a smaller one")
        return
    is_png = path.read_bytes()[:8] == _PNG
    if path.suffix.lower() == ".png" and not is_png:
        yield Problem(where, f"{logo} is no PNG, whatever its name says", "save it as PNG")


def _notebook(path: Path) -> Iterator[Problem]:
    if not path.exists():
        return
    try:
        names = {one.name for one in parameters_of(read_notebook(path))}
    except HrkitError as error:
        yield from error.problems or (Problem(path.name, error.summary.rstrip(".")),)
        return
    missing = [one for one in ("language", "profile", "wave") if one not in names]
    if missing:
        yield Problem(path.name, f"has no parameter {', '.join(missing)} in a cell that is tagged "
                      "parameters", "copy that cell from the kit's own notebook")  # fmt: skip
