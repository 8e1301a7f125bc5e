"""The answer templates of an engagement, written anew when units, waves or questions have changed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrkit.errors import AnswersError, HrkitError, Problem
from hrkit.files import private_folder, privately
from hrkit.model import engagement_file as engagements

if TYPE_CHECKING:
    from hrkit.model.engagement import Engagement

__all__ = ["out_of_date", "template"]

#: The files ``hrkit new`` writes.
FORM = "form.xlsx"
NAMES = ("answers.xlsx", "answers.csv", FORM)


@privately()
def template(
    folder: str | Path,
    *,
    language: str = "",
    output: str | Path | None = None,
    form: bool = False,
) -> tuple[Path, ...]:
    """Write the answer templates as the engagement is now; one that holds answers is left alone.

    Parameters
    ----------
    folder
        The engagement's folder.
    language
        Of headings and guide; the engagement's own if empty.
    output
        One file to write instead, ``.xlsx`` or ``.csv``; or a folder for all of them.
    form
        The one file is the form for one person.

    Returns
    -------
    tuple of Path
        What was written.

    Raises
    ------
    HrkitError
        If a file holds answers: nothing is written then.
    """
    from hrkit.answers.begun import as_begun
    from hrkit.answers.writers.template import write_template

    engagement = as_begun(engagements.load(folder))
    one = Path(output) if output and not Path(output).is_dir() else None
    if form and one is None:
        raise HrkitError("Name the file of the form (-o); all templates hold it anyway.")
    home = Path(output) if output else engagement.folder
    paths = (one,) if one else tuple(home / name for name in NAMES)
    filled = [path for path in paths if path.exists() and not _empty(path)]
    if filled:
        raise AnswersError("No template was written.", list(_in_the_way(filled)))
    for path in paths:
        old = path.with_name(f".{path.name}.old")
        if path.exists():
            path.replace(old)
        try:
            made = form or (one is None and path.name == FORM)
            write_template(engagement, path, language or None, form=made)
        except BaseException:
            if old.exists():
                old.replace(path)
            raise
        old.unlink(missing_ok=True)
    return paths


def out_of_date(engagement: Engagement) -> tuple[str, ...]:
    """Names of the answer templates in the folder that the engagement has outgrown.

    One that holds answers is no template any more, and one in another language of the instrument
    is as good as one in the engagement's own.
    """
    from hrkit.answers.begun import as_begun

    there = [engagement.folder / name for name in NAMES if (engagement.folder / name).is_file()]
    empty = [path for path in there if _empty(path)]
    engagement = as_begun(engagement) if empty else engagement
    return tuple(path.name for path in empty if not _as_now(engagement, path))


def _as_now(engagement: Engagement, path: Path) -> bool:
    """Whether a template says what one written today would say, whichever program saved it."""
    from hrkit.answers.writers.cells import cells_of
    from hrkit.answers.writers.template import said_by, write_template

    said = _said(path)
    known = engagement.instrument.languages
    languages = sorted(known, key=lambda one: one != engagement.language)
    if path.suffix == ".xlsx":
        cells, form = cells_of(said), path.name == FORM
        return any(said_by(engagement, one, form=form) == cells for one in languages)
    with private_folder("template") as private:
        return any(
            _said(write_template(engagement, private / f"{one}{path.suffix}", one)) == said
            for one in languages
        )


def _said(path: Path) -> Any:
    """The cells of a template, without what a spreadsheet may have changed in saving it."""
    from hrkit.answers.files.excel import texts_of

    data = path.read_bytes()
    if path.suffix == ".xlsx":
        return texts_of(data, path.name)
    text = data.decode("utf-8-sig", "replace")
    split = (next(csv.reader([text], delimiter=mark), []) for mark in ",;\t")
    return max(split, key=len)


def _in_the_way(filled: list[Path]) -> Iterator[Problem]:
    for path in filled:
        yield Problem(
            path.name,
            "holds something below its headings",
            "import it and move it away, or name another file with -o",
        )


def _empty(path: Path) -> bool:
    """Whether a file is a template without a row; what cannot be read is not."""
    from hrkit.answers.files.read import read_table
    from hrkit.answers.files.table import UNFILLED
    from hrkit.answers.readers.template import laid_out

    try:
        return not read_table(path, own=laid_out).rows
    except HrkitError as error:
        return [problem.what for problem in error.problems] == [UNFILLED]
