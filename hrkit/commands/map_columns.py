"""Draft a mapping from a file that another program wrote, and try it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from hrkit.errors import AnswersError, HrkitError, Problem
from hrkit.files import write_all
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.text import shown

__all__ = ["Drafted", "map_columns"]


class Drafted(NamedTuple):
    """A mapping that was written: where, what is sure of it and what is not, and whether it works.

    ``problems`` is what importing the file with it would say now.
    """

    file: Path
    sure: tuple[str, ...]
    unsure: tuple[str, ...]
    problems: tuple[Problem, ...]


def map_columns(
    file: str | Path,
    into: str | Path,
    *,
    perspective: str = "",
    dictionary: str | Path | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    output: str | Path | None = None,
    overwrite: bool = False,
    ask: Callable[[tuple[str, ...]], str] | None = None,
) -> Drafted:
    """Draft the mapping of a file for an engagement.

    Parameters
    ----------
    file
        What another program exported.
    into
        The engagement's folder.
    perspective
        Who answered, where no column says so.
    dictionary
        A data dictionary of REDCap: questions and codes of the fields.
    encoding, sheet
        As import takes them.
    output
        Where to write it; ``NAME-mapping.yml`` in the engagement's folder if not given.
    overwrite
        Whether a mapping that is there may be replaced.
    ask
        Asks a person who answered, with the ids to choose from; the one question there is.

    Raises
    ------
    HrkitError
        If the file cannot be read, or a mapping of that name is there.
    """
    from hrkit.answers.begun import as_begun
    from hrkit.answers.files.read import read_table
    from hrkit.answers.readers.dictionary import read_dictionary
    from hrkit.answers.readers.drafting import draft
    from hrkit.answers.readers.headings import Headings
    from hrkit.answers.tool_codes import QuestionCodes

    path, folder = Path(file), Path(into)
    engagement = as_begun(engagements.load(folder))
    place = Path(output) if output else folder / f"{path.stem}-mapping.yml"
    if place.exists() and not overwrite:
        raise HrkitError(f"{place} is there already; --overwrite replaces it.")
    known, codes = Headings(engagement.instrument, engagement), QuestionCodes(engagement.instrument)
    table = read_table(
        path,
        recognise=lambda text: known.knows(text) or codes.find(text) is not None,
        encoding=encoding,
        sheet=sheet,
    )
    fields = read_dictionary(dictionary) if dictionary else {}
    made = draft(table, engagement, perspective, fields)
    if made.open and ask is not None:
        made = draft(table, engagement, ask(made.open), fields)
    head = (
        f"# Drafted from {shown(path.name)}. Look at what is remarked, then: hrkit check, hrkit "
        "import.\n"
    )
    write_all({place: (head + made.text).encode("utf-8")})
    problems = _tried(path, place, engagement, encoding, sheet)
    return Drafted(place, tuple(made.sure), tuple(made.unsure), problems)


def _tried(
    path: Path, mapping: Path, engagement: Engagement, encoding: str | None, sheet: str | None
) -> tuple[Problem, ...]:
    """What reading the file by the mapping says is wrong."""
    from hrkit.answers.readers.mapped import read_mapped

    try:
        read_mapped(path, mapping, engagement, encoding=encoding, sheet=sheet)
    except AnswersError as error:
        return error.problems or (Problem(path.name, error.summary),)
    return ()
