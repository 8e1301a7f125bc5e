"""Whether everything a report is made of can be used, found out before any of it is run.

What a consultant puts into the folder (texts, a logo, a profile, an own notebook) is looked at here,
all of it at once; ``hrkit check`` says it, and ``hrkit report`` refuses before a kernel starts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hrkit import kit
from hrkit.assessment.edited import text_problems
from hrkit.assessment.profile import check_profiles, load_profile
from hrkit.assessment.unadvised import unadvised
from hrkit.blocks.pictures import check_logo
from hrkit.errors import HrkitError, Problem
from hrkit.model.engagement import FILE, Engagement
from hrkit.model.own_files import misnamed
from hrkit.model.wording import check_words
from hrkit.publish.notebook_file import read_notebook
from hrkit.publish.parameters import parameters_of
from hrkit.publish.pptx.template import LARGEST, problems_of
from hrkit.publish.trust import absent, admit
from hrkit.report.action_files import check_actions
from hrkit.report.followed import check_followed
from hrkit.tools import SECTIONS

__all__ = ["notes", "problems", "refuse"]


def problems(engagement: Engagement) -> tuple[Problem, ...]:
    """Everything in the folder of a checked engagement that a report could not be made of."""
    return (
        *misnamed(engagement.folder),
        *text_problems(engagement, tuple(SECTIONS)),
        *check_words(engagement),
        *check_actions(engagement),
        *check_followed(engagement),
        *check_profiles(engagement),
        *_profile(engagement),
        *_logo(engagement),
        *_template(engagement),
        *_notebook(engagement.folder / kit.REPORT),
    )


def notes(engagement: Engagement) -> tuple[str, ...]:
    """What a report does without, and will ask its maker about: a notebook that was changed, or whose code nobody has answered for."""
    found: tuple[str, ...] = ()
    # What is wrong with actions and words is said as a problem.
    if not check_actions(engagement) and not check_words(engagement):
        found = unadvised(engagement)
    path = engagement.folder / kit.REPORT
    try:
        if path.is_file():
            notebook = read_notebook(path)
            pattern = read_notebook(kit.notebooks() / kit.REPORT)
            found = (*found, *absent(notebook, pattern, path.name))
            admit(notebook, kit.known_cells(kit.REPORT), path.name, trust=False)
    except HrkitError as error:
        return (*found, error.summary)
    return found


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
        load_profile(engagement.report.profile, engagement.folder)
    except HrkitError as error:
        where = f"{FILE}, report.profile"
        yield from error.problems or (Problem(where, error.summary.rstrip(".")),)


def _logo(engagement: Engagement) -> Iterator[Problem]:
    logo = engagement.branding.logo
    if logo and (found := check_logo(engagement.folder / logo, f"{FILE}, branding.logo")):
        yield found


def _template(engagement: Engagement) -> Iterator[Problem]:
    name = engagement.branding.pptx_template
    if not name:
        return
    with (engagement.folder / name).open("rb") as file:
        data = file.read(LARGEST + 1)
    for what in problems_of(data):
        yield Problem(f"{FILE}, branding.pptx_template", f"{name}: {what}")


def _notebook(path: Path) -> Iterator[Problem]:
    if not path.exists():
        return
    try:
        names = {one.name for one in parameters_of(path)}
    except HrkitError as error:
        said = error.summary.rstrip(".").removeprefix(f"{path}: ").removeprefix(f"{path.name}: ")
        yield from error.problems or (Problem(path.name, said),)
        return
    missing = [one for one in ("language", "profile", "wave") if one not in names]
    if missing:
        yield Problem(
            path.name,
            f"has no parameter {', '.join(missing)} in a cell that is tagged parameters",
            "copy that cell from the kit's own notebook",
        )
