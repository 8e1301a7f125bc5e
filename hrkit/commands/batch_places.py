"""Which files of a batch's folder may be replaced, and what becomes of those that are out of date."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from hrkit.commands.batch_steps import tells_the_same
from hrkit.commands.outputs import Outputs
from hrkit.errors import HrkitError, Problem
from hrkit.model.engagement import FILE as ENGAGEMENT
from hrkit.publish.batch.destination import digest

if TYPE_CHECKING:
    from hrkit.publish.batch.manifest import MadeDocument, Manifest

__all__ = [
    "beside",
    "files_of",
    "folder_for_one",
    "in_the_way",
    "name_taken",
    "older",
    "out_of_date",
    "set_aside",
]

_OLDER = ".older"
_NOT_OURS = "is there already and is not as hrkit wrote it, or not hrkit's"


def files_of(document: Mapping[str, Any], also: Iterable[str]) -> dict[str, str]:
    """The files that a document will be, whose digests nobody knows yet."""
    kinds = ("pdf",) if document["unit"] else ("pdf", *also)
    return {Path(document["name"]).with_suffix(f".{kind}").name: "" for kind in kinds}


def folder_for_one(staging: Path, folder: Path) -> Path:
    """A folder into which one document is made, in the place for what is not in its own yet."""
    try:
        return Path(tempfile.mkdtemp(dir=staging))
    except FileNotFoundError:
        raise HrkitError(
            f"{folder} is not there any more: it was moved or removed while the run was at work. "
            "Put it back and run again; what is in it is not made twice."
        ) from None


def in_the_way(manifest: Manifest, outputs: Outputs, files: Mapping[str, str]) -> list[Problem]:
    """Files that stand where a document goes and may not be replaced.

    Parameters
    ----------
    manifest
        Of the folder: what a run has written there may be replaced by a run.
    outputs
        What may be replaced beside that.
    files
        Names of the document's files, with their digests where they are made already.  What tells of a
        frozen wave is replaced by something else only where the user says so.
    """
    problems: list[Problem] = []
    for name, made in files.items():
        data = manifest.at.read(name)
        if data is not None:
            there = digest(data)
            known = manifest.written([there])
            if (
                made == there
                or outputs.overwrite
                or (there in known and not (made and known[there]))
            ):
                continue
            if there in known:
                what = "is the report of a frozen wave and would change"
                problems.append(Problem(name, what, "move it away, or add --overwrite"))
                continue
        if manifest.at.folder is None:
            if data is not None:
                problems.append(Problem(name, _NOT_OURS, "move it away, or add --overwrite"))
            continue
        try:
            outputs.check([manifest.at.folder / name])
        except HrkitError as error:
            problems += error.problems
    return problems


def name_taken(
    named: dict[str, tuple[str, str]], manifest: Manifest, home: Path, entry: MadeDocument
) -> str:
    """Why a document cannot have its file's name: it is another's; ids and waves hold hyphens, too.

    Parameters
    ----------
    named
        Whose each name is, in this run; written to.
    manifest
        Whose they were before.
    home
        The organisations' folder: one that is gone holds no name.
    entry
        The document, under its organisation's folder (``acme/acme-w1-en-full.pdf``).
    """
    name, mine = entry.name.partition("/")[2], (entry.organisation, entry.what)
    first = named.setdefault(name.casefold(), mine)
    before = manifest.entry(name)
    others = before is not None and before.organisation != entry.organisation
    if before is not None and others and (home / before.organisation / ENGAGEMENT).is_file():
        first = (before.organisation, before.what) if first == mine else first
    if first == mine:
        return ""
    return f"{name} is already the name of {first[0]}'s {first[1]}; give one another id or wave."


def older(manifest: Manifest, name: str) -> Mapping[str, str]:
    """Give the files of an earlier run, of a document that has failed now, a name that says so.

    A file that somebody has worked in is theirs and stays; so does what tells of a frozen wave, which is
    as true as it was.

    Returns
    -------
    Mapping
        The files the document has now: none.
    """
    before = manifest.entry(name)
    files = before.files if before else {}
    final = manifest.written(files.values())
    set_aside(manifest, [file for file, made in files.items() if not final.get(made)])
    return {}


def set_aside(manifest: Manifest, files: Iterable[str]) -> None:
    """Give files that are out of date, and that nobody has worked in, a name that says so."""
    for file in files:
        there = manifest.at.read(file)
        if there is not None and manifest.written([digest(there)]):
            manifest.at.rename(file, _aside(file))


def _aside(file: str) -> str:
    """What a file is called that is out of date."""
    was = PurePath(file)
    return f"{was.stem}{_OLDER}{was.suffix}"


def out_of_date(manifest: Manifest, issued: Mapping[str, Any], organisation: str) -> list[str]:
    """Name as older what an organisation has of earlier runs that tells of something else and is not asked for now.

    Another language, profile or sheet of the same answers and settings stays; so does what tells of a frozen
    wave, which is replaced only where the user says so.

    Returns
    -------
    list
        A sentence for each document that was given another name.
    """
    now = {document["name"] for document in issued["documents"]}
    told = []
    for entry in manifest.of(organisation):
        if (
            entry.state != "done"
            or entry.final
            or entry.name in now
            or entry.wave not in issued["waves"]
            or tells_the_same(entry.key, issued["tells"])
        ):
            continue
        set_aside(manifest, entry.files)
        manifest.forget(entry.name)
        told.append(
            f"{PurePath(entry.name).name} is of other answers or settings and was not asked for now; "
            f"it is called {_aside(entry.name)}"
        )
    return told


def beside(manifest: Manifest, now: MadeDocument, before: Mapping[str, str]) -> MadeDocument:
    """A document that was made anew, with those files of before that it does not have any more.

    Where the PDF is as it was, they tell the same and stay; else they are out of date.  A file that was
    named as older when a process was killed, and is made again to the byte, is not older: one is enough.
    """
    for file, made in now.files.items():
        aside = _aside(file)
        if (there := manifest.at.read(aside)) is not None and digest(there) == made:
            manifest.at.remove(aside)
    left = {
        name: made
        for name, made in before.items()
        if name not in now.files and (there := manifest.at.read(name)) and digest(there) == made
    }
    if not left:
        return now
    if before.get(now.name) == now.files.get(now.name):
        return replace(now, files={**now.files, **left})
    set_aside(manifest, left)
    return now
