"""Draft a mapping from a file that another program wrote, or from several, and try it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from hrkit.errors import AnswersError, HrkitError, Problem
from hrkit.files import write_all
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement
from hrkit.text import normal, shown

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
    file: str | Path | Sequence[str | Path],
    into: str | Path,
    *,
    perspective: str = "",
    dictionary: str | Path | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    output: str | Path | None = None,
    overwrite: bool = False,
    ask: Callable[[str, tuple[str, ...]], str] | None = None,
) -> Drafted:
    """Draft the mapping of a file for an engagement, or one of several files, a form for each role.

    Parameters
    ----------
    file
        What another program exported; or several files.
    into
        The engagement's folder.
    perspective
        Who answered, where no column says so; of several files each is asked for.
    dictionary
        A data dictionary of REDCap: questions and codes of the fields.
    encoding, sheet
        As import takes them.
    output
        Where to write it; ``NAME-mapping.yml`` in the engagement's folder if not given, of several
        files ``mapping.yml``.
    overwrite
        Whether a mapping that is there may be replaced.
    ask
        Asks a person who answered a file, with its name and the ids to choose from; the one question there is.

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
    from hrkit.answers.readers.per_file import as_one_mapping
    from hrkit.answers.tool_codes import QuestionCodes

    paths = tuple(map(Path, (file,) if isinstance(file, str | Path) else file))
    folder, several = Path(into), len(paths) > 1
    names = [path.name for path in paths]
    if not paths or len({normal(name) for name in names}) < len(names):
        raise HrkitError("Name a file, or several that are called differently.")
    if several and perspective:
        raise HrkitError("Of several files each says who answered, or is asked: leave it out.")
    engagement = as_begun(engagements.load(folder))
    name = "mapping.yml" if several else f"{paths[0].stem}-mapping.yml"
    place = Path(output) if output else folder / name
    if place.exists() and not overwrite:
        raise HrkitError(f"{place} is there already; --overwrite replaces it.")
    known, codes = Headings(engagement.instrument, engagement), QuestionCodes(engagement.instrument)
    fields = read_dictionary(dictionary) if dictionary else {}
    drafts: dict[str, str] = {}
    sure: list[str] = []
    unsure: list[str] = []
    for path in paths:
        table = read_table(
            path,
            recognise=lambda text: known.knows(text) or codes.find(text) is not None,
            encoding=encoding,
            sheet=sheet,
        )
        made = draft(table, engagement, perspective, fields)
        if made.open and ask is not None:
            made = draft(table, engagement, ask(path.name, made.open), fields)
        drafts[path.name] = made.text
        whose = f"{shown(path.name)}: " if several else ""
        sure += [whose + one for one in made.sure]
        unsure += [whose + one for one in made.unsure]
    text = as_one_mapping(drafts) if several else drafts[names[0]]
    listed = ", ".join(map(shown, names))
    head = f"# Drafted from {listed}. Look at what is remarked, then: hrkit check, hrkit import.\n"
    write_all({place: (head + text).encode("utf-8")})
    problems = [p for path in paths for p in _tried(path, place, engagement, encoding, sheet)]
    return Drafted(place, tuple(sure), tuple(unsure), tuple(dict.fromkeys(problems)))


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
