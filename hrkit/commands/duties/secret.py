"""Encrypt an engagement's store and records as they lie on the disk, or take that back."""

from __future__ import annotations

import contextlib
from pathlib import Path

from hrkit.commands.duties.held import held
from hrkit.errors import StoreError
from hrkit.model import engagement_file as engagements
from hrkit.model.engagement import Engagement

__all__ = ["decrypt", "encrypt", "locked", "unlock"]

#: Before what was done is noted: nothing is in the audit that was refused.
_FIRST = "end the room before the store is changed."


def encrypt(folder: str | Path, *, remember: bool = False, key: str = "") -> tuple[Path, ...]:
    """Encrypt the store and the records; the plain files are overwritten, copies of them deleted.

    Whoever loses the key loses the answers: nobody can recover them.

    Parameters
    ----------
    folder
        The engagement's folder, with the tools in it; or that of one tool.  A store that is not there yet is made, so that no answer is ever plain.
    remember
        Keep the key in this machine's keyring.
    key
        At least twelve characters; asked for, twice, if empty.  Where some files are encrypted already it is
        theirs.

    Returns
    -------
    tuple of Path
        The files that are encrypted now.

    Raises
    ------
    HrkitError
        If the driver is missing, the key is short, a file is in use, or the store is on a server.
    """
    from hrkit.answers.store import open_store
    from hrkit.storage import cipher, copies, sealing

    there = held(engagements.load(folder))
    cipher.library()
    for one in there:
        _none_open(one)
    places = {one.id: _files(one) for one in there}
    sealed = [path for paths in places.values() for path in paths if cipher.is_encrypted(path)]
    if sealed and key:
        _fitting(sealed[0], key)
    said = key or (cipher.key_of(sealed[0]) if sealed else _twice())
    if len(said) < cipher.LEAST:
        raise StoreError(f"A key has at least {cipher.LEAST} characters; a sentence is a good one.")
    done = []
    for one in there:
        store, records = places[one.id]
        if not cipher.is_encrypted(store) and (store.is_file() or one.instrument.questions()):
            with open_store(one) as open_:
                open_.note("encrypt")
        for path in (store, records):
            if path.is_file() and not cipher.is_encrypted(path):
                sealing.encrypt(path, said)
                for old in copies.backups(path):
                    old.unlink(missing_ok=True)
                done.append(path)
            if path.is_file() and remember:
                cipher.remember(path, said, keyring=True)
    return tuple(done)


def decrypt(folder: str | Path) -> tuple[Path, ...]:
    """Make the store and the records plain files again; the key is asked for, or known.

    Returns
    -------
    tuple of Path
        The files that are plain now.
    """
    from hrkit.answers.store import open_store
    from hrkit.storage import cipher, sealing

    there = held(engagements.load(folder))
    for one in there:
        _none_open(one)
    done = []
    for one in there:
        sealed = [path for path in _files(one) if cipher.is_encrypted(path)]
        if sealed:
            with open_store(one, create=False) as open_:
                open_.note("decrypt")
        for path in sealed:
            sealing.decrypt(path)
            done.append(path)
    return tuple(done)


def locked(folder: str | Path) -> bool:
    """Whether an engagement's store or records are encrypted under a key that this process does not know."""
    from hrkit.storage import cipher

    return any(not cipher.has_key(path) for path in _sealed(folder)[0])


def unlock(folder: str | Path, key: str) -> None:
    """Know the key of an engagement, and of its tools if it is theirs, for as long as this process runs.

    Raises
    ------
    HrkitError
        If it is another one; it is not kept then.
    """
    first, others = _sealed(folder)
    for path in first:
        _fitting(path, key)
    for path in others:
        with contextlib.suppress(StoreError):
            _fitting(path, key)


def _sealed(folder: str | Path) -> tuple[list[Path], list[Path]]:
    """The engagement's own files that are encrypted, and those of its tools; theirs alone, where it has none."""
    from hrkit.storage import cipher

    own, *tools = held(engagements.load(folder))
    first = [path for path in _there(own) if cipher.is_encrypted(path)]
    others = [path for one in tools for path in _there(one) if cipher.is_encrypted(path)]
    return (first, others) if first else (others, [])


def _fitting(path: Path, key: str) -> None:
    """Know the key of a file, if it is the one."""
    from hrkit.storage import cipher

    cipher.remember(path, key)
    cipher.opened(path, 5).close()


def _none_open(engagement: Engagement) -> None:
    from hrkit.commands.open_room import none_open

    none_open(engagement, [one.id for one in engagement.waves], _FIRST)


def _there(engagement: Engagement) -> tuple[Path, ...]:
    try:
        return _files(engagement)
    except StoreError:
        return ()  # a server's store has no file


def _files(engagement: Engagement) -> tuple[Path, Path]:
    from hrkit.answers.neighbours import store_file

    store = store_file(engagement)
    if store is None:
        raise StoreError(
            "The store is a database server, which encrypts (or does not) by itself: ask whoever runs it."
        )
    return store, engagement.folder / "records.sqlite"


def _twice() -> str:
    from hrkit.storage import cipher

    first = cipher.ask("New key (keep it where you would look for it): ")
    if cipher.ask("Once more: ") != first:
        raise StoreError("The two keys differ. Nothing was changed.")
    return first
