"""The general sections of a report: one pure function each, from a context to blocks.

A report profile lists sections by these names; a new section is a function and a name here.  What
belongs to one instrument stands in `hrkit.tools`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hrkit.blocks import Block
from hrkit.report.context import Context
from hrkit.report.handouts.agreement_form import agreements
from hrkit.report.sections.back import method, sources
from hrkit.report.sections.chain import chain
from hrkit.report.sections.change import change
from hrkit.report.sections.comments import comments
from hrkit.report.sections.dimensions import dimensions
from hrkit.report.sections.front import contents, cover, reading
from hrkit.report.sections.gaps import gaps
from hrkit.report.sections.glossary import glossary
from hrkit.report.sections.importance import importance
from hrkit.report.sections.profile import profile
from hrkit.report.sections.questions import questions
from hrkit.report.sections.roadmap import roadmap
from hrkit.report.sections.summary import summary
from hrkit.report.sections.units import units

__all__ = ["SECTIONS"]

SECTIONS: Mapping[str, Callable[[Context], tuple[Block, ...]]] = {
    "cover": cover,
    "contents": contents,
    "summary": summary,
    "reading": reading,
    "profile": profile,
    "gaps": gaps,
    "dimensions": dimensions,
    "questions": lambda ctx: questions(ctx).blocks,
    "importance": importance,
    "units": units,
    "chain": chain,
    "comments": comments,
    "change": change,
    "roadmap": roadmap,
    "agreements": agreements,
    "method": method,
    "glossary": glossary,
    "sources": sources,
}
