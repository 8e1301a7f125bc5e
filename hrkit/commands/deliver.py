"""Pack what a client is given into one file under a password, with a list of what is in it."""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from hrkit.errors import HrkitError, Problem
from hrkit.files import write_all
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement

__all__ = ["Packed", "deliver"]

#: What is handed on; a store, a file with answers, a notebook or settings never are.
ENDINGS = (".pdf", ".docx", ".pptx", ".html", ".xlsx", ".ics")
LIST = "contents.txt"
_LEAST = 12
_SLIPS = re.compile(r"-(slips|names)-\d+$")


@dataclass(frozen=True, slots=True)
class Packed:
    """The file that was written, and what is in it: name, bytes and digest of each."""

    path: Path
    contents: tuple[tuple[str, int, str], ...]


def deliver(
    folder: str | Path,
    files: Collection[str | Path] = (),
    *,
    output: str | Path | None = None,
    wave: str = "",
    overwrite: bool = False,
    password: str = "",
) -> Packed:
    """Pack printed files into a zip that only its password opens (AES, 256 bits).

    Names of files can be read without the password, as in every zip; give it by another way than the file.

    Parameters
    ----------
    folder
        The engagement's folder.
    files
        What is packed; every report of the wave that lies in the folder if none is named.
    output
        The zip; beside the reports if not given.
    wave
        Id of the wave; the latest if empty.
    overwrite
        Replace a zip that is there.
    password
        At least twelve characters; asked for, twice, if empty.

    Raises
    ------
    HrkitError
        If a file is nothing to hand on, nothing is there, or the password is short.
    """
    engagement = engagements.load(folder)
    round_ = engagement.wave(wave or None)
    packed = _chosen(engagement, round_.id, files)
    place = Path(output) if output else engagement.folder / f"{engagement.id}-{round_.id}.zip"
    if place.suffix.lower() != ".zip":
        raise HrkitError(f"{place.name} is no name for a zip; write: -o {place.stem}.zip")
    if os.path.lexists(place) and not overwrite:
        raise HrkitError(f"{place.name} is there already; add --overwrite, or name another (-o).")
    said = password or _twice()
    if len(said) < _LEAST:
        raise HrkitError(f"A password has at least {_LEAST} characters.")
    data = {one.name: one.read_bytes() for one in packed}
    contents = tuple((n, len(one), hashlib.sha256(one).hexdigest()) for n, one in data.items())
    write_all({place: _zip(data, contents, said)})
    _noted(engagement, place.name)
    return Packed(place, contents)


def _chosen(engagement: Engagement, wave: str, files: Collection[str | Path]) -> tuple[Path, ...]:
    start = f"{engagement.id}-{wave}-"
    named = [Path(one) for one in files]
    if not named:
        homes = (engagement.folder, engagement.folder / "reports")
        there = (one for home in homes if home.is_dir() for one in home.iterdir())
        named = sorted(
            one
            for one in there
            if one.name.startswith(start)
            and one.suffix.lower() in ENDINGS
            and not _holds_answers(one, engagement)
        )
    problems = []
    names: set[str] = set()
    for one in named:
        if not one.is_file() or one.is_symlink():
            problems.append(Problem(one.name, "is no file", "name the file itself"))
        elif one.suffix.lower() not in ENDINGS:
            problems.append(Problem(one.name, "is nothing to hand on", f"use {', '.join(ENDINGS)}"))
        elif _holds_answers(one, engagement):
            problems.append(Problem(one.name, "holds what single people said", "leave it out"))
        elif _anothers(one, engagement):
            what = f"is not of {engagement.client} alone"
            problems.append(Problem(one.name, what, "leave it out, or name the right file"))
        elif one.name in names:
            problems.append(Problem(one.name, "comes twice", "rename one of them"))
        names.add(one.name)
    if problems:
        raise HrkitError("Nothing was packed.", problems)
    if not named:
        raise HrkitError(
            f"There is no printed file of {wave} in {engagement.folder.name}: print one."
        )
    return tuple(named)


def _holds_answers(path: Path, engagement: Engagement) -> bool:
    """Whether a file is one in which people answer, what they wrote, their codes, or one's own export."""
    if path.stem.startswith(f"{engagement.id}-subject-") or _SLIPS.search(path.stem):
        return True
    if path.suffix.lower() != ".xlsx":
        return False
    if not path.name.startswith(f"{engagement.id}-"):
        return True  # no workbook of a report
    from hrkit.answers.files.excel import texts_of
    from hrkit.text import normal

    try:
        sheets = texts_of(path.read_bytes(), path.name)
    except HrkitError:
        return True  # nobody can say what is in it
    known = ({normal(key) for key in engagement.instrument.keys}, *_headings_of_comments())
    lines = [{normal(cell) for cell in row} for rows in sheets.values() for row in rows]
    columns = [{normal(row[0]) for row in rows if row} for rows in sheets.values()]
    return any(len(line & heads) > 2 for line in (*lines, *columns) for heads in known)


def _headings_of_comments() -> list[set[str]]:
    """Headings of the sheet on which open answers are passed for print, by language."""
    from hrkit.commands.comments_read import COLUMNS
    from hrkit.model.language import words
    from hrkit.model.languages import codes
    from hrkit.text import normal

    return [{normal(words(code)(f"passing.column.{one}")) for one in COLUMNS} for code in codes()]


def _anothers(path: Path, engagement: Engagement) -> bool:
    """Whether a file tells of another client: by the folder it lies in, or as one of a batch's files."""
    from hrkit.model.engagement import FILE
    from hrkit.publish.batch.manifest import FILE as MANIFEST

    place, own = path.resolve(), engagement.folder.resolve()
    if place.is_relative_to(own):
        return False
    mine = any(path.name.startswith(f"{engagement.id}-{wave.id}-") for wave in engagement.waves)
    beside = any((home / FILE).is_file() for home in place.parents[:2])
    shared = (place.parent / MANIFEST).is_file() or place.stem.endswith("-portfolio")
    return beside or (shared and not mine)


def _zip(
    files: Mapping[str, bytes], contents: Collection[tuple[str, int, str]], password: str
) -> bytes:
    try:
        import pyzipper  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise HrkitError(
            "This needs the package pyzipper: pip install 'hrkit[encrypted]'."
        ) from None
    listed = "".join(f"{digest}  {size:>10}  {name}\n" for name, size, digest in contents)
    out = io.BytesIO()
    with pyzipper.AESZipFile(
        out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as zip:
        zip.setpassword(password.encode("utf-8"))
        zip.writestr(LIST, f"SHA-256, bytes, file\n{listed}".encode())
        for name, data in files.items():
            zip.writestr(name, data)
    return out.getvalue()


def _noted(engagement: Engagement, name: str) -> None:
    """Write down that it was handed on, where there is a store that can be written."""
    from hrkit.answers.store import open_store

    if engagement.has_store:
        try:
            with open_store(engagement, create=False) as store:
                store.note("deliver", name)
        except HrkitError:
            return  # an archive that can only be read may still be handed on


def _twice() -> str:
    from hrkit.storage import cipher

    first = cipher.ask("Password of the zip: ")
    if cipher.ask("Once more: ") != first:
        raise HrkitError("The two passwords differ. Nothing was packed.")
    return first
