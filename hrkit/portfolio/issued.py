"""The benchmarks of a portfolio that were issued: ``benchmarks.sqlite`` in the folder of its engagements.

It is read before the next one is decided, in the same transaction, so that no two of them say too much
beside each other; and it says what was shown to whom.  It holds organisations' released means and no answer;
it is the consultant's, and only its owner reads it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, select

from hrkit.disclosure.portfolio.decide import DecidedNorms, IssuedNorms, compared_with
from hrkit.disclosure.portfolio.entries import BroughtIn, entry_from_json, entry_to_json
from hrkit.disclosure.released import (
    ComparedWith,
    Norms,
    compared_from_json,
    compared_to_json,
)
from hrkit.errors import StoreError
from hrkit.model.engagement import Engagement
from hrkit.portfolio.schema import TABLES, brought, issues, shown
from hrkit.storage import copies, database

__all__ = [
    "FILE",
    "Benchmarks",
    "KeptBenchmark",
    "benchmarks_of",
    "open_benchmarks",
    "told_last",
]

#: Name of the file in the portfolio's folder.
FILE = "benchmarks.sqlite"


@dataclass(frozen=True)
class KeptBenchmark:
    """A benchmark as it was issued, and what each organisation brought in last."""

    issued: IssuedNorms
    entries: tuple[BroughtIn, ...]


class Benchmarks:
    """The benchmarks of a portfolio, open; each change is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def issue(
        self,
        entries: Sequence[BroughtIn],
        wave: str,
        decide: Callable[[Sequence[IssuedNorms]], DecidedNorms],
        day: dt.date,
    ) -> DecidedNorms:
        """Decide on a benchmark in view of all before it, and keep it if it is another than the last.

        Returns
        -------
        DecidedNorms
            With the number and day of the version that stands.
        """
        with database.writing(self._engine, FILE) as connection:
            before = _all(connection)
            found = decide(before)
            connection.execute(delete(brought).where(brought.c.wave == wave))
            for entry in entries:
                connection.execute(
                    brought.insert().values(
                        wave=wave,
                        organisation=entry.organisation,
                        body=json.dumps(entry_to_json(entry), ensure_ascii=False),
                    )
                )
            last = next((one for one in reversed(before) if one.norms.wave == wave), None)
            if last is not None and _same(last, found.issued):
                return replace(found, issued=last)
            number = before[-1].norms.number + 1 if before else 1
            norms = replace(found.issued.norms, number=number, day=day)
            made = replace(found.issued, norms=norms)
            if norms.rows:
                connection.execute(
                    issues.insert().values(
                        number=number,
                        wave=wave,
                        day=day,
                        norms=json.dumps(compared_to_json(ComparedWith(norms))),
                        members=json.dumps(
                            [
                                [*key, dict(row), made.errors.get(key)]
                                for key, row in made.members.items()
                            ]
                        ),
                    )
                )
            return replace(found, issued=made)

    def show(self, number: int, organisations: Sequence[str], day: dt.date) -> None:
        """Write down to whom a version is shown, before it is."""
        with database.writing(self._engine, FILE) as connection:
            known = set(
                connection.scalars(select(shown.c.organisation).where(shown.c.number == number))
            )
            for one in sorted(set(organisations) - known):
                connection.execute(shown.insert().values(number=number, organisation=one, day=day))

    def shown_to(self, number: int) -> tuple[str, ...]:
        """The organisations that a version was shown to."""
        with database.reading(self._engine, FILE) as connection:
            query = select(shown.c.organisation).where(shown.c.number == number)
            return tuple(sorted(connection.scalars(query)))

    def all(self) -> tuple[IssuedNorms, ...]:
        """Every benchmark that was issued, in their order."""
        with database.reading(self._engine, FILE) as connection:
            return _all(connection)

    def last(self, wave: str = "") -> KeptBenchmark | None:
        """The benchmark of a wave as it stands; of the wave that was issued last, if none is named."""
        with database.reading(self._engine, FILE) as connection:
            found = [one for one in _all(connection) if wave in ("", one.norms.wave)]
            if not found:
                return None
            query = select(brought.c.body).where(brought.c.wave == found[-1].norms.wave)
            rows = connection.scalars(query.order_by(brought.c.organisation))
            return KeptBenchmark(found[-1], tuple(entry_from_json(json.loads(row)) for row in rows))


def _all(connection: Connection) -> tuple[IssuedNorms, ...]:
    rows = connection.execute(select(issues).order_by(issues.c.number))
    return tuple(_issued(row) for row in rows)


def _norms(row: Any) -> Norms:
    return compared_from_json(json.loads(row.norms)).norms


def _issued(row: Any) -> IssuedNorms:
    members, errors = {}, {}
    for measure, side, means, *error in json.loads(row.members):
        members[measure, side] = means
        # Rows of before were told as they were.
        if error and error[0] is not None:
            errors[measure, side] = int(error[0])
    return IssuedNorms(_norms(row), members, errors)


def _same(one: IssuedNorms, other: IssuedNorms) -> bool:
    """Whether two benchmarks show the same of the same organisations."""
    shows = ((one.norms.rows, one.norms.spread), (other.norms.rows, other.norms.spread))
    return shows[0] == shows[1] and one.members == other.members


@contextlib.contextmanager
def open_benchmarks(folder: Path, *, write: bool = True) -> Iterator[Benchmarks]:
    """The benchmarks of a portfolio's folder.

    Parameters
    ----------
    write
        False to look only: nothing is made, and a folder that cannot be written is read.

    Raises
    ------
    StoreError
        If the file cannot be opened, is too new, or is something else.
    """
    path = folder / FILE
    engine = copies.opened(path, write=write)
    if engine is None:
        raise StoreError(f"There is no {FILE} in {folder}; make it with: hrkit benchmark SRC")
    try:
        TABLES.settle(engine, path, write=write)
        yield Benchmarks(engine)
    finally:
        engine.dispose()


def benchmarks_of(folder: Path, wave: str = "") -> KeptBenchmark | None:
    """The benchmark of a portfolio as it stands; None where none was issued."""
    if not (folder / FILE).is_file():
        return None
    with open_benchmarks(folder, write=False) as kept:
        return kept.last(wave)


def told_last(engagement: Engagement, wave: str) -> ComparedWith | None:
    """What a client is told of the others by the benchmark that stands in the folder it lies in.

    None where there is none of that wave and instrument, and for one that wants to be in none.
    """
    kept = benchmarks_of(engagement.folder.parent, wave) if engagement.benchmark else None
    if kept is None or kept.issued.norms.instrument != engagement.instrument.id:
        return None
    return compared_with(kept.issued, engagement.id)
