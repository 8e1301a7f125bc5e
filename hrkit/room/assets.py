"""The files of the room's pages, by name: its own, the form's, and the face of their text."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import PurePosixPath

__all__ = ["FILES", "PAGES", "kind_of", "read"]

#: Pages by path.
PAGES = {
    "/": "phone.html",
    "/screen": "wall.html",
    "/host": "host.html",
    "/check": "check.html",
}
#: Everything that may be asked for by name.
FILES = (
    "room.css",
    "phone.js",
    "wall.js",
    "screen.js",
    "host.js",
    "check.js",
    "shared.js",
    "line.js",
    "meeting.js",
    "lead.js",
    "names.js",
    "panel.js",
    "vote.js",
    "questionnaire.js",
    "questionnaire.css",
    "Lato-Regular.ttf",
    "Lato-Bold.ttf",
)
_TYPES = {".css": "text/css", ".js": "text/javascript", ".ttf": "font/ttf"}


def kind_of(name: str) -> str:
    """The type of a file, as a browser is told."""
    kind = _TYPES[PurePosixPath(name).suffix]
    return kind if kind.startswith("font") else f"{kind}; charset=utf-8"


@cache
def read(name: str) -> bytes:
    """A file of `FILES` or a page."""
    if name.startswith("questionnaire."):
        return (resources.files("hrkit.forms") / name).read_bytes()
    if name.endswith(".ttf"):
        return (resources.files("font_lato") / "files" / name).read_bytes()
    return (resources.files("hrkit.room") / "page" / name).read_bytes()
