"""Which files of a batch's folder may be replaced, and what becomes of those that are out of date."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from hrkit.commands.outputs import Outputs
from hrkit.errors import HrkitError, Problem
from hrkit.publish.batch.manifest import digest

if TYPE_CHECKING:
    from hrkit.publish.batch.manifest import Manifest

__all__ = ["in_the_way", "older"]

_OLDER = ".older"


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
        place = manifest.folder / name
        if place.is_file() and not place.is_symlink():
            there = digest(place.read_bytes())
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
        try:
            outputs.check([place])
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
        place = manifest.folder / file
        if not place.is_file() or place.is_symlink():
            continue
        if manifest.written([digest(place.read_bytes())]):
            os.replace(place, place.with_name(f"{place.stem}{_OLDER}{place.suffix}"))
    return {}
