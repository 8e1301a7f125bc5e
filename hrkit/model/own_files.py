"""Files that a client's folder may hold of its own: profiles, texts, actions; they win over the kit's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrkit.errors import Problem
from hrkit.model.yamlfile import Source, read_yaml

__all__ = ["own_files", "stamps"]

#: Most files of one kind that are read.
MOST = 100


def _paths(folder: Path, kind: str) -> list[Path]:
    found = (folder / kind).glob("*.yml") if (folder / kind).is_dir() else ()
    return sorted(found)[: MOST + 1]


def own_files(folder: Path, kind: str) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """The YAML files in one sub-folder of an engagement, and why some of them cannot be read.

    Parameters
    ----------
    folder
        The engagement's.
    kind
        ``profiles``, ``texts`` or ``actions``.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    paths = _paths(folder, kind)
    if len(paths) > MOST:
        problems.append(Problem(kind, f"holds more than {MOST} files", "put them together"))
    for path in paths[:MOST]:
        name = f"{kind}/{path.name}"
        if not path.resolve().is_relative_to(folder.resolve()):
            problems.append(
                Problem(name, "lies outside the engagement folder", "copy it into the folder")
            )
            continue
        source = read_yaml(path, name)
        problems += source.problems
        if not source.problems and not isinstance(source.data, Mapping):
            problems.append(Problem(name, "holds no keys", "see the kit's own file of this kind"))
        elif not source.problems:
            sources.append(source)
    return tuple(sources), tuple(problems)


def stamps(folder: Path, kind: str) -> tuple[Any, ...]:
    """What changes when one of the files does: a key for what was made of them."""
    return tuple(
        (str(path), path.stat().st_mtime_ns, path.stat().st_size)
        for path in _paths(folder, kind)
        if path.exists()
    )
