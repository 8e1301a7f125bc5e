"""Print one sheet: a unit's feedback, one side's preparation for a talk, somebody's own, or a tool's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.outputs import Outputs, report_name, report_place
from hrkit.model import engagement_file as engagements

if TYPE_CHECKING:
    from hrkit.assessment.assessment import Assessment
    from hrkit.blocks.shown import Shown
    from hrkit.disclosure.released import Released
    from hrkit.model.engagement import Engagement

__all__ = ["sheet"]


def sheet(
    folder: str | Path,
    *,
    unit: str = "",
    talk: str = "",
    side: str = "",
    own: str = "",
    name: str = "",
    language: str = "",
    wave: str = "",
    output: str | Path | None = None,
    overwrite: bool = False,
) -> Path:
    """Print a unit's feedback sheet, one side's sheet for a talk about a dimension, or somebody's own.

    Parameters
    ----------
    folder
        The engagement's folder.
    unit
        Id of a unit, for its feedback.
    talk, side
        Id of a dimension, and of the side whose sheet it is; instead of a unit.
    own
        Id of a side, for one person of it, or ``pair`` for one of each; instead of both.
    name
        A sheet of the tool that the folder is of, or of one that asks nobody anonymously
        (`hrkit.tools.sheets_of`); instead of all three.
    language
        The engagement's own if empty.
    wave
        Id of a wave; the latest if empty.
    output
        A file that ends in ``.pdf``, or a folder that is there; the engagement's if None.
    overwrite
        Replace a file that was changed since, is not ours, or tells of a frozen wave.

    Returns
    -------
    Path
        The PDF.

    Raises
    ------
    HrkitError
        If not exactly one of them is named, or what is named is not there.
    """
    from hrkit.assessment.assessment import assess
    from hrkit.disclosure.release import issue
    from hrkit.errors import HrkitError
    from hrkit.publish.pdf import render_pdf

    engagement = engagements.load(folder)
    if sum(map(bool, (unit, talk, own, name))) != 1 or bool(talk) != bool(side):
        raise HrkitError(
            "Name a unit (--unit), or a dimension and a side (--talk, --side), or whose own (--own), "
            f"or a tool's sheet (--name){_sheets(engagement)}."
        )
    # What is wrong with the parameters is found before a version is issued.
    blank = _blank(engagement, wave) if name else None
    first = assess(folder, language=language, wave=wave, released=blank)
    _sheet(first, unit, talk, side, own, name)
    what = f"sheet-{unit}" if unit else f"own-{own}" if own else name or f"talk-{talk}-{side}"
    wave = engagement.wave(first.released.wave).id  # a frozen one keeps the id it had
    file = report_name(engagement, wave, first.context.language, what)
    pdf = report_place(output, engagement.folder, file)
    outputs = Outputs(engagement.folder, overwrite)
    outputs.check([pdf])
    released = blank or issue(engagement, first.released.wave)
    report = assess(folder, language=language, wave=released.wave, released=released)
    shown = _sheet(report, unit, talk, side, own, name)
    outputs.write({pdf: render_pdf(shown.blocks)}, final=released.state == "final")
    return pdf


def _blank(engagement: Engagement, wave: str) -> Released | None:
    """Figures of nobody, where nobody has answered yet: a tool's sheet may come before every answer."""
    from hrkit.assessment.parts import answered, nobody

    asked = engagement.wave(wave or None).id
    return None if answered(engagement, asked) else nobody(engagement, asked)


def _sheet(report: Assessment, unit: str, talk: str, side: str, own: str, name: str) -> Shown:
    if name:
        return report.tool_sheet(name)
    if own:
        return report.own_sheet(own)
    return report.unit_sheet(unit) if unit else report.conversation_sheet(talk, side)


def _sheets(engagement: Engagement) -> str:
    """The names of the tool's sheets that there are here."""
    from hrkit.assessment.assessment import assess
    from hrkit.assessment.parts import nobody
    from hrkit.tools import sheets_of

    wave = engagement.wave(None).id
    ctx = assess(engagement.folder, released=nobody(engagement, wave), parts={}).context
    names = sheets_of(ctx)
    return f": {', '.join(names)}" if names else ""
