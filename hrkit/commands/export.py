"""Write the questions for another program, or on paper: no answer goes with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrkit.commands.outputs import folder_place, write_folder
from hrkit.errors import EngagementError, HrkitError
from hrkit.forms.surveys import tools
from hrkit.model import engagement_file as engagements

if TYPE_CHECKING:
    from hrkit.model.engagement import Engagement

__all__ = ["QuestionsOut", "export", "programs"]

#: Sub-folder of the engagement's folder where surveys go.
FOLDER = "surveys"
#: Ways to ask that are printed here, a file for each role.
PRINTED = {"paper": ".pdf", "word": ".docx"}
_PAPER = (
    "Answers on paper are typed in with hrkit key, by the digits beside them; print a copy for each person.",
)

_CODES = (
    "People are asked for their personal code, if they have one: what they type stands in the export beside "
    "their answers. Delete the export when it is imported, and keep lists of codes away from it (--no-codes "
    "asks for none; then nobody is found again in another round)."
)


@dataclass(frozen=True)
class QuestionsOut:
    """The files that were written, and what the program cannot carry or still needs."""

    paths: tuple[Path, ...]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([*map(str, self.paths), *(f"note: {note}" for note in self.notes)])


def programs() -> tuple[str, ...]:
    """What questions can be written for."""
    return tuple(sorted((*tools.names(), *PRINTED)))


def export(
    folder: str | Path,
    to: str,
    *,
    wave: str = "",
    language: str = "",
    codes: bool | None = None,
    output: str | Path | None = None,
    overwrite: bool = False,
) -> QuestionsOut:
    """Write the questionnaire as a survey of another program, or to be written on.

    No answer and no number of answers is read for it.  What the program sends back is found again by
    the codes of questions and answers, without a mapping (docs/exporting.md).

    Parameters
    ----------
    folder
        The engagement's folder.
    to
        The program: one of `programs`.
    wave
        Id of the wave; the latest if empty.
    language
        The one language of the survey; all of the engagement if empty.
    codes
        Whether people are asked for their personal code, if they have one; if not said, where the
        engagement has more rounds than one or codes were handed out.
    output
        Folder for the files; ``surveys`` in the engagement's if not given.
    overwrite
        Replace files that were changed since.

    Raises
    ------
    HrkitError
        If there is no such program, wave or language, or nobody has said yet who will see the report.
    """
    from hrkit.answers.begun import as_begun
    from hrkit.forms.surveys.outline import outline

    if to not in programs():
        raise HrkitError(f"There is no program {to!r}; there are {', '.join(programs())}.")
    engagement = as_begun(engagements.load(folder))
    if engagement.undecided:
        raise EngagementError(
            "Nobody has said yet who will see the report, and respondents are told before they "
            f"answer: write it under audience in engagement.yml ({', '.join(engagement.undecided)})."
        )
    if language and language not in engagement.languages:
        has = ", ".join(engagement.languages)
        raise HrkitError(f"Nobody answers in {language} here; languages of {engagement.id}: {has}.")
    round = engagement.wave(wave or None)
    engagement = engagement.as_in(round.id)
    home = folder_place(output, engagement.folder / FOLDER, "surveys")
    if codes and to in PRINTED:
        raise HrkitError(f"--codes says nothing about {to}; leave it out.")
    stem = f"{engagement.id}-{round.id}-{to}"
    if to in PRINTED:
        made = {home / f"{stem}{end}": data for end, data in _printed(engagement, to, language)}
        notes: tuple[str, ...] = _PAPER
    else:
        coded = _has_codes(engagement, round.id) if codes is None else codes
        written = tools.writer(to)(outline(engagement, round, language, coded=coded))
        made = {home / f"{stem}{end}": data for end, data in written.files.items()}
        notes = (*written.notes, *((_CODES,) if coded and to != "ddi" else ()))
    return QuestionsOut(write_folder(engagement, home, made, overwrite), notes)


def _has_codes(engagement: Engagement, wave: str) -> bool:
    """Whether people may have a code: from another round, or on a slip."""
    from hrkit.answers.opening import NoAnswers
    from hrkit.answers.store import open_store

    if len(engagement.waves) > 1:
        return True
    try:
        with open_store(engagement, create=False, write=False) as store:
            return bool(store.handed_out(wave))
    except NoAnswers:
        return False


def _printed(engagement: Engagement, to: str, language: str) -> Iterator[tuple[str, bytes]]:
    """The questionnaire of each role, in each language."""
    from hrkit.publish.pdf import render_pdf
    from hrkit.publish.word import render_word
    from hrkit.report.handouts.form import form_pages
    from hrkit.report.running import paper_info

    day = engagement.report.date or dt.date.today()
    for code in (language,) if language else engagement.languages:
        words = engagement.words(code)
        title = engagement.instrument.title[code]
        info = paper_info(engagement, words, title, day)
        for role in engagement.instrument.perspectives:
            blocks = (info, *form_pages(engagement, role, words))
            made = render_word(blocks) if to == "word" else render_pdf(blocks)
            yield f"-{role}-{code}{PRINTED[to]}", made
