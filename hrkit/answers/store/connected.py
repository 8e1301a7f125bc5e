"""What every job of a store is done with: its engine, its transactions, and what waves are called."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select, update

from hrkit.answers import imports as taking
from hrkit.answers import opening, queries
from hrkit.answers.codes import scramble, spellings
from hrkit.answers.identity import Owner
from hrkit.answers.schema import asked, meta
from hrkit.errors import StoreError
from hrkit.model.engagement import Engagement
from hrkit.storage.copies import backups
from hrkit.storage.database import compact, reading, writing

__all__ = ["Connected", "texts_of"]


class Connected:
    """A database with answers, and the engagement whose they are."""

    def __init__(
        self, engine: Engine, name: str, engagement: Engagement | None, path: Path | None, salt: str
    ) -> None:
        self._engine, self._name, self._engagement = engine, name, engagement
        self._path, self._salt = path, salt
        self._texts = texts_of(engagement)
        self._writes = True
        self._moved: Owner | None = None

    def _read(self) -> AbstractContextManager[Connection]:
        return reading(self._engine, self._name)

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        if not self._writes:
            raise StoreError(f"{self._name} was opened to be looked at, not to be written.")
        with writing(self._engine, self._name) as connection:
            # On servers with row locks: one writer at a time, as in SQLite.
            connection.execute(select(meta.c.id).with_for_update())
            yield connection

    def _names(self, wave: str | None) -> tuple[str, ...] | None:
        """The names under which a wave may stand in the store; None for all waves."""
        if wave is None:
            return None
        known = self._engagement.stored_under(wave) if self._engagement else (wave,)
        return (known[-1], *known[:-1])

    def _stored(self, connection: Connection, wave: str) -> str:
        """The id a wave has in the store: one it had before, where answers lie under that."""
        return queries.stored_wave(connection, self._names(wave) or (wave,))

    def _asked(
        self, connection: Connection, waves: set[str], engagement: Engagement | None
    ) -> None:
        """Note with which instrument waves are asked, where nothing is noted yet."""
        if engagement is None:
            return
        there = set(connection.scalars(select(asked.c.wave)))
        instrument = engagement.instrument
        for wave in sorted(waves - there):
            row = {"wave": wave, "instrument": instrument.id, "version": instrument.version}
            connection.execute(insert(asked).values(**row))

    def _lies_here(self, connection: Connection) -> None:
        """A store that was moved, and now takes answers, lies where it lies."""
        if self._moved is not None:
            connection.execute(update(meta).values(**opening.columns(self._moved)))

    def _scrambled(self, form: str) -> str:
        return scramble(form, self._salt)

    def _hash(self, connection: Connection, code: str) -> str | None:
        """The hash of a code in this store; None if it may be more than one."""
        forms = [self._scrambled(form) for form in spellings(code)]
        there = queries.hashes_among(connection, forms)
        return taking.hash_of(code, there, self._scrambled)

    def tidy(self, copies: bool = False) -> None:
        """Leave nothing of what was erased in free pages, in the log or (``copies``) in copies."""
        if copies and self._path is not None:
            for copy in backups(self._path):
                copy.unlink(missing_ok=True)
        compact(self._engine, self._name)


def texts_of(engagement: Engagement | None) -> frozenset[tuple[str, str]]:
    """The questions that are answered in one's own words."""
    questions = engagement.instrument.questions() if engagement else ()
    return frozenset((q.item.id, q.facet.id) for q in questions if q.facet.scale.kind == "text")
