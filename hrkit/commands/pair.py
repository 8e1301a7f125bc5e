"""The sheet of two leaders: written as pages and a workbook; a filled-in one is told to them and kept nowhere.

What two people agree is theirs.  A workbook that is taken becomes a page beside it, and nothing of it goes into
the engagement's folder, its store or its records.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.outputs import Outputs
from hrkit.errors import HrkitError, Problem
from hrkit.files import write_all
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement

if TYPE_CHECKING:
    from hrkit.model.language import Words
    from hrkit.tools.network_leader.pair import Pair

__all__ = ["pair"]

#: The tool whose sheet it is.
TOOL = "network-leader"
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")


def pair(
    folder: str | Path,
    *,
    take: str | Path | None = None,
    language: str = "",
    output: str | Path | None = None,
    overwrite: bool = False,
) -> tuple[Path, ...]:
    """Write what two leaders need, or tell them what their filled-in workbook shows.

    Parameters
    ----------
    folder
        The tool's folder in an engagement.
    take
        A filled-in workbook: a page with what it shows and the agreement is written beside it, or to
        ``output``; nothing is kept.
    language
        The engagement's own if empty; of a workbook that is taken, of its page.
    output
        Folder for what is written; the tool's, or the workbook's own, if None.
    overwrite
        Replace files that were changed.

    Returns
    -------
    tuple of Path
        A page to prepare alone, the agreement and the workbook; or the page that tells.

    Raises
    ------
    HrkitError
        If the folder is no such tool's, or with every wrong cell of the workbook.
    """
    from hrkit.answers.files.excel import PROPERTY
    from hrkit.publish.fillable import render_fillable
    from hrkit.publish.pdf import render_pdf
    from hrkit.report.running import paper_info
    from hrkit.tools.network_leader import guide
    from hrkit.tools.network_leader.pair import told

    engagement = engagements.load(folder)
    if TOOL not in engagement.instrument.speaks:
        raise HrkitError(f"{Path(folder).name} is not the folder of {TOOL}; name that one.")
    spoken = language or engagement.language
    if spoken not in engagement.instrument.languages:
        raise HrkitError(f"{TOOL} has no language {spoken}.")
    words = engagement.words(spoken)
    day = engagement.report.date or dt.date.today()
    title = words("network.agree.title")
    info = paper_info(engagement, words, title, day)
    if take is not None:
        path = Path(take)
        found = _read(engagement, path)
        home = Path(output) if output is not None else path.parent
        page = home / f"{path.stem}.pdf"
        files = {page: render_pdf((info, *guide.told_page(words, found, told(found))))}
    else:
        home = Path(output) if output is not None else engagement.folder
        stem = f"{engagement.id}-{spoken}"
        whose = (PROPERTY, f"{engagement.id} {guide.SHEET}")
        files = {
            home / f"{stem}-prepare.pdf": render_pdf((info, *guide.prepare_page(words))),
            home / f"{stem}-agreement.pdf": render_pdf((info, *guide.agreement_page(words))),
            home / f"{stem}-pair.xlsx": render_fillable(guide.workbook(words, whose), info),
        }
    if not home.is_dir():
        raise HrkitError(f"{home} is no folder; name one (-o).")
    if take is not None:
        # The engagement keeps a list of what it wrote: not even the name of this page stands in it.
        there = [one.name for one in files if one.exists()]
        if there and not overwrite:
            raise HrkitError(f"{there[0]} is there already; move it away, or say --overwrite.")
        write_all(files)
    else:
        outputs = Outputs(engagement.folder, overwrite)
        outputs.check(files)
        outputs.write(files, final=False)
    return tuple(files)


def _read(engagement: Engagement, path: Path) -> Pair:
    """What a workbook says, in whichever language it was written; or every problem of it."""
    from hrkit.answers.files.read import read_table
    from hrkit.text import normal, shown
    from hrkit.tools.network_leader.guide import SHEET
    from hrkit.tools.network_leader.pair import BESIDE, FIELDS, SIDES, Pair

    spoken = [engagement.words(one) for one in engagement.instrument.languages]
    names = _headings(spoken)
    table = read_table(
        path,
        recognise=lambda text: normal(text) in names,
        sheets=tuple(dict.fromkeys(w("network.column.sheet") for w in spoken)),
        beside=tuple(w(f"plan_of_action.{one}") for w in spoken for one in ("guide", "lists")),
    )
    if table.made_for and table.made_for != f"{engagement.id} {SHEET}":
        raise HrkitError(f"{path.name} was written for something else ({shown(table.made_for)}).")
    where = {
        names[normal(text)]: x for x, text in enumerate(table.header.cells) if normal(text) in names
    }
    if "id" not in where or "agreed" not in where:
        what = Problem(
            f"{table.name} row 1", "its headings are not those", "write them as they were"
        )
        raise HrkitError(f"{path.name} cannot be read.", [what])
    prepared: dict[tuple[str, str], str] = {}
    agreed: dict[str, str] = {}
    days: dict[str, dt.date] = {}
    problems: list[Problem] = []
    for row in table.rows:
        id = " ".join(row.cell(where["id"]).split())
        ours = " ".join(row.cell(where["agreed"]).split())
        if id in (*FIELDS, *BESIDE):
            for side in SIDES:
                said = [row.cell(where[one]) for one in where if one.startswith(f"{side}.")]
                text = " · ".join(" ".join(one.split()) for one in said if one.strip())
                if text:
                    prepared[side, id] = text
        if not ours or not id:
            continue
        if id == FIELDS[-1] or id.startswith("yes."):
            found = _day(ours)
            if found is None:
                place = table.where(row.number, where["agreed"])
                problems.append(Problem(place, f"{ours} is no date", "write it as 2026-12-31"))
            else:
                days[id] = found
        elif id in (*FIELDS, *BESIDE):
            agreed[id] = ours
        else:
            place = table.where(row.number, where["id"])
            problems.append(Problem(place, f"there is no line {id}", "leave the first column"))
    if problems:
        raise HrkitError(f"{path.name} cannot be read.", problems)
    yes = {side: days[f"yes.{side}"] for side in SIDES if f"yes.{side}" in days}
    return Pair(prepared, agreed, yes, days.get(FIELDS[-1]))


def _headings(spoken: list[Words]) -> Mapping[str, str]:
    """Headings in any language, to what they stand for."""
    from hrkit.text import normal
    from hrkit.tools.network_leader.guide import PARTS, heading
    from hrkit.tools.network_leader.pair import SIDES

    found: dict[str, str] = {}
    for words in spoken:
        found[normal(words("network.column.id"))] = "id"
        found[normal(words("network.agree.ours"))] = "agreed"
        for side in SIDES:
            found |= {normal(heading(words, side, part)): f"{side}.{part}" for part in PARTS}
    return found


def _day(text: str) -> dt.date | None:
    match = _DAY.fullmatch(text)
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
