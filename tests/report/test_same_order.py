"""One order of advice: every page, sheet, slide, workbook and file gives it in the order of the priorities.

What the order is, is read off the page that prints it; what each piece gives first, off its own text.
"""

from __future__ import annotations

import html as entities
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from hrkit.assessment.assessment import Assessment
from hrkit.assessment.profile import load_profile
from hrkit.blocks import Bullets, Heading, Table, plain, walk
from hrkit.blocks.worksheets import workbook
from hrkit.model.languages import codes
from hrkit.publish.excel import render_excel
from hrkit.publish.fillable import render_fillable
from hrkit.publish.pptx import render_pptx
from hrkit.report.handouts.own import own_sheet
from hrkit.report.handouts.unit import unit_sheet
from hrkit.report.sections import SECTIONS
from hrkit.report.worksheets.actions import actions
from hrkit.room.agenda import proposed
from tests.office import of_slides
from tests.report.test_same_advice import CLIENTS, bare

pytestmark = pytest.mark.usefixtures("undrawn")

PIECES = ("summary", "roadmap", "agreements", "worksheets", "board")


def priorities(report: Assessment) -> list[str]:
    """The order as its page prints it: what lies below its target, from the first place on."""
    names = {report.context.name(s): s.id for s in report.context.instrument.dimensions}
    table = next(b for b in walk(SECTIONS["importance"](report.context)) if isinstance(b, Table))
    rows = [[plain(cell) for cell in row] for row in table.rows]
    at = next(i for i, cell in enumerate(rows[0]) if i > 4 and re.fullmatch(r"[−\d.,]+", cell)) + 1
    return [names[row[1]] for row in rows if not row[at].startswith(("−", "0.0", "0,0"))]


def lines(blocks) -> Iterator[str]:
    """What stands in a piece, in reading order."""
    for block in walk(blocks):
        if isinstance(block, Table):
            for row in block.rows:
                yield from (plain(cell) for cell in row)
        elif isinstance(block, Bullets):
            yield from (plain(i) for i in block.items if not hasattr(i, "type"))
        elif isinstance(block, Heading):
            yield plain(block.text)


def placed(report: Assessment, text: str, *, names: bool = False) -> list[str]:
    """Dimensions in the order in which a text gives a first step of theirs, or their names."""
    ctx, whole = report.context, bare(text)
    found: list[tuple[int, str]] = []
    for action in ctx.library.actions if ctx.library else ():
        if not names and (at := whole.find(bare(action.text[ctx.language]))) >= 0:
            found.append((at, action.dimension))
    if names:
        for section in ctx.instrument.dimensions:
            if (at := whole.find(bare(ctx.name(section)))) >= 0:
                found.append((at, section.id))
    return list(dict.fromkeys(dimension for _, dimension in sorted(found)))


def every(report: Assessment, text: str) -> list[str]:
    """Every action of a text, in its order, as often as it stands there."""
    ctx, whole = report.context, bare(text)
    found = [
        (match.start(), action.id)
        for action in (ctx.library.actions if ctx.library else ())
        for match in re.finditer(re.escape(bare(action.text[ctx.language])), whole)
    ]
    return [id for _, id in sorted(found)]


def pieces(report: Assessment) -> Mapping[str, list[str]]:
    """Whatever gives advice or an order, and the dimensions it gives it for."""
    ctx = report.context
    found = {}
    for name in PIECES:
        profile = {"board": "board", "worksheets": "workshop"}.get(name)
        made = (
            replace(ctx, profile=load_profile(profile, ctx.engagement.folder)) if profile else ctx
        )
        text = "\n".join(lines(SECTIONS[name](made)))
        found[name] = placed(report, text, names=name == "worksheets")
    for unit in [u.id for u in ctx.engagement.units][:3]:
        found[f"sheet of {unit}"] = placed(report, "\n".join(lines(unit_sheet(ctx, unit))))
    for reader in ("leader", "hr", "pair"):
        sheet = own_sheet(ctx, reader)
        found[f"own sheet of {reader}"] = placed(report, "\n".join(lines(sheet)))
    found["deck"] = placed(report, of_slides(render_pptx(report.slides(), report.info)))
    advice = next(s for s in report.worksheets() if s.name == ctx.words("appendix.sheet.advice"))
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(render_excel(workbook(report.worksheets()), report.info))
    )
    found["Excel"] = placed(
        report,
        "\n".join(str(c) for row in book.get_sheet_by_name(advice.name).to_python() for c in row),
    )
    form = CalamineWorkbook.from_filelike(
        io.BytesIO(render_fillable(actions(ctx, ("", "")), report.info))
    )
    found["plan of action"] = placed(
        report, "\n".join(str(c) for row in form.get_sheet_by_index(0).to_python() for c in row)
    )
    found["room"] = list(proposed(ctx.engagement, report.released))
    return found


