"""An executed notebook → the blocks of a document.

The saved outputs are taken as they are; nothing is run again.  Code never appears.  Of an
output, the richest form that is *structured* counts: blocks, then an SVG with its
description, then Markdown, then plain text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from hrkit.blocks import (
    MIME,
    Block,
    DocumentInfo,
    Figure,
    Heading,
    Note,
    Paragraph,
    Span,
    from_json,
    plain,
    to_json,
    walk,
)
from hrkit.blocks.markdown import blocks_of_markdown
from hrkit.errors import Problem, PublishError
from hrkit.publish.stamps import check_stamps

__all__ = ["blocks_of"]

#: Tags of cells that are for the screen or for papermill, never for the page.
HIDDEN = frozenset({"remove-cell", "parameters", "injected-parameters", "hrkit-screen-only"})

_NO_OUTPUT = frozenset({"remove-output"})

# What the kernel prints for something that has no text: <Figure size 640x480 with 1 Axes>.
_REPR = re.compile(r"<[\w.]+(\s[^<>]*)?>")

_SAYS = {
    "da": {
        "chart": "Figur uden beskrivelse.",
        "left_out": "Et billede uden vektorform er udeladt her.",
    },
    "nl": {
        "chart": "Figuur zonder beschrijving.",
        "left_out": "Een afbeelding zonder vectorvorm is hier weggelaten.",
    },
    "en": {
        "chart": "Figure without a description.",
        "left_out": "A picture that is not a drawing was left out here.",
    },
}


def blocks_of(notebook: Mapping[str, Any], name: str = "") -> tuple[Block, ...]:
    """The document that an executed notebook makes.

    Parameters
    ----------
    notebook
        A notebook of nbformat 4, with its outputs.
    name
        Its name, for messages and as the title of last resort.

    Returns
    -------
    tuple of Block
        First a `hrkit.blocks.DocumentInfo`, then what is printed.

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
    language = _language(notebook)
    blocks: list[Block] = []
    for number, cell in cells:
        if cell.get("cell_type") == "markdown":
            blocks.extend(blocks_of_markdown(_joined(cell.get("source", ""))))
        elif cell.get("cell_type") == "code" and not _NO_OUTPUT & _tags(cell):
            for output in cell.get("outputs", []):
                blocks.extend(_of_output(output, f"{name or 'notebook'}, cell {number}", language))
    infos = [block for block in blocks if isinstance(block, DocumentInfo)]
    body = tuple(block for block in blocks if not isinstance(block, DocumentInfo))
    return (infos[0] if infos else DocumentInfo(_title(body, name), language), *body)


def _tags(cell: Mapping[str, Any]) -> frozenset[str]:
    tags = cell.get("metadata", {}).get("tags", ())
    return frozenset(tag for tag in tags if isinstance(tag, str))


def _joined(text: Any) -> str:
    """A text as nbformat stores it: a string or a list of lines."""
    return text if isinstance(text, str) else "".join(map(str, text))


def _language(notebook: Mapping[str, Any]) -> str:
    language = notebook.get("metadata", {}).get("language", "")
    found = re.match(r"[a-z]{2,3}", language) if isinstance(language, str) else None
    return found.group() if found else "en"


def _title(blocks: tuple[Block, ...], name: str) -> str:
    titles = (plain(block.text) for block in walk(blocks) if isinstance(block, Heading))
    return next((title for title in titles if title.strip()), name or "–")


def _refuse_unexecuted(cells: list[tuple[int, Mapping[str, Any]]], name: str) -> None:
    problems = [
        Problem(f"{name or 'notebook'}, cell {number}", "has not been run")
        for number, cell in cells
        if cell.get("cell_type") == "code"
        and _joined(cell.get("source", "")).strip()
        and cell.get("execution_count") is None
        and not cell.get("outputs")
    ]
    if problems:
        raise PublishError(
            f"{name or 'the notebook'} has no results to print; run all its cells "
            "(in JupyterLab: Run, Run All Cells), save it, and export it again",
            problems,
        )


def _of_output(output: Mapping[str, Any], where: str, language: str) -> Iterator[Block]:
    kind = output.get("output_type")
    if kind == "error":
        raise PublishError(
            "a notebook with a failed cell is not printed",
            [
                Problem(
                    where,
                    f"{output.get('ename', 'Error')}: {output.get('evalue', '')}",
                    "mend it and run the notebook again",
                )
            ],
        )
    if kind == "stream":
        if output.get("name") == "stdout":
            yield from _code(_joined(output.get("text", "")))
    elif kind in {"display_data", "execute_result"}:
        yield from _of_data(output.get("data", {}), output.get("metadata", {}), where, language)


def _of_data(
    data: Mapping[str, Any], metadata: Mapping[str, Any], where: str, language: str
) -> Iterator[Block]:
    says = _SAYS.get(language, _SAYS["en"])
    if MIME in data:
        yield from _given(data[MIME], where)
    elif "image/svg+xml" in data:
        about = metadata.get("image/svg+xml", {})
        alt = about.get("alt") if isinstance(about, Mapping) else None
        alt = alt or metadata.get("alt")
        described = isinstance(alt, str) and bool(alt.strip())
        svg = _joined(data["image/svg+xml"])
        yield Figure(svg, alt if isinstance(alt, str) and described else says["chart"])
        if not described:
            yield Note(says["chart"])
    elif "text/markdown" in data:
        yield from blocks_of_markdown(_joined(data["text/markdown"]))
    elif any(kind.startswith("image/") for kind in data):
        yield Note(says["left_out"])
    elif "application/vnd.jupyter.widget-view+json" not in data:
        text = _joined(data.get("text/plain", ""))
        if not _REPR.fullmatch(text.strip()):
            yield from _code(text)


def _code(text: str) -> Iterator[Block]:
    if text.strip():
        yield Paragraph((Span(text.strip("\n"), "code"),))


def _given(data: Any, where: str) -> Iterator[Block]:
    """Blocks under our own MIME type: a list of them, or one."""
    try:
        value = json.loads(_joined(data)) if isinstance(data, str) else to_json(data)
        made = from_json(value if isinstance(value, list) else [value])
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise PublishError(
            "an output cannot be read", [Problem(where, str(error), "run the notebook again")]
        ) from error
    yield from made
