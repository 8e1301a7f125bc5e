"""Where things stand on a slide, in points, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from hrkit.publish.sound import sound_text

__all__ = ["Box", "describe", "emu", "short"]


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float


def emu(box: Box) -> tuple[Emu, Emu, Emu, Emu]:
    """Left, top, width and height as the library takes them."""
    left, top, width, tall = (Emu(Pt(x)) for x in (box.left, box.top, box.width, box.height))
    return left, top, width, tall


def short(text: str) -> str:
    """One line of a text, for a name."""
    line = " ".join(sound_text(text).split())
    return line if len(line) <= 60 else line[:59].rstrip() + "…"


def describe(element: Any, text: str) -> None:
    """A picture's or table's alt text."""
    element.find(f".//{qn('p:cNvPr')}").set("descr", sound_text(text))
