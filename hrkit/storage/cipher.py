"""SQLite files that are encrypted as a whole (SQLCipher), on request.

Which files are is read from their first bytes: a plain database begins with a sentence, an encrypted
one with chance.  The key comes from the machine's keyring or from whoever sits there; it is never in a
file beside the database, in an address or on a command line.  It is kept in the memory of the process
for as long as that runs, so that nobody types it twice; processes that are forked have it too.

Source of the statements: SQLCipher's API, ``PRAGMA key``, ``ATTACH … KEY``, ``sqlcipher_export``.
"""

from __future__ import annotations

import contextlib
import getpass
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from hrkit.errors import StoreError
from hrkit.files import only_a_file

__all__ = [
    "LEAST",
    "forget",
    "has_key",
    "is_database",
    "is_encrypted",
    "key_of",
    "keys_in",
    "known",
    "library",
    "mistyped",
    "opened",
    "remember",
    "without_asking",
]

_MAGIC = b"SQLite format 3\0"
_SERVICE = "hrkit"
#: A key that people make up has at least so many characters.
LEAST = 12

_KEYS: dict[Path, str] = {}
#: Whether nobody is to be asked: a page in a browser has a field for it.
_SILENT: ContextVar[bool] = ContextVar("silent", default=False)


@contextlib.contextmanager
def without_asking() -> Iterator[None]:
    """Ask nobody for a key meanwhile: what is not known is said to be missing."""
    token = _SILENT.set(True)
    try:
        yield
    finally:
        _SILENT.reset(token)


def known() -> Mapping[str, str]:
    """The keys of this process, to be handed to one that it starts; never to be written down."""
    return {str(path): key for path, key in _KEYS.items()}


def keys_in(folder: Path, names: Iterable[str]) -> Mapping[str, str]:
    """The keys of encrypted files in a folder and those right below it, for a process that reads them.

    One that is not known is asked for, once for all files that it opens; where nobody sits there it is
    left out, and whoever opens the file says so.

    Parameters
    ----------
    names
        What the files are called.
    """
    found: dict[str, str] = {}
    for name in names:
        for path in sorted((*folder.glob(name), *folder.glob(f"*/{name}"))):
            if not is_encrypted(path):
                continue
            if not has_key(path):
                tried = dict.fromkeys(_KEYS.values())
                _KEYS.update({path.resolve(): key for key in tried if _fits(path, key)})
            with contextlib.suppress(StoreError):
                found[str(path.resolve())] = key_of(path)
    return found


def _fits(path: Path, key: str) -> bool:
    """Whether a key opens a file."""
    with contextlib.closing(library().connect(str(path))) as connection:
        try:
            connection.execute(f"PRAGMA key = {_quoted(key)}")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except library().DatabaseError:
            return False
    return True


def has_key(path: Path) -> bool:
    """Whether a file's key is known without asking anybody."""
    place = path.resolve()
    if place not in _KEYS and (found := _of_keyring(place)):
        _KEYS[place] = found
    return place in _KEYS


def is_encrypted(path: Path) -> bool:
    """Whether a file is there and is no plain database, though it has the size of one.

    It is asked of the library that may have the file open. POSIX drops all locks that a process has on
    a file when any descriptor of that file is closed: a store that is merely looked into while the same
    process answers from it could be written by somebody else in the midst of it, and be damaged.
    Source: "How To Corrupt An SQLite Database File", 2.2.
    """
    try:
        only_a_file(path)
        size = path.stat().st_size
        if size < 512 or size % 512 or _is_plain(path) is not False:
            return False
        if path.resolve() in _KEYS:
            return True
        with path.open("rb") as file:
            begin = file.read(len(_MAGIC))
    except OSError:
        return False
    return begin != _MAGIC and not begin.isascii()


def is_database(path: Path) -> bool:
    """Whether a file is there and is a plain database that holds something; asked as in `is_encrypted`."""
    try:
        only_a_file(path)
        return path.stat().st_size >= 512 and _is_plain(path) is True
    except OSError:
        return False


def _is_plain(path: Path) -> bool | None:
    """Whether SQLite takes a file for its own; None where it cannot say. Nothing is written or locked."""
    driver: Any = library() if path.resolve() in _KEYS else sqlite3
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with contextlib.closing(driver.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA schema_version").fetchone()
    except driver.Error as error:
        return False if "not a database" in str(error) else None
    return True


def library() -> Any:
    """The driver that reads encrypted files.

    Raises
    ------
    StoreError
        If it is not installed.
    """
    try:
        from sqlcipher3 import dbapi2  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise StoreError(
            "This needs the package sqlcipher3: pip install 'hrkit[encrypted]'."
        ) from None
    return dbapi2


def key_of(path: Path) -> str:
    """The key of a file: known in this process, from the keyring, or asked for.

    Raises
    ------
    StoreError
        If nobody can be asked.
    """
    place = path.resolve()
    if place not in _KEYS:
        _KEYS[place] = _of_keyring(place) or ask(f"Key of {path.parent.name}/{path.name}: ")
    return _KEYS[place]


def ask(prompt: str) -> str:
    """A key that somebody types, without showing it.

    Raises
    ------
    StoreError
        If nobody sits there, or nothing is typed.
    """
    try:
        said = "" if _SILENT.get() else getpass.getpass(prompt)
    except (EOFError, OSError, getpass.GetPassWarning):
        said = ""
    if not said:
        raise StoreError(
            "A key or password is needed, and nobody can be asked: run the command where it can be typed, "
            "or keep the store's key in this machine's keyring (hrkit duties encrypt DIR --remember)."
        )
    return said


def remember(path: Path, key: str, *, keyring: bool = False) -> None:
    """Keep a key for this process, and in the machine's keyring if wanted.

    Raises
    ------
    StoreError
        If there is no keyring to keep it in.
    """
    _KEYS[path.resolve()] = key
    if keyring:
        try:
            import keyring as rings

            rings.set_password(_SERVICE, str(path.resolve()), key)
        except Exception as error:
            raise StoreError(
                f"The key cannot be kept in a keyring of this machine ({type(error).__name__}): leave "
                "--remember out, and type it when it is asked for."
            ) from None


def forget(path: Path) -> None:
    """Know a key no more, here and in the keyring."""
    _KEYS.pop(path.resolve(), None)
    with contextlib.suppress(Exception):
        import keyring as rings

        rings.delete_password(_SERVICE, str(path.resolve()))


def _of_keyring(place: Path) -> str:
    try:
        import keyring as rings

        return rings.get_password(_SERVICE, str(place)) or ""
    except Exception:  # no keyring is no fault: whoever sits there is asked
        return ""


def opened(path: Path, timeout: float) -> Any:
    """A connection to an encrypted file.

    Raises
    ------
    StoreError
        If the key is another one.
    """
    driver = library()
    connection = driver.connect(str(path), timeout=timeout, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA key = {_quoted(key_of(path))}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError:
        connection.close()
        raise mistyped(path) from None
    except BaseException:
        connection.close()
        raise
    return connection


def mistyped(path: Path) -> StoreError:
    """Know a key no more in this process that does not open its file; what is said of it."""
    _KEYS.pop(path.resolve(), None)
    return StoreError(
        f"{path.name} cannot be opened with this key, or is no database. Nothing was changed."
    )


def _quoted(key: str) -> str:
    return "'" + key.replace("'", "''") + "'"