def wrong(report: Assessment) -> list[str]:
    """Pieces whose order is not that of the priorities; those that give all of it, whole."""
    order = priorities(report)
    assert len(order) > 2
    odd = []
    for name, given in pieces(report).items():
        mine = [d for d in given if d in order]
        if mine != [d for d in order if d in mine] or given[: len(mine)] != mine:
            odd.append(f"{name}: {given}, and not {order}")
        elif not mine and not (
            name.startswith("sheet") and name != f"sheet of {report.context.root}"
        ):
            odd.append(f"{name}: nothing")
        # What a reader answers for may begin further down; a unit without figures is advised nothing.
        elif not name.startswith("own") and mine != order[: len(mine)]:
            odd.append(f"{name} leaves out what comes first: {mine} of {order}")
    return odd


@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.parametrize("language", codes())
def test_every_piece_follows_the_order_of_the_priorities(
    client: Callable[[str, str], Assessment], name: str, language: str
) -> None:
    report = client(name, language)
    if language not in report.context.instrument.languages:
        pytest.skip("the instrument has no such language")
    assert wrong(report) == []


@pytest.mark.parametrize("name", CLIENTS)
def test_the_order_is_the_same_in_every_language(client, name: str) -> None:
    spoken = [client(name, language) for language in codes()]
    spoken = [r for r in spoken if r.context.language in r.context.instrument.languages]
    first, *others = [priorities(r) for r in spoken]
    assert others and all(one == first for one in others)


@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.parametrize("language", codes())
def test_every_file_gives_it_in_the_order_of_the_report(
    client, blocks, written, name: str, language: str
) -> None:
    """HTML and Word of the four clients, PDF of one of them: action after action as the pages have them."""
    report = client(name, language)
    if language not in report.context.instrument.languages:
        pytest.skip("the instrument has no such language")
    wanted = every(report, "\n".join(lines(blocks(name, language))))
    assert len(wanted) > 20
    page = re.sub(r"<[^>]*>", " ", written(name, language, "html").decode("utf-8"))
    assert every(report, entities.unescape(page)) == wanted
    with zipfile.ZipFile(io.BytesIO(written(name, language, "docx"))) as opened:
        word = opened.read("word/document.xml").decode("utf-8")
    assert every(report, entities.unescape(re.sub(r"<[^>]*>", "", word))) == wanted
    if name == "municipality":
        pdf = pypdfium2.PdfDocument(written(name, language, "pdf"))
        text = "\n".join(p.get_textpage().get_text_bounded().replace("\ufffe", "") for p in pdf)
        assert every(report, text) == wanted


def test_an_order_that_is_turned_is_seen_in_every_piece(client) -> None:
    """The pages of one order beside the priorities of another."""
    report = client("municipality", "en")
    ranks = {1: 2, 2: 1}
    turned = tuple(replace(p, rank=ranks.get(p.rank, p.rank)) for p in report.released.priorities)
    other = replace(report.context, released=replace(report.released, priorities=turned))
    mixed = Assessment(other, report.profile)
    order = priorities(report)
    for name, given in pieces(mixed).items():
        mine = [d for d in given if d in order[:2]]
        # A leader's own sheet has the steps a leader answers for: it may have but one of the two.
        few = name.startswith(("own", "sheet")) and len(mine) < 2
        assert mine == order[1::-1] or few, (name, mine)
