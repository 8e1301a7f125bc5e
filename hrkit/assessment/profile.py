"""Report profiles: which sections a report has, in which order, with which switches.

Those of an engagement's folder (``profiles/NAME.yml``, or ``NAME.yml`` beside it) win over the kit's of the same name.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrkit import kit
from hrkit.errors import HrkitError, Problem
from hrkit.model.engagement import Engagement
from hrkit.model.own_files import own_files
from hrkit.model.schema import schema_problems
from hrkit.model.yamlfile import Source, read_yaml
from hrkit.tools import SECTIONS

__all__ = ["PARTS", "check_profiles", "load_profile", "profiles"]

#: Sub-folder of an engagement with profiles of its own.
FOLDER = "profiles"
#: The cells of the report notebook, in their order.
PARTS = ("front", "picture", "dimensions", "forward", "back")


def profiles(folder: Path | None = None) -> tuple[str, ...]:
    """Names of the report profiles: the kit's, and those of an engagement's folder."""
    kits = {path.stem for path in (kit.templates() / "profiles").glob("*.yml")}
    return tuple(sorted(kits | set(_own(folder)[0])))


def load_profile(name: str, folder: Path | None = None) -> Mapping[str, Any]:
    """The data of a report profile; a part that it does not list is empty.

    Parameters
    ----------
    name
        As the file is called.
    folder
        The engagement's, whose own profiles win.

    Raises
    ------
    HrkitError
        If there is none of that name, or it names a section that does not exist.
    """
    own, problems = _own(folder)
    beside = _beside(folder, name) if name not in own else None
    if beside is not None:
        own, problems = {**own, name: beside}, (*problems, *_problems(beside))
    mine = [p for p in problems if p.where.startswith((f"{FOLDER}/{name}.yml", f"{name}.yml"))]
    if mine:
        raise HrkitError(f"The profile {name} cannot be used.", mine)
    source = own.get(name)
    if source is None:
        if name not in profiles(folder):
            raise HrkitError(
                f"There is no report profile {name!r}; use one of {', '.join(profiles(folder))}."
            )
        source, wrong = _kits(kit.templates() / "profiles" / f"{name}.yml")
        if wrong:
            raise HrkitError(f"The profile {name} cannot be used.", list(wrong))
    data: Mapping[str, Any] = source.data
    return {**data, "parts": {part: data["parts"].get(part, []) for part in PARTS}}


@functools.cache
def _kits(path: Path) -> tuple[Source, tuple[Problem, ...]]:
    """One of the kit's own, and what is wrong with it."""
    source = read_yaml(path)
    return source, tuple(_problems(source))


def check_profiles(engagement: Engagement) -> tuple[Problem, ...]:
    """Everything that is wrong with the profiles in an engagement's folder, and with its choice."""
    _, problems = _own(engagement.folder)
    chosen, known = engagement.report.profile, profiles(engagement.folder)
    if beside := _beside(engagement.folder, chosen):
        return (*problems, *_problems(beside))
    if chosen not in known and not any(
        p.where.startswith(f"{FOLDER}/{chosen}.yml") for p in problems
    ):
        wrong = Problem(
            "engagement.yml, report.profile",
            f"there is no profile {chosen}",
            f"use one of {', '.join(known)}",
        )
        return (*problems, wrong)
    return problems


def _own(folder: Path | None) -> tuple[Mapping[str, Source], tuple[Problem, ...]]:
    """The profiles of a folder by name, and what is wrong with them or others there."""
    if folder is None:
        return {}, ()
    sources, found = own_files(folder, FOLDER)
    problems = [*found, *(problem for source in sources for problem in _problems(source))]
    return {Path(source.name).stem: source for source in sources}, tuple(problems)


def _beside(folder: Path | None, name: str) -> Source | None:
    """A profile that lies in the engagement's folder itself, not in its sub-folder."""
    path = folder / f"{name}.yml" if folder and re.fullmatch(r"[\w-]+", name) else None
    if path is None or not path.is_file() or path.is_symlink():
        return None
    source = read_yaml(path)
    return source if isinstance(source.data, Mapping) and "parts" in source.data else None


def _problems(source: Source) -> tuple[Problem, ...]:
    shape = schema_problems(source, "profile")
    if shape:
        return shape
    problems = []
    stem = Path(source.name).stem
    if source.data["id"] != stem:
        problems.append(
            Problem(
                source.where(("id",)),
                f"{source.data['id']} is not what the file is called",
                f"write {stem}, or rename the file",
            )
        )
    for part, listed in source.data["parts"].items():
        for i, section in enumerate(listed):
            if section not in SECTIONS:
                problems.append(
                    Problem(
                        source.where(("parts", part, i)),
                        f"there is no section {section}",
                        f"use {', '.join(SECTIONS)}",
                    )
                )
    return tuple(problems)
