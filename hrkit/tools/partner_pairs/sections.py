"""The pairs' chapter, made of what is said openly, and its worksheet."""

from __future__ import annotations

from hrkit.blocks import Block, Bullets, Heading, Note, Paragraph, Table, Text
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.report.chapter import Recipe, recipe
from hrkit.report.claims import Claim
from hrkit.report.context import Context
from hrkit.report.running import report_date
from hrkit.report.tool_steps import ToolStep
from hrkit.report.worksheets.cells import number, share
from hrkit.tools.partner_pairs.chart import first_pass
from hrkit.tools.partner_pairs.forms import FORMS, TOOL, pairs_of
from hrkit.tools.partner_pairs.log import (
    FEWEST_PAIRS,
    HandOver,
    Quarter,
    change,
    hand_over,
    log_told,
    mostly_missing,
    over,
    quarters,
    rate,
)
from hrkit.tools.partner_pairs.setup import open_of, profiles
from hrkit.tools.partner_pairs.sheets import SHEETS, opened, said_of

__all__ = ["CHAPTER", "CLAIMS", "FORMS", "SHEETS", "STEPS"]

#: Steps that the pairs' set-up asks for.
STEPS_AT_MOST = 3


def chapter(ctx: Context) -> tuple[Block, ...]:
    """How many hand-overs were complete, what the set-up leaves open, and how far the pairs are; nothing without records."""
    w = ctx.words
    counted = _counted(ctx)
    kept = _kept(ctx)
    made = quarters(kept, report_date(ctx))
    setup, journey = _setup(ctx), _journey(ctx)
    if not (counted or setup or journey):
        return ()
    return (
        Heading(_title(ctx, kept, made), new_page=True),
        Paragraph(w("pairs.lead"), lead=True),
        *_handed(ctx, counted, kept, made),
        *setup,
        *journey,
        Note(w("pairs.note")),
    )


def _counted(ctx: Context) -> tuple[HandOver, ...]:
    found = (hand_over(line) for line in ctx.records.sheet(TOOL, "log"))
    return tuple(one for one in found if one is not None)


def _kept(ctx: Context) -> tuple[HandOver, ...]:
    """The hand-overs that others may read of."""
    past = [one for one in ctx.records.past if (one[1].tool, one[1].sheet) == (TOOL, "log")]
    return log_told(past, report_date(ctx))


def _title(ctx: Context, kept: tuple[HandOver, ...], made: tuple[Quarter, ...]) -> str:
    w = ctx.words
    if not made:
        return w("pairs.title.none")
    complete, n = sum(one.complete for one in made), sum(one.n for one in made)
    missing = mostly_missing(over(kept, made))
    if missing:
        return w("pairs.title.missing", k=complete, n=n, what=w(f"pairs.mostly.{missing}"))
    return w("pairs.title.rate", k=complete, n=n)


def _handed(
    ctx: Context,
    counted: tuple[HandOver, ...],
    kept: tuple[HandOver, ...],
    made: tuple[Quarter, ...],
) -> tuple[Block, ...]:
    """A row a quarter; or why there is none."""
    w = ctx.words
    if not counted:
        return ()
    head = Heading(w("pairs.handed.title"), level=2)
    if not made:
        key = "pairs.handed.running" if kept else "pairs.handed.few"
        return (head, Paragraph(w(key, n=FEWEST_PAIRS)))
    rows = tuple(
        (
            _named(ctx, one),
            w("pairs.handed.of", k=one.complete, n=one.n),
            said_of(ctx, one.complete, one.n),
        )
        for one in made
    )
    told: list[Block] = []
    if len(made) > 1 and (found := change(made[-2], made[-1])) is not None:
        gap, low, high = found
        kind = "rise" if low > 0 else "fall" if high < 0 else "untold"
        said = {
            "gap": w.signed(100 * gap, 0),
            "low": w.signed(100 * low, 0),
            "high": w.signed(100 * high, 0),
        }
        told.append(Bullets((w(f"pairs.told.{kind}", **said),)))
    return (
        head,
        *first_pass(ctx, made, tuple(_named(ctx, one) for one in made)),
        Table(
            tuple(w(f"pairs.handed.{one}") for one in ("quarter", "complete", "share")),
            rows,
            align=("left", "right", "right"),
            widths=(1.6, 1.4, 1.6),
            compact=True,
            summary=w("pairs.handed.title"),
        ),
        *told,
        Note(w("pairs.handed.note", n=FEWEST_PAIRS)),
    )


