"""Which formats of a workbook strike out what stands in a cell."""

from __future__ import annotations

__all__ = ["Styles", "shown_as_true"]


class Styles:
    """The part of a workbook that holds its formats, as a stream of its tags.

    A cell names a format by its number among the cells' formats (``cellXfs``), which names a font by
    its number (ECMA-376-1, 18.8).
    """

    def __init__(self) -> None:
        self._inside = ""
        self._fonts: list[bool] = []
        self._formats: list[int] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take a tag."""
        if tag in ("fonts", "cellXfs"):
            self._inside = tag
        elif tag == "font" and self._inside == "fonts":
            self._fonts.append(False)
        elif tag == "strike" and self._inside == "fonts" and self._fonts:
            self._fonts[-1] = shown_as_true(attributes.get("val"), usual=True)
        elif tag == "xf" and self._inside == "cellXfs":
            font = attributes.get("fontId", "")
            self._formats.append(int(font) if font.isdecimal() else 0)

    def end(self, tag: str) -> None:
        """Take the end of a tag."""
        if tag == self._inside:
            self._inside = ""

    @property
    def struck(self) -> frozenset[str]:
        """Numbers of the formats that strike out, as cells name them."""
        struck = {number for number, strikes in enumerate(self._fonts) if strikes}
        return frozenset(str(n) for n, font in enumerate(self._formats) if font in struck)


def shown_as_true(text: str | None, usual: bool = False) -> bool:
    """A truth value as XML writes it."""
    return usual if text is None else text.strip().lower() in ("1", "true", "on")
