"""A deck as PowerPoint opens it: titles, cards, tables, charts and small print, held against the released tables."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pptx import Presentation

from hrkit.assessment.assessment import Assessment
from hrkit.disclosure.released import Certainty, Released
from hrkit.publish.pptx import render_pptx
from hrkit.rounding import half_up
from tests.report.reader.charted import measure_of, values
from tests.report.reader.held import Tables, same
from tests.report.reader.names import (
    NUMBER,
    SHARE,
    SIGNED,
    Names,
    alternatives,
    number,
    share,
    tidy,
)
from tests.report.reader.read import faults

#: How sure a table says a difference is, and the title of a card over changes that are as sure.
_SURE = {"clear": Certainty.CLEAR, "appears to differ": Certainty.TENDS, "we cannot tell": Certainty.UNKNOWN,
         "tydelig": Certainty.CLEAR, "ser ud til at være en forskel": Certainty.TENDS,
         "det kan vi ikke afgøre": Certainty.UNKNOWN, "duidelijk": Certainty.CLEAR,
         "lijkt te verschillen": Certainty.TENDS, "dat kunnen we niet zeggen": Certainty.UNKNOWN}  # fmt: skip
_MOVED = {"Clear": Certainty.CLEAR, "Appears to have changed": Certainty.TENDS, "We cannot tell": Certainty.UNKNOWN,
          "Tydeligt": Certainty.CLEAR, "Ser ud til at have ændret sig": Certainty.TENDS,
          "Det kan vi ikke afgøre": Certainty.UNKNOWN, "Duidelijk": Certainty.CLEAR,
          "Lijkt veranderd": Certainty.TENDS, "Dat kunnen we niet zeggen": Certainty.UNKNOWN}  # fmt: skip
_BEHIND = (
    "Answers behind the averages",
    "Svar bag gennemsnittene",
    "Antwoorden achter de gemiddelden",
)
_CARRIES = ("Strengths", "Styrker", "Sterke punten")
#: Small print of every slide: none of it is about the answers.
_FOOT = ("‹#›", "SYNTHETIC", "SYNTETISK", "SYNTHETISCH")


def deck_faults(
    report: Assessment, against: Released | None = None, deck: bytes = b""
) -> Iterator[str]:
    """What a deck says that the tables do not carry; ``deck`` are its bytes where they are made already."""
    names, told = Names(report), []
    made = Presentation(io.BytesIO(deck or render_pptx(report.slides(), report.info)))
    for n, slide in enumerate(list(made.slides)[1:], 2):
        title = tidy(slide.shapes.title.text) if slide.shapes.title else ""
        about = next((id for name, id in names.dimensions.items() if name in title), "")
        read: Told = []
        found = _slide(Tables(names, about, against), slide, title, read)
        yield from (f"slide {n} ({title[:40]}): {one}" for one in found)
        told += [(f"slide {n}", *one) for one in read]
    yield from faults(report, against, told)


#: A dimension and a sentence about it, to be read by the grammar.
Told = list[tuple[str, str]]


def _slide(t: Tables, slide: Any, title: str, read: Told) -> Iterator[str]:
    """What is wrong with charts, tables and cards; sentences are left in ``read``."""
    names, about = t.names, t.section
    read.append((about, title))
    behind: list[str] = []
    for shape in slide.shapes:
        if shape.has_chart:
            yield from _chart(t, shape.chart, title)
        elif shape.has_table:
            rows = [
                [tidy(c.text.replace("\n", " ")) for c in row.cells] for row in shape.table.rows
            ]
            yield from _table(t, rows, read)
        elif shape.has_text_frame and shape is not slide.shapes.title:
            lines = [tidy(p.text) for p in shape.text_frame.paragraphs if p.text.strip()]
            if lines and lines[0] in _MOVED:
                yield from _card(t, lines, title)
            elif lines and lines[0] in _CARRIES:
                listed = {
                    id for name, id in names.dimensions.items() if any(name in x for x in lines[1:])
                }
                if not listed or not listed <= set(t.released.strengths):
                    yield f"{listed - set(t.released.strengths)}: no strength"
            else:
                read += [(about, x) for x in lines if not x.startswith((*_FOOT, *_BEHIND))]
                behind += [x for x in lines if x.startswith(_BEHIND)]
    # Over a chart of the dimensions the numbers are of all of them, whichever the title names.
    plots = [shape.chart.plots[0] for shape in slide.shapes if shape.has_chart]
    every = any(tidy(str(c)) in names.dimensions for plot in plots for c in plot.categories)
    yield from (f"“{x}”: {y}" for x in behind for y in _behind(t, x, "" if every else about))


def _chart(t: Tables, chart: Any, title: str) -> Iterator[str]:
    """Means by group, a spread of answers, or two waves: what its series are named after."""
    plot = chart.plots[0]
    categories, series = (
        tuple(map(str, plot.categories)),
        {tidy(s.name): tuple(s.values) for s in plot.series},
    )
    groups = {name: t.names.groups[name] for name in series if name in t.names.groups}
    if groups:
        for name, group in groups.items():
            yield from values(t, group, categories, series[name])
        return
    # The last name: a dimension may bear one, too.
    named = re.findall(rf"(?<!\w)(?:{alternatives(t.names.groups)})(?!\w)", title)
    group = t.names.groups[named[-1]] if named else ""
    if len(series) == 2:
        before, now = series.values()
        for category, was, become in zip(categories, before, now, strict=True):
            one = next(
                c for c in t.changes() if (c.measure, c.group) == (measure_of(t, category), group)
            )
            yield from same(f"{one.measure} before", was, one.before)
            yield from same(f"{one.measure} now", become, one.now)
        return
    for at, category in enumerate(categories):
        found = t.released.distribution(measure_of(t, category), group)
        printed = [values[at] for values in series.values()]
        if found is None or any(v is None for v in printed):
            if found is not None or any(v is not None for v in printed):
                yield f"{category}: a spread is drawn and not released, or the other way"
            continue
        for value, released in zip(printed, found.shares, strict=True):
            yield from same(f"spread of {category}", value, released)


def _card(t: Tables, lines: list[str], title: str) -> Iterator[str]:
    """Changes that are as sure as the card's title says: all of them."""
    group = t.names.groups.get(title.partition(":")[0], "")
    wanted = {
        c.measure for c in t.changes() if c.group == group and c.certainty is _MOVED[lines[0]]
    }
    named = {t.names.dimensions[line] for line in lines[1:]}
    if named != wanted:
        yield f"“{lines[0]}” names {sorted(named)}, and it is true of {sorted(wanted)}"


