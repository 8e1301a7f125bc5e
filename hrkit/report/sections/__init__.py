"""The general sections of a report: each a page and the worksheets with the page's figures.

A report profile lists sections by these names; a new section is a function from a context to blocks,
its worksheets, and a name here.  What belongs to one instrument stands in `hrkit.tools`.
"""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.report.chapter import Recipe, recipe
from hrkit.report.handouts.agreement_form import agreements
from hrkit.report.sections import (
    answering,
    benchmark,
    chain,
    change,
    change_sheet,
    quality,
    response,
    units,
    workshop,
)
from hrkit.report.sections.back import method, sources
from hrkit.report.sections.board import board
from hrkit.report.sections.comments import comments
from hrkit.report.sections.dimensions import dimension_pages
from hrkit.report.sections.employees import employees
from hrkit.report.sections.figures import figures
from hrkit.report.sections.front import cover, reading
from hrkit.report.sections.gaps import gaps
from hrkit.report.sections.glossary import glossary
from hrkit.report.sections.importance import importance
from hrkit.report.sections.profile import profile
from hrkit.report.sections.questions import questions
from hrkit.report.sections.roadmap import roadmap
from hrkit.report.sections.scorecard import scorecard
from hrkit.report.sections.summary import summary
from hrkit.report.worksheets import response as answered
from hrkit.report.worksheets import results
from hrkit.report.worksheets.advice import advice
from hrkit.report.worksheets.chosen import chosen

__all__ = ["SECTIONS"]

SECTIONS: Mapping[str, Recipe] = {
    "cover": recipe(cover),
    "contents": recipe(scorecard),
    "summary": recipe(summary),
    "reading": recipe(reading),
    "profile": recipe(profile, results.profile, results.levels, results.gaps_once),
    "benchmark": recipe(benchmark.benchmark, benchmark.worksheet, benchmark.published_sheet),
    "gaps": recipe(gaps, results.gaps),
    "dimensions": Recipe(dimension_pages),
    "questions": Recipe(lambda ctx: (questions(ctx),)),
    "importance": recipe(importance, results.importance, chosen),
    "units": recipe(units.units, units.worksheet),
    "chain": recipe(chain.chain, chain.worksheet),
    "comments": Recipe(comments),
    "change": recipe(change.change, change_sheet.worksheet, change_sheet.chosen_worksheet),
    "roadmap": recipe(roadmap, advice),
    "agreements": recipe(agreements),
    "agenda": recipe(workshop.agenda),
    "worksheets": recipe(workshop.worksheets),
    "cards": recipe(workshop.cards),
    "script": recipe(workshop.script),
    "grid": recipe(workshop.grid),
    "board": recipe(board),
    "employees": recipe(employees),
    "response": recipe(response.response, results.turnout, answered.units, answered.silence),
    "answering": recipe(answering.answering, answering.silences, answering.languages),
    "quality": recipe(quality.quality, quality.worksheet),
    "method": recipe(method, response.unless_told(results.turnout), results.reliability),
    "glossary": recipe(glossary),
    "figures": recipe(figures),
    "sources": recipe(sources),
}
