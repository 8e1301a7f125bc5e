"""A notebook that is printed leaves the house: what it shows is issued first.

On the screen a notebook on an open wave is a preview.  Printing it issues the version, which is
recorded, and the pages say DRAFT instead of PREVIEW; but only if the version that is recorded is
the one that the cells showed.  Were answers or settings changed since, it is run again first.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hrkit.blocks import Block, Cover, DocumentInfo
from hrkit.errors import EngagementError, PublishError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import FILE, Engagement
from hrkit.publish.stamps import stamp_of
from hrkit.workbook.here import demo_place

__all__ = ["issued"]

_AGAIN = (
    "run it again (in JupyterLab: Run, Restart Kernel and Run All Cells), save it, and print it"
)


def issued(
    notebook: Mapping[str, Any], blocks: tuple[Block, ...], folder: Path | None, name: str
) -> tuple[Block, ...]:
    """The blocks of an executed notebook as they may be handed on.

    Parameters
    ----------
    notebook
        With the outputs that the blocks were made of.
    blocks
        What is printed.
    folder
        In which the notebook lies, where that is known.
    name
        Its name, for messages.

    Raises
    ------
    PublishError
        If the engagement is not found, or its answers or settings are others by now.
    """
    stamp = stamp_of(notebook)
    if not stamp:
        if stamp is not None and any(isinstance(b, DocumentInfo) and b.client for b in blocks):
            raise PublishError(
                f"{name or 'the notebook'} was run by an older hrkit and does not say of which "
                f"wave and version it is; {_AGAIN}"
            )
        return blocks
    engagement = _engagement(notebook, stamp, folder, name)
    if engagement is None:
        return blocks
    from hrkit.assessment.assessment import assess
    from hrkit.assessment.parts import OPENLY, issue_all
    from hrkit.report.running import marks

    wave = engagement.wave(stamp["wave"]).id
    before = assess(
        engagement.folder, wave=wave, language=stamp["language"], profile=stamp["profile"]
    )
    # Nothing is issued for pages that are not printed.
    _compare(stamp, before.stamp, name)
    released, parts = issue_all(engagement, wave, openly=stamp["profile"] == OPENLY)
    now = assess(
        engagement.folder,
        wave=wave,
        language=stamp["language"],
        profile=stamp["profile"],
        released=released,
        parts=parts,
    )
    _compare(stamp, now.stamp, name)
    return tuple(_marked(block, marks(now.context)) for block in blocks)


def _compare(stamp: Mapping[str, str], now: Mapping[str, str], name: str) -> None:
    for key, what in (
        ("release", "answers came in, or others were passed for print,"),
        ("settings", "engagement.yml was changed"),
    ):
        if stamp.get(key) != now[key]:
            raise PublishError(
                f"{name or 'the notebook'} was not printed: {what} since it was run; {_AGAIN}"
            )


def _engagement(
    notebook: Mapping[str, Any], stamp: Mapping[str, str], folder: Path | None, name: str
) -> Engagement | None:
    """The engagement of the notebook's parts; None where a frozen wave is printed without it."""
    for place in _places(notebook, folder):
        if not (place / FILE).is_file():
            continue
        try:
            engagement = engagements.load(place)
        except EngagementError:
            continue
        if engagement.id == stamp.get("engagement"):
            return engagement
    if stamp.get("state") == "final":
        return None
    raise PublishError(
        f"{name or 'the notebook'} was not printed: the wave is open, so printing it issues a "
        f"version, and the engagement {stamp.get('engagement')} was not found where the notebook "
        "lies; put it into the engagement's folder, or print with: hrkit report DIR"
    )


def _places(notebook: Mapping[str, Any], folder: Path | None) -> Iterator[Path]:
    """Where the engagement may lie, as the notebook itself would look for it."""
    home = folder if folder is not None else Path.cwd()
    for cell in notebook.get("cells", ()):
        tags = set(cell.get("metadata", {}).get("tags", ()))
        holds = cell.get("cell_type") == "code" and tags & {"parameters", "injected-parameters"}
        if holds and (named := _named(cell.get("source", ""))):
            yield home / named
    yield home
    yield demo_place()


def _named(source: str | list[str]) -> str:
    """The value of ``engagement`` in a cell of parameters, where it is plain text."""
    try:
        body = ast.parse(source if isinstance(source, str) else "".join(source)).body
    except (SyntaxError, ValueError):
        return ""
    for line in body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
            names = [one.id for one in line.targets if isinstance(one, ast.Name)]
            if "engagement" in names and isinstance(line.value.value, str):
                return line.value.value
    return ""


def _marked(block: Block, mark: str) -> Block:
    return replace(block, mark=mark) if isinstance(block, (DocumentInfo, Cover)) else block
