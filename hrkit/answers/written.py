"""Writing what an import comes to, in the transaction in which it was planned."""

from __future__ import annotations

from sqlalchemy import Connection, delete, update

from hrkit.answers import batches
from hrkit.answers.imports import ImportPlan
from hrkit.answers.schema import answers, imports, respondents
from hrkit.storage.bulk import insert_rows

__all__ = ["write"]


def write(connection: Connection, made: ImportPlan, name: str = "") -> str:
    """Write a plan, in the transaction in which it was made; the name of the batch comes back.

    Parameters
    ----------
    name
        Of the batch; the day, and a number behind it, if empty.

    Raises
    ------
    AnswersError
        If a batch has that name already.
    """
    if not made.people:
        return ""
    batch = batches.begin(
        connection, name, made.waves, rows=made.rows, new=made.added.new, replaced=made.replaced
    )
    there = set(made.remove)
    batches.keep_before(connection, batch.number, there)
    for key in there:
        connection.execute(delete(answers).where(answers.c.respondent == key))
    people = [
        {"source": None, **row, "batch": batch.number}
        for row in sorted(made.people, key=lambda row: row["key"])
    ]
    # Who is there already stays: what stood before hangs on the row.
    for row in (row for row in people if row["key"] in there):
        connection.execute(update(respondents).where(respondents.c.key == row["key"]).values(**row))
    columns = tuple(people[0])
    fresh = [tuple(row.values()) for row in people if row["key"] not in there]
    insert_rows(connection, respondents, columns, fresh)
    _write_answers(connection, made)
    for file in made.files:
        connection.execute(imports.insert().values(**file, batch=batch.number))
    return batch.name


def _write_answers(connection: Connection, made: ImportPlan) -> None:
    """What people said, in the order of the table's key, which is random; few answers have an id."""
    columns = ("respondent", "item", "facet", "value", "id")
    order = sorted(set().union(*made.answers.values()))
    plain, words = [], []
    for key in sorted(made.answers):
        said, ids = made.answers[key], made.ids.get(key, {})
        plain += [(key, *pair, said[pair]) for pair in order if pair in said and pair not in ids]
        words += [(key, *pair, said[pair], id) for pair, id in ids.items()]
    insert_rows(connection, answers, columns[:4], plain)
    insert_rows(connection, answers, columns, words)
