"""Write the letters and mails around a round: as text for a mail, for Word, and as PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from hrkit.commands.outputs import folder_place, write_folder
from hrkit.errors import HrkitError
from hrkit.model import engagement_file as engagements

__all__ = ["Written", "letters"]

#: Sub-folder of the engagement's folder where letters go; those of its own lie in ``letters``.
FOLDER = "mail"
#: The sheet for whoever sends them.
OVERVIEW = "overview"


@dataclass(frozen=True, slots=True)
class Written:
    """The files that were written, and what the sender still has to do, letter by letter."""

    paths: tuple[Path, ...]
    messages: tuple[str, ...] = ()


def letters(
    folder: str | Path,
    names: Collection[str] = (),
    *,
    language: str = "",
    wave: str = "",
    output: str | Path | None = None,
    overwrite: bool = False,
) -> Written:
    """Write letters with the engagement's own names, dates, thresholds and words; no answer is read for it.

    Parameters
    ----------
    folder
        The engagement's folder.
    names
        Ids of letters; all, with a sheet for whoever sends them, if empty.
    language
        The engagement's own if empty.
    wave
        Id of the round; the latest if empty.
    output
        Folder for them; ``mail`` in the engagement's if not given.
    overwrite
        Replace files that were changed since.

    Returns
    -------
    Written
        Each letter as ``.txt``, ``.docx`` and ``.pdf``; what is left to write in, and what was left out.

    Raises
    ------
    HrkitError
        If a letter is not there, or one of the engagement's own cannot be used: nothing is written then.
    """
    from hrkit.model.letters import letters as filled
    from hrkit.publish.pdf import render_pdf
    from hrkit.publish.word import render_word
    from hrkit.report.handouts.letter import letter_blocks, letter_text, letters_overview
    from hrkit.report.running import paper_info

    engagement = engagements.load(folder)
    spoken = language or engagement.language
    if spoken not in engagement.instrument.languages:
        has = ", ".join(engagement.instrument.languages)
        raise HrkitError(f"{engagement.instrument.id} has no language {spoken}; it has {has}.")
    words, round = engagement.words(spoken), engagement.wave(wave or None)
    made = {letter.id: letter for letter in filled(engagement, spoken, round.id)}
    unknown = [name for name in names if name not in (*made, OVERVIEW)]
    if unknown:
        raise HrkitError(
            f"There is no letter {unknown[0]!r}; there are {', '.join((*made, OVERVIEW))}."
        )
    home = folder_place(output, engagement.folder / FOLDER, "letters")
    day = engagement.report.date or dt.date.today()
    files: dict[Path, bytes] = {}
    messages: list[str] = []
    for name in names or (OVERVIEW, *made):
        stem = home / f"{engagement.id}-{round.id}-{spoken}-{name}"
        if name == OVERVIEW:
            called = round.name.get(spoken) or next(iter(round.name.values()))
            title = words("letters.overview.title", wave=called)
            blocks = letters_overview(tuple(made.values()), words, called)
        else:
            letter = made[name]
            title, blocks = letter.subject, letter_blocks(letter)
            files[_with(stem, "txt")] = letter_text(letter, words).encode("utf-8")
            if letter.open:
                messages.append(
                    f"{name}: write in {', '.join(letter.open)} (letters: in engagement.yml)"
                )
            if letter.left_out:
                messages.append(f"{name}: nothing is said of {', '.join(letter.left_out)}")
        info = paper_info(engagement, words, title, day, landscape=name == OVERVIEW)
        files[_with(stem, "docx")] = render_word((info, *blocks))
        files[_with(stem, "pdf")] = render_pdf((info, *blocks))
    return Written(write_folder(engagement, home, files, overwrite), tuple(messages))


def _with(stem: Path, ending: str) -> Path:
    """Not `Path.with_suffix`: a wave's id may hold a dot."""
    return stem.with_name(f"{stem.name}.{ending}")
