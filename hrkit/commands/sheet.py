"""Print one sheet: a unit's feedback, or one side's preparation for a talk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass

__all__ = ["sheet"]


def sheet(
    folder: Path,
    *,
    unit: str = "",
    talk: str = "",
    side: str = "",
    language: str = "",
    wave: str = "",
    output: Path | None = None,
) -> Path:
    """Print a unit's feedback sheet, or one side's sheet for a talk about a dimension.

    Raises
    ------
    HrkitError
        If not exactly one of them is named, or what is named is not there.
    """
    from hrkit.assessment.assessment import assess
    from hrkit.errors import HrkitError
    from hrkit.publish.pdf import render_pdf

    if bool(unit) == bool(talk) or bool(talk) != bool(side):
        raise HrkitError("Name a unit (--unit), or a dimension and a side (--talk, --side).")
    report = assess(folder, language=language, wave=wave)
    shown = report.unit_sheet(unit) if unit else report.conversation_sheet(talk, side)
    name = f"sheet-{unit}" if unit else f"talk-{talk}-{side}"
    pdf = output or report.engagement.folder / f"{name}-{report.context.language}.pdf"
    data = render_pdf(shown.blocks)
    pdf.parent.mkdir(parents=True, exist_ok=True)
    part = pdf.with_name(f".{pdf.name}.part")
    part.write_bytes(data)
    part.replace(pdf)
    return pdf
