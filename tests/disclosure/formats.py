"""Every form in which a version leaves the kit, as text: what a number in it may be.

The attacker reads tables (`deliveries.told`).  That is enough if nothing else leaves the kit: so each
life's files of one or two kinds are read back, and a number that the attacker was not told is a
fault.  Charts are laid out and not drawn; kernels are started elsewhere.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from math import floor
from pathlib import Path
from typing import Any

import pypdfium2
from python_calamine import CalamineWorkbook

from hrkit import load_engagement
from hrkit.assessment.assessment import Assessment, assess
from hrkit.assessment.explain import told as explained
from hrkit.commands.release import audit_text
from hrkit.disclosure import release
from hrkit.disclosure.kept.audit import audit_of
from hrkit.publish.excel import render_excel
from hrkit.publish.fillable import render_fillable
from hrkit.publish.html import render_html
from hrkit.publish.pdf import render_pdf
from hrkit.publish.pptx import render_pptx
from hrkit.publish.word import render_word
from hrkit.report.worksheets.actions import actions
from tests import office
from tests.quick import executed, undrawn

from .delivery.facts import ALL, Delivery

__all__ = ["KINDS", "WHOLE", "read_back", "untold"]

#: No number about anybody; where it is printed, it shows.
WAITING = 98765


def _pdf(blocks: Any) -> str:
    with pypdfium2.PdfDocument(render_pdf(blocks)) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def _web(page: str) -> str:
    labels = " ".join(re.findall(r'(?:aria-label|alt)="([^"]*)"', page))
    page = re.sub(r"(?s)<(svg|style|script).*?</\1>", " ", page)
    return html.unescape(re.sub(r"<[^>]+>", " ", page) + labels)


def _word(blocks: Any) -> str:
    data = render_word(blocks)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        body = parts.read("word/document.xml").decode("utf-8")
    labels = " ".join(re.findall(r'descr="([^"]*)"', body))
    body = re.sub(r"</w:(p|tc)>", " ", body)
    return html.unescape(re.sub(r"<[^>]+>", "", body) + labels) + office.of_charts(data)


def _slides(report: Assessment) -> str:
    return office.of_slides(render_pptx(report.slides(), report.info))


def _actions(report: Assessment) -> str:
    """The workbook in which actions are followed: words alone."""
    form = actions(report.context, ("", ""))
    book = CalamineWorkbook.from_filelike(io.BytesIO(render_fillable(form, report.info)))
    pages = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return "\n".join(str(cell) for page in pages for row in page for cell in row)


def _excel(report: Assessment) -> str:
    data = render_excel(report.worksheets(), report.info)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    lines = []
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        head = next((i for i, r in enumerate(rows) if sum(c != "" for c in r) > 1), None)
        titles = [str(c) for c in rows[head]] if head is not None else []
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                title = titles[j] if head is not None and i > head else ""
                lines.append(_cell(cell, title))
    return "\n".join(lines)


def _cell(cell: Any, title: str) -> str:
    """A number of people says that it is one; shares are shares."""
    if not isinstance(cell, float):
        return str(cell)
    if title in PEOPLE:
        return f"n = {cell:g}"
    if cell.is_integer():
        return f"{cell:.0f}"
    return f"{100 * cell:g} %" if title in PARTS else f"{cell:.10g}"


def _notebook(report: Assessment) -> str:
    """What the cells show on the screen, and the blocks that lie under it."""
    found = []
    for cell in executed(report)["cells"]:
        for output in cell["outputs"]:
            for kind, data in output["data"].items():
                text = data if isinstance(data, str) else " ".join(_strings(data))
                found.append(_web(text) if kind == "text/html" else text)
    return "\n".join(found)


def _strings(data: Any) -> Iterator[str]:
    """All words of some JSON but drawings, and numbers with what they are of."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in ("svg", "widths", "size", "image", "width", "height"):
                yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)
    elif isinstance(data, str) and "<svg" not in data:
        yield data


