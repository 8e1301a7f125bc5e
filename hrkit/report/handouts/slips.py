"""Slips to hand out: on each a code, the address, and a QR code that holds both.

In: codes and where they lead.  Out: blocks.  A slip says from which chair its holder answers, and who
they are only where it was drawn for a list of names; whoever hands it out need not note who got which.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hrkit.blocks import Block, Card, Figure, Grid, Heading, Note, Paragraph, Together, b
from hrkit.model.language import Words

__all__ = ["Coded", "slip_pages"]

#: Slips beside each other.
_ACROSS = 2


class Coded(NamedTuple):
    """One slip: its code, in words of every language whose it is for, the QR code as a picture, and perhaps a name."""

    code: str
    chair: str
    place: str
    qr: str
    name: str = ""


def slip_pages(slips: Sequence[Coded], address: str, words: Sequence[Words]) -> tuple[Block, ...]:
    """Slips to cut apart, two beside each other, in every language of the engagement.

    Parameters
    ----------
    slips
        In the order in which they are printed.
    address
        To be typed where no camera reads the QR code.
    words
        The languages, the engagement's own first.
    """
    w = words[0]
    pages: list[Block] = [Heading(w("room.slip.title"))]
    named = any(one.name for one in slips)
    pages.append(Note(w(f"room.slip.{'how_named' if named else 'how'}")))
    rows = [slips[i : i + _ACROSS] for i in range(0, len(slips), _ACROSS)]
    for row in rows:
        cells: tuple[tuple[Block, ...], ...] = tuple((_slip(o, address, words),) for o in row)
        cells += ((Paragraph(""),),) * (_ACROSS - len(cells))
        pages.append(Together((Grid(cells, (1.0,) * _ACROSS),)))
    return tuple(pages)


def _slip(one: Coded, address: str, words: Sequence[Words]) -> Card:
    head, said = (
        " · ".join(dict.fromkeys(w(f"room.slip.{key}") for w in words)) for key in ("code", "keep")
    )
    picture = Figure(one.qr, words[0]("room.slip.alt"), width=1.0)
    told = (
        *((Paragraph(one.name),) if one.name else ()),
        Paragraph((b(one.code),)),
        Paragraph(address),
        Note(one.chair),
        *((Note(one.place),) if one.place else ()),
    )
    return Card(head, (Grid(((picture,), told), (0.38, 0.62)), Note(said)), "quiet")
