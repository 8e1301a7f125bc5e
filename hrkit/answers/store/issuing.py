"""Waves, what was released of them, and what was done with the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from hrkit.answers import acts, gathered, queries, rounds
from hrkit.answers.acts import Act
from hrkit.answers.responses import Responses
from hrkit.answers.rounds import Release, Round
from hrkit.answers.store.connected import Connected

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["Issuing"]


class Issuing(Connected):
    """A store that is read, and of whose waves versions are issued."""

    def read(self, wave: str | None = None) -> Responses:
        """Everything the store holds, of one wave or of all, in the order of random keys."""
        with self._read() as connection:
            return queries.everything(connection, self._names(wave))

    def comments(self, wave: str | None = None) -> DataFrame:
        """Answers in own words, for review: ``id, item, perspective, text``, in the order of ids."""
        with self._read() as connection:
            return queries.comments(connection, self._names(wave))

    def links(self, first: str, second: str) -> DataFrame:
        """Respondents of two waves who used the same personal code: columns ``first, second``."""
        import pandas as pd

        with self._read() as connection:
            rows = queries.links(connection, (first,), (second,))
        return pd.DataFrame(rows, columns=["first", "second"], dtype=object)

    def waves(self) -> set[str]:
        """Ids of all waves that anybody answered in, as they are stored."""
        with self._read() as connection:
            return queries.waves(connection)

    @contextmanager
    def looking(self, wave: str) -> Iterator[Round]:
        """A wave to be looked at: one transaction that reads."""
        with self._read() as connection:
            yield self._round(connection, wave)

    @contextmanager
    def issuing(self, wave: str) -> Iterator[Round]:
        """A wave of which a version is issued: read, decided and recorded in one transaction.

        Nobody else writes meanwhile, an import included; what was written is kept whole or, if an
        error leaves the block, not at all.
        """
        with self._write() as connection:
            round = self._round(connection, wave)
            yield round
        if round.froze:
            self.tidy()

    def _round(self, connection: Connection, wave: str) -> Round:
        owner = self._engagement.id if self._engagement is not None else ""
        return Round(connection, self._names(wave) or (wave,), owner, self._name)

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
        with self.issuing(wave) as round:
            round.freeze(digest, day)

    def frozen(self, wave: str) -> dt.date | None:
        """The day a wave was frozen; None while it is open."""
        with self.looking(wave) as round:
            return round.frozen

    def record_release(self, wave: str, day: dt.date, audit: Mapping[str, Any]) -> int:
        """Keep what was released (plain JSON, see `hrkit.answers.rounds`); its number comes back."""
        with self.issuing(wave) as round:
            return round.record(audit, "", day).id

    def releases(self, wave: str | None = None) -> tuple[Release, ...]:
        """The releases so far, oldest first."""
        with self._read() as connection:
            return rounds.recorded(connection, self._names(wave))

    def issued(self, wave: str) -> int:
        """A number that rises with every version of a wave that is issued; 0 for none."""
        with self._read() as connection:
            return gathered.shown_until(connection, self._names(wave) or (wave,))

    def acts(self) -> tuple[Act, ...]:
        """What was done with this store, by whom and when; without any answer."""
        with self._read() as connection:
            return acts.acts(connection)

    def note(self, what: str, about: str = "") -> None:
        """Write down that something was done that changes nothing here."""
        with self._write() as connection:
            acts.note(connection, what, about)
