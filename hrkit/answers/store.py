"""The store: where answers live, under random keys, in one file of the engagement's folder.

Everything goes through `Store`: imports whole or not at all, single answers from the form
committed at once, and reading in an order that says nothing about who came first.  A wave that was
released is frozen, and from then on takes no answer: a report before and after one late answer
would show it.

A store knows whose answers it holds (`hrkit.answers.identity`), and every opening compares.  One
of an older format is brought to this one when it is opened for writing, after a copy was put
beside it; opened for reading only, nothing on the disk changes.

SQLite is the default.  Any SQLAlchemy URL works where its driver is installed; such a database (or
schema) belongs to one engagement, and keeping arrival order out of it is up to that server.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace as replace_
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection, Engine, insert, select, update

from hrkit.answers import (
    acts,
    batches,
    gathered,
    opening,
    progress,
    queries,
    rounds,
    sessions,
    slips,
    subjects,
)
from hrkit.answers import imports as taking
from hrkit.answers.acts import Act
from hrkit.answers.batches import ImportBatch, Undone
from hrkit.answers.checks import unfit
from hrkit.answers.codes import canonical, new_code, scramble, spellings
from hrkit.answers.identity import Owner
from hrkit.answers.imports import Added
from hrkit.answers.progress import Progressed
from hrkit.answers.responses import Reading, Responses, content_digest
from hrkit.answers.rounds import Release, Round
from hrkit.answers.schema import asked, meta
from hrkit.answers.sessions import Resumed, Stale
from hrkit.answers.slips import Slip
from hrkit.answers.subjects import DataSubject
from hrkit.answers.written import write
from hrkit.errors import AnswersError, StoreError
from hrkit.model.editions import edition, same_edition
from hrkit.model.engagement import Engagement
from hrkit.model.settings import as_asked
from hrkit.storage.copies import backups
from hrkit.storage.database import compact, reading, writing

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = [
    "FILE",
    "Act",
    "Added",
    "DataSubject",
    "ImportBatch",
    "Progressed",
    "Release",
    "Resumed",
    "Round",
    "Slip",
    "Stale",
    "Store",
    "Undone",
    "open_store",
]

#: Where answers lie in an engagement's folder, unless ``store:`` says otherwise.
FILE = "answers.sqlite"


def open_store(
    engagement: Engagement, create: bool = True, write: bool = True, *, held: bool = False
) -> Store:
    """The store of an engagement; see `Store.open`."""
    place = engagement.store or FILE
    return Store.open(place, engagement=engagement, create=create, write=write, held=held)


class Store:
    """An open store; use it in a ``with`` statement.  It may be used after a fork.

    Made by `Store.open`.
    """

    def __init__(
        self, engine: Engine, name: str, engagement: Engagement | None, path: Path | None, salt: str
    ) -> None:
        self._engine, self._name, self._engagement = engine, name, engagement
        self._path, self._salt = path, salt
        self._texts = _texts(engagement)
        self._writes = True
        self._moved: Owner | None = None

    @classmethod
    def open(
        cls,
        place: str,
        *,
        engagement: Engagement | None = None,
        create: bool = True,
        write: bool = True,
        held: bool = False,
    ) -> Store:
        """Open the store in a file or at a SQLAlchemy URL.

        Parameters
        ----------
        place
            ``answers.sqlite``, ``sqlite:///answers.sqlite`` or any other URL; a relative file
            starts at the engagement's folder.
        engagement
            Without one, values are not checked, no answer is known to be a comment, and nobody
            asks whose answers these are.
        create
            Make a SQLite file that is not there, and tables in an empty one.
        write
            Open it for writing.  If not, nothing on the disk is changed: it works in a folder
            that cannot be written, and for a store of an older format.
        held
            Keep a connection between answers: for a form, which saves one at a time.

        Raises
        ------
        StoreError
            If it cannot be opened, is no store, was written by a newer version, holds another
            engagement's answers, or (``create`` is false) holds nothing yet.
        """
        opened = opening.opened(place, engagement, create=create, write=write, held=held)
        store = cls(opened.engine, opened.name, engagement, opened.path, opened.salt)
        store._writes, store._moved = write, opened.moved
        return store

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
                _texts(engagement),
                replace=replace,
                doubles=doubles,
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

    def issued(self, wave: str) -> int:
        """A number that rises with every version of a wave that is issued; 0 for none."""
        with self._read() as connection:
            return gathered.shown_until(connection, self._names(wave) or (wave,))

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

    def progress(self, wave: str) -> dict[str, Progressed]:
        """Who has answered which items, by the respondent's key; without any answer."""
        with self._read() as connection:
            return progress.progress(connection, self._names(wave) or (wave,))

    def pulse(self, wave: str) -> int:
        """A number that is another when another program has written; to be asked often.

        Of a file of SQLite whatever was written over another connection; elsewhere somebody new.
        """
        with self._read() as connection:
            if connection.dialect.name == "sqlite":
                return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())
            return progress.people(connection, self._names(wave) or (wave,))

    def hand_out(self, wave: str, slip: Slip, count: int) -> tuple[str, ...]:
        """New codes with which people may begin; they are kept as hashes only.

        Parameters
        ----------
        slip
            From which chair and where whoever gets one answers.

        Raises
        ------
        StoreError
            If the wave is frozen, or the engagement has no such unit or perspective.
        """
        if self._engagement is not None:
            sessions.check_person(self._engagement, wave, slip.unit, slip.perspective)
        drawn = tuple(dict.fromkeys(new_code() for _ in range(count)))
        with self._write() as connection:
            wave = self._stored(connection, wave)
            sessions.check_open(connection, wave)
            self._asked(connection, {wave}, self._engagement)
            slips.hand_out(connection, wave, slip, [self._scrambled(code) for code in drawn])
            acts.note(connection, "codes", f"{wave}: {count}")
        return drawn

    def handed(self, code: str, wave: str) -> Slip | None:
        """What a code that was handed out says; None if it was not."""
        with self._read() as connection:
            found = slips.handed(connection, self._names(wave) or (wave,), self._scrambled(code))
        if found is None or self._engagement is None:
            return found
        return found._replace(
            unit=self._engagement.place(found.unit, wave) or self._engagement.root.id
        )

    def opens(self, code: str, wave: str) -> bool:
        """Whether a code opens anything still: one that was made void does not, nor one of the erased."""
        hashes = [self._scrambled(form) for form in spellings(code)]
        with self._read() as connection:
            return slips.known(connection, self._names(wave) or (wave,), hashes)

    def handed_out(self, wave: str) -> dict[Slip, int]:
        """How many codes are out, by what they say."""
        with self._read() as connection:
            return slips.handed_out(connection, self._names(wave) or (wave,))

    def withdraw(self, code: str, wave: str) -> bool:
        """Take back a code with which nobody has begun; whether there was one."""
        with self._write() as connection:
            hashed = self._scrambled(canonical(code))
            return slips.withdraw(connection, self._names(wave) or (wave,), hashed)

    def replace_code(self, code: str, wave: str, *, erase: bool = False) -> tuple[Slip, str] | None:
        """Make a lost code void and draw another for the same chair; None if there is no such code.

        What was answered under the old one stays and counts, or is erased; the new code opens an
        empty form, and nothing says for which old one it was drawn.

        Raises
        ------
        StoreError
            If the wave is frozen.
        """
        names = self._names(wave) or (wave,)
        with self._write() as connection:
            stored = self._stored(connection, wave)
            sessions.check_open(connection, stored)
            hashed = self._hash(connection, code) or ""
            chair, begun = slips.void(connection, names, hashed)
            if chair is None:
                return None
            drawn = new_code()
            slips.hand_out(connection, stored, chair, [self._scrambled(drawn)])
        if erase and begun:
            self.erase(begun)
        return chair, drawn

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

    # ----------------------------------------------------------------- waves and releases

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

    def acts(self) -> tuple[Act, ...]:
        """What was done with this store, by whom and when; without any answer."""
        with self._read() as connection:
            return acts.acts(connection)

    def note(self, what: str, about: str = "") -> None:
        """Write down that something was done that changes nothing here."""
        with self._write() as connection:
            acts.note(connection, what, about)

    def waves(self) -> set[str]:
        """Ids of all waves that anybody answered in, as they are stored."""
        with self._read() as connection:
            return queries.waves(connection)

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

    # --------------------------------------------------------------------------- erasure

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

    def tidy(self, copies: bool = False) -> None:
        """Leave nothing of what was erased in free pages, in the log or (``copies``) in copies."""
        if copies and self._path is not None:
            for copy in backups(self._path):
                copy.unlink(missing_ok=True)
        compact(self._engine, self._name)

    # ---------------------------------------------------------------------- transactions

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

    def _lies_here(self, connection: Connection) -> None:
        """A store that was moved, and now takes answers, lies where it lies."""
        if self._moved is not None:
            connection.execute(update(meta).values(**opening.columns(self._moved)))

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


def _texts(engagement: Engagement | None) -> frozenset[tuple[str, str]]:
    """The questions that are answered in one's own words."""
    questions = engagement.instrument.questions() if engagement else ()
    return frozenset((q.item.id, q.facet.id) for q in questions if q.facet.scale.kind == "text")
