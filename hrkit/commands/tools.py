"""The tools of the kit, and how an engagement takes them up."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hrkit.errors import EngagementError, Problem
from hrkit.files import privately
from hrkit.model import engagement_file as engagements
from hrkit.model import tool as kit_tools
from hrkit.model.part import part_text
from hrkit.model.tool import Tool
from hrkit.model.yaml_edit import quoted, with_items

__all__ = ["TakenUp", "tools"]


@dataclass(frozen=True, slots=True)
class TakenUp:
    """The tools there are, and what was written for those that an engagement takes up."""

    known: tuple[Tool, ...]
    written: tuple[Path, ...] = ()


@privately()
def tools(folder: str | Path | None = None, ids: Sequence[str] = ()) -> TakenUp:
    """Say which tools there are; or take some up in an engagement.

    A tool that asks groups gets a folder of its own in the engagement's: a file that says which
    tool it is, answer templates and notebooks.  Every command takes that folder.

    Parameters
    ----------
    folder
        The engagement's; only the list if None.
    ids
        Tools to take up; those that ``engagement.yml`` names already if empty.

    Raises
    ------
    EngagementError
        If there is no such tool, or a folder is in the way; nothing is written then.
    """
    known = kit_tools.available()
    if folder is None:
        return TakenUp(known)
    engagement = engagements.load(folder)
    wanted = tuple(dict.fromkeys((*engagement.tools, *ids)))
    problems = [
        Problem(id, "is no tool of the kit", f"use {', '.join(one.id for one in known)}")
        for id in ids
        if id not in {one.id for one in known}
    ]
    if any(mark in engagement.id for mark in "."):
        what = Problem(engagement.id, "is a tool itself", "take tools up in the folder above")
        problems.append(what)
    new = [
        one
        for one in known
        if one.id in wanted
        and one.asks
        and not (engagement.folder / one.id / engagements.FILE).is_file()
    ]
    for one in new:
        place = engagement.folder / one.id
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            problems.append(Problem(one.id, "is there already", "move it away"))
    if problems:
        raise EngagementError("No tool was taken up.", problems)
    return TakenUp(
        known, _taken(engagement.folder, [id for id in ids if id not in engagement.tools], new)
    )


def _taken(home: Path, added: Sequence[str], new: Sequence[Tool]) -> tuple[Path, ...]:
    """Name the tools in the file and make their folders; all of it or nothing."""
    from hrkit.commands.template import template

    file = home / engagements.FILE
    before = file.read_bytes()
    made: list[Path] = []
    written: list[Path] = []
    try:
        if added:
            text = with_items(before.decode("utf-8-sig"), "tools", [quoted(id) for id in added])
            file.write_text(text, encoding="utf-8")
            written.append(file)
        for one in new:
            place = home / one.id
            place.mkdir(exist_ok=True)
            made.append(place)
            (place / engagements.FILE).write_text(part_text(one.id), encoding="utf-8")
            language = engagements.load(place).language
            written += [
                place / engagements.FILE,
                *template(place),
                *notebooks_into(place, language),
            ]
    except BaseException:
        file.write_bytes(before)
        for place in made:
            shutil.rmtree(place, ignore_errors=True)
        raise
    return tuple(written)


def notebooks_into(folder: Path, language: str) -> tuple[Path, ...]:
    """The kit's notebooks, copied into a folder that has none of them."""
    from hrkit import kit
    from hrkit.commands.new import notebook

    written = []
    for name in kit.notebook_names():
        target = folder / name
        if not target.exists():
            target.write_text(notebook(name, language), "utf-8")
            written.append(target)
    return tuple(written)
