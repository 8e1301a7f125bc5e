"""The workbook in which a client follows its actions: written from the report, read back when it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hrkit.commands.outputs import Outputs, report_name
from hrkit.errors import EngagementError, HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import FILE, Engagement, Followed

__all__ = ["Taken", "actions"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a filled-in workbook changed under ``followed:`` in ``engagement.yml``."""

    path: Path
    added: int = 0
    changed: int = 0
    same: int = 0

    def __str__(self) -> str:
        said = f"{self.added} added, {self.changed} changed, {self.same} as they were"
        return f"{self.path}: followed: {said}"


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
        A filled-in workbook.  What stands in it goes under ``followed:`` in ``engagement.yml``,
        whose other words and comments stay as they are: the whole of it, or nothing.
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
    from hrkit.disclosure.release import issue
    from hrkit.publish.fillable import render_fillable
    from hrkit.report.worksheets.actions import actions as made

    engagement = engagements.load(folder)
    ready.refuse(engagement)
    first = assess(folder, language=language, wave=wave)
    wave = engagement.wave(first.released.wave).id
    name = report_name(engagement, wave, first.context.language, "actions")
    place = _place(output, engagement.folder, Path(name).with_suffix(".xlsx").name)
    outputs = Outputs(engagement.folder, overwrite)
    outputs.check([place])
    released = issue(engagement, first.released.wave)
    report = assess(folder, language=language, wave=released.wave, released=released)
    form = made(report.context, (PROPERTY, engagement.id))
    if not form.rows and report.context.library is None:
        raise HrkitError("This instrument has no library of actions to follow.")
    outputs.write({place: render_fillable(form, report.info)}, final=False)
    return place


def _place(output: str | Path | None, home: Path, name: str) -> Path:
    if not output:
        return home / name
    output = Path(output)
    if output.is_dir():
        return output / name
    if output.suffix.lower() != ".xlsx":
        raise HrkitError(f"{output.name} is no name for a workbook; end it in .xlsx")
    return output


def _take(folder: str | Path, path: Path) -> Taken:
    from hrkit.commands.actions_read import read_actions
    from hrkit.files import write_all

    engagement = engagements.load(folder)
    found = read_actions(engagement, path)
    place = engagement.folder / FILE
    before = place.read_bytes()
    text, taken = _written(before.decode("utf-8-sig"), engagement, found, place)
    if text is None:
        return taken
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    write_all({place: mark + text.encode("utf-8")})
    try:
        kept = engagements.load(folder).followed
        if not set(found) <= set(kept):
            raise EngagementError("what was written is not what is read")
    except HrkitError:
        write_all({place: before})
        raise
    return taken


def _written(
    text: str, engagement: Engagement, found: Sequence[Followed], place: Path
) -> tuple[str | None, Taken]:
    """``engagement.yml`` with what was taken; None where nothing changes."""
    from hrkit.model.yaml_edit import with_items, with_values

    known = {
        (" ".join(one.action.split()), one.since): (i, one)
        for i, one in enumerate(engagement.followed)
    }
    changed: dict[tuple[str | int, ...], str] = {}
    added: list[str] = []
    same = 0
    for one in found:
        i, before = known.get((one.action, one.since), (-1, None))
        if before == one:
            same += 1
        elif before is None:
            added.append(_yaml(one))
        else:
            changed["followed", i] = _yaml(one)
    if not changed and not added:
        return None, Taken(place, same=same)
    text = with_items(with_values(text, changed) if changed else text, "followed", added)
    return text, Taken(place, len(added), len(changed), same)


def _yaml(one: Followed) -> str:
    """An entry on one line; what is empty is left out."""
    from hrkit.model.yaml_edit import quoted

    names = ("action", "dimension", "status", "since", "note", "owner", "start", "due")
    values = ((name, getattr(one, name)) for name in names)
    return "{" + ", ".join(f"{name}: {quoted(value)}" for name, value in values if value) + "}"
