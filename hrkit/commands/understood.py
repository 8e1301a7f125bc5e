"""Files with answers read and rehearsed before anything is taken: by ``check`` and ``import`` alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hrkit.answers.files.read import KINDS
from hrkit.answers.imports import DOUBLES
from hrkit.answers.readers.rows import refused
from hrkit.answers.readers.twice import Which, asked_of
from hrkit.answers.responses import Reading
from hrkit.errors import AnswersError, HrkitError, Problem
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.portfolio.split import portfolio

__all__ = ["Understood", "files_in", "paths", "understand"]


@dataclass(frozen=True)
class Understood:
    """Files with answers, read and rehearsed: whose each part is, and what is to be said.

    Attributes
    ----------
    parts
        Name (empty where there is one engagement), engagement and reading.
    notes
        What was decided, and what was not read.
    """

    parts: tuple[tuple[str, Engagement, Reading], ...]
    notes: tuple[str, ...]


#: What an engagement is to take: its name (empty where there is one alone), itself, and its part of a file.
_Part = tuple[str, Engagement, Reading]
_Files = Path | Sequence[Path]


def understand(
    path: _Files,
    folder: Path,
    *,
    mapping: _Files | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    replace: bool = False,
    doubles: str | None = None,
    twice: str | None = None,
    rehearsed: bool = True,
) -> Understood:
    """Read files for the engagement, or the engagements, of a folder, and rehearse taking them.

    Nothing is changed.  ``check`` and ``import`` both come here, so that they take and refuse the
    same.

    Parameters
    ----------
    path
        The file, or several that are taken as one.
    folder
        An engagement's folder; with a mapping that names organisations, a folder of such.
    mapping, encoding, sheet, replace, doubles, twice
        As `hrkit.commands.import_answers.import_answers` takes them.
    rehearsed
        Whether each store is asked what it would refuse; one store alone that takes all at once
        or nothing need not be.

    Returns
    -------
    Understood
        What each engagement is to take, and sentences about the files.

    Raises
    ------
    HrkitError
        With every problem at once, of the files and of the stores.
    """
    from hrkit.answers.neighbours import unread_stores

    paths = tuple(
        one for given in ((path,) if isinstance(path, Path) else path) for one in files_in(given)
    )
    mappings = _a_mapping_each(paths, mapping)
    for one in paths:
        if not one.exists():
            raise AnswersError(f"There is no file {one}.")
    if doubles and doubles not in DOUBLES:
        raise AnswersError(f"Doubles are {' or '.join(DOUBLES)}, not {doubles!r}.")
    which = asked_of(twice)
    names = _called(paths)
    found: list[tuple[list[_Part], list[str]]] = []
    problems: list[Problem] = []
    for one, name, how in zip(paths, names, mappings, strict=True):
        try:
            found.append(_read(one, folder, how, encoding, sheet, which))
        except AnswersError as error:
            if len(paths) == 1:
                raise
            prefix = name.removesuffix(one.name)
            problems += [
                Problem(f"{prefix}{problem.where}", problem.what, problem.fix)
                for problem in error.problems or (Problem(one.name, error.summary),)
            ]
    if problems:
        raise refused(" and ".join(names), problems)
    parts, notes = found[0] if len(found) == 1 else _as_one(names, paths, found, doubles, which)
    notes = [*_said_of(parts), *notes]
    for _, engagement, _ in parts:
        notes += unread_stores(engagement)
    if rehearsed or len(parts) > 1:
        rehearse(" and ".join(names), parts, replace, doubles)
    return Understood(tuple(parts), tuple(dict.fromkeys(notes)))


def files_in(path: Path) -> tuple[Path, ...]:
    """The files of other programs in a folder of such; anything else stands for itself.

    A folder of what forms have saved stays one: there a file is a person.
    """
    if not path.is_dir() or (path / engagements.FILE).is_file():
        return (path,)
    there = sorted(one for one in path.iterdir() if one.is_file() and one.name[0] not in ".~")
    if any(one.suffix.lower() == ".json" for one in there):
        return (path,)
    return tuple(one for one in there if one.suffix.lower() in KINDS) or (path,)


def _a_mapping_each(paths: Sequence[Path], mapping: _Files | None) -> tuple[Path | None, ...]:
    """The mapping of each file: one for all of them, or one each in their order."""
    given = (
        (mapping,) if mapping is None or isinstance(mapping, Path) else tuple(mapping) or (None,)
    )
    if not paths:
        raise AnswersError("Name a file with answers.")
    if len(given) == 1:
        return given * len(paths)
    if len(given) != len(paths):
        raise AnswersError(
            f"There are {len(given)} mappings for {len(paths)} files: give one for all, or one each, "
            "in the order of the files."
        )
    return given


def _called(paths: Sequence[Path]) -> tuple[str, ...]:
    """What files are called; with their folder or a number, where two have one name."""
    names = [path.name for path in paths]
    if len(set(names)) < len(names):
        names = [f"{path.resolve().parent.name}/{path.name}" for path in paths]
    if len(set(names)) < len(names):
        names = [f"{n}: {path.name}" for n, path in enumerate(paths, 1)]
    return tuple(names)


def _read(
    path: Path,
    folder: Path,
    mapping: Path | None,
    encoding: str | None,
    sheet: str | None,
    twice: Which,
) -> tuple[list[_Part], list[str]]:
    """What a file says to each engagement, and what is to be said of those that cannot be used."""
    from hrkit.answers.begun import as_begun
    from hrkit.answers.readers.mapped import read_mapped
    from hrkit.answers.readers.returned import is_returned, read_returned
    from hrkit.answers.readers.template import read_answers

    if mapping is not None and not (folder / engagements.FILE).is_file():
        return portfolio(path, folder, mapping, encoding=encoding, sheet=sheet, twice=twice)
    engagement = as_begun(engagements.load(folder))
    if mapping is not None:
        reading = read_mapped(
            path, mapping, engagement, encoding=encoding, sheet=sheet, twice=twice
        )
    elif is_returned(path):
        if encoding or sheet:
            raise AnswersError(f"{path.name} has no sheet and no encoding.")
        reading = read_returned(path, engagement, twice)
    else:
        reading = read_answers(path, engagement, encoding=encoding, sheet=sheet, twice=twice)
    return [("", engagement, reading)], []


def _said_of(parts: Iterable[tuple[str, Engagement, Reading]]) -> list[str]:
    """What is to be said of what was read; of one organisation among several with its name."""
    whose: dict[str, list[str]] = {}
    for name, _, reading in parts:
        for note in dict.fromkeys(reading.notes):
            whose.setdefault(note, []).append(name)
    return [
        f"{names[0]}: {note}" if len(names) == 1 and names[0] else note
        for note, names in whose.items()
    ]


def _as_one(
    names: Sequence[str],
    paths: Sequence[Path],
    found: Sequence[tuple[list[_Part], list[str]]],
    doubles: str | None,
    twice: Which,
) -> tuple[list[_Part], list[str]]:
    """What several files say to each engagement, as one reading."""
    from hrkit.answers.readers.joined import files_as_one, renamed

    engagements_: dict[str, Engagement] = {}
    readings: dict[str, list[tuple[str, Reading]]] = {}
    for name, path, (parts, _) in zip(names, paths, found, strict=True):
        for whose, engagement, reading in parts:
            engagements_[whose] = engagement
            own = renamed(reading, path.name, name)
            readings.setdefault(whose, []).append((name, own))
    joined = [
        (
            whose,
            engagements_[whose],
            files_as_one(
                [name for name, _ in those],
                [one for _, one in those],
                doubles=doubles or "",
                twice=twice,
            )
            if len(those) > 1
            else those[0][1],
        )
        for whose, those in readings.items()
    ]
    return joined, [note for _, notes in found for note in notes]


def paths(given: str | Path | Sequence[str | Path]) -> tuple[Path, ...]:
    """The paths of one file or of several."""
    return tuple(map(Path, (given,) if isinstance(given, str | Path) else given))


def rehearse(title: str, parts: list[_Part], replace: bool, doubles: str | None) -> None:
    """Find out that every store will take its part, before any does.

    Raises
    ------
    HrkitError
        With what all of the stores refuse.
    """
    from hrkit.answers.neighbours import store_file
    from hrkit.answers.store import Store, open_store

    problems: list[Problem] = []
    for name, engagement, reading in parts:
        file = store_file(engagement)
        # A store that is not there holds nothing: what would be refused is found without one.
        fresh = file is not None and not (file.exists() and file.stat().st_size)
        try:
            with (
                Store.open("sqlite://", engagement=engagement)
                if fresh
                else open_store(engagement, create=False, write=False)
            ) as store:
                store.add(reading, replace=replace, doubles=doubles or "", rehearse=True)
        except HrkitError as error:
            if len(parts) == 1:
                raise
            problems += error.problems or (Problem(name, error.summary),)
    if problems:
        raise AnswersError(f"{title} was not taken.", problems)
