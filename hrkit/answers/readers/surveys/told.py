"""What is to be said of a survey: what was not read of it, and what it does not ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from hrkit.answers.files.table import CellTable, letter
from hrkit.answers.readers.surveys.columns import Columns
from hrkit.answers.readers.surveys.found import Survey
from hrkit.answers.tool_codes import AskedAs
from hrkit.errors import Problem
from hrkit.model.engagement import Engagement
from hrkit.text import oddities, shown

__all__ = ["say_odd", "say_own", "say_rest"]


def say_odd(table: CellTable, survey: Survey, notes: list[str]) -> None:
    """What headings hold that nobody can see, and was disregarded."""
    read = (name for column in survey.named for name in survey.heads.names[column])
    odd = dict.fromkeys(kind for name in read for kind in oddities(name.strip()))
    if odd:
        notes.append(f"{table.name}: headings hold {', '.join(odd)}; these do not count.")


def say_own(table: CellTable, survey: Survey, notes: list[str]) -> None:
    """Columns of the program's own that hold what is never stored."""
    for kinds, what in (
        (("time",), "times"),
        (("address",), "addresses, names and places"),
        (("number",), "the program's own numbers of sheets"),
    ):
        columns = [c for c, kind in survey.own.items() if kind in kinds and _filled(survey, c)]
        if columns:
            notes.append(
                f"{table.name}: {what} were not read and are not stored ({_listed(survey, columns)})."
            )


def say_rest(
    table: CellTable,
    survey: Survey,
    engagement: Engagement,
    problems: list[Problem],
    notes: list[str],
    roles: Collection[str] = (),
) -> None:
    """Columns that ask nothing of the kit's, and questions that no column asks.

    Of ``roles`` alone, where it is known who answers: a form for one role lacks what others are asked.
    """
    rest = [
        column
        for column in range(len(survey.heads.names))
        if column not in survey.named and column not in survey.own and _filled(survey, column)
    ]
    columns = Columns.of(engagement) if rest else None
    for column in list(rest):
        near = columns.near(survey.heads.names[column]) if columns else None
        if near and near.asked and not _asked_elsewhere(survey, near.asked, columns):
            rest.remove(column)
            problems.append(
                Problem(
                    table.where(1, column),
                    f"“{shown(survey.heads.names[column][0])}” is nearly the question "
                    f"{near.asked.key} and not it",
                    "say what it is in a mapping (hrkit map), or correct the heading",
                )
            )
    if rest:
        notes.append(
            f"{table.name}: columns that ask nothing of {engagement.instrument.id} were left out: "
            f"{_listed(survey, rest)}."
        )
    told = {one.asked.key for one in survey.named.values() if one.asked}
    told |= {key.rpartition(":")[0] for key in told}
    asked = {
        key: question.item.ask
        for key, question in engagement.instrument.keys.items()
        if not roles or not set(question.item.ask).isdisjoint(roles)
    }
    absent = [key for key in asked if key not in told]
    if absent:
        notes.append(f"{table.name} has no column for {', '.join(absent)}.")


def _asked_elsewhere(survey: Survey, asked: AskedAs, columns: Columns | None) -> bool:
    """Whether another column asks this of the same role."""
    same = [o.asked for o in survey.named.values() if o.asked and o.asked.key == asked.key]
    roles = [columns.readers(one) for one in same] if columns else []
    return any(not who or not asked.perspective or asked.perspective in who for who in roles)


def _filled(survey: Survey, column: int) -> bool:
    return any(row.cell(column).strip() for row in survey.heads.rows)


def _listed(survey: Survey, columns: Sequence[int]) -> str:
    names: Iterable[str] = (
        shown(survey.heads.names[column][0]) if survey.heads.names[column] else letter(column)
        for column in columns
    )
    listed = list(dict.fromkeys(names))
    more = f" and {len(listed) - 12} more" if len(listed) > 12 else ""
    return ", ".join(listed[:12]) + more
