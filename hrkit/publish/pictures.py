"""Drawings as pictures, for programs that cannot show them: SVG → PNG by Typst, without a browser.

The drawing is reduced to drawing first, and set with the report's own fonts; nothing is fetched.
"""

from __future__ import annotations

from hrkit.blocks.svg import drawing
from hrkit.errors import PublishError
from hrkit.files import private_folder
from hrkit.publish.fonts import typeset
from hrkit.publish.normalise import clean_svg_text

__all__ = ["DPI", "png"]

#: Resolution of a picture at its printed size.
DPI = 200

_SOURCE = """
#let ground = sys.inputs.ground
#let fill = if ground == "" { none } else { rgb(ground) }
#set page(width: auto, height: auto, margin: float(sys.inputs.margin) * 1pt, fill: fill)
#image("drawing.svg", width: float(sys.inputs.width) * 1pt, alt: "")
"""


def png(svg: str, width: float, *, ground: str = "", margin: float = 0) -> tuple[bytes, float]:
    """A drawing as PNG.

    Parameters
    ----------
    svg
        As a plotting library writes it.
    width
        Printed width in points, margins included.
    ground
        ``#rrggbb`` behind the drawing; transparent if empty.
    margin
        Room around the drawing in points.

    Returns
    -------
    bytes, float
        The same for the same drawing; and its height divided by its width.

    Raises
    ------
    PublishError
        When the drawing cannot be read.
    """
    try:
        drawn, aspect = drawing(clean_svg_text(svg))
        inside = width - 2 * margin
        height = inside * aspect + 2 * margin
    except ValueError as error:
        raise PublishError(f"a figure cannot be drawn: {error}") from error
    with private_folder("picture") as root:
        (root / "main.typ").write_text(_SOURCE, encoding="utf-8")
        (root / "drawing.svg").write_text(drawn, encoding="utf-8")
        try:
            inputs = {"width": str(inside), "margin": str(margin), "ground": ground}
            made = typeset(root, format="png", ppi=float(DPI), sys_inputs=inputs)
        except (RuntimeError, ValueError) as error:
            raise PublishError(f"a figure cannot be drawn: {error}") from error
    return made, height / width
