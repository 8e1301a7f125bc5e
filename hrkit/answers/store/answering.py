"""One person answers: with a code, in a form, on paper; committed at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hrkit.answers import acts, gathered, progress, queries, rounds, sessions
from hrkit.answers.progress import Asked, Progressed
from hrkit.answers.sessions import Resumed
from hrkit.answers.slips import Slip
from hrkit.answers.store.erasing import Erasing
from hrkit.errors import StoreError

__all__ = ["Answering"]


class Answering(Erasing):
    """A store in which people answer."""

    def begin(
        self,
        wave: str,
        unit: str,
        perspective: str,
        level: str | None = None,
        pair: str | None = None,
        *,
        code: str | None = None,
        language: str | None = None,
        batch: int | None = None,
    ) -> str:
        """Begin a session; the respondent's key comes back.

        Parameters
        ----------
        batch
            Number of the room in which they answer (`gather`).

        Raises
        ------
        StoreError
            If the wave is frozen, the code is in use, or the engagement has no such unit.
        """
        if self._engagement is not None:
            sessions.check_person(self._engagement, wave, unit, perspective)
        person: dict[str, str | int | None] = {"unit": unit, "perspective": perspective}
        person |= {"level": level, "pair": pair, "language": language, "batch": batch}
        with self._write() as connection:
            self._lies_here(connection)
            hashed = self._hash(connection, code) if code else None
            if code and hashed is None:
                raise StoreError("This code may be one of several in use; draw a new one.")
            wave = self._stored(connection, wave)
            self._asked(connection, {wave}, self._engagement)
            return sessions.begin(connection, wave, person, hashed)

    def save(
        self,
        respondent: str,
        item: str,
        facet: str,
        value: str | None,
        *,
        was: Collection[str | None] | None = None,
        batch: int | None = None,
    ) -> None:
        """Keep one answer, committed at once; None or blank takes it back.

        Parameters
        ----------
        was
            What the giver thinks may stand (an answer's revision is what it says); whatever
            stands if None.
        batch
            Number of the room in which it is given (`gather`).

        Raises
        ------
        Stale
            If something else stands: two pages are open with one code.
        StoreError
            If the wave is frozen, the session unknown, or the answer not one of the question's.
        """

        def check(perspective: str) -> None:
            if self._engagement is not None and value is not None:
                sessions.check_answer(self._engagement, perspective, item, facet, value)

        with self._write() as connection:
            comment = (item, facet) in self._texts
            sessions.save(connection, respondent, item, facet, value, comment, check, was, batch)

    def keep_form(
        self,
        wave: str,
        slip: Slip,
        given: Mapping[tuple[str, str], str],
        *,
        source: str,
        language: str | None = None,
    ) -> str:
        """Keep one person's whole form, in one transaction; the respondent's key comes back.

        Parameters
        ----------
        slip
            From which chair and where they answered.
        given
            (item, facet) to the answer, as it is stored.
        source
            How it came: ``paper``.

        Raises
        ------
        StoreError
            If the wave is frozen, nothing is answered, or the engagement has no such unit,
            question or answer.
        """
        if not given:
            raise StoreError("Nothing is answered in this form.")
        if self._engagement is not None:
            sessions.check_person(self._engagement, wave, slip.unit, slip.perspective)
            for (item, facet), value in given.items():
                sessions.check_answer(self._engagement, slip.perspective, item, facet, value)
        person = {**slip._asdict(), "language": language, "source": source}
        with self._write() as connection:
            self._lies_here(connection)
            wave = self._stored(connection, wave)
            self._asked(connection, {wave}, self._engagement)
            return sessions.keep_whole(connection, wave, person, given, self._texts)

    def take_back(self, respondent: str) -> None:
        """Take a form back that was typed in wrongly.

        Raises
        ------
        StoreError
            If its wave is frozen.
        """
        with self._write() as connection:
            sessions.check_open_of(connection, respondent)
            queries.erase(connection, frozenset({respondent}))
            rounds.forget(connection, keys=frozenset({respondent}))
            acts.note(connection, "take back")
        self.tidy()

    def gather(self, wave: str, name: str) -> int:
        """The number of what is answered in a room, so that it can be taken back whole (`undo`)."""
        with self._write() as connection:
            return gathered.number_of(connection, name, self._stored(connection, wave))

    def gathered(self, name: str) -> int:
        """How many people answered in a room."""
        with self._read() as connection:
            return gathered.people(connection, name)

    def settle(self, name: str) -> None:
        """What was answered in a room cannot be taken back any more, and is known of nobody."""
        with self._write() as connection:
            gathered.settle(connection, name)

    def from_source(self, wave: str, source: str) -> int:
        """How many forms of a wave came in a way."""
        with self._read() as connection:
            return queries.from_source(connection, self._names(wave) or (wave,), source)

    def answers_how(
        self, respondent: str, *, language: str | None = None, hasty: bool | None = None
    ) -> None:
        """Keep how somebody answers: in which language, and whether faster than one can read.

        Raises
        ------
        StoreError
            If the wave is frozen or the session unknown.
        """
        with self._write() as connection:
            sessions.how(connection, respondent, language, hasty)

    def progress(self, wave: str, fewest: Mapping[Asked, int]) -> dict[str, Progressed]:
        """Who has answered which questions, by the respondent's key; without any answer.

        Parameters
        ----------
        fewest
            Of a question answered by choice: from how many options on it counts as answered.
        """
        with self._read() as connection:
            return progress.progress(connection, self._names(wave) or (wave,), fewest)

    def pulse(self, wave: str) -> int:
        """A number that is another when another program has written; to be asked often.

        Of a file of SQLite whatever was written over another connection; elsewhere somebody new.
        """
        with self._read() as connection:
            if connection.dialect.name == "sqlite":
                return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())
            return progress.people(connection, self._names(wave) or (wave,))

    def resume(self, code: str, wave: str) -> Resumed | None:
        """The session of a code with its answers so far; None if the code is not known."""
        with self._read() as connection:
            hashed = self._hash(connection, code) or ""
            found = sessions.resume(connection, self._stored(connection, wave), hashed)
        if found is None or self._engagement is None:
            return found
        # A unit may have another id since; what is shown of it is where it is now.
        unit = self._engagement.place(found.unit, wave) or self._engagement.root.id
        return found._replace(unit=unit)
