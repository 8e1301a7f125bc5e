"""Print papers to write on: questionnaires, the forms that actions name, the grid, and the pulse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.outputs import folder_place, write_folder
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements

if TYPE_CHECKING:
    from hrkit.blocks import Block, DocumentInfo
    from hrkit.model.engagement import Engagement
    from hrkit.model.language import Words

__all__ = ["print_papers"]

#: Sub-folder of the engagement's folder where papers go.
FOLDER = "papers"


def print_papers(
    folder: str | Path,
    names: Collection[str] = (),
    *,
    language: str = "",
    output: str | Path | None = None,
    overwrite: bool = False,
) -> tuple[Path, ...]:
    """Print papers as PDF files, one each; no answer is read for it.

    Parameters
    ----------
    folder
        The engagement's folder.
    names
        Ids of papers; ``grid``, ``pulse``, for one dimension ``grid-trust``, and the questionnaire of
        a perspective, ``questionnaire-leader``.  All if empty.
    language
        The engagement's own if empty.
    output
        Folder for them; ``papers`` in the engagement's if not given.

    Returns
    -------
    tuple of Path
        What was written.

    Raises
    ------
    HrkitError
        If a paper is not there, or what is written on one of the engagement's own cannot be used:
        nothing is written then.
    """
    from hrkit.publish.pdf import render_pdf
    from hrkit.report.running import paper_info

    engagement = engagements.load(folder)
    spoken = language or engagement.language
    if spoken not in engagement.instrument.languages:
        spoken_here = ", ".join(engagement.instrument.languages)
        raise HrkitError(
            f"{engagement.instrument.id} has no language {spoken}; it has {spoken_here}."
        )
    words = engagement.words(spoken)
    known = _known(engagement, words)
    if not known:
        raise HrkitError(f"There are no papers for {engagement.instrument.id}.")
    unknown = [name for name in names if name not in known]
    if unknown:
        raise HrkitError(f"There is no paper {unknown[0]!r}; there are {', '.join(known)}.")
    home = folder_place(output, engagement.folder / FOLDER, "papers")
    day = engagement.report.date or dt.date.today()
    made: dict[Path, bytes] = {}
    for name in names or known:
        title, blocks, flat = known[name]
        info: DocumentInfo = paper_info(engagement, words, title, day, landscape=flat)
        made[home / f"{engagement.id}-{spoken}-{name}.pdf"] = render_pdf((info, *blocks))
    return write_folder(engagement, home, made, overwrite)


def _known(
    engagement: Engagement, words: Words
) -> Mapping[str, tuple[str, tuple[Block, ...], bool]]:
    """Every paper by name: its title, its blocks, and whether it lies on its side."""
    from hrkit.answers.begun import as_begun
    from hrkit.model.papers import papers
    from hrkit.model.script import CARDS, script_of
    from hrkit.report.handouts.form import form_pages
    from hrkit.report.handouts.grid import pulse_page, whole_grid, worksheet
    from hrkit.report.handouts.meeting import agenda_page, card_page, script_pages
    from hrkit.report.handouts.paper import paper_blocks

    instrument, language = engagement.instrument, words.language
    who = partial(_owner, engagement, words)
    found: dict[str, tuple[str, tuple[Block, ...], bool]] = {}
    if instrument.has_grid:
        found["grid"] = (words("papers.grid.title"), whole_grid(instrument, words), True)
        found["pulse"] = (words("papers.pulse.title"), pulse_page(instrument, words), False)
        for section in instrument.dimensions:
            page = worksheet(instrument, section, words)
            found[f"grid-{section.id}"] = (section.name[language], page, False)
    if language in engagement.languages:
        asked = as_begun(engagement)
        asked = asked.as_in(asked.wave().id)
        for id in asked.instrument.perspectives:
            page = form_pages(asked, id, words)
            found[f"questionnaire-{id}"] = (asked.instrument.title[language], page, False)
    script = script_of(engagement)
    if script is not None:
        title = script.said["title"][language]
        for minutes in script.agendas:
            page = agenda_page(script, words, minutes)
            found[f"agenda-{minutes}"] = (title, page, False)
        found["script"] = (title, script_pages(script, words), False)
        for kind in CARDS:
            page = card_page(script, kind, words)
            found[f"cards-{kind}"] = (script.said[kind]["title"][language], page, False)
    for id, paper in papers(engagement).items():
        flat = paper.size == "landscape"
        found[id] = (paper.title[language], paper_blocks(paper, words, who), flat)
    return found


def _owner(engagement: Engagement, words: Words, name: str) -> str:
    key = f"report.action.owner.{name}"
    if key not in words:
        return str(engagement.instrument.people.one(name).name("in_text", words.language))
    text = words(key)
    # Within a line; HR keeps its capitals.
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
