"""Which files of a batch's folder may be replaced, and what becomes of those that are out of date."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

from hrkit.commands.outputs import Outputs
from hrkit.errors import HrkitError, Problem
from hrkit.publish.batch.manifest import digest

if TYPE_CHECKING:
    from hrkit.publish.batch.manifest import Manifest

__all__ = ["in_the_way", "older"]

_OLDER = ".older"
_NOT_OURS = "is there already and is not as hrkit wrote it, or not hrkit's"


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


def older(manifest: Manifest, name: str) -> Mapping[str, str]:
    """Give the files of an earlier run, of a document that has failed now, a name that says so.

    A file that somebody has worked in is theirs and stays.

    Returns
    -------
    Mapping
        The files the document has now: none.
    """
    before = manifest.entry(name)
    for file in before.files if before else ():
        there = manifest.at.read(file)
        if there is not None and manifest.written([digest(there)]):
            was = PurePath(file)
            manifest.at.rename(file, f"{was.stem}{_OLDER}{was.suffix}")
    return {}
