"""Write the papers that come with processing answers, filled in from engagement.yml."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from hrkit.commands.outputs import folder_place, write_folder
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements
from hrkit.model.duty_papers import Duty, StorePlace, duty_papers
from hrkit.model.engagement import Engagement

__all__ = ["Papers", "papers"]

#: Sub-folder of the engagement's folder where papers go; those of its own lie there as .yml.
FOLDER = "duties"


@dataclass(frozen=True, slots=True)
class Papers:
    """The files that were written, and what somebody still has to decide, paper by paper."""

    paths: tuple[Path, ...]
    messages: tuple[str, ...] = ()


def papers(
    folder: str | Path,
    names: Collection[str] = (),
    *,
    language: str = "",
    wave: str = "",
    output: str | Path | None = None,
    overwrite: bool = False,
) -> Papers:
    """Write impact assessment, record of processing, privacy notice, retention plan and letter.

    No answer is read for it.  Each is marked as to be completed and checked by the reader's own adviser.

    Parameters
    ----------
    folder
        The engagement's folder.
    names
        Ids of papers; all if empty.
    language
        The engagement's own if empty.
    wave
        Id of the round; the latest if empty.
    output
        Folder for them; ``duties`` in the engagement's if not given.
    overwrite
        Replace files that were changed since.

    Returns
    -------
    Papers
        Each paper as ``.docx`` and ``.pdf``, the impact assessment also as the CNIL tool's ``.json``.

    Raises
    ------
    HrkitError
        If there is no such paper, or one of the engagement's own cannot be used: nothing is written then.
    """
    from hrkit.publish.pdf import render_pdf
    from hrkit.publish.word import render_word
    from hrkit.report.handouts.duty import cnil, duty_blocks
    from hrkit.report.running import paper_info

    engagement = engagements.load(folder)
    spoken = language or engagement.language
    if spoken not in engagement.instrument.languages:
        has = ", ".join(engagement.instrument.languages)
        raise HrkitError(f"{engagement.instrument.id} has no language {spoken}; it has {has}.")
    words, round_ = engagement.words(spoken), engagement.wave(wave or None)
    made = {one.id: one for one in duty_papers(engagement, spoken, round_.id, _place(engagement))}
    if unknown := [name for name in names if name not in made]:
        raise HrkitError(f"There is no paper {unknown[0]!r}; there are {', '.join(made)}.")
    home = folder_place(output, engagement.folder / FOLDER, "papers")
    day = engagement.report.date or dt.date.today()
    files: dict[Path, bytes] = {}
    for name in names or made:
        paper = made[name]
        stem = f"{engagement.id}-{round_.id}-{spoken}-{name}"
        page = (paper_info(engagement, words, paper.title, day), *duty_blocks(paper, words))
        files[home / f"{stem}.docx"] = render_word(page)
        files[home / f"{stem}.pdf"] = render_pdf(page)
        if (told := cnil(paper, words, engagement, day)) is not None:
            text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
            files[home / f"{stem}-cnil.json"] = text.encode("utf-8")
    messages = tuple(_message(made[name]) for name in names or made)
    return Papers(
        write_folder(engagement, home, files, overwrite), tuple(one for one in messages if one)
    )


def _message(paper: Duty) -> str:
    open_ = dict.fromkeys(name for row in paper.rows for name in row.open)
    if not open_:
        return ""
    return f"{paper.id}: write in {', '.join(open_)} (duties:, letters:, waves: in engagement.yml)"


def _place(engagement: Engagement) -> StorePlace:
    from hrkit.answers.neighbours import store_file
    from hrkit.answers.places import synchronised
    from hrkit.storage.cipher import is_encrypted

    store = store_file(engagement)
    if store is None:
        return StorePlace(server=True, program=synchronised(engagement.folder))
    program = synchronised(engagement.folder) or synchronised(store.parent)
    return StorePlace(encrypted=is_encrypted(store), program=program)
