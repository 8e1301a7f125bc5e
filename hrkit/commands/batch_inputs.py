"""The files that a report is made of beside its released tables, as digests and packed for another machine.

Never among them: answers, names and codes of people, and where the answers lie.  A *parcel* is one file
with everything that one document needs; whoever has it can print the document anywhere, and learns of
its organisation what the document says, and of no other anything.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from hrkit import kit
from hrkit.assessment.parts import parts_of
from hrkit.disclosure.kept.basis import settings_digest
from hrkit.errors import HrkitError
from hrkit.files import private_folder
from hrkit.model.engagement import FILE, Engagement
from hrkit.model.own_files import OWN
from hrkit.model.shared import SHARED
from hrkit.model.yamlfile import read_yaml
from hrkit.records.standing import keep_copy
from hrkit.records.store import FILE as RECORDS
from hrkit.records.store import records_of
from hrkit.records.values import Records

__all__ = ["FOLDER", "JOB", "digests", "order_of", "pack", "unpack", "versions", "with_order"]

#: Names inside a parcel: the released tables, what is to be made, and the engagement's folder.
JOB, ORDER, FOLDER = "job.json", "order.json", "portfolio/engagement"

#: What draws, sets and packs a document.
_MADE_WITH = (
    "font-lato", "fonttools", "matplotlib", "numpy", "pandas", "pillow", "python-docx",
    "python-pptx", "typst", "xlsxwriter",
)  # fmt: skip

#: What a document may be called: the name of a file, never a way to one.
_NAME = re.compile(r"[^./\\:\x00][^/\\:\x00]*\.pdf")

#: Largest parcel that is unpacked, in bytes: far above any logo, slides' template and records.
LARGEST = 500_000_000


@cache
def versions() -> Mapping[str, str]:
    """Which versions of other programs' packages decide what a document is, to the byte."""
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for name in _MADE_WITH:
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def digests(engagement: Engagement) -> Iterator[str]:
    """A line for everything in an engagement's folder that its reports are made of, beside its answers."""
    # Whatever a portfolio says for it is in its settings.
    yield f"settings {settings_digest(engagement, look=True)}"
    yield json.dumps([asdict(one) for one in engagement.norms])
    home = engagement.folder
    for one in (engagement, *parts_of(engagement).values()):
        # Asked of the records' own door: what another process has kept may stand in their log alone, and
        # a file that is opened and closed beside SQLite takes this process's locks away.
        yield f"{one.id} records {json.dumps(asdict(records_of(one)), sort_keys=True, default=str)}"
    for place in _files(engagement):
        name = place.relative_to(home).as_posix()
        yield f"{name} {hashlib.sha256(place.read_bytes()).hexdigest()}"


def _files(engagement: Engagement) -> list[Path]:
    """The files, those of the engagement's tools among them, each by a path that begins in its folder."""
    top = engagement.folder
    look = engagement.branding
    places = [
        top / name for name in (look.logo, look.pptx_template, kit.REPORT, kit.BENCHMARK) if name
    ]
    for home in (top, *(one.parent for one in top.glob(f"*/{FILE}"))):
        places += [*home.glob("*.yml"), *home.glob("*.py")]
        for kind, endings in OWN.items():
            places += [one for ending in endings for one in (home / kind).glob(f"*{ending}")]
    return sorted({one for one in places if one.is_file()})


