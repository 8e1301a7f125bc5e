"""Write the calendar of the whole engagement: to print, for Word, as a workbook, and for people's calendars."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.outputs import Outputs
from hrkit.errors import EngagementError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement_rules import parse_date

if TYPE_CHECKING:
    from hrkit.publish.ics import CalendarEvent
    from hrkit.report.handouts.process import ProcessPage

__all__ = ["plan_process"]


def plan_process(
    folder: str | Path,
    *,
    workshop: dt.date | str | None = None,
    start: dt.date | str | None = None,
    language: str = "",
    output: str | Path | None = None,
    overwrite: bool = False,
) -> tuple[Path, ...]:
    """Write the calendar from top management's purpose to the next round; no answer is read for it.

    Parameters
    ----------
    folder
        The engagement's folder.
    workshop
        The day of the workshop, from which all others are counted, also as ``2027-11-08``;
        ``letters.meeting`` of ``engagement.yml`` if None or empty.
    start
        The day of the first step, instead of the workshop's.
    language
        The engagement's own if empty.
    output
        Folder for the files; the engagement's if None.
    overwrite
        Replace files that were changed since.

    Returns
    -------
    tuple of Path
        The calendar as ``.pdf``, ``.docx``, ``.xlsx`` and ``.ics``.

    Raises
    ------
    HrkitError
        If no day is given to count from, or the engagement cannot be used.
    """
    from hrkit.assessment.load import minutes
    from hrkit.publish.excel import render_excel
    from hrkit.publish.ics import render_ics
    from hrkit.publish.pdf import render_pdf
    from hrkit.publish.word import render_word
    from hrkit.report.calendar import days_of, planned, start_of
    from hrkit.report.handouts.process import ProcessPage
    from hrkit.report.running import paper_info

    engagement = engagements.load(folder)
    spoken = language or engagement.language
    if spoken not in engagement.instrument.languages:
        has = ", ".join(engagement.instrument.languages)
        raise EngagementError(f"{engagement.instrument.id} has no language {spoken}; it has {has}.")
    first = _day(start)
    day = start_of(first) if first else _day(workshop) or engagement.letters.meeting
    if day is None:
        raise EngagementError(
            "No day to count from: give the workshop's (--workshop 2027-11-08), or the first day "
            "(--start), or write letters.meeting in engagement.yml."
        )
    words, days = engagement.words(spoken), days_of(engagement, spoken)
    steps = planned(engagement, day, days)
    page = ProcessPage(engagement, words, day, steps, minutes(engagement), days.known)
    printed = engagement.report.date or dt.date.today()
    info = paper_info(engagement, words, page.title, printed, landscape=True)
    home = Path(output) if output is not None else engagement.folder
    if not home.is_dir():
        raise EngagementError(f"{home} is no folder; name one for the calendar (-o).")
    stem = f"{engagement.id}-{spoken}-process"
    blocks = (info, *page.blocks())
    files = {
        home / f"{stem}.pdf": render_pdf(blocks),
        home / f"{stem}.docx": render_word(blocks),
        home / f"{stem}.xlsx": render_excel((page.worksheet(),), info),
        home / f"{stem}.ics": render_ics(_events(page, engagement.id), printed),
    }
    outputs = Outputs(engagement.folder, overwrite)
    outputs.check(files)
    outputs.write(files, final=False)
    return tuple(files)


def _day(said: dt.date | str | None) -> dt.date | None:
    if not isinstance(said, str) or not said:
        return None if isinstance(said, str) else said
    if (day := parse_date(said)) is None:
        raise EngagementError(f"{said} is no date; write it as 2026-11-21.")
    return day


def _events(page: ProcessPage, engagement: str) -> list[CalendarEvent]:
    """An event a step that is still to come."""
    from hrkit.publish.ics import CalendarEvent

    return [
        CalendarEvent(
            f"{one.step.id}.{engagement}@hrkit",
            page.called(one),
            "\n".join((*page.who(one), *page.stands(one))),
            one.day,
            one.until or one.day,
        )
        for one in page.steps
        if one.done is None
    ]
