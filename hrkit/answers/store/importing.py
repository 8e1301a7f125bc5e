"""Answers of files: taken whole or not at all, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace as replace_

from sqlalchemy import Connection, select

from hrkit.answers import acts, batches, queries, rounds
from hrkit.answers import imports as taking
from hrkit.answers.batches import ImportBatch, Undone
from hrkit.answers.checks import unfit
from hrkit.answers.imports import Added
from hrkit.answers.responses import Reading, Responses, content_digest
from hrkit.answers.schema import asked
from hrkit.answers.store.connected import texts_of
from hrkit.answers.store.erasing import Erasing
from hrkit.answers.written import write
from hrkit.errors import AnswersError, StoreError
from hrkit.model.editions import edition, same_edition
from hrkit.model.engagement import Engagement
from hrkit.model.settings import as_asked

__all__ = ["Importing"]


class Importing(Erasing):
    """A store that takes files."""

    def add(
        self,
        what: Reading | Responses,
        digest: str | None = None,
        replace: bool = False,
        codes: Mapping[str, str] | None = None,
        *,
        doubles: str = "",
        name: str = "",
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
        name
            By which it can be undone; that of its day if empty.
        rehearse
            Find out whether they would be taken, and take nothing; the store may be read-only.

        Returns
        -------
        Added
            How many respondents are new, were there already, were replaced; and the name by which
            this is undone.

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
        engagement = self._engagement
        asked = what.asked if isinstance(what, Reading) else ""
        if engagement is not None and asked and asked != engagement.instrument.version:
            engagement = as_asked(engagement, asked)
        digest = digest or content_digest(responses, codes)
        if engagement is not None and (wrong := unfit(responses, engagement)):
            raise AnswersError("Nothing was taken: it does not fit the engagement.", wrong)
        with self._read() if rehearse else self._write() as connection:
            if not rehearse:
                self._lies_here(connection)
            responses = self._renamed(connection, responses)
            waves = set(responses.people["wave"])
            self._refuse_editions(connection, waves, engagement)
            made = taking.plan(
                connection,
                responses,
                codes,
                digest,
                self._scrambled,
                texts_of(engagement),
                replace=replace,
                doubles=doubles,
                files=what.files if isinstance(what, Reading) else {},
            )
            if rehearse:
                return made.added
            batch = write(connection, made, name)
            self._asked(connection, waves, engagement)
            if made.added.new or made.added.replaced:
                acts.note(connection, "import", ", ".join(sorted(waves)))
        return replace_(made.added, batch=batch)

    def imports(self) -> tuple[ImportBatch, ...]:
        """The imports so far that were not undone, oldest first."""
        with self._read() as connection:
            return self._batches(connection)

    def undo(self, name: str = "") -> Undone:
        """Undo an import, the whole of it or nothing.

        Who came by it goes, out of what was kept as released too, as somebody does who is erased;
        but a code that they answered with stays good.  What it put in the place of earlier answers
        goes, and the earlier ones stand again.  Who has gone on in the form since stays.

        Parameters
        ----------
        name
            Of the import; the last one if empty.

        Raises
        ------
        StoreError
            If there is none, one of its waves is frozen, or a later import took the place of
            something that it wrote.
        """
        with self._write() as connection:
            batch = batches.named(self._batches(connection), name)
            if batch.frozen:
                raise StoreError(
                    f"{batch.name} cannot be undone: {', '.join(batch.frozen)} was released and is "
                    "frozen. A released wave stays as it is; a person may still be erased."
                )
            new, were = batches.of_batch(connection, batch)
            count = self._forget(connection, frozenset(new), codes=False, undone=True)
            rounds.forget_words(connection, batches.put_back(connection, batch, were))
            names = [one for wave in batch.waves for one in self._names_of(wave)]
            versions = rounds.recorded(connection, names)
            issued = sum(one.day >= batch.day and "released" in one.audit for one in versions)
            batches.erased(connection, batch)
            acts.note(connection, "undo", ", ".join(sorted(batch.waves)))
        self.tidy(copies=True)
        left = max(0, batch.new + batch.replaced - batch.here)
        return Undone(batch, count, len(were), left, issued)

    def _batches(self, connection: Connection) -> tuple[ImportBatch, ...]:
        found = batches.listed(connection)
        closed = {
            wave: rounds.frozen(connection, self._names_of(wave)) is not None
            for wave in {wave for one in found for wave in one.waves}
        }
        return tuple(
            replace_(one, frozen=tuple(wave for wave in one.waves if closed[wave])) for one in found
        )

    def _names_of(self, stored: str) -> tuple[str, ...]:
        """Every name of a wave that the store calls so."""
        known = self._engagement.waves if self._engagement else ()
        every = (self._names(wave.id) or () for wave in known)
        return next((names for names in every if stored in names), (stored,))

    def _renamed(self, connection: Connection, responses: Responses) -> Responses:
        """The responses with each wave under the id it has in the store."""
        names = responses.people["wave"]
        stored = {wave: self._stored(connection, wave) for wave in names.unique()}
        if all(wave == there for wave, there in stored.items()):
            return responses
        return Responses(responses.people.assign(wave=names.map(stored)), responses.answers)

    def _refuse_editions(
        self, connection: Connection, waves: set[str], engagement: Engagement | None
    ) -> None:
        """Refuse answers to one edition of an instrument in a wave that was begun with another."""
        if engagement is None:
            return
        noted = {row.wave: row.version for row in connection.execute(select(asked))}
        now = engagement.instrument
        # Whoever noted nothing asked the first edition: there was no other.
        begun = {wave: noted.get(wave, "") for wave in waves & {*noted, *queries.waves(connection)}}
        for wave, version in sorted(begun.items()):
            then = as_asked(engagement, version).instrument
            if not same_edition(then, now):
                name = edition(then.id, then.version)
                raise AnswersError(
                    f"Nothing was taken: {wave} was begun with {then.id} {then.version}, and these "
                    f"are answers to {now.id} {now.version}. Take them into a wave of their own; if "
                    f'they do answer {then.version}, write instrument: "{name}" in engagement.yml.'
                )
