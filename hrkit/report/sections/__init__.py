"""The sections of a report: one pure function each, from a context to blocks.

A report profile lists sections by these names; a new section is a function and a name here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hrkit.blocks import Block
from hrkit.report.context import Context
from hrkit.report.sections.back import method, sources
from hrkit.report.sections.dimensions import dimensions
from hrkit.report.sections.front import contents, cover, reading
from hrkit.report.sections.gaps import gaps
from hrkit.report.sections.profile import profile
from hrkit.report.sections.roadmap import roadmap
from hrkit.report.sections.summary import summary

__all__ = ["SECTIONS"]

SECTIONS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {
    "cover": cover,
    "contents": contents,
    "summary": summary,
    "reading": reading,
    "profile": profile,
    "gaps": gaps,
    "dimensions": dimensions,
    "roadmap": roadmap,
    "method": method,
    "sources": sources,
}
