"""An executed notebook → the blocks of a document.

The saved outputs are taken as they are; nothing is run again.  Code never appears.  What a cell
puts on the page, and what of it is named instead, is decided in `hrkit.publish.outputs`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hrkit.blocks import (
    MIME,
    Block,
    Contents,
    Cover,
    DocumentInfo,
    Heading,
    PageBreak,
    plain,
    walk,
)
from hrkit.blocks.slides import Slide
from hrkit.blocks.worksheets import Worksheet, workbook
from hrkit.errors import Problem, PublishError
from hrkit.publish.given import slides_of_cell, worksheets_of_cell
from hrkit.publish.outputs import blocks_of_cell
from hrkit.publish.raw import joined
from hrkit.publish.stamps import check_stamps

__all__ = ["Document", "blocks_of", "document_of"]

#: Tags of cells that are for the screen or for papermill, never for the page.
HIDDEN = frozenset({"remove-cell", "parameters", "injected-parameters", "hrkit-screen-only"})

_NO_OUTPUT = frozenset({"remove-output"})


@dataclass(frozen=True, slots=True)
class Document:
    """A document, the worksheets of its figures, its slides, and sentences for its maker.

    ``messages`` name what the notebook shows that is not printed so; ``template`` is a PowerPoint
    file on which the slides are laid, empty for the kit's own.
    """

    blocks: tuple[Block, ...]
    messages: tuple[str, ...] = ()
    worksheets: tuple[Worksheet, ...] = ()
    slides: tuple[Slide, ...] = ()
    template: bytes = b""

    @property
    def info(self) -> DocumentInfo:
        """What holds for the whole document."""
        return next(block for block in self.blocks if isinstance(block, DocumentInfo))


def blocks_of(notebook: Mapping[str, Any], name: str = "") -> tuple[Block, ...]:
    """The blocks of `document_of`."""
    return document_of(notebook, name).blocks


def document_of(
    notebook: Mapping[str, Any],
    name: str = "",
    words: Callable[[str], Mapping[str, str]] = lambda _: {},
) -> Document:
    """The document that an executed notebook makes.

    Parameters
    ----------
    notebook
        A notebook of nbformat 4, with its outputs.
    name
        Its name, for messages and as the title of last resort.
    words
        From a language to what a document says by itself in it, see `hrkit.publish.says`; for a
        notebook that brings none.

    Returns
    -------
    Document
        First a `hrkit.blocks.DocumentInfo`, then what is printed.  What stands above a cover in
        the notebook comes after it.

    Raises
    ------
    PublishError
        When the notebook was not run, a cell of it failed, or an output cannot be read.
    """
    cells = [
        (number, cell)
        for number, cell in enumerate(notebook.get("cells", []), 1)
        if not HIDDEN & _tags(cell)
    ]
    _refuse_unexecuted(cells, name)
    check_stamps(cells, name)
    about = _about(cells)
    language = _language(notebook, about)
    own = about.get("words") or words(language)
    blocks: list[Block] = []
    sheets: list[Worksheet] = []
    slides: list[Slide] = []
    told: dict[str, None] = {}
    for number, cell in cells:
        if not _NO_OUTPUT & _tags(cell):
            where = f"{name or 'notebook'}, cell {number}"
            blocks += blocks_of_cell(cell, where, own, lambda said: told.update({said: None}))
            sheets += worksheets_of_cell(cell, where)
            slides += slides_of_cell(cell, where)
    infos = [block for block in blocks if isinstance(block, DocumentInfo)]
    body = _cover_first(tuple(block for block in blocks if not isinstance(block, DocumentInfo)))
    info = infos[0] if infos else DocumentInfo(_title(body, name), language, words=own)
    return Document((info, *body), tuple(told), workbook(sheets), tuple(slides))


def _cover_first(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The cover and the contents that follow it before everything that stood above them."""
    start = next((i for i, block in enumerate(blocks) if isinstance(block, Cover)), 0)
    if not start:
        return blocks
    end = start + 1
    while end < len(blocks) and isinstance(blocks[end], (Contents, PageBreak)):
        end += 1
    return (*blocks[start:end], PageBreak(), *blocks[:start], *blocks[end:])


def _tags(cell: Mapping[str, Any]) -> frozenset[str]:
    tags = cell.get("metadata", {}).get("tags", ())
    return frozenset(tag for tag in tags if isinstance(tag, str))


def _about(cells: list[tuple[int, Mapping[str, Any]]]) -> Mapping[str, Any]:
    """What the notebook's report says of itself, as it stands in the outputs; empty for nothing."""
    about: Mapping[str, Any] = {}
    for _, cell in cells:
        for output in cell.get("outputs", []):
            given = output.get("data", {}).get(MIME, ())
            try:
                given = json.loads(joined(given)) if isinstance(given, str) else given
            except ValueError:
                continue
            for block in given if isinstance(given, list) else [given]:
                if isinstance(block, Mapping) and block.get("type") == "document":
                    about = block
    return about


def _language(notebook: Mapping[str, Any], about: Mapping[str, Any]) -> str:
    """The report's own language; else the one the notebook names."""
    told = about.get("language", notebook.get("metadata", {}).get("language", ""))
    found = re.match(r"[a-z]{2,3}", told) if isinstance(told, str) else None
    return found.group() if found else "en"


def _title(blocks: tuple[Block, ...], name: str) -> str:
    titles = (plain(block.text) for block in walk(blocks) if isinstance(block, Heading))
    return next((title for title in titles if title.strip()), name or "–")


def _refuse_unexecuted(cells: list[tuple[int, Mapping[str, Any]]], name: str) -> None:
    problems = [
        Problem(f"{name or 'notebook'}, cell {number}", "has not been run")
        for number, cell in cells
        if cell.get("cell_type") == "code"
        and joined(cell.get("source", "")).strip()
        and cell.get("execution_count") is None
        and not cell.get("outputs")
    ]
    if problems:
        raise PublishError(
            f"{name or 'the notebook'} has no results to print; run all its cells "
            "(in JupyterLab: Run, Run All Cells), save it, and export it again",
            problems,
        )
