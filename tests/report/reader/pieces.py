"""What is handed out beside the report: the board's page, a unit's sheet, the summary for everybody, the deck.

Their sentences are those of the report's grammar and a few of their own; what they list (what works, what is
seen differently, what is proposed first) has to be what the tables give, all of it or counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hrkit.assessment.assessment import Assessment
from hrkit.blocks import Block, Bullets, Card, Figure, Heading, Paragraph, Table, plain, walk
from hrkit.disclosure.released import Certainty, Released
from hrkit.tools import SECTIONS
from tests.report.reader.charted import bars
from tests.report.reader.held import Tables, same
from tests.report.reader.names import NUMBER, Names, alternatives, number, tidy, whole
from tests.report.reader.read import _lines, faults

#: Of a unit's sheet: its line of a difference, who answered, that nothing differs; of everybody's: who, more.
_HERE = {"en": rf"({NUMBER}) here, ({NUMBER}) ", "da": rf"({NUMBER}) her, ({NUMBER}) ", "nl": rf"({NUMBER}) hier, ({NUMBER}) "}  # fmt: skip
_ALIKE = ("No difference from", "Ingen forskel fra", "Geen enkel verschil met")
_HIGHER = ("Higher than", "Højere end", "Hoger dan")
_AND = re.compile(r"(?:And|Og|En nog) (one|én|één|\d+)(?: more| til|)\.")
_FAVOUR = {"en": "Seen more favourably by {} than by {}", "da": "Set mere positivt af {} end af {}",
           "nl": "Positiever gezien door {} dan door {}"}  # fmt: skip
_BOTH = (
    "Both sides say that this works",
    "Begge parter siger, at det her fungerer",
    "Beide partijen zeggen dat dit goed",
)
_NO_BOTH = (
    "There is nothing yet that we can say",
    "Der er endnu ikke noget, som alle",
    "Er is nog niets waarvan alle",
)
_NO_DIFFERENCE = (
    "There is no subject of which we can say",
    "Der er ikke noget emne, hvor vi kan",
    "Er is geen onderwerp waarbij we kunnen",
)


def _said(
    report: Assessment, page: str, blocks: tuple[Block, ...], against: Released | None
) -> Iterator[str]:
    """What the report's own grammar holds against the sentences of a piece, and of the charts in it."""
    names = Names(report)
    told = [
        (page, "", line) for b in walk(blocks) if not isinstance(b, Table) for line in _lines(b)
    ]
    yield from faults(report, against, [one for one in told if not _answered_line(names, one[2])])
    for line in (line for _, _, line in told if _answered_line(names, line)):
        yield from (f"{page}: “{line}”: {one}" for one in _who(Tables(names, "", against), line))
    for block in walk(blocks):
        for plot in block.plots if isinstance(block, Figure) else ():
            yield from (f"{page}: {one}" for one in bars(Tables(names, "", against), plot))


def _answered_line(names: Names, line: str) -> bool:
    return bool(_who_in(names, line))


def _who_in(names: Names, line: str) -> list[tuple[str, int, int]]:
    group = alternatives(names.groups)
    found = re.findall(rf"({group}): (\d+) (?:of|af|van) (\d+)", line)
    return [(names.group(g), int(n), int(of)) for g, n, of in found]


def _who(t: Tables, line: str) -> Iterator[str]:
    for group, n, invited in _who_in(t.names, line):
        known = [
            (x.answered, x.invited)
            for x in t.released.answering
            if (x.unit, x.group) == (t.root, group)
        ]
        if (n, invited) not in known:
            yield f"{group}: {known}, and not {n} of {invited}"


def board_faults(report: Assessment, against: Released | None = None) -> Iterator[str]:
    """The board's page: its sentence, who answered, the first subjects in their order with figures and target."""
    blocks, names = SECTIONS["board"](report.context), Names(report)
    t = Tables(names, "", against)
    yield from _said(report, "board", blocks, against)
    for table in (b for b in walk(blocks) if isinstance(b, Table)):
        places = []
        for row in table.rows:
            subject, *_ = plain(row[0]).split("\n")
            d = t.dimension(subject)
            places.append(next(p.rank for p in t.released.priorities if p.measure == d))
            figures = [tidy(line) for cell in row[1:] for line in plain(cell).split("\n")]
            for line in figures:
                if found := re.fullmatch(rf"({alternatives(names.groups)}) ({NUMBER})", line):
                    group = names.group(found[1])
                    yield from (
                        f"board: {x}"
                        for x in same(f"{d} of {group}", number(found[2]), t.mean(d, group))
                    )
            target = report.engagement.target(d)
            if target is not None and not any(
                re.fullmatch(r"\d(?:[.,]\d)?", x) and number(x) == target for x in figures
            ):
                yield f"board: {d}: its target is {target}, and {figures} stand there"
        if places != sorted(places):
            yield f"board: proposed in the order of places {places}"