def _explained(report: Assessment) -> str:
    ctx = report.context
    lines = []
    for section in ctx.instrument.dimensions[:3]:
        for group in (ALL, *(g.id for g in ctx.released.groups)):
            lines.append(explained(ctx, section.id, group))
    units = [u.id for u in ctx.engagement.units][:4]
    side = ctx.released.group(ctx.instrument.sides[0])
    for unit in units if side else ():
        lines.append(explained(ctx, ctx.instrument.dimensions[0].id, side.id, unit))
    return "\n".join(lines)


def _units(report: Assessment) -> str:
    units = [unit.id for unit in report.engagement.units]
    return "\n".join(_pdf_or_web(report.unit_sheet(unit).blocks) for unit in units)


def _talks(report: Assessment) -> str:
    found = []
    for section in report.context.instrument.dimensions:
        for side in report.context.instrument.sides:
            found.append(_pdf_or_web(report.conversation_sheet(section.id, side).blocks))
    return "\n".join(found)


def _pieces(report: Assessment) -> str:
    """What a board, everybody, a leader and a pair read, and what lies on the tables."""
    names = ("board", "employees", "worksheets")
    own = [report.own_sheet(one).blocks for one in (*report.context.instrument.sides, "pair")]
    return "\n".join((_sections(*names)(report), *map(_pdf_or_web, own)))


def _pdf_or_web(blocks: Any) -> str:
    return _web(render_html(blocks))


def _sections(*names: str) -> Callable[[Assessment], str]:
    def read(report: Assessment) -> str:
        shown = [report.section(name).blocks for name in names]
        return "\n".join(_web(render_html((report.info, *blocks))) for blocks in shown if blocks)

    return read


def _audit(report: Assessment) -> str:
    """Words only, but for the thresholds, the version and a digest over what is printed."""
    audit = dict(audit_of(report.released)[0])
    audit.pop("digest")
    return re.sub(r"thresholds.*?\}|instrument\W+[\w .-]+", "", audit_text(audit), flags=re.S)


#: Every form in which a version leaves the kit.
KINDS: Mapping[str, Callable[[Assessment], str]] = {
    "pdf": lambda report: _pdf(report.blocks()),
    "response": _sections("response", "quality", "comments"),
    "html": lambda report: _web(render_html(report.blocks())),
    "units": _units,
    "audit": _audit,
    "docx": lambda report: _word(report.blocks()),
    "talks": _talks,
    "pieces": _pieces,
    "notebook": _notebook,
    "explain": _explained,
    "xlsx": _excel,
    "pptx": _slides,
    "actions": _actions,
}

#: Those that are a whole report.
WHOLE = ("pdf", "html", "docx", "notebook", "xlsx", "pptx")

#: Headings of numbers of people, and of shares, in the workbook.
PEOPLE = {"Answers (n)", "Answered", "Invited", "n", "Most answers (n)", "Without an answer"}
PARTS = {"Share", "Not rated", "Don't know", "Not relevant"}


def read_back(folder: Path, wave: str, kind: str) -> str:
    """The text of one form of the version that was issued last."""
    engagement = load_engagement(folder)
    released = replace(release.issue(engagement, wave), waiting=WAITING)
    with undrawn():
        return KINDS[kind](assess(folder, language="en", wave=wave, released=released))


# ------------------------------------------------------------------------------ what is told

_NUMBER = re.compile(r"(?<![\w.,:/\u2013-])[+\u2212-]?(\d+(?:\.\d+)?)(?![\w]|[.,:/]\d)(\s?%)?")
#: In the kit's own sentences: boundaries of levels, thresholds of rules, confidence.
CONSTANTS = {1.5, 2.5, 3.5, 4.5, 0.5}
PERCENT = {60.0, 95.0, 99.0}


