"""What is kept of a person: shown, and erased so that nothing of it is left."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from hrkit.answers import acts, queries, rounds, subjects
from hrkit.answers.store.connected import Connected
from hrkit.answers.subjects import DataSubject

__all__ = ["Erasing"]


class Erasing(Connected):
    """A store out of which people can be taken."""

    def find(self, code: str) -> tuple[str, ...]:
        """The respondents (one a wave) of a personal code: what a subject may ask to see."""
        with self._read() as connection:
            return queries.of_code(connection, self._hash(connection, code) or "")

    def subject(self, code: str) -> tuple[DataSubject, ...]:
        """What is kept under a personal code, wave by wave: what its owner may ask to see."""
        with self._read() as connection:
            keys = queries.of_code(connection, self._hash(connection, code) or "")
            return tuple(subjects.kept(connection, key) for key in keys)

    def traces(self, keys: Iterable[str]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """By what somebody's answers would be known in another file: keys, hashes, own words.

        Among the keys are the tokens under which versions know people.
        """
        with self._read() as connection:
            return subjects.traces(connection, frozenset(keys))

    def erase(self, keys: Iterable[str]) -> int:
        """Erase respondents with their answers, out of free pages and the log too.

        What they said goes out of everything that was kept as released, and copies of the store
        that were made when its format changed go as well.  A frozen wave does not stand in the
        way: the right to be erased comes before the report.
        """
        gone = frozenset(keys)
        with self._write() as connection:
            count = self._forget(connection, gone)
            acts.note(connection, "erase")
        self.tidy(copies=True)
        return count

    def _forget(
        self,
        connection: Connection,
        gone: frozenset[str],
        *,
        codes: bool = True,
        undone: bool = False,
    ) -> int:
        """Take people out of the answers and of everything that was kept as released."""
        said = queries.words_of(connection, gone)
        passed = {c.id: c.text for c in self._engagement.comments} if self._engagement else {}
        words = {(item, passed.get(id) or text) for id, item, text in said}
        words |= {(item, text) for _, item, text in said}
        count = queries.erase(connection, gone, codes=codes)
        rounds.forget(connection, keys=gone, undone=undone)
        rounds.forget_words(connection, words)
        return count

    def purge(self, wave: str) -> int:
        """Erase all answers of a wave and the digests of its files; figures that were released stay.

        Comments are respondents' own words and go too.
        """
        names = self._names(wave) or (wave,)
        with self._write() as connection:
            count = queries.erase_waves(connection, names)
            rounds.forget(connection, waves=names, undone=True)
            rounds.forget_words(connection, waves=names)
            acts.note(connection, "purge", names[0])
        self.tidy(copies=True)
        return count
