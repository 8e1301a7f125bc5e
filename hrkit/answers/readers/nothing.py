"""What programs write into a cell in which nothing was answered.

R writes ``NA``, SPSS ``#NULL!`` into a workbook and a point or a run of nines elsewhere, databases
``NULL``, pandas ``NaN``.  In an export of a program nobody has typed these: they say nothing, and are
read so.  In a file that people fill in, somebody may have meant "not applicable", so there it is for a
person to say (``blank`` of a mapping).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hrkit.answers.files.table import CellTable
from hrkit.answers.readers.vocabulary import Values, Wrong
from hrkit.model.instrument import Question
from hrkit.text import Lookup, normal, shown

__all__ = ["WRITTEN", "may_be_nothing", "say_blank", "written_for_nothing"]

#: By whom: R; pandas; databases (MySQL's dump, SQL Server); SPSS in a workbook; SPSS, SAS and Stata;
#: the codes that are kept for it where a column holds numbers.
WRITTEN = (
    *("NA", "<NA>", "NaN", "NULL", r"\N", "#NULL!", "."),
    *("-9", "-99", "-999", "-9999"),
)
#: What a lookup that found nothing leaves, too: an answer may be lost behind it.
_ERRORS = ("#N/A", "N/A")


def written_for_nothing(
    questions: Iterable[Question], coded: Iterable[Lookup[str]] = ()
) -> tuple[str, ...]:
    """What of `WRITTEN` is no answer to any of these questions.

    Parameters
    ----------
    questions
        What a file answers.
    coded
        The codes that a program has for answers of its own.
    """
    scales = {q.facet.scale.id: q.facet.scale for q in questions if q.facet.scale.kind != "text"}
    values, codes = [Values(scale) for scale in scales.values()], tuple(coded)
    return tuple(
        text
        for text in WRITTEN
        if all(isinstance(one.find(text), Wrong) for one in values)
        and not any(text in one for one in codes)
    )


_MAY_BE = frozenset(map(normal, (*WRITTEN, *_ERRORS)))


def may_be_nothing(text: str) -> str:
    """What to do about a cell that may stand for nothing; empty for any other."""
    if normal(text) not in _MAY_BE:
        return ""
    return (
        f"where {shown(text)} stands for no answer, empty the cells, or say so in a mapping: "
        f'blank: ["{shown(text.strip())}"] (hrkit map drafts one); else correct them'
    )


def say_blank(
    table: CellTable,
    columns: Iterable[int],
    texts: Iterable[str],
    why: str,
    odd: Mapping[tuple[int, int], str] | None = None,
) -> Iterator[str]:
    """What is said of cells that hold something and were read as blank.

    Parameters
    ----------
    table
        The file.
    columns
        Those that are read.
    texts
        What was read as blank, as it stands there.
    why
        What says that it is.
    odd
        Error values of a workbook that were read as blank, by place.
    """
    looked = frozenset(columns)
    found: dict[str, list[tuple[int, int]]] = {text: [] for text in sorted(texts)}
    if found:
        for row in table.rows:
            for column in looked:
                if (cell := row.cell(column)) in found:
                    found[cell].append((row.number, column))
    for place, text in sorted((odd or {}).items()):
        found.setdefault(text, []).append(place)
    for text, places in found.items():
        if not places:
            continue
        many = "1 cell says" if len(places) == 1 else f"{len(places)} cells say"
        first = table.where(*min(places)).removeprefix(table.name).strip(" ,")
        read = "was" if len(places) == 1 else "were"
        yield f"{table.name}: {many} “{shown(text)}” (first: {first}) and {read} read as blank{why}."
