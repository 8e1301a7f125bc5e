"""Encrypt an engagement's store and records as they lie on the disk, or take that back."""

from __future__ import annotations

from pathlib import Path

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
        The engagement's folder.  A store that is not there yet is made, so that no answer is ever plain.
    remember
        Keep the key in this machine's keyring.
    key
        At least twelve characters; asked for, twice, if empty.

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
    from hrkit.commands.open_room import none_open
    from hrkit.storage import cipher, copies, sealing

    engagement = engagements.load(folder)
    cipher.library()
    none_open(engagement, [one.id for one in engagement.waves], _FIRST)
    store, records = _files(engagement)
    said = key or _twice()
    if len(said) < cipher.LEAST:
        raise StoreError(f"A key has at least {cipher.LEAST} characters; a sentence is a good one.")
    with open_store(engagement) as open_:
        open_.note("encrypt")
    done = []
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
    from hrkit.commands.open_room import none_open
    from hrkit.storage import cipher, sealing

    engagement = engagements.load(folder)
    none_open(engagement, [one.id for one in engagement.waves], _FIRST)
    with open_store(engagement, create=False) as open_:
        open_.note("decrypt")
    done = []
    for path in _files(engagement):
        if cipher.is_encrypted(path):
            sealing.decrypt(path)
            done.append(path)
    return tuple(done)


def locked(folder: str | Path) -> bool:
    """Whether an engagement's store or records are encrypted under a key that this process does not know."""
    from hrkit.storage import cipher

    return any(
        cipher.is_encrypted(path) and not cipher.has_key(path)
        for path in _there(engagements.load(folder))
    )


def unlock(folder: str | Path, key: str) -> None:
    """Know the key of an engagement for as long as this process runs.

    Raises
    ------
    HrkitError
        If it is another one; it is not kept then.
    """
    from hrkit.storage import cipher

    for path in _there(engagements.load(folder)):
        if cipher.is_encrypted(path):
            cipher.remember(path, key)
            cipher.opened(path, 5).close()


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