def pack(engagement: Engagement, job: str, into: Path) -> None:
    """Write the parcel of an engagement's documents.

    Parameters
    ----------
    engagement
        Whose they are.
    job
        Its released tables (`hrkit.assessment.job.job_text`).
    into
        The file, its owner's alone.
    """
    top, contents = engagement.folder, {JOB: job.encode("utf-8")}
    shared = top.parent / SHARED
    beside = [shared] if shared.is_file() else []
    # Norms are a table by any name, in the folder or beside what is shared.
    for file in (top / FILE, *beside):
        data = read_yaml(file, file.name).data
        if isinstance(data, Mapping) and data.get("norms"):
            beside.append(file.parent / str(data["norms"]))
    for place in [*_files(engagement), *beside]:
        in_it = place.is_relative_to(top)
        name = _inside(place.relative_to(top) if in_it else PurePosixPath("..", place.name))
        if name is not None:
            contents[name] = _contents(place)
    for one in (engagement, *parts_of(engagement).values()):
        if standing := _records(one):
            inner = one.folder.relative_to(top).as_posix()
            contents[str(PurePosixPath(FOLDER, inner, RECORDS))] = standing
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(contents):
            about = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            about.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(about, contents[name])
    into.touch(0o600)
    into.write_bytes(out.getvalue())


def _inside(name: Any) -> str | None:
    """Where a file of the folder, or of the one that it lies in, stands in a parcel."""
    parts = list(PurePosixPath(FOLDER).parts)
    for part in PurePosixPath(name).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts) if len(parts) > 1 else None


def _contents(place: Path) -> bytes:
    """A file as it travels, without a word of where answers lie."""
    if place.name in (FILE, SHARED):
        data = read_yaml(place, place.name).data
        if isinstance(data, Mapping) and "store" in data:
            kept = {key: value for key, value in data.items() if key != "store"}
            return json.dumps(kept, ensure_ascii=False, indent=1).encode("utf-8")
    return place.read_bytes()


def _records(engagement: Engagement) -> bytes:
    """What stands in an engagement's records, as a file of records; nothing where there are none.

    A document prints what stands: earlier versions and the reasons for a change stay here.
    """
    standing = records_of(engagement)
    if standing == Records():
        return b""
    with private_folder("records") as private:
        keep_copy(engagement, standing, private / RECORDS)
        return (private / RECORDS).read_bytes()


def with_order(parcel: bytes, order: Mapping[str, Any]) -> bytes:
    """A parcel that says which document is to be made of it."""
    out = io.BytesIO(parcel)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        about = zipfile.ZipInfo(ORDER, (1980, 1, 1, 0, 0, 0))
        packed.writestr(about, json.dumps(order, sort_keys=True))
    return out.getvalue()


def order_of(parcel: bytes) -> Mapping[str, Any]:
    """What is to be made of a parcel.

    Raises
    ------
    HrkitError
        If it is none.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(parcel)) as packed:
            order = json.loads(packed.read(ORDER))
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise HrkitError("This is no job of hrkit, or it did not arrive whole.") from None
    if not isinstance(order, dict) or order.get("hrkit") != 1:
        raise HrkitError("This job was written by another hrkit; have it written again.")
    document = order.get("document")
    name = document.get("name") if isinstance(document, dict) else None
    # The files are called after it, here and where they go.
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise HrkitError("This job names no file of its own; it is none of hrkit's.")
    return order


def unpack(parcel: bytes, folder: Path) -> tuple[Path, Path]:
    """Lay a parcel out in a private folder.

    Returns
    -------
    tuple
        The file of released tables, and the engagement's folder.

    Raises
    ------
    HrkitError
        If a name in it leads out of the folder, or it is too large.
    """
    with zipfile.ZipFile(io.BytesIO(parcel)) as packed:
        if sum(one.file_size for one in packed.infolist()) > LARGEST:
            raise HrkitError("This job is larger than any of hrkit's.")
        for one in packed.infolist():
            parts = PurePosixPath(one.filename.replace("\\", "/")).parts
            if one.is_dir() or not parts or {"..", "/"} & set(parts) or ":" in parts[0]:
                raise HrkitError("This job names files outside its folder; it is none of hrkit's.")
            place = folder.joinpath(*parts)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.touch(0o600)
            place.write_bytes(packed.read(one))
    return folder / JOB, folder.joinpath(*PurePosixPath(FOLDER).parts)
