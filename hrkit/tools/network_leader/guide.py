"""The guide for two leaders as pages and as a workbook: each prepares alone, then both write one agreement."""

from __future__ import annotations

from hrkit.blocks import Block, Bullets, Heading, Note, Paragraph, Table, Text, b
from hrkit.blocks.fillable import Fillable, FormColumn
from hrkit.model.language import Words
from hrkit.report.handouts.room import GROUND, room
from hrkit.tools.network_leader.pair import BESIDE, FIELDS, SIDES, Pair, PairTold

__all__ = ["PARTS", "SHEET", "agreement_page", "prepare_page", "told_page", "workbook"]

#: What each writes down alone, of a field.
PARTS = ("need", "worry", "offer")
#: Whose workbook it is, in the property that says so.
SHEET = "network-pair"


def prepare_page(words: Words) -> tuple[Block, ...]:
    """One page for one of the two, filled in alone; it never leaves its writer."""
    rows: tuple[tuple[Text, ...], ...] = tuple(
        (f"{words(f'network.field.{name}')}\n{words(f'network.ask.{name}')}", *[room(4)] * 3)
        for name in FIELDS[:-1]
    )
    return (
        Heading(words("network.prepare.title"), kicker=words("network.prepare.kicker")),
        Paragraph(words("network.prepare.rule"), lead=True),
        Table(
            ("", *(words(f"network.part.{part}") for part in PARTS)),
            rows,
            widths=(2.6, 1.5, 1.3, 1.3),
            shades=tuple(("", GROUND, GROUND, GROUND) for _ in rows),
            compact=True,
            summary=words("network.prepare.title"),
        ),
        Note(words("network.prepare.seen_by")),
    )


def agreement_page(words: Words, pair: Pair | None = None) -> tuple[Block, ...]:
    """One page to sign: what both agree, what stands beside, and the course of the talk."""
    pair = pair or Pair()
    rows: list[tuple[Text, ...]] = []
    for name in (*FIELDS[:-1], *BESIDE):
        rows.append(((b(words(f"network.field.{name}")),), pair.agreed.get(name) or room(3)))
    days = [pair.yes[side].isoformat() if side in pair.yes else room(1) for side in SIDES]
    review = pair.review.isoformat() if pair.review else room(1)
    return (
        Heading(words("network.agree.title"), kicker=words("network.agree.kicker")),
        Paragraph(words("network.agree.rule"), lead=True),
        Table(
            ("", words("network.agree.ours")),
            tuple(rows),
            widths=(1.9, 4.6),
            shades=tuple(("", GROUND) for _ in rows),
            compact=True,
            summary=words("network.agree.title"),
        ),
        Table(
            (
                words("network.agree.yes", who=words("network.side.network")),
                words("network.agree.yes", who=words("network.side.people")),
                words("network.field.review"),
            ),
            ((*days, review),),
            widths=(1.0, 1.0, 1.0),
            row_headers=False,
            shades=((GROUND,) * 3,),
            compact=True,
        ),
        Bullets(tuple(words(f"network.agree.step.{i}") for i in range(1, 6))),
        Note(words("network.agree.seen_by")),
    )


def told_page(words: Words, pair: Pair, found: PairTold) -> tuple[Block, ...]:
    """What the two are told of their sheet, above their agreement."""
    lines: list[Text] = []
    if found.hours:
        one, other = (words.number(value) for value in found.hours)
        lines.append(words("network.told.hours", network=one, people=other))
    for name, side in found.one_sided:
        what, who = words(f"network.field.{name}"), words(f"network.side.{side}")
        lines.append(words("network.told.one_sided", field=what, who=who))
    if found.open:
        names = "; ".join(words(f"network.field.{name}") for name in found.open)
        lines.append(words("network.told.open", list=names))
    if found.late:
        lines.append(words("network.told.late"))
    if found.agreed:
        lines.append(words("network.told.agreed"))
    heading = Heading(words("network.told.title"))
    said: Block = Bullets(tuple(lines)) if lines else Paragraph(words("network.told.yes"))
    first, *rest = agreement_page(words, pair)
    assert isinstance(first, Heading)
    return (
        heading,
        said,
        Note(words("network.told.seen_by")),
        Heading(first.text, level=2),
        *rest,
    )


def workbook(words: Words, whose: tuple[str, str]) -> Fillable:
    """The same as a workbook: a row a field, three columns a side, and what is agreed."""
    columns = [
        FormColumn(words("network.column.id"), 13, "fixed"),
        FormColumn(words("network.column.field"), 34, "fixed"),
        *(FormColumn(heading(words, side, part), 22) for side in SIDES for part in PARTS),
        FormColumn(words("network.agree.ours"), 40),
    ]
    empty = ("",) * (len(columns) - 2)
    asked = (*FIELDS, *BESIDE, *(f"yes.{side}" for side in SIDES))
    rows = [(name, _about(words, name), *empty) for name in asked]
    return Fillable(
        words("network.column.sheet"),
        words("plan_of_action.guide"),
        words("plan_of_action.lists"),
        words("network.agree.title"),
        tuple(columns),
        tuple(rows),
        (
            words("network.prepare.rule"),
            words("network.agree.rule"),
            words("network.column.days"),
            words("network.agree.seen_by"),
        ),
        empty=0,
        whose=whose,
    )


def heading(words: Words, side: str, part: str) -> str:
    """What a column is called."""
    return f"{words(f'network.side.{side}')}: {words(f'network.part.{part}')}"


def _about(words: Words, name: str) -> str:
    if name.startswith("yes."):
        return words("network.agree.yes", who=words(f"network.side.{name[4:]}"))
    return f"{words(f'network.field.{name}')}. {words(f'network.ask.{name}')}"
