"""Files that a client's folder may hold of its own: profiles, texts, actions; they win over the kit's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hrkit.errors import HrkitError, Problem
from hrkit.model.schema import schema_problems
from hrkit.model.yamlfile import Source, read_yaml

__all__ = ["OWN", "layered", "misnamed", "own_files", "stamps", "untold"]

#: Sub-folders of an engagement that are read, and the ending of the files in them.
OWN: Mapping[str, tuple[str, ...]] = {
    "actions": (".yml",),
    "duties": (".yml",),
    "handouts": (".yml",),
    "letters": (".yml",),
    "profiles": (".yml",),
    "texts": (".yml", ".md"),
}

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


def layered(
    places: Iterable[Path],
    folder: Path,
    kind: str,
    shape: str,
    languages: Sequence[str],
    called: str,
) -> dict[str, Source]:
    """Files by id: those of the kit's places, a later one over an earlier, and a client's own over them.

    Parameters
    ----------
    places
        Folders of the kit.
    folder, kind
        The engagement's, and its sub-folder.
    shape
        Name of the schema that a file of one's own has to fit.
    languages
        In which all its texts must be there.
    called
        What they are called where they cannot be used: ``Letters``.

    Raises
    ------
    HrkitError
        With everything that is wrong with the client's own.
    """
    found = {path.stem: read_yaml(path) for home in places for path in sorted(home.glob("*.yml"))}
    own, problems = own_files(folder, kind)
    told: list[Problem] = list(problems)
    for source in own:
        wrong = schema_problems(source, shape)
        told += wrong or tuple(untold(source, languages))
        if not wrong:
            found[source.data["id"]] = source
    if told:
        raise HrkitError(f"{called} of this engagement cannot be used.", told)
    return found


def untold(source: Source, languages: Sequence[str]) -> Iterator[Problem]:
    """Texts that a file of one's own lacks in one of the languages it is to be read in."""

    def look(node: Any, path: tuple[str | int, ...]) -> Iterator[Problem]:
        if isinstance(node, Mapping):
            if any(code in node for code in languages):
                missing = [code for code in languages if not node.get(code)]
                if missing:
                    what = f"has no text in {', '.join(missing)}"
                    yield Problem(source.where(path), what, "translate it")
                return
            for key, child in node.items():
                yield from look(child, (*path, key))
        elif isinstance(node, list):
            for i, child in enumerate(node):
                yield from look(child, (*path, i))

    yield from look(source.data, ())


def misnamed(folder: Path) -> tuple[Problem, ...]:
    """What somebody put into the folder to be read, under a name that is not looked for.

    ``Texts/`` and ``action/`` are such folders (where the disk takes them for another name), a link
    that leads nowhere is one, and ``profiles/short.yaml``, ``texts/report.YML`` or an ``actions.yml`` in place
    of the folder are such files.
    """
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        kind = _kind(path.name)
        if kind is None and path.suffix.lower() in (".yml", ".yaml"):
            # One file in place of the folder: actions.yml beside engagement.yml.
            beside = _kind(path.stem)
            if beside is not None and beside == path.stem.casefold():
                problems.append(Problem(path.name, "is not read", f"put it into a folder {beside}"))
            continue
        if kind is not None and path.is_symlink() and not path.exists():
            problems.append(Problem(path.name, "is a link that leads nowhere", "take it out"))
            continue
        if kind is None or not path.is_dir():
            continue
        meant = folder / kind
        if path.name != kind and not (meant.exists() and meant.samefile(path)):
            if path.name.casefold() == kind or any(f.suffix in OWN[kind] for f in path.iterdir()):
                what = Problem(f"{path.name}/", "is not read", f"name the folder {kind}")
                problems.append(what)
            continue
        problems += (
            Problem(f"{kind}/{file.name}", "is not read", f"name it {file.stem}.yml")
            for file in sorted(path.iterdir())
            if file.suffix.lower() in (".yml", ".yaml") and file.suffix != ".yml"
        )
    return tuple(problems)


def _kind(name: str) -> str | None:
    """Which of the folders that are read a name means; None if none."""
    said = name.casefold().strip()
    return next((kind for kind in OWN if said in (kind, kind.removesuffix("s"))), None)


def stamps(folder: Path, kind: str) -> tuple[Any, ...]:
    """What changes when one of the files does: a key for what was made of them."""
    return tuple(
        (str(path), path.stat().st_mtime_ns, path.stat().st_size)
        for path in _paths(folder, kind)
        if path.exists()
    )
