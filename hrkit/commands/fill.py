"""The workbook of a tool's open sheet: written to be filled in, and read back into the records."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.outputs import Outputs, report_name
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.records import store as records

if TYPE_CHECKING:
    from hrkit.report.open_form import OpenForm

__all__ = ["Filled", "fill"]


@dataclass(frozen=True, slots=True)
class Filled:
    """What a filled-in sheet changed in the records.

    ``warned`` says of cells that they may name somebody: what stands there was kept.
    """

    path: Path
    kept: int = 0
    same: int = 0
    warned: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = f"{self.path}: {self.kept} kept, {self.same} as they were"
        return "\n".join((said, *self.warned))


def fill(
    folder: str | Path,
    *,
    name: str = "",
    side: str = "",
    take: str | Path | None = None,
    language: str = "",
    wave: str = "",
    output: str | Path | None = None,
    overwrite: bool = False,
) -> Path | Filled:
    """Write the workbook of a tool's open sheet, or take a filled-in one.

    Parameters
    ----------
    folder
        The tool's folder; the engagement's for a tool that asks nobody anonymously.
    name
        Of the sheet: ``card`` for the group card of a side that is too small for figures; the
        tool's only sheet if empty.  A workbook that is taken says its own.
    side
        A perspective: only its lines.
    take
        A filled-in workbook: the whole of it goes into the records, or nothing.
    language
        Of the workbook that is written; the engagement's own if empty.
    wave
        Id of the wave it stands beside; the latest if empty.  A workbook that is taken goes beside
        the one for which it was written.
    output
        A file that ends in ``.xlsx``, or a folder that is there; the engagement's if None.
    overwrite
        Replace a workbook that somebody has worked in.

    Returns
    -------
    Path or Filled
        The workbook that was written; or what was taken.

    Raises
    ------
    HrkitError
        If there is no such sheet; or with every wrong cell of the workbook.
    """
    from hrkit.model.language import known as known_language

    engagement = engagements.load(folder)
    at = engagement.wave(wave or None).id
    if take is not None:
        if language or side or output or overwrite:
            raise HrkitError("A workbook is taken as it is: leave the other options out.")
        return _take(engagement, wave, name, Path(take))
    language = language or engagement.language
    known_language(language)
    form = _form(engagement, name, language)
    if side:
        form = form.of(f"party:{side}")
        if not form.rows:
            raise HrkitError(f"The sheet {form.name} has no lines of {side}.")
    return _write(engagement, form, at, language, side, output, overwrite)


def _form(engagement: Engagement, name: str, language: str) -> OpenForm:
    from hrkit.tools import forms_of

    known = forms_of(engagement)
    if not name and len(known) == 1:
        name = next(iter(known))
    if not name and known:
        raise HrkitError(f"Name a sheet (--name): {', '.join(known)}.")
    if name not in known:
        there = ", ".join(known) or "none"
        raise HrkitError(
            f"There is no open sheet {name!r} here; there are: {there}."
            + _elsewhere(engagement, name)
        )
    return known[name](engagement, engagement.words(language))


def _elsewhere(engagement: Engagement, name: str) -> str:
    """In which tools' folders a sheet of that name is, where it is not here."""
    from hrkit.assessment.parts import parts_of
    from hrkit.tools import forms_of

    those = [id for id, part in parts_of(engagement).items() if name and name in forms_of(part)]
    places = ", ".join(f"{engagement.folder.name}/{id}" for id in those)
    return f" {places} has one." if len(those) == 1 else f" {places} have one." if those else ""


def _write(
    engagement: Engagement,
    form: OpenForm,
    wave: str,
    language: str,
    side: str,
    output: str | Path | None,
    overwrite: bool,
) -> Path:
    from hrkit.answers.files.excel import PROPERTY
    from hrkit.assessment.assessment import assess
    from hrkit.assessment.parts import nobody
    from hrkit.commands.fill_since import Stamp, digest, standing_of
    from hrkit.publish.fillable import render_fillable

    what = "-".join(part for part in (form.name, side) if part)
    name = Path(report_name(engagement, wave, language, what)).with_suffix(".xlsx").name
    place = Path(output) if output else engagement.folder
    place = place / name if place.is_dir() else place
    if place.suffix.lower() != ".xlsx":
        raise HrkitError(f"{place.name} is no name for a workbook; end it in .xlsx")
    outputs = Outputs(engagement.folder, overwrite)
    outputs.check([place])
    # Nothing of any answer stands on an open sheet.
    report = assess(
        engagement.folder, wave=wave, language=language, released=nobody(engagement, wave)
    )
    standing = records.records_of(engagement).of(engagement.stored_under(wave))
    waves = ("",) if form.lasting else engagement.stored_under(wave)
    lines = standing_of(standing.lines, form.tool, form.name, waves)
    stamp = Stamp(engagement.id, form.name, wave, digest(lines))
    made = form.fillable(engagement.words(language), standing, (PROPERTY, str(stamp)))
    outputs.write({place: render_fillable(made, report.info)}, final=False)
    return place


def _take(engagement: Engagement, wave: str, name: str, path: Path) -> Filled:
    from hrkit.commands.fill_read import OpenReader

    found, warned = OpenReader(engagement, wave, name, path).all()
    kept = same = 0
    with records.open_records(engagement) as keeper:
        known = set(keeper.records().lines)
        for line, _ in found:
            same += line in known
            kept += line not in known
        keeper.put_all(found)
    return Filled(engagement.folder / records.FILE, kept, same, warned)
