"""What the meeting decided of services, and the catalogue that HR writes for leaders: two sheets that come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrkit.blocks import Block
from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.records.values import OpenLine
from hrkit.report.context import Context
from hrkit.report.decided import WHAT, DecisionSheet
from hrkit.report.open_form import FormMaker, OpenField, OpenForm, OpenRow
from hrkit.report.tool_steps import ToolStep
from hrkit.tools.services.findings import services

__all__ = ["CATALOGUE", "FORMS", "decided_blocks", "decided_on", "decided_steps", "listed"]

TOOL, CATALOGUE = "services", "catalogue"
#: What may be decided of a service; lines for what is new, and one for what leaders do themselves.
DECISIONS = ("keep", "improve", "lighten", "stop")
_NEW, _LEADERS = ("start-1", "start-2", "start-3"), "leaders"
#: Who answers for what leaders are offered.
_OWNER = "hr_head"


def _rows(engagement: Engagement, words: Words) -> Sequence[OpenRow]:
    instrument, language = engagement.instrument, words.language
    return (
        *(
            OpenRow(one.item.id, (instrument.label(one.item, language).rstrip("."),))
            for one in services(instrument)
        ),
        *(OpenRow(id, (words("services.decide.start"),)) for id in _NEW),
        OpenRow(_LEADERS, (words("services.decide.leaders"),)),
    )


def _asks(line: OpenLine) -> bool:
    """Whether somebody has to carry it: all but what stays as it is."""
    return bool(line) and line.field("decision") != "keep"


def _faults(engagement: Engagement, line: OpenLine) -> Sequence[tuple[str, str, str]]:
    duties = {one.item.id for one in services(engagement.instrument) if one.duty}
    found = []
    of_service = line.row not in (*_NEW, _LEADERS)
    if of_service and not line.field("decision"):
        found.append(("decision", "is empty", "choose what was decided, or clear the line"))
    if not of_service and line.field("decision"):
        found.append(("decision", "is for a service that there is", "leave it empty here"))
    if not of_service and not line.field(WHAT):
        found.append((WHAT, "is empty", "write what is done, or clear the line"))
    if line.row in duties and line.field("decision") == "stop":
        found.append(("decision", "stops what the law asks for", "choose another"))
    return found


SHEET = DecisionSheet(
    TOOL, "decide", "services.decide", _rows, ("decision", DECISIONS), _asks, _faults
)


def decided_blocks(ctx: Context) -> tuple[Block, ...]:
    """The chapter's table of what was decided."""
    return SHEET.blocks(ctx)


def decided_on(ctx: Context) -> frozenset[str]:
    """Services of which anything was decided: nothing else is asked for them."""
    return frozenset(line.row for _, line in SHEET.lines(ctx))


def decided_steps(ctx: Context) -> tuple[ToolStep, ...]:
    """What was decided as steps: everything but what stays as it is."""
    w, made = ctx.words, []
    for about, line in SHEET.lines(ctx):
        if not _asks(line):
            continue
        chosen = line.field("decision")
        what = line.field(WHAT) or w(f"services.decide.decision.{chosen}")
        short = about.partition(":")[0]
        text = w("services.step.decided", about=short, what=what)
        owner = ctx.instrument.sides[0] if line.row == _LEADERS else _OWNER
        made.append(SHEET.step(line, owner, text, w("openform.decided.why")))
    return tuple(made)


def catalogue_form(engagement: Engagement, words: Words) -> OpenForm:
    """A line a service: what one gets, whom to ask, how and how soon; it goes on over all rounds."""
    heads = (words("services.table.service"),)
    rows = tuple(row for row in _rows(engagement, words) if row.id not in (*_NEW, _LEADERS))
    fields = (("gets", 40), ("who", 24), ("how", 26))
    return OpenForm(
        TOOL,
        CATALOGUE,
        words("services.catalogue.title"),
        (words("services.catalogue.help"),),
        heads,
        rows,
        tuple(OpenField(id, words(f"services.catalogue.{id}"), width=wide) for id, wide in fields),
        lasting=True,
    )


def listed(ctx: Context) -> Mapping[str, OpenLine]:
    """The catalogue as it stands, by service; what was written of one that is asked of no more is left out."""
    known = {one.item.id for one in services(ctx.instrument)}
    return {line.row: line for line in ctx.records.sheet(TOOL, CATALOGUE) if line.row in known}


FORMS: Mapping[str, FormMaker] = {**SHEET.forms, CATALOGUE: catalogue_form}
