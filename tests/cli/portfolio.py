"""Three organisations whose reports are short, and a reader that finds a word wherever a file can hold it."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2

from hrkit import synthetic

#: Reports of two pages, and one with charts beside.
TINY = "id: tiny\nparts:\n  front: [cover]\n  picture: []\n  dimensions: []\n  forward: []\n  back: [method]\n"
DRAWN = "id: drawn\nparts:\n  front: [cover]\n  picture: [profile]\n  dimensions: []\n  forward: []\n  back: [method]\n"

#: Folder of each organisation, its id and its client's name: words that stand nowhere else.
CLIENTS = {"alpha": "Zebrafink ApS", "bravo": "Quokkadal B.V.", "charlie": "Xylofonby Kommune"}
FORMATS = ("pdf", "html", "docx", "xlsx", "pptx")


def words_of(name: str) -> tuple[str, ...]:
    """What stands in one organisation's files and nobody else's."""
    first = CLIENTS[name].split()[0]
    return first, f"{first}sen", f"{first}eri"


def build(folder: Path, clients: Mapping[str, str] = CLIENTS) -> Path:
    """Engagements in a folder; client, consultant and a text of each hold a word of its own."""
    pattern = synthetic.client("two-missing")
    for number, (name, client) in enumerate(clients.items()):
        own = replace(pattern, id=name, name=client, seed=pattern.seed + number)
        place, first = folder / name, client.split()[0]
        synthetic.build(own, place)
        settings = place / "engagement.yml"
        text = settings.read_text("utf-8")
        assert "Joan Price" in text
        settings.write_text(text.replace("Joan Price", f"Joan {first}sen"), "utf-8")
        for kind in ("profiles", "texts"):
            (place / kind).mkdir(exist_ok=True)
        (place / "profiles" / "tiny.yml").write_text(TINY, "utf-8")
        (place / "profiles" / "drawn.yml").write_text(DRAWN, "utf-8")
        (place / "texts" / "method.md").write_text(f"Read in the {first}eri.\n", "utf-8")
    return folder


def contents(folder: Path, *endings: str) -> dict[str, bytes]:
    """Files of these endings by name; all documents where none is named."""
    wanted = {f".{one}" for one in endings or FORMATS}
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.suffix in wanted}


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def everything(path: Path) -> bytes:
    """Whatever can be read in a file: pages, streams, parts of packages and packages in them, data about it."""
    found = b"".join(_inside(path.read_bytes()))
    if path.suffix == ".pdf":
        about = pypdfium2.PdfDocument(path).get_metadata_dict()
        found += (pdf_text(path) + repr(about)).encode("utf-8")
    return found


def _inside(data: bytes) -> Iterable[bytes]:
    yield data
    if data.startswith(b"%PDF-"):
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
            with contextlib.suppress(zlib.error):
                yield from _inside(zlib.decompressobj().decompress(stream))
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for one in packed.infolist():
                yield one.filename.encode("utf-8") + one.comment
                yield from _inside(packed.read(one))


def found_in(path: Path, words: Iterable[str]) -> list[str]:
    """Which of these words a file holds, as text of any of the ways in which files write it."""
    text = everything(path)
    return [
        word
        for word in words
        if any(
            spelled in text
            for spelled in (
                word.encode("utf-8"),
                word.encode("utf-16-be"),
                word.encode("utf-16-le"),
                word.encode("utf-16-be").hex().encode("ascii"),
                word.encode("utf-16-be").hex().upper().encode("ascii"),
            )
        )
    ]


def foreign(name: str) -> list[str]:
    """The words of all others."""
    return [word for other in CLIENTS if other != name for word in words_of(other)]


def executed(job: str, folder: str, wave: str) -> str:
    """A task: the notebook of a job as it was run, to be looked at."""
    import os

    import nbformat

    from hrkit.assessment.job import VARIABLE
    from hrkit.commands.making import made, ordered

    os.environ[VARIABLE] = job
    order: Any = ordered(folder, profile="drawn")
    return str(nbformat.writes(made(order, wave, {}, "notebook").executed))