def unit_faults(report: Assessment, unit: str, against: Released | None = None) -> Iterator[str]:
    """A unit's sheet: both means of each row, all that differs from the whole and nothing else, and which way."""
    blocks, names = report.unit_sheet(unit).blocks, Names(report)
    t, ctx = Tables(names, unit, against), report.context
    group = next((g.id for g in ctx.groups if g.id in ctx.instrument.sides), "")
    sure = {c.measure: c for c in t.released.contrasts if c.kind == "unit" and c.group == group
            and unit in (c.high, c.low) and c.certainty is not Certainty.UNKNOWN}  # fmt: skip
    told = set()
    lines = [
        line for b in walk(blocks) if isinstance(b, (Paragraph, Heading)) for line in _lines(b)
    ]
    if any(line.startswith(_ALIKE) for line in lines) and sure:
        yield f"{unit}: nothing differs, and {sorted(sure)} do"
    for card in (b for b in walk(blocks) if isinstance(b, Card)):
        up = card.title.startswith(_HIGHER)
        for item in (i for b in card.blocks if isinstance(b, Bullets) for i in b.items):
            text = tidy(plain(item))
            d = next((id for name, id in names.dimensions.items() if text.startswith(name)), "")
            found = re.search(_HERE[ctx.language], text)
            if not d or not found or d not in sure:
                yield f"{unit}: “{text}” is not told of the tables"
                continue
            told.add(d)
            if up != (sure[d].high == unit):
                yield f"{unit}: {d} differs the other way"
            yield from same(f"{unit}: {d} here", number(found[1]), t.mean(d, group, unit))
            yield from same(f"{unit}: {d} of all", number(found[2]), t.mean(d, group))
    if set(sure) - told:
        yield f"{unit}: {sorted(set(sure) - told)} differ, and are not named"
    for table in (b for b in walk(blocks) if isinstance(b, Table) and len(b.columns) == 3):
        for row in table.rows:
            d = t.dimension(plain(row[0]))
            yield from same(f"{unit}: {d} here", number(plain(row[1])), t.mean(d, group, unit))
            yield from same(f"{unit}: {d} of all", number(plain(row[2])), t.mean(d, group))
    largest = max((s.behind or 0 for d in names.dimensions.values()
                   if (s := t.released.score(d, group, unit)).shown), default=0)  # fmt: skip
    counted = next((line for b in walk(blocks) for line in _lines(b) if re.match(r"\D*\d+ .*\d+\D*\.", line)
                    and largest and not line.startswith(names.report.engagement.client)), "")  # fmt: skip
    if largest and str(largest) not in re.findall(r"\d+", counted):
        yield f"{unit}: {largest} stand behind its figures, and “{counted}” is said"


def employees_faults(report: Assessment, against: Released | None = None) -> Iterator[str]:
    """The summary for everybody: what works and what differs are all there is of it, or counted; who answered."""
    blocks, names = SECTIONS["employees"](report.context), Names(report)
    t, language = Tables(names, "", against), report.context.language
    told = [g for g in t.gaps() if t.told(g)]
    group = alternatives(names.groups)
    favour = re.compile(_FAVOUR[language].format(f"({group})", f"({group})"))
    kind, listed, more = "", {"works": [], "differ": []}, {"works": 0, "differ": 0}
    for line in (
        line for b in walk(blocks) if not isinstance(b, (Table, Card)) for line in _lines(b)
    ):
        d = next((id for name, id in names.dimensions.items() if line.startswith(name)), "")
        if line.startswith(_BOTH):
            kind = "works"
        elif line.startswith(_NO_BOTH) and [s for s in t.released.strengths if not _told_of(t, s)]:
            yield f"employees: nothing works, and {t.released.strengths} do"
        elif line.startswith(_NO_DIFFERENCE) and told:
            yield "employees: nothing differs, and something does"
        elif found := favour.search(line):
            kind = "differ"
            listed[kind].append(d)
            high, low = names.group(found[1]), names.group(found[2])
            if not any(g.measure == d for g in told) or (t.mean(d, high) or 0) <= (
                t.mean(d, low) or 0
            ):
                yield f"employees: “{line}”: not told, or the other way"
        elif kind and (counted := _AND.fullmatch(line)):
            more[kind] = whole(counted[1]) if counted[1].isdigit() else 1
        elif kind == "works" and d:
            listed[kind].append(d)
            if d not in t.released.strengths or _told_of(t, d):
                yield f"employees: {d} does not surely work"
        elif kind and not d:
            kind = ""
        yield from (f"employees: “{line}”: {one}" for one in _who(t, line))
    if listed["differ"]:
        yield from same(
            "employees: what differs", len(listed["differ"]) + more["differ"], len(told)
        )


def _told_of(t: Tables, d: str) -> bool:
    """Whether a difference of the sides is told of a dimension."""
    gap = t.gap(d)
    return gap is not None and t.told(gap)
