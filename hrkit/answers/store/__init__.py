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

from types import TracebackType
from typing import Self

from hrkit.answers import opening
from hrkit.answers.acts import Act
from hrkit.answers.batches import ImportBatch, Undone
from hrkit.answers.imports import Added
from hrkit.answers.progress import Progressed
from hrkit.answers.rounds import Release, Round
from hrkit.answers.sessions import Resumed, Stale
from hrkit.answers.slips import Slip
from hrkit.answers.store.answering import Answering
from hrkit.answers.store.handing import HandingOut
from hrkit.answers.store.importing import Importing
from hrkit.answers.store.issuing import Issuing
from hrkit.answers.subjects import DataSubject
from hrkit.model.engagement import Engagement

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


class Store(Importing, Answering, HandingOut, Issuing):
    """An open store; use it in a ``with`` statement.  It may be used after a fork.

    Made by `Store.open`.  What can be done with one stands by job in the modules beside this.
    """

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
