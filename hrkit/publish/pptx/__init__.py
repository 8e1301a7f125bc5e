"""Slides → a PowerPoint file whose charts and tables people can edit, on the firm's own template.

Every chart is PowerPoint's own, with its values in a workbook inside the file; every picture and
table has an alt text, what is read first comes first, no two slides have one title, and every run
of text says its language.  Outside text becomes runs of text and nothing else.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from hrkit.blocks import DocumentInfo
from hrkit.blocks.slides import Slide
from hrkit.errors import PublishError
from hrkit.publish.check import checked
from hrkit.publish.package import same_every_time

__all__ = ["render_pptx"]


def render_pptx(slides: Sequence[Slide], info: DocumentInfo, template: bytes = b"") -> bytes:
    """A deck of these slides.

    Parameters
    ----------
    slides
        In their order.
    info
        Title, author, day, colours, and the mark and confidentiality that every slide carries.
    template
        A PowerPoint file whose master, layouts and theme are used, none of its slides; see
        `hrkit.publish.pptx.template`.

    Returns
    -------
    bytes
        A .pptx file, the same for the same slides.

    Raises
    ------
    PublishError
        When there are no slides, one is not sound, the template cannot be used, or python-pptx is
        missing.
    """
    if not slides:
        raise PublishError(
            "this notebook makes no slides; the kit's report notebook shows them in its first part"
        )
    checked([info, *(part for slide in slides for part in slide.parts)], among_slides=True)
    try:
        from hrkit.publish.pptx.deck import Deck
    except ModuleNotFoundError as error:
        raise PublishError(
            f"PowerPoint files need the package python-pptx ({error.name} is missing); "
            "install it with: pip install python-pptx"
        ) from error
    deck = Deck(info, template)
    for slide in slides:
        deck.add(slide)
    out = io.BytesIO()
    deck.save(out)
    return same_every_time(out.getvalue())
