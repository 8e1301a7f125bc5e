"""Picture, sentence and table of one page beside each other: bands as drawn, words as read, numbers as printed."""

from __future__ import annotations

from collections.abc import Iterator

from hrkit.assessment.assessment import Assessment
from hrkit.blocks import Block, Bullets, Card, Figure, Paragraph, Table, plain, walk
from hrkit.disclosure.released import Certainty
from hrkit.report.handouts.unit import unit_sheet
from hrkit.report.sections.chain import chain
from hrkit.report.sections.gaps import gaps
from hrkit.report.sections.profile import profile
from tests.report.reader.grammar import SENTENCES
from tests.report.reader.held import CLEAR
from tests.report.reader.names import Names, number, tidy
from tests.report.reader.pictures import Line, apart, lines

#: What is drawn lies within so much of what is meant: a band ends at a thousandth of a point.
_NEAR = 0.002


def gap_page(report: Assessment) -> Iterator[str]:
    """The page of gaps: bands apart, a frame and a sentence go together, and so do the means in all three."""
    names, blocks = Names(report), gaps(report.context)
    told = _told(names, blocks)
    for row in _rows(report, blocks):
        said, pair = told.pop(row.name, None), row.marks
        if len(pair) < 2:
            continue
        between = apart(pair[0], pair[1])
        if said is None and (between > _NEAR or row.frame):
            yield f"gaps: {row.name}: bands {between:.3f} apart, frame “{row.frame}”, and no sentence"
        if said is not None and (between < -_NEAR or not row.frame):
            yield f"gaps: {row.name}: bands overlap by {-between:.3f}, frame “{row.frame}”, and told"
        if said is not None and (row.frame == "filled") != (said["w"] in CLEAR):
            yield f"gaps: {row.name}: “{said['w']}”, and its frame is {row.frame}"
        means = sorted(m.at for m in pair)
        printed = sorted(row.numbers)
        signed = next((n for n in row.numbers if n not in (round(m, 1) for m in means)), None)
        if any(
            abs(m - n) > _NEAR for m, n in zip(means, sorted(set(printed) - {signed}), strict=False)
        ):
            yield f"gaps: {row.name}: marks at {means}, and {row.numbers} stand there"
        if said is not None:
            spoken = sorted(number(said[k]) for k in ("a", "b"))
            if any(abs(m - n) > _NEAR for m, n in zip(means, spoken, strict=True)):
                yield f"gaps: {row.name}: marks at {means}, and the sentence says {spoken}"
    yield from (f"gaps: {name}: told, and not drawn" for name in told)


def profile_page(report: Assessment) -> Iterator[str]:
    """The profile: bands of the two sides lie apart where the page of gaps tells it, marks stand at the table's means."""
    ctx, names, blocks = report.context, Names(report), profile(report.context)
    told = _told(names, gaps(ctx))
    printed = {}
    for table in (b for b in walk(blocks) if isinstance(b, Table)):
        columns = [tidy(one) for one in table.columns]
        for row in table.rows:
            cells = [tidy(plain(cell)) for cell in row]
            printed |= {(cells[0], names.group(c)): v for c, v in zip(columns[1:], cells[1:], strict=True)
                        if c in names.groups}  # fmt: skip
    colours = {ctx.theme.mark(group.id).colour: group.id for group in ctx.groups}
    for row in _rows(report, blocks):
        for mark in row.marks:
            cell = printed.get((row.name, colours.get(mark.colour, "")), "").split(" ")[0]
            if cell[:1].isdigit() and abs(number(cell) - mark.at) > _NEAR:
                yield f"profile: {row.name}: a mark at {mark.at}, and {cell} in the table"
        pair = [row.mark(ctx.theme.mark(one.group).colour) for one in ctx.sides or ()]
        if len(pair) == 2 and pair[0] and pair[1] and pair[0].low is not None:
            between = apart(pair[0], pair[1])
            if between > _NEAR and row.name not in told:
                yield f"profile: {row.name}: bands {between:.3f} apart, and no sentence"
            if between < -_NEAR and row.name in told:
                yield f"profile: {row.name}: bands overlap by {-between:.3f}, and told"


def chain_page(report: Assessment) -> Iterator[str]:
    """The chain: bands of two tiers lie apart only where their difference is told."""
    ctx, names = report.context, Names(report)
    for row in _rows(report, chain(ctx)):
        made = [c for c in ctx.released.contrasted("tiers", names.dimensions[row.name])
                if c.certainty is not Certainty.UNKNOWN]  # fmt: skip
        sure = {frozenset((_mean(report, c.measure, g)) for g in (c.high, c.low)) for c in made}
        shown = [m for m in row.marks if m.low is not None]
        for i, one in enumerate(shown):
            for other in shown[i + 1 :]:
                if (
                    apart(one, other) > _NEAR
                    and frozenset((round(one.at, 1), round(other.at, 1))) not in sure
                ):
                    yield f"chain: {row.name}: {one.at:.1f} and {other.at:.1f} drawn apart, and not told"


def unit_page(report: Assessment, unit: str) -> Iterator[str]:
    """A unit's sheet: bands lie apart exactly where a dimension is named, marks stand at the table's means."""
    blocks = unit_sheet(report.context, unit)
    named = {tidy(plain(item)).split(":")[0] for card in walk(blocks) if isinstance(card, Card)
             for block in card.blocks if isinstance(block, Bullets) for item in block.items}  # fmt: skip
    table = next((b for b in walk(blocks) if isinstance(b, Table) and len(b.columns) == 3), None)
    means = (
        {tidy(plain(r[0])): [number(plain(c)) for c in r[1:]] for r in table.rows} if table else {}
    )
    for row in _rows(report, blocks):
        if row.name not in means:
            continue
        here, whole = row.marks
        if abs(here.at - means[row.name][0]) > _NEAR or abs(whole.at - means[row.name][1]) > _NEAR:
            yield f"{unit}: {row.name}: drawn at {here.at}, {whole.at}, and the table has {means[row.name]}"
        between = apart(here, whole)
        told = any(one.startswith(row.name) for one in named)
        if (between > _NEAR and not told) or (between < -_NEAR and told):
            yield f"{unit}: {row.name}: bands {between:.3f} apart, told: {told}"


def _mean(report: Assessment, measure: str, group: str) -> float:
    return report.context.score(measure, group).mean or 0.0


def _rows(report: Assessment, blocks: tuple[Block, ...]) -> tuple[Line, ...]:
    return tuple(
        row
        for block in walk(blocks)
        if isinstance(block, Figure)
        for row in lines(block.svg, report.context.scale[0])
    )


def _told(names: Names, blocks: tuple[Block, ...]) -> dict[str, dict[str, str]]:
    """What the sentences of a page say of differences, by the dimension's name."""
    language = names.report.context.language
    patterns = [names.pattern(one) for one in SENTENCES["gap"][language]]
    texts = [tidy(plain(b.text)) for b in walk(blocks) if isinstance(b, Paragraph)]
    found = (m.groupdict() for text in texts for p in patterns[:1] for m in p.finditer(text))
    return {tidy(f["d"]).strip("“”‘’"): f for f in found}
