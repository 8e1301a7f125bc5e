"""The pairs' open sheets: set-up, log of hand-overs, and journey; each goes out as a workbook and comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrkit.model.engagement import Engagement
from hrkit.model.language import Words
from hrkit.records.values import OpenLine
from hrkit.report.open_form import Fault, FormMaker, OpenField, OpenForm, OpenRow
from hrkit.tools.partner_pairs.log import MISSING, TYPES, week_of
from hrkit.tools.partner_pairs.setup import GOALS, PHASES, PROFILE, SHARED

__all__ = ["FORMS", "LISTS", "TICKS", "TOOL", "pairs_of"]

TOOL = "partner-pairs"
#: Lines of one's own in a log that goes out, and pairs where the engagement lists none.
LINES, UNLISTED = 40, 3
_RETURNED = ("0", "1", "2", "3+")
#: The sheet of what a case of each type needs to be complete, and how many things it names.
LISTS, TICKS = "lists", 5


def pairs_of(engagement: Engagement, words: Words) -> Mapping[str, str]:
    """The pairs by id, with what they are called; so many without a name where none is listed."""
    if engagement.pairs:
        return {one.id: one.name for one in engagement.pairs}
    return {f"pair-{i}": words("pairs.pair", n=i, count=UNLISTED) for i in range(1, UNLISTED + 1)}


def setup_form(engagement: Engagement, words: Words) -> OpenForm:
    """A row for everything a pair says at the start; three columns: each of the two, and both."""
    rows = tuple(
        OpenRow(f"{pair}.{row}", (name, words(f"pairs.row.{row}")))
        for pair, name in pairs_of(engagement, words).items()
        for row in (*SHARED[:1], *PROFILE, *SHARED[1:], *GOALS)
    )
    return OpenForm(
        TOOL,
        "setup",
        words("pairs.setup.title"),
        (words("pairs.setup.rule"), words("pairs.setup.how")),
        (words("pairs.head.pair"), words("pairs.head.row")),
        rows,
        tuple(
            OpenField(one, words(f"pairs.column.{one}"), width=28) for one in ("hr", "pay", "both")
        ),
    )


def log_form(engagement: Engagement, words: Words) -> OpenForm:
    """A line a hand-over, chosen from lists: no name, no text and no number of a case has a place in it."""

    def listed(kind: str, values: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple((one, words(f"pairs.{kind}.{one}")) for one in values)

    sides = listed("side", ("leader", "hr", "pay"))
    yes_no = listed("answer", ("yes", "no"))
    return OpenForm(
        TOOL,
        "log",
        words("pairs.log.title"),
        (words("pairs.log.rule"), words("pairs.log.how")),
        (),
        (),
        (
            OpenField("week", words("pairs.log.week"), width=12),
            OpenField("type", words("pairs.log.type"), listed("type", TYPES), 20),
            OpenField("from", words("pairs.log.from"), sides, 16),
            OpenField("to", words("pairs.log.to"), sides, 16),
            OpenField("complete", words("pairs.log.complete"), yes_no, 16),
            OpenField("missing", words("pairs.log.missing"), listed("missing", MISSING), 16),
            OpenField(
                "returned", words("pairs.log.returned"), tuple((one, one) for one in _RETURNED), 12
            ),
            OpenField("ontime", words("pairs.log.ontime"), yes_no, 10),
            OpenField(
                "pair", words("pairs.log.pair"), tuple(pairs_of(engagement, words).items()), 20
            ),
        ),
        free=LINES,
        faults=_log_faults,
    )


def _log_faults(lines: Sequence[OpenLine]) -> Sequence[Fault]:
    """A week that is none: it might be a name or a number; and a line that cannot be counted."""
    found: list[Fault] = []
    for line in lines:
        week, complete = line.field("week"), line.field("complete")
        if week and week_of(week) is None:
            found.append((line.scope, line.row, "week", "is no week", "write it as 2026w40"))
        if not week:
            found.append((line.scope, line.row, "week", "is empty", "write the week as 2026w40"))
        if not complete:
            found.append((line.scope, line.row, "complete", "is empty", "choose yes or no"))
        if complete == "yes" and line.field("missing"):
            what = "says that something was missing, and that it was complete"
            found.append((line.scope, line.row, "missing", what, "correct one of them"))
    return found


def journey_form(engagement: Engagement, words: Words) -> OpenForm:
    """A row a pair: the phase it places itself in, what shows it, and hours to learn."""
    phases = tuple((one, words(f"pairs.phase.{one}")) for one in PHASES)
    return OpenForm(
        TOOL,
        "journey",
        words("pairs.journey.title"),
        (words("pairs.journey.rule"),),
        (words("pairs.head.pair"),),
        tuple(OpenRow(pair, (name,)) for pair, name in pairs_of(engagement, words).items()),
        (
            OpenField("phase", words("pairs.journey.phase"), phases, 30),
            OpenField("evidence", words("pairs.journey.evidence"), width=34),
            OpenField("promised", words("pairs.journey.promised"), width=14),
            OpenField("given", words("pairs.journey.given"), width=14),
            OpenField("next", words("pairs.journey.next"), width=34),
        ),
    )


def lists_form(engagement: Engagement, words: Words) -> OpenForm:
    """A row a type of case: what has to be there for it to be complete; printed on the cards."""
    return OpenForm(
        TOOL,
        LISTS,
        words("pairs.lists.title"),
        (words("pairs.lists.help"),),
        (words("pairs.log.type"),),
        tuple(OpenRow(one, (words(f"pairs.type.{one}"),)) for one in TYPES),
        tuple(
            OpenField(f"tick-{i}", words("pairs.lists.tick", n=i, count=TICKS), width=30)
            for i in range(1, TICKS + 1)
        ),
        lasting=True,
    )


FORMS: Mapping[str, FormMaker] = {
    "setup": setup_form,
    "log": log_form,
    "journey": journey_form,
    LISTS: lists_form,
}