def _named(ctx: Context, one: Quarter) -> str:
    """A quarter as it is called; the first and the last of those that are joined."""
    names = dict.fromkeys((one.first, one.last))
    said = (name.split(" · ") for name in names)
    return " – ".join(ctx.words("pairs.quarter", year=year, n=n) for year, n in said)


def _setup(ctx: Context) -> tuple[Block, ...]:
    w, names = ctx.words, pairs_of(ctx.engagement, ctx.words)
    found = profiles(ctx.records.sheet(TOOL, "setup"))
    if not found:
        return ()
    rows: list[tuple[Text, ...]] = []
    for pair, name in names.items():
        if pair in found:
            said = [opened(ctx, *one) for one in open_of(found[pair])]
            rows.append((name, "\n".join(said) or w("pairs.open.nothing")))
    return (
        Heading(w("pairs.open.title"), level=2),
        Table(
            (w("pairs.head.pair"), w("pairs.open.what")),
            tuple(rows),
            widths=(1.6, 4.6),
            compact=True,
            summary=w("pairs.open.title"),
        ),
    )


def _journey(ctx: Context) -> tuple[Block, ...]:
    w, names = ctx.words, pairs_of(ctx.engagement, ctx.words)
    lines = {line.row: line for line in ctx.records.sheet(TOOL, "journey")}
    rows = tuple(
        (
            name,
            w(f"pairs.phase.{line.field('phase')}") if line.field("phase") else "–",
            line.field("evidence") or "–",
            w(
                "pairs.journey.hours",
                given=line.field("given") or "–",
                promised=line.field("promised") or "–",
            ),
        )
        for pair, name in names.items()
        if (line := lines.get(pair)) is not None
    )
    if not rows:
        return ()
    return (
        Heading(w("pairs.journey.title"), level=2),
        Table(
            tuple(
                w(f"pairs.{one}")
                for one in ("head.pair", "journey.phase", "journey.evidence", "journey.learning")
            ),
            rows,
            widths=(1.4, 1.8, 2.2, 1.0),
            compact=True,
            summary=w("pairs.journey.title"),
        ),
    )


def worksheet(ctx: Context) -> Worksheet:
    """A row a quarter: complete, of how many, the share and its interval."""
    w = ctx.words
    rows: list[tuple[Cell, ...]] = []
    for one in quarters(_kept(ctx), report_date(ctx)):
        found = rate(one.complete, one.n)
        ends = [share(value) for value in found] if found else [None, None, None]
        rows.append((one.first, one.last, number(one.complete, 0), number(one.n, 0), *ends))
    head = tuple(
        w(f"pairs.sheet.{one}")
        for one in ("first", "last", "complete", "n", "share", "low", "high")
    )
    return Worksheet(w("pairs.worksheet"), w("pairs.worksheet_title"), head, tuple(rows))


def steps(ctx: Context) -> tuple[ToolStep, ...]:
    """What set-ups leave open most often, for the roadmap."""
    w = ctx.words
    found = profiles(ctx.records.sheet(TOOL, "setup"))
    rules: dict[str, int] = {}
    for one in found.values():
        for rule in {rule for rule, _, _ in open_of(one)}:
            rules[rule] = rules.get(rule, 0) + 1
    first = sorted(rules, key=lambda rule: (-rules[rule], rule))[:STEPS_AT_MOST]
    return tuple(
        ToolStep(
            f"{TOOL}:{rule}:pairs",
            "hr",
            w(f"pairs.step.{rule}"),
            w("pairs.step.why", k=rules[rule], n=len(found)),
        )
        for rule in first
    )


STEPS = steps
CHAPTER: Recipe = recipe(chapter, worksheet)
CLAIMS: tuple[Claim, ...] = (
    Claim(
        "pairs.change",
        "pairs",
        "the share of hand-overs that are complete the first time has changed from one quarter to the next",
        "Newcombe's interval of the difference leaves out zero",
        "the last two quarters: 5 % of pages",
        "both quarters alike",
        ("pairs.told.rise", "pairs.told.fall"),
    ),
)
