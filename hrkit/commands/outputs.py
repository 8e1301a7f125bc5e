"""Where a delivery is written, and what it may not replace.

A file that a person has worked on since, one that was not made here, and the report of a frozen
wave are never replaced unless the user says so; a draft of ours is.  Which files are ours and
untouched is known by their digests, kept in a private file of the engagement's folder: no names,
no places, nothing of what stands in them.
"""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hrkit.errors import HrkitError, Problem
from hrkit.files import alone, write_all
from hrkit.model.engagement import Engagement
from hrkit.publish.formats import format_of

__all__ = ["Outputs", "folder_place", "report_name", "report_place", "write_folder"]

_KEPT = Path(".hrkit") / "outputs.json"
_MOST = 2000  # digests that are remembered
_OVERWRITE = "move it away, write to another name (-o), or add --overwrite"


def report_name(engagement: Engagement, wave: str, language: str, what: str) -> str:
    """A PDF's file name: whose it is, of which wave, in which language, and its profile or sheet."""
    return f"{engagement.id}-{wave}-{language}-{what}.pdf"


def report_place(output: str | Path | None, home: Path, name: str) -> Path:
    """Where a PDF goes.

    Parameters
    ----------
    output
        As the user gave it: a file that ends in ``.pdf``, or a folder that is there.
    home
        Where it goes if nothing was given.
    name
        What it is called where no file was given.

    Raises
    ------
    HrkitError
        If the name is one for something else than a PDF.
    """
    if not output:
        return home / name
    output = Path(output)
    if output.is_dir():
        return output / name
    ending = output.suffix.lower()
    if ending == ".pdf":
        return output
    also = format_of(ending)
    pdf = output.with_suffix(".pdf").name if ending else f"{output.name}.pdf"
    more = f" --also {also}" if also else ""
    raise HrkitError(
        f"{output.name} is no name for a PDF; write: -o {pdf}{more}"
        if ending != ".ipynb"
        else f"{output.name} is no name for a PDF; write: -o {pdf} --keep-notebook"
    )


def folder_place(output: str | Path | None, usual: Path, what: str) -> Path:
    """The folder that a set of files goes to.

    Parameters
    ----------
    output
        As the user gave it.
    usual
        The folder if nothing was given.
    what
        What the files are called in a message.

    Raises
    ------
    HrkitError
        If there is a file of that name.
    """
    home = Path(output) if output is not None else usual
    if home.exists() and not home.is_dir():
        raise HrkitError(f"{home} is a file; name a folder for the {what} (-o).")
    return home


def write_folder(
    engagement: Engagement, home: Path, files: Mapping[Path, bytes], overwrite: bool
) -> tuple[Path, ...]:
    """Write a set of files that tell no answer into a folder, which is made where it is not there."""
    outputs = Outputs(engagement.folder, overwrite)
    outputs.check(files)
    home.mkdir(parents=True, exist_ok=True)
    outputs.write(files, final=False)
    return tuple(files)


@dataclass(frozen=True)
class Outputs:
    """What one delivery writes, and whether it may.

    Parameters
    ----------
    home
        The engagement's folder.
    overwrite
        The user wants files replaced, whatever they are.
    working
        Files that are never replaced: the notebooks people work in.
    """

    home: Path
    overwrite: bool = False
    working: tuple[Path, ...] = ()
    _known: dict[str, str] = field(default_factory=dict, init=False)

    def check(self, places: Iterable[Path]) -> None:
        """Refuse, before anything runs, what could not be written in the end.

        Raises
        ------
        HrkitError
            With every place and the reason.
        """
        self._known.clear()
        self._known.update(_read(self.home / _KEPT))
        problems = [problem for place in places if (problem := self._problem(place))]
        if problems:
            raise HrkitError("Nothing was written.", problems)

    def _problem(self, place: Path) -> Problem | None:
        where = place.name
        try:
            about = place.lstat()
        except OSError:
            return None
        if stat.S_ISLNK(about.st_mode):
            return Problem(where, "is a link", "name the file itself")
        if not stat.S_ISREG(about.st_mode):
            return Problem(where, "is no file", "choose another name")
        if any(_same(place, one) for one in self.working):
            return Problem(where, "is the notebook you work in", "choose another name (-o)")
        if self.overwrite or _digest(place.read_bytes()) in self._known:
            return None
        return Problem(
            where, "is there already and is not as hrkit wrote it, or not hrkit's", _OVERWRITE
        )

    def write(self, files: Mapping[Path, bytes], *, final: bool) -> None:
        """Write the set, and remember that it is ours; files that are the same stay as they are.

        Parameters
        ----------
        files
            Contents by place, the first first.
        final
            They tell of a frozen wave: from now on only the user's word replaces them.

        Raises
        ------
        HrkitError
            If one may not be replaced; nothing was written then.
        """
        with alone((self.home, *(place.parent for place in files))):
            self._write(files, final)

    def _write(self, files: Mapping[Path, bytes], final: bool) -> None:
        self.check(files)
        gone, problems = set(), []
        for place, data in files.items():
            if not place.is_file() or (before := _digest(place.read_bytes())) == _digest(data):
                continue
            gone.add(before)
            if self._known.get(before) == "final" and not self.overwrite:
                problems.append(
                    Problem(
                        place.name, "is the report of a frozen wave and would change", _OVERWRITE
                    )
                )
        if problems:
            raise HrkitError("Nothing was written.", problems)
        write_all(files)
        known = {digest: state for digest, state in self._known.items() if digest not in gone}
        known |= {_digest(data): "final" if final else "draft" for data in files.values()}
        _write(self.home / _KEPT, dict(list(known.items())[-_MOST:]))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()


def _read(path: Path) -> dict[str, str]:
    """Digests and states; nothing where the file is missing, or somebody else's."""
    try:
        data = json.loads(path.read_text("utf-8")) if not path.is_symlink() else {}
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in data.items()} if isinstance(data, dict) else {}


def _write(path: Path, known: Mapping[str, str]) -> None:
    """Keep the digests; a folder that cannot be written to still gives its report."""
    try:
        if path.parent.is_symlink():
            return
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_all({path: (json.dumps(dict(known), indent=0) + "\n").encode("ascii")})
    except OSError:
        return
