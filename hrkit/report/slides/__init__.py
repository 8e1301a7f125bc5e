"""The deck: the key pages of a report as slides, each with its message, its figures and its questions.

Slides are made of the same findings, steps and plots as the pages, so that they say nothing that the
report does not.  They draw nothing: the program that shows them draws its own charts.
"""

from __future__ import annotations

from hrkit.blocks.slides import Slide
from hrkit.report.context import Context
from hrkit.report.slides.answered import answered
from hrkit.report.slides.asked import asked
from hrkit.report.slides.dimension import dimensions
from hrkit.report.slides.front import cover, headline, overview
from hrkit.report.slides.onward import change, decisions, roadmap

__all__ = ["deck"]

#: Slides in their order; each gives none where it has nothing to show.
SLIDES = (cover, headline, overview, dimensions, asked, change, decisions, roadmap, answered)


def deck(ctx: Context) -> tuple[Slide, ...]:
    """All slides of a report."""
    return tuple(slide for make in SLIDES for slide in make(ctx))
