"""The fonts of the page, and which characters they can print.

Only fonts that come with the installation are used, never the machine's own, so the
same blocks give the same page everywhere.  Lato prints the text; DejaVu Sans, which
comes with matplotlib, steps in for single characters that Lato has not (Greek,
Cyrillic, arrows, ``ş`` or ``ě`` in a name); DejaVu Sans Mono, built into Typst and a
file of matplotlib's too, prints code.
"""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import Any

from hrkit.errors import PublishError

__all__ = ["CODE", "TEXT", "advances", "coverage", "folders", "typst_fonts", "widest"]

#: Families for running text, in the order in which they are asked for a glyph.
TEXT = ("Lato", "DejaVu Sans")

#: Families for code.
CODE = ("DejaVu Sans Mono", "DejaVu Sans")

# Every style a text can be set in.  A character counts as printable only if all of them
# have it, because one that is missing in bold alone stops the compile just the same.
_FACES = {
    "font_lato": ("files", ("Lato-Regular", "Lato-Bold", "Lato-Black", "Lato-Italic")),
    "matplotlib": ("mpl-data/fonts/ttf", ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique")),
}


def _folder(package: str, inside: str) -> Path:
    # find_spec finds a package without importing it; matplotlib alone would take 0.3 s.
    spec = importlib.util.find_spec(package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / inside
        if folder.is_dir():
            return folder
    raise PublishError(
        f"the fonts of the package {package!r} were not found; reinstall hrkit, which brings them"
    )


def folders() -> tuple[Path, ...]:
    """Folders that hold the font files of the page."""
    return tuple(_folder(package, inside) for package, (inside, _) in _FACES.items())


@lru_cache(maxsize=1)
def coverage() -> frozenset[int]:
    """Code points that can be printed in every style; read from the font files once."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    covered: set[int] = set()
    for package, (inside, faces) in _FACES.items():
        folder = _folder(package, inside)
        tables = []
        for face in faces:
            with TTFont(folder / f"{face}.ttf", lazy=True) as font:
                tables.append(set(font.getBestCmap()))
        covered |= set.intersection(*tables)
    return frozenset(covered)


@lru_cache(maxsize=2)
def advances(*, bold: bool) -> dict[int, float]:
    """How wide each character is, in ems, as the first font that has it says; what is unseen is 0."""
    from fontTools.ttLib import TTFont

    found: dict[int, float] = {}
    for package, faces in (("font_lato", "Lato-"), ("matplotlib", "DejaVuSans")):
        inside = _FACES[package][0]
        end = ("Bold" if package == "font_lato" else "-Bold") if bold else ""
        name = f"{faces}{end}" if end or package != "font_lato" else f"{faces}Regular"
        with TTFont(_folder(package, inside) / f"{name}.ttf", lazy=True) as font:
            em, widths = font["head"].unitsPerEm, font["hmtx"]
            for code, glyph in font.getBestCmap().items():
                found.setdefault(code, widths[glyph][0] / em)
    return found | dict.fromkeys((0xAD, 0x200B, 0x2060), 0.0)


@lru_cache(maxsize=2)
def widest(bold: bool) -> dict[int, float]:
    """How wide each character of DejaVu Sans is, in ems: the widest of what office programs fall back on."""
    from fontTools.ttLib import TTFont

    inside = _FACES["matplotlib"][0]
    name = f"DejaVuSans{'-Bold' if bold else ''}.ttf"
    with TTFont(_folder("matplotlib", inside) / name, lazy=True) as font:
        em, widths = font["head"].unitsPerEm, font["hmtx"]
        found = {code: widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}
    return found | dict.fromkeys((0xAD, 0x200B, 0x2060), 0.0)


@lru_cache(maxsize=1)
def typst_fonts() -> Any:
    """Typst's catalogue of these fonts; scanning the folders takes longer than most compiles."""
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(folder) for folder in folders()],
    )


def typeset(folder: Path, **how: Any) -> bytes:
    """What Typst makes of ``main.typ`` in a folder, with these fonts and none of the machine's.

    Raises
    ------
    RuntimeError, ValueError
        Typst's own, where it cannot be set.
    """
    import typst

    made = typst.compile(
        folder / "main.typ",
        root=folder,
        font_paths=typst_fonts(),
        ignore_system_fonts=True,
        **how,
    )
    return bytes(made)
