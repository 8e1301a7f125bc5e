"""What became of every document of a run, kept in a file beside them: ``manifest.sqlite``.

A document is *done* when its files are what was made of a certain key (data, templates, parameters,
versions), and *intact* while they still are.  Before files are put in their place their digests are
written down, so that whoever goes on after a kill knows them for the run's own.  One run works in a
folder at a time.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from pathlib import Path

from hrkit.errors import PublishError
from hrkit.publish.batch.destination import Destination, Folder, digest

__all__ = ["FILE", "MadeDocument", "Manifest", "digest"]

FILE = "manifest.sqlite"
_VERSION = 1

_TABLES = """
CREATE TABLE documents (
    name TEXT PRIMARY KEY, organisation TEXT NOT NULL, client TEXT NOT NULL, wave TEXT NOT NULL,
    language TEXT NOT NULL, what TEXT NOT NULL, state TEXT NOT NULL, key TEXT NOT NULL,
    files TEXT NOT NULL, final INTEGER NOT NULL, error TEXT NOT NULL, messages TEXT NOT NULL,
    seconds REAL NOT NULL, cpu REAL NOT NULL, memory INTEGER NOT NULL
);
CREATE TABLE written (digest TEXT PRIMARY KEY, final INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """One document: what it is, what it was made of, and what became of it.

    ``state`` is ``done``, ``failed``, or ``writing`` where a run was stopped between; ``files`` are the
    digests by file name.  ``what`` is a profile or a sheet.  ``final`` says that it tells of a frozen
    wave.  ``cpu`` and ``seconds`` are those of the process that made it, ``memory`` its largest size in
    bytes.
    """

    name: str
    organisation: str
    client: str = ""
    wave: str = ""
    language: str = ""
    what: str = ""
    state: str = "failed"
    key: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    final: bool = False
    error: str = ""
    messages: tuple[str, ...] = ()
    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0


_COLUMNS = tuple(one.name for one in dataclass_fields(MadeDocument))


class Manifest:
    """The manifest of a folder, held by one run until it is closed.

    Parameters
    ----------
    folder
        Where the manifest lies.
    at
        Where the documents lie, if elsewhere.

    Raises
    ------
    PublishError
        If another run holds it, or the file is no manifest of this version.
    """

    def __init__(self, folder: Path, at: Destination | None = None) -> None:
        self.folder = folder
        self.at = at or Folder(folder)
        path = folder / FILE
        if path.is_symlink():
            raise PublishError(f"{FILE} is a link; choose another folder.")
        self._base = sqlite3.connect(path, isolation_level=None, timeout=0.2)
        try:
            with self._in_words():
                # Held as long as this process lives, whatever ends it.
                self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
                self._base.execute("BEGIN EXCLUSIVE")
                (version,) = self._base.execute("PRAGMA user_version").fetchone()
                if not version:
                    for statement in _TABLES.split(";"):
                        self._base.execute(statement)
                    self._base.execute(f"PRAGMA user_version = {_VERSION}")
                elif self._base.execute("PRAGMA quick_check").fetchone() != ("ok",):
                    raise sqlite3.DatabaseError("malformed")
                self._base.execute("COMMIT")
        except PublishError:
            self._base.close()
            raise
        if version > _VERSION:
            self._base.close()
            raise PublishError(f"{FILE} in {folder} was written by a newer hrkit; update hrkit.")

    def __enter__(self) -> Manifest:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others at the folder."""
        self._base.close()

    @contextlib.contextmanager
    def _in_words(self) -> Iterator[None]:
        """What SQLite cannot do, as a sentence: a full disk, a damaged file, a folder that is gone."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            name = getattr(error, "sqlite_errorname", "")
            if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise PublishError(
                    f"Another run is writing to {self.folder}; wait for it, or choose another folder."
                ) from None
            if name.startswith("SQLITE_NOTADB"):
                raise PublishError(
                    f"{FILE} in {self.folder} is not a manifest; move it away, or choose another folder."
                ) from None
            if name.startswith("SQLITE_FULL"):
                raise PublishError(
                    f"{FILE} cannot be written, as the disk of {self.folder} is full; free some space "
                    "and run again: what was made is not made twice."
                ) from None
            if not name or name.startswith("SQLITE_CORRUPT"):
                raise PublishError(
                    f"{FILE} in {self.folder} is damaged, so nobody knows which of the files beside it "
                    "a run has made. Move it and them away, or choose another folder."
                ) from None
            raise PublishError(
                f"{FILE} in {self.folder} cannot be used any more ({error}); was the folder moved, or "
                "made read-only? Put that right and run again: what was made is not made twice."
            ) from None

    def entries(self) -> tuple[MadeDocument, ...]:
        """Every document that was ever to be made here, by name."""
        return tuple(self._found("ORDER BY name", ()))

    def _found(self, which: str, values: tuple[str, ...]) -> Iterator[MadeDocument]:
        with self._in_words():
            rows = self._base.execute(f"SELECT * FROM documents {which}", values).fetchall()
        for row in rows:
            named = dict(zip(_COLUMNS, row, strict=True))
            named["files"], named["final"] = json.loads(named["files"]), bool(named["final"])
            named["messages"] = tuple(json.loads(named["messages"]))
            yield MadeDocument(**named)

    def entry(self, name: str) -> MadeDocument | None:
        """What is known of one document."""
        return next(self._found("WHERE name = ?", (name,)), None)

    def of(self, organisation: str) -> tuple[MadeDocument, ...]:
        """What is known of one organisation's documents, by name."""
        return tuple(self._found("WHERE organisation = ? ORDER BY name", (organisation,)))

    def forget(self, name: str) -> None:
        """Know a document no more; that its files were written here stays known."""
        with self._in_words():
            self._base.execute("DELETE FROM documents WHERE name = ?", (name,))

    def put(self, entry: MadeDocument) -> None:
        """Write down what became of a document, before its files are there or after."""
        with self._in_words():
            self._base.execute("BEGIN")
            self._base.execute(
                "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    entry.name,
                    entry.organisation,
                    entry.client,
                    entry.wave,
                    entry.language,
                    entry.what,
                    entry.state,
                    entry.key,
                    json.dumps(dict(entry.files)),
                    entry.final,
                    entry.error,
                    json.dumps(entry.messages),
                    entry.seconds,
                    entry.cpu,
                    entry.memory,
                ),
            )
            if entry.state in ("writing", "done"):
                self._base.executemany(
                    "INSERT OR REPLACE INTO written VALUES (?, ?)",
                    [(one, entry.final) for one in entry.files.values()],
                )
            self._base.execute("COMMIT")

    def begin_anew(self, organisation: str) -> None:
        """Forget what an organisation could not be given a file for: such entries lie under its folder's name."""
        with self._in_words():
            self._base.execute(
                "DELETE FROM documents WHERE organisation = ? AND instr(name, '/')", (organisation,)
            )

    def written(self, digests: Iterable[str]) -> Mapping[str, bool]:
        """Which of these digests a run has written here, and whether as a final document's."""
        found = {}
        with self._in_words():
            for one in digests:
                row = self._base.execute(
                    "SELECT final FROM written WHERE digest = ?", (one,)
                ).fetchone()
                if row is not None:
                    found[one] = bool(row[0])
        return found

    def intact(self, entry: MadeDocument | None, key: str) -> bool:
        """Whether a document was made of this key and its files are still what was made."""
        if entry is None or entry.state != "done" or entry.key != key or not entry.files:
            return False
        return all(
            (there := self.at.read(name)) is not None and digest(there) == wanted
            for name, wanted in entry.files.items()
        )
