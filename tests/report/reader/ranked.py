"""The competencies in their order, and who leaders say decides each task: row by row against what was released."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from hrkit.assessment.assessment import Assessment
from hrkit.blocks import Block, Table, plain, walk
from hrkit.disclosure.released import Share
from hrkit.report.context import Context
from hrkit.rounding import half_up
from hrkit.tools import SECTIONS
from tests.report.reader.held import same
from tests.report.reader.names import NUMBER, number, share, tidy

#: Columns of the table of competencies where counts order it, and where means do.
_RANKED, _MEANS = 8, 5
_NAMED = re.compile(r"(.+?) (\d+) ?%")


def ranked_faults(report: Assessment, against: tuple[Context, ...] = ()) -> Iterator[str]:
    """What is wrong in the tables of competencies and of the blueprint's tasks.

    ``against`` are contexts with other tables, to see that it is noticed.
    """
    parts = zip(report.context.parts, against or report.context.parts, strict=True)
    for ctx, other in parts:
        (tool,) = ctx.instrument.speaks
        read = {"competencies": competencies, "blueprint": tasks}.get(tool)
        if read:
            yield from (f"{tool}: {one}" for one in read(other, SECTIONS["tools"](ctx)))


def _rows(blocks: Sequence[Block], columns: Sequence[int]) -> Iterator[list[str]]:
    for table in (b for b in walk(tuple(blocks)) if isinstance(b, Table)):
        if len(table.columns) in columns:
            yield from ([tidy(plain(cell)) for cell in row] for row in table.rows)


def competencies(ctx: Context, blocks: Sequence[Block]) -> Iterator[str]:
    """Both means, Borich's score of them, both shares; in the order that the note says."""
    weights, balances = [], []
    for row in _rows(blocks, (_RANKED, _MEANS)):
        found = _asked(ctx, row[1])
        if not re.match(NUMBER, row[2]) or not found:
            continue
        importance, strength, counted = found
        yield from same(
            f"{row[1]}: importance", number(row[2]), ctx.score(importance, "leader").mean
        )
        yield from same(f"{row[1]}: strength", number(row[3]), ctx.score(strength, "leader").mean)
        score = number(row[6 if len(row) == _RANKED else 4])
        if abs(number(row[2]) * (number(row[2]) - number(row[3])) - score) > 0.05 + 1e-9:
            yield f"{row[1]}: {row[2]} × ({row[2]} − {row[3]}) is not {score}"
        weights.append(score)
        if len(row) == _RANKED:
            known = _alone(ctx.released.share(counted, "leader"))
            for cell, value in ((row[4], "below"), (row[5], "above")):
                if re.fullmatch(r"\d+ ?%", cell) and value in known:
                    yield from same(f"{row[1]}: {value}", share(cell), half_up(known[value], 2))
            if all(re.fullmatch(r"\d+ ?%", cell) for cell in row[4:6]):
                balances.append(share(row[4]) - share(row[5]))
    ordered = balances or weights
    if any(a < b - 0.05 - 1e-9 for a, b in pairwise(ordered)):
        yield f"not in its order: {ordered}"


def _asked(ctx: Context, name: str) -> tuple[str, str, str] | None:
    """Keys of importance, strength and of what is made of both, of the competency that bears a name."""
    for question in ctx.instrument.measured.values():
        text = tidy(ctx.wording(question.item))
        if len(question.facet.made_of) == 2 and text.rstrip(".").partition(":")[0] == name:
            keys = {facet.id: question.item.key(facet) for facet in question.item.facets}
            one, other = question.facet.made_of
            return keys[one], keys[other], question.key
    return None


def _alone(found: Share) -> Mapping[str, float]:
    return dict(zip(found.values, found.shares, strict=True)) if found.shown else {}


def tasks(ctx: Context, blocks: Sequence[Block]) -> Iterator[str]:
    """Who is named most often as deciding a task and as doing it: the larger first, each with its own share.

    What an answer is called here is no label of the form: it has to mean the same answer in every row.
    """
    items = {tidy(ctx.wording(i)).rstrip("."): i for i in ctx.instrument.items.values()}
    meant: dict[str, set[str]] = {}
    for row in _rows(blocks, (3,)):
        item = items.get(row[0].rstrip("."))
        for at, cell in enumerate(row[1:] if item else ()):
            told = _alone(ctx.released.share(item.key(item.facets[at]), "leader")) if item else {}
            said = [(found[1], share(f"{found[2]}%")) for part in cell.split("; ")
                    if (found := _NAMED.fullmatch(part.strip()))]  # fmt: skip
            if [value for _, value in said] != sorted((v for _, v in said), reverse=True):
                yield f"{row[0]}: {cell} is not in its order"
            for name, value in said:
                fits = {one for one, x in told.items() if abs(half_up(x, 2) - value) < 1e-9}
                meant[name] = meant.get(name, fits) & fits
                if not meant[name]:
                    yield f"{row[0]}: “{name}” has no answer with {value:.0%} that it has elsewhere"