def _table(t: Tables, rows: list[list[str]], read: Told) -> Iterator[str]:
    """The tables of a deck by their first column; sentences in cells are left in ``read``."""
    head = rows[0]
    for row in rows[1:]:
        if (
            row[0] in t.names.dimensions
            and len(head) > 3
            and any(cell in _SURE or re.fullmatch(r"\d(?:–\d)?", cell) for cell in row)
        ):
            yield from _glance(t, head, row)
        elif row[0] in t.names.groups and re.fullmatch(r"\d+", row[1]):
            known = [(str(x.answered), "" if x.invited is None else str(x.invited))
                     for x in t.released.answering if (x.unit, x.group) == (t.root, t.names.groups[row[0]])]  # fmt: skip
            if not any(row[1] == n and (not of or row[2] == of) for n, of in known):
                yield f"{row[0]}: {known}, and {row[1:3]} stand there"
            elif re.fullmatch(SHARE, row[3]):
                yield from same(row[0], share(row[3]), half_up(int(row[1]) / int(row[2]), 2))
        else:
            about = next(
                (id for name, id in t.names.dimensions.items() if any(name in c for c in row)), ""
            )
            read += [(about, cell) for cell in row]
    numbered = [row for row in rows[1:] if re.fullmatch(r"\d", row[0]) and len(row) > 4]
    ranks = [p.rank for row in numbered for p in t.released.priorities
             if row[2].startswith(_name(t, p.measure))]  # fmt: skip
    if ranks != sorted(ranks):
        yield f"decided on in the order of places {ranks}"


def _name(t: Tables, measure: str) -> str:
    return next((name for name, id in t.names.dimensions.items() if id == measure), "?")


def _glance(t: Tables, head: list[str], row: list[str]) -> Iterator[str]:
    """A dimension at a glance: level of each side, difference and how sure, importance, order."""
    d = t.names.dimensions[row[0]]
    gap, one = t.gap(d), next((p for p in t.released.priorities if p.measure == d), None)
    for name, cell in zip(head[1:], row[1:], strict=True):
        group = t.names.groups.get(name.rpartition(", ")[2], "")
        if group and re.fullmatch(r"\d(?:–\d)?", cell):
            band = t.released.band(d, group)
            if (band.low, band.high) != (int(cell[0]), int(cell[-1])):
                yield f"{d} of {group}: level {band.low}–{band.high}, and not {cell}"
            mean = t.mean(d, group)
            if mean is None or not band.low - 0.5 <= mean <= band.high + 0.5:  # type: ignore[operator]
                yield f"{d} of {group}: {mean} is outside level {cell}"
        elif group and re.match(NUMBER, cell):
            yield from same(f"{d} of {group}", number(cell), t.mean(d, group))
        elif re.fullmatch(SIGNED, cell) and cell[0] in "+−0":
            yield from same(f"{d}: difference", number(cell), gap.difference if gap else None)
        elif cell in _SURE and _SURE[cell] is not (gap.certainty if gap else None):
            yield f"{d}: “{cell}”, and it is {gap and gap.certainty}"
        elif chosen := re.fullmatch(rf"({SHARE})(?: \((.+)\))?", cell):
            yield from same(
                f"{d}: chosen",
                share(chosen[1]),
                half_up(one.chosen, 2) if one and one.chosen else None,
            )
            ballot = t.ballot(t.names.groups[chosen[2]]) if chosen[2] else None
            if chosen[2] and (
                ballot is None or half_up(ballot.share(d) or 0, 2) != share(chosen[1])
            ):
                yield f"{d}: not chosen by {cell}"
        elif cell.isdigit() and name == head[-1]:
            yield from same(f"{d}: place", int(cell), one.rank if one else None)


def _behind(t: Tables, line: str, about: str) -> Iterator[str]:
    """How many stand behind a chart's means: of one dimension the number, of all the least and the most."""
    group = alternatives(t.names.groups)
    for name, low, high in re.findall(
        rf"({group}) \D*?(\d+)(?:–(\d+))?", line.split(").: ")[0].split(". ")[0]
    ):
        scores = [t.released.score(d, t.names.groups[name], t.root) for d in [about] if d] or [
            t.released.score(d, t.names.groups[name], t.root) for d in t.names.dimensions.values()
        ]
        known = sorted(s.behind for s in scores if s.shown and s.behind is not None)
        # "At least so many" is the least of what may be said.
        if not known or int(low) != known[0] or (high and int(high) != known[-1]):
            yield f"{name}: {known} stand behind it, and not {low} to {high or low}"
