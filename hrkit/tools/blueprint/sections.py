"""The blueprint's chapter, what it asks for, and its worksheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrkit.blocks import Block, Callout, Heading, Note, Paragraph, Table, b
from hrkit.blocks.worksheets import Cell, Worksheet
from hrkit.report.actions import OWNERS
from hrkit.report.chapter import Recipe, recipe
from hrkit.report.context import Context
from hrkit.report.tool_steps import ToolStep
from hrkit.tools.blueprint.agreed import (
    AgreedTask,
    changed,
    more_without_less,
    promises,
    rights,
    settled,
    sheets,
)
from hrkit.tools.blueprint.claims import CLAIMS
from hrkit.tools.blueprint.exchanged import gains, promised
from hrkit.tools.blueprint.findings import RoleFinding, Sheet, deciders, doers, found
from hrkit.tools.blueprint.forms import FORMS
from hrkit.tools.blueprint.sheets import SHEETS
from hrkit.tools.blueprint.short import short_form
from hrkit.tools.blueprint.tasks import TENSES, RoleTask, actors, named, tasks
from hrkit.tools.blueprint.wished import wish_page, wished

__all__ = ["CHAPTER", "CLAIMS", "FORMS", "SHEETS", "STEPS"]

#: Tasks to begin with, and steps that unsettled ones ask for.
FIRST, UNSETTLED = 5, 3


def chapter(ctx: Context) -> tuple[Block, ...]:
    """Where to begin, the sheets side by side, what was agreed and promised, and the short form."""
    w = ctx.words
    said, done, listed = sheets(ctx.records), settled(ctx.records), tasks(ctx.instrument, w)
    shown = _findings(ctx)
    short = short_form(ctx)
    asked = promises(ctx.records)
    if not (said or done or short or asked):
        return ()
    return (
        Heading(_title(ctx, shown, done), new_page=True),
        Paragraph(w("blueprint.lead"), lead=True),
        *_begin(ctx, said, shown, listed),
        *wish_page(ctx),
        *_agreed(ctx, done, listed),
        *promised(ctx),
        *gains(ctx),
        *short,
    )


def _findings(ctx: Context) -> tuple[RoleFinding, ...]:
    listed = [one.id for one in tasks(ctx.instrument, ctx.words)]
    return found(sheets(ctx.records), listed, "now")


def _title(ctx: Context, shown: Sequence[RoleFinding], done: Sequence[AgreedTask]) -> str:
    agreed = sum(one.state == "agreed" for one in done)
    if agreed:
        return ctx.words("blueprint.title.agreed", n=agreed)
    open_ = len({one.task for one in shown})
    return (
        ctx.words("blueprint.title.found", n=open_) if open_ else ctx.words("blueprint.title.none")
    )


def _list(ctx: Context, some: Sequence[str] | frozenset[str]) -> str:
    """Actors by name, in their order; a dash for none."""
    order = [one for one in actors(ctx.instrument) if one in some]
    return ", ".join(named(ctx.words, one) for one in order) or "–"


def _rule(ctx: Context, one: RoleFinding) -> str:
    return ctx.words(
        f"blueprint.rule.{one.rule}", n=len(one.parties), of=one.of, list=_list(ctx, one.parties)
    )


def _rules(ctx: Context, shown: Sequence[RoleFinding], task: str) -> tuple[str, ...]:
    """What the sheets show of a task; that nobody decides is said once where somebody does it all the same."""
    mine = {one.rule: one for one in shown if one.task == task}
    none, done = mine.get("nobody-decides"), mine.get("done-undecided")
    if none and done and none.parties == done.parties:
        del mine["nobody-decides"]
    return tuple(_rule(ctx, one) for one in mine.values())


def _first(shown: Sequence[RoleFinding], count: int) -> tuple[str, ...]:
    """The tasks with most findings, in the order asked where they are even."""
    many: dict[str, int] = {}
    for one in shown:
        many[one.task] = many.get(one.task, 0) + 1
    return tuple(sorted(many, key=lambda task: -many[task]))[:count]


def _begin(
    ctx: Context,
    said: Mapping[str, Sheet],
    shown: Sequence[RoleFinding],
    listed: Sequence[RoleTask],
) -> tuple[Block, ...]:
    if not said:
        return ()
    w, names = ctx.words, {one.id: one.name for one in listed}
    asked = Paragraph(w("blueprint.asked", list=_list(ctx, tuple(said))))
    first = _first(shown, FIRST)
    if not first:
        return (asked, Paragraph(w("blueprint.none")))
    rows = tuple(
        (
            (b(names[task]),),
            "\n".join(_rules(ctx, shown, task)),
        )
        for task in first
    )
    beside = tuple(
        (names[task], *(_cell(ctx, sheet.get((task, "now"), {})) for sheet in said.values()))
        for task in first
    )
    return (
        asked,
        Heading(w("blueprint.first.title"), level=2),
        Table(
            (w("blueprint.column.task"), w("blueprint.shows")),
            rows,
            widths=(2.4, 4.6),
            compact=True,
            summary=w("blueprint.first.title"),
        ),
        Note(w("blueprint.first.note")),
        Heading(w("blueprint.compare.title"), level=2),
        Table(
            (w("blueprint.column.task"), *(named(w, party) for party in said)),
            beside,
            widths=(1.8, *(1.5,) * len(said)),
            compact=True,
            summary=w("blueprint.compare.title"),
        ),
    )


def _cell(ctx: Context, cells: Mapping[str, str]) -> str:
    if not cells:
        return "–"
    who = {"decides": deciders(cells), "does": doers(cells)}
    return "\n".join(
        ctx.words(f"blueprint.compare.{name}", list=_list(ctx, some)) for name, some in who.items()
    )


def _state(ctx: Context, one: AgreedTask) -> str:
    return ctx.words(f"blueprint.grid.{one.state}", until=one.line.field("parked"))


def _agreed(
    ctx: Context, done: Sequence[AgreedTask], listed: Sequence[RoleTask]
) -> tuple[Block, ...]:
    w, known = ctx.words, {one.id: one for one in listed}
    kept = [one for one in done if one.task in known]
    if not kept:
        return ()
    rows = tuple(
        (
            known[one.task].name,
            named(w, one.decides) or "–",
            named(w, one.does) or "–",
            one.line.field("from") or "–",
            _state(ctx, one),
        )
        for one in kept
    )
    having = frozenset(one.id for one in listed if one.rights)
    unheard = [known[one.task].name for one in rights(kept, having)]
    heavier = [
        Callout(w("blueprint.grid.heavier", actor=named(w, party), before=before, after=after))
        for party, (before, after) in more_without_less(ctx.records).items()
    ]
    names = ("decides", "does", "from")
    return (
        Heading(w("blueprint.grid.title"), level=2),
        Table(
            (
                w("blueprint.column.task"),
                *(w(f"blueprint.agreement.{one}") for one in names),
                w("blueprint.grid.state"),
            ),
            rows,
            widths=(2.6, 1.3, 1.3, 1.1, 1.3),
            compact=True,
            summary=w("blueprint.grid.title"),
        ),
        Note(w("blueprint.grid.note")),
        *((Callout(w("blueprint.grid.rights", list="; ".join(unheard))),) if unheard else ()),
        *heavier,
    )


def worksheet(ctx: Context) -> Worksheet:
    """A row a task: what each party says decides and does, what the sheets show, what is agreed."""
    w, said = ctx.words, sheets(ctx.records)
    done = {one.task: one for one in settled(ctx.records)}
    shown = _findings(ctx)
    head = [w("blueprint.column.task")]
    for party in said:
        head += [
            f"{named(w, party)}: {w(f'blueprint.agreement.{one}')}" for one in ("decides", "does")
        ]
    for party in said:
        head += [
            f"{named(w, party)}: {w(f'blueprint.agreement.{one}')} ({w('blueprint.tense.wish')})"
            for one in ("decides", "does")
        ]
    head += [
        w("blueprint.shows"),
        *(w(f"blueprint.agreement.{o}") for o in ("decides", "does", "from")),
    ]
    head.append(w("blueprint.grid.state"))
    rows: list[tuple[Cell, ...]] = []
    for task in tasks(ctx.instrument, w):
        cells = [sheet.get((task.id, at), {}) for at in TENSES for sheet in said.values()]
        one = done.get(task.id)
        if not any(cells) and one is None:
            continue
        parts = [_list(ctx, who(cell)) for cell in cells for who in (deciders, doers)]
        rules = "; ".join(_rules(ctx, shown, task.id))
        last = (
            (named(w, one.decides), named(w, one.does), one.line.field("from"), _state(ctx, one))
            if one
            else ("", "", "", "")
        )
        rows.append((task.name, *parts, rules, *last))
    return Worksheet(
        w("blueprint.worksheet"), w("blueprint.worksheet_title"), tuple(head), tuple(rows)
    )


def steps(ctx: Context) -> tuple[ToolStep, ...]:
    """What is agreed otherwise than it is today; and the first tasks that nobody has settled."""
    w, now = ctx.words, sheets(ctx.records)
    names = {one.id: one.name for one in tasks(ctx.instrument, w)}
    made, done = [], settled(ctx.records)
    for one in done:
        if one.state == "parked" or one.task not in names or not changed(one, now):
            continue
        who = {"decides": named(w, one.decides), "does": named(w, one.does)}
        when, needs = one.line.field("from"), one.line.field("needs")
        key = "blueprint.step.change" if when else "blueprint.step.change_open"
        text = w(key, task=names[one.task], **who, **({"from": when} if when else {}))
        if needs:
            text = w("blueprint.step.takes", text=text, needs=w(f"blueprint.needs.{needs}"))
        effort = {"4": "large", "2": "medium"}.get(one.line.field("weight"), "small")
        owner = one.does if one.does in ctx.instrument.perspectives else OWNERS[0]
        id, why = f"blueprint:change:{one.task}", w("blueprint.step.why")
        horizon = "year" if needs in ("system", "skill") else "now"
        made.append(
            ToolStep(
                id,
                owner,
                text,
                why,
                horizon,
                effort,
                "large",
                agreed=one.state == "agreed",
                needs=needs,
            )
        )
    shown, known = _findings(ctx), {one.task for one in done}
    for wish in wished(ctx):
        if wish.kind != "alike" or wish.task in known or wish.task not in names:
            continue
        known.add(wish.task)
        parts = dict(zip(("decides", "does"), (_list(ctx, one) for one in wish.parts), strict=True))
        text = w("blueprint.step.wish", task=names[wish.task], **parts)
        why = w("blueprint.step.wish_why", n=len(wish.said))
        made.append(ToolStep(f"blueprint:wish:{wish.task}", OWNERS[0], text, why))
    for task in [t for t in _first(shown, len(names)) if t not in known][:UNSETTLED]:
        first = next(one for one in shown if one.task == task)
        text = w("blueprint.step.settle", task=names[task])
        made.append(ToolStep(f"blueprint:{first.rule}:{task}", OWNERS[0], text, _rule(ctx, first)))
    return tuple(made)


CHAPTER: Recipe = recipe(chapter, worksheet)
STEPS = steps
