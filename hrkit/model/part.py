"""A part of an engagement: a tool's own round of questions, in a folder of its own inside the engagement's.

``fjordby/engagement.yml`` says whose engagement it is and ``tools: [mirror]``; ``fjordby/mirror/engagement.yml``
says ``part_of: ".."``, which instrument is asked there, and whatever else is the tool's own.  All the rest is
read from the whole.  A part is an engagement like any other: its answers lie in a store of its own, under
codes that are scrambled otherwise, so that nobody can lay one tool's answers beside another's; every
command and notebook takes its folder.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Any

from hrkit.errors import Problem
from hrkit.model.schema import schema_problems
from hrkit.model.yamlfile import Source

__all__ = ["UP", "is_part", "merged", "part_id", "part_problems", "part_text"]

#: What ``part_of`` says: a part lies in the folder of its engagement.
UP = ".."

#: What a part takes from its whole; the rest of the whole's file is the whole's own.
_TAKEN = (
    "client",
    "consultant",
    "language",
    "languages",
    "sector",
    "country",
    "units",
    "waves",
    "tiers",
    "pairs",
    "invited",
    "protection",
    "audience",
    "duties",
    "synthetic",
    "terms",
)
#: Files of the whole that a part names, from where it lies.
_FILES = ("logo", "pptx_template")


def is_part(source: Source) -> bool:
    """Whether a file says that it is a part of the engagement around it."""
    return isinstance(source.data, Mapping) and "part_of" in source.data


def part_id(whole: str, instrument: str) -> str:
    """The id of a part: one that nobody can write as the id of a whole."""
    return f"{whole}.{PurePosixPath(instrument).stem}"


def part_problems(source: Source) -> tuple[Problem, ...]:
    """What is wrong with what a part's file says itself."""
    return (*source.problems, *schema_problems(source, "part"))


def merged(own: Source, whole: Mapping[str, Any], asked: Collection[str] | None) -> Source:
    """A part's file with what it takes from its whole, as one that stands alone.

    Parameters
    ----------
    own
        The part's file, of the right shape.
    whole
        The data of the engagement's file, checked.
    asked
        Perspectives that the part's instrument asks: only how many of them were invited is taken.
    """
    said = {key: value for key, value in own.data.items() if key != "part_of"}
    taken = {key: whole[key] for key in _TAKEN if key in whole}
    if asked is not None:
        taken |= _asked(taken, asked)
    floor = whole.get("protection", {})
    mine = said.get("protection", {})
    higher = {key: max(mine.get(key, False), floor.get(key, False)) for key in {*mine, *floor}}
    report = {
        key: one for key, one in whole.get("report", {}).items() if key not in ("profile", "title")
    }
    branding = {
        key: f"{UP}/{one}" if key in _FILES and one else one
        for key, one in (whole.get("branding") or {}).items()
    }
    letters = {key: one for key, one in (whole.get("letters") or {}).items() if key != "link"}
    data = {
        **taken,
        "id": part_id(whole["id"], said["instrument"]),
        **({"branding": branding} if branding else {}),
        **said,
        **({"protection": higher} if higher else {}),
        "report": report | (said.get("report") or {}),
        "letters": letters | (said.get("letters") or {}),
    }
    return Source(own.name, data, own.lines, own.problems)


def _asked(taken: Mapping[str, Any], asked: Collection[str]) -> dict[str, Any]:
    """What is said of perspectives, as far as a part asks them."""
    found: dict[str, Any] = {}
    if "invited" in taken:
        found["invited"] = [row for row in taken["invited"] if row["perspective"] in asked]
    for key in ("tiers", "pairs"):
        if key in taken:
            rows = (_whom(row, asked) for row in taken[key] or ())
            found[key] = [row for row in rows if row is not None]
    return found


def _whom(row: Mapping[str, Any], asked: Collection[str]) -> Mapping[str, Any] | None:
    """A tier or pair with those of its perspectives that are asked; None where there are none."""
    if not row.get("perspectives"):
        return row
    kept = [one for one in row["perspectives"] if one in asked]
    return {**row, "perspectives": kept} if kept else None


def part_text(instrument: str) -> str:
    """The file of a new part."""
    return (
        f"# A tool of the engagement in the folder above: what does not stand here is written there.\n"
        f'hrkit: 1\npart_of: "{UP}"\ninstrument: "{instrument}"\n'
    )
