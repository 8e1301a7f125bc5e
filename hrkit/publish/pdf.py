"""Blocks → PDF, by one fixed Typst template.

No outside text is ever Typst source: the template reads it as JSON values from a folder
that is made for one compile and holds nothing else.  The result conforms to PDF/UA-1
(accessible) and PDF/A-2a (archive) at once; the compiler refuses what does not.
Identical blocks give identical bytes.
"""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from hrkit.blocks import Block
from hrkit.errors import Problem, PublishError
from hrkit.files import private_folder
from hrkit.publish.fonts import typeset
from hrkit.publish.prepare import Prepared, prepare

__all__ = ["render_pdf"]

_TEMPLATE = Path(__file__).with_name("typst")
_STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]


def render_pdf(blocks: Sequence[Block | Mapping[str, Any]]) -> bytes:
    """A document as PDF.

    Parameters
    ----------
    blocks
        Blocks, or the plain values `hrkit.blocks.to_json` made of them.

    Returns
    -------
    bytes
        A tagged PDF file, the same for the same blocks.

    Raises
    ------
    PublishError
        When the blocks are not sound, with every problem; or when the page cannot be set.
    """
    return _compile(prepare(blocks))


def _compile(document: Prepared) -> bytes:
    data = {"info": document.info, "blocks": document.blocks}
    with private_folder("page") as root:
        for source in _TEMPLATE.glob("*.typ"):
            shutil.copyfile(source, root / source.name)
        for name, content in document.files.items():
            (root / name).write_bytes(content)
        (root / "document.json").write_text(json.dumps(data), encoding="utf-8")
        try:
            stamp = _stamp(document.info["stamp"])
            return typeset(root, format="pdf", pdf_standards=_STANDARDS, timestamp=stamp)
        except (RuntimeError, ValueError) as error:
            raise PublishError(
                "the page could not be set", [_problem(error, document.info["title"])]
            ) from error


def _stamp(day: str) -> int:
    try:
        moment = datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.UTC)
    except ValueError as error:
        raise PublishError(f"the stamp {day!r} is no day of the calendar") from error
    return int(moment.timestamp())


def _problem(error: Exception, title: str) -> Problem:
    """Typst's own words, without the source lines of our template."""
    hints = " ".join(getattr(error, "hints", ()) or ())
    return Problem(f"document “{title:.60}”", getattr(error, "message", str(error)), hints)
