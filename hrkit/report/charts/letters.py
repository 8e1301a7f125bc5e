"""The letters of charts: the report's own fonts, which of them can be drawn, and how wide they are."""

from __future__ import annotations

import dataclasses
import functools
import importlib.util
import io
import os
import re
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

__all__ = [
    "FAMILY",
    "advance",
    "as_delivered",
    "clean",
    "fonts",
    "in_first",
    "own_matplotlib",
    "width_of",
]

#: Names under which the report's own font files are known to matplotlib: a font of the same name
#: that is installed on a machine can be another version.
FAMILY = ["hrkit Lato", "hrkit DejaVu Sans"]


@functools.cache
def own_matplotlib() -> Any:
    """Matplotlib, imported without the settings that lie around.

    It reads the first ``matplotlibrc`` it finds when it is imported, and looks for it in the
    working folder; one that cannot be read stops the import.
    """
    if "matplotlib" in sys.modules:
        return sys.modules["matplotlib"]
    spec = importlib.util.find_spec("matplotlib")
    own = Path(spec.origin or "").parent / "mpl-data" / "matplotlibrc" if spec else Path()
    before, here = os.environ.get("MATPLOTLIBRC"), os.getcwd()
    with tempfile.TemporaryDirectory(prefix="hrkit-") as empty:
        if Path("matplotlibrc").exists():
            os.chdir(empty)
        os.environ["MATPLOTLIBRC"] = str(own)
        try:
            return importlib.import_module("matplotlib")
        finally:
            os.chdir(here)
            os.environ.pop("MATPLOTLIBRC")
            if before is not None:
                os.environ["MATPLOTLIBRC"] = before


@functools.cache
def as_delivered() -> dict[Any, Any]:
    """Matplotlib's settings as it is delivered, whatever was read or set since."""
    return {
        key: value for key, value in own_matplotlib().rcParamsDefault.items() if key != "backend"
    }


@functools.cache
def fonts() -> tuple[Any, ...]:
    """Register the report's font files; return the faces a character is looked up in."""
    own = own_matplotlib()
    import font_lato
    from matplotlib import font_manager

    manager = font_manager.fontManager
    lato = sorted(Path(font_lato.__file__).parent.rglob("*.ttf"))
    dejavu = sorted(Path(own.get_data_path(), "fonts", "ttf").glob("DejaVuSans*.ttf"))
    for path in (*lato, *dejavu):
        known = len(manager.ttflist)
        manager.addfont(str(path))
        manager.ttflist[known:] = [
            dataclasses.replace(entry, name=f"hrkit {entry.name}")
            for entry in manager.ttflist[known:]
        ]
    return _faces(400)


@functools.cache
def _faces(weight: int) -> tuple[Any, ...]:
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    upright: Any = {"style": "normal", "variant": "normal", "weight": weight, "stretch": "normal"}
    faces = [
        font_manager.fontManager.findfont(
            font_manager.FontProperties(family=family, **upright), fallback_to_default=False
        )
        for family in FAMILY
    ]
    # Read whole: processes forked from this one would move each other's place in an open file.
    return tuple(FT2Font(io.BytesIO(Path(face).read_bytes())) for face in faces)


@functools.lru_cache(maxsize=4096)
def advance(letter: str, bold: bool) -> float:
    """How far a letter moves the next one on, in ems."""
    from matplotlib.ft2font import LoadFlags

    for face in _faces(700 if bold else 400):
        if face.get_char_index(ord(letter)):
            face.set_size(100, 72)
            glyph = face.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
            return float(glyph.linearHoriAdvance) / 65536 / 100
    return 0.6


@functools.lru_cache(maxsize=4096)
def in_first(letter: str) -> bool:
    """Whether the first of the report's fonts has a letter."""
    return bool(fonts()[0].get_char_index(ord(letter)))


@functools.cache
def _printable() -> frozenset[int]:
    return frozenset().union(*(face.get_charmap() for face in fonts()))


def clean(text: str) -> str:
    """The text with every character that the fonts cannot draw replaced by ▯; line ends become spaces."""
    drawable = _printable()
    return "".join(c if ord(c) in drawable else "▯" for c in re.sub(r"\s+", " ", text)).strip()


@functools.lru_cache(maxsize=4096)
def width_of(text: str, size: float) -> float:
    """Width of a line in points."""
    face = fonts()[0]
    face.set_size(size, 72)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        face.set_text(text)
    width, _ = face.get_width_height()
    return float(width) / 64
