"""The store: where answers live, under random keys, in one file of the engagement's folder.

Everything goes through `Store`: imports whole or not at all, single answers from the form
committed at once, and reading in an order that says nothing about who came first.  A wave that was
released is frozen, and from then on takes no answer: a report before and after one late answer
would show it.

SQLite is the default.  Any SQLAlchemy URL works where its driver is installed; such a database (or
schema) belongs to one engagement, and keeping arrival order out of it is up to that server.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection, Engine, make_url, select
from sqlalchemy import exc as sql

from hrkit.answers import imports as taking
from hrkit.answers import queries, rounds, sessions
from hrkit.answers.checks import misfits
from hrkit.answers.codes import scramble, spellings
from hrkit.answers.imports import Added
from hrkit.answers.responses import Reading, Responses, content_digest
from hrkit.answers.rounds import Release
from hrkit.answers.schema import meta, prepare
from hrkit.answers.sessions import Resumed
from hrkit.errors import AnswersError, StoreError
from hrkit.model.engagement import Engagement
from hrkit.storage.database import compact, connect, reading, writing

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Added", "Release", "Resumed", "Store", "open_store"]


def open_store(engagement: Engagement, create: bool = True) -> Store:
    """The store of an engagement; see `Store.open`."""
    return Store.open(engagement.store_url, engagement=engagement, create=create)


class Store:
    """An open store; use it in a ``with`` statement.  It may be used after a fork."""

    def __init__(self, engine: Engine, name: str, engagement: Engagement | None = None) -> None:
        self._engine, self._name, self._engagement = engine, name, engagement
        questions = engagement.instrument.questions() if engagement else ()
        self._texts = frozenset(
            (q.item.id, q.facet.id) for q in questions if q.facet.scale.kind == "text"
        )
        with reading(engine, name) as connection:
            fresh = not connection.dialect.has_table(connection, "meta")
            self._salt = "" if fresh else prepare(connection, name)
        if fresh:
            with writing(engine, name) as connection:
                self._salt = prepare(connection, name)

    @classmethod
    def open(cls, url: str, *, engagement: Engagement | None = None, create: bool = True) -> Store:
        """Open the store at a SQLAlchemy URL.

        Parameters
        ----------
        url
            ``sqlite:///answers.sqlite`` or any other; a relative SQLite path starts at the
            engagement's folder.
        engagement
            Without one, values are not checked and no answer is known to be a comment.
        create
            Make a SQLite file that is not there.

        Raises
        ------
        StoreError
            If it cannot be opened, is no store, or was written by a newer version.
        """
        try:
            parsed = make_url(url)
        except sql.ArgumentError:
            raise StoreError("The store is no URL; write sqlite:///answers.sqlite.") from None
        name = parsed.render_as_string()
        if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
            path = Path(str(parsed.database))
            if engagement is not None:
                path = engagement.folder / path
            name = path.name
            if not path.parent.is_dir():
                raise StoreError(f"The store {name} cannot be opened: its folder is not there.")
            if not create and not path.is_file():
                raise StoreError(
                    f"There are no answers yet: {name} is not there. Import some first."
                )
            parsed = parsed.set(database=str(path))
        return cls(connect(parsed), name, engagement)

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    # ------------------------------------------------------------------------ importing

    def add(
        self,
        what: Reading | Responses,
        digest: str | None = None,
        replace: bool = False,
        codes: Mapping[str, str] | None = None,
        *,
        doubles: str = "",
        rehearse: bool = False,
    ) -> Added:
        """Take responses, in one transaction, whole or not at all.

        Parameters
        ----------
        what
            A reading, or responses made otherwise.
        digest
            Of the content; the reading's own, or computed, if None.
        replace
            A coded row takes the place of what the store holds under its code.
        codes
            Respondent to personal code, for responses that are no reading.
        doubles
            What rows are that seem to be in the store already and have no code that says so: the
            ``same`` people, or ``other`` ones; they are refused while nothing is said.
        rehearse
            Find out whether they would be taken, and take nothing; the store may be read-only.

        Returns
        -------
        Added
            How many respondents are new, were there already, were replaced.

        Raises
        ------
        AnswersError
            If coded rows differ from the store, uncoded ones seem to come a second time, or the
            engagement has no such wave, unit, perspective, question or value.
        StoreError
            If a wave concerned is frozen.
        """
        if isinstance(what, Reading):
            responses, codes, digest = what.responses, what.codes, digest or what.digest
        else:
            responses, codes = what, codes or {}
        digest = digest or content_digest(responses, codes)
        if self._engagement is not None and (wrong := misfits(responses, self._engagement)):
            raise AnswersError("Nothing was taken: it does not fit the engagement.", wrong)
        with self._read() if rehearse else self._write() as connection:
            made = taking.plan(connection, responses, codes, digest, self._scrambled, self._texts,
                               replace=replace, doubles=doubles)  # fmt: skip
            if not rehearse:
                taking.write(connection, made)
        return made.added

    def _scrambled(self, form: str) -> str:
        return scramble(form, self._salt)

    def _hash(self, connection: Connection, code: str) -> str | None:
        """The hash of a code in this store; None if it may be more than one."""
        forms = [self._scrambled(form) for form in spellings(code)]
        there = queries.hashes_among(connection, forms)
        return taking.hash_of(code, there, self._scrambled)

    # -------------------------------------------------------------------------- reading

    def read(self, wave: str | None = None) -> Responses:
        """Everything the store holds, of one wave or of all, in the order of random keys."""
        with self._read() as connection:
            return queries.everything(connection, wave)

    def comments(self, wave: str | None = None) -> DataFrame:
        """Answers in own words, for review: ``id, item, perspective, text``, in the order of ids."""
        with self._read() as connection:
            return queries.comments(connection, wave)

    def links(self, first: str, second: str) -> DataFrame:
        """Respondents of two waves who used the same personal code: columns ``first, second``."""
        with self._read() as connection:
            return queries.links(connection, first, second)

    def find(self, code: str) -> tuple[str, ...]:
        """The respondents (one a wave) of a personal code: what a subject may ask to see."""
        with self._read() as connection:
            return queries.of_code(connection, self._hash(connection, code) or "")

    # --------------------------------------------------------------------------- a form

    def begin(
        self,
        wave: str,
        unit: str,
        perspective: str,
        level: str | None = None,
        pair: str | None = None,
        *,
        code: str | None = None,
    ) -> str:
        """Begin a session; the respondent's key comes back.

        Raises
        ------
        StoreError
            If the wave is frozen, the code is in use, or the engagement has no such unit.
        """
        if self._engagement is not None:
            sessions.check_person(self._engagement, wave, unit, perspective)
        person = {"unit": unit, "perspective": perspective, "level": level, "pair": pair}
        with self._write() as connection:
            hashed = self._hash(connection, code) if code else None
            if code and hashed is None:
                raise StoreError("This code may be one of several in use; draw a new one.")
            return sessions.begin(connection, wave, person, hashed)

    def save(self, respondent: str, item: str, facet: str, value: str | None) -> None:
        """Keep one answer, committed at once; None or blank takes it back.

        Raises
        ------
        StoreError
            If the wave is frozen, the session unknown, or the answer not one of the question's.
        """

        def check(perspective: str) -> None:
            if self._engagement is not None and value is not None:
                sessions.check_answer(self._engagement, perspective, item, facet, value)

        with self._write() as connection:
            comment = (item, facet) in self._texts
            sessions.save(connection, respondent, item, facet, value, comment, check)

    def resume(self, code: str, wave: str) -> Resumed | None:
        """The session of a code with its answers so far; None if the code is not known."""
        with self._read() as connection:
            return sessions.resume(connection, wave, self._hash(connection, code) or "")

    # ----------------------------------------------------------------- waves and releases

    def freeze(self, wave: str, digest: str, day: dt.date) -> None:
        """Freeze a wave: it has been released, and takes no answer from now on.

        Parameters
        ----------
        digest
            Of what was released.  Freezing again with the same changes nothing.

        Raises
        ------
        StoreError
            If it was frozen with another digest.
        """
        with self._write() as connection:
            rounds.freeze(connection, wave, digest, day)
            rounds.forget(connection, wave=wave)
        compact(self._engine, self._name)

    def frozen(self, wave: str) -> dt.date | None:
        """The day a wave was frozen; None while it is open."""
        with self._read() as connection:
            return rounds.frozen(connection, wave)

    def record_release(self, wave: str, day: dt.date, audit: Mapping[str, Any]) -> int:
        """Keep what was released (plain JSON, see `hrkit.answers.rounds`); its number comes back."""
        with self._write() as connection:
            return rounds.record(connection, wave, day, audit)

    def releases(self, wave: str | None = None) -> tuple[Release, ...]:
        """The releases so far, oldest first."""
        with self._read() as connection:
            return rounds.recorded(connection, wave)

    # --------------------------------------------------------------------------- erasure

    def erase(self, keys: Iterable[str]) -> int:
        """Erase respondents with their answers, out of free pages and the log too.

        A frozen wave does not stand in the way: the right to be erased comes before the report.
        """
        with self._write() as connection:
            gone = frozenset(keys)
            count = queries.erase(connection, gone)
            rounds.forget(connection, keys=gone)
        compact(self._engine, self._name)
        return count

    def purge(self, wave: str) -> int:
        """Erase all answers of a wave and the digests of its files; releases stay as audit."""
        with self._write() as connection:
            count = queries.erase_wave(connection, wave)
            rounds.forget(connection, wave=wave)
        compact(self._engine, self._name)
        return count

    # ---------------------------------------------------------------------- transactions

    def _read(self) -> AbstractContextManager[Connection]:
        return reading(self._engine, self._name)

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with writing(self._engine, self._name) as connection:
            # On servers with row locks: one writer at a time, as in SQLite.
            connection.execute(select(meta.c.id).with_for_update())
            yield connection
