"""The workbook of agreed levels: a line for each row of the grid, and for each group that has spoken."""

from __future__ import annotations

from collections.abc import Mapping

from hrkit.blocks.fillable import Fillable, FormColumn
from hrkit.disclosure.chosen.votes import VoteFigure
from hrkit.records.values import LEVELS, ROOM, Agreed, VotesMoved, scope_of
from hrkit.report.context import Context

__all__ = ["AGREED_COLUMNS", "agreed_form", "whose"]

#: Columns in their order, with their widths.
AGREED_COLUMNS: Mapping[str, float] = {
    "since": 8,
    "dimension": 24,
    "scope": 20,
    "first": 12,
    "second": 12,
    "level": 10,
    "evidence": 40,
    "shift": 34,
    "views": 34,
    "reason": 24,
}


def whose(ctx: Context, scope: str) -> str:
    """Whose word it is, as it is read back."""
    kind, which = scope_of(scope)
    name = ctx.perspective(which) if kind == "party" else which
    return name if kind == "party" else ctx.words(f"workshop.scope.{kind}", name=name)


def agreed_form(ctx: Context, whose_file: tuple[str, str]) -> Fillable:
    """What stands in the records, and a line for every dimension nobody has agreed on yet."""
    w, wave = ctx.words, ctx.wave.id
    votes = {one.dimension: one for one in ctx.records.votes}
    rows: list[tuple[str, ...]] = []
    for section in ctx.instrument.dimensions:
        if not section.grid:
            continue
        mine = [one for one in ctx.records.agreed if one.dimension == section.id]
        if not any(one.scope == ROOM for one in mine):
            mine.insert(0, Agreed(section.id, wave))
        for one in mine:
            cards = votes.get(section.id) if one.scope == ROOM else None
            rows.append(
                (
                    wave,
                    ctx.name(section),
                    whose(ctx, one.scope),
                    *_cards(cards),
                    "" if one.level is None else str(one.level),
                    one.evidence,
                    one.shift,
                    one.views,
                    "",
                )
            )
    parties = (ctx.perspective(one) for one in ctx.instrument.perspectives)
    choices = {
        "dimension": tuple(ctx.name(s) for s in ctx.instrument.dimensions if s.grid),
        "scope": (w("workshop.scope.room"), w("workshop.scope.table", name="1"), *parties),
        "level": tuple(map(str, LEVELS)),
    }
    columns = tuple(
        FormColumn(
            w(f"workshop.form.column.{name}"),
            width,
            "fixed" if name == "since" else "list" if name in choices else "text",
            choices.get(name, ()),
            open=name == "scope",
        )
        for name, width in AGREED_COLUMNS.items()
    )
    helps = ("fill", "scope", "cards", "names", "back")
    return Fillable(
        w("workshop.form.sheet"),
        w("plan_of_action.guide"),
        w("plan_of_action.lists"),
        w("workshop.form.title"),
        columns,
        tuple(rows),
        tuple(w(f"workshop.form.help.{name}") for name in helps),
        whose=whose_file,
    )


def _cards(votes: VotesMoved | None) -> tuple[str, str]:
    """The middles of a show of cards; of votes on phones only what was shown, and not to be typed over."""
    if votes is None:
        return "", ""
    first, second = (VoteFigure.read(c).middle if c else "" for c in (votes.first, votes.second))
    return first, second
