"""The answer templates of an engagement, written anew when units, waves or questions have changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hrkit.errors import AnswersError, HrkitError, Problem
from hrkit.model import engagement_file as engagements

__all__ = ["template"]

#: The files ``hrkit new`` writes.
NAMES = ("answers.xlsx", "answers.csv")


def template(
    folder: str | Path, *, language: str = "", output: Path | None = None
) -> tuple[Path, ...]:
    """Write the answer templates as the engagement is now; one that holds answers is left alone.

    Parameters
    ----------
    folder
        The engagement's folder.
    language
        Of headings and guide; the engagement's own if empty.
    output
        One file to write instead, ``.xlsx`` or ``.csv``.

    Returns
    -------
    tuple of Path
        What was written.

    Raises
    ------
    HrkitError
        If a file holds answers: nothing is written then.
    """
    from hrkit.answers.writers.template import write_template

    engagement = engagements.load(folder)
    paths = (output,) if output else tuple(engagement.folder / name for name in NAMES)
    filled = [path for path in paths if path.exists() and not _empty(path)]
    if filled:
        raise AnswersError("No template was written.", list(_in_the_way(filled)))
    for path in paths:
        old = path.with_name(f".{path.name}.old")
        if path.exists():
            path.replace(old)
        try:
            write_template(engagement, path, language or None)
        except BaseException:
            if old.exists():
                old.replace(path)
            raise
        old.unlink(missing_ok=True)
    return paths


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

    try:
        return not read_table(path).rows
    except HrkitError as error:
        return [problem.what for problem in error.problems] == [UNFILLED]
