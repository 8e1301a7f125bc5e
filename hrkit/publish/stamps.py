"""Whether the parts of a notebook belong to one report.

A notebook keeps what its cells showed, whenever they ran.  Half of it may have been run for one
client and half for another, or for two waves, or before answers came in and after.  Each part
carries the stamp of what it is a part of; parts that differ are not printed as one document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hrkit.blocks import MIME
from hrkit.errors import Problem, PublishError

__all__ = ["check_stamps", "check_whose", "stamp_of"]

_AGAIN = "in JupyterLab: Run, Restart Kernel and Run All Cells; then save and print it"

#: What stamps say, as it is said to people; what is not named here differs in its content.
_SAID = {
    "engagement": "engagements",
    "wave": "waves",
    "language": "languages",
    "profile": "report profiles",
    "release": "states of the answers",
    "settings": "states of engagement.yml",
    "state": "kinds, preview and issued",
}

_Cells = Sequence[tuple[int, Mapping[str, Any]]]


def stamp_of(notebook: Mapping[str, Any]) -> Mapping[str, str] | None:
    """The stamp of a notebook's parts; empty where they have none, None where there are no parts."""
    cells = list(enumerate(notebook.get("cells", []), 1))
    return next((stamp for _, stamp in _parts(cells)), None)


def check_whose(notebook: Mapping[str, Any], engagement: str, wave: str, name: str) -> None:
    """Refuse a notebook whose parts are of another engagement or wave than is printed.

    Raises
    ------
    PublishError
        With what they are of.
    """
    stamp = stamp_of(notebook)
    if stamp and (stamp.get("engagement"), stamp.get("wave")) != (engagement, wave):
        raise PublishError(
            f"{name} was not printed: its parts are of {stamp.get('engagement')}, wave "
            f"{stamp.get('wave')}, and not of {engagement}, wave {wave}"
        )


def check_stamps(cells: _Cells, name: str) -> None:
    """Refuse a notebook whose parts are not of one report, or whose cells ran out of order.

    Parameters
    ----------
    cells
        Numbered cells, those that are not printed included.
    name
        The notebook's name, for messages.

    Raises
    ------
    PublishError
        With what differs, and where.
    """
    parts = list(_parts(cells))
    if not any(stamp for _, stamp in parts):
        return
    who = name or "the notebook"
    first = next(stamp for _, stamp in parts if stamp)
    for number, stamp in parts:
        if not stamp:
            raise PublishError(
                f"{who} was not printed: cell {number} does not say of which report it is a part, "
                f"others do; run it again ({_AGAIN})"
            )
        differing = [key for key in {**first, **stamp} if first.get(key) != stamp.get(key)]
        if differing:
            raise PublishError(
                f"{who} was not printed: its parts are of two {_SAID.get(differing[0], 'reports')}"
                f"{_both(first, stamp, differing[0])}; run it again from the top ({_AGAIN})"
            )
    _refuse_disorder(cells, who)


def _both(first: Mapping[str, str], other: Mapping[str, str], key: str) -> str:
    if key in ("release", "settings"):
        return ""
    return f" ({first.get(key) or 'none'} and {other.get(key) or 'none'})"


def _refuse_disorder(cells: _Cells, who: str) -> None:
    last, at = 0, 0
    for number, cell in cells:
        count = cell.get("execution_count")
        if cell.get("cell_type") != "code" or not isinstance(count, int):
            continue
        if count <= last:
            raise PublishError(
                f"{who} was not printed: its cells ran out of order, so a page may not be what its "
                f"cells say; run it again from the top ({_AGAIN})",
                [Problem(f"{who}, cell {number}", f"ran before cell {at}")],
            )
        last, at = count, number


def _parts(cells: _Cells) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each output made of blocks: the number of its cell, and its stamp."""
    for number, cell in cells:
        for output in cell.get("outputs", ()) if cell.get("cell_type") == "code" else ():
            if MIME not in output.get("data", {}):
                continue
            about = output.get("metadata", {}).get(MIME, {})
            stamp = about.get("stamp", {}) if isinstance(about, Mapping) else {}
            yield number, stamp if isinstance(stamp, Mapping) else {}