def untold(text: str, delivery: Delivery, kind: str) -> list[str]:
    """Numbers in a text that the attacker was not told, with the words before them."""
    decimals, parts, people = _decimals(delivery), _parts(delivery), _people(delivery)
    # Days of work ("1.7 of 18") are made of efforts, and of how many were invited where that is told.
    text = re.sub(r"(?<![\w.,])\d+\.\d(?:\s+of\s+\d+(?![\w.])|,\s+room\s+not\s+known)", "", text)
    if kind == "response":
        # Here every whole number is one of people, but those of the rules.
        text = re.sub(r"A remark of #\w+# to [\w.]+|\d+ November \d+", "", text)
        people |= {float(delivery.threshold), 10.0, 100.0}
    found = []
    for match in _NUMBER.finditer(text):
        value, part = float(match[1]), bool(match[2])
        before = text[max(0, match.start() - 40) : match.start()]
        if value == WAITING:
            known = False
        elif part:
            known = value in parts or kind == "explain"
        elif "." in match[1]:
            share = kind == "xlsx" and value < 1 and round(100 * value, 6) in parts
            known = value in decimals or share or kind == "explain"
        elif kind == "response" or re.search(r"\bn\s*=\s*$", before):
            known = value in people
        else:
            known = True
        if not known:
            found.append(f"{before!r} {match[0]}")
    return found


def _half(value: float, decimals: int = 1) -> float:
    return round(floor(value * 10**decimals + 0.5 + 1e-9) / 10**decimals, 6)


def _decimals(delivery: Delivery) -> set[float]:
    found = set(CONSTANTS) | set(delivery.derived)
    for m in delivery.means:
        found |= {x for x in (m.mean, m.low, m.high, m.spread) if x is not None}
        if m.low is not None and m.high is not None:
            found.add(_half((m.high - m.low) / 2))
        asked = delivery.invited.get((m.unit, m.group))
        if asked and m.n and asked >= m.n:
            # Where it would stand if those who are silent stood a point off.
            found |= {
                _half((m.n * m.mean + (asked - m.n) * end) / asked)
                for end in (max(1.0, m.mean - 1), min(5.0, m.mean + 1))
            }
    for a, b in combinations([m for m in delivery.means if m.mean is not None], 2):
        if a.measure == b.measure:
            found.add(_half(abs(a.mean - b.mean)))
    for g in delivery.gaps:
        found |= {abs(x) for x in (g.difference, g.low, g.high) if x is not None}
    for c in delivery.changes:
        found |= {abs(x) for x in (c.before, c.now, c.difference, *c.others, c.together or 0.0)}
    found |= {abs(d.distance) for d in delivery.distances} | {w.mean for w in delivery.without}
    return {round(abs(x), 6) for x in found}


def _parts(delivery: Delivery) -> set[float]:
    found = set(PERCENT) | {100 * x for x in delivery.derived if 0 <= x <= 1}
    found |= {100 * x for s in delivery.shares for x in s.shares}
    found |= {100 * m.silent for m in delivery.means if m.silent is not None}
    for w in delivery.ways:
        found |= {100 * x for x in (w.dont_know, w.not_relevant, w.together) if x is not None}
    for c in delivery.counts:
        asked = delivery.invited.get((c.unit, c.group))
        if asked:
            found.add(100 * c.n / asked)
    return {_half(x, 0) for x in found}


def _people(delivery: Delivery) -> set[float]:
    found = {c.n for c in delivery.counts} | {w.n for w in delivery.ways}
    found |= {p.n for p in delivery.people} | {w.n for w in delivery.without}
    found |= {m.n for m in delivery.means if m.n is not None}
    # The least that a pair of perspectives can be, where only one of them was asked: of the others
    # too few may have answered.
    most: dict[str, int] = {}
    for c in delivery.counts:
        if c.unit == delivery.root and c.n is not None:
            most[c.group] = max(most.get(c.group, 0), c.n)
    pairs = (n for group, n in most.items() if len(delivery.groups.get(group, ())) > 1)
    found |= {n - (delivery.threshold - 1) for n in pairs}
    # Where every group is counted, so are all.
    found.add(sum(c.n for c in delivery.counts if c.unit == delivery.root and not c.measure))
    found |= set(delivery.invited.values()) | {c.linked for c in delivery.changes if c.linked}
    for c in delivery.counts:
        asked = delivery.invited.get((c.unit, c.group))
        if asked is not None:
            found.add(asked - c.n)
    return {float(n) for n in found}
