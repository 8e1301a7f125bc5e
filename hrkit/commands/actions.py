"""The workbook in which a client follows its actions: written from the report, read back when it is filled in.

What is read back stands in the engagement's records (`hrkit.records`), the same that the room keeps.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hrkit.commands.filled import workbook_place
from hrkit.commands.outputs import Outputs, report_name
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import FILE, Engagement

__all__ = ["Taken", "actions"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a filled-in workbook changed in the records."""

    path: Path
    added: int = 0
    changed: int = 0
    same: int = 0

    def __str__(self) -> str:
        said = f"{self.added} added, {self.changed} changed, {self.same} as they were"
        return f"{self.path}: {said}"


def actions(
    folder: str | Path,
    *,
    take: str | Path | None = None,
    language: str = "",
    wave: str = "",
    output: str | Path | None = None,
    overwrite: bool = False,
) -> Path | Taken:
    """Write the workbook of actions, or take one that was filled in.

    Parameters
    ----------
    folder
        The engagement's folder.
    take
        A filled-in workbook.  What stands in it goes into the engagement's records: the whole of
        it, or nothing.  Lines under ``followed:`` in ``engagement.yml`` move there as well.
    language
        Of the workbook that is written; the engagement's own if empty.  One that is read may be in
        any.
    wave
        Id of the wave whose report advises; the latest if empty.
    output
        A file that ends in ``.xlsx``, or a folder that is there; the engagement's if None.
    overwrite
        Replace a workbook that somebody has worked in.

    Returns
    -------
    Path or Taken
        The workbook that was written; or what was taken.

    Raises
    ------
    HrkitError
        If the engagement cannot be used; or with every wrong cell of the workbook.
    """
    if take is not None:
        if language or wave or output or overwrite:
            raise HrkitError("A workbook is taken as it is: leave the other options out.")
        return _take(folder, Path(take))
    from hrkit.answers.files.excel import PROPERTY
    from hrkit.assessment import ready
    from hrkit.assessment.assessment import assess
    from hrkit.assessment.parts import OPENLY, answered
    from hrkit.disclosure.release import issue
    from hrkit.publish.fillable import render_fillable
    from hrkit.report.worksheets.actions import actions as made

    engagement = engagements.load(folder)
    ready.refuse(engagement)
    # Where nobody has answered yet there is what tools ask for, if anything.
    asked = engagement.wave(wave or None).id
    profile = "" if answered(engagement, asked) else OPENLY
    first = assess(folder, language=language, wave=wave, profile=profile)
    wave = engagement.wave(first.released.wave).id
    name = report_name(engagement, wave, first.context.language, "actions")
    place = workbook_place(output, engagement.folder, name)
    outputs = Outputs(engagement.folder, overwrite)
    outputs.check([place])
    released = first.released if profile else issue(engagement, first.released.wave)
    report = assess(folder, language=language, wave=released.wave, released=released)
    form = made(report.context, (PROPERTY, engagement.id))
    if not form.rows and report.context.library is None:
        raise HrkitError("This instrument has no library of actions to follow.")
    outputs.write({place: render_fillable(form, report.info)}, final=False)
    return place


def _take(folder: str | Path, path: Path) -> Taken:
    from hrkit.commands.actions_read import read_actions
    from hrkit.records import store as records

    engagement = engagements.load(folder)
    found = read_actions(engagement, path)
    with records.open_records(engagement) as keeper:
        # Lines of engagement.yml come first: what the workbook says is a version after them.
        standing = {(one.action, one.since): one for one in keeper.records().actions}
        moved = [one for one in engagement.followed if (one.action, one.since) not in standing]
        standing |= {(one.action, one.since): one for one in moved}
        added = changed = same = 0
        for line in found:
            before = standing.get((line.action, line.since))
            added += before is None
            same += before == line
            changed += before is not None and before != line
        keeper.put_all((line, "") for line in (*moved, *found))
    _moved_away(engagement)
    return Taken(engagement.folder / records.FILE, added, changed, same)


def _moved_away(engagement: Engagement) -> None:
    """Leave ``followed:`` empty in ``engagement.yml``: its lines stand in the records now."""
    from hrkit.files import write_all
    from hrkit.model.yaml_edit import with_values

    if not engagement.followed:
        return
    place = engagement.folder / FILE
    before = place.read_bytes()
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    text = with_values(before.decode("utf-8-sig"), {("followed",): "[]"})
    write_all({place: mark + text.encode("utf-8")})
    try:
        engagements.load(engagement.folder)
    except HrkitError:
        write_all({place: before})
        raise
